"""At most so many sessions a day, week or month in a room, of a pool, or of a member of staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.frequency import Per
from ksolve.problem import Binding, Setting
from ksolve.problem.case import Bound, Breach, Case, UnitLimits
from ksolve.problem.periods import first_of_period, periods_of_year
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class MostUse(Rule):
    """No period holds more than `sessions` sessions that use the room, pool or member.

    A session that takes two members of a pool is one session; sessions held together are one,
    the host's.
    One unit of breach is one session too many.
    """

    title: ClassVar[Text] = Text("部屋・職員の回数の上限", "Most use in a period")
    japanese: ClassVar[str] = (
        "この部屋・職種・職員を使う回を、どの日(週・月)にもこの回数までにします。"
        "一つの職種から二人が出る回も1回、併せて実施する回は相手の回として1回と数えます。違反の一単位は、多すぎる1回です。"
    )
    example: ClassVar[str] = "{rule: most_use, of: 田中, sessions: 4, per: week}"

    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "limits"
    loosened: ClassVar[tuple[str, int] | None] = ("sessions", 1)
    joint: ClassVar[bool] = True

    rule: Literal["most_use"] = "most_use"
    of: str = Field(
        description=(
            "部屋・職種のid、または部屋・職員の名前 / id of a room or pool, or name of a room or member"
        ),
        examples=["shinri", "田中"],
    )
    sessions: int = Field(ge=0, description="期間の最大の回数 / most sessions in a period", examples=[4])
    per: Literal["day", "week", "month"] = Field(
        "day", description="期間。週は月曜に始まる / the period; a week begins on Monday"
    )

    @property
    def units(self) -> tuple[str, ...]:
        """The room or member, where it is one."""
        return (self.of,)

    @property
    def sentence(self) -> Text:
        """The limit, its period, and what it is about."""
        per = _PER[self.per]
        return Text(
            f"{self.of} は{per.ja}{self.sessions}回まで", f"{self.of}: at most {self.sessions} {per.en}"
        )

    def bounds(self, posted: Binding, problem: Setting) -> Iterator[Bound]:
        """The limit, for series each of whose sessions has to take from the room or pool."""
        pools = {resource.pool for resource in problem.resources if resource.pool == self.of}
        mine = tuple(one for one in posted.series if any(set(need.pools) <= pools for need in one.needs))
        yield Bound(self.per, self.sessions, mine, Text(posted.who, posted.who), self.sentence)

    def limit_units(self, posted: Binding, problem: Setting, limits: UnitLimits) -> None:
        """The limit of the one room or member."""
        limits.most[self.of] += self.bounds(posted, problem)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the sessions that use it in each period from above."""
        for days in periods_of_year(Per(self.per), model.problem.year):
            model.count_using(posted, posted.series, self.of, days, self.sessions)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Collect the sessions that name it, by the first date of their period."""
        names = self._names(case.problem)
        held: dict[date, list[Session]] = defaultdict(list)
        for session in case.sessions(posted):
            if not session.held_with and names.intersection(session.units):
                held[first_of_period(self.per, session.day, case.problem.year)].append(session)
        for first, inside in sorted(held.items()):
            if len(inside) > self.sessions:
                text = _BREACH.fill(of=self.of, first=first, count=len(inside), rule=self.sentence)
                yield Breach(text, tuple(inside), len(inside) - self.sessions)

    def _names(self, problem: Setting) -> set[str]:
        pool = {unit for resource in problem.resources if resource.pool == self.of for unit in resource.units}
        return pool or {self.of}


_PER = {
    "day": Text("1日", "a day"),
    "week": Text("1週", "a week"),
    "month": Text("1か月", "a month"),
}
_BREACH = Text(
    "{of}: {first} からの期間に{count}回あります (規則: {rule})",
    "{of}: {count} sessions from {first} on (wanted: {rule})",
)
