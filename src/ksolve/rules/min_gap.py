"""At least so many days between two sessions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text, counted


class MinGap(Rule):
    """Two sessions of a series lie at least `days` days apart: 7 allows the same weekday a week later.

    One unit of breach is one pair of sessions that lie closer.
    """

    title: ClassVar[Text] = Text("間隔をあける", "Minimum gap")
    japanese: ClassVar[str] = (
        "一つの系列の回と回の間を、この日数以上あけます。"
        "7日なら翌週の同じ曜日はよいことになります。違反の一単位は、近すぎる二つの回です。"
    )
    example: ClassVar[str] = "{rule: min_gap, days: 14, programmes: kyoshitsu}"
    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "limits"
    loosened: ClassVar[tuple[str, int] | None] = ("days", -1)

    rule: Literal["min_gap"] = "min_gap"
    days: int = Field(
        ge=1,
        le=365,
        description="回から次の回までの最小の日数 / fewest days from one session to the next",
        examples=[14],
    )

    @property
    def sentence(self) -> Text:
        """The gap."""
        return Text(
            f"回と回の間を{self.days}日以上あける", f"at least {counted(self.days, 'day')} between sessions"
        )

    @property
    def days_apart(self) -> int:
        """The gap."""
        return self.days

    def post(self, posted: Binding, model: Verbs) -> None:
        """Keep any two sessions apart."""
        model.spaced(posted, posted.series, self.days)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare each session with the one before it, and count all that lie too near before it."""
        sessions = case.sessions(posted)
        days = [session.day for session in sessions]
        for at, second in enumerate(sessions):
            near = at - bisect_right(days, second.day - timedelta(days=self.days), hi=at)
            if near:
                first = sessions[at - 1]
                gap = (second.day - first.day).days
                text = _BREACH.fill(
                    first=case.label(first), second=case.label(second), gap=gap, days=self.days
                )
                yield Breach(text, (first, second), amount=near)


_BREACH = Text(
    "{first} と {second} の間は{gap}日です (規則: {days}日以上)",
    "{first} and {second} are {gap} days apart (wanted: at least {days})",
)
