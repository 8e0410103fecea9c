"""A room in which a programme is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import days_within, show_days
from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import DaysField
from ksolve.text import Text


class HeldIn(Rule):
    """Every session (on these `days`, where they are given) takes the named room among those that it needs.

    The room is one of those that its kind of session allows. A session held together with another has the
    other's room, and is not counted. One unit of breach is one session elsewhere.
    """

    title: ClassVar[Text] = Text("行う部屋", "Held in")
    japanese: ClassVar[str] = (
        "各回(days を書けばその日の回)を、回の種類で使える部屋のうちのこの部屋で行います。"
        "ほかの回と併せて実施する回は相手の部屋なので数えません。違反の一単位は、ほかの部屋の1回です。"
    )
    example: ClassVar[str] = "{rule: held_in, room: koza, tier: rooms, programmes: kyoshitsu}"
    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "relates"

    rule: Literal["held_in"] = "held_in"
    room: str = Field(
        description=(
            "部屋のid、またはいくつかあるうちの一つの名前(相談室2) / the room's id, or the name of one of "
            "several"
        ),
        examples=["koza", "相談室2"],
    )
    days: tuple[DaysField, ...] = Field(
        (),
        description="この日の回だけ。書かなければすべての回 / on these days only; none: all",
        examples=[["6/12"]],
    )

    @property
    def units(self) -> tuple[str, ...]:
        """The room."""
        return (self.room,)

    @property
    def sentence(self) -> Text:
        """The room, and the days."""
        if not self.days:
            return Text(f"{self.room} で行う", f"held in {self.room}")
        days = show_days(self.days)
        return Text(f"{days}は {self.room} で行う", f"held in {self.room} on {days}")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Let every session of these days take the room."""
        days = days_within(self.days, model.problem.year) if self.days else None
        for series in posted.series:
            model.take(posted, series, self.room, days)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look for the room, or one of its pool, among those of each session."""
        days = set(days_within(self.days, case.problem.year)) if self.days else None
        for session in case.sessions(posted):
            if session.held_with or (days is not None and session.day not in days):
                continue
            taken = case.taken(session)
            if not any(self.room in (unit, case.resource_of[unit].pool) for unit in taken):
                rooms = "・".join(session.rooms) or "-"
                text = _BREACH.fill(session=case.label(session), rooms=rooms, room=self.room)
                yield Breach(text, (session,))


_BREACH = Text(
    "{session}: 部屋は {rooms} で、{room} ではありません", "{session}: held in {rooms}, not in {room}"
)
