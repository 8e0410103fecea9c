"""Pinned dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import days_within, show_day, show_days
from ksolve.problem import Posted
from ksolve.rules.base import Breach, Case, Rule, Verbs
from ksolve.spelling import DaysField
from ksolve.text import Text


class OnDates(Rule):
    """At least one session on each of these dates; one unit of breach is one date without."""

    title: ClassVar[Text] = Text("決まった日付", "Pinned dates")
    japanese: ClassVar[str] = "これらの日付のそれぞれに1回以上行います。違反の一単位は、行わない1日です。"
    example: ClassVar[str] = '{rule: on_dates, days: ["2024-10-12"], programmes: matsuri}'

    rule: Literal["on_dates"] = "on_dates"
    days: tuple[DaysField, ...] = Field(
        min_length=1, description="決まった日付 / the pinned dates", examples=[["2024-10-12"]]
    )

    @property
    def sentence(self) -> Text:
        """The dates."""
        return Text(f"{show_days(self.days)}に行う", f"on {show_days(self.days)}")

    def post(self, posted: Posted, model: Verbs) -> None:
        """Ask for a session on each date."""
        for day in days_within(self.days, model.problem.year):
            model.count(posted, posted.series, [day], 1, None)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Look for each date among the sessions."""
        held = {session.day for session in case.sessions(posted)}
        for day in days_within(self.days, case.problem.year):
            if day not in held:
                yield Breach(_BREACH.fill(who=posted.who, day=show_day(day)))


_BREACH = Text("{who}: {day} に行うはずの回がありません", "{who}: no session on {day}")
