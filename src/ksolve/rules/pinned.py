"""One session at a date, with its rooms and staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.clock import clock
from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class Pinned(Rule):
    """One session is held on this date (and at this start), in these rooms and with these members.

    Rooms and members that are alike (the same hours, seats, skills, and named by no rule) stand for one
    another; a session held together with another's has that one's. One unit of breach is that there is
    no such session.
    """

    title: ClassVar[Text] = Text("決まった回", "A pinned session")
    japanese: ClassVar[str] = (
        "この日(この時刻)に、これらの部屋と職員で1回行います。勤務時間や定員などが同じで、"
        "規則に名前の出ないものどうしは区別しません。"
        "併せて実施する回は相手の部屋と職員です。違反の一単位は、そのような回がないことです。"
    )
    chapter: ClassVar[Chapter] = Chapter.KEEPING
    does: ClassVar[Does] = "relates"

    rule: Literal["pinned"] = "pinned"
    day: date = Field(description="日付 / the date")
    start: int | None = Field(
        None,
        description="開始(0時からの分)。なければいつでも / the start in minutes after midnight; null: any",
    )
    named: tuple[str, ...] = Field((), description="部屋と職員の名前 / the names of its rooms and members")

    @property
    def sentence(self) -> Text:
        """The date, the start, the rooms and members."""
        at = "" if self.start is None else f" {clock(self.start)}"
        units = f" {'・'.join(self.named)}" if self.named else ""
        day = day_text(self.day)
        return Text(f"{day.ja}{at}{units} に行う", f"on {day.en}{at}{units}")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Ask for a session there that takes what is named."""
        of = {unit: resource for resource in model.problem.resources for unit in resource.units}
        resources = [of[unit].id for unit in self.named]
        for series in posted.series:
            starts = series.starts if self.start is None else (self.start,)
            model.hold(posted, series, [(self.day, start) for start in starts], resources)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look for the session."""
        for series in posted.series:
            sessions = case.schedule.of_series([series])
            if not any(self._is_it(session, case) for session in sessions):
                yield Breach(_BREACH.fill(who=series.name, rule=self.sentence), period=(self.day, self.day))

    def _is_it(self, session: Session, case: Case) -> bool:
        if session.day != self.day or self.start not in (None, session.start):
            return False
        taken, named = (
            Counter(case.resource_of[unit].id for unit in units)
            for units in (case.taken(session), self.named)
        )
        return bool(session.held_with) or named <= taken


_BREACH = Text("{who}: {rule} はずの回がありません", "{who}: no session {rule}")
