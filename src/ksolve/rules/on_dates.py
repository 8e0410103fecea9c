"""Dates on which there is a session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text, days_within, show_days
from ksolve.clock import clock
from ksolve.problem import Binding, Setting
from ksolve.problem.case import Breach, Case, Demand
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import ClockField, DaysField
from ksolve.text import Text


class OnDates(Rule):
    """At least one session on each of these dates, at `start` where it is given.

    One unit of breach is one date without.
    """

    title: ClassVar[Text] = Text("決まった日付", "Pinned dates")
    japanese: ClassVar[str] = (
        "これらの日付のそれぞれに1回以上行います(開始を書けばその時刻に)。違反の一単位は、行わない1日です。"
    )
    example: ClassVar[str] = '{rule: on_dates, days: ["2024-10-12"], programmes: matsuri}'
    chapter: ClassVar[Chapter] = Chapter.COUNTS
    does: ClassVar[Does] = "demands"
    says_days: ClassVar[bool] = True

    rule: Literal["on_dates"] = "on_dates"
    days: tuple[DaysField, ...] = Field(
        min_length=1, description="決まった日付 / the pinned dates", examples=[["2024-10-12"]]
    )
    start: ClockField | None = Field(
        None, description="開始。書かなければどの開始でもよい / the start; null: any", examples=["10:00"]
    )

    @property
    def sentence(self) -> Text:
        """The dates."""
        days = show_days(self.days)
        if self.start is None:
            return Text(f"{days}に行う", f"on {days}")
        return Text(f"{days}の{clock(self.start)}に行う", f"on {days} at {clock(self.start)}")

    def demands(self, posted: Binding, problem: Setting) -> Iterator[Demand]:
        """A session on each date."""
        for series in posted.series:
            yield from (
                Demand(series.name, (series,), (day,), 1) for day in days_within(self.days, problem.year)
            )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Ask for a session on each date."""
        for day in days_within(self.days, model.problem.year):
            model.count(posted, posted.series, ([day], 1, None), start=self.start)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look for each date among the sessions."""
        sessions = case.sessions(posted)
        held = {session.day for session in sessions if self.start in (None, session.start)}
        for day in days_within(self.days, case.problem.year):
            if day not in held:
                yield Breach(_BREACH.fill(who=posted.who, day=self._shown(day)))

    def _shown(self, day: date) -> Text:
        shown = day_text(day)
        return shown if self.start is None else _AT.fill(day=shown, start=clock(self.start))


_AT = Text("{day} {start}", "{day} {start}")
_BREACH = Text("{who}: {day} に行うはずの回がありません", "{who}: no session on {day}")
