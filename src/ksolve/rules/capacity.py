"""No room or member of staff is used twice at once, or while it is not available."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding, Resource, Setting
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class Capacity(Rule):
    """At every moment of a day at most as many units of a room or pool are in use as are there.

    One unit of breach is one pair of sessions that share a unit, or one session with a unit
    that is absent.
    """

    title: ClassVar[Text] = Text("部屋と職員の数", "Capacity")
    japanese: ClassVar[str] = (
        "一日のどの時刻でも、使っている部屋・職員がある数を超えません。違反の一単位は、"
        "同じ部屋・職員を使う二つの回、または休みの部屋・職員を使う一つの回です。"
    )

    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "limits"
    joint: ClassVar[bool] = True
    always_hard: ClassVar[bool] = True

    rule: Literal["capacity"] = "capacity"
    pool: str = Field(description="部屋・職種のid / the id of the room or staff pool")

    @property
    def sentence(self) -> Text:
        """The pool that is bounded."""
        return Text(f"{self.pool} を同じ時間に二重に使わない", f"{self.pool} is never used twice at once")

    def said(self, posted: Binding, problem: Setting) -> Text:
        """Return how many units there are."""
        pool = problem.of_pool(self.pool)
        units = sum(len(resource.units) for resource in pool)
        return (_ROOMS if pool[0].kind == "room" else _MEMBERS).fill(units=units)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the use of each resource of the pool at every moment."""
        for resource in model.problem.of_pool(self.pool):
            model.capacity(posted, resource)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Follow each unit by name through the sessions that use it."""
        for resource in case.problem.of_pool(self.pool):
            for unit in resource.units:
                users = case.users.get(unit, ())
                yield from _absences(unit, users, resource, case)
                yield from _clashes(unit, users, case)


def _absences(unit: str, users: Sequence[Session], resource: Resource, case: Case) -> Iterator[Breach]:
    for session in users:
        if not any(a <= session.start and session.end <= b for a, b in resource.hours(session.day)):
            yield Breach(_ABSENT[resource.kind].fill(session=case.label(session), unit=unit), (session,))


def _clashes(unit: str, users: Sequence[Session], case: Case) -> Iterator[Breach]:
    """Name each session that begins while another has the unit; users come in order of date and start."""
    for _, of_day in groupby(users, key=lambda session: session.day):
        last: Session | None = None
        for session in of_day:
            if last is not None and last.overlaps(session):
                text = _CLASH.fill(first=case.label(last), second=case.label(session), unit=unit)
                yield Breach(text, (last, session))
            if last is None or session.end > last.end:
                last = session


_ROOMS = Text("同時に使えるのは{units}室まで", "at most {units} at the same time")
_MEMBERS = Text("同時に担当できるのは{units}人まで", "at most {units} at the same time")
_ABSENT = {
    "room": Text("{session}: {unit} はこの時間には使えません", "{session}: {unit} is not available then"),
    "staff": Text(
        "{session}: {unit} はこの時間には勤務していません", "{session}: {unit} is not at work then"
    ),
}
_CLASH = Text(
    "{first} と {second} が同じ時間に {unit} を使います", "{first} and {second} use {unit} at the same time"
)
