"""週ごとの平準化: no week has much more than its share of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from math import ceil
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.periods import monday_of
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class LevelWeeks(Rule):
    """No week holds more than `percent` of its share of the year's sessions, rounded up.

    A week's share goes by its open days: a week of five days out of 290 has 5/290 of the sessions.
    Quiet days do not count. A week begins on Monday. One unit of breach is one session more.
    """

    title: ClassVar[Text] = Text("週ごとの平準化", "Level weeks")
    japanese: ClassVar[str] = (
        "どの週も、一年の回数を開館日に均等に割り当てたときの percent(%)まで(端数は切り上げ)にします。"
        "一年の開館日が290日なら、5日開く週の割り当ては5/290です。避けたい日(quiet)は数えません。"
        "週は月曜に始まります。違反の一単位は、超えた1回です。"
    )
    example: ClassVar[str] = "{rule: level_weeks, sessions: 460}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    joint: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.LEVEL

    rule: Literal["level_weeks"] = "level_weeks"
    sessions: int = Field(ge=1, description="一年の回数 / sessions in the year", examples=[460])
    percent: int = Field(
        115, ge=100, le=1000, description="割り当ての何%までか / up to how much of the share", examples=[115]
    )

    @property
    def sentence(self) -> Text:
        """The share."""
        return Text(
            f"どの週も、年{self.sessions}回の開館日ごとの割り当ての{self.percent}%まで",
            f"no week above {self.percent} % of its share of {self.sessions} sessions a year",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound each week by what its usual days allow."""
        year, calendar = model.problem.year, model.problem.calendar
        usual = [day for day in year.days if calendar.is_usual(day)]
        for _, week in groupby(year.days, key=monday_of):
            days = list(week)
            share = self.percent * self.sessions * sum(calendar.is_usual(day) for day in days)
            model.count(posted, posted.series, (days, 0, -(-share // (100 * max(1, len(usual))))))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count the sessions of each week, and the usual days from its Monday to its Sunday."""
        calendar = case.problem.calendar
        usual = {day for day in case.problem.year.days if calendar.is_usual(day)}
        each = Fraction(self.percent * self.sessions, 100 * max(1, len(usual)))
        held = Counter(s.day - timedelta(days=s.day.weekday()) for s in case.sessions(posted))
        for monday, count in sorted(held.items()):
            most = ceil(each * len(usual & _week(monday)))
            if count > most:
                values = {"first": day_text(monday), "held": count, "most": most}
                period = (monday, monday + timedelta(days=6))
                yield Breach(_BREACH.fill(**values, rule=self.sentence), (), count - most, period)


def _week(monday: date) -> set[date]:
    return {monday + timedelta(days=n) for n in range(7)}


_BREACH = Text(
    "{first} からの週に{held}回 (規則: {rule}、この週は{most}回)",
    "{held} in the week of {first} (wanted: {rule}, here {most})",
)
