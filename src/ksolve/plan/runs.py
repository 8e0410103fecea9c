"""Courses that run on (連続5回, 4日間連続): wishes in a drafted plan, for a frequency cannot hold them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ksolve.calendar import FiscalYear
from ksolve.frequency import Per, Term
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


_WEEKS = 17
"""Up to so many sessions of every week are a course with a first and a last one."""
_BEGINS = re.compile(r"\d月(?:から|より|以降|に?(?:開始|開講|スタート)|[~～〜](?!\s*\d))")


def days_of_course(row: PublishedRow, year: FiscalYear, closed: Collection[date]) -> tuple[date, date] | None:
    """Return from when to when a course of every week runs that says when it begins, None for any other row.

    5/10から毎週土曜 全6回 is on the first six open Saturdays from then; 5月開始 begins in any week of May.
    """
    terms = row.frequency.terms if row.frequency else ()
    term = terms[0] if len(terms) == 1 and not row.dates else Term()
    weekdays = term.pattern.weekdays if term.pattern and not term.pattern.nths else frozenset[int]()
    count, pace = term.count, term.pace == (1, Per.WEEK)
    if not pace or len(weekdays) != 1 or count is None or count.low != count.high or count.low > _WEEKS:
        return None
    last = (term.within[0][1].month, term.within[0][1].day) if len(term.within) == 1 else ()
    if last == (3, 31):
        first, later = term.within[0][0].within(year), 0
    elif term.months and term.months.values[-1] == 3 and _BEGINS.search(row.frequency_text):
        first, end = year.month(term.months.values[0])
        later = sum(first <= day <= end for day in year.days if day.weekday() in weekdays) - 1
    else:
        return None
    days = [day for day in year.days if day >= first and day.weekday() in weekdays and day not in closed]
    sessions = days[: count.low + later]
    return (first, sessions[-1]) if sessions else None
