"""At least so many hours from the sessions of a day to those of later days, for a member of staff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class MinRest(Rule):
    """From the end of a member's session to the start of one on a later day there are `hours` hours.

    Sessions of one day are not looked at (see `turnaround`). Of a pool each member is looked at by itself;
    sessions held together are one. One unit of breach is one session that begins too soon.
    """

    title: ClassVar[Text] = Text("勤務の間隔", "Minimum rest")
    japanese: ClassVar[str] = (
        "この職員の回の終わりから、次の日以後の回の始めまで、この時間数を空けます。同じ日の回どうしは見ません(turnaround)。"
        "職種は一人ずつ見ます。併せて実施する回は1回と数えます。違反の一単位は、早すぎる1回です。"
    )
    example: ClassVar[str] = "{rule: min_rest, of: 田中, hours: 11}"

    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "limits"
    loosened: ClassVar[tuple[str, int] | None] = ("hours", -1)
    joint: ClassVar[bool] = True
    each_unit: ClassVar[bool] = True

    rule: Literal["min_rest"] = "min_rest"
    of: str = Field(
        description="職種のid、または職員の名前 / id of a pool, or name of a member", examples=["田中"]
    )
    hours: int = Field(ge=1, le=72, description="空ける時間 / hours between them", examples=[11])

    @property
    def units(self) -> tuple[str, ...]:
        """The member, or the pool of which each is meant."""
        return (self.of,)

    @property
    def sentence(self) -> Text:
        """The hours, and whom they are for."""
        return Text(
            f"{self.of} は次の日の回まで{self.hours}時間空ける",
            f"{self.of}: {self.hours} hours to the sessions of later days",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Keep the sessions of each unit on different days apart."""
        for resource in model.problem.named(self.units):
            model.rest(posted, posted.series, resource.units[0], self.hours * 60)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look back from each session of a unit to those of earlier days."""
        for unit, users in case.uses(posted, self.units):
            for session in users:
                before = [user for user in users if user.day < session.day]
                last = max(before, key=_end, default=None)
                gap = _start(session) - _end(last) if last else timedelta.max
                if last and gap < timedelta(hours=self.hours):
                    shown = {"session": case.label(session), "last": case.label(last), "unit": unit}
                    hours = f"{gap / timedelta(hours=1):g}"
                    text = _BREACH.fill(**shown, gap=hours, hours=self.hours)
                    yield Breach(text, (last, session))


def _start(session: Session) -> datetime:
    return datetime.combine(session.day, time()) + timedelta(minutes=session.start)


def _end(session: Session) -> datetime:
    return datetime.combine(session.day, time()) + timedelta(minutes=session.end)


_BREACH = Text(
    "{session}: {unit} は {last} が終わってから{gap}時間しかありません({hours}時間必要です)",
    "{session}: {unit} has {gap} hours after {last}, not {hours}",
)
