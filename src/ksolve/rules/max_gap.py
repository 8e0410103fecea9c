"""At most so many days from one session to the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class MaxGap(Rule):
    """From one session of a series to the next there are at most `days` days.

    Nothing is said of the time before the first and after the last. One unit of breach is one
    gap that is too long.
    """

    title: ClassVar[Text] = Text("あけすぎない", "Maximum gap")
    japanese: ClassVar[str] = (
        "一つの系列の回から次の回までを、この日数以内にします。最初の回の前と最後の回の後のことは問いません。"
        "違反の一単位は、長すぎる一つの間隔です。"
    )
    example: ClassVar[str] = "{rule: max_gap, days: 45, programmes: sodan}"
    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "relates"
    loosened: ClassVar[tuple[str, int] | None] = ("days", 1)

    rule: Literal["max_gap"] = "max_gap"
    days: int = Field(
        ge=1,
        le=365,
        description="回から次の回までの最大の日数 / most days from one session to the next",
        examples=[45],
    )

    @property
    def sentence(self) -> Text:
        """The gap."""
        return Text(f"次の回まで{self.days}日以内", f"at most {self.days} days to the next session")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Ask for a session soon after each that is not the last."""
        for series in posted.series:
            model.close(posted, series, self.days)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Measure the gaps between the dates, one after the other."""
        for series in posted.series:
            sessions = case.within.of_series([series])
            for before, after in pairwise(sorted(sessions, key=lambda session: session.day)):
                gap = (after.day - before.day).days
                if gap > self.days:
                    text = _BREACH.fill(
                        who=series.name,
                        first=day_text(before.day),
                        last=day_text(after.day),
                        gap=gap,
                        rule=self.sentence,
                    )
                    yield Breach(text, (before, after), period=(before.day, after.day))


_BREACH = Text(
    "{who}: {first} から {last} まで{gap}日あいています (規則: {rule})",
    "{who}: {gap} days from {first} to {last} (wanted: {rule})",
)
