"""Sessions spread evenly over the year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.frequency import EVERY_MONTH
from ksolve.periods import days_of_months
from ksolve.problem import Posted, Tier
from ksolve.rules.base import Breach, Case, Rule, Verbs
from ksolve.spelling import MonthsField
from ksolve.text import Text


class EvenPace(Rule):
    """By the end of each month as many sessions as an even pace would have reached, rounded.

    With 4 sessions in 12 months: none or one by the end of April, just one by the end of June.
    One unit of breach is one session that is one month early or late.
    """

    title: ClassVar[Text] = Text("均等な配分", "Even spread")
    japanese: ClassVar[str] = (
        "月末ごとの累計が、均等に進めたときの回数(端数は切り上げか切り捨て)になるようにします。"
        "違反の一単位は、1回が1か月早いか遅いことです。"
    )
    example: ClassVar[str] = "{rule: even_pace, tags: spread}"

    joint: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.SPREAD

    rule: Literal["even_pace"] = "even_pace"
    sessions: int = Field(
        0,
        ge=0,
        description="全体の回数。0なら実施回数のとおり / sessions in all; 0: as the frequency says",
        examples=[20],
    )
    months: MonthsField = Field(EVERY_MONTH, description="配分する月 / the months over which they are spread")

    @property
    def sentence(self) -> Text:
        """The pace."""
        return Text(
            f"{self.sessions}回を{self.months}に均等に置く",
            f"{self.sessions} sessions evenly over {self.months.english}",
        )

    def post(self, posted: Posted, model: Verbs) -> None:
        """Bound the running count at the end of each month."""
        months = self.months.values
        periods = [days_of_months((month,), model.problem.year) for month in months]
        bounds = [
            (self.sessions * reached // len(months), -(-self.sessions * reached // len(months)))
            for reached in range(1, len(months) + 1)
        ]
        model.pace(posted, posted.series, periods, bounds)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Compare the running count with the even share, month by month."""
        held = 0
        for reached, month in enumerate(self.months.values, start=1):
            held += sum(session.day.month == month for session in case.sessions(posted))
            share = self.sessions * reached / len(self.months.values)
            ahead, behind = held - share, share - held
            off = int(max(ahead, behind)) if max(ahead, behind) >= 1 else 0
            if off:
                text = _BREACH.fill(who=posted.who, month=month, held=held, share=f"{share:.1f}")
                yield Breach(text, (), off)


_BREACH = Text(
    "{who}: {month}月末で{held}回 (均等なら{share}回)",
    "{who}: {held} by the end of month {month} (even: {share})",
)
