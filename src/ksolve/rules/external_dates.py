"""外部日程: no sessions while something that others decide takes place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import days_within, show_days
from ksolve.clock import Spans, show_spans
from ksolve.problem import Binding
from ksolve.problem.case import Blame, Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.spelling import DaysField, Node, SpansField
from ksolve.text import Text, plain


class TakenDays(Node):
    """Days, or some hours of each of them, that something takes."""

    days: DaysField
    hours: SpansField | None = Field(None, description="時間帯。書かなければ終日 / the hours; null: all day")
    name: str = ""
    tentative: bool = False

    @property
    def text(self) -> Text:
        """The days with their hours and name: 6/2〜6/24 第2回定例会(仮)."""
        hours = f" {show_spans(self.hours)}" if self.hours else ""
        words = f"{show_days([self.days])}{hours} {self.name}".strip()
        return Text(f"{words}(仮)", f"{words} (tentative)") if self.tentative else plain(words)


class ExternalDates(Rule):
    """No session while something takes place that others decide: a calendar under `external`.

    It follows from a calendar whose days are `blocked` (then it is hard) or `avoided` (then it counts in
    the tier of the quiet days), and binds the programmes, tags and audiences that the calendar names, or
    all. An entry with hours takes these alone. One unit of breach is one session.
    """

    title: ClassVar[Text] = Text("外部日程", "Days that others decide")
    japanese: ClassVar[str] = (
        "議会や学校行事のように、ほかで決まる外部日程の間は行いません。external に書いた日程のうち、"
        "blocked のもの(必ず守る)と avoided のもの(避けたい日の段で数える)から生じ、"
        "日程に書いた事業・目印(tags)・対象者、なければすべての事業が対象です。時間のある行事は、その時間だけです。違反の一単位は、重なる1回です。"
    )
    chapter: ClassVar[Chapter] = Chapter.DATES
    does: ClassVar[Does] = "limits"
    blamed: ClassVar[Blame | None] = Blame(Text("外部日程", "taken by an external calendar"), 6)

    rule: Literal["external_dates"] = "external_dates"
    of: str = Field(description="暦の名前 / the name of the calendar")
    taken: tuple[TakenDays, ...] = Field(min_length=1, description="行事のある日 / the days that are taken")

    @property
    def sentence(self) -> Text:
        """The calendar."""
        return Text(f"{self.of}と重ねない", f"not during {self.of}")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Forbid, for each start, the days on which it would meet an entry."""
        year = model.problem.year
        for series in posted.series:
            shut: dict[int, set[date]] = defaultdict(set)
            for entry in self.taken:
                days = days_within([entry.days], year)
                for start in series.starts:
                    if _meets(entry.hours, start, start + series.minutes):
                        shut[start].update(days)
            for start, taken in shut.items():
                model.forbid(posted, series, taken, [start])

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Compare each session with the first and the last day of each entry, and with its hours."""
        for session in case.sessions(posted):
            entry = next((one for one in self.taken if self._takes(one, session, case)), None)
            if entry:
                values = {"session": case.label(session), "of": self.of, "entry": entry.text}
                yield Breach(_BREACH.fill(**values), (session,))

    def _takes(self, entry: TakenDays, session: Session, case: Case) -> bool:
        first, last = (day.within(case.problem.year) for day in entry.days)
        if not first <= session.day <= last:
            return False
        return not entry.hours or any(a < session.end and session.start < b for a, b in entry.hours)


def _meets(hours: Spans | None, start: int, end: int) -> bool:
    """Tell whether a time of day shares a moment with some hours; None are all of the day."""
    return hours is None or any(max(start, first) < min(end, last) for first, last in hours)


_BREACH = Text("{session}: {of}と重なります ({entry})", "{session}: during {of} ({entry})")
