"""Usual places in the calendar: a weekday and start in some weeks of the month, or in every week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ksolve.calendar import MONTHS, Calendar
from ksolve.clock import covers

Cell = tuple[date, int]
"""A date and a start, in minutes after midnight."""

WEEK = timedelta(days=7)

WEEKS_OF_MONTH: tuple[tuple[tuple[int, ...], ...], ...] = (
    ((1,), (2,), (3,), (4,)),
    ((1, 3), (2, 4)),
    ((1, 2, 3), (2, 3, 4)),
)
"""The weeks of the month that may be usual for one, two and three sessions a month."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One habit that a family of series could keep: 第2金 10:00.

    `weeks` are the weeks of the month, None where the slot is every week's. `dates` are the dates
    that it reserves, a closed place moved a week on or back. `lacking` is the number of the
    family's sessions that have no place in it. `spare` are the dates of weeks in which a weekly slot
    falls on a closed or quiet day: a session may make up for it on any of them.
    """

    weekday: int
    start: int
    weeks: tuple[int, ...] | None
    dates: tuple[date, ...]
    lacking: int
    spare: frozenset[date] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A weekday, start and weeks of the month through the year.

    `dates` are all that it names. `instead` has those of them that are closed or avoided, each with the
    dates a week later or earlier in the month: one session on one of these stands in for it, unless one is
    held on the date itself.
    """

    dates: frozenset[date]
    instead: tuple[tuple[date, tuple[date, ...]], ...]


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the nth (1 to 4) of a weekday in a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def dates_of_place(place: date, start: int, minutes: int, calendar: Calendar) -> list[date]:
    """Return the dates that keep a place, the best first; a programme may be shut out of any of them.

    That is the date itself; where the centre is closed then, or the date is avoided, also the same
    weekday a week later or earlier in the month.
    """
    if place not in calendar.quiet and is_open(place, start, minutes, calendar):
        return [place]
    return [day for day in (place + WEEK, place - WEEK, place) if day.month == place.month]


def place_of(kept: Sequence[Sequence[date]]) -> Place:
    """Return the place that has the dates of `kept_dates`."""
    named = frozenset(dates[-1] for dates in kept)
    return Place(named, tuple((dates[-1], tuple(dates[:-1])) for dates in kept if len(dates) > 1))


def is_open(day: date, start: int, minutes: int, calendar: Calendar) -> bool:
    """Tell whether the centre is open for all of a session's time on a date."""
    return covers(calendar.hours(day), start, start + minutes)


def kept_dates(
    weekday: int, start: int, weeks: Sequence[int], minutes: int, calendar: Calendar
) -> list[list[date]]:
    """Return, for each place of a pattern in the year, the dates on which a session keeps it."""
    months = [calendar.year.month(month)[0] for month in MONTHS]
    return [
        dates_of_place(nth_weekday(first.year, first.month, weekday, nth), start, minutes, calendar)
        for first in months
        for nth in weeks
    ]
