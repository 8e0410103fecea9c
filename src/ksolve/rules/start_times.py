"""The times of day at which sessions may begin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.clock import clock
from ksolve.problem import Binding
from ksolve.problem.case import Blame, Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import ClockField
from ksolve.text import Text


class StartTimes(Rule):
    """Sessions begin at one of these times. One unit of breach is one session that does not."""

    title: ClassVar[Text] = Text("開始時刻", "Start times")
    japanese: ClassVar[str] = "この時刻のどれかに始めます。違反の一単位は、そうでない1回です。"
    example: ClassVar[str] = '{rule: start_times, starts: ["10:00", "13:30"], programmes: kyoshitsu}'
    chapter: ClassVar[Chapter] = Chapter.DATES
    does: ClassVar[Does] = "limits"
    blamed: ClassVar[Blame | None] = Blame(Text("時刻が合わない日", "at another time"), 8)

    rule: Literal["start_times"] = "start_times"
    starts: tuple[ClockField, ...] = Field(
        min_length=1, description="始めてよい時刻 / the times allowed", examples=[["10:00", "13:30"]]
    )

    @property
    def sentence(self) -> Text:
        """The times."""
        times = "・".join(clock(start) for start in self.starts)
        return Text(f"{times}に始める", f"begins at {times}")

    def is_implied(self, posted: Binding) -> bool:
        """Whether no series could begin at another time."""
        return all(set(series.starts) <= set(self.starts) for series in posted.series)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Forbid the other starts of each series."""
        for series in posted.series:
            others = [start for start in series.starts if start not in self.starts]
            model.forbid(posted, series, starts=others)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look at the start of each session."""
        for session in case.sessions(posted):
            if session.start not in self.starts:
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))


_BREACH = Text("{session}: 開始時刻が違います (規則: {rule})", "{session}: wrong start (wanted: {rule})")
