"""Dates on which there are no sessions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import days_within, show_days
from ksolve.clock import clock
from ksolve.problem import Binding
from ksolve.problem.case import Blame, Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import ClockField, DaysField
from ksolve.text import Text


class OffDates(Rule):
    """No session on any of these dates (at `start` where it is given).

    One unit of breach is one session that falls on one.
    """

    title: ClassVar[Text] = Text("行わない日", "Forbidden dates")
    japanese: ClassVar[str] = (
        "これらの日には行いません(開始を書けばその時刻に)。違反の一単位は、その日にある1回です。"
    )
    example: ClassVar[str] = "{rule: off_dates, days: [8/13〜8/15], programmes: hiroba}"
    chapter: ClassVar[Chapter] = Chapter.DATES
    does: ClassVar[Does] = "limits"
    blamed: ClassVar[Blame | None] = Blame(Text("行わない日", "forbidden"), 6)

    rule: Literal["off_dates"] = "off_dates"
    days: tuple[DaysField, ...] = Field(
        min_length=1, description="行わない日 / the forbidden dates", examples=[["8/13〜8/15"]]
    )
    start: ClockField | None = Field(
        None, description="開始。書かなければどの開始でも / the start; null: any", examples=["10:00"]
    )

    @property
    def sentence(self) -> Text:
        """The dates."""
        at = "" if self.start is None else f" {clock(self.start)}"
        return Text(f"{show_days(self.days)}{at}には行わない", f"not on {show_days(self.days)}{at}")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Forbid the dates."""
        for series in posted.series:
            starts = None if self.start is None else [self.start]
            model.forbid(posted, series, days_within(self.days, model.problem.year), starts)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare each session's date with the first and last of each stretch."""
        year = case.problem.year
        for session in case.sessions(posted):
            if self.start not in (None, session.start):
                continue
            if any(first.within(year) <= session.day <= last.within(year) for first, last in self.days):
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))


_BREACH = Text("{session}: 行わない日です (規則: {rule})", "{session}: a forbidden date (wanted: {rule})")
