"""The days of the month on which sessions may fall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding
from ksolve.problem.case import Blame, Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class MonthDays(Rule):
    """Sessions fall on these days of the month only (毎月1日・15日).

    One unit of breach is one session on another day.
    """

    title: ClassVar[Text] = Text("月の何日", "Days of the month")
    japanese: ClassVar[str] = "月のこの日だけに行います(毎月1日・15日)。違反の一単位は、ほかの日の1回です。"
    example: ClassVar[str] = "{rule: month_days, days: [1, 15], programmes: tayori}"
    chapter: ClassVar[Chapter] = Chapter.DATES
    does: ClassVar[Does] = "limits"
    blamed: ClassVar[Blame | None] = Blame(Text("日が違う日", "on another day of the month"), 5)

    rule: Literal["month_days"] = "month_days"
    days: tuple[Annotated[int, Field(ge=1, le=31)], ...] = Field(
        min_length=1, description="行ってよい、月の何日か / the days of the month allowed", examples=[[1, 15]]
    )

    @property
    def sentence(self) -> Text:
        """The days."""
        listed = "・".join(f"{day}日" for day in self.days)
        return Text(f"毎月{listed}に限る", f"only on day {', '.join(map(str, self.days))} of the month")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Forbid the dates with another day of the month."""
        others = [day for day in model.problem.year.days if day.day not in self.days]
        for series in posted.series:
            model.forbid(posted, series, others)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count each session's date from the first of its month."""
        for session in case.sessions(posted):
            first = session.day.replace(day=1)
            if not any(first + timedelta(days=day - 1) == session.day for day in self.days):
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))


_BREACH = Text("{session}: 日が違います (規則: {rule})", "{session}: wrong day of the month (wanted: {rule})")
