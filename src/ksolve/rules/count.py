"""A stated number of sessions in each year, half, quarter, term or month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from ksolve.calendar import Calendar, FiscalYear, YearlyDay, days_within, month_position
from ksolve.frequency import EVERY_MONTH, Per, Range
from ksolve.problem import Binding, Setting
from ksolve.problem.case import Breach, Case, Demand
from ksolve.problem.periods import periods_of_year
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.spelling import DaysField, MonthsField, WeekdaysField, misspelled
from ksolve.text import Text, counted

_PER = {
    Per.YEAR: Text("年に", "a year"),
    Per.HALF: Text("半期ごとに", "each half-year"),
    Per.QUARTER: Text("四半期ごとに", "each quarter"),
    Per.TERM: Text("学期ごとに", "each school term"),
    Per.MONTH: Text("毎月", "each month"),
    Per.WEEK: Text("毎週", "each week"),
    Per.DAY: Text("毎日", "each day"),
}


class Count(Rule):
    """The frequency: so many sessions in each period, over all the series together.

    A week or day asks for no more sessions than it has open days (of the weekdays and days
    counted): the first and last week of a year are short, and so is one with holidays. One unit of
    breach is one session too few or too many.
    """

    title: ClassVar[Text] = Text("回数", "Count")
    japanese: ClassVar[str] = (
        "期間ごとの回数です。対象の系列をすべて合わせて数えます。週や日は、"
        "開館日(数える曜日・日付)の数より多くは求めません。違反の一単位は、足りないか多すぎる1回です。"
    )
    example: ClassVar[str] = "{rule: count, low: 1, high: 2, per: month, programmes: kyoshitsu}"

    chapter: ClassVar[Chapter] = Chapter.COUNTS
    does: ClassVar[Does] = "demands"
    joint: ClassVar[bool] = True

    rule: Literal["count"] = "count"
    low: int = Field(ge=0, description="期間ごとの最小の回数 / fewest sessions in each period", examples=[20])
    high: int | None = Field(
        None,
        ge=0,
        description=(
            "期間ごとの最大の回数。書かなければ上限なし / most sessions in each period; null: no limit"
        ),
        examples=[20],
    )
    per: Per = Field(Per.YEAR, description="数える期間 / the period that is counted")
    months: MonthsField = Field(
        EVERY_MONTH, description="この月の日だけを数える / only days of these months are counted"
    )
    weekdays: WeekdaysField | None = Field(
        None,
        description="この曜日だけを数える。書かなければすべて / only these weekdays are counted; null: all",
    )
    days: tuple[DaysField, ...] = Field(
        (),
        description="この日付だけを数える。書かなければすべて / only these dates are counted; none: all",
        examples=[["7/10〜8/20"]],
    )

    @property
    def sentence(self) -> Text:
        """The count, the period and the months."""
        count = Range(self.low, self.high)
        held = Text(f"{count}回", counted(count.english, "session"))
        per = _PER[self.per]
        if self.months == EVERY_MONTH:
            return Text(f"{per.ja}{held.ja}", f"{held.en} {per.en}")
        if self.per is Per.YEAR:
            return Text(f"{self.months}に{held.ja}", f"{held.en} in {self.months.english}")
        return Text(f"{self.months}に{per.ja}{held.ja}", f"{held.en} {per.en} in {self.months.english}")

    def demands(self, posted: Binding, problem: Setting) -> Iterator[Demand]:
        """The fewest of each period."""
        for days, asked in self.asks(problem.calendar_of(*posted.series)):
            yield Demand(posted.who, posted.series, days, asked.low)

    @property
    def without_demands(self) -> Count | None:
        """The most of each period."""
        return None if self.high is None else self.model_copy(update={"low": 0})

    @property
    def moves_with_closures(self) -> bool:
        """A week or day with closures is asked for fewer, and others are not asked for more."""
        return self.per in (Per.WEEK, Per.DAY)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the number of sessions in each period."""
        for days, asked in self.asks(model.problem.calendar_of(*posted.series)):
            model.count(posted, posted.series, (days, asked.low, self.high))

    def asks(self, calendar: Calendar) -> Iterator[tuple[tuple[date, ...], Range]]:
        """Yield the dates of each period that are counted, and how many sessions this year's can hold.

        A closed week or day holds none; longer periods are asked for their sessions all the same.
        """
        named = set(days_within(self.days, calendar.year)) if self.days else set(calendar.year.days)
        for period in periods_of_year(self.per, calendar.year):
            days = tuple(
                day
                for day in period
                if day in named
                and day.month in self.months.values
                and (self.weekdays is None or day.weekday() in self.weekdays)
            )
            if days:
                yield days, self._asked(sum(bool(calendar.hours(day)) for day in days))

    def _asked(self, open_days: int) -> Range:
        if self.per not in (Per.WEEK, Per.DAY):
            return Range(self.low, self.high)
        return Range(min(self.low, open_days), self.high if open_days else 0)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count the sessions dated in each period."""
        calendar = case.problem.calendar_of(*posted.series)
        counted_days = _periods(self.per, self.months.values, self.weekdays, self.days, calendar.year)
        held: dict[object, list[Session]] = defaultdict(list)
        for session in case.sessions(posted):
            period = _PERIOD[self.per](session.day)
            if session.day in counted_days.get(period, ()):
                held[period].append(session)
        for period, days in counted_days.items():
            inside = tuple(held[period])
            short_period = self.per in (Per.WEEK, Per.DAY)
            room = len([day for day in days if calendar.hours(day)]) if short_period else self.low
            wanted = Range(min(self.low, room), self.high)
            short = max(0, wanted.low - len(inside))
            over = 0 if self.high is None else max(0, len(inside) - self.high)
            if short or over:
                values = {"who": posted.who, "first": days[0], "last": days[-1], "found": len(inside)}
                text = _BREACH.fill(**values, wanted=Text(str(wanted), wanted.english))
                yield Breach(text, inside, short + over, (days[0], days[-1]))

    @model_validator(mode="after")
    def _in_order(self) -> Count:
        if self.high is not None and self.high < self.low:
            raise misspelled(_REVERSED)
        return self


_PERIOD: dict[Per, Callable[[date], object]] = {
    Per.YEAR: lambda _: 0,
    Per.HALF: lambda day: month_position(day.month) // 6,
    Per.QUARTER: lambda day: month_position(day.month) // 3,
    Per.TERM: lambda day: (month_position(day.month) > 4) + (month_position(day.month) > 8),
    Per.MONTH: lambda day: day.month,
    Per.WEEK: lambda day: (day - date(2000, 1, 3)).days // 7,  # a Monday
    Per.DAY: lambda day: day,
}
"""To which period a date belongs, read off the date alone."""


@lru_cache(maxsize=256)
def _periods(
    per: Per,
    months: tuple[int, ...],
    weekdays: frozenset[int] | None,
    stretches: tuple[tuple[YearlyDay, YearlyDay], ...],
    year: FiscalYear,
) -> Mapping[object, Sequence[date]]:
    """Return the dates that count in each period of a year; many rules of a plan ask for the same."""
    within = [(first.within(year), last.within(year)) for first, last in stretches]
    periods: dict[object, list[date]] = defaultdict(list)
    for day in year.days:
        is_named = not within or any(first <= day <= last for first, last in within)
        if is_named and day.month in months and (weekdays is None or day.weekday() in weekdays):
            periods[_PERIOD[per](day)].append(day)
    return periods


_REVERSED = Text("最大(high)が最小(low)より小さくなっています", "high is below low")

_BREACH = Text(
    "{who}: {first} から {last} までに {found}回 (規則: {wanted}回)",
    "{who}: {found} sessions from {first} to {last} (wanted: {wanted})",
)
