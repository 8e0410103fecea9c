"""The plan of the next year as text: comments, order and spelling stay, all that names the old year goes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ksolve.calendar import Calendar, FiscalYear, find_fiscal_years, show_days
from ksolve.expand.centre import calendar_of
from ksolve.files import beside, read_text
from ksolve.frequency import Months, Term
from ksolve.frequency.wording import canonical
from ksolve.next_year.comments import TO_DECIDE, without_old_years
from ksolve.next_year.dates import move_dates
from ksolve.next_year.events import dates_of_event
from ksolve.next_year.external import carry_external
from ksolve.next_year.habit_lines import put_habits
from ksolve.next_year.habits import Habit, Without
from ksolve.next_year.marks import carry_marks
from ksolve.next_year.once import ask_once
from ksolve.next_year.opened import carry_opened, pin_to_opened
from ksolve.next_year.said import Change, Question, Said
from ksolve.plan import Plan
from ksolve.plan.loading import plan_text
from ksolve.plan.schema import Component, Programme
from ksolve.plan.skeleton import PUBLISHED_DATES
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.plan.yaml_text import SCHEMA_LINE, named_from
from ksolve.published import PublishedPlan
from ksolve.rules.on_dates import OnDates
from ksolve.text import Text

RESOURCES = "resources.yaml"
"""The name of the centre's file beside a new plan."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a new plan is made from: last year's plan and its file, what was published, what was held.

    `habits` is None where nobody knows what was held: then the plan keeps those that it has.
    """

    path: Path
    plan: Plan
    published: PublishedPlan | None
    habits: Sequence[Habit] | None = None
    without: Sequence[Without] = ()


@dataclass(frozen=True, slots=True)
class NextPlan:
    """A plan of the next year as text, the text of its resources where they stand beside it, what is said."""

    text: str
    resources: str | None
    said: Said


def next_plan(
    basis: Basis,
    target: FiscalYear,
    out: Path,
    answers: Mapping[str, str] | None = None,
    *,
    own_resources: bool = True,
    listed: bool = False,
) -> NextPlan:
    """Return the plan for `target`, to be written to `out`.

    Programmes, windows and other comments stay. The year, the title, the id and the paths change, labels
    count on, what began within the year is there all year, dates that name a year move, and the habits
    of last year take the place of those of the year before. `answers` say what becomes of dates without a
    year, and where the calendars of others are. With `own_resources` the centre's file is copied beside,
    with its dates moved; `listed` writes the questions on top as comments.
    Raises PlanError when a file cannot be read again.
    """
    plan, years, told = basis.plan, (basis.plan.year, target), answers or {}
    calendar = _calendar(plan, target)
    text = YamlText(plan_text(basis.path), str(basis.path))
    named = text.value(("resources",))
    said = [_heads(text, basis, target, out, copied=own_resources and isinstance(named, str))]
    if basis.habits is not None:
        said.append(_published_dates(text, plan))
    if isinstance(named, dict):
        said.append(carry_external(text, ("resources", "external"), (basis.path, out), told))
    said.append(ask_once(text, years, calendar, told))
    said.append(move_dates(text, years, told.values()))
    said.append(carry_marks(text, plan, basis.published, target))
    said.append(carry_opened(text, [(keys, node) for keys, _, node in nodes_of(plan)], years, told))
    pinned = {
        part
        for keys, programme, node in nodes_of(plan)
        for part in [programme.id if node is programme else f"{programme.id}.{node.id}"]
        if pin_to_opened(text, keys, node)
    }
    said.append(_events(text, plan, (years, calendar), pinned))
    said.append(_frequencies(text, basis, pinned))
    written, dropped = without_old_years(text.text, plan.year, target)
    text = YamlText(written, str(basis.path))
    if basis.habits is not None:
        habits = [habit for habit in basis.habits if not set(habit.binds) <= pinned]
        said.append(put_habits(text, plan, habits, basis.without))
    centre = None
    if own_resources and isinstance(named, str):
        at = beside(basis.path, named)
        other = YamlText(read_text(at), str(at))
        said.append(carry_external(other, ("external",), (at, out.with_name(RESOURCES)), told))
        said.append(ask_once(other, years, calendar, told))
        said.append(move_dates(other, years, told.values()))
        centre = _moved_schema(other.text, at, out.with_name(RESOURCES))
    whole = sum(said, Said()) + dropped
    lines = [f"# {target}の案: {plan.year}の計画と実施した予定から ksolve が作りました。"]
    if listed and whole.questions:
        lines += [f"# {TO_DECIDE}", *(f"#   {one.finding.text.ja}" for one in whole.questions)]
    return NextPlan(_with_preface(text.text, lines, (basis.path, out)), centre, whole)


def _calendar(plan: Plan, year: FiscalYear) -> Calendar | None:
    """Return the open days of another year by the plan's own words, None where they do not fit it (2/29)."""
    try:
        return calendar_of(plan.model_copy(update={"year": year}))
    except ValueError:
        return None


