"""Sessions lie within the centre's opening hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from ksolve.clock import covers
from ksolve.problem import Binding
from ksolve.problem.case import Blame, Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class Opening(Rule):
    """No session on a closed day, nor outside the hours of an open one.

    One unit of breach is one session that lies outside.
    """

    title: ClassVar[Text] = Text("開館日と時間", "Opening")
    japanese: ClassVar[str] = "休館日や開館時間の外には行いません。違反の一単位は、外にある1回です。"
    example: ClassVar[str] = "{rule: opening}"
    chapter: ClassVar[Chapter] = Chapter.DATES
    does: ClassVar[Does] = "limits"
    given: ClassVar[bool] = True
    blamed: ClassVar[Blame | None] = Blame(Text("休館", "closed"), 1)

    rule: Literal["opening"] = "opening"

    @property
    def sentence(self) -> Text:
        """The sentence has no parameters."""
        return Text("開館日の開館時間内に行う", "within the opening hours of an open day")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Forbid, for each start, the dates whose hours do not hold the whole session."""
        for series in posted.series:
            calendar = model.problem.calendar_of(series)
            for start in series.starts:
                shut = [
                    day
                    for day in calendar.year.days
                    if not covers(calendar.hours(day), start, start + series.minutes)
                ]
                model.forbid(posted, series, shut, [start])

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look up the reason a day is closed, then the hours of each session's day."""
        first, last = case.problem.year.first, case.problem.year.last
        for session in case.schedule.of_series(posted.series):
            calendar = case.problem.calendar_of(case.series[session.series])
            by_season = calendar.seasonal.get(session.day, calendar.weekly[session.day.weekday()])
            spans = calendar.opened.get(session.day, by_season)
            if not first <= session.day <= last:
                reason = _OUTSIDE.fill(year=case.problem.year)
            elif session.day in calendar.closed:
                reason = _CLOSED.fill(why=calendar.closed[session.day])
            elif not spans:
                reason = _WEEKLY
            elif not any(a <= session.start and session.end <= b for a, b in spans):
                reason = _HOURS
            else:
                continue
            yield Breach(_BREACH.fill(session=case.label(session), reason=reason), (session,))


_OUTSIDE = Text("{year}の外です", "outside {year}")
_CLOSED = Text("休館日です: {why}", "the centre is closed: {why}")
_WEEKLY = Text("休館の曜日です", "a weekday on which the centre is closed")
_HOURS = Text("開館時間の外です", "outside the opening hours")
_BREACH = Text("{session}: {reason}", "{session}: {reason}")
