"""The algebra of 実施回数: what a frequency means, apart from how it is spelled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ksolve.calendar import MONTHS, WEEKDAYS, month_position
from ksolve.clock import Span

LAST = -1
"""The `nth` of 最終火曜日."""


class Per(StrEnum):
    """The period that a count is stated for."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    TERM = "term"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    COURSE = "course"
    SITE = "site"


class Hedge(StrEnum):
    """How certain the text itself is."""

    ABOUT = "about"  # 程度, 頃, 約
    AT_LEAST = "at_least"  # 以上
    AT_MOST = "at_most"  # 以内
    TENTATIVE = "tentative"  # 未定, 予定
    USUALLY = "usually"  # 原則, 基本


class Service(StrEnum):
    """Work that goes on without sessions."""

    CONTINUOUS = "continuous"  # 通年, 常時
    ON_DEMAND = "on_demand"  # 随時, 適宜
    IRREGULAR = "irregular"  # 不定期


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """From `low` to `high`, both included; `high` None means no upper bound is stated."""

    low: int
    high: int | None

    def __mul__(self, times: int) -> Range:
        """Return the range of `times` such counts."""
        return Range(self.low * times, None if self.high is None else self.high * times)

    def __add__(self, other: Range) -> Range:
        """Return the range of the sum."""
        open_ended = self.high is None or other.high is None
        return Range(self.low + other.low, None if open_ended else (self.high or 0) + (other.high or 0))

    def __contains__(self, count: int) -> bool:
        """Tell whether a count lies within."""
        return self.low <= count and (self.high is None or count <= self.high)

    def __str__(self) -> str:
        """Return ``6``, ``4～5`` or ``1以上``."""
        if self.high is None:
            return f"{self.low}以上"
        return str(self.low) if self.low == self.high else f"{self.low}～{self.high}"


@dataclass(frozen=True, slots=True)
class Months:
    """Named months in fiscal order.

    With `either`, one of them is to be chosen (4月又は5月); with `each`, they are named one by
    one (5月・8月・11月), so that sessions are meant in each; without, as a span (7月～9月).
    """

    values: tuple[int, ...]
    either: bool = False
    each: bool = False

    def __post_init__(self) -> None:
        """Keep each month once, April first."""
        object.__setattr__(self, "values", tuple(sorted(set(self.values), key=month_position)))

    def __str__(self) -> str:
        """Return 4月～6月・9月, or 4月又は5月."""
        runs = month_runs(self.values)
        shown = [f"{a}月" if a == b else f"{a}月～{b}月" for a, b in runs]
        if self.either:
            return "又は".join(f"{month}月" for month in self.values)
        return "・".join(shown)


EVERY_MONTH = Months(MONTHS)


def month_runs(months: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Return months in fiscal order as runs of consecutive ones, (first, last) each."""
    runs: list[tuple[int, int]] = []
    for month in sorted(months, key=month_position):
        if runs and month_position(runs[-1][1]) + 1 == month_position(month):
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Weekdays (Monday 0), and which of them in the month (1 to 5, LAST) or how often."""

    weekdays: frozenset[int] = frozenset()
    nths: tuple[int, ...] = ()
    every_weeks: int = 0

    def __str__(self) -> str:
        """Return 第1・3火曜日, 隔週金曜日 or 土曜日."""
        days = "・".join(WEEKDAYS[n] for n in sorted(self.weekdays))
        days = f"{days}曜日" if days else ("週" if self.nths else "")
        nths = "・".join("最終" if n == LAST else str(n) for n in self.nths)
        if nths:
            return ("" if nths.startswith("最終") else "第") + nths + days
        return {0: "", 1: "毎週", 2: "隔週"}.get(self.every_weeks, f"{self.every_weeks}週ごと") + days


@dataclass(frozen=True, slots=True)
class Term:
    """One stated frequency: `count` sessions per period, where and for whom.

    `periods` is how many such periods (×5か月) of the year hold it, `groups` how many
    groups each have it (×2グループ), `sites` how many places (各校), 0 where not stated.
    """

    count: Range | None = None
    per: Per = Per.YEAR
    periods: int = 0
    every: int = 1
    groups: int = 1
    courses: int = 1
    months: Months | None = None
    without: Months | None = None
    pattern: Pattern | None = None
    hours: Span | None = None
    consecutive: bool = False
    hedges: frozenset[Hedge] = frozenset()


@dataclass(frozen=True, slots=True)
class Frequency:
    """What a frequency text means: the sum of its terms, a service, or both (月1回 個別随時)."""

    text: str
    terms: tuple[Term, ...] = ()
    services: frozenset[Service] = frozenset()
    remarks: tuple[str, ...] = ()

    @property
    def is_service(self) -> bool:
        """Whether the text asks for no countable sessions."""
        return not self.terms

    @property
    def year_count(self) -> Range:
        """Sessions in a year over all groups, as far as the text itself says."""
        total = Range(0, 0)
        for term in self.terms:
            total += count_of_year(term)
        return total


def months_of(term: Term) -> tuple[int, ...]:
    """Return the months, in fiscal order, in which sessions of the term may fall."""
    months = (term.months or EVERY_MONTH).values
    left_out = term.without.values if term.without else ()
    return tuple(month for month in months if month not in left_out)


_PERIODS_OF_YEAR = {Per.YEAR: 1, Per.HALF: 2, Per.QUARTER: 4, Per.TERM: 3, Per.COURSE: 1, Per.SITE: 1}


def count_of_year(term: Term) -> Range:
    """Return how many sessions a term asks for in a year, over all its groups and courses."""
    if term.count is None:
        return Range(0, None)
    whole = term.count * (term.groups * term.courses)
    if term.periods:
        return whole * term.periods
    if term.per is Per.MONTH:
        months = 1 if term.months and term.months.either else len(months_of(term))
        return whole * max(1, months // term.every)
    if term.per is Per.WEEK:
        return _weekly(whole, term)
    if term.per is Per.DAY:
        return Range(whole.low, None)
    return whole * _PERIODS_OF_YEAR[term.per]


def _weekly(whole: Range, term: Term) -> Range:
    """A year has 52 full weeks and a month at least 4; closures may take some, so no upper bound."""
    weeks = 52 if len(months_of(term)) == len(MONTHS) else 4 * len(months_of(term))
    return Range(whole.low * (weeks // term.every), None)
