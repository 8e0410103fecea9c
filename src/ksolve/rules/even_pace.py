"""Sessions spread evenly over the year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.frequency import EVERY_MONTH, Range
from ksolve.periods import days_of_months
from ksolve.problem import Posted, Tier
from ksolve.rules.base import Breach, Case, Rule, Verbs
from ksolve.spelling import MonthsField
from ksolve.text import Text, counted


class EvenPace(Rule):
    """By the end of each month as many sessions as an even pace would have reached, rounded.

    With 4 sessions in 12 months: none or one by the end of April, just one by the end of June.
    The months are those in which the programme may be held and the centre is open, or the
    `months` written here. One unit of breach is one session that is one month early or late.
    """

    title: ClassVar[Text] = Text("均等な配分", "Even spread")
    japanese: ClassVar[str] = (
        "月末ごとの累計が、均等に進めたときの回数(端数は切り上げか切り捨て)になるようにします。"
        "月は、その事業を行える(開館日のある)月か、ここに書いた months です。"
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
    most: int = Field(
        0,
        ge=0,
        description=(
            "全体の回数に幅があるときの最大。0なら sessions と同じ / "
            "the most, where the sessions in all may vary; 0: the same as sessions"
        ),
    )
    months: MonthsField | None = Field(
        None,
        description=(
            "配分する月。書かなければ、行える月 / "
            "the months over which they are spread; null: those in which it may be held"
        ),
    )

    @property
    def sentence(self) -> Text:
        """The pace."""
        count = Range(self.sessions, max(self.sessions, self.most))
        months = self.months or EVERY_MONTH
        return Text(
            f"{count}回を{months}に均等に置く",
            f"{counted(count.english, 'session')} evenly over {months.english}",
        )

    def post(self, posted: Posted, model: Verbs) -> None:
        """Bound the running count at the end of each month."""
        months = (self.months or EVERY_MONTH).values
        most = max(self.sessions, self.most)
        periods = [days_of_months((month,), model.problem.year) for month in months]
        bounds = [
            (self.sessions * reached // len(months), -(-most * reached // len(months)))
            for reached in range(1, len(months) + 1)
        ]
        model.pace(posted, posted.series, periods, bounds)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Compare the running count with the even share, month by month."""
        held = 0
        months = self.months.values if self.months else EVERY_MONTH.values
        for reached, month in enumerate(months, start=1):
            held += sum(session.day.month == month for session in case.sessions(posted))
            lowest, highest = (
                Fraction(total * reached, len(months))
                for total in (self.sessions, max(self.sessions, self.most))
            )
            off = int(max(held - highest, lowest - held))
            if off > 0:
                share = f"{float(highest if held > highest else lowest):.1f}"
                text = _BREACH.fill(who=posted.who, month=month, held=held, share=share)
                yield Breach(text, (), off)


_BREACH = Text(
    "{who}: {month}月末で{held}回 (均等なら{share}回)",
    "{who}: {held} by the end of month {month} (even: {share})",
)
