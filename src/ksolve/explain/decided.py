"""A plan that a sum shows to be impossible, before anything is searched: more sessions than a pool can hold.

It is summed up twice, in ways that share nothing: what the checks of the rules find lacking in an empty
schedule against what the days hold minute by minute, and the counting of `explain` for the reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ksolve.clock import Spans, covers
from ksolve.explain.counting import Tally, deciding
from ksolve.problem import Posted, Problem, Resource, Series
from ksolve.problem.case import Case
from ksolve.problem.schedule import Schedule


def decided(problem: Problem) -> Tally | None:
    """Return a counting that shows that the hard rules cannot be kept; None where none of these sums does.

    None says nothing: a plan may well be impossible for other reasons.
    """
    hosts = [one for one in problem.series if one.id not in problem.guests]
    wanted = _wanted(problem)
    for pools in sorted({need.pools for one in hosts for need in one.needs}):
        users = [one for one in hosts if _amount(one, pools)]
        needs = sum(wanted.get(one.id, 0) * _amount(one, pools) for one in users)
        if needs > _room_for(users, pools, problem):
            return deciding(problem, [posted for posted in problem.rules if _is_of(posted, users)])
    return None


def _amount(series: Series, pools: Sequence[str]) -> int:
    """Return how many of some pools each session of a series takes."""
    return sum(need.amount for need in series.needs if set(need.pools) <= set(pools))


def _is_of(posted: Posted, users: Sequence[Series]) -> bool:
    return posted.tier is None and all(one in users for one in posted.series)


def _wanted(problem: Problem) -> dict[str, int]:
    """Return how many sessions of each series an empty schedule lacks, by the rule that asks for most."""
    empty = Case(problem, Schedule(()))
    found: dict[str, int] = {}
    for posted in problem.rules:
        if posted.tier is None and len(posted.series) == 1 and not posted.rule.permits:
            lacking = sum(breach.amount for breach in posted.rule.check(posted, empty))
            name = posted.series[0].id
            found[name] = max(lacking, found.get(name, 0))
    return found


def _room_for(users: Sequence[Series], pools: Sequence[str], problem: Problem) -> int:
    """Return how many sessions all units of some pools could hold in a year, one after the other."""
    resources = [resource for resource in problem.resources if resource.pool in pools]
    known: dict[tuple[object, ...], int] = {}
    return sum(
        len(resource.units) * _held(users, resource, day, problem, known)
        for day in problem.year.days
        for resource in resources
    )


def _held(
    users: Sequence[Series],
    resource: Resource,
    day: date,
    problem: Problem,
    known: dict[tuple[object, ...], int],
) -> int:
    """Return how many sessions one unit could hold on a day."""
    opened = tuple(problem.calendar_of(one).hours(day) for one in users)
    key = opened, resource.hours(day)
    if key not in known:
        known[key] = _longest_chain(sorted(set(_spans(users, opened, resource.hours(day)))))
    return known[key]


def _spans(users: Sequence[Series], opened: Sequence[Spans], there: Spans) -> Iterator[tuple[int, int]]:
    for one, hours in zip(users, opened, strict=True):
        for start in one.starts:
            end = start + one.minutes
            if covers(hours, start, end) and covers(there, start, end):
                yield start, end


def _longest_chain(spans: Sequence[tuple[int, int]]) -> int:
    """Return how many spans can follow on one another, by the most that end until each moment."""
    most = {0: 0}
    for moment in sorted({end for _, end in spans}):
        before = max(most.values())
        ending = [start for start, end in spans if end == moment]
        chains = [max(held for at, held in most.items() if at <= start) + 1 for start in ending]
        most[moment] = max([before, *chains])
    return max(most.values())
