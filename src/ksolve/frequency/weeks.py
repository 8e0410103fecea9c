"""How many weeks lie in stretches of days: 5/7～7/9 are 64 days, 9 or 10 Tuesdays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ksolve.calendar import FiscalYear, YearlyDay

_LEAP = FiscalYear(2023)
"""A fiscal year with 29 February, for the days that name no year."""


def weeks_within(within: tuple[tuple[YearlyDay, YearlyDay], ...], months: tuple[int, ...]) -> tuple[int, int]:
    """Return the fewest and the most days of one weekday in stretches, as far as they lie in some months."""
    fewest = most = 0
    for first, last in within:
        days = sum(day.month in months for day in _days(first, last))
        fewest += days // 7
        most += -(-days // 7)
    return fewest, most


def _days(first: YearlyDay, last: YearlyDay) -> Iterator[date]:
    day, end = first.within(_LEAP), last.within(_LEAP)
    while day <= end:
        yield day
        day += timedelta(days=1)
