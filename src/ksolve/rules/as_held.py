"""What was held stays as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.clock import clock
from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text

Held = tuple[date, int, int, tuple[str, ...], str]
"""A session that was held: date, start in minutes after midnight, minutes, units, the host's series."""


class AsHeld(Rule):
    """What lies before a date is history: its sessions keep their dates and starts, and no other is added.

    Counts, gaps and limits go on counting them. Rules on single dates, rooms and staff do not bind
    them any more: nothing can be done about them. One unit of breach is one session before the date
    that was not held, or one that was and is missing.
    """

    title: ClassVar[Text] = Text("実施済み", "As it was held")
    japanese: ClassVar[str] = (
        "この日より前は実施済みで、日付と開始時刻を変えず、回を足しません。回数・間隔・上限はこれらの回も数えます。"
        "日付・部屋・職員についての規則は、もう変えられないので実施済みの回には当てはめません。"
        "違反の一単位は、この日より前の、行わなかったはずの1回、または足りない1回です。"
    )
    chapter: ClassVar[Chapter] = Chapter.KEEPING
    does: ClassVar[Does] = "relates"
    always_hard: ClassVar[bool] = True

    rule: Literal["as_held"] = "as_held"
    before: date = Field(description="この日より前が実施済み / what lies before this date was held")
    held: tuple[Held, ...] = Field(
        description=(
            "実施した日付・開始(0時からの分)・分数・部屋と職員・併せた相手の系列 / dates, starts (minutes "
            "after midnight), minutes, rooms and staff, and the series of the host, of what was held"
        )
    )

    @property
    def sentence(self) -> Text:
        """The first date that is open."""
        day = day_text(self.before)
        return Text(f"{day.ja} より前は実施済みのまま", f"before {day.en} as it was held")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Settle what lies before the date."""
        for series in posted.series:
            model.settle(posted, series, self.before, self.held)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare the sessions before the date with those that were held."""
        there = [session for session in case.sessions(posted) if session.day < self.before]
        left = Counter((day, start) for day, start, *_ in self.held)
        for session in there:
            if left[session.day, session.start] > 0:
                left[session.day, session.start] -= 1
            else:
                yield Breach(_ADDED.fill(session=case.label(session)), (session,))
        for day, start in left.elements():
            yield Breach(_GONE.fill(who=posted.who, day=day_text(day), start=clock(start)))


_ADDED = Text("{session}: 実施済みの期間なのに、実施した予定にない回です", "{session}: was not held")
_GONE = Text(
    "{who}: {day} {start} に実施した回がありません", "{who}: the session held on {day} {start} is missing"
)
