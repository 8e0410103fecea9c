"""Courses that run on (連続5回, 4日間連続): wishes in a drafted plan, for a frequency cannot hold them."""

from __future__ import annotations

from dataclasses import dataclass

from ksolve.published import PublishedRow

_MOST = 12
"""More sessions than this are no course that people follow from the first to the last."""
_GAPS, _GAP_OF_MONTHS = (7, 14), 35
"""Most days from one session to the next: a week, else two; of a course of one session a month."""


@dataclass(frozen=True, slots=True)
class Run:
    """A course of `sessions`, with the most days from one to the next, the first of `gaps` wanted most.

    Where these are 1 the sessions are on days in a row.

    `starts` is the month in which it begins, where that is all that is said of when; 0 where the months
    of all its sessions are stated, or none.
    """

    sessions: int
    gaps: tuple[int, ...]
    starts: int = 0

    @property
    def is_day_by_day(self) -> bool:
        """Whether it is held on days in a row."""
        return self.gaps == (1,)


def run_of(row: PublishedRow) -> Run | None:
    """Return a row as a course that runs on, None where it is no single one or its dates are given."""
    terms = row.frequency.terms if row.frequency else ()
    count = row.count.high
    is_told = row.dates or row.components or row.parts
    if len(terms) != 1 or not terms[0].consecutive or is_told or count is None or not 1 < count <= _MOST:
        return None
    if terms[0].groups > 1 or terms[0].courses > 1:
        return None
    months = row.months.values if row.months else ()
    starts = months[0] if len(months) > count else 0
    if terms[0].day_by_day:
        return Run(count, (1,), starts)
    return Run(count, (_GAP_OF_MONTHS,) if len(months) == count > 1 else _GAPS, starts)
