"""Fiscal years, eras, weekdays, holidays and closures: pure date arithmetic."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from ksolve.letters import narrow
from ksolve.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ksolve.clock import Spans
    from ksolve.text import Text

WEEKDAYS = "月火水木金土日"
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
"""The months in the order of the fiscal year."""

YEARLY = "毎年"
"""Stands before days that are the same in every year."""
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""Western year before the first year of each era."""
_ERA_LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}
_YEAR = re.compile(
    r"(?:(?P<era>令和|平成|昭和|[RHS])(?P<count>元|\d{1,2})|(?:FY)?(?P<west>\d{4}))(?:年度|年)?",
)
_DATE = re.compile(
    r"(?:(?P<era>令和|平成|昭和|[RHS])(?P<count>元|0?[1-9]|[1-9]\d)|(?P<west>\d{4}))"
    r"(?:年|(?P<part>[-/.]))(?P<month>\d{1,2})(?(part)(?P=part)|月)(?P<day>\d{1,2})(?(part)|日)",
    re.ASCII,
)
_DASH = r"[-~]"
_DAY_PARTS = ("era", "count", "west", "month", "sign", "day")
_DAY = (
    r"(?:(?:(?P<era>令和|平成|昭和|[RHS])(?P<count>元|\d{1,2})|(?P<west>\d{4}))[-/.年]\s*)?"
    r"(?P<month>\d{1,2})(?P<sign>[-/.月])(?P<day>\d{1,2})日?"
)
_LAST_DAY = _DAY.replace(">", "_last>")


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """The Japanese fiscal year that begins on 1 April of the year `start`."""

    start: int

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.start, 4, 1)

    @property
    def last(self) -> date:
        """31 March of the following year."""
        return date(self.start + 1, 3, 31)

    @property
    def days(self) -> tuple[date, ...]:
        """Every date of the year, in order."""
        return _days_of_year(self.start)

    @property
    def next(self) -> FiscalYear:
        """The year after this one."""
        return FiscalYear(self.start + 1)

    def month(self, month: int) -> tuple[date, date]:
        """Return the first and the last date of a month (1 to 12) within the year."""
        return _month_of(self.start + (month < 4), month)

    def __contains__(self, day: date) -> bool:
        """Tell whether a date lies within the year."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """Return the year as municipalities write it: 令和6年度."""
        for era, before in ERAS.items():
            if self.start > before:
                count = self.start - before
                return f"{era}{'元' if count == 1 else count}年度"
        return f"{self.start}年度"


@lru_cache(maxsize=8)
def _days_of_year(start: int) -> tuple[date, ...]:
    year = FiscalYear(start)
    return span_of_days(year.first, year.last)


@lru_cache(maxsize=64)
def _month_of(year: int, month: int) -> tuple[date, date]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def parse_fiscal_year(text: str) -> FiscalYear:
    """Return 令和6年度, R6, FY2024 or 2024年度 as a fiscal year. Raises ValueError, also beyond YEARS."""
    found = _YEAR.fullmatch(narrow(text).strip().replace(" ", ""))
    start = _year_before(found) if found else 0
    if start not in YEARS:
        raise ValueError(text)
    return FiscalYear(start)


def find_fiscal_years(text: str) -> tuple[tuple[str, FiscalYear], ...]:
    """Return each year named in a text with an era, as (its spelling, the year)."""
    found = re.finditer(r"(?:令和|平成|昭和)(?:元|\d{1,2})年度?", narrow(text))
    return tuple(
        (item[0], FiscalYear(start))
        for item in found
        if (start := _year_before(_YEAR.fullmatch(item[0]))) in YEARS
    )


YEARS = range(1949, 2151)
"""The years whose holidays are known: the law is of 1948, and the equinoxes are computed up to 2150."""


def _year_before(found: re.Match[str] | None) -> int:
    """Return the western year that a year's spelling names, 0 for none and for the year 0 of an era."""
    if found is None or found["count"] in ("0", "00"):
        return 0
    if found["west"]:
        return int(found["west"])
    era = _ERA_LETTERS.get(found["era"], found["era"])
    return ERAS[era] + (1 if found["count"] == "元" else int(found["count"]))


def month_position(month: int) -> int:
    """Return the place of a month (1 to 12) in the fiscal year: April 0, March 11."""
    return (month - 4) % 12


