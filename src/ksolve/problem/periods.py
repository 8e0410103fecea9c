"""The periods of a fiscal year that counts are stated for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from ksolve.calendar import MONTHS, FiscalYear, span_of_days
from ksolve.frequency import TERMS, Per

_MONTHS_OF = {
    Per.YEAR: (MONTHS,),
    Per.HALF: (MONTHS[:6], MONTHS[6:]),
    Per.QUARTER: (MONTHS[:3], MONTHS[3:6], MONTHS[6:9], MONTHS[9:]),
    Per.TERM: TERMS,
    Per.MONTH: tuple((month,) for month in MONTHS),
}
"""The months of each period; school terms are April to August, to December, to March."""


@lru_cache(maxsize=64)
def periods_of_year(per: Per, year: FiscalYear) -> tuple[tuple[date, ...], ...]:
    """Return the dates of each year, half, quarter, term, month, week (from Monday) or day."""
    if per is Per.DAY:
        return tuple((day,) for day in year.days)
    if per is Per.WEEK:
        weeks = groupby(year.days, key=monday_of)
        return tuple(tuple(days) for _, days in weeks)
    return tuple(days_of_months(months, year) for months in _MONTHS_OF[per])


def monday_of(day: date) -> date:
    """Return the Monday of a date's week."""
    return day - timedelta(days=day.weekday())


def first_of_period(per: str, day: date, year: FiscalYear) -> date:
    """Return the first date of the day, week (from Monday), month or year that a date is in.

    It is read off the date alone, for checks, which share nothing with `periods_of_year`.
    """
    if per == "week":
        return day - timedelta(days=day.weekday())
    if per == "year":
        return year.first
    return day.replace(day=1) if per == "month" else day


def days_of_months(months: Sequence[int], year: FiscalYear) -> tuple[date, ...]:
    """Return the dates of some months of a year, in order."""
    return _days_of_months(tuple(months), year)


@lru_cache(maxsize=1024)
def _days_of_months(months: tuple[int, ...], year: FiscalYear) -> tuple[date, ...]:
    return tuple(day for month in months for day in span_of_days(*year.month(month)))
