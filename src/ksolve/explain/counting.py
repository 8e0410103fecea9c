"""Arithmetic that a reader can redo: what a conflict asks of a month, a room or a pool, and what there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ksolve.clock import covers
from ksolve.explain.conflict import Conflict
from ksolve.explain.days import days_left
from ksolve.explain.elements import Subject
from ksolve.frequency import Per
from ksolve.periods import days_of_months
from ksolve.problem import Posted, Problem, Resource, Series
from ksolve.rules import Capacity, Count, Together
from ksolve.text import Text, counted


@dataclass(frozen=True)
class Tally:
    """`needs` is a lower bound of what must be held, `has` an upper bound of what could be."""

    text: Text
    needs: int
    has: int

    @property
    def decides(self) -> bool:
        """Whether it alone shows that the plan cannot be held."""
        return self.needs > self.has


def tallies(subject: Subject, conflict: Conflict) -> tuple[Tally, ...]:
    """Return the countings of a conflict, those that decide by themselves first.

    No solver is used. The days of a programme are those on which one session of it could be
    held; a pool holds at most as many sessions in a day as fit one after the other.
    """
    problem = subject.problem
    posted = [rule for element in conflict.elements for rule in subject.posted(element)]
    counts = [p for p in posted if isinstance(p.rule, Count) and p.rule.per is Per.YEAR and p.rule.low]
    found = [tally for one in counts for tally in _alone(one, problem)]
    for one in posted:
        if isinstance(one.rule, Capacity):
            found += _shared(one, one.rule.pool, counts, problem)
    return tuple(sorted(found, key=lambda tally: not tally.decides))


def _alone(posted: Posted, problem: Problem) -> Iterator[Tally]:
    """One programme against the days of its months; each start of a day counts."""
    if len(posted.series) > 1 or not isinstance(posted.rule, Count):
        return
    series = posted.series[0]
    if _is_guest(series, problem):
        return
    days = days_of_months(posted.rule.months.values, problem.year)
    left, taken = days_left(series, days, problem)
    steps = Text(
        "、".join(f"{why.ja}{n}日" for why, n in taken) or "なし",
        ", ".join(f"{n} {why.en}" for why, n in taken) or "none",
    )
    has = left * len(series.starts)
    text = _ALONE.fill(
        who=posted.who,
        needs=posted.rule.low,
        days=len(days),
        steps=steps,
        left=left,
        starts=Text(str(len(series.starts)), counted(len(series.starts), "start")),
        has=has,
    )
    yield Tally(text, posted.rule.low, has)


def _shared(by: Posted, pool: str, counts: Sequence[Posted], problem: Problem) -> Iterator[Tally]:
    """The sessions that must use a pool against what its units can hold, day by day."""
    resources = problem.of_pool(pool)
    users = [p for p in counts if len(p.series) == 1 and _amount(p.series[0], pool)]
    users = [p for p in users if not _is_guest(p.series[0], problem)]
    # of several counts of one series the largest: their sessions may be the same
    largest = {p.series[0].id: p for p in sorted(users, key=_low)}
    users = list(largest.values())
    if not users:
        return
    open_to: dict[str, set[date]] = {}
    for posted in users:
        if isinstance(posted.rule, Count):
            within = days_of_months(posted.rule.months.values, problem.year)
            series = posted.series[0]
            open_to[series.id] = {day for day in within if days_left(series, [day], problem)[0]}
    days = sorted(set[date]().union(*open_to.values()))
    has = 0
    for day in days:
        there = [posted.series[0] for posted in users if day in open_to[posted.series[0].id]]
        has += _most(there, day, resources)
    needs = sum(_low(p) * _amount(p.series[0], pool) for p in users)
    listed = " + ".join(f"{p.who} {_low(p) * _amount(p.series[0], pool)}" for p in users)
    yield Tally(_SHARED.fill(pool=by.who, needs=needs, listed=listed, days=len(days), has=has), needs, has)


def _low(posted: Posted) -> int:
    return posted.rule.low if isinstance(posted.rule, Count) else 0


def _most(series: Sequence[Series], day: date, resources: Sequence[Resource]) -> int:
    """Return how many sessions the units could take, one after the other (earliest end first)."""
    most = 0
    for resource in resources:
        times = sorted(
            (start + one.minutes, start)
            for one in series
            for start in one.starts
            if covers(resource.hours(day), start, start + one.minutes)
        )
        free, held = 0, 0
        for end, start in times:
            if start >= free:
                free, held = end, held + 1
        most += held * len(resource.units)
    return most


def _amount(series: Series, pool: str) -> int:
    """Return how many units of just this pool a session takes; none where another pool would do."""
    return sum(need.amount for need in series.needs if need.pools == (pool,))


def _is_guest(series: Series, problem: Problem) -> bool:
    """Guests share their host's room and staff: they are not counted."""
    return any(isinstance(p.rule, Together) and p.series[0].id == series.id for p in problem.rules)


_ALONE = Text(
    "{who}: {needs}回要る。{days}日のうち使えない日は {steps}、残り{left}日×1日{starts}枠={has}回分",
    "{who}: needs {needs}. Of {days} days, not usable: {steps}; {left} left x {starts} = {has}",
)
_SHARED = Text(
    "{pool}: {listed} で{needs}回分要る。行える{days}日に入るのは多くて{has}回分",
    "{pool}: {listed} need {needs}; at most {has} fit into the {days} days that are open to them",
)
