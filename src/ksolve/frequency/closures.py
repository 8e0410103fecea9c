"""Closed days as they are written: 12/29〜1/3, 毎月第3木曜日, 月曜日(祝日の場合は翌日), 祝日の翌日."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ksolve.calendar import FiscalYear, YearlyDay, days_within, holidays, parse_days
from ksolve.frequency import LAST, Closing, Frequency, Moved, Per, Term, months_of

_DAY = timedelta(days=1)
_WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days on which a centre is closed: one stretch of days, or what recurs.

    `text` is how it is written, `days` the first and the last day of a stretch; `recurring` says
    which days of every month or week. A recurring day that is a holiday may move (祝日の場合は翌日):
    then the centre is open on the holiday, and closed on the next day that is none.
    """

    text: str
    days: tuple[YearlyDay, YearlyDay] | None = None
    recurring: Frequency | None = None
    holidays: bool = False
    """Whether holidays are closed as well: 月・祝, 日曜日と祝日."""

    def within(self, year: FiscalYear) -> tuple[date, ...]:
        """Return the closed dates of a year, in order."""
        found = set(days_within([self.days], year)) if self.days else set()
        found |= set(holidays(year)) if self.holidays else set()
        if self.recurring and self.recurring.closing:
            found |= set(_of_closing(self.recurring.closing, year))
        for term in self.recurring.terms if self.recurring else ():
            found |= set(_of_term(term, year))
        return tuple(sorted(day for day in found if day in year))


def parse_closed_days(text: str) -> ClosedDays:
    """Return 12/29〜1/3, 毎月第3木曜日, 月曜日と祝日の翌日 or 令和9年2月1日～5日 as closed days.

    Raises ValueError where the text does not say which days of a year are closed.
    """
    try:
        return ClosedDays(text, parse_days(text))
    except ValueError:
        pass
    days = _CLOSED.sub("", _LABEL.sub("", text.strip()))
    others = _HOLIDAYS.sub("", days).strip("・、,と ")
    is_also_holidays = len(others) < len(days) and bool(_HOLIDAYS.search(days))
    if _EXCEPTS.search(days) or not (others or is_also_holidays):
        raise ValueError(text)
    if _ONE_WEEKDAY.fullmatch(others):
        others += "曜日"
    recurring = _recurring(others) if others else None
    return ClosedDays(text, recurring=recurring, holidays=is_also_holidays)


_LABEL = re.compile(r"^(?:(?:休館|閉館|休室|休所|休業)日|定休日)\s*(?:[:：は]|$)\s*")
_CLOSED = re.compile(
    r"(?:は|を|も|が)?(?:休館|閉館|休室|休所|休業|閉庁|お?休み)日?(?:です|とします|します|となります)?。?$"
)
_HOLIDAYS = re.compile(
    r"(?:(?<=[・、,と曜日月火水木金土])|^)(?:国民の)?(?:祝祭日|祝日|祝|休日)(?=[・、,と]|及び|および|$)"
)
"""Holidays among other days, and not what is said of them: 祝日の翌日, 祝日の場合は翌日."""
_ONE_WEEKDAY = re.compile(r"[月火水木金土日]")
_EXCEPTS = re.compile(r"(?:除く?|除き|以外|のみ開館)$")
"""Such a text says on which days a place is open: 土日祝を除く would close it from Monday to Friday."""


def _recurring(text: str) -> Frequency:
    """Return the days that recur. Raises ValueError where a text does not say which."""
    from ksolve.frequency.reading import read_frequency  # not for a plan that was read before

    try:
        found = read_frequency(f"{text}は休館")
    except ValueError:
        found = read_frequency(text)
    if found.closing and found.closing == Closing(moved=found.closing.moved):
        raise ValueError(text)  # 火曜日が祝日の場合は翌日: moves days, and names none
    if not found.closing and not (found.terms and all(map(_names_days, found.terms))):
        raise ValueError(text)
    if found.services or found.bond or found.otherwise or found.ditto:
        raise ValueError(text)
    return found


def _names_days(term: Term) -> bool:
    """Whether a term says which days, and not only how many of them."""
    pattern, weekdays = term.pattern, term.pattern.weekdays if term.pattern else frozenset[int]()
    if term.groups != 1 or term.courses != 1 or term.every != 1 or term.periods or term.hours:
        return False
    if term.count is None or term.dates:
        return bool(pattern or term.days or term.dates or term.within)
    if term.per is Per.MONTH:
        return bool(term.days or (pattern and pattern.nths and weekdays))
    return term.per is Per.WEEK and term.count.low == len(weekdays)


def _of_closing(closing: Closing, year: FiscalYear) -> Iterator[date]:
    named = [day for day in year.days if day.weekday() in closing.weekdays]
    for pattern in closing.monthly:
        named += [day for day in year.days if _is_named(day, Term(pattern=pattern), ())]
    yield from _moved(sorted(set(named)), closing.moved, year)
    if closing.after_holidays:
        yield from (day + _DAY for day in holidays(year))
    yield from days_within(closing.dates, year)


def _of_term(term: Term, year: FiscalYear) -> Iterator[date]:
    months = months_of(term)
    within = days_within(term.within, year) if term.within else year.days
    dates = {day.within(year) for day in term.dates}
    named = [day for day in within if day.month in months and _is_named(day, term, dates)]
    off = holidays(year) if not term.holidays else {}
    yield from _moved([day for day in named if day not in off], term.moved, year)


def _is_named(day: date, term: Term, dates: Collection[date]) -> bool:
    pattern = term.pattern
    on_weekday = not pattern or not pattern.weekdays or day.weekday() in pattern.weekdays
    is_last = (day + timedelta(days=7)).month != day.month
    nth = not pattern or not pattern.nths or (day.day + 6) // 7 in pattern.nths
    in_turn = nth or bool(pattern and LAST in pattern.nths and is_last)
    return on_weekday and in_turn and (not term.days or day.day in term.days) and (not dates or day in dates)


def _moved(days: Collection[date], moved: Moved | None, year: FiscalYear) -> Iterator[date]:
    """Yield the days, those that are holidays moved as the text says."""
    off = holidays(year)
    for day in days:
        if moved is None or day not in off:
            yield day
        elif moved is not Moved.LEFT_OUT:
            step = {Moved.NEXT_WEEK: 7 * _DAY, Moved.PREVIOUS_OPEN: -_DAY, Moved.PREVIOUS_WORKDAY: -_DAY}
            workdays = moved in (Moved.NEXT_WORKDAY, Moved.PREVIOUS_WORKDAY)
            other = day + step.get(moved, _DAY)
            while other in off or (workdays and other.weekday() in _WEEKEND):
                other += step.get(moved, _DAY)
            yield other
