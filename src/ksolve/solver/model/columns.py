"""Columns: the patterns that a family could keep, each with a pool for each need, where these are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise, product

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


def one_by_one(posted: Posted) -> list[Posted]:
    """Return a rule for each family that it binds."""
    if posted.rule.joint:
        return [posted]
    return [replace(posted, series=(series,)) for series in posted.series]


@dataclass(frozen=True)
class Chosen:
    """The columns that families take, and the months in which a family has not all places that it needs."""

    columns: Mapping[Family, tuple[Column, ...]]
    tight: Mapping[Family, frozenset[Month]]


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