def _heads(text: YamlText, basis: Basis, target: FiscalYear, out: Path, *, copied: bool) -> Said:
    """Change the year, the title, the id, and the paths to the files beside the plan."""
    plan, path = basis.plan, basis.path
    era = re.compile(rf"(?<![a-z0-9])({_era_tag(plan.year)}|{plan.year.start}|fy{plan.year.start})$")
    tag = {_era_tag(plan.year): _era_tag(target), str(plan.year.start): str(target.start)}
    old_tag = era.search(plan.id)
    new_id = f"{plan.id}-{target.start}"
    if old_tag:
        new_id = plan.id[: old_tag.start()] + tag.get(old_tag[1], f"fy{target.start}")
    values = {
        "year": str(target),
        "title": retitled(plan.title, plan.year, target),
        "id": new_id,
        "published": named_from(plan.published, path, out) if plan.published else "",
    }
    named = text.value(("resources",))
    if isinstance(named, str):
        values["resources"] = RESOURCES if copied else named_from(named, path, out)
    for key, value in values.items():
        if value and text.value((key,)) != value:
            text.set((key,), value)
    changes = [Change("year", "", str(plan.year), str(target), _ROLLED)]
    if values["title"] != plan.title:
        changes.append(Change("title", "", plan.title, values["title"], _ROLLED))
    return Said(tuple(changes))


def retitled(title: str, old: FiscalYear, new: FiscalYear) -> str:
    """Return a title with the new year in the place of the old one, however that is spelled."""
    for spelling, year in find_fiscal_years(title):
        if year == old:
            later = str(new) if spelling.endswith("度") else str(new).removesuffix("度")
            title = title.replace(spelling, later)
    return re.sub(rf"{old.start}(?=年|$)", str(new.start), title)


def _era_tag(year: FiscalYear) -> str:
    """Return r6 for 令和6年度."""
    return f"r{year.start - 2018}"


def _events(
    text: YamlText, plan: Plan, to: tuple[tuple[FiscalYear, FiscalYear], Calendar | None], pinned: set[str]
) -> Said:
    """Write the new dates of events into their frequencies, ask about runs, and add all to the pinned."""
    said = []
    for keys, programme, node in nodes_of(plan):
        part = programme.id if node is programme else f"{programme.id}.{node.id}"
        dates = dates_of_event(node, *to) if part not in pinned else ()
        if not dates or node.frequency is None:
            continue
        pinned.add(part)
        terms = tuple(replace(term, dates=dates) for term in node.frequency.terms)
        now = canonical(replace(node.frequency.meaning, terms=terms))
        text.set((*keys, "frequency"), now)
        taken = "・".join(map(str, dates))
        change = Change("dates-moved", node.name, node.frequency.text, now, _EVENT, node.place)
        asked = (Question(f"dates:{part}", node.name, _EVENT_DATES, taken),) if len(dates) > 1 else ()
        said.append(Said((change,), asked))
    return sum(said, Said())


