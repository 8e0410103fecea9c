"""Columns: the patterns that a family could keep, each with a pool for each need, where these are there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain, pairwise, product

from ksolve.clock import covers
from ksolve.problem import Posted, Problem, Resource, Series
from ksolve.problem.patterns import Cell, Pattern
from ksolve.rules.needs import suitable

Month = tuple[int, int]
"""A year and a month."""

_WORSE = 4
"""How many sessions more than the best a column may lack and still be worth a variable."""


@dataclass(frozen=True, eq=False)
class Family:
    """The series of a rule that offers patterns: they keep one rhythm, and their sessions are alike."""

    posted: Posted

    @property
    def one(self) -> Series:
        """A series that tells what a session of any takes."""
        return self.posted.series[0]

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of its series."""
        return frozenset(series.id for series in self.posted.series)

    @property
    def chosen(self) -> int:
        """How many patterns it keeps at once."""
        return self.posted.rule.chosen


@dataclass(frozen=True)
class Take:
    """`amount` units that a session takes of a pool, or of a named unit, by resources that will do."""

    of: str
    able: tuple[Resource, ...]
    amount: int

    def is_there(self, day: date, start: int, end: int) -> bool:
        """Tell whether so many units are there from start to end."""
        return sum(len(r.units) for r in self.able if covers(r.hours(day), start, end)) >= self.amount


def takes_of(series: Series, allowed: Sequence[Sequence[Resource]]) -> list[Take]:
    """Return what a session of a series takes of the resources that each of its needs allows."""
    return [Take("", tuple(able), need.amount) for need, able in zip(series.needs, allowed, strict=True)]


@dataclass(frozen=True, eq=False)
class Column:
    """A pattern of a family with what its sessions take, and the dates at which all of it is there.

    `missed` are dates of the pattern at which it is not, that are avoided, or too soon after another.
    """

    family: Family
    pattern: Pattern
    takes: tuple[Take, ...]
    dates: tuple[date, ...]
    missed: tuple[date, ...]

    @property
    def lacking(self) -> int:
        """How many sessions of the family have no place in it."""
        return self.pattern.lacking + len(self.missed)

    @property
    def start(self) -> int:
        """When a session begins."""
        return self.pattern.start

    @property
    def end(self) -> int:
        """When a session ends."""
        return self.pattern.start + self.family.one.minutes

    def longest_run(self, periods: Sequence[Collection[date]], length: int) -> int:
        """Return in how many of `length` periods, one after the other, it has a date at most."""
        there = [not set(self.dates).isdisjoint(days) for days in periods]
        return max((sum(there[at : at + length]) for at in range(len(there) - length + 1)), default=0)

    @property
    def plainness(self) -> int:
        """By how much another column as good would be taken rather: off the edges of months, earlier."""
        at_edge = bool({1, 4} & set(self.pattern.weeks or ()))
        return at_edge + 2 * sorted(self.family.one.starts).index(self.start)


@dataclass
class Asked:
    """What rules ask of a series: days between sessions, days to avoid, who is there, with whom they are."""

    gap: int = 0
    avoided: frozenset[date] = frozenset()
    units: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


def singly(rules: Iterable[Posted]) -> Iterator[Posted]:
    """Yield each rule once for each family that it binds."""
    for posted in rules:
        if posted.rule.joint:
            yield posted
        else:
            yield from (replace(posted, series=(series,)) for series in posted.series)


def columns_of(
    family: Family,
    patterns: Sequence[Pattern],
    asked: Asked,
    problem: Problem,
    hosted: Collection[Cell] | None,
) -> list[Column]:
    """Return the columns of a family that lack little; `hosted` is where hosts can be, if it has any."""
    slots = {(day.weekday(), start) for day, start in hosted or ()}
    meet = [pattern for pattern in patterns if (pattern.weekday, pattern.start) in slots]
    found = [
        column
        for takes in _ways(family.one, asked.units, problem)
        for column in _columns(family, meet or patterns, takes, asked)
    ]
    least = min((column.lacking for column in found), default=0)
    return [column for column in found if column.lacking <= least + _WORSE]


def _ways(series: Series, units: Sequence[str], problem: Problem) -> Iterator[tuple[Take, ...]]:
    """Yield each choice of a pool for each need, with the units that are named."""
    own = [r for r in problem.resources if len(r.units) == 1 and r.units[0] in units]
    named = [Take(resource.id, (resource,), 1) for resource in own]
    needs = [(need, suitable(need, problem)) for need in series.needs]
    pools = [
        [Take(pool, tuple(r for r in able if r.pool == pool), need.amount) for pool in need.pools]
        for need, able in needs
    ]
    for takes in product(*pools):
        yield (*takes, *named)


def _columns(
    family: Family, patterns: Sequence[Pattern], takes: tuple[Take, ...], asked: Asked
) -> Iterator[Column]:
    """Yield a column for each pattern with what its sessions take; most dates are of several patterns."""
    minutes = family.one.minutes
    is_there = {
        (day, start): day not in asked.avoided
        and all(take.is_there(day, start, start + minutes) for take in takes)
        for day, start in {(day, pattern.start) for pattern in patterns for day in pattern.dates}
    }
    for pattern in patterns:
        there = [day for day in pattern.dates if is_there[day, pattern.start]]
        near = {later for day, later in pairwise(there) if (later - day).days < asked.gap}
        dates = tuple(day for day in there if day not in near)
        missed = tuple(day for day in pattern.dates if day not in dates)
        yield Column(family, pattern, takes, dates, missed)


class Days:
    """The dates that families have at each weekday and start, by the candidates of their series."""

    def __init__(self, cells: Mapping[str, frozenset[Cell]]) -> None:
        self._cells = cells
        self._of: dict[Family, dict[tuple[int, int], set[date]]] = {}

    def of(self, family: Family) -> Mapping[tuple[int, int], Collection[date]]:
        """Return the dates of a family at each weekday and start."""
        if family not in self._of:
            self._of[family] = defaultdict(set)
            for day, start in chain.from_iterable(self._cells[name] for name in family.names):
                self._of[family][day.weekday(), start].add(day)
        return self._of[family]

    def months_without(self, column: Column) -> set[Month]:
        """Return the months with fewer places than weeks of the pattern."""
        days = chain.from_iterable(self.of(column.family).values())
        places = Counter((day.year, day.month) for day in column.dates)
        few = len(column.pattern.weeks or ())
        return {month for month in {(day.year, day.month) for day in days} if places[month] < few}

    def far(self, column: Column) -> int:
        """Return how many sessions without a place cannot even keep its weekday and start."""
        if not column.lacking:
            return 0
        slot = column.pattern.weekday, column.start
        left = set(self.of(column.family)[slot]) - set(column.dates)
        near = {(day.year, day.month) for day in left}
        return min(column.lacking, len(self.months_without(column) - near))
