"""The stretches of days in which sessions may fall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import days_within, show_days
from ksolve.problem import Binding
from ksolve.problem.case import Blame, Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import DaysField
from ksolve.text import Text


class InDates(Rule):
    """Sessions fall within these stretches of days only (7月下旬～8月上旬).

    One unit of breach is one session outside.
    """

    title: ClassVar[Text] = Text("期間", "Stretches of days")
    japanese: ClassVar[str] = (
        "この期間の日だけに行います(7月下旬～8月上旬)。違反の一単位は、期間の外の1回です。"
    )
    example: ClassVar[str] = "{rule: in_dates, days: [7/21〜8/10], programmes: natsu}"
    chapter: ClassVar[Chapter] = Chapter.DATES
    does: ClassVar[Does] = "limits"
    blamed: ClassVar[Blame | None] = Blame(Text("期間の外の日", "outside its dates"), 4)

    rule: Literal["in_dates"] = "in_dates"
    days: tuple[DaysField, ...] = Field(
        min_length=1, description="行ってよい日 / the dates allowed", examples=[["7/21〜8/10"]]
    )

    @property
    def sentence(self) -> Text:
        """The dates."""
        return Text(f"{show_days(self.days)}に限る", f"only on {show_days(self.days)}")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Forbid every other date."""
        allowed = set(days_within(self.days, model.problem.year))
        for series in posted.series:
            model.forbid(posted, series, [day for day in model.problem.year.days if day not in allowed])

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare each session's date with the first and last of each stretch."""
        year = case.problem.year
        for session in case.sessions(posted):
            if not any(first.within(year) <= session.day <= last.within(year) for first, last in self.days):
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))


_BREACH = Text("{session}: 期間の外です (規則: {rule})", "{session}: outside its dates (wanted: {rule})")
