"""The algebra of 実施回数: what a frequency means, apart from how it is spelled."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ksolve.calendar import MONTHS, FiscalYear, YearlyDay, month_position, span_of_days
from ksolve.clock import Span
from ksolve.frequency.values import (
    EVERY_MONTH,
    HOLIDAYS,
    Bond,
    Days,
    Hedge,
    Months,
    Moved,
    OffDays,
    Pattern,
    Per,
    Range,
    Service,
)


@dataclass(frozen=True, slots=True)
class Term:
    """One stated frequency.

    `count` sessions per period (None: not stated), in each of `every` periods; `periods` is how
    many such periods of the year hold it (×5か月), 0 where all do; `groups` and `courses` how
    many times over; `pace` the most in a period beside a yearly count (年11回(月1回)), which then is
    one of `every` periods (全20回(隔週水曜日)). `months`,
    `without` and `within` (stretches of days) say when, `pattern` on which weekdays, `dates` and
    `days` (of the month) on which dates, `holidays` whether also on those, `left_out` on which
    stretches of days not (7月17日を除く), `hours` from when to when (equal: only the start is known).
    `moved` says what becomes of a fixed day that is closed or of the kinds `moved_from`. A count of
    1 in `every` n weeks is a rhythm: one of the n possible weeks to begin with, and then every n weeks.
    `consecutive` sessions run on, `day_by_day` from one day to the next (連続4日間).
    """

    count: Range | None = None
    per: Per = Per.YEAR
    every: int = 1
    periods: int = 0
    groups: int = 1
    courses: int = 1
    pace: tuple[int, Per] | None = None
    months: Months | None = None
    without: Months | None = None
    within: tuple[Days, ...] = ()
    pattern: Pattern | None = None
    dates: tuple[YearlyDay, ...] = ()
    days: tuple[int, ...] = ()
    hours: Span | None = None
    consecutive: bool = False
    day_by_day: bool = False
    holidays: bool = True
    left_out: tuple[Days, ...] = ()
    moved: Moved | None = None
    moved_from: OffDays = HOLIDAYS
    hedges: frozenset[Hedge] = frozenset()


@dataclass(frozen=True, slots=True)
class Closing:
    """What a text says about when the place is closed (月曜日と祝日の翌日は休館日).

    `weekdays` are closed every week, `monthly` on some of a month (第3木曜日), `dates` once.
    """

    weekdays: frozenset[int] = frozenset()
    after_holidays: bool = False
    dates: tuple[Days, ...] = ()
    moved: Moved | None = None
    monthly: tuple[Pattern, ...] = ()


@dataclass(frozen=True)
class Frequency:
    """What a frequency text means: the sum of its terms, a service, or both (月1回 個別随時).

    `bond` names another programme that it depends on; `closing` makes it a statement about
    closed days instead; `ditto` means the same as the row above; `otherwise` is a second way
    that the text leaves open (第4火曜日/直接日程調整). `label` and `remarks` are words
    that stand beside the frequency.
    """

    text: str
    terms: tuple[Term, ...] = ()
    services: frozenset[Service] = frozenset()
    bond: tuple[Bond, str] | None = None
    closing: Closing | None = None
    ditto: bool = False
    otherwise: Frequency | None = None
    label: str = ""
    remarks: tuple[str, ...] = ()

    @cached_property
    def is_service(self) -> bool:
        """Whether the text asks for no sessions that could be counted."""
        uncounted = all(term.count is None for term in self.terms)
        return uncounted and (bool(self.services) or not self.terms)

    @cached_property
    def year_count(self) -> Range:
        """Sessions in a year over all groups, as far as the text itself says."""
        if self.is_service:
            return Range(0, 0)
        return sum((count_of_year(term) for term in self.terms), Range(0, 0))

    @property
    def meaning(self) -> Frequency:
        """The frequency without its spelling: equal for texts that mean the same."""
        other = self.otherwise.meaning if self.otherwise else None
        return replace(self, text="", label="", remarks=(), otherwise=other)


def is_fixed(term: Term) -> bool:
    """Whether each day that is named of each month holds a session: 第2・4火曜日, not 年6回(第2火曜日).

    毎月15日 is so where it says what becomes of a day that is no good: else it is just that day.
    """
    pattern, count = term.pattern, term.count
    monthly = term.per is Per.MONTH and term.every == 1 and not term.periods
    if count is None or not monthly or (term.months and term.months.either):
        return False
    if term.days:
        excepted = bool(term.moved or term.left_out or not term.holidays)
        return excepted and not pattern and count == Range(len(term.days), len(term.days))
    if not pattern or not pattern.nths or not pattern.weekdays:
        return False
    return len(pattern.nths) * len(pattern.weekdays) == count.high


def is_each_weekday(term: Term) -> bool:
    """Whether each weekday named holds a session in its week: 毎週火・木曜日, not 週1回(火・木曜日)."""
    pattern, count = term.pattern, term.count
    if term.per is not Per.WEEK or count is None or not pattern or pattern.nths:
        return False
    return bool(pattern.weekdays) and count == Range(len(pattern.weekdays), len(pattern.weekdays))


def is_rhythm(term: Term) -> bool:
    """Whether sessions keep a rhythm of weeks: 隔週水曜日, 毎週月曜日(祝日の場合は翌日)."""
    if term.count is None or term.periods or term.days or term.dates or (term.pattern and term.pattern.nths):
        return False
    if term.pace:
        exact = term.per is Per.YEAR and term.count.low == term.count.high and not _is_bounded(term)
        return exact and term.pace == (1, Per.WEEK) and term.every > 1
    if term.per is not Per.WEEK or _is_bounded(term):
        return False
    return term.every > 1 or (term.moved is not None and is_each_weekday(term))


def _is_bounded(term: Term) -> bool:
    return bool(term.hedges & {Hedge.AT_LEAST, Hedge.AT_MOST})


@lru_cache(maxsize=4096)
def months_of(term: Term) -> tuple[int, ...]:
    """Return the months, in fiscal order, in which sessions of the term may fall."""
    months = (term.months or _months_within(term.within) or EVERY_MONTH).values
    left_out = term.without.values if term.without else ()
    within = tuple(month for month in months if month not in left_out)
    return tuple(month for month in within if _has_any(month, term.days)) or within


def _has_any(month: int, days: tuple[int, ...]) -> bool:
    """Whether a month has one of these days of the month (毎月31日), where any are named."""
    return not days or min(days) <= monthrange(_LEAP_YEAR, month)[1]


_LEAP_YEAR = 2024


def _months_within(within: tuple[Days, ...]) -> Months | None:
    positions = [(month_position(first.month), month_position(last.month)) for first, last in within]
    months = [month for start, end in positions for month in MONTHS[start : end + 1]]
    return Months(tuple(months)) if months else None


_PERIODS_OF_YEAR = {Per.YEAR: 1, Per.HALF: 2, Per.QUARTER: 4, Per.TERM: 3, Per.COURSE: 1, Per.SITE: 1}
_WEEKS_OF_YEAR = Range(52, 53)
_WEEKS_OF_MONTH = Range(4, 5)


@lru_cache(maxsize=4096)
def count_of_year(term: Term) -> Range:
    """Return how many sessions a term asks for in a year, over all its groups and courses.

    A weekly count is that of a year without closed days. 以上 leaves the upper end open, 以内
    the lower; 程度 and 予定 are taken at their word.
    """
    if term.count is None:
        return Range(0, None)
    whole = hedged(term.count, term.hedges) * (term.groups * term.courses)
    if term.periods:
        return whole * term.periods
    months = months_of(term)
    if term.per is Per.MONTH:
        held = 1 if term.months and term.months.either else len(months)
        return whole * max(1, -(-held // term.every))
    if term.per in (Per.WEEK, Per.DAY):
        return _by_weeks(whole, term, len(months))
    return whole * _PERIODS_OF_YEAR[term.per]


def hedged(count: Range, hedges: frozenset[Hedge]) -> Range:
    """Return a count with its hedges heeded: 6以上 is open above, 6以内 open below."""
    if Hedge.AT_LEAST in hedges:
        return Range(count.low, None)
    exact = count.low == count.high
    return Range(0, count.high) if Hedge.AT_MOST in hedges and exact else count


def _by_weeks(whole: Range, term: Term, months: int) -> Range:
    if term.within:
        weeks = Range(*_weeks_within(term.within, months_of(term)))
    else:
        weeks = _WEEKS_OF_YEAR if months == len(MONTHS) else _WEEKS_OF_MONTH * months
    days = len(term.pattern.weekdays) if term.pattern and term.pattern.weekdays else 7
    times = days if term.per is Per.DAY else 1
    low, high = weeks.low // term.every, -(-(weeks.high or 0) // term.every)
    return Range(whole.low * low * times, None if whole.high is None else whole.high * high * times)


_LEAP = FiscalYear(2023)
"""A fiscal year with 29 February, for the days that name no year."""


def _weeks_within(within: tuple[Days, ...], months: tuple[int, ...]) -> tuple[int, int]:
    """Return the fewest and the most days of one weekday in stretches, as far as they lie in some months."""
    fewest = most = 0
    for first, last in within:
        stretch = span_of_days(first.within(_LEAP), last.within(_LEAP))
        days = sum(day.month in months for day in stretch)
        fewest += days // 7
        most += -(-days // 7)
    return fewest, most
