"""巡回訪問: many sessions of a short period, at an even pace from week to week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import Calendar, day_text
from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.periods import days_of_months, monday_of
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import MonthsField, WeekdaysField
from ksolve.text import Text, counted


class EvenVisits(Rule):
    """By the last open day of each week of these months as many visits as an even pace would have.

    The pace is that of the open days (on `weekdays`), so that a week with a holiday has fewer; it
    is rounded up or down. Quiet days do not count. One unit of breach is one visit that is one
    week early or late.
    """

    title: ClassVar[Text] = Text("均等な訪問", "Even visits")
    japanese: ClassVar[str] = (
        "各週の最後の開館日までの累計が、これらの月の開館日(weekdays の曜日)に均等に割り当てたときの回数"
        "(端数は切り上げか切り捨て)になるようにします。祝日のある週は、その分少なくなります。避けたい日(quiet)は数えません。"
        "違反の一単位は、1回が1週早いか遅いことです。"
    )
    example: ClassVar[str] = "{rule: even_visits, sessions: 40, months: 6月～7月, programmes: homon}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    joint: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.SPREAD

    rule: Literal["even_visits"] = "even_visits"
    sessions: int = Field(ge=1, description="これらの月の回数 / sessions in these months", examples=[40])
    months: MonthsField = Field(description="月 / the months", examples=["6月～7月"])
    weekdays: WeekdaysField | None = Field(
        None,
        description="行う曜日。書かなければどの曜日も / the weekdays on which they may be; null: all",
        examples=["月-金"],
    )

    @property
    def sentence(self) -> Text:
        """The pace."""
        return Text(
            f"{self.sessions}回を{self.months}の各週に均等に置く",
            f"{counted(self.sessions, 'session')} evenly over the weeks of {self.months.english}",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the running count at the end of each week."""
        days = _usual_days(self, model.problem.calendar)
        weeks = [list(week) for _, week in groupby(days, key=monday_of)]
        bounds, done = [], 0
        for week in weeks:
            done += len(week)
            bounds.append((self.sessions * done // len(days), -(-self.sessions * done // len(days))))
        periods = _with_days_between(weeks, days_of_months(self.months.values, model.problem.year))
        held = [(days, low, high) for days, (low, high) in zip(periods, bounds, strict=True)]
        model.pace(posted, posted.series, held)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare what was held up to each week's last usual day with the share of the days gone by."""
        months, calendar = self.months.values, case.problem.calendar
        weekdays = range(7) if self.weekdays is None else self.weekdays
        usual = [
            day
            for day in case.problem.year.days
            if day.month in months and day.weekday() in weekdays and calendar.is_usual(day)
        ]
        held = [session.day for session in case.sessions(posted) if session.day.month in months]
        for number, day in enumerate(usual, start=1):
            if number < len(usual) and usual[number].isocalendar()[:2] == day.isocalendar()[:2]:
                continue
            count = sum(other <= day for other in held)
            share = Fraction(self.sessions * number, len(usual))
            off = int(max(count - share, share - count))
            if off:
                values = {"who": posted.who, "day": day_text(day), "held": count}
                yield Breach(_BREACH.fill(**values, share=f"{float(share):.1f}"), (), off)


def _usual_days(rule: EvenVisits, calendar: Calendar) -> list[date]:
    days = days_of_months(rule.months.values, calendar.year)
    usual = [day for day in days if calendar.is_usual(day)]
    return usual if rule.weekdays is None else [day for day in usual if day.weekday() in rule.weekdays]


def _with_days_between(weeks: list[list[date]], days: tuple[date, ...]) -> list[list[date]]:
    """Return the days of some months up to the last usual day of each week, from that of the week before."""
    if not weeks:
        return []
    ends = [week[-1] for week in weeks]
    starts = [days[0], *(end for end in ends[:-1])]
    return [
        [day for day in days if (start < day or number == 0) and day <= end]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


_BREACH = Text(
    "{who}: {day} までに{held}回 (均等なら{share}回)",
    "{who}: {held} by {day} (even: {share})",
)
