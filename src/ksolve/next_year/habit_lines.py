"""Habits as rules of a plan: those of last year in the place of those of the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ksolve.calendar import FiscalYear
from ksolve.next_year.habits import Habit, Without
from ksolve.next_year.reactions import moves_as_written
from ksolve.next_year.said import Change, Question, Said
from ksolve.plan import Plan
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.rules.habit import Habit as HabitRule
from ksolve.text import Text

ABOVE = "例年の習慣"
"""What stands above the habits of a plan."""


def put_habits(text: YamlText, plan: Plan, habits: Sequence[Habit], without: Sequence[Without]) -> Said:
    """Write the habits at the end of the plan's rules, and take out every older one."""
    before = dict(_written(plan))
    for keys in reversed(list(_old(text))):
        text.remove(keys)
    for number, habit in enumerate(habits):
        above = f"{ABOVE}({plan.year}の実施から)" if not number else ""
        text.append(("rules",), as_written(habit, plan.year), above)
    changes = tuple(_changes(habits, before))
    gone = tuple(
        Change("habit-gone", one.name, before[one.name], "", one.why) for one in without if one.name in before
    )
    questions = tuple(
        Question(
            f"habit:{one.name}",
            one.name,
            _NO_HABIT.fill(why=one.why, sessions=one.sessions),
            about=one.binds,
        )
        for one in without
    )
    return Said((*changes, *gone), questions)


def as_written(habit: Habit, year: FiscalYear) -> dict[str, Any]:
    """Return a habit as a rule of a plan."""
    found: dict[str, Any] = {"rule": "habit", "programmes": _one_or_all(list(habit.binds))}
    found["days"] = _one_or_all([str(day) for day in habit.days])
    if habit.reactions.is_learned:
        found["closed"] = _one_or_all(list(habit.reactions.closed))
    if habit.reactions.moves:
        found["moves"] = moves_as_written(dict(habit.reactions.moves))
    if habit.room:
        found["room"] = habit.room
    if habit.staff:
        found["staff"] = _one_or_all(list(habit.staff))
    return found | {"why": why(habit, year).ja}


def why(habit: Habit, year: FiscalYear) -> Text:
    """Return the evidence for a habit: 令和6年度は12回のうち10回。5/6(月)は1週後の5/13(月)."""
    rest = len(habit.said) - _SHOWN
    listed = (*habit.said[:_SHOWN], *((_MORE.fill(rest=rest),) if rest > 0 else ()))
    said = Text("、".join(one.ja for one in listed), ", ".join(one.en for one in listed))
    template = _EVIDENCE_WITH if habit.said else _EVIDENCE
    return template.fill(year=year, sessions=habit.sessions, kept=habit.kept, said=said)


def _one_or_all(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values


def _old(text: YamlText) -> Iterator[Keys]:
    """Yield where the habits of a plan stand, in the order of the file."""
    found = text.document.value
    for number, programme in enumerate(found.get("programmes") or []):
        for index, part in enumerate(programme.get("components") or []):
            yield from _habits_in(part, ("programmes", number, "components", index))
        yield from _habits_in(programme, ("programmes", number))
    yield from _habits_in(found, ())


def _habits_in(node: dict[str, Any], keys: Keys) -> Iterator[Keys]:
    for number, rule in enumerate(node.get("rules") or []):
        if rule.get("rule") == "habit":
            yield (*keys, "rules", number)


def _written(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the habits of the plan until now: who has it, and its days."""
    names: dict[str, str] = {}
    for programme in plan.programmes:
        for node in (programme, *programme.components):
            part = programme.id if node is programme else f"{programme.id}.{node.id}"
            names[part] = node.name if node is programme else f"{programme.name} {node.name}"
            for rule in node.rules:
                if isinstance(rule, HabitRule):
                    yield names[part], _days(rule)
    for rule in plan.rules:
        if isinstance(rule, HabitRule):
            yield from ((names.get(name, name), _days(rule)) for name in rule.programmes)


def _days(rule: HabitRule) -> str:
    return "・".join(map(str, rule.days))


def _changes(habits: Sequence[Habit], before: dict[str, str]) -> Iterator[Change]:
    """Yield the habits that are new, and those that are no longer what they were."""
    for habit in habits:
        now = "・".join(map(str, habit.days))
        was = before.get(habit.name, "")
        if was != now:
            counted = _KEPT.fill(kept=habit.kept, sessions=habit.sessions)
            yield Change("habit", habit.name, was, now, counted)


_SHOWN = 6
"""So many exceptions are named in a plan."""
_MORE = Text("ほか{rest}件", "{rest} more")
_EVIDENCE = Text("{year}は{sessions}回のうち{kept}回", "{kept} of {sessions} in {year}")
_EVIDENCE_WITH = Text("{year}は{sessions}回のうち{kept}回。{said}", "{kept} of {sessions} in {year}; {said}")
_KEPT = Text(
    "前年度の{sessions}回のうち{kept}回がこの日", "{kept} of the {sessions} sessions of last year were there"
)
_NO_HABIT = Text(
    "習慣がありません({why}、前年度{sessions}回)。決まった曜日や週があれば書いてください",
    "no habit ({why}; {sessions} held): name its days if it has any",
)
