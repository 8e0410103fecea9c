"""避けたい日: no sessions on days that centres avoid although they are open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import days_within, show_days
from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import DaysField
from ksolve.text import Text


class QuietDays(Rule):
    """No session falls on days that are avoided although the centre is open.

    The usual wishes ask this with the days under `quiet` in the calendar: お盆, the first days of
    April, those beside Golden Week and the turn of the year, the last days of March. One unit of breach
    is one session on such a day.
    """

    title: ClassVar[Text] = Text("避けたい日", "Quiet days")
    japanese: ClassVar[str] = (
        "開館していても避けたい日には行いません。通常の希望(wishes)は、calendar の quiet に書いた日"
        "(お盆、4月の初め、大型連休と年末年始の前後、3月の末)についてこれを望みます。"
        "違反の一単位は、そのような日の1回です。"
    )
    example: ClassVar[str] = '{rule: quiet_days, days: ["8/13〜8/16"], programmes: hiroba}'

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    usual: ClassVar[Tier | None] = Tier.QUIET

    rule: Literal["quiet_days"] = "quiet_days"
    days: tuple[DaysField, ...] = Field(
        min_length=1, description="避けたい日 / the days avoided", examples=[["8/13〜8/16"]]
    )

    @property
    def sentence(self) -> Text:
        """The days."""
        days = show_days(self.days)
        return Text(f"{days} を避ける", f"not on {days}")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Cost each candidate on the days."""
        days = frozenset(days_within(self.days, model.problem.year))
        for series in posted.series:
            model.forbid(posted, series, days)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare each session's date with the ends of each stretch."""
        year = case.problem.year
        spans = [(first.within(year), last.within(year)) for first, last in self.days]
        for session in case.sessions(posted):
            if any(first <= session.day <= last for first, last in spans):
                yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))


_BREACH = Text("{session}: 避けたい日です (規則: {rule})", "{session}: on a quiet day (wanted: {rule})")
