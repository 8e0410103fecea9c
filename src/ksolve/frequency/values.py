"""What a frequency is made of: ranges, months, weekdays, periods, and what words can say of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ksolve.calendar import MONTHS, MONTHS_EN, WEEKDAYS, WEEKDAYS_EN, YearlyDay, month_position

LAST = -1
"""The `nth` of 最終火曜日."""
TERMS = (MONTHS[:5], MONTHS[5:9], MONTHS[9:])
"""The months of the school terms: April to August, to December, to March."""


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
    """Work that goes on without sessions that could be dated."""

    CONTINUOUS = "continuous"  # 通年, 常時, 毎朝
    ON_DEMAND = "on_demand"  # 随時, 適宜, 直接日程調整
    IRREGULAR = "irregular"  # 不定期


class Moved(StrEnum):
    """What happens to a fixed day that is closed, or a holiday."""

    NEXT_WEEK = "next_week"  # 祝日の場合は翌週
    NEXT_OPEN = "next_open"  # 祝日の場合は翌日
    PREVIOUS_OPEN = "previous_open"  # 祝日の場合は前日
    LEFT_OUT = "left_out"  # 祝日の場合は休み
    NEXT_WORKDAY = "next_workday"  # 土・日・祝の場合は翌平日
    PREVIOUS_WORKDAY = "previous_workday"  # 祝日の場合は前平日


class Bond(StrEnum):
    """How a programme depends on another."""

    TOGETHER = "together"  # 講習会と合わせて実施
    AFTER = "after"  # 身体計測後


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

    @property
    def english(self) -> str:
        """``6``, ``4 to 5`` or ``at least 1``."""
        if self.high is None:
            return f"at least {self.low}"
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


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
        object.__setattr__(self, "values", tuple(sorted(set(self.values), key=MONTHS.index)))

    def __str__(self) -> str:
        """Return 4月～6月・9月, 5月・8月・11月, or 4月又は5月."""
        if self.either:
            return "又は".join(f"{month}月" for month in self.values)
        if self.each:
            return "・".join(f"{month}月" for month in self.values)
        runs = month_runs(self.values)
        return "・".join(f"{a}月" if a == b else f"{a}月～{b}月" for a, b in runs)

    @property
    def english(self) -> str:
        """Apr to Jun and Sep, in short words."""
        if self.either:
            return " or ".join(MONTHS_EN[month - 1] for month in self.values)
        runs = month_runs(self.values)
        names = [(MONTHS_EN[first - 1], MONTHS_EN[last - 1]) for first, last in runs]
        return ", ".join(first if first == last else f"{first} to {last}" for first, last in names)


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
    """Weekdays (Monday 0), and which of them in the month (1 to 5, LAST).

    `nths` without weekdays name weeks of the month (最終週).
    """

    weekdays: frozenset[int] = frozenset()
    nths: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Return 第1・3火曜日, 最終金曜日, 火・金曜日 or 最終週."""
        days = "・".join(WEEKDAYS[n] for n in sorted(self.weekdays))
        unit = f"{days}曜日" if days else "週"
        if not self.nths:
            return unit
        counted = "・".join(str(n) for n in self.nths if n != LAST)
        parts = [f"第{counted}"] if counted else []
        return "・".join([*parts, "最終"] if LAST in self.nths else parts) + unit

    @property
    def english(self) -> str:
        """Tue, Fri, or the 1st, 3rd Tue of the month."""
        days = ", ".join(WEEKDAYS_EN[n] for n in sorted(self.weekdays)) or "any day"
        nths = ", ".join("last" if n == LAST else _ORDINALS[n] for n in self.nths)
        return f"the {nths} {days} of the month" if nths else days


_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th"}

Days = tuple[YearlyDay, YearlyDay]
"""The first and the last day of a stretch."""


@dataclass(frozen=True, slots=True)
class OffDays:
    """The kinds of days from which a fixed day moves, beside closed ones (土・日・祝の場合は翌平日).

    Without words these are none but the closed days: 休館日の場合は翌日.
    """

    holidays: bool = False
    weekdays: frozenset[int] = frozenset()


HOLIDAYS = OffDays(holidays=True)
