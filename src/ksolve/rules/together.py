"""併せて実施: sessions of one programme on the dates of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text, counted


class Together(Rule):
    """`sessions` sessions of the first series, or all of them, fall on the dates of the second.

    With `shared` just so many begin together and share room and staff; without, at least so
    many fall on the same day. One unit of breach is one session too few or too many.
    """

    title: ClassVar[Text] = Text("併せて実施", "Held together")
    japanese: ClassVar[str] = (
        "一つ目の系列の sessions 回(書かなければすべての回)を、二つ目の系列の回の日に行います。shared なら、"
        "ちょうどその回数が同じ時刻に始まり、部屋と職員を共にします。そうでなければ、"
        "その回数以上が同じ日にあります。違反の一単位は、足りないか多すぎる1回です。"
    )

    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "demands"
    joint: ClassVar[bool] = True
    permits: ClassVar[bool] = True

    rule: Literal["together"] = "together"
    sessions: int | None = Field(
        None,
        ge=1,
        description=(
            "併せて実施する回数。書かなければすべての回 / how many sessions are held together; null: all"
        ),
        examples=[2],
    )
    shared: bool = Field(default=True, description="同じ時刻・部屋・職員 / same start, same room, same staff")

    @property
    def sentence(self) -> Text:
        """How many are held together, and whether they share."""
        which = Text("すべての回", "all sessions")
        if self.sessions:
            which = Text(f"{self.sessions}回", counted(self.sessions, "session"))
        return Text(
            f"{which.ja}を併せて実施する" + ("(同じ時刻・部屋・職員)" if self.shared else "(同じ日)"),
            f"{which.en} held together" + (" (same start, room, staff)" if self.shared else " (same day)"),
        )

    @property
    def shares(self) -> bool:
        """Whether room and staff are the host's."""
        return self.shared

    def post(self, posted: Binding, model: Verbs) -> None:
        """Let the guest's sessions coincide with the host's."""
        guest, host = posted.series
        model.coincide(posted, guest, host, self.sessions, shared=self.shared)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count the guest's sessions that have a session of the host beside them."""
        guest, host = posted.series
        guests, hosts = case.within.of_series([guest]), case.within.of_series([host])
        if self.shared:
            ids = {session.id: session for session in hosts}
            paired = [
                s for s in guests if (h := ids.get(s.held_with)) and (s.day, s.start) == (h.day, h.start)
            ]
        else:
            dates = {session.day for session in hosts}
            paired = [s for s in guests if s.day in dates]
        wanted = len(guests) if self.sessions is None else self.sessions
        missing = wanted - len(paired)
        if missing > 0 or (self.shared and missing < 0):
            alone = tuple(s for s in guests if s not in paired)
            text = _BREACH.fill(guest=guest.name, host=host.name, wanted=wanted, found=len(paired))
            yield Breach(text, alone or guests, abs(missing))


_BREACH = Text(
    "{guest} は{wanted}回を {host} と併せて実施するはずですが{found}回です",
    "{guest}: {wanted} of its sessions should be held together with {host}, {found} are",
)
