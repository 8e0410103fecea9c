"""At most so many hours a day, week, month or year for a member of staff, or in a room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.frequency import Per
from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.periods import first_of_period, periods_of_year
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class MostHours(Rule):
    """The sessions of a member (or in a room) take no more than `hours` hours in any period.

    It is the time of the sessions alone that counts, not what is worked beside them. Of a pool each member
    is looked at by itself; sessions held together are one. One unit of breach is one hour, or a part of
    one, too many.
    """

    title: ClassVar[Text] = Text("時間の上限", "Most hours in a period")
    japanese: ClassVar[str] = (
        "この職員の回(この部屋の回)の時間を合わせて、どの日(週・月・年)にもこの時間までにします。"
        "数えるのは回の時間だけで、そのほかの勤務は数えません。職種や同じ種類の部屋は、一人(一つ)ずつ見ます。"
        "併せて実施する回は1回と数えます。違反の一単位は、多すぎる1時間(1時間に満たない分も1)です。"
    )
    example: ClassVar[str] = "{rule: most_hours, of: 田中, hours: 20, per: week}"

    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "limits"
    loosened: ClassVar[tuple[str, int] | None] = ("hours", 1)
    joint: ClassVar[bool] = True
    each_unit: ClassVar[bool] = True

    rule: Literal["most_hours"] = "most_hours"
    of: str = Field(
        description=(
            "職種・部屋のid、または職員・部屋の名前 / id of a pool or room, or name of a member or room"
        ),
        examples=["田中"],
    )
    hours: float = Field(
        ge=0,
        le=8784,
        multiple_of=0.25,
        description="期間の最大の時間 / most hours in a period",
        examples=[20],
    )
    per: Literal["day", "week", "month", "year"] = Field(
        "week", description="期間。週は月曜に始まる / the period; a week begins on Monday"
    )

    @property
    def units(self) -> tuple[str, ...]:
        """The member or room, or the pool of which each is meant."""
        return (self.of,)

    @property
    def sentence(self) -> Text:
        """The limit, its period, and whom it is about."""
        per = _PER[self.per]
        return Text(
            f"{self.of} は{per.ja}{self.hours:g}時間まで", f"{self.of}: at most {self.hours:g} hours {per.en}"
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the minutes that use each unit in each period from above."""
        for resource in model.problem.named(self.units):
            for days in periods_of_year(Per(self.per), model.problem.year):
                model.minutes_using(posted, posted.series, resource.units[0], days, round(self.hours * 60))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Add up the minutes of the sessions that name each unit, by the first date of their period."""
        for unit, sessions in case.uses(posted, self.units):
            held: dict[date, list[Session]] = defaultdict(list)
            for session in sessions:
                held[first_of_period(self.per, session.day, case.problem.year)].append(session)
            for first, inside in sorted(held.items()):
                minutes = sum(session.end - session.start for session in inside)
                beyond = minutes - self.hours * 60
                if beyond > 0:
                    shown = {
                        "unit": unit,
                        "first": first,
                        "hours": f"{minutes / 60:g}",
                        "rule": self.sentence,
                    }
                    yield Breach(_BREACH.fill(**shown), tuple(inside), int(-(-beyond // 60)))


_PER = {
    "day": Text("1日", "a day"),
    "week": Text("1週", "a week"),
    "month": Text("1か月", "a month"),
    "year": Text("1年", "a year"),
}
_BREACH = Text(
    "{unit}: {first} からの期間に{hours}時間あります (規則: {rule})",
    "{unit}: {hours} hours from {first} on (wanted: {rule})",
)
