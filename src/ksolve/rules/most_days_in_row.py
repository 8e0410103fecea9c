"""At most so many days in a row on which a member of staff has sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text

_DAY = timedelta(days=1)


class MostDaysInRow(Rule):
    """A member has sessions on no more than `days` days in a row.

    Every day of the calendar counts: a closed one ends the row. Of a pool each member is looked at by
    itself. One unit of breach is one day too many of a row.
    """

    title: ClassVar[Text] = Text("連続する日数の上限", "Most days in a row")
    japanese: ClassVar[str] = (
        "この職員(この部屋)の回のある日が、続けてこの日数までになるようにします。暦の日で数え、回のない日(休館日も)で途切れます。"
        "職種や同じ種類の部屋は、一人(一つ)ずつ見ます。違反の一単位は、続きの中の多すぎる1日です。"
    )
    example: ClassVar[str] = "{rule: most_days_in_row, of: 田中, days: 5}"

    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "limits"
    loosened: ClassVar[tuple[str, int] | None] = ("days", 1)
    joint: ClassVar[bool] = True
    each_unit: ClassVar[bool] = True

    rule: Literal["most_days_in_row"] = "most_days_in_row"
    of: str = Field(
        description=(
            "職種・部屋のid、または職員・部屋の名前 / id of a pool or room, or name of a member or room"
        ),
        examples=["田中"],
    )
    days: int = Field(ge=1, le=31, description="続けてよい日数 / most days in a row", examples=[5])

    @property
    def units(self) -> tuple[str, ...]:
        """The member or room, or the pool of which each is meant."""
        return (self.of,)

    @property
    def sentence(self) -> Text:
        """The number of days, and whom it is about."""
        return Text(f"{self.of} は続けて{self.days}日まで", f"{self.of}: at most {self.days} days in a row")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Leave one day free of any row that is a day too long."""
        days = model.problem.year.days
        rows = [days[first : first + self.days + 1] for first in range(len(days) - self.days)]
        for resource in model.problem.named(self.units):
            model.days_using(posted, posted.series, resource.units[0], rows)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Walk along the days of each unit, and count how far each row has come."""
        for unit, users in case.uses(posted, self.units):
            row, last = 0, date.min
            for day in sorted({session.day for session in users}):
                row = row + 1 if day - last == _DAY else 1
                last = day
                if row > self.days:
                    inside = tuple(session for session in users if session.day == day)
                    text = _BREACH.fill(unit=unit, day=day_text(day), row=row, rule=self.sentence)
                    yield Breach(text, inside)


_BREACH = Text(
    "{unit}: {day} は続けて{row}日目です (規則: {rule})",
    "{unit}: {day} is day {row} in a row (wanted: {rule})",
)
