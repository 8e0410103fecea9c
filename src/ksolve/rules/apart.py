"""Programmes that keep out of one another's days or weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.frequency import Per
from ksolve.problem import Binding, Series
from ksolve.problem.case import Breach, Case
from ksolve.problem.periods import first_of_period, periods_of_year
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class Apart(Rule):
    """No two of the programmes have sessions on the same day, or in the same week.

    A programme's own groups, components and sessions may share one, unless the components are
    named by themselves. One unit of breach is one programme
    too many in a day or week.
    """

    title: ClassVar[Text] = Text("別の日・別の週に", "Apart")
    japanese: ClassVar[str] = (
        "これらの事業の二つ以上が、同じ日(または同じ週)に回を持つことはありません。"
        "一つの事業の中の回・グループ・内訳どうしは、内訳を別々に書かないかぎり、重なってもかまいません。"
        "違反の一単位は、一日(一週)に多すぎる一つの事業です。"
    )
    example: ClassVar[str] = "{rule: apart, per: week, programmes: [koza, kenshu]}"

    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "limits"
    joint: ClassVar[bool] = True

    rule: Literal["apart"] = "apart"
    per: Literal["day", "week"] = Field("day", description="同じ日か同じ週か / the same day or week")

    @property
    def sentence(self) -> Text:
        """What the programmes do not share."""
        return _SENTENCES[self.per]

    def post(self, posted: Binding, model: Verbs) -> None:
        """Allow one of the programmes in each day or week."""
        groups: dict[str, list[Series]] = defaultdict(list)
        for series in posted.series:
            groups[self._owner(series)].append(series)
        model.separate(posted, list(groups.values()), periods_of_year(Per(self.per), model.problem.year))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """List the programmes that each day or week holds sessions of."""
        owners = {series.id: self._owner(series) for series in posted.series}
        held: dict[date, dict[str, Session]] = defaultdict(dict)
        for session in case.sessions(posted):
            held[first_of_period(self.per, session.day, case.problem.year)].setdefault(
                owners[session.series], session
            )
        for first, sessions in sorted(held.items()):
            if len(sessions) > 1:
                named = Text("、", ", ")
                texts = [case.label(session) for session in sessions.values()]
                listed = Text(named.ja.join(t.ja for t in texts), named.en.join(t.en for t in texts))
                text = _BREACH.fill(sessions=listed, first=day_text(first), rule=self.sentence)
                yield Breach(text, tuple(sessions.values()), len(sessions) - 1)

    def _owner(self, series: Series) -> str:
        """Return the group, component or programme by which the rule means a series."""
        names = (series.id, f"{series.programme}.{series.component}")
        return next((name for name in names if name in self.programmes), series.programme)


_SENTENCES = {
    "day": Text("同じ日に重ねない", "not on the same day"),
    "week": Text("同じ週に重ねない", "not in the same week"),
}
_BREACH = Text("{first} の {sessions} (規則: {rule})", "{sessions} on or from {first} (wanted: {rule})")
