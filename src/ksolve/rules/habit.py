"""Last year's habit: 第2火曜 10:00."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import WEEKDAYS_EN, show_weekdays, week_of_month
from ksolve.clock import clock
from ksolve.problem import Binding, Tier
from ksolve.problem.rule import Breach, Case, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import ClockField, WeekdaysField
from ksolve.text import Text


class Habit(Rule):
    """Sessions fall on the usual weekdays and start (and week of the month, where given).

    One unit of breach is one session that does not.
    """

    title: ClassVar[Text] = Text("昨年の習慣", "Last year's habit")
    japanese: ClassVar[str] = (
        "いつもの曜日と開始時刻(書かれていれば月の何週目か)に行います。違反の一単位は、そうでない1回です。"
    )
    example: ClassVar[str] = '{rule: habit, weekdays: 火, start: "10:00", week: 2, programmes: sodan}'

    usual: ClassVar[Tier | None] = Tier.STABILITY

    rule: Literal["habit"] = "habit"
    weekdays: WeekdaysField = Field(description="いつもの曜日 / the usual weekday", examples=["火"])
    start: ClockField = Field(description="いつもの開始時刻 / the usual start", examples=["10:00"])
    week: int | None = Field(
        None, ge=1, le=5, description="いつもの、月の何週目か / the usual week of the month", examples=[2]
    )

    @property
    def sentence(self) -> Text:
        """The habit as people say it."""
        week = f"第{self.week}" if self.week else ""
        english = ", ".join(WEEKDAYS_EN[n] for n in sorted(self.weekdays))
        nth = f", week {self.week}" if self.week else ""
        return Text(
            f"例年どおり{week}{show_weekdays(self.weekdays)}曜日{clock(self.start)}",
            f"as usual on {english} {clock(self.start)}{nth}",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Prefer the usual dates."""
        days = [day for day in model.problem.year.days if day.weekday() in self.weekdays]
        usual = [(day, self.start) for day in days if self.week in (None, week_of_month(day))]
        for series in posted.series:
            model.prefer(posted, series, usual)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare the weekday, start and week of each session with the habit."""
        for session in case.sessions(posted):
            nth = (session.day.day + 6) // 7
            right_week = self.week is None or self.week == nth
            if session.day.weekday() not in self.weekdays or session.start != self.start or not right_week:
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))


_BREACH = Text("{session}: {rule}と違います", "{session}: not {rule}")
