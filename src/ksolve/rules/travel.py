"""Time for a member of staff to get from one site to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.spelling import LISTED, misspelled
from ksolve.text import Text


class Travel(Rule):
    """From a session at one site to a member's next at the other there are `minutes` minutes.

    The site of a session is that of its rooms (`site` of a room), or that of its kind where it takes
    none. Sessions whose site is not known do not count. One unit of breach is one session that
    begins too soon after another at the other site.
    """

    title: ClassVar[Text] = Text("移動の時間", "Travel")
    japanese: ClassVar[str] = (
        "一方の拠点での回の終わりから、同じ職員のもう一方の拠点での回の始めまで、この分数を空けます。"
        "回の拠点は、使う部屋の site です(部屋を使わない回は回の種類の site)。"
        "拠点の分からない回は数えません。違反の一単位は、もう一方の拠点での回から早すぎる1回です。"
    )
    example: ClassVar[str] = "{rule: travel, of: [hokenshi, hoikushi], between: [本館, 分館], minutes: 30}"

    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "limits"
    loosened: ClassVar[tuple[str, int] | None] = ("minutes", -5)
    joint: ClassVar[bool] = True
    each_unit: ClassVar[bool] = True

    rule: Literal["travel"] = "travel"
    of: Annotated[tuple[str, ...], LISTED] = Field(
        min_length=1,
        description="職種のid、または職員の名前 / ids of pools, or names of members",
        examples=["hokenshi"],
    )
    between: tuple[str, ...] = Field(description="二つの拠点 / two sites", examples=[["本館", "分館"]])
    minutes: int = Field(ge=1, le=1440, description="移動の分数 / minutes on the way", examples=[30])

    @field_validator("between")
    @classmethod
    def _two(cls, between: tuple[str, ...]) -> tuple[str, ...]:
        if len(between) != len(set(between)) or len(between) != 2:
            raise misspelled(_SAME)
        return between

    @property
    def units(self) -> tuple[str, ...]:
        """The members, or the pools of which each is meant."""
        return self.of

    @property
    def sites(self) -> tuple[str, ...]:
        """Both sites."""
        return self.between

    @property
    def sentence(self) -> Text:
        """The sites, the minutes, and whom they are for."""
        here, there = self.between
        who = "・".join(self.of)
        return Text(
            f"{who} は {here} と {there} の間の移動に{self.minutes}分空ける",
            f"{who}: {self.minutes} minutes to get from {here} to {there} or back",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Keep each member's sessions at the two sites apart, both ways."""
        here, there = self.between
        for resource in model.problem.named(self.units):
            for sites in ((here, there), (there, here)):
                model.travel(posted, posted.series, resource.units[0], sites, self.minutes)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look back from each session of a member to those at the other site before it on its day."""
        for unit, users in case.uses(posted, self.units):
            sites = {session.id: self._sites(session, case) for session in users}
            for first, then in (self.between, self.between[::-1]):
                for session in users:
                    before = [
                        u
                        for u in users
                        if u.day == session.day and u.end <= session.start and first in sites[u.id]
                    ]
                    last = max(before, key=lambda user: user.end, default=None)
                    if last and then in sites[session.id] and session.start < last.end + self.minutes:
                        gap = session.start - last.end
                        names = {"session": case.label(session), "last": case.label(last), "unit": unit}
                        places = {"first": first, "then": then, "gap": gap, "minutes": self.minutes}
                        yield Breach(_BREACH.fill(**names, **places), (last, session))

    def _sites(self, session: Session, case: Case) -> set[str]:
        rooms = {unit: r.site for r in case.problem.resources if r.kind == "room" for unit in r.units}
        return {rooms.get(room, "") for room in session.rooms} or {case.series[session.series].site}


_SAME = Text("between には異なる二つの拠点を書いてください", "name two different sites in between")
_BREACH = Text(
    "{session}: {unit} は {first} の {last} が終わってから{gap}分で {then} に着けません(移動は{minutes}分)",
    "{session}: {unit} has {gap} minutes to get from {first} ({last}) to {then}, not {minutes}",
)
