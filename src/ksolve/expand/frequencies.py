"""What a frequency asks of its series, as rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ksolve.calendar import MONTHS, FiscalYear, YearlyDay, holidays
from ksolve.frequency import Months, Moved, Pattern, Per, Range, Term, hedged, is_fixed, months_of
from ksolve.plan.schema import Component
from ksolve.problem import Series
from ksolve.rules import (
    Count,
    FixedPattern,
    InDates,
    InMonths,
    MinGap,
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
    node: Component,
    weekdays: frozenset[int] | None,
    year: FiscalYear,
) -> Iterator[Asked]:
    """Yield the rules that one term of a frequency asks of its series, one for each group.

    The node's `months` narrow the months further; `weekdays` are those of its kind of session.
    """
    allowed = allowed_months(term, node)
    for rule in _days(term, allowed, year):
        yield Asked(rule, series)
    if term.hours:
        yield Asked(StartTimes(starts=(term.hours[0],)), series)
    if is_fixed(term):
        yield Asked(_fixed_pattern(term, allowed), series)
        return
    for rule in _counts(term, allowed, weekdays, in_turn=node.in_turn):
        if isinstance(rule, MonthRuns):
            yield Asked(rule, series)
        else:
            yield from (Asked(rule, (one,)) for one in series)


def allowed_months(term: Term, node: Component) -> tuple[int, ...]:
    """Return the months, in fiscal order, that both the frequency and the plan allow."""
    return tuple(month for month in months_of(term) if node.months is None or month in node.months.values)


def _fixed_pattern(term: Term, allowed: tuple[int, ...]) -> FixedPattern:
    pattern = term.pattern or Pattern()
    closed = {"closed": _CLOSED[term.moved]} if term.moved else {}
    return FixedPattern(weekdays=pattern.weekdays, nths=pattern.nths, months=Months(allowed), **closed)


_CLOSED: dict[Moved, Any] = {
    Moved.NEXT_WEEK: "next_week",
    Moved.NEXT_OPEN: "next_open",
    Moved.PREVIOUS_OPEN: "previous_open",
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


def _counts(
    term: Term, allowed: tuple[int, ...], weekdays: frozenset[int] | None, *, in_turn: bool
) -> Iterator[Rule]:
    """Yield the counts of one group, where the text states any."""
    if term.count is None:
        return
    months = Months(allowed)
    if term.pace:
        yield Count(low=0, high=term.pace[0], per=term.pace[1], months=months)
    named = term.pattern.weekdays if term.pattern else frozenset[int]()
    held_on = named & weekdays if named and weekdays is not None else named or weekdays
    count = hedged(term.count, term.hedges)
    if count.low == 0 and count.high:
        yield Count(low=count.high, months=months, tier="fit")  # 6回以内: as many as can be
    yield from _stated(term, count, months, held_on, in_turn=in_turn)


def _stated(
    term: Term, count: Range, months: Months, held_on: frozenset[int] | None, *, in_turn: bool
) -> Iterator[Rule]:
    """Yield the count of a term, by what it is stated for."""
    allowed = months.values
    if term.periods:
        yield MonthRuns(low=count.low, high=count.high, length=term.periods, months=months, in_turn=in_turn)
    elif term.per is Per.MONTH and term.months and term.months.either:
        yield Count(low=count.low, high=count.high, months=months)
    elif term.per in (Per.MONTH, Per.WEEK) and term.every > 1:
        yield from _every_other(term, count, allowed)
    elif term.per is Per.WEEK:
        yield Count(low=count.low, high=count.high, per=Per.WEEK, months=months, weekdays=held_on)
    elif term.per is Per.DAY:
        yield Count(low=count.low, high=count.high, per=Per.DAY, months=months, weekdays=held_on)
    elif term.per in (Per.MONTH, Per.HALF, Per.QUARTER, Per.TERM):
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
        if count.high == 1:
            # with a fixed weekday whole weeks lie between, else at least every - 1 of them
            yield MinGap(days=7 * term.every if term.pattern else 7 * (term.every - 1) + 1)
        return
    for start in range(0, len(allowed), term.every):
        stretch_months = Months(allowed[start : start + term.every])
        yield Count(low=count.low, high=count.high, months=stretch_months)
