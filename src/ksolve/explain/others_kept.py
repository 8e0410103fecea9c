"""A schedule for a few programmes around the sessions of all others, which stay where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ksolve.checker import check
from ksolve.clock import Span, Spans
from ksolve.problem import Problem, Resource
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.capacity import Capacity
from ksolve.solver import any_schedule


def with_others_kept(
    problem: Problem, base: Schedule, programmes: Collection[str], limit_s: float
) -> Schedule | None:
    """Return a schedule of a problem in which only the sessions of some programmes differ from a base.

    They are joined by the programmes whose sessions of the base the problem does not allow. The others
    keep their rooms and staff, which are taken from the hours of these. None where that was not found: a
    schedule that moves others may exist. What is returned passes the checker.
    """
    problem = problem.hard
    programmes = {*programmes, *_broken(problem, base)}
    own = [series for series in problem.series if series.programme in programmes]
    there = {series.id for series in problem.series if series.programme not in programmes}
    others = [session for session in base.sessions if session.series in there]
    names = {series.id for series in own}
    rules = tuple(
        posted
        for posted in problem.rules
        if isinstance(posted.rule, Capacity) or names.issuperset(series.id for series in posted.series)
    )
    resources = tuple(part for one in problem.resources for part in _left_of(one, _busy(others)))
    _, found = any_schedule(replace(problem, series=tuple(own), resources=resources, rules=rules), limit_s)
    if found is None:
        return None
    whole = Schedule.of((*others, *found.sessions))
    return whole if not check(problem, whole) else None


def _broken(problem: Problem, base: Schedule) -> Iterator[str]:
    """Yield the programmes with sessions in the base that break a rule of the problem."""
    owners = {series.id: series for series in problem.series}
    kept = Schedule.of(session for session in base.sessions if session.series in owners)
    for finding in check(problem, kept):
        for name in finding.sessions:
            yield owners[kept.by_id[name].series].programme


def _busy(sessions: Collection[Session]) -> dict[str, dict[date, list[Span]]]:
    """Return when each unit is taken, guests not counted: they use their host's."""
    taken: dict[str, dict[date, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for session in sessions:
        for unit in session.units if not session.held_with else ():
            taken[unit][session.day].append((session.start, session.end))
    return taken


def _left_of(resource: Resource, taken: Mapping[str, Mapping[date, list[Span]]]) -> Iterator[Resource]:
    """Yield each unit that is taken at times as a resource of its own, with the hours that are left."""
    free = tuple(unit for unit in resource.units if unit not in taken)
    if free:
        yield replace(resource, units=free)
    for unit in resource.units:
        if unit in taken:
            hours = {day: _without(resource.hours(day), spans) for day, spans in taken[unit].items()}
            exceptions = {**resource.exceptions, **hours}
            yield replace(resource, id=f"{resource.id}/{unit}", units=(unit,), exceptions=exceptions)


def _without(hours: Spans, taken: Collection[Span]) -> Spans:
    left = list(hours)
    for start, end in taken:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    return tuple(left)
