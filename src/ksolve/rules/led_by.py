"""A named member of staff leads a programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding, Setting
from ksolve.problem.case import Breach, Case, UnitLimits
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class LedBy(Rule):
    """Every session has the named member among the staff that it needs.

    A session held together with another has the other's staff, and is not counted. One unit of
    breach is one session without the member.
    """

    title: ClassVar[Text] = Text("担当の職員", "Led by")
    japanese: ClassVar[str] = (
        "各回の、その回に必要な職員の中に、この職員がいます。ほかの回と併せて実施する回は、相手の職員が行うので数えません。"
        "違反の一単位は、この職員のいない1回です。"
    )
    example: ClassVar[str] = "{rule: led_by, member: 田中, programmes: kyoshitsu}"
    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "relates"

    rule: Literal["led_by"] = "led_by"
    member: str = Field(description="職員の名前 / the member's name", examples=["田中"])

    @property
    def units(self) -> tuple[str, ...]:
        """The member."""
        return (self.member,)

    @property
    def sentence(self) -> Text:
        """The member's name."""
        return Text(f"{self.member} が担当する", f"led by {self.member}")

    def limit_units(self, posted: Binding, problem: Setting, limits: UnitLimits) -> None:
        """Who leads each series."""
        for series in posted.series:
            limits.leaders[series.id].add(self.member)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Let every session take the member."""
        for series in posted.series:
            model.take(posted, series, self.member)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look for the name among each session's staff."""
        for session in case.sessions(posted):
            if not session.held_with and self.member not in case.taken(session):
                staff = "・".join(session.staff) or "-"
                text = _BREACH.fill(session=case.label(session), staff=staff, member=self.member)
                yield Breach(text, (session,))


_BREACH = Text(
    "{session}: 職員は {staff} で、{member} が入っていません", "{session}: led by {staff}, not by {member}"
)
