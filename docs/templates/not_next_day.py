"""Programmes that never meet on neighbouring days.

A template: copy it to src/ksolve/rules/ under the name of your rule, and the case beside it to tests/rules/.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar, Literal

from ksolve.calendar import day_text
from ksolve.problem import Binding, Series
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class NotNextDay(Rule):
    """No two of the programmes have sessions on the same day or on two days that follow one another.

    One unit of breach is one programme too many on two days that follow one another.
    """

    title: ClassVar[Text] = Text("隣り合う日を避ける", "Not on neighbouring days")
    japanese: ClassVar[str] = (
        "これらの事業の二つ以上が、同じ日または続く二日に回を持つことはありません。"
        "違反の一単位は、続く二日に多すぎる一つの事業です。"
    )
    example: ClassVar[str] = "{rule: not_next_day, programmes: [koza, kenshu]}"

    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "limits"
    joint: ClassVar[bool] = True

    rule: Literal["not_next_day"] = "not_next_day"

    @property
    def sentence(self) -> Text:
        """The sentence has no parameters."""
        return Text("隣り合う日に行わない", "not on neighbouring days")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Allow one of the programmes on any two days that follow one another."""
        groups: dict[str, list[Series]] = defaultdict(list)
        for series in posted.series:
            groups[series.programme].append(series)
        model.separate(posted, list(groups.values()), list(pairwise(model.problem.year.days)))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """List the programmes of each day and the day after it."""
        owners = {series.id: series.programme for series in posted.series}
        held: dict[date, dict[str, Session]] = defaultdict(dict)
        for session in case.sessions(posted):
            for first in (session.day - _DAY, session.day):
                if first in case.problem.year and first + _DAY in case.problem.year:
                    held[first].setdefault(owners[session.series], session)
        for first, sessions in sorted(held.items()):
            if len(sessions) > 1:
                texts = [case.label(session) for session in sessions.values()]
                listed = Text("、".join(text.ja for text in texts), ", ".join(text.en for text in texts))
                text = _BREACH.fill(sessions=listed, first=day_text(first), rule=self.sentence)
                yield Breach(text, tuple(sessions.values()), len(sessions) - 1)


_DAY = timedelta(days=1)
_BREACH = Text(
    "{first} とその翌日: {sessions} (規則: {rule})", "{first} and the day after: {sessions} (wanted: {rule})"
)
