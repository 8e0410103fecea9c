"""Sessions of the next days or weeks stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text, span_of_days
from ksolve.clock import clock
from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class ShortNotice(Rule):
    """In the next days nothing changes: people have been told, and have planned.

    One unit of breach is one date and start that people were told and at which nothing is held, or
    one session at a date and start that they were not told.
    """

    title: ClassVar[Text] = Text("直前の変更を避ける", "No change at short notice")
    japanese: ClassVar[str] = (
        "直前の日程は、すでに知らせてあるので変えません。違反の一単位は、知らせた日時になくなった1回、"
        "または知らせていない日時に入った1回です。"
    )
    chapter: ClassVar[Chapter] = Chapter.KEEPING
    does: ClassVar[Does] = "relates"
    usual: ClassVar[Tier | None] = Tier.NOTICE

    rule: Literal["short_notice"] = "short_notice"
    first: date = Field(description="変えない期間の最初の日 / the first date near at hand")
    last: date = Field(description="変えない期間の最後の日 / the last date near at hand")
    kept: tuple[tuple[date, int], ...] = Field(
        description="知らせてある日付と開始(0時からの分) / the dates and starts that people were told"
    )

    @property
    def sentence(self) -> Text:
        """The last date near at hand."""
        day = day_text(self.last)
        return Text(f"{day.ja} までの日程は変えない", f"nothing changes until {day.en}")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Prefer the dates and starts that people were told, and no others."""
        near = self._near()
        for series in posted.series:
            for day, start in near:
                model.count(posted, [series], ([day], 1, None), start=start)
            for start in series.starts:
                told = {day for day, at in near if at == start}
                others = [day for day in span_of_days(self.first, self.last) if day not in told]
                model.forbid(posted, series, others, [start])

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare the sessions near at hand with those that people were told of."""
        told = self._near()
        for series in posted.series:
            sessions = [s for s in case.schedule.of_series([series]) if self.first <= s.day <= self.last]
            held = {(session.day, session.start) for session in sessions}
            for day, start in told:
                if (day, start) not in held:
                    text = _GONE.fill(who=series.name, day=day_text(day), start=clock(start))
                    yield Breach(text, period=(day, day))
            for session in sessions:
                if (session.day, session.start) not in told:
                    yield Breach(_NEW.fill(session=case.label(session)), (session,))

    def _near(self) -> tuple[tuple[date, int], ...]:
        near = {(day, start) for day, start in self.kept if self.first <= day <= self.last}
        return tuple(sorted(near))


_GONE = Text(
    "{who}: {day} {start} の回が直前になくなりました", "{who}: nothing on {day} {start}, at short notice"
)
_NEW = Text("{session}: 直前になって入った回です", "{session}: new at short notice")
