"""At most so many sessions at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.clock import clock
from ksolve.problem import Binding, Setting
from ksolve.problem.case import Bound, Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class MostParallel(Rule):
    """At no moment more than `sessions` of the sessions run, whatever rooms and staff there are.

    Sessions held together count as one. One unit of breach is one session that begins when
    enough others run.
    """

    title: ClassVar[Text] = Text("同時に行う数", "Most at once")
    japanese: ClassVar[str] = (
        "部屋や職員が足りていても、同じ時刻に行う回をこの数までにします。併せて実施する回は一つと数えます。"
        "違反の一単位は、すでにこの数が行われている時に始まる1回です。"
    )
    example: ClassVar[str] = "{rule: most_parallel, sessions: 2}"

    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "limits"
    loosened: ClassVar[tuple[str, int] | None] = ("sessions", 1)
    joint: ClassVar[bool] = True

    rule: Literal["most_parallel"] = "most_parallel"
    sessions: int = Field(ge=1, description="同時の最大の回数 / most sessions at once", examples=[2])

    @property
    def sentence(self) -> Text:
        """The limit."""
        return Text(f"同時に{self.sessions}回まで", f"at most {self.sessions} at once")

    def bounds(self, posted: Binding, problem: Setting) -> Iterator[Bound]:
        """The limit itself."""
        yield Bound("moment", self.sessions, posted.series, Text(posted.who, posted.who), self.sentence)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the sessions that run at each moment."""
        model.exclusive(posted, posted.series, per="moment", most=self.sessions)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count, when each event begins, those that run; a host and its guests are one event."""
        events: dict[str, Session] = {}
        for session in sorted(case.sessions(posted), key=lambda session: session.minutes):
            event = session.held_with or session.id
            is_host = event == session.id
            if is_host or event not in events or events[event].id != event:
                events[event] = session
        alone = sorted(events.values(), key=lambda session: (session.day, session.start))
        for day, group in groupby(alone, key=lambda session: session.day):
            begun: list[Session] = []
            for session in group:
                begun.append(session)
                running = [other for other in begun if session.start < other.end]
                if len(running) > self.sessions:
                    when = {"day": day_text(day), "start": clock(session.start), "found": len(running)}
                    text = _BREACH.fill(session=case.label(session), **when, rule=self.sentence)
                    yield Breach(text, tuple(running), 1)


_BREACH = Text(
    "{session}: {day} {start} に{found}回が同時です (規則: {rule})",
    "{session}: {found} at once on {day} at {start} (wanted: {rule})",
)
