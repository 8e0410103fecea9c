"""At most so many sessions a day, week or month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.frequency import Per
from ksolve.problem import Binding, Setting
from ksolve.problem.case import Bound, Breach, Case
from ksolve.problem.periods import first_of_period, periods_of_year
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class Most(Rule):
    """No period holds more than `sessions` sessions of all the series together.

    One unit of breach is one session too many.
    """

    title: ClassVar[Text] = Text("回数の上限", "Most in a period")
    japanese: ClassVar[str] = (
        "どの日(週・月)にも、対象の系列を合わせてこの回数までにします。違反の一単位は、多すぎる1回です。"
    )
    example: ClassVar[str] = "{rule: most, sessions: 3, per: day}"

    chapter: ClassVar[Chapter] = Chapter.COUNTS
    does: ClassVar[Does] = "limits"
    loosened: ClassVar[tuple[str, int] | None] = ("sessions", 1)
    joint: ClassVar[bool] = True

    rule: Literal["most"] = "most"
    sessions: int = Field(ge=0, description="期間の最大の回数 / most sessions in a period", examples=[1])
    per: Literal["day", "week", "month"] = Field(
        "day", description="期間。週は月曜に始まる / the period; a week begins on Monday"
    )

    @property
    def sentence(self) -> Text:
        """The limit and its period."""
        per = _PER[self.per]
        return Text(f"{per.ja}{self.sessions}回まで", f"at most {self.sessions} {per.en}")

    def bounds(self, posted: Binding, problem: Setting) -> Iterator[Bound]:
        """The limit itself."""
        yield Bound(self.per, self.sessions, posted.series, Text(posted.who, posted.who), self.sentence)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the number of sessions in each period from above."""
        for days in periods_of_year(Per(self.per), model.problem.year):
            model.count(posted, posted.series, (days, 0, self.sessions))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Collect the sessions by the first date of their period."""
        held: dict[date, list[Session]] = defaultdict(list)
        for session in case.sessions(posted):
            held[first_of_period(self.per, session.day, case.problem.year)].append(session)
        for first, inside in sorted(held.items()):
            if len(inside) > self.sessions:
                text = _BREACH.fill(who=posted.who, first=first, count=len(inside), rule=self.sentence)
                yield Breach(text, tuple(inside), len(inside) - self.sessions)


_PER = {
    "day": Text("1日", "a day"),
    "week": Text("1週", "a week"),
    "month": Text("1か月", "a month"),
}
_BREACH = Text(
    "{who}: {first} からの期間に{count}回あります (規則: {rule})",
    "{who}: {count} from {first} on (wanted: {rule})",
)
