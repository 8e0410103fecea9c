"""What a frequency asks of its series, as rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ksolve.calendar import MONTHS, Calendar, FiscalYear, YearlyDay, holidays, week_of_month
from ksolve.frequency import (
    LAST,
    Months,
    Moved,
    Pattern,
    Per,
    Range,
    Term,
    hedged,
    is_each_weekday,
    is_fixed,
    is_rhythm,
    months_of,
)
from ksolve.plan.schema import Component
from ksolve.problem import Series
from ksolve.problem.rule import Rule
from ksolve.rules.count import Count
from ksolve.rules.fixed_pattern import FixedPattern
from ksolve.rules.in_dates import InDates
from ksolve.rules.in_months import InMonths
from ksolve.rules.in_order import InOrder
from ksolve.rules.month_days import MonthDays
from ksolve.rules.month_runs import MonthRuns
from ksolve.rules.off_dates import OffDates
from ksolve.rules.on_dates import OnDates
from ksolve.rules.rhythm import Rhythm
from ksolve.rules.start_times import StartTimes
from ksolve.rules.weekdays import Weekdays
from ksolve.rules.windows import Window, Windows


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
    if node.in_turn and not term.periods and len(series) > 1:  # month_runs says it of months in a row
        yield Asked(InOrder(programmes=tuple(one.id for one in series)), series)
    for rule in _days(term, allowed, year):
        yield Asked(rule, series)
    if term.hours:
        yield Asked(StartTimes(starts=(term.hours[0],)), series)
    if is_fixed(term):
        yield Asked(_fixed_pattern(term, allowed), series)
        return
    if is_rhythm(term):
        yield Asked(_rhythm(term, allowed, year), series)
        return
    for rule in _counts(term, allowed, weekdays, year, in_turn=node.in_turn):
        if isinstance(rule, MonthRuns):
            yield Asked(rule, series)
        else:
            yield from (Asked(rule, (one,)) for one in series)


def allowed_months(term: Term, node: Component) -> tuple[int, ...]:
    """Return the months, in fiscal order, that both the frequency and the plan allow."""
    return tuple(month for month in months_of(term) if node.months is None or month in node.months.values)


def asked_of_year(term: Term, node: Component, weekdays: frozenset[int] | None, calendar: Calendar) -> Range:
    """Return how many sessions a term asks of this year, over all its groups.

    It is what the rules of the term ask for, so the months, exclusions and closures are heeded, which
    `count_of_year` does not know. The node and `weekdays` are those of `rules_of_term`.
    """
    if term.count is None:
        return Range(0, None)
    allowed = allowed_months(term, node)
    if is_fixed(term):
        dates = len(_fixed_pattern(term, allowed).dates(calendar))
        return Range(dates, dates) * term.groups
    if is_rhythm(term):
        return _rhythm(term, allowed, calendar.year).asks(calendar) * term.groups
    asked = Range(0, 0)
    count = hedged(term.count, term.hedges)
    for rule in _stated(term, count, allowed, weekdays, calendar.year, in_turn=node.in_turn):
        if isinstance(rule, MonthRuns):
            asked += Range(rule.low, rule.high) * rule.length
        elif isinstance(rule, Count):
            asked = sum((part for _, part in rule.asks(calendar)), asked)
    return asked * term.groups


def months_held(
    term: Term, node: Component, weekdays: frozenset[int] | None, calendar: Calendar
) -> tuple[int, ...]:
    """Return the months, in fiscal order, with an open day on which a session of a term could be."""
    allowed, days = allowed_months(term, node), calendar.open_days
    names_none = not (term.pattern or term.days or term.dates or term.within or term.left_out)
    is_dated = is_fixed(term) or is_rhythm(term) or (names_none and term.holidays)
    if is_fixed(term):
        days = _fixed_pattern(term, allowed).dates(calendar)
    elif is_rhythm(term):
        days = _rhythm(term, allowed, calendar.year).dates(calendar)
    found = {
        day.month
        for day in days
        if (weekdays is None or day.weekday() in weekdays)
        and (is_dated or _names_day(term, day, calendar.year))
    }
    return tuple(month for month in allowed if month in found)


def _names_day(term: Term, day: date, year: FiscalYear) -> bool:
    """Whether a term, as far as it names dates, days of the month or weekdays, lets a session be on a day."""
    pattern = term.pattern or Pattern()
    nth = LAST if (day + timedelta(days=7)).month != day.month else 0
    return (
        (not pattern.weekdays or day.weekday() in pattern.weekdays)
        and (not pattern.nths or bool({nth, week_of_month(day)} & set(pattern.nths)))
        and (not term.days or day.day in term.days)
        and (not term.dates or any(named.within(year) == day for named in term.dates))
        and (not term.within or any(a.within(year) <= day <= b.within(year) for a, b in term.within))
        and (term.holidays or day not in holidays(year))
        and not any(a.within(year) <= day <= b.within(year) for a, b in term.left_out)
    )


def _fixed_pattern(term: Term, allowed: tuple[int, ...]) -> FixedPattern:
    pattern = term.pattern or Pattern()
    named: dict[str, Any] = (
        {"days": term.days} if term.days else {"weekdays": pattern.weekdays, "nths": pattern.nths}
    )
    return FixedPattern(**named, **_exceptions(term, allowed))


def _rhythm(term: Term, allowed: tuple[int, ...], year: FiscalYear) -> Rhythm:
    """Return 隔週水曜日, 隔週1回, 全20回(隔週水曜日), or 毎週月曜日(祝日の場合は翌日)."""
    weekdays = term.pattern.weekdays if term.pattern and term.pattern.weekdays else None
    beside: dict[str, Any] = {}
    if term.pace and term.count:
        beside["sessions"] = term.count.low
    elif term.count and not is_each_weekday(term):
        beside |= {"low": term.count.low, "high": term.count.high}
    if since := told_start(term, year):
        beside["since"] = (since, since)
    return Rhythm(weeks=term.every, weekdays=weekdays, **beside, **_exceptions(term, allowed))


def told_start(term: Term, year: FiscalYear) -> YearlyDay | None:
    """Return the day from which a text counts its weeks: 隔週火曜日(4月14日から), where that is a Tuesday.

    A stretch that begins with a month (4月1日～9月30日) says when, and not in which weeks.
    """
    if term.every == 1 or len(term.within) != 1:
        return None
    (first, _), weekdays = term.within[0], term.pattern.weekdays if term.pattern else frozenset[int]()
    day = first.within(year)
    counts = is_open_ended(term) or day.day > 1
    return first if counts and (not weekdays or day.weekday() in weekdays) else None


def is_open_ended(term: Term) -> bool:
    """Whether a term says only from which day on: 4月14日から."""
    return len(term.within) == 1 and (term.within[0][1].month, term.within[0][1].day) == (3, 31)


def _exceptions(term: Term, allowed: tuple[int, ...]) -> dict[str, Any]:
    """Return when a fixed day is not held, or moves, as the rules say it."""
    beside: dict[str, Any] = {"months": Months(allowed)}
    if term.moved:
        off = term.moved_from
        beside["closed"] = _CLOSED[term.moved]
        beside |= {"closed_weekdays": off.weekdays} if off.weekdays else {}
        beside |= {"holidays": "closed"} if off.holidays else {}
    if not term.holidays:
        beside["holidays"] = "skip"
    beside |= {"within": term.within} if term.within else {}
    beside |= {"without": term.left_out} if term.left_out else {}
    return beside


def _holidays(year: FiscalYear) -> tuple[tuple[YearlyDay, YearlyDay], ...]:
    return _stretches(list(holidays(year)))


def _stretches(days: Sequence[date]) -> tuple[tuple[YearlyDay, YearlyDay], ...]:
    """Return dates as stretches of days that follow on one another."""
    starts = [day for day in days if day - timedelta(days=1) not in days]
    ends = [day for day in days if day + timedelta(days=1) not in days]
    return tuple(
        (YearlyDay(a.month, a.day, a.year), YearlyDay(b.month, b.day, b.year))
        for a, b in zip(sorted(starts), sorted(ends), strict=True)
    )


_CLOSED: dict[Moved, Any] = {
    Moved.NEXT_WEEK: "next_week",
    Moved.NEXT_OPEN: "next_open",
    Moved.PREVIOUS_OPEN: "previous_open",
    Moved.NEXT_WORKDAY: "next_workday",
    Moved.PREVIOUS_WORKDAY: "previous_workday",
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
    if term.days and not is_fixed(term):
        yield MonthDays(days=term.days)
    if term.left_out:
        yield OffDates(days=term.left_out)
    if not term.holidays:
        yield OffDates(days=_holidays(year))
    if term.pattern and not is_fixed(term) and not is_rhythm(term):
        weekdays = term.pattern.weekdays or frozenset(range(7))
        yield Weekdays(weekdays=weekdays, nths=term.pattern.nths)


def _counts(
    term: Term,
    allowed: tuple[int, ...],
    weekdays: frozenset[int] | None,
    year: FiscalYear,
    *,
    in_turn: bool,
) -> Iterator[Rule]:
    """Yield the counts of one group, where the text states any."""
    if term.count is None:
        return
    months = Months(allowed)
    if term.pace:
        yield Count(low=0, high=term.pace[0], per=term.pace[1], months=months)
    count = hedged(term.count, term.hedges)
    if count.low == 0 and count.high:
        yield Count(low=count.high, months=months, tier="fit")  # 6回以内: as many as can be
    yield from _stated(term, count, allowed, weekdays, year, in_turn=in_turn)


def _stated(
    term: Term,
    count: Range,
    allowed: tuple[int, ...],
    weekdays: frozenset[int] | None,
    year: FiscalYear,
    *,
    in_turn: bool,
) -> Iterator[Rule]:
    """Yield the count of a term, by what it is stated for."""
    months = Months(allowed)
    if term.periods:
        yield MonthRuns(low=count.low, high=count.high, length=term.periods, months=months, in_turn=in_turn)
    elif term.per is Per.MONTH and term.months and term.months.either:
        yield Count(low=count.low, high=count.high, months=months)
    elif term.per is Per.MONTH and term.every > 1:
        yield from _every_other(term, count, allowed)
    elif term.per in (Per.WEEK, Per.DAY):
        held_on = _held_on(term, weekdays, year)
        yield Count(low=count.low, high=count.high, per=term.per, months=months, **held_on)
    elif term.per is Per.MONTH and term.days and count == Range(len(term.days), len(term.days)):
        yield from _named_days(term.days, allowed, year)
    elif term.per in (Per.MONTH, Per.HALF, Per.QUARTER, Per.TERM):
        yield Count(low=count.low, high=count.high, per=term.per, months=months)
    else:
        whole = count * term.courses
        yield Count(low=whole.low, high=whole.high, months=months)
        if term.months and term.months.each and whole == Range(len(allowed), len(allowed)):
            yield Windows(windows=tuple(Window(months=Months((month,))) for month in allowed), tier="hard")


def _named_days(days: Sequence[int], allowed: tuple[int, ...], year: FiscalYear) -> Iterator[Rule]:
    """Yield the count of 毎月10日・20日・30日: of each month as many as it has, two in February."""
    held: dict[int, list[int]] = {}
    for month in allowed:
        held.setdefault(sum(day <= year.month(month)[1].day for day in days), []).append(month)
    for count, months in held.items():
        yield Count(low=count, high=count, per=Per.MONTH, months=Months(tuple(months)))


def _held_on(term: Term, weekdays: frozenset[int] | None, year: FiscalYear) -> dict[str, Any]:
    """Return the weekdays and dates that a count of weeks or days is about, as `Count` has them.

    A week whose only Tuesday is a holiday asks for nothing where the text leaves holidays out.
    """
    named = term.pattern.weekdays if term.pattern else frozenset[int]()
    held_on = named & weekdays if named and weekdays is not None else named or weekdays
    narrows = term.within or term.dates or term.days or term.left_out or not term.holidays
    days = [day for day in year.days if _names_day(replace(term, pattern=None), day, year)] if narrows else []
    return {"weekdays": held_on, "days": _stretches(days)}


def _every_other(term: Term, count: Range, allowed: tuple[int, ...]) -> Iterator[Rule]:
    """隔月 and 2か月に1回: so many in each stretch of months, from the first allowed one on."""
    for start in range(0, len(allowed), term.every):
        stretch_months = Months(allowed[start : start + term.every])
        yield Count(low=count.low, high=count.high, months=stretch_months)
