"""No week is much busier than the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.frequency import Per
from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.periods import periods_of_year
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class LevelLoad(Rule):
    """Each day (or week) holds at most `sessions` sessions; one unit of breach is one more."""

    title: ClassVar[Text] = Text("負荷の平準化", "Level load")
    japanese: ClassVar[str] = "一日(または一週)の回数をこの数までにします。違反の一単位は、超えた1回です。"
    example: ClassVar[str] = "{rule: level_load, sessions: 4}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    joint: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.LEVEL

    rule: Literal["level_load"] = "level_load"
    sessions: int = Field(
        ge=1,
        description="一日・一週に何回まではよいか / the load up to which a day or week counts as level",
        examples=[3],
    )
    per: Literal["day", "week"] = Field("day", description="一日ごとか、一週ごとか / what is kept level")

    @property
    def sentence(self) -> Text:
        """The load."""
        unit = Text("1日", "a day") if self.per == "day" else Text("1週", "a week")
        return Text(f"{unit.ja}{self.sessions}回までにならす", f"level at {self.sessions} {unit.en}")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Cost the sessions beyond the level load of each day or week."""
        for days in periods_of_year(Per(self.per), model.problem.year):
            model.count(posted, posted.series, (days, 0, self.sessions))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count the sessions of each day or week that has any."""
        sessions = case.sessions(posted)
        back = [timedelta(days=s.day.weekday() if self.per == "week" else 0) for s in sessions]
        loads = Counter(session.day - days for session, days in zip(sessions, back, strict=True))
        for first, load in sorted(loads.items()):
            if load > self.sessions:
                text = _BREACH.fill(first=first, load=load, rule=self.sentence)
                yield Breach(text, (), load - self.sessions)


_BREACH = Text("{first} は{load}回 (規則: {rule})", "{first}: {load} sessions (wanted: {rule})")
