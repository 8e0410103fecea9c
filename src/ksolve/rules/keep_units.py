"""Sessions that stay where they were keep their rooms, or their staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text

Kept = tuple[date, int, tuple[str, ...]]
"""A date, a start in minutes after midnight, and the rooms (or members) of the session there."""


class KeepUnits(Rule):
    """A session that keeps the date and start of a baseline keeps its rooms, or its staff, as well.

    Rooms and members that are alike (the same hours, seats, skills, and named by no rule) stand for one
    another. Where the baseline names fewer than a session needs, these are kept. One unit of breach is one
    session without one of them; one that is held together with another's follows that one and costs nothing.
    """

    title: ClassVar[Text] = Text("部屋・職員を変えない", "Keep rooms and staff")
    japanese: ClassVar[str] = (
        "元の予定と同じ日時の回は、部屋(または職員)も同じにします。勤務時間や定員などが同じで、"
        "規則に名前の出ないものどうしは区別しません。"
        "元の予定に必要な数より少なく書いてあれば、書いてあるものを守ります。"
        "違反の一単位は、そのどれかが外れた1回です。併せて実施する回は相手に従い、数えません。"
    )

    chapter: ClassVar[Chapter] = Chapter.KEEPING
    does: ClassVar[Does] = "relates"
    usual: ClassVar[Tier | None] = Tier.ROOMS

    rule: Literal["keep_units"] = "keep_units"
    of: Literal["room", "staff"] = Field(description="何を変えないか / what is kept")
    kept: tuple[Kept, ...] = Field(
        description=(
            "元の予定の日付・開始(0時からの分)・部屋または職員の名前 / the baseline's dates, starts (minutes "
            "after midnight) and the names of its rooms or members"
        )
    )

    @property
    def sentence(self) -> Text:
        """What is kept."""
        if self.of == "room":
            return Text("動かない回は部屋も変えない", "sessions that do not move keep their rooms")
        return Text("動かない回は職員も変えない", "sessions that do not move keep their staff")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Prefer the baseline's rooms or members, as far as they can be told apart."""
        of = {unit: resource for resource in model.problem.resources for unit in resource.units}
        kept = {
            (day, start): Counter(of[unit].id for unit in units if unit in of)
            for day, start, units in self.kept
        }
        for series in posted.series:
            model.prefer_units(posted, series, kept)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare the rooms or members of each unmoved session with the baseline's."""
        before = {(day, start): units for day, start, units in self.kept}
        for session in case.sessions(posted):
            kept = before.get((session.day, session.start))
            if kept is None or session.held_with:
                continue
            named = session.rooms if self.of == "room" else session.staff
            lost = _alike(kept, case) - _alike(case.taken(session), case)
            if lost:
                text = _ROOM if self.of == "room" else _STAFF
                yield Breach(
                    text.fill(session=case.label(session), units="・".join(named) or "-"), (session,)
                )


def _alike(units: tuple[str, ...], case: Case) -> Counter[str]:
    """Count units by the group of those that stand for one another; a name nobody knows is in none."""
    return Counter(case.resource_of[unit].id for unit in units if unit in case.resource_of)


_ROOM = Text(
    "{session}: 元の予定と違う部屋({units})です", "{session}: in another room ({units}) than in the baseline"
)
_STAFF = Text(
    "{session}: 元の予定と違う職員({units})です", "{session}: with other staff ({units}) than in the baseline"
)
