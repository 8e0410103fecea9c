"""A schedule for a few programmes around the sessions of all others, which stay where they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ksolve.checker import check
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.problem.taken import left_beside
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
    resources = left_beside(problem.resources, others)
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
