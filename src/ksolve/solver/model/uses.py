"""What takes a resource, a moment or an audience, from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ortools.sat.python import cp_model

from ksolve.problem import Series
from ksolve.problem.patterns import Cell


class Use(NamedTuple):
    """A variable that takes `amount` units from `start` to `end`; a negative amount gives back."""

    start: int
    end: int
    amount: int
    variable: cp_model.IntVar


class Standing(NamedTuple):
    """One unit of a resource that stands taken, from `start` to `end` on a date, by what is not modelled."""

    resource: str
    day: date
    start: int
    end: int


def taken(uses: Sequence[Use]) -> cp_model.LinearExpr:
    """Return how many units are taken, what is given back taken off."""
    return cp_model.LinearExpr.weighted_sum([use.variable for use in uses], [use.amount for use in uses])


def gross(uses: Sequence[Use]) -> int:
    """Return how many units are taken at most: a variable may stand for several units of a shared need."""
    return sum(use.amount * use.variable.domain.max() for use in uses if use.amount > 0)


def weekly(days: Mapping[date, list[Use]]) -> Iterator[list[Use]]:
    """Yield the uses of each week from Monday on."""
    for _, week in groupby(sorted(days), key=lambda day: day.isocalendar()[:2]):
        yield [use for day in week for use in days[day]]


def busiest(uses: Sequence[Use]) -> Iterator[list[Use]]:
    """Yield the uses that run at each start, without those that another start includes whole."""
    moments = [
        [index for index, use in enumerate(uses) if use.start <= start < use.end]
        for start in sorted({use.start for use in uses})
    ]
    for members in moments:
        if not any(set(members) < set(others) for others in moments):
            yield [uses[index] for index in members]


def taken_by(decided: Iterable[tuple[Series, frozenset[Cell]]], pool: str, day: date, at: int) -> int:
    """Return the units of a pool that series whose dates are decided take at a moment."""
    there = (
        (one, sum(held == day and start <= at < start + one.minutes for held, start in cells))
        for one, cells in decided
    )
    return sum(n * need.amount for one, n in there if n for need in one.needs if need.pools == (pool,))
