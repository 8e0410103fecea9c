"""A stated number of sessions in each year, half, quarter, term or month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import Calendar
from ksolve.frequency import EVERY_MONTH, Per, Range
from ksolve.periods import periods_of_year
from ksolve.problem import Posted
from ksolve.rules.base import Breach, Case, Rule, Verbs
from ksolve.spelling import MonthsField, WeekdaysField
from ksolve.text import Text

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

    A week or day without an open day (of the weekdays counted) is passed over. One unit of
    breach is one session too few or too many.
    """

    joint: ClassVar[bool] = True

    rule: Literal["count"] = "count"
    low: int = Field(ge=0, description="fewest sessions in each period", examples=[20])
    high: int | None = Field(
        None, ge=0, description="most sessions in each period; null: no limit", examples=[20]
    )
    per: Per = Field(Per.YEAR, description="the period that is counted")
    months: MonthsField = Field(EVERY_MONTH, description="only days of these months are counted")
    weekdays: WeekdaysField | None = Field(None, description="only these weekdays are counted; null: all")

    @property
    def sentence(self) -> Text:
        """The count, the period and the months."""
        where = "" if self.months == EVERY_MONTH else f"{self.months}に"
        en_where = "" if self.months == EVERY_MONTH else f" in {self.months}"
        count = Range(self.low, self.high)
        per = _PER[self.per]
        return Text(f"{where}{per.ja}{count}回", f"{count} sessions {per.en}{en_where}")

    def post(self, posted: Posted, model: Verbs) -> None:
        """Bound the number of sessions in each period."""
        for days in self._periods(model.problem.calendar):
            model.count(posted, posted.series, days, self.low, self.high)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Count the sessions dated in each period."""
        sessions = [session for session in case.sessions(posted) if self._counts(session.day)]
        for days in self._periods(case.problem.calendar):
            inside = tuple(session for session in sessions if days[0] <= session.day <= days[-1])
            short = max(0, self.low - len(inside))
            over = 0 if self.high is None else max(0, len(inside) - self.high)
            if short or over:
                text = _BREACH.fill(
                    who=posted.who,
                    first=days[0],
                    last=days[-1],
                    found=len(inside),
                    wanted=Range(self.low, self.high),
                )
                yield Breach(text, inside, short + over, (days[0], days[-1]))

    def _counts(self, day: date) -> bool:
        return day.month in self.months.values and (self.weekdays is None or day.weekday() in self.weekdays)

    def _periods(self, calendar: Calendar) -> Iterator[tuple[date, ...]]:
        short = self.per in (Per.WEEK, Per.DAY)
        for days in periods_of_year(self.per, calendar.year):
            counted = tuple(day for day in days if self._counts(day))
            if counted and (not short or any(map(calendar.hours, counted))):
                yield counted


_BREACH = Text(
    "{who}: {first} から {last} までに {found}回 (規則: {wanted}回)",
    "{who}: {found} sessions from {first} to {last} (wanted: {wanted})",
)
