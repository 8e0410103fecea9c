"""月の半ば: what is held a few times a year keeps away from the ends of its month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class MidMonth(Rule):
    """Sessions fall from the day `first` to the day `last` of their month.

    For programmes of which only the months are known. One unit of breach is one session before or after;
    the 1st and the last day of a month are two.
    """

    title: ClassVar[Text] = Text("月の半ば", "Middle of the month")
    japanese: ClassVar[str] = (
        "月の first 日から last 日までに行います。月しか決まっていない事業のための規則です。"
        "違反の一単位は、その前か後の1回です。1日と月の最後の日は二単位です。"
    )
    example: ClassVar[str] = "{rule: mid_month, first: 6, last: 25, programmes: kenshukai}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    usual: ClassVar[Tier | None] = Tier.LEVEL

    rule: Literal["mid_month"] = "mid_month"
    first: int = Field(6, ge=1, le=28, description="最初の日 / the first day", examples=[6])
    last: int = Field(25, ge=1, le=31, description="最後の日 / the last day", examples=[25])

    @property
    def sentence(self) -> Text:
        """The days."""
        return Text(
            f"月の{self.first}日から{self.last}日までに行う",
            f"from day {self.first} to {self.last} of the month",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Cost each date before and after, and the edges of the month once more."""
        days = model.problem.year.days
        outside = [day for day in days if not self.first <= day.day <= self.last]
        edges = [day for day in outside if day.day == 1 or _ends_month(day)]
        for series in posted.series:
            model.forbid(posted, series, frozenset(outside))
            model.forbid(posted, series, frozenset(edges))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look at the day of the month of each session, and at the month of the days beside it."""
        for session in case.sessions(posted):
            if session.day.day < self.first or session.day.day > self.last:
                beside = (session.day - timedelta(days=1), session.day + timedelta(days=1))
                amount = 2 if any(day.month != session.day.month for day in beside) else 1
                text = _BREACH.fill(session=case.label(session), rule=self.sentence)
                yield Breach(text, (session,), amount)


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


_BREACH = Text(
    "{session}: 月の半ばではありません (規則:  {rule})",
    "{session}: at the edge of its month (wanted: {rule})",
)
