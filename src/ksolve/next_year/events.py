"""Events of a few dates that go to the next year as they are: days in a row, and a name's own day (節分)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from ksolve.calendar import Calendar, FiscalYear, YearlyDay
from ksolve.next_year.dates import in_other_year
from ksolve.plan.fixed_days import own_day
from ksolve.plan.schema import Component, Programme

_DAY = timedelta(days=1)
_MOST = 7
"""So many days in a row are one event, and no course of every day."""


def dates_of_event(
    node: Programme | Component, years: tuple[FiscalYear, FiscalYear], calendar: Calendar | None
) -> tuple[YearlyDay, ...]:
    """Return the new year's dates of an event; none for what is none, whose habit is read instead.

    Days in a row stay in a row: the first goes to the same holiday or weekday of its month, 11/15(土)・16(日)
    to 11/21・22 and not to the third Sunday before the third Saturday. What was held on the day that its name
    says is on that day again, if it is open.
    """
    terms = node.frequency.terms if node.frequency else ()
    dates = terms[0].dates if len(terms) == 1 else ()
    if any(day.year for day in dates):
        return ()
    if own := own_day(node.name):
        there = own.within(years[1])
        is_open = calendar is None or bool(calendar.hours(there))
        return (own,) if dates == (own,) and is_open else ()
    return moved_run(dates, years)


def moved_run(dates: Sequence[YearlyDay], years: tuple[FiscalYear, FiscalYear]) -> tuple[YearlyDay, ...]:
    """Return days in a row as the new year has them, none where they are not in a row."""
    old = sorted(day.within(years[0]) for day in dates)
    if not 1 < len(old) <= _MOST or any(after - before != _DAY for before, after in pairwise(old)):
        return ()
    first = in_other_year(YearlyDay(old[0].month, old[0].day), *years).within(years[1])
    days = [first + n * _DAY for n in range(len(old))]
    return tuple(YearlyDay(day.month, day.day) for day in days)
