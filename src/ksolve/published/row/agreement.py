"""Whether the published dates agree with the year, the weekdays and the rule that are stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ksolve.calendar import WEEKDAYS, FiscalYear, YearlyDay, week_of_month
from ksolve.frequency import LAST, Frequency, Pattern, Range, months_of
from ksolve.published.cell.dates import Named
from ksolve.published.cell.findings import Findings
from ksolve.published.rows import Mark

Dated = tuple[Mark, Named]
"""A mark for a day, and the day as it is named."""


def check_dates(
    dated: Sequence[Dated], frequency: Frequency | None, year: FiscalYear | None, findings: Findings
) -> None:
    """Say which dates lie outside the year, on another weekday than stated, or against the rule."""
    weekday_stated = any(named.weekday for _, named in dated)
    rules = _rules(frequency)
    if (
        year is None
        and dated
        and (weekday_stated or rules)
        and not all(m.day and m.day.year for m, _ in dated)
    ):
        findings.say("dates-not-checked", dated[0][0].line, dated[0][0].column)
        return
    days = [(mark, named, day) for mark, named in dated if (day := _date(named.day, year))]
    for mark, named, day in days:
        if year and day not in year:
            findings.say("date-outside-year", mark.line, mark.column, day=day, year=year)
        if named.weekday and WEEKDAYS[day.weekday()] not in named.weekday:
            stated = f"{named.weekday}曜"
            findings.say("weekday-contradiction", mark.line, mark.column, day=_shown(day), stated=stated)
    if rules and days:
        _check_rules(rules, [day for _, _, day in days], days[0][0], findings)


def _date(day: YearlyDay, year: FiscalYear | None) -> date | None:
    """Return a day as a date; 2/29 of a year that has none is said elsewhere."""
    try:
        if day.year:
            return date(day.year, day.month, day.day)
        return day.within(year) if year else None
    except ValueError:
        return None


def _rules(frequency: Frequency | None) -> list[Pattern]:
    if not frequency or any(term.pattern is None for term in frequency.terms):
        return []
    return [term.pattern for term in frequency.terms if term.pattern and term.pattern.weekdays]


def _check_rules(rules: Sequence[Pattern], days: Sequence[date], first: Mark, findings: Findings) -> None:
    """Hold the dates of each month against those that the rule asks for in it.

    第1・3日曜日 asks for certain days, all of them; 火曜 only that each date is a Tuesday.
    """
    counted = all(pattern.nths for pattern in rules)
    for year, month in sorted({(day.year, day.month) for day in days}):
        given = [day for day in days if (day.year, day.month) == (year, month)]
        asked = sorted({day for pattern in rules for day in _asked(pattern, year, month)})
        wrong = set(given) != set(asked) if counted else not set(given) <= set(asked)
        if wrong:
            findings.say(
                "dates-contradict-rule",
                first.line,
                first.column,
                rule="、".join(map(str, rules)),
                month=f"{year}-{month:02d}",
                given="・".join(_shown(day) for day in given),
                asked="・".join(_shown(day) for day in asked if counted) or "、".join(map(str, rules)),
            )


def _asked(pattern: Pattern, year: int, month: int) -> Iterator[date]:
    """Yield the days of a month that a pattern names."""
    last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    for number in range(1, last + 1):
        day = date(year, month, number)
        nth = week_of_month(day) in pattern.nths or (LAST in pattern.nths and number > last - 7)
        if day.weekday() in pattern.weekdays and (nth or not pattern.nths):
            yield day


def _shown(day: date) -> str:
    return f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]})"


def note_unreal(dated: Sequence[Dated], findings: Findings) -> None:
    """Say which days the calendar does not have, such as 4/31."""
    for mark, named in dated:
        if not named.is_real:
            findings.say("no-such-date", mark.line, mark.column, day=f"{named.day.month}/{named.day.day}")


def check_count(dated: Sequence[Dated], count: Range, findings: Findings) -> None:
    """Say where the number of dates is not the number of sessions stated."""
    if dated and len(dated) not in count:
        mark = dated[0][0]
        findings.say("dates-count-mismatch", mark.line, mark.column, dates=len(dated), count=count)


def check_months(dated: Sequence[Dated], frequency: Frequency | None, findings: Findings) -> None:
    """Say where a date lies outside the months or the stretch of days that are stated beside it."""
    if not frequency or any(not (term.months or term.within) for term in frequency.terms):
        return
    months = {month for term in frequency.terms for month in months_of(term)}
    for mark, named in dated:
        if months and named.day.month not in months:
            findings.say("date-outside-column", mark.line, mark.column, day=named.day, months=frequency.text)
