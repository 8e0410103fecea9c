"""The candidates of each series: which dates are left for each start."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from ksolve.calendar import FiscalYear
from ksolve.problem import Series


class Domain:
    """Dates as one bit each, 1 April the lowest, for each start of one series."""

    def __init__(self, series: Series, year: FiscalYear) -> None:
        self._first = year.first
        self._days = (year.last - year.first).days + 1
        everything = (1 << self._days) - 1
        self._left = dict.fromkeys(series.starts, everything)

    def forbid(self, days: Collection[date] | None, starts: Collection[int] | None) -> None:
        """Take away dates (None: all) at some starts (None: all)."""
        gone = (1 << self._days) - 1 if days is None else self._bits(days)
        for start in self._left if starts is None else starts:
            if start in self._left:
                self._left[start] &= ~gone

    def candidates(self) -> Iterator[tuple[date, int]]:
        """Yield each (date, start) that is left, in order."""
        for ordinal in range(self._days):
            for start, left in self._left.items():
                if left >> ordinal & 1:
                    yield self._first + timedelta(days=ordinal), start

    def _bits(self, days: Collection[date]) -> int:
        bits = 0
        for day in days:
            ordinal = (day - self._first).days
            if 0 <= ordinal < self._days:
                bits |= 1 << ordinal
        return bits
