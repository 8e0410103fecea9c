"""One part beside the others: what is shared as they leave it, and its own sessions there as decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ksolve.clock import spans_without
from ksolve.problem import Posted, Problem, Resource
from ksolve.problem.case import Case
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.few_moves import FewMoves
from ksolve.solver.answer import TierValue
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.goals import is_within


def taken(sessions: Iterable[Session], problem: Problem, shared: Collection[str]) -> Iterator[Standing]:
    """Yield the units that sessions take of shared resources (ids); who is a guest takes nothing."""
    resource_of = {unit: one.id for one in problem.resources if one.id in shared for unit in one.units}
    for session in sessions:
        for unit in session.units if not session.held_with else ():
            if unit in resource_of:
                yield Standing(resource_of[unit], session.day, session.start, session.end)


def beside(problem: Problem, others: Iterable[Standing]) -> tuple[Problem, tuple[Standing, ...]]:
    """Return a problem whose resources are gone while others take all their units, with what these take.

    So it has no candidates that cannot be, and the least of each wish is what it costs beside the others.
    Each of its schedules is one of the problem, at the same costs: these do not hang on when a room or a
    person is there.
    """
    taking: dict[str, dict[date, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    for one in others:
        taking[one.resource][one.day].append(one)
    return (
        replace(problem, resources=tuple(_left(one, taking[one.id]) for one in problem.resources)),
        tuple(one for days in taking.values() for uses in days.values() for one in uses),
    )


def decided(part: Problem, sessions: Iterable[Session]) -> Problem:
    """Return a part whose series in these sessions keep their dates, without the wishes of these alone.

    What they cost is decided with the dates. So all other wishes can be asked for at their least.
    """
    cells: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for session in sessions:
        cells[session.series].append((session.day, session.start))
    rules = (
        replace(posted, weight=0) if _is_within(posted, cells.keys()) else posted
        for posted in part.rules
        if posted.rule.permits or not _is_within(posted, cells.keys())
    )
    kept = (
        Posted(FewMoves(kept=tuple(cells[one.id])), (one,), one.name)
        for one in part.series
        if one.id in cells
    )
    return replace(part, rules=(*rules, *kept))


def _is_within(posted: Posted, names: Collection[str]) -> bool:
    """Whether a wish binds none but these series."""
    return posted.tier is not None and is_within(posted, names)


def counted(part: Problem, schedule: Schedule) -> tuple[TierValue, ...]:
    """Return what the wishes of a part cost in a schedule, counted from its dates; nothing is proven."""
    case = Case(part, schedule)
    costs = dict.fromkeys(sorted({p.tier for p in part.rules if p.tier is not None}), 0)
    for posted in part.rules:
        if posted.tier is not None:
            costs[posted.tier] += posted.weight * sum(b.amount for b in posted.rule.check(posted, case))
    return tuple(TierValue(tier, cost, 0) for tier, cost in costs.items())


def _left(resource: Resource, taking: dict[date, list[Standing]]) -> Resource:
    """Return a resource without the hours in which all of its units are taken."""
    units = len(resource.units)
    gone = {day: list(_full(uses, units)) for day, uses in taking.items()}
    left = {day: spans_without(resource.hours(day), full) for day, full in gone.items() if full}
    return replace(resource, exceptions={**resource.exceptions, **left})


def _full(uses: Sequence[Standing], units: int) -> Iterator[tuple[int, int]]:
    """Yield from when to when all units are taken, in order."""
    moments = sorted({one.start for one in uses} | {one.end for one in uses})
    for start, end in pairwise(moments):
        if sum(one.start <= start and end <= one.end for one in uses) >= units:
            yield start, end
