"""Courses of several days: 3日間連続講座, 隔日."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import Calendar, day_text
from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class DayRuns(Rule):
    """Sessions come in runs of `length` days, each `step` days after the one before.

    A step of 1 is day after day, 2 every other day. With `over: open` only open days are
    counted, so that a run goes on after a closed day. Two runs may lie on the same days, each with
    sessions of its own. One unit of breach is one session that belongs to no whole run.
    """

    title: ClassVar[Text] = Text("連続する日", "Consecutive days")
    japanese: ClassVar[str] = (
        "length 日続けて行います(3日間連続講座)。step は日の間隔で、1なら毎日、2なら隔日です。"
        "over: open なら開館日だけを数え、休館日をはさんで続けます。"
        "同じ日に二つの続きがあってもかまいません(回はそれぞれ一つの続きに入ります)。"
        "違反の一単位は、そろった続きに入らない1回です。"
    )
    example: ClassVar[str] = "{rule: day_runs, length: 3, programmes: koza}"
    chapter: ClassVar[Chapter] = Chapter.COUNTS
    does: ClassVar[Does] = "relates"
    says_days: ClassVar[bool] = True

    rule: Literal["day_runs"] = "day_runs"
    length: int = Field(ge=2, le=31, description="続ける日数 / days in a run", examples=[3])
    step: int = Field(
        1,
        ge=1,
        le=31,
        description="日の間隔(日)。2なら隔日 / days from one to the next; 2: every other day",
        examples=[2],
    )
    over: Literal["calendar", "open"] = Field(
        "calendar", description="暦の日で数えるか、開館日で数えるか / count every day, or open days only"
    )

    @property
    def sentence(self) -> Text:
        """The length of a run, and its step."""
        days = _OVER[self.over]
        if self.step == 1:
            return Text(f"{days.ja}で{self.length}日続けて", f"{self.length} {days.en}s in a row")
        return Text(
            f"{days.ja}で{self.step}日ごとに{self.length}日",
            f"{self.length} days, every {self.step} {days.en}s",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """State every stretch of days that a run could take."""
        reach = (self.length - 1) * self.step
        for series in posted.series:
            calendar = model.problem.calendar_of(series)
            days = calendar.open_days if self.over == "open" else calendar.year.days
            runs = [days[first : first + reach + 1 : self.step] for first in range(len(days) - reach)]
            model.whole_runs(posted, series, runs)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Take runs away from the first session on, and report what is left."""
        for series in posted.series:
            calendar = case.problem.calendar_of(series)
            sessions = case.within.of_series([series])
            left = Counter(session.day for session in sessions)
            alone: Counter[date] = Counter()
            for day in sorted(left):
                while left[day]:
                    run = self._run(day, calendar)
                    if len(run) == self.length and all(left[other] for other in run):
                        left.subtract(run)
                    else:
                        left[day] -= 1
                        alone[day] += 1
            for session in sessions:
                if alone[session.day]:
                    alone[session.day] -= 1
                    text = _BREACH.fill(
                        session=case.label(session), day=day_text(session.day), rule=self.sentence
                    )
                    yield Breach(text, (session,))

    def _run(self, first: date, calendar: Calendar) -> list[date]:
        """Return the days of the run that begins on a day, as far as the year has them."""
        if self.over == "open" and not calendar.hours(first):
            return []
        run, day, counted = [first], first, 0
        while len(run) < self.length and day < calendar.year.last:
            day += timedelta(days=1)
            counted += self.over == "calendar" or bool(calendar.hours(day))
            if counted == self.step:
                run.append(day)
                counted = 0
        return run


_OVER = {"calendar": Text("暦の日", "day"), "open": Text("開館日", "open day")}
_BREACH = Text(
    "{session}: {day} は、続けて行う日がそろっていません (規則: {rule})",
    "{session}: {day} belongs to no whole run (wanted: {rule})",
)
