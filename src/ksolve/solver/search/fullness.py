"""How full rooms and pools are, by one sum: where one nearly is, wishes are hard to meet and to refuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache

from ksolve.clock import Span, covers
from ksolve.problem import Problem

FULL = 0.8
"""The part of what a pool holds from which on any schedule is looked for before one with every wish."""


def fullest(problem: Problem) -> float:
    """Return the part that is needed of what a pool can hold, for the fullest of all.

    Needed are the sessions that hard rules ask of one series each, and that can take no other pool. A
    unit holds on a day the most sessions of any users that lie one after the other within its hours.
    """
    fewest = _fewest(problem)
    days = [day for day in problem.year.days if problem.calendar.hours(day)]
    return max(
        (_fullness(pool, fewest, days, problem) for pool in {r.pool for r in problem.resources}), default=0.0
    )


def _fullness(pool: str, fewest: Counter[str], days: Sequence[date], problem: Problem) -> float:
    takers = [(s, need.amount) for s in problem.series for need in s.needs if need.pools == (pool,)]
    by_end = sorted({(start + one.minutes, start) for one, _ in takers for start in one.starts})

    @cache
    def most(hours: tuple[Span, ...]) -> int:
        """Return how many sessions lie one after the other: the one that ends first is always among them."""
        count = free_at = 0
        for end, start in by_end:
            if start >= free_at and covers(hours, start, end):
                count, free_at = count + 1, end
        return count

    holds = sum(most(r.hours(day)) * len(r.units) for r in problem.of_pool(pool) for day in days)
    needed = sum(fewest[one.id] * amount for one, amount in takers)
    return needed / holds if holds else 0.0


def _fewest(problem: Problem) -> Counter[str]:
    """Return how many sessions each series has at least, by hard rules about it alone; guests have none."""
    found = Counter[str]()
    for posted in problem.rules:
        if posted.tier is None and len(posted.series) == 1 and posted.series[0].id not in problem.guests:
            asked = sum(demand.low for demand in posted.rule.demands(posted, problem))
            found[posted.series[0].id] = max(found[posted.series[0].id], asked)
    return found
