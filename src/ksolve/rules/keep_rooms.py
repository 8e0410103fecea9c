"""Sessions that stay where they were stay in their room too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Posted, Tier
from ksolve.rules.base import Breach, Case, Rule, Verbs
from ksolve.text import Text


class KeepRooms(Rule):
    """A session that keeps the date and start of a baseline keeps its room as well.

    Rooms of one kind are alike. One unit of breach is one session in another kind of room;
    one that is held together with another's follows that one and costs nothing.
    """

    title: ClassVar[Text] = Text("部屋を変えない", "Keep rooms")
    japanese: ClassVar[str] = (
        "基準の予定と同じ日時の回は、部屋も同じ種類にします。違反の一単位は、"
        "ほかの種類の部屋の1回です。併せて実施する回は相手に従い、数えません。"
    )

    usual: ClassVar[Tier | None] = Tier.ROOMS

    rule: Literal["keep_rooms"] = "keep_rooms"
    kept: tuple[tuple[date, int, str], ...] = Field(
        description=(
            "基準の日付・開始(0時からの分)・部屋(id) / the baseline's dates, starts (minutes after "
            "midnight) and rooms (ids)"
        )
    )

    @property
    def sentence(self) -> Text:
        """The sentence has no parameter worth saying."""
        return Text("動かない回は部屋も変えない", "sessions that do not move keep their room")

    def post(self, posted: Posted, model: Verbs) -> None:
        """Prefer the baseline's rooms."""
        rooms = {(day, start): pool for day, start, pool in self.kept}
        for series in posted.series:
            model.prefer_room(posted, series, rooms)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Look up the kind of each unmoved session's room."""
        pools = {unit: resource.pool for resource in case.problem.resources for unit in resource.units}
        for session in case.sessions(posted):
            before = [pool for day, start, pool in self.kept if (day, start) == (session.day, session.start)]
            if before and not session.held_with and before[0] not in map(pools.get, session.rooms):
                text = _BREACH.fill(session=case.label(session), room="・".join(session.rooms))
                yield Breach(text, (session,))


_BREACH = Text(
    "{session}: 元の予定と違う部屋({room})です", "{session}: in another room ({room}) than in the baseline"
)
