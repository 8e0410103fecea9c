"""Ways out of a conflict, in quantities that a planner can decide on, each proved to suffice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ksolve.errors import PlanError
from ksolve.expand.scenarios import with_scenarios
from ksolve.expand.series import Part, parts_of
from ksolve.explain.conflict import Conflict, Judge
from ksolve.explain.demanding import fewer, more_months, without_months
from ksolve.explain.elements import Element, Subject
from ksolve.explain.providing import capacity, opening, pool_of, presence
from ksolve.explain.relaxing import closer_audience, looser, without
from ksolve.explain.repair import WHY, Either, Repair, Steps, Way, drop, once
from ksolve.explain.rosters import always_more, one_more, other_hours
from ksolve.explain.session_kinds import fewer_people, other_rooms, other_starts, other_weekdays, twice_a_day
from ksolve.plan.centre import SessionKind
from ksolve.plan.scenario import Scenario
from ksolve.plan.schema import Plan
from ksolve.text import Text


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


def repairs_of(subject: Subject, conflict: Conflict, judge: Judge) -> Iterator[Repair]:
    """Yield repairs after which the programmes concerned can be held, each the smallest of its steps.

    First comes the smallest of each kind, then the second of each, so that few repairs offer a choice;
    leaving a programme out comes after all others. That they suffice for the whole plan is for the
    caller to prove.
    """
    kinds: dict[_Kind, list[Way]] = defaultdict(list)
    for way in _ways(subject, conflict, judge):
        kinds[_kind(way)].append(way)
    last = kinds.pop(_REMOVE, [])
    said: set[str] = set()
    for queue in (kinds.values(), [last]):
        found = [_found(subject, conflict, judge, ways) for ways in queue]
        while found:
            turn = [(one, repair) for one in found if (repair := next(one, None))]
            found = [one for one, _ in turn]
            for _, repair in sorted(turn, key=lambda item: item[1].size):
                if repair.text.ja not in said:
                    said.add(repair.text.ja)
                    yield repair


_Kind = tuple[str, str]
_REMOVE: _Kind = ("remove", "")


def _kind(way: Way) -> _Kind:
    """What a way changes, whatever the amount: a kind of session, a frequency, a rule of one name."""
    repair = way.of(1) if isinstance(way, Steps) and way.most else None
    if isinstance(way, Either) and way.repairs:
        repair = way.repairs[0]
    change = repair.changes[0] if repair else {}
    return str(change.get("do", "")), str(change.get("rule", ""))


def _found(subject: Subject, conflict: Conflict, judge: Judge, ways: Sequence[Way]) -> Iterator[Repair]:
    """Yield what suffices of the ways of one kind, the smallest first."""
    any_found = False
    for way in sorted(ways, key=lambda way: (way.spare, way.size)):
        if way.spare and any_found:
            break
        repair = _smallest(subject, conflict, judge, way)
        if repair:
            any_found = True
            yield repair


_SHARE = 0.1
"""The part of the time that one question about a repair may take: another repair may be easier to prove."""


def _smallest(subject: Subject, conflict: Conflict, judge: Judge, steps: Way) -> Repair | None:
    """Return the smallest sufficient step by bisection; what is not known is taken as not enough."""
    if isinstance(steps, Either):
        enough = (repair for repair in steps.repairs if suffices(subject, conflict, judge, [repair]))
        return next(enough, None)
    low, high, best = 1, steps.most, None
    while low <= high:
        # the first step is tried before the middle: most often it suffices
        middle = low if low == 1 and best is None and high == steps.most else (low + high) // 2
        repair = steps.of(middle)
        if repair and suffices(subject, conflict, judge, [repair]):
            best, high = repair, middle - 1
        else:
            low = middle + 1
    return best


def suffices(subject: Subject, conflict: Conflict, judge: Judge, repairs: Sequence[Repair]) -> bool:
    """Tell whether the programmes of a conflict can be held after some repairs; not known is no."""
    try:
        other = Subject(repaired(subject.plan, repairs))
    except (PlanError, ValueError):
        return False
    concerned = frozenset[str]().union(
        *(subject.programmes(e) for e in conflict.elements if subject.demands(e))
    )
    scope = [e for e in other.elements if e.drop or other.programmes(e) & concerned]
    scope = [e for e in scope if not other.demands(e) or other.programmes(e) <= concerned]
    return Judge(other, min(judge.left_s, judge.limit_s * _SHARE)).holds(scope) is True


def _ways(subject: Subject, conflict: Conflict, judge: Judge) -> Iterator[Way]:
    """Yield what could resolve a conflict, as far as its statements tell."""
    names = {element.name for element in conflict.elements}
    parts = [part for part in parts_of(subject.plan) if _asked(subject, conflict, part.id)]
    kinds = {part.kind.id: part.kind for part in parts}.values()
    if any(element.calendar for element in conflict.elements):
        yield from opening(subject, conflict, judge)
    for element in conflict.elements:
        yield from _about(subject, conflict, element, judge)
        pool = pool_of(subject, element) if element.name in ("capacity", "hours") else None
        if pool:
            weekdays = frozenset[int]().union(*(kind.weekdays or range(7) for kind in kinds))
            yield from one_more(subject, pool, weekdays)
            yield from always_more(pool)
        if element.name == "hours":
            yield from other_hours(subject, element, [s for part in parts for s in part.all_series])
    for kind in kinds:
        yield from _of_kind(subject, kind, names)
    for part in parts:
        yield from _of_part(subject, conflict, part)


def _about(subject: Subject, conflict: Conflict, element: Element, judge: Judge) -> Iterator[Way]:
    """Yield what could be done about one statement."""
    if element.name == "absence":
        yield from presence(subject, conflict, element, judge)
    for posted in subject.posted(element)[:1]:
        yield from capacity(subject, posted)
        yield from closer_audience(subject, posted)
        yield from looser(subject, element, posted)
        yield from without(subject, element)


_TIMES = {
    "capacity", "audience_apart", "apart", "most_parallel", "turnaround", "travel", "hours", "open_hours",
    "start_times",
}  # fmt: skip
"""Statements that another time of the day may keep."""
_PLACES = {"capacity", "absence", "hours", "seats", "turnaround", "travel", "most_use"}
"""Statements that another room may keep."""


def _of_kind(subject: Subject, kind: SessionKind, names: Collection[str]) -> Iterator[Way]:
    """Yield how the sessions of a kind could be held otherwise."""
    if "weekdays" in names:
        yield from other_weekdays(subject, kind)
    if _TIMES.intersection(names):
        yield from other_starts(subject, kind)
    if _PLACES.intersection(names):
        yield from other_rooms(subject, kind)
    if "seats" in names:
        yield from fewer_people(subject, kind)
    yield from twice_a_day(subject, kind)


def _of_part(subject: Subject, conflict: Conflict, part: Part) -> Iterator[Way]:
    """Yield what a programme, or a part of it, could be asked instead."""
    asked = {element.name for element in _asked(subject, conflict, part.id)}
    node, name, who = part.node, part.id, part.name
    yield from fewer(node, name, who)
    yield from without_months(subject, node, name, who)
    yield from more_months(node, name, who)
    if "together" in asked:
        said = Text(f"{who}を併せずに実施する", f"hold {who} on its own")
        yield drop(said, {"rule": "together", "programme": name})
    if "windows" in asked and node.windows:
        said = Text(f"{who}の期間の指定を外す", f"lift the windows of {who}")
        yield drop(said, {"rule": "windows", "programme": name})
    said = Text(f"{who}を行わない", f"do not hold {who}")
    cost = Text("事業を一つやめる", "one programme less")
    yield once(Repair(said, cost, ({"do": "remove", "programme": name, "why": WHY},), 1000))


def _asked(subject: Subject, conflict: Conflict, name: str) -> list[Element]:
    """Return what a conflict asks of a programme or a part of it."""
    return [e for e in conflict.elements if subject.demands(e) and _is_of(subject, e, name)]


def _is_of(subject: Subject, element: Element, name: str) -> bool:
    series = [s for posted in subject.posted(element) for s in posted.series]
    return any(name == (f"{s.programme}.{s.component}" if s.component else s.programme) for s in series)
