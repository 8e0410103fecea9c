"""Time to clear and set up between two sessions in a room, or of a member of staff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding, Setting
from ksolve.problem.case import Breach, Case, UnitLimits
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class Turnaround(Rule):
    """From the end of a session to the next that uses the same room or member there are `minutes` minutes.

    Sessions held together are one. Of a room or pool with several units each is looked at by
    itself. One unit of breach is one session that begins too soon after another of that day.
    """

    title: ClassVar[Text] = Text("片付け・準備の時間", "Turnaround")
    japanese: ClassVar[str] = (
        "同じ部屋・職員を使う回の終わりから次の回の始めまで、この分数を空けます(片付け・準備・移動)。"
        "併せて実施する回は1回と数えます。同じ種類の部屋や職種の人が複数あれば、一つ(一人)ずつ見ます。"
        "違反の一単位は、その日の前の回から早すぎる1回です。"
    )
    example: ClassVar[str] = "{rule: turnaround, of: 会議室, minutes: 30}"

    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "limits"
    loosened: ClassVar[tuple[str, int] | None] = ("minutes", -5)
    joint: ClassVar[bool] = True
    each_unit: ClassVar[bool] = True

    rule: Literal["turnaround"] = "turnaround"
    of: str = Field(
        description=(
            "部屋・職種のid、または部屋・職員の名前 / id of a room or pool, or name of a room or member"
        ),
        examples=["会議室"],
    )
    minutes: int = Field(ge=1, le=1440, description="空ける分数 / minutes between them", examples=[30])

    @property
    def units(self) -> tuple[str, ...]:
        """The room or member, or the pool of which each is meant."""
        return (self.of,)

    @property
    def sentence(self) -> Text:
        """The minutes, and what they are kept free in."""
        return Text(
            f"{self.of} は回の間に{self.minutes}分空ける",
            f"{self.of}: {self.minutes} minutes between sessions",
        )

    def limit_units(self, posted: Binding, problem: Setting, limits: UnitLimits) -> None:
        """The minutes of each unit, where the rule is hard."""
        pool = [unit for one in problem.of_pool(self.of) for unit in one.units]
        for unit in (pool or [self.of]) if posted.tier is None else ():
            limits.between[unit] = max(limits.between.get(unit, 0), self.minutes)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Keep the uses of each unit apart."""
        for resource in model.problem.named(self.units):
            model.turn_around(posted, posted.series, resource.units[0], self.minutes)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look back from each session of a unit to those that ended before it on its day."""
        for unit, users in case.uses(posted, self.units):
            for session in users:
                before = [u for u in users if u.day == session.day and u.end <= session.start]
                last = max(before, key=lambda user: user.end, default=None)
                if last and session.start < last.end + self.minutes:
                    gap = session.start - last.end
                    names = {"session": case.label(session), "last": case.label(last), "unit": unit}
                    text = _BREACH.fill(**names, gap=gap, minutes=self.minutes)
                    yield Breach(text, (last, session))


_BREACH = Text(
    "{session}: {unit} は {last} が終わってから{gap}分しかありません({minutes}分必要です)",
    "{session}: {unit} has {gap} minutes after {last}, not {minutes}",
)
