"""One programme after another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from ksolve.calendar import show_day
from ksolve.problem import Binding, Series
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.spelling import misspelled
from ksolve.text import Text, counted


class InOrder(Rule):
    """The programmes follow one another in the order named, at least `days` days apart.

    With `each`, the first session of one comes after the first of the one before, the second
    after its second, and so on; without, it begins after all of the one before have been held.
    One unit of breach is one session that is too early, or that with `each` has none to follow.
    """

    title: ClassVar[Text] = Text("順序", "Order")
    japanese: ClassVar[str] = (
        "これらの事業を、書かれた順に、この日数以上あけて行います。each なら、"
        "後の事業の1回目は前の事業の1回目の後、2回目は2回目の後、というようにします。"
        "そうでなければ、前の事業がすべて終わってから始めます。違反の一単位は、早すぎる1回"
        "(each では、対応する前の回のない1回も)です。"
    )
    example: ClassVar[str] = "{rule: in_order, programmes: [setsumeikai, koshukai], days: 7}"

    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "relates"
    loosened: ClassVar[tuple[str, int] | None] = ("days", -1)
    joint: ClassVar[bool] = True

    rule: Literal["in_order"] = "in_order"
    days: int = Field(
        1,
        ge=0,
        le=365,
        description="前の事業から後の事業までの最小の日数 / fewest days between",
        examples=[7],
    )
    each: bool = Field(
        default=False,
        description="回ごとの順(1回目の後に1回目)とする / session by session, not programme by programme",
    )

    @model_validator(mode="after")
    def _several(self) -> InOrder:
        if len(self.programmes) < 2:
            raise misspelled(_SEVERAL)
        return self

    @property
    def sentence(self) -> Text:
        """The order and the lag."""
        apart = counted(self.days, "day")
        if self.each:
            return Text(
                f"回ごとに{self.days}日以上あけて、順に行う", f"in order, session by session, {apart} apart"
            )
        return Text(
            f"前の事業がすべて終わってから{self.days}日以上あけて、順に行う",
            f"in order, one after the other, {apart} apart",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Let each programme follow the one before it."""
        for first, then in pairwise(self._parts(posted)):
            model.follow(posted, first, then, self.days, each=self.each)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare each session with the one that it must follow."""
        for first, then in pairwise(self._parts(posted)):
            before, after = case.within.of_series(first), case.within.of_series(then)
            for number, session in enumerate(after):
                if not self.each and not before:
                    continue
                last = self._leader(before, number)
                if last is None or session.day < last.day + timedelta(days=self.days):
                    ahead = show_day(last.day) if last else "-"
                    text = _BREACH.fill(session=case.label(session), ahead=ahead, rule=self.sentence)
                    yield Breach(text, (last, session) if last else (session,))

    def _leader(self, before: tuple[Session, ...], number: int) -> Session | None:
        """Return the session that the so-manieth must follow; None where there is none to follow."""
        place = number if self.each else len(before) - 1
        return before[place] if place < len(before) else None

    def _parts(self, posted: Binding) -> list[tuple[Series, ...]]:
        """Return the series of each programme, component or group that is named."""
        return [
            tuple(s for s in posted.series if name in {s.programme, f"{s.programme}.{s.component}", s.id})
            for name in self.programmes
        ]


_SEVERAL = Text("programmes に二つ以上の事業を順に書いてください", "name two programmes or more, in order")
_BREACH = Text(
    "{session}: 前の回 {ahead} の後ではありません (規則: {rule})",
    "{session}: not after the one before, {ahead} (wanted: {rule})",
)
