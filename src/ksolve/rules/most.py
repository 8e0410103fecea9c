"""At most so many sessions a day, week or month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.frequency import Per
from ksolve.problem import Binding
from ksolve.problem.periods import periods_of_year
from ksolve.problem.rule import Breach, Case, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class Most(Rule):
    """No period holds more than `sessions` sessions of all the series together.

    One unit of breach is one session too many.
    """

    title: ClassVar[Text] = Text("期間の上限", "Most in a period")
    japanese: ClassVar[str] = (
        "どの日(週・月)にも、対象の系列を合わせてこの回数までにします。違反の一単位は、多すぎる1回です。"
    )
    example: ClassVar[str] = "{rule: most, sessions: 3, per: day}"

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

    def post(self, posted: Binding, model: Verbs) -> None:
        """Bound the number of sessions in each period from above."""
        for days in periods_of_year(Per(self.per), model.problem.year):
            model.count(posted, posted.series, days, 0, self.sessions)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count the sessions by the first date of their period."""
        sessions = case.sessions(posted)
        counts = Counter(self._period(session.day) for session in sessions)
        for first, count in sorted(counts.items()):
            if count > self.sessions:
                inside = tuple(s for s in sessions if self._period(s.day) == first)
                text = _BREACH.fill(who=posted.who, first=first, count=count, rule=self.sentence)
                yield Breach(text, inside, count - self.sessions)

    def _period(self, day: date) -> date:
        if self.per == "week":
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self.per == "month" else day


_PER = {
    "day": Text("1日", "a day"),
    "week": Text("1週", "a week"),
    "month": Text("1か月", "a month"),
}
_BREACH = Text(
    "{who}: {first} からの期間に{count}回 (規則: {rule})", "{who}: {count} from {first} on (wanted: {rule})"
)