@lru_cache(maxsize=1024)
def span_of_days(first: date, last: date) -> tuple[date, ...]:
    """Return every date from first to last, both included."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def week_of_month(day: date) -> int:
    """Return which of its weekday in the month a date is: 1 for the first Tuesday, and so on."""
    return (day.day - 1) // 7 + 1


def show_day(day: date) -> str:
    """Return a date in ISO form with its weekday: ``2024-06-12(水)``."""
    return f"{day.isoformat()}({WEEKDAYS[day.weekday()]})"


def day_text(day: date) -> Text:
    """Return a date with its weekday in both languages: 2024-06-12(水), 2024-06-12(Wed)."""
    return Text(show_day(day), f"{day.isoformat()}({WEEKDAYS_EN[day.weekday()]})")


def parse_weekdays(text: str) -> frozenset[int]:
    """Return 火木, 月〜金, 火・木・土 or 月-金 as weekday numbers (Monday 0). Raises ValueError."""
    plain = re.sub(r"曜日?|[\s・、,]", "", narrow(text))
    found: set[int] = set()
    for part in re.finditer(rf"([{WEEKDAYS}])(?:{_DASH}([{WEEKDAYS}]))?|.", plain):
        if not part[1]:
            raise ValueError(text)
        first = WEEKDAYS.index(part[1])
        last = WEEKDAYS.index(part[2]) if part[2] else first
        found |= {n % 7 for n in range(first, last + 1 + (7 if last < first else 0))}
    if not found:
        raise ValueError(text)
    return frozenset(found)


def show_weekdays(weekdays: Iterable[int]) -> str:
    """Return weekday numbers as 月火木."""
    return "".join(WEEKDAYS[n] for n in sorted(weekdays))


@dataclass(frozen=True, slots=True, order=True)
class YearlyDay:
    """A date that may leave out its year, as in 12/29: then it means each fiscal year's.

    `is_yearly`: it is written as 毎年12/29, so that nobody has to ask whether it holds in other years, too.
    """

    month: int
    day: int
    year: int | None = None
    is_yearly: bool = field(default=False, compare=False)

    def within(self, year: FiscalYear) -> date:
        """Return the date, in `year` where it names none of its own. Raises ValueError (2/29)."""
        return date(self.year or year.start + (self.month < 4), self.month, self.day)

    def __str__(self) -> str:
        """Return ``12/29``, ``毎年12/29``, or the ISO date where the year is given."""
        if self.year:
            return date(self.year, self.month, self.day).isoformat()
        return f"{YEARLY if self.is_yearly else ''}{self.month}/{self.day}"


def parse_day(text: str) -> YearlyDay:
    """Return 2024-12-29, 2024/12/29, 12/29 or 12月29日 as a day. Raises ValueError."""
    plain = narrow(text).strip()
    found = re.fullmatch(_DAY, plain)
    if not found:
        raise ValueError(text)
    return _yearly_day(found)


def _yearly_day(found: re.Match[str], end: str = "") -> YearlyDay:
    """Return the day that a match of `_DAY` found. Raises ValueError where no year has it."""
    era, count, west, month, sign, day = found.group(*(f"{name}{end}" for name in _DAY_PARTS))
    year = None
    if sign in ("-", ".") and not (era or west):
        raise ValueError(found[0])  # 4-1 and 4.1 are other things as well
    if era:
        year = ERAS[_ERA_LETTERS.get(era, era)] + (1 if count == "元" else int(count))
    elif west:
        year = int(west)
    date(year or 2000, int(month), int(day))  # 2000 is a leap year: 2/29 is judged in its own year
    return YearlyDay(int(month), int(day), year)


def parse_date(text: str) -> date:
    """Return 2026-10-10, 2026/10/10, 2026.10.10, 2026年10月10日, 令和8年10月10日 or R8.10.10 as a date.

    Raises ValueError when the text is no date, or one without its year.
    """
    found = _DATE.fullmatch(narrow(text).strip())
    if not found:
        raise ValueError(text)
    return date(_year_before(found), int(found["month"]), int(found["day"]))


def parse_days(text: str) -> tuple[YearlyDay, YearlyDay]:
    """Return ``8/1〜8/31``, 8月13日から15日まで, 令和9年2月1日～5日 or a single day as (first, last).

    The end takes the month and the year of the beginning where it has none of its own. ``毎年8/1〜8/31``
    says of days without a year that they are those of every year. Raises ValueError.
    """
    plain = narrow(text).strip().replace("から", "~")
    if plain.startswith(YEARLY):
        first, last = parse_days(plain.removeprefix(YEARLY))
        if first.year or last.year or first.is_yearly:
            raise ValueError(text)
        return replace(first, is_yearly=True), last
    found = re.fullmatch(rf"{_DAY}(?:\s*{_DASH}\s*(?:{_LAST_DAY}|(?P<only>\d{{1,2}})日?)(?:まで)?)?", plain)
    if not found:
        raise ValueError(text)
    first = _yearly_day(found)
    if found["only"]:
        return first, _following(first, first.month, int(found["only"]))
    if not found["month_last"]:
        return first, first
    last = _yearly_day(found, "_last")
    return first, last if last.year else _following(first, last.month, last.day)


def _following(first: YearlyDay, month: int, day: int) -> YearlyDay:
    """Return the end of a stretch that names no year: the first such day that is not before its beginning."""
    date(first.year or 2000, month, day)
    if first.year is None:
        return YearlyDay(month, day)
    return YearlyDay(month, day, first.year + ((month, day) < (first.month, first.day)))


def days_within(spans: Iterable[tuple[YearlyDay, YearlyDay]], year: FiscalYear) -> tuple[date, ...]:
    """Return every date of some stretches of days that lies within the year, in order."""
    found = {day for first, last in spans for day in span_of_days(first.within(year), last.within(year))}
    return tuple(sorted(day for day in found if day in year))


def show_days(spans: Iterable[tuple[YearlyDay, YearlyDay]]) -> str:
    """Return stretches of days as they are written: 8/13〜8/15・10/1."""
    return "・".join(str(first) if first == last else f"{first}〜{last}" for first, last in spans)


@cache
def holidays(year: FiscalYear) -> Mapping[date, str]:
    """Return the national holidays of a fiscal year, computed (the official list ends earlier)."""
    import jpholiday  # 35 ms, and only needed when a calendar is

    return dict(jpholiday.between(year.first, year.last))


@dataclass(frozen=True)
class Calendar:
    """The days and hours at which the centre is open in one fiscal year.

    `weekly` holds the opening spans of Monday to Sunday, `seasonal` those of dates that have others
    (summer hours); `closed` the dates on which the centre is shut although its weekday is open, with
    the reason; `opened` the hours of dates on which it is open although its weekday is not. `quiet`
    has the dates that centres avoid although they are open (お盆), with a weight.
    """

    year: FiscalYear
    weekly: tuple[Spans, ...]
    closed: Mapping[date, Text] = field(default_factory=dict)
    opened: Mapping[date, Spans] = field(default_factory=dict)
    seasonal: Mapping[date, Spans] = field(default_factory=dict)
    quiet: Mapping[date, int] = field(default_factory=dict)

    def hours(self, day: date) -> Spans:
        """Return the opening spans of a date, empty when closed or outside the year."""
        return self._hours.get(day, ())

    @cached_property
    def _hours(self) -> Mapping[date, Spans]:
        by_day = {day: self.usual(day) for day in self.year.days if day not in self.closed}
        return {**by_day, **self.opened}

    def usual(self, day: date) -> Spans:
        """Return the opening spans that a date has by its season and weekday, closed or not."""
        return self.seasonal.get(day, self.weekly[day.weekday()])

    def opening(self, days: Iterable[date]) -> Calendar:
        """Return the calendar that is open on these dates as well, by its first hours where it has none."""
        days = frozenset(days)
        if not days:
            return self
        hours = next((spans for spans in self.weekly if spans), ())
        special = {day: hours for day in sorted(days) if not self.usual(day)}
        closed = {day: why for day, why in self.closed.items() if day not in days}
        return replace(self, closed=closed, opened={**self.opened, **special})

    @cached_property
    def open_days(self) -> tuple[date, ...]:
        """The dates with any opening hours, in order."""
        return tuple(day for day in self.year.days if self.hours(day))

    def is_usual(self, day: date) -> bool:
        """Tell whether the centre is open on a date that is not avoided."""
        return day in self._usual_days

    @cached_property
    def _usual_days(self) -> frozenset[date]:
        return frozenset(self.open_days) - self.quiet.keys()
