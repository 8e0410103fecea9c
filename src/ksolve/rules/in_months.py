"""The months in which sessions may fall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import MONTHS
from ksolve.problem import Binding
from ksolve.problem.case import Blame, Breach, Case
from ksolve.problem.periods import days_of_months
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import MonthsField
from ksolve.text import Text


class InMonths(Rule):
    """Sessions fall in these months only. One unit of breach is one session in another."""

    title: ClassVar[Text] = Text("月", "Months")
    japanese: ClassVar[str] = "この月だけに行います。違反の一単位は、ほかの月の1回です。"
    example: ClassVar[str] = "{rule: in_months, months: 5月～2月, programmes: kyoshitsu}"
    chapter: ClassVar[Chapter] = Chapter.DATES
    does: ClassVar[Does] = "limits"
    blamed: ClassVar[Blame | None] = Blame(Text("月が違う日", "in another month"), 3)

    rule: Literal["in_months"] = "in_months"
    months: MonthsField = Field(description="行ってよい月 / the months allowed", examples=["5月～2月"])

    @property
    def sentence(self) -> Text:
        """The months."""
        return Text(f"{self.months}に限る", f"only in {self.months.english}")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Forbid the dates of all other months."""
        others = [month for month in MONTHS if month not in self.months.values]
        for series in posted.series:
            model.forbid(posted, series, days_of_months(others, model.problem.year))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look at the month of each session."""
        for session in case.sessions(posted):
            if session.day.month not in self.months.values:
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))


_BREACH = Text("{session}: 月が違います (規則: {rule})", "{session}: wrong month (wanted: {rule})")
