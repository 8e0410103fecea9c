"""What others take of what is shared: which units and when, whether it is too much, and what is left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ksolve.clock import spans_without
from ksolve.problem import Problem, Resource
from ksolve.problem.schedule import Session
from ksolve.solver.model.uses import Standing


def taken(sessions: Iterable[Session], problem: Problem, shared: Collection[str]) -> Iterator[Standing]:
    """Yield the units that sessions take of shared resources (ids); who is a guest takes nothing."""
    resource_of = {unit: one.id for one in problem.resources if one.id in shared for unit in one.units}
    for session in sessions:
        for unit in session.units if not session.held_with else ():
            if unit in resource_of:
                yield Standing(resource_of[unit], session.day, session.start, session.end)


def too_many(taken: Counter[Standing], units: Mapping[str, int]) -> list[tuple[str, date]]:
    """Return the resources and dates on which more units are taken at a moment than there are."""
    of_date: dict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    for one, amount in taken.items():
        of_date[one.resource, one.day] += [(one.start, amount), (one.end, -amount)]
    return [key for key, changes in of_date.items() if _most(changes) > units.get(key[0], 0)]


def _most(changes: Iterable[tuple[int, int]]) -> int:
    """Return the most that is taken at once: what ends at a moment is free for what begins at it."""
    most = here = 0
    for _, amount in sorted(changes):
        here += amount
        most = max(most, here)
    return most


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
