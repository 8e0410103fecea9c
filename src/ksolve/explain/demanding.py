"""Ways out that ask less of a plan: fewer sessions, other months, a smaller gap, a rule left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ksolve.calendar import MONTHS, WEEKDAYS, WEEKDAYS_EN
from ksolve.explain.days import days_left
from ksolve.explain.elements import Element, Subject
from ksolve.explain.repair import WHY, Change, Repair, Steps, drop, once
from ksolve.frequency import FrequencyError, Months, Per, months_of, read_frequency
from ksolve.periods import days_of_months
from ksolve.plan.schema import Component, Plan
from ksolve.problem import Posted
from ksolve.rules import MinGap
from ksolve.text import Text, counted


def fewer(node: Component, name: str, who: str) -> Iterator[Steps]:
    """年20回 → 年19回: the first number before 回."""
    frequency = node.frequency.text if node.frequency else ""
    found = re.search(r"(\d+)回", frequency)
    if not found:
        return
    count = int(found[1])

    def by(step: int) -> Repair | None:
        text = f"{frequency[: found.start(1)]}{count - step}{frequency[found.end(1) :]}"
        change = _frequency(name, text)
        if change is None:
            return None
        said = Text(
            f"{who}を {frequency} から {text} に減らす",
            f"hold {who} “{text}” instead of “{frequency}”",
        )
        less = counted(step, "session")
        yearly = node.frequency is not None and node.frequency.terms[0].per is Per.YEAR
        cost = _LESS[yearly].fill(step=Text(str(step), less))
        return Repair(said, cost, (change,), 10 * step)

    yield Steps(by, count - 1)


def _frequency(name: str, text: str) -> Change | None:
    """Return the change to another frequency, None where the text is none."""
    try:
        read_frequency(text)
    except FrequencyError:
        return None
    return {"do": "frequency", "programme": name, "frequency": text, "why": WHY}


_LESS = {
    True: Text("{step}回減る", "{step} less"),
    False: Text("数える期間ごとに{step}回減る", "{step} less in each period that is counted"),
}


def without_months(subject: Subject, node: Component, name: str, who: str) -> Iterator[Steps]:
    """月1回 → 月1回(9月・10月を除く): ever more months left out, those with the fewest days for it first."""
    frequency = node.frequency
    if not frequency or [term.per for term in frequency.terms] != [Per.MONTH] or frequency.terms[0].without:
        return
    problem = subject.problem
    series = next((s for s in problem.series if name in (s.programme, f"{s.programme}.{s.component}")), None)
    if series is None:
        return
    free = {month: days_left(series, days_of_months((month,), problem.year), problem)[0] for month in MONTHS}
    held = sorted(months_of(frequency.terms[0]), key=lambda month: (free[month], MONTHS.index(month)))

    def without(step: int) -> Repair | None:
        months = "・".join(f"{month}月" for month in sorted(held[:step], key=MONTHS.index))
        text = f"{frequency.text}({months}を除く)"
        change = _frequency(name, text)
        if change is None:
            return None
        said = Text(
            f"{who}を{months}は行わない", f"do not hold {who} in {Months(tuple(held[:step])).english}"
        )
        cost = Text(f"{step}か月分の回が減る", f"the sessions of {counted(step, 'month')} less")
        return Repair(said, cost, (change,), 10 * step)

    yield Steps(without, len(held) - 1)


def more_months(node: Component, name: str, who: str) -> Iterator[Steps]:
    """Let a programme use one more month, the nearest first, or ever more of them."""
    if node.months is None:
        return
    own = node.months.values

    def apart(month: int) -> int:
        return min(abs(MONTHS.index(month) - MONTHS.index(other)) for other in own)

    others = sorted((month for month in MONTHS if month not in own), key=apart)

    def with_more(added: Sequence[int], size: int) -> Repair:
        shown = "・".join(f"{month}月" for month in added)
        months = "・".join(f"{month}月" for month in MONTHS if month in own or month in added)
        change = {"do": "relax", "rule": "in_months", "programme": name, "months": months, "why": WHY}
        english = Months(tuple(added)).english
        said = Text(f"{who}を{shown}にも行えるようにする", f"hold {who} in {english} as well")
        cost = Text(f"期間が{len(added)}か月広がる", f"{counted(len(added), 'month')} more")
        return Repair(said, cost, (change,), size)

    for month in others:
        yield once(with_more([month], 8 + apart(month)))
    yield Steps(lambda step: with_more(others[:step], 12 + 8 * step), len(others))


def other_weekdays(subject: Subject, element: Element) -> Iterator[Steps]:
    """Let the sessions of a kind that is tied to weekdays be held on one more of them."""
    kind = next((k for k in subject.plan.resources.sessions if k.at("weekdays") == element.place), None)
    if kind is None or kind.weekdays is None:
        return
    weekly = subject.problem.calendar.weekly
    for day in sorted(set(range(len(WEEKDAYS))) - kind.weekdays):
        if weekly[day]:
            allowed = "".join(WEEKDAYS[n] for n in sorted(kind.weekdays | {day}))
            change = {"do": "session", "of": kind.id, "weekdays": allowed, "why": WHY}
            said = _ON_WEEKDAY.fill(
                kind=kind.name or _users(subject.plan, kind.id), day=Text(WEEKDAYS[day], WEEKDAYS_EN[day])
            )
            yield once(Repair(said, _WEEKDAY_MORE, (change,), 9 + day))


def _users(plan: Plan, kind: str) -> str:
    """Return the names of the programmes whose sessions are of a kind."""
    named = [p.name for p in plan.programmes if kind in (p.session, *(part.session for part in p.components))]
    return "・".join(named[:_MANY]) + ("など" if len(named) > _MANY else "")


_MANY = 3
_ON_WEEKDAY = Text(
    "{kind}の回を{day}曜日にも行えるようにする", "hold the sessions of {kind} on {day} as well"
)
_WEEKDAY_MORE = Text("行う曜日が一つ増える", "one weekday more")


def written(subject: Subject, element: Element, posted: Posted) -> Iterator[Steps]:
    """A rule that the planner wrote: with fewer days (a gap), or left out."""
    for owner, rules in _owners(subject.plan):
        for rule in rules:
            if rule.place != element.place or rule.name != element.name:
                continue
            which = [r for r in rules if r.name == rule.name].index(rule) + 1
            told: Change = {"rule": rule.name, "which": str(which), **({"programme": owner} if owner else {})}
            if isinstance(rule, MinGap):
                yield _shorter(posted.who, rule.days, told)
            yield drop(Text(f"規則を外す: {element.text.ja}", f"leave out the rule: {element.text.en}"), told)


def _owners(plan: Plan) -> Iterator[tuple[str, Sequence[Any]]]:
    yield "", plan.rules
    for programme in plan.programmes:
        yield programme.id, programme.rules
        for part in programme.components:
            yield f"{programme.id}.{part.id}", part.rules


def _shorter(who: str, days: int, told: Change) -> Steps:
    def shorter(step: int) -> Repair:
        change = {"do": "relax", **told, "days": str(days - step), "why": WHY}
        said = Text(
            f"{who}の間隔を {days}日 から {days - step}日 に縮める",
            f"let the sessions of {who} be {counted(days - step, 'day')} apart instead of {days}",
        )
        return Repair(
            said, Text(f"間隔が{step}日短くなる", f"{counted(step, 'day')} closer"), (change,), 5 + step
        )

    return Steps(shorter, days - 1)
