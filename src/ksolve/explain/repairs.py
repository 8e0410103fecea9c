"""Ways out of a conflict, in quantities that a planner can decide on, each proved to suffice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise
from typing import Any

from ksolve.calendar import MONTHS, YearlyDay, show_day
from ksolve.errors import PlanError
from ksolve.expand.scenarios import with_scenarios
from ksolve.explain.conflict import Conflict, Judge
from ksolve.explain.days import days_left
from ksolve.explain.elements import Element, Subject
from ksolve.frequency import FrequencyError, Per, months_of, read_frequency
from ksolve.periods import days_of_months
from ksolve.plan.scenario import Scenario
from ksolve.plan.schema import Absence, Component, Plan, Room, StaffPool
from ksolve.problem import Posted, Tier
from ksolve.rules import Capacity, MinGap, OffDates
from ksolve.solver import Options, solve
from ksolve.text import Text

Change = dict[str, Any]


@dataclass(frozen=True)
class Repair:
    """Changes of a scenario that resolve one conflict; `size` ranks them, the smallest first.

    `cost` says in words what is given up.
    """

    text: Text
    cost: Text
    changes: tuple[Change, ...]
    size: int


@dataclass(frozen=True)
class Steps:
    """Ever larger changes of one kind; the smallest that suffices is looked for."""

    of: Callable[[int], Repair | None]
    most: int


def scenario_of(repairs: Sequence[Repair], plan: str) -> dict[str, Any]:
    """Return what a scenario's file says to make the changes of some repairs."""
    return {
        "schema": "1",
        "id": f"{plan}-repair",
        "title": " / ".join(repair.text.ja for repair in repairs),
        "why": "ksolve explain",
        "changes": [change for repair in repairs for change in repair.changes],
    }


def repaired(plan: Plan, repairs: Sequence[Repair]) -> Plan:
    """Return the plan with the changes made. Raises PlanError where they make no sense."""
    return with_scenarios(plan, [Scenario.model_validate(scenario_of(repairs, plan.id))])


def repairs_of(subject: Subject, conflict: Conflict, judge: Judge) -> tuple[Repair, ...]:
    """Return the smallest repair of each kind after which the programmes concerned can be held.

    That they suffice for the whole plan is for the caller to prove.
    """
    found: dict[str, Repair] = {}
    for steps in _ways(subject, conflict, judge):
        repair = _smallest(subject, conflict, judge, steps)
        if repair:
            found.setdefault(repair.text.ja, repair)
    return _varied(sorted(found.values(), key=lambda repair: repair.size))


