"""The same weekday and start from session to session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import week_of_month
from ksolve.problem import Binding, Setting, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.patterns import WEEKS_OF_MONTH, Cell, Pattern
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class SteadyPattern(Rule):
    """A series keeps to its commonest weekday and start (and with `weeks`, week of the month).

    It has no sense for a series that meets on most days. With `weekdays: no` only the start is to
    stay the same, for programmes whose days are given. One unit of breach is one session off the
    commonest pattern.
    """

    title: ClassVar[Text] = Text("決まった曜日と時刻にそろえる", "Steady pattern")
    japanese: ClassVar[str] = (
        "系列の回を、最も多い曜日と開始時刻(weeks なら月の何週目かも)にそろえます。"
        "ほとんど毎日ある系列には意味がありません。weekdays: no なら、開始時刻だけをそろえます"
        "(日の決まっている事業のため)。違反の一単位は、そろわない1回です。"
    )
    example: ClassVar[str] = "{rule: steady_pattern, weeks: true, tags: monthly}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    says_days: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.PATTERN

    rule: Literal["steady_pattern"] = "steady_pattern"
    weeks: bool = Field(default=False, description="月の何週目かもそろえる / also the same week of the month")
    weekdays: bool = Field(default=True, description="曜日もそろえる / also the same weekday")

    @property
    def sentence(self) -> Text:
        """What is to stay the same."""
        weeks, weeks_en = ("週・", "week of the month, ") if self.weeks else ("", "")
        weekdays, weekdays_en = ("曜日・", "weekday and ") if self.weekdays else ("", "")
        return Text(f"毎回同じ{weeks}{weekdays}時刻にそろえる", f"the same {weeks_en}{weekdays_en}start")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Let each series choose its pattern."""
        for series in posted.series:
            model.mode(posted, series, self._kept)

    def patterns(
        self, posted: Binding, problem: Setting, cells: Mapping[str, frozenset[Cell]]
    ) -> tuple[Pattern, ...]:
        """Return each weekday and start, with a week of the month or some where the week may change."""
        del problem
        if not self.weekdays:
            return ()  # a start alone is no place in the week to choose days by
        (series,) = posted.series
        weeks_kept = [(week,) for week in range(1, 6)] if self.weeks else [*chain(*WEEKS_OF_MONTH)]
        days: dict[tuple[int, int], list[date]] = {}
        for day, start in sorted(cells[series.id]):
            days.setdefault((day.weekday(), start), []).append(day)
        found = (
            Pattern(weekday, start, weeks, tuple(day for day in mine if week_of_month(day) in weeks), 0)
            for (weekday, start), mine in sorted(days.items())
            for weeks in weeks_kept
        )
        return tuple(pattern for pattern in found if pattern.dates)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Find the commonest pattern by counting, and name the sessions off it."""
        for series in posted.series:
            sessions = case.within.of_series([series])
            patterns = [(s.start, *self._kept(s.day)) for s in sessions]
            usual = Counter(patterns).most_common(1)
            off = [s for s, pattern in zip(sessions, patterns, strict=True) if pattern != usual[0][0]]
            for session in off:
                breach = _BREACH if self.weekdays else _OFF_START
                yield Breach(breach.fill(session=case.label(session)), (session,))

    def _kept(self, day: date) -> tuple[int, int]:
        """Return what of a day is to be the same from session to session: its weekday and week, or 0."""
        return (day.weekday() if self.weekdays else 0, week_of_month(day) if self.weeks else 0)


_BREACH = Text("{session}: いつもの曜日・時刻と違います", "{session}: off the usual weekday and start")
_OFF_START = Text("{session}: いつもの時刻と違います", "{session}: off the usual start")