def _frequencies(text: YamlText, basis: Basis, pinned: Collection[str]) -> Said:
    """Leave the dates out of frequencies whose programme has a habit; ask about those that stay.

    Those of the `pinned` parts are the days on which the centre opens for them, which are asked about.
    """
    bound = {name for habit in basis.habits or () for name in habit.binds}
    said = []
    for keys, programme, node in nodes_of(basis.plan):
        frequency = node.frequency
        days = [day for term in frequency.terms for day in term.dates] if frequency else []
        if not frequency or not days:
            continue
        part = programme.id if node is programme else f"{programme.id}.{node.id}"
        if part in pinned:
            continue
        if part in bound:
            terms = tuple(map(_in_its_months, frequency.terms))
            plain_text = canonical(replace(frequency.meaning, terms=terms))
            text.set((*keys, "frequency"), plain_text)
            change = Change("dates-to-habit", node.name, frequency.text, plain_text, _TO_HABIT, node.place)
            said.append(Said((change,)))
        else:
            asks = _SAME_DATES.fill(first=days[0], days=len(days))
            said.append(Said((), (Question(f"dates:{part}", node.name, asks, frequency.text),)))
    return sum(said, Said())


def _in_its_months(term: Term) -> Term:
    """Return a term without its dates; what is seldom stays in their months, wherever its habit goes."""
    if not 0 < len(term.dates) <= _SELDOM or term.months or term.within:
        return replace(term, dates=())
    return replace(term, dates=(), months=Months(tuple(day.month for day in term.dates), each=True))


_SELDOM = 3
"""As few dates a year are an event's, which nobody looks for in another month."""


def _published_dates(text: YamlText, plan: Plan) -> Said:
    """Take out the dates that a table had published for last year: its habits are read from them."""
    said = []
    for keys, _, node in reversed(list(nodes_of(plan))):
        for number, rule in reversed(list(enumerate(node.rules))):
            if isinstance(rule, OnDates) and rule.why in (PUBLISHED_DATES.ja, PUBLISHED_DATES.en):
                text.remove((*keys, "rules", number))
                change = Change("published-dates", node.name, show_days(rule.days), "", _OF_LAST_YEAR)
                said.append(Said((change,)))
    return sum(reversed(said), Said())


def nodes_of(plan: Plan) -> Iterator[tuple[Keys, Programme, Component]]:
    """Yield each programme and component with where it stands in the plan's file."""
    for number, programme in enumerate(plan.programmes):
        yield ("programmes", number), programme, programme
        for index, part in enumerate(programme.components):
            yield ("programmes", number, "components", index), programme, part


def _moved_schema(text: str, at: Path, out: Path) -> str:
    found = SCHEMA_LINE.match(text)
    if found is None or "://" in found[2]:
        return text
    return f"{found[1]}{named_from(found[2], at, out)}{text[found.end() :]}"


def _with_preface(text: str, lines: Sequence[str], files: tuple[Path, Path]) -> str:
    """Say on top where the plan comes from; the line that names its schema for editors stays first."""
    schema = SCHEMA_LINE.match(text)
    if schema is None:
        return "\n".join([*lines, text])
    return "\n".join([_moved_schema(schema[0], *files), *lines, text[schema.end() + 1 :]])


def names_of(plan: Plan) -> Mapping[str, str]:
    """Return the name of each part by the id that rules name."""
    return {
        programme.id if node is programme else f"{programme.id}.{node.id}": node.name
        for _, programme, node in nodes_of(plan)
    }


_OF_LAST_YEAR = Text("前年度に公表された日付です", "dates published for last year")
_ROLLED = Text("年度が変わるため", "a new year")
_TO_HABIT = Text(
    "前年度の日付は外し、その曜日・週を例年の習慣として引き継ぎました",
    "last year's dates are out; their weekdays and weeks are a habit now",
)
_EVENT = Text("続いた日か、名前の日の行事です", "days in a row, or the day that its name says")
_EVENT_DATES = Text("今年度の日付はこれでよいですか", "are these the dates of this year?")
_SAME_DATES = Text(
    "実施回数の日付({first} など{days}日)は前年度のままです。今年度の日付はいつですか",
    "the dates of its frequency ({first}, {days} in all) are last year's: which are this year's?",
)
