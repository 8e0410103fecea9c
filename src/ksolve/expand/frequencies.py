"""What a frequency asks of its series, as rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ksolve.calendar import MONTHS, FiscalYear, YearlyDay, holidays
from ksolve.frequency import Months, Moved, Pattern, Per, Range, Term, hedged, months_of
from ksolve.problem import Series
from ksolve.rules import (
    Count,
    FixedPattern,
    InDates,
    InMonths,
    MonthDays,
    MonthRuns,
    OffDates,
    OnDates,
    Rule,
    StartTimes,
    Weekdays,
    Window,
    Windows,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule that a frequency asks for, with the series that it binds."""

    rule: Rule
    series: tuple[Series, ...]


def rules_of_term(
    term: Term,
    series: tuple[Series, ...],
    months: Months | None,
    year: FiscalYear,
    *,
    in_turn: bool,
) -> Iterator[Asked]:
    """Yield the rules that one term of a frequency asks of its series, one for each group.

    `months` narrows the months further; it comes from the plan, not from the frequency.
    """
    allowed = tuple(month for month in months_of(term) if months is None or month in months.values)
    for rule in _days(term, allowed, year):
        yield Asked(rule, series)
    if term.hours:
        yield Asked(StartTimes(starts=(term.hours[0],)), series)
    if is_fixed(term):
        yield Asked(_fixed_pattern(term, allowed), series)
        return
    for rule in _counts(term, allowed, in_turn=in_turn):
        if isinstance(rule, MonthRuns):
            yield Asked(rule, series)
        else:
            yield from (Asked(rule, (one,)) for one in series)


def is_fixed(term: Term) -> bool:
    """Whether each named weekday of each month holds a session: 第2・4火曜日, not 年6回(第2火曜日)."""
    pattern, count = term.pattern, term.count
    if not pattern or not pattern.nths or not pattern.weekdays or count is None:
        return False
    whole = len(pattern.nths) * len(pattern.weekdays)
    monthly = term.per is Per.MONTH and term.every == 1 and not term.periods
    return monthly and not (term.months and term.months.either) and whole == count.high


def _fixed_pattern(term: Term, allowed: tuple[int, ...]) -> FixedPattern:
    pattern = term.pattern or Pattern()
    closed = {"closed": _CLOSED[term.moved]} if term.moved else {}
    return FixedPattern(weekdays=pattern.weekdays, nths=pattern.nths, months=Months(allowed), **closed)


_CLOSED: dict[Moved, Any] = {
    Moved.NEXT_WEEK: "next_week",
    Moved.NEXT_OPEN: "next_open",
    Moved.LEFT_OUT: "skip",
}


def _days(term: Term, allowed: tuple[int, ...], year: FiscalYear) -> Iterator[Rule]:
    """Yield on which days sessions may fall: months, stretches, dates, days of the month, weekdays."""
    if len(allowed) < len(MONTHS):
        yield InMonths(months=Months(allowed))
    if term.within:
        yield InDates(days=term.within)
    if term.dates:
        days = tuple((day, day) for day in term.dates)
        yield InDates(days=days)
        if term.count == Range(len(days), len(days)) and term.per is Per.YEAR:
            yield OnDates(days=days)
    if term.days:
        yield MonthDays(days=term.days)
    if not term.holidays:
        off = (YearlyDay(day.month, day.day, day.year) for day in holidays(year))
        yield OffDates(days=tuple((day, day) for day in off))
    if term.pattern and not is_fixed(term):
        weekdays = term.pattern.weekdays or frozenset(range(7))
        yield Weekdays(weekdays=weekdays, nths=term.pattern.nths)


def _counts(term: Term, allowed: tuple[int, ...], *, in_turn: bool) -> Iterator[Rule]:
    """Yield the counts of one group, where the text states any."""
    if term.count is None:
        return
    count = hedged(term.count, term.hedges)
    months = Months(allowed)
    if term.pace:
        yield Count(low=0, high=term.pace[0], per=term.pace[1], months=months)
    if term.periods:
        yield MonthRuns(low=count.low, high=count.high, length=term.periods, months=months, in_turn=in_turn)
    elif term.per is Per.MONTH and term.months and term.months.either:
        yield Count(low=count.low, high=count.high, months=months)
    elif term.per in (Per.MONTH, Per.WEEK) and term.every > 1:
        yield from _every_other(term, count, allowed)
    elif term.per is Per.WEEK:
        weekdays = term.pattern.weekdays if term.pattern and term.pattern.weekdays else None
        yield Count(low=count.low, high=count.high, per=Per.WEEK, months=months, weekdays=weekdays)
    elif term.per in (Per.MONTH, Per.HALF, Per.QUARTER, Per.TERM, Per.DAY):
        yield Count(low=count.low, high=count.high, per=term.per, months=months)
    else:
        whole = count * term.courses
        yield Count(low=whole.low, high=whole.high, months=months)
        if term.months and term.months.each and whole == Range(len(allowed), len(allowed)):
            yield Windows(windows=tuple(Window(months=Months((month,))) for month in allowed), tier="hard")


def _every_other(term: Term, count: Range, allowed: tuple[int, ...]) -> Iterator[Rule]:
    """隔月 and 2か月に1回: so many in each stretch of months, from the first allowed one on."""
    if term.per is Per.WEEK:
        stretch = Range(count.low * (4 // term.every), count.high and count.high * -(-5 // term.every))
        yield Count(low=stretch.low, high=stretch.high, per=Per.MONTH, months=Months(allowed))
        return
    for start in range(0, len(allowed), term.every):
        stretch_months = Months(allowed[start : start + term.every])
        yield Count(low=count.low, high=count.high, months=stretch_months)
