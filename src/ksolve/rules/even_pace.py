"""Sessions spread evenly over the year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.frequency import EVERY_MONTH, Range
from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.periods import days_of_months
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import MonthsField
from ksolve.text import Text, counted


class EvenPace(Rule):
    """By the end of each month as many sessions as an even pace would have reached, rounded.

    With 4 sessions in 12 months: none or one by the end of April, just one by the end of June.
    The months are those in which the programme may be held and the centre is open, or the
    `months` written here. With `gaps`, any so many months in a row hold as many as an even share
    of them, rounded up or down: six a year come every other month, two half a year apart, and
    no two are close together while others are far apart. One unit of breach is one session too
    many or too few by the end of a month (in a row of months).
    """

    title: ClassVar[Text] = Text("均等な配分", "Even spread")
    japanese: ClassVar[str] = (
        "月末ごとの累計が、均等に進めたときの回数(端数は切り上げか切り捨て)になるようにします。"
        "月は、その事業を行える(開館日のある)月か、ここに書いた months です。gaps なら、どの続く何か月を"
        "とっても、均等な割り当て(端数は切り上げか切り捨て)になるようにします。年6回なら一月おき、年2回なら"
        "半年おきになり、間が詰まったり空いたりしません。"
        "違反の一単位は、ある月末まで(gaps なら、ある続く月)の回数の、1回の多すぎか少なすぎです。"
    )
    example: ClassVar[str] = "{rule: even_pace, tags: spread}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    by_part: ClassVar[bool] = True
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

    gaps: bool = Field(
        default=False,
        description="どの続く月をとっても均等にする / even over any months in a row, not only from the first",
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

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the running count at the end of each month, or that of any months in a row."""
        months = (self.months or EVERY_MONTH).values
        most = max(self.sessions, self.most)
        periods = [days_of_months((month,), model.problem.year) for month in months]
        bounds = [
            (self.sessions * length // len(months), -(-most * length // len(months)))
            for length in range(1, len(months) + 1)
        ]
        if self.gaps:
            model.stretches(posted, posted.series, periods, bounds)
        else:
            held = [(days, low, high) for days, (low, high) in zip(periods, bounds, strict=True)]
            model.pace(posted, posted.series, held)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare the running count with the even share, month by month, from each month that is asked."""
        months = self.months.values if self.months else EVERY_MONTH.values
        held = [sum(session.day.month == month for session in case.sessions(posted)) for month in months]
        for first in range(len(months) if self.gaps else 1):
            total = 0
            for length, month in enumerate(months[first:], start=1):
                total += held[first + length - 1]
                lowest, highest = (
                    Fraction(sessions * length, len(months))
                    for sessions in (self.sessions, max(self.sessions, self.most))
                )
                off = int(max(total - highest, lowest - total))
                if off > 0:
                    share = f"{float(highest if total > highest else lowest):.1f}"
                    values = {"who": posted.who, "first": months[first], "month": month, "held": total}
                    text = _BREACH if first == 0 else _BETWEEN
                    yield Breach(text.fill(**values, share=share), (), off)


_BREACH = Text(
    "{who}: {month}月末で{held}回 (均等なら{share}回)",
    "{who}: {held} by the end of month {month} (even: {share})",
)
_BETWEEN = Text(
    "{who}: {first}月から{month}月末までに{held}回 (均等なら{share}回)",
    "{who}: {held} from month {first} to the end of month {month} (even: {share})",
)
