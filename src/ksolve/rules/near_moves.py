"""A session that moves stays near its date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.frequency import Per
from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.periods import periods_of_year
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class NearMoves(Rule):
    """At the end of each week (Sunday) as many sessions have been held as in a baseline.

    One unit of breach is one session more or fewer at the end of one week: a session that moves by
    three weeks costs three.
    """

    title: ClassVar[Text] = Text("近い日へ動かす", "Near moves")
    japanese: ClassVar[str] = (
        "各週の終わり(日曜)までに行った回数を、基準の予定と同じにします。違反の一単位は、ある週の終わりに"
        "多い、または少ない1回です。3週間動いた回は3になります。"
    )

    chapter: ClassVar[Chapter] = Chapter.KEEPING
    does: ClassVar[Does] = "relates"
    usual: ClassVar[Tier | None] = Tier.NEARNESS

    rule: Literal["near_moves"] = "near_moves"
    kept: tuple[date, ...] = Field(description="基準の日付 / the baseline's dates")

    @property
    def sentence(self) -> Text:
        """The sentence has no parameter worth saying."""
        return Text("動く回は近い日へ", "what moves stays near its date")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the number of sessions up to the end of each week."""
        weeks = periods_of_year(Per.WEEK, model.problem.year)
        told = [sum(day <= days[-1] for day in self.kept) for days in weeks]
        for series in posted.series:
            model.pace(posted, [series], list(zip(weeks, told, told, strict=True)))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count the sessions up to each Sunday, and those of the baseline."""
        year = case.problem.year
        sundays = [day for day in year.days if day.weekday() == 6 or day == year.last]
        for series in posted.series:
            days = [session.day for session in case.schedule.of_series([series])]
            for sunday in sundays:
                held, told = (sum(day <= sunday for day in dates) for dates in (days, self.kept))
                if held != told:
                    text = _BREACH.fill(who=series.name, day=day_text(sunday), held=held, told=told)
                    yield Breach(text, amount=abs(held - told), period=(year.first, sunday))


_BREACH = Text(
    "{who}: {day} までに{held}回です (元の予定: {told}回)",
    "{who}: {held} held by {day} ({told} in the baseline)",
)
