"""No session on the day before or after a holiday or closure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import Calendar, holidays
from ksolve.problem import Binding
from ksolve.problem.case import Blame, Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text

_DAY = timedelta(days=1)


class BesideClosures(Rule):
    """No session on the day before (or after, or both) a holiday or another closed day.

    A holiday counts also where the centre is open on it; days closed every week do not count. One unit
    of breach is one session on such a day.
    """

    title: ClassVar[Text] = Text("祝日・休館日の前後", "Beside closures")
    japanese: ClassVar[str] = (
        "祝日や休館日の前の日(または次の日、両方)には行いません。"
        "祝日は開館していても数え、毎週の休みは数えません。"
        "違反の一単位は、そのような日の1回です。"
    )
    example: ClassVar[str] = "{rule: beside_closures, side: after, programmes: kyoshitsu}"
    chapter: ClassVar[Chapter] = Chapter.DATES
    does: ClassVar[Does] = "limits"
    blamed: ClassVar[Blame | None] = Blame(Text("祝日・休館日の前後の日", "beside a closure"), 7)

    rule: Literal["beside_closures"] = "beside_closures"
    side: Literal["before", "after", "both"] = Field(
        "both", description="前の日、次の日、両方 / the day before, the day after, or both"
    )

    @property
    def sentence(self) -> Text:
        """Which side of a closed day is kept free."""
        return _SENTENCES[self.side]

    def post(self, posted: Binding, model: Verbs) -> None:
        """Forbid the days whose neighbour is closed."""
        closed = {*model.problem.calendar.closed, *holidays(model.problem.year)}
        days = [
            day
            for day in model.problem.year.days
            if (self.side != "after" and day + _DAY in closed)
            or (self.side != "before" and day - _DAY in closed)
        ]
        for series in posted.series:
            model.forbid(posted, series, days)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look each session's day up among the neighbours of the closed days."""
        beside = self._neighbours(case.problem.calendar)
        for session in case.sessions(posted):
            if session.day in beside:
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))

    def _neighbours(self, calendar: Calendar) -> set[date]:
        steps = {"before": (-_DAY,), "after": (_DAY,), "both": (-_DAY, _DAY)}[self.side]
        free = [*calendar.closed, *(day for day in holidays(calendar.year) if day not in calendar.closed)]
        return {day + step for day in free for step in steps}


_SENTENCES = {
    "before": Text("祝日・休館日の前の日を避ける", "not on the day before a closure"),
    "after": Text("祝日・休館日の次の日を避ける", "not on the day after a closure"),
    "both": Text("祝日・休館日の前後の日を避ける", "not on the days beside a closure"),
}
_BREACH = Text(
    "{session}: 祝日・休館日の前か次の日です (規則:  {rule})", "{session}: beside a closure (wanted: {rule})"
)
