"""What schedules of several plans break together: a shared room or person named twice, or used too much."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from ksolve.findings import Finding, Place, Severity
from ksolve.problem import Problem
from ksolve.problem.common import Across, Common
from ksolve.problem.schedule import Schedule, Session, label
from ksolve.text import Text

SHARED_TWICE = "shared-twice"


@dataclass(frozen=True, slots=True)
class Twice:
    """A unit that sessions of two plans name at one moment; the plans by their numbers."""

    unit: str
    plans: tuple[int, int]
    first: Session
    second: Session


def named_twice(schedules: Mapping[int, Schedule], units_of: Sequence[Collection[str]]) -> Iterator[Twice]:
    """Yield each two sessions of two plans that name one unit, shared by both plans, at one moment."""
    users: dict[tuple[str, date], list[tuple[Session, int]]] = defaultdict(list)
    for number, schedule in schedules.items():
        for one in schedule.sessions:
            for unit in set(units_of[number]) & set(one.units):
                users[unit, one.day].append((one, number))
    for (unit, _), of_day in sorted(users.items()):
        for (one, a), (other, b) in combinations(of_day, 2):
            if a != b and one.overlaps(other):
                yield Twice(unit, (a, b), one, other)


@dataclass(frozen=True)
class Told:
    """A plan and its schedule, as they are called."""

    name: str
    problem: Problem
    schedule: Schedule
    file: Path


def clashes(told: Sequence[Told], shared: Collection[str]) -> Iterator[Finding]:
    """Yield a finding where sessions of two plans are in one room, or with one person, of the `shared` pools.

    Where a schedule does not say who takes its sessions (they were filled in, see its `notes`), it is found
    only where all who could take them are too few.
    """
    common = _common(told, shared)
    resources = (one for plan in told for one in plan.problem.resources if one.pool in shared)
    pools = {unit: one.units for one in resources for unit in one.units}
    for found in named_twice({n: one.schedule for n, one in enumerate(told)}, common.units_of):
        if found.first.held_with or found.second.held_with:
            continue  # said of the host
        plans = [told[number] for number in found.plans]
        is_filled = any(plan.schedule.notes for plan in plans)
        if not is_filled or _used(found, told, common, pools[found.unit]) > len(pools[found.unit]):
            yield _finding(found, plans)


def beyond_limits(told: Sequence[Told], shared: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each limit on something shared that sessions of several plans exceed together.

    What those of the plan that states it exceed alone is for its own check to say.
    """
    for found in _common(told, shared).breaches({n: one.schedule for n, one in enumerate(told)}):
        yield _beyond(found, told)


def _common(told: Sequence[Told], shared: Collection[str]) -> Common:
    return Common(tuple(one.name for one in told), tuple(one.problem for one in told), frozenset(shared))


def _beyond(found: Across, told: Sequence[Told]) -> Finding:
    counts = Counter(number for number, _ in found.sessions)
    plans = "、".join(f"{told[number].name} {count}" for number, count in sorted(counts.items()))
    places = [Place(str(told[number].file), session.line) for number, session in found.sessions]
    firsts = {number: place for (number, _), place in reversed([*zip(found.sessions, places, strict=True)])}
    last = max(firsts)
    related = (*(firsts[n] for n in sorted(firsts) if n != last), *filter(None, [found.limit.place]))
    names = tuple(session.id for _, session in found.sessions)
    text = found.breach.text + _EACH.fill(plans=plans, plan=told[found.of].name)
    return Finding(found.limit.rule.name, Severity.ERROR, text, firsts[last], names, related=related)


def _used(found: Twice, told: Sequence[Told], common: Common, units: Sequence[str]) -> int:
    """Return how many of some units are named while both sessions are held."""
    at = max(found.first.start, found.second.start)
    return sum(
        len(common.units_of[number].intersection(units, one.units))
        for number, plan in enumerate(told)
        for one in plan.schedule.sessions
        if one.day == found.first.day and one.start <= at < one.end and not one.held_with
    )


def _finding(found: Twice, plans: Sequence[Told]) -> Finding:
    sessions = (found.first, found.second)
    said = {
        word: label(session, next((s for s in plan.problem.series if s.id == session.series), None))
        for word, session, plan in zip(("one", "other"), sessions, plans, strict=True)
    }
    text = _TWICE.fill(unit=found.unit, first=plans[0].name, second=plans[1].name, **said)
    before, place = (Place(str(p.file), s.line) for p, s in zip(plans, sessions, strict=True))
    names = tuple(session.id for session in sessions)
    return Finding(SHARED_TWICE, Severity.ERROR, text, place, names, related=(before,))


_EACH = Text(
    "。計画ごとの回数: {plans}(規則は {plan} にあり、共用なのですべての計画を合わせて数えます)",
    "; of each plan: {plans} (the rule is one of {plan}, and counts all plans: what it is about is shared)",
)
_TWICE = Text(
    "{first} の {one} と {second} の {other} が同じ時間に、共用の {unit} を使います",
    "{one} of {first} and {other} of {second} use the shared {unit} at the same time",
)