def _varied(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """Put the smallest of each kind first, so that few repairs offer a choice."""
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for repair in repairs:
        kind = str(repair.changes[0]["do"]), str(repair.changes[0].get("rule", ""))
        ranked.append((seen[kind], repair.size, repair))
        seen[kind] += 1
    return tuple(repair for _, _, repair in sorted(ranked, key=lambda item: item[:2]))


def _smallest(subject: Subject, conflict: Conflict, judge: Judge, steps: Steps) -> Repair | None:
    """Return the smallest sufficient step by bisection; what is not known is taken as not enough."""
    low, high, best = 1, steps.most, None
    while low <= high:
        # the first step is tried before the middle: most often it suffices
        middle = low if low == 1 and best is None and high == steps.most else (low + high) // 2
        repair = steps.of(middle)
        if repair and _suffices(subject, conflict, judge, repair):
            best, high = repair, middle - 1
        else:
            low = middle + 1
    return best


def _suffices(subject: Subject, conflict: Conflict, judge: Judge, repair: Repair) -> bool:
    try:
        other = Subject(repaired(subject.plan, [repair]))
    except (PlanError, ValueError):
        return False
    concerned = frozenset[str]().union(
        *(subject.programmes(e) for e in conflict.elements if subject.demands(e))
    )
    scope = [e for e in other.elements if e.drop or other.programmes(e) & concerned]
    scope = [e for e in scope if not other.demands(e) or other.programmes(e) <= concerned]
    return Judge(other, judge.left_s).holds(scope) is True


def _ways(subject: Subject, conflict: Conflict, judge: Judge) -> Iterator[Steps]:
    for element in conflict.elements:
        if element.name in ("closure", "holidays", "open_hours"):
            yield from _opening(subject, conflict, element, judge)
        elif element.name == "absence":
            yield from _presence(subject, conflict, element, judge)
        for posted in subject.posted(element)[:1]:
            yield from _capacity(subject, posted)
            yield from _written(subject, element, posted)
    for node, name, who in _nodes(subject.plan):
        mine = [e for e in conflict.elements if subject.demands(e) and _is_of(subject, e, name)]
        if mine:
            yield from _fewer(node, name, who)
            yield from _without_months(subject, node, name, who)
            yield from _more_months(node, name, who)
            if any(e.name == "together" for e in mine):
                yield _drop(
                    Text(f"{who}を併せずに実施する", f"hold {who} on its own"),
                    {"rule": "together", "programme": name},
                )
            if any(e.name == "windows" for e in mine) and node.windows:
                yield _drop(
                    Text(f"{who}の期間の指定を外す", f"lift the windows of {who}"),
                    {"rule": "windows", "programme": name},
                )
            yield _once(
                Repair(
                    Text(f"{who}を行わない", f"do not hold {who}"),
                    Text("事業を一つやめる", "one programme less"),
                    ({"do": "remove", "programme": name, "why": _WHY},),
                    1000,
                )
            )


def _nodes(plan: Plan) -> Iterator[tuple[Component, str, str]]:
    for programme in plan.programmes:
        if not programme.components:
            yield programme, programme.id, programme.name
        for part in programme.components:
            yield part, f"{programme.id}.{part.id}", f"{programme.name} {part.name}"


def _is_of(subject: Subject, element: Element, name: str) -> bool:
    series = [s for posted in subject.posted(element) for s in posted.series]
    return any(name == (f"{s.programme}.{s.component}" if s.component else s.programme) for s in series)


def _once(repair: Repair) -> Steps:
    return Steps(lambda _step: repair, 1)


def _drop(text: Text, told: Change) -> Steps:
    cost = Text("この規則は守られなくなる", "the rule is not kept any more")
    return _once(Repair(text, cost, ({"do": "relax", **told, "why": _WHY},), 100))


def _fewer(node: Component, name: str, who: str) -> Iterator[Steps]:
    """年20回 → 年19回: the first number before 回."""
    frequency = node.frequency.text if node.frequency else ""
    found = re.search(r"(\d+)回", frequency)
    if not found:
        return
    count = int(found[1])

    def fewer(step: int) -> Repair | None:
        text = f"{frequency[: found.start(1)]}{count - step}{frequency[found.end(1) :]}"
        try:
            read_frequency(text)
        except FrequencyError:
            return None
        change = {"do": "frequency", "programme": name, "frequency": text, "why": _WHY}
        said = Text(f"{who}を {frequency} から {text} に減らす", f"hold {who} {text} instead of {frequency}")
        return Repair(said, Text(f"{step}回減る", f"{step} fewer in each such period"), (change,), 10 * step)

    yield Steps(fewer, count - 1)


def _without_months(subject: Subject, node: Component, name: str, who: str) -> Iterator[Steps]:
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
        try:
            read_frequency(text)
        except FrequencyError:
            return None
        change = {"do": "frequency", "programme": name, "frequency": text, "why": _WHY}
        said = Text(f"{who}を{months}は行わない", f"do not hold {who} in {months}")
        cost = Text(f"{step}か月分の回が減る", f"the sessions of {step} month(s) less")
        return Repair(said, cost, (change,), 10 * step)

    yield Steps(without, len(held) - 1)


def _more_months(node: Component, name: str, who: str) -> Iterator[Steps]:
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
        change = {"do": "relax", "rule": "in_months", "programme": name, "months": months, "why": _WHY}
        said = Text(f"{who}を{shown}にも行えるようにする", f"let {who} use {shown} as well")
        cost = Text(f"期間が{len(added)}か月広がる", f"{len(added)} more month(s)")
        return Repair(said, cost, (change,), size)

    for month in others:
        yield _once(with_more([month], 8 + apart(month)))
    yield Steps(lambda step: with_more(others[:step], 12 + 8 * step), len(others))


def _capacity(subject: Subject, posted: Posted) -> Iterator[Steps]:
    if not isinstance(posted.rule, Capacity):
        return
    centre = subject.plan.resources
    pool = posted.rule.pool
    nodes: tuple[Room | StaffPool, ...] = (*centre.rooms, *centre.staff)
    node = next(node for node in nodes if node.id == pool)
    if getattr(node, "shifts", ()) or getattr(node, "members", ()):
        return

    def more(step: int) -> Repair:
        change = {"do": "capacity", "of": pool, "count": str(node.count + step), "why": _WHY}
        said = Text(
            f"{node.name}を {node.count} から {node.count + step} に増やす",
            f"have {node.count + step} of {node.name} instead of {node.count}",
        )
        return Repair(
            said,
            Text(f"{node.name}が{step}つ余分に要る", f"{step} more of {node.name}"),
            (change,),
            30 * step,
        )

    yield Steps(more, 8)


def _written(subject: Subject, element: Element, posted: Posted) -> Iterator[Steps]:
    """A rule that the planner wrote: with fewer days (a gap), or left out."""
    for owner, rules in _owners(subject.plan):
        for rule in rules:
            if rule.place != element.place or rule.name != element.name:
                continue
            which = [r for r in rules if r.name == rule.name].index(rule) + 1
            told: Change = {"rule": rule.name, "which": str(which), **({"programme": owner} if owner else {})}
            if isinstance(rule, MinGap):
                yield _shorter(posted.who, rule.days, told)
            yield _drop(
                Text(f"規則を外す: {element.text.ja}", f"leave out the rule: {element.text.en}"), told
            )


def _owners(plan: Plan) -> Iterator[tuple[str, Sequence[Any]]]:
    yield "", plan.rules
    for programme in plan.programmes:
        yield programme.id, programme.rules
        for part in programme.components:
            yield f"{programme.id}.{part.id}", part.rules


def _shorter(who: str, days: int, told: Change) -> Steps:
    def shorter(step: int) -> Repair:
        change = {"do": "relax", **told, "days": str(days - step), "why": _WHY}
        said = Text(
            f"{who}の間隔を {days}日 から {days - step}日 に縮める",
            f"{days} days' gap of {who} → {days - step}",
        )
        return Repair(said, Text(f"間隔が{step}日短くなる", f"{step} days closer"), (change,), 5 + step)

    return Steps(shorter, days - 1)


def _opening(subject: Subject, conflict: Conflict, element: Element, judge: Judge) -> Iterator[Steps]:
    calendar = subject.problem.calendar
    closed = [day for day in calendar.year.days if not calendar.hours(day)]
    days = _fewest(subject, conflict, element, closed, judge)
    if days:
        changes = tuple({"do": "open", "days": text, "why": _WHY} for text in _stretches(days))
        said = Text(f"{_listed(days)} に開館する", f"open on {_listed(days)}")
        cost = Text(f"閉館日が{len(days)}日減る", f"{len(days)} more open days")
        yield _once(Repair(said, cost, changes, 10 * len(days)))


def _presence(subject: Subject, conflict: Conflict, element: Element, judge: Judge) -> Iterator[Steps]:
    centre = subject.plan.resources
    pools: tuple[Room | StaffPool, ...] = (*centre.rooms, *centre.staff)
    for pool in pools:
        away = pool.closed if isinstance(pool, Room) else pool.absent
        if any(absence is element.node for absence in away) and isinstance(element.node, Absence):
            first, last = (day.within(subject.plan.year) for day in element.node.days)
            within = [day for day in subject.plan.year.days if first <= day <= last]
            days = _fewest(subject, conflict, element, within, judge)
            if days:
                changes = tuple(
                    {"do": "present", "of": pool.id, "days": t, "why": _WHY} for t in _stretches(days)
                )
                said = Text(
                    f"{pool.name}を {_listed(days)} に使えるようにする",
                    f"have {pool.name} on {_listed(days)}",
                )
                cost = Text(f"不在が{len(days)}日減る", f"{len(days)} days of absence less")
                yield _once(Repair(said, cost, changes, 10 * len(days)))


def _fewest(
    subject: Subject, conflict: Conflict, element: Element, days: Sequence[date], judge: Judge
) -> tuple[date, ...]:
    """Return the fewest of some days that the conflict needs once the element is gone."""
    rest = [other for other in conflict.elements if other is not element]
    # all that is known of the centre still holds, but for the element itself
    kept = {*rest, *(f for f in subject.facts if f is not element)}
    problem = subject.stating(kept | {e for e in subject.elements if e.name in ("needs", "capacity")})
    asked = tuple(problem.series)
    soft = Posted(OffDates(days=tuple((_day(d), _day(d)) for d in days)), asked, "", Tier.SHORTAGE)
    answer = solve(replace(problem, rules=(*problem.rules, soft)), Options(min(3.0, judge.left_s)), _ignore)
    if answer.schedule is None:
        return ()
    return tuple(sorted({s.day for s in answer.schedule.sessions} & set(days)))


def _day(day: date) -> YearlyDay:
    return YearlyDay(day.month, day.day, day.year)


def _ignore(_progress: object) -> None:
    """Nobody watches."""


def _stretches(days: Sequence[date]) -> Iterator[str]:
    """Return runs of days as a scenario writes them."""
    breaks = [0, *(i for i, (a, b) in enumerate(pairwise(days), 1) if (b - a).days > 1), len(days)]
    for begin, end in pairwise(breaks):
        first, last = days[begin], days[end - 1]
        yield str(first) if first == last else f"{first}〜{last}"


def _listed(days: Sequence[date]) -> str:
    shown = "・".join(show_day(day) for day in islice(days, 6))
    return shown + (f" ほか計{len(days)}日" if len(days) > 6 else "")


_WHY = "実行不可能の解消 / a way out"
