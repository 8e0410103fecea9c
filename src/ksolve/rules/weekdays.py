"""The weekdays on which sessions may fall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from ksolve.calendar import WEEKDAYS_EN, show_weekdays
from ksolve.problem import Posted
from ksolve.rules.base import Breach, Case, Rule, Verbs
from ksolve.spelling import WeekdaysField
from ksolve.text import Text


class Weekdays(Rule):
    """Sessions fall on these weekdays only. One unit of breach is one session on another."""

    rule: Literal["weekdays"] = "weekdays"
    weekdays: WeekdaysField = Field(description="the weekdays allowed", examples=["火-金"])

    @property
    def sentence(self) -> Text:
        """The weekdays."""
        english = ", ".join(WEEKDAYS_EN[n] for n in sorted(self.weekdays))
        return Text(f"{show_weekdays(self.weekdays)}曜日に限る", f"only on {english}")

    def post(self, posted: Posted, model: Verbs) -> None:
        """Forbid the dates of all other weekdays."""
        days = [day for day in model.problem.year.days if day.weekday() not in self.weekdays]
        for series in posted.series:
            model.forbid(posted, series, days)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Look at the weekday of each session."""
        for session in case.sessions(posted):
            if session.day.weekday() not in self.weekdays:
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))


_BREACH = Text("{session}: 曜日が違います (規則: {rule})", "{session}: wrong weekday (wanted: {rule})")
