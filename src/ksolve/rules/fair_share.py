"""Sessions are shared out evenly among members of staff, or rooms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding, Setting
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import LISTED
from ksolve.text import Text


class FairShare(Rule):
    """Over the year, no member has more than `difference` sessions more than another of them.

    A session counts for the members that it needs, no more of them than it needs. One held together
    with another is its host's, and is not counted. One unit of breach is one session by which the
    most and the least differ too much.
    """

    title: ClassVar[Text] = Text("公平な分担", "Fair share")
    japanese: ClassVar[str] = (
        "これらの職員の一年の回数が、いちばん多い人といちばん少ない人とでこの数までしか違いません。"
        "その回に必要な職員だけを数えます。"
        "併せて実施する回は、相手の回として1回と数えます。違反の一単位は、差が大きすぎる1回です。"
    )
    example: ClassVar[str] = "{rule: fair_share, members: [田中, 鈴木], difference: 1, tier: level}"

    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "relates"
    loosened: ClassVar[tuple[str, int] | None] = ("difference", 1)
    joint: ClassVar[bool] = True
    each_unit: ClassVar[bool] = True

    rule: Literal["fair_share"] = "fair_share"
    members: Annotated[tuple[str, ...], LISTED] = Field(
        min_length=1,
        description="職員の名前、または職種のid(その全員) / members by name, or a pool for all of it",
        examples=[["田中", "鈴木"]],
    )
    difference: int = Field(1, ge=0, description="許す差 / the difference allowed", examples=[1])

    @property
    def units(self) -> tuple[str, ...]:
        """The members, or the pools of which each is meant."""
        return self.members

    @property
    def sentence(self) -> Text:
        """Who shares, and how evenly."""
        names = "・".join(self.members)
        return Text(
            f"{names} の回数の差は{self.difference}回まで",
            f"{names}: numbers of sessions differ by at most {self.difference}",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Keep the members' numbers of sessions within one band."""
        units: list[str] = []
        for name in self.members:
            found = [r.units[0] for r in model.problem.resources if r.pool == name or name in r.units]
            units += found or [name]  # in a part of a problem: somebody whom no session of it can take
        model.share_evenly(posted, posted.series, list(dict.fromkeys(units)), self.difference)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count each member's name in the schedule."""
        counts = dict.fromkeys(self._names(case.problem), 0)
        for session in case.sessions(posted):
            for name in set(case.taken(session)) & counts.keys() if not session.held_with else ():
                counts[name] += 1
        least, most = min(counts, key=counts.__getitem__), max(counts, key=counts.__getitem__)
        above = counts[most] - counts[least] - self.difference
        if above > 0:
            named = {"most": most, "high": counts[most], "least": least, "low": counts[least]}
            yield Breach(_BREACH.fill(**named, rule=self.sentence), amount=above)

    def _names(self, problem: Setting) -> tuple[str, ...]:
        pools: dict[str, list[str]] = {}
        for resource in problem.resources:
            pools.setdefault(resource.pool, []).extend(resource.units)
        return tuple(dict.fromkeys(unit for name in self.members for unit in pools.get(name, [name])))


_BREACH = Text(
    "{most} は{high}回、{least} は{low}回 (規則: {rule})",
    "{most} has {high} sessions, {least} has {low} (wanted: {rule})",
)
