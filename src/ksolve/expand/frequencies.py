"""What a frequency asks of its series, as rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ksolve.calendar import MONTHS
from ksolve.frequency import Hedge, Months, Per, Range, Term, count_of_year, months_of
from ksolve.problem import Series
from ksolve.rules import Count, FixedPattern, InMonths, MonthRuns, Rule, StartTimes, Weekdays, Window, Windows


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule that a frequency asks for, with the series that it binds."""

    rule: Rule
    series: tuple[Series, ...]


def rules_of_term(
    term: Term,
    series: tuple[Series, ...],
    months: Months | None,
    *,
    in_turn: bool,
) -> Iterator[Asked]:
    """Yield the rules that one term of a frequency asks of its series, one for each group.

    `months` narrows the months further; it comes from the plan, not from the frequency.
    """
    allowed = tuple(month for month in months_of(term) if months is None or month in months.values)
    if len(allowed) < len(MONTHS):
        yield Asked(InMonths(months=Months(allowed)), series)
    pattern = term.pattern
    if term.hours:
        yield Asked(StartTimes(starts=(term.hours[0],)), series)
    if pattern and pattern.nths and pattern.weekdays:
        fixed = FixedPattern(weekdays=pattern.weekdays, nths=pattern.nths, months=Months(allowed))
        yield Asked(fixed, series)
        return
    if pattern and pattern.weekdays:
        yield Asked(Weekdays(weekdays=pattern.weekdays), series)
    for rule in _counts(term, allowed, in_turn=in_turn):
        if isinstance(rule, MonthRuns):
            yield Asked(rule, series)
        else:
            yield from (Asked(rule, (one,)) for one in series)


def _counts(term: Term, allowed: tuple[int, ...], *, in_turn: bool) -> Iterator[Rule]:
    """Yield the counts of one group, where the text states any."""
    if term.count is None:
        return
    count = _hedged(term.count, term.hedges)
    months = Months(allowed)
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


def _hedged(count: Range, hedges: frozenset[Hedge]) -> Range:
    """以上 leaves the upper end open, 以内 the lower; 程度 and 予定 are taken at their word."""
    if Hedge.AT_LEAST in hedges:
        return Range(count.low, None)
    return Range(0, count.high) if Hedge.AT_MOST in hedges else count


def total_of(term: Term) -> Range:
    """Return the sessions of a year that a term asks for, its hedges heeded."""
    return _hedged(count_of_year(term), term.hedges)
