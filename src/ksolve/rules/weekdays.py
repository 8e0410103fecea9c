"""The weekdays on which sessions may fall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import WEEKDAYS_EN, show_weekdays, week_of_month
from ksolve.frequency import LAST, Pattern
from ksolve.problem import Binding
from ksolve.problem.case import Blame, Breach, Case
from ksolve.problem.rule import Chapter, Does, NthField, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import WeekdaysField
from ksolve.text import Text


class Weekdays(Rule):
    """Sessions fall on these weekdays only, with `nths` only on those of the month.

    One unit of breach is one session on another day.
    """

    title: ClassVar[Text] = Text("曜日", "Weekdays")
    japanese: ClassVar[str] = (
        "これらの曜日だけに行います。nths を書けば、月のその何番目の曜日だけです。違反の一単位は、"
        "ほかの日の1回です。"
    )
    example: ClassVar[str] = "{rule: weekdays, weekdays: 火-金, programmes: kyoshitsu}"
    chapter: ClassVar[Chapter] = Chapter.DATES
    does: ClassVar[Does] = "limits"
    blamed: ClassVar[Blame | None] = Blame(Text("曜日が違う日", "on another weekday"), 2)

    rule: Literal["weekdays"] = "weekdays"
    weekdays: WeekdaysField = Field(description="行ってよい曜日 / the weekdays allowed", examples=["火-金"])
    nths: tuple[NthField, ...] = Field(
        (),
        description=(
            "月の何番目の曜日か。-1は最終、書かなければすべて / which of them in the month; -1: the "
            "last; none: all"
        ),
        examples=[[1, 3]],
    )

    @property
    def sentence(self) -> Text:
        """The weekdays."""
        english = ", ".join(WEEKDAYS_EN[n] for n in sorted(self.weekdays))
        if not self.nths:
            return Text(f"{show_weekdays(self.weekdays)}曜日に限る", f"only on {english}")
        nths = ", ".join("last" if n == LAST else str(n) for n in self.nths)
        every = len(self.weekdays) == 7
        japanese = Pattern(frozenset() if every else self.weekdays, self.nths)
        return Text(f"{japanese}に限る", f"only on {english}, number {nths} of the month")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Forbid the dates of all other weekdays."""
        days = [day for day in model.problem.year.days if not self._allows(day)]
        for series in posted.series:
            model.forbid(posted, series, days)

    def _allows(self, day: date) -> bool:
        is_last = (day + timedelta(days=7)).month != day.month
        nth = week_of_month(day) in self.nths or (is_last and LAST in self.nths)
        return day.weekday() in self.weekdays and (nth or not self.nths)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count each session's weekday out, from the beginning of its month and from the end."""
        for session in case.sessions(posted):
            same = [session.day + timedelta(days=7 * n) for n in range(-5, 6)]
            of_month = [day for day in same if day.month == session.day.month]
            named = {of_month[n if n == LAST else n - 1] for n in self.nths if n <= len(of_month)}
            if session.day.weekday() not in self.weekdays or (self.nths and session.day not in named):
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))


_BREACH = Text("{session}: 曜日が違います (規則: {rule})", "{session}: wrong weekday (wanted: {rule})")
