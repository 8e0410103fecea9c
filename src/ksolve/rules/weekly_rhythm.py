"""毎週の曜日: the same weekdays and starts every week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, groupby
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.frequency import EVERY_MONTH
from ksolve.patterns import Cell, Pattern
from ksolve.periods import days_of_months, monday_of
from ksolve.problem import Posted, Problem, Tier
from ksolve.rules.base import Breach, Case, Rule, Verbs
from ksolve.spelling import MonthsField
from ksolve.text import Text


class WeeklyRhythm(Rule):
    """A series keeps `slots` weekdays, each with its start, and no week lacks more than one.

    For what meets more than three times a month: with 161 sessions in 51 weeks, four weekdays,
    of which most weeks have all and the others all but one. Closed and quiet days are not
    lacking. One unit of breach is one session at another weekday or start, or one session that
    a week lacks beyond the first.
    """

    title: ClassVar[Text] = Text("毎週の曜日", "Weekly rhythm")
    japanese: ClassVar[str] = (
        "毎週、slots で決めた数の曜日に、曜日ごとに同じ時刻に行い、どの週も欠けるのは1回までにします。"
        "月に3回を超えて行うもののための規則です。51週で161回なら4つの曜日になり、ほとんどの週はそのすべて、"
        "ほかの週は一つを除いて行います。閉館の日と避けたい日(quiet)は、欠けたことになりません。違反の一単位は、ほかの曜日・時刻の"
        "1回か、ある週に二つ目から欠けた1回です。"
    )
    example: ClassVar[str] = "{rule: weekly_rhythm, slots: 3, programmes: hiroba}"

    joint: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.PATTERN

    rule: Literal["weekly_rhythm"] = "weekly_rhythm"
    slots: int = Field(
        0,
        ge=0,
        le=7,
        description="1週の曜日の数。0なら実施回数のとおり / weekdays in a week; 0: as the frequency says",
        examples=[3],
    )
    sessions: int = Field(
        0,
        ge=0,
        description="一年の最小の回数。0なら実施回数のとおり / fewest in all; 0: as the frequency says",
        examples=[120],
    )

    months: MonthsField = Field(EVERY_MONTH, description="その月 / the months in which it is asked")

    @property
    def sentence(self) -> Text:
        """How many weekdays stay the same."""
        return Text(
            f"毎週同じ{self.chosen}つの曜日・時刻に行う" if self.chosen > 1 else "毎週同じ曜日・時刻に行う",
            f"the same {self.chosen} weekdays and starts every week"
            if self.chosen > 1
            else "the same weekday and start every week",
        )

    @property
    def chosen(self) -> int:
        """The number of weekdays."""
        return max(self.slots, 1)

    def post(self, posted: Posted, model: Verbs) -> None:
        """Let the series choose its weekdays and starts, and count those of each week that are usual."""
        days = days_of_months(self.months.values, model.problem.year)
        usual = [day for day in days if model.problem.calendar.is_usual(day)]
        weeks = [list(week) for _, week in groupby(usual, key=monday_of)]
        model.keep_slots(posted, posted.series, self.chosen, weeks)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Try every set of weekdays, each with its commonest start, and name what the best leaves."""
        sessions = case.sessions(posted)
        weekdays = {n: [s.start for s in sessions if s.day.weekday() == n] for n in range(7)}
        starts = {n: Counter(found).most_common(1)[0][0] for n, found in weekdays.items() if found}
        held = Counter(session.day - timedelta(days=session.day.weekday()) for session in sessions)
        usual = [
            d
            for d in case.problem.year.days
            if d.month in self.months.values and case.problem.calendar.is_usual(d)
        ]
        due = {n: Counter(d - timedelta(days=n) for d in usual if d.weekday() == n) for n in range(7)}

        def breaches(chosen: tuple[int, ...]) -> Iterator[Breach]:
            for session in sessions:
                weekday = session.day.weekday()
                if weekday not in chosen or session.start != starts[weekday]:
                    yield Breach(_OFF.fill(session=case.label(session), rule=self.sentence), (session,))
            wanted = sum((due[n] for n in chosen), Counter[date]())
            for monday, count in sorted(wanted.items()):
                if held[monday] < count - 1:
                    values = {"who": posted.who, "first": day_text(monday), "held": held[monday]}
                    text = _LACKING.fill(**values, wanted=count - 1, rule=self.sentence)
                    period = (monday, monday + timedelta(days=6))
                    yield Breach(text, (), count - 1 - held[monday], period)

        tried = (list(breaches(chosen)) for chosen in combinations(range(7), self.chosen))
        yield from min(tried, key=lambda found: sum(breach.amount for breach in found))

    def patterns(
        self, posted: Posted, problem: Problem, cells: Mapping[str, frozenset[Cell]]
    ) -> tuple[Pattern, ...]:
        """Return each weekday and start with its dates, the fullest first: `chosen` of them are kept."""
        del problem
        slots = _dates_of_slots(posted, cells)
        share = -(-self.sessions // self.chosen)
        found = [
            Pattern(weekday, start, None, tuple(dates), max(0, share - len(dates)))
            for (weekday, start), dates in slots.items()
        ]
        return tuple(sorted(found, key=lambda pattern: pattern.lacking))

    def least(self, posted: Posted, problem: Problem, cells: Mapping[str, frozenset[Cell]]) -> int:
        """Return the sessions less the dates of the weekdays that have most; no two are on the same date."""
        del problem
        most: Counter[int] = Counter()
        for (weekday, _), dates in _dates_of_slots(posted, cells).items():
            most[weekday] = max(most[weekday], len(dates))
        return max(0, self.sessions - sum(count for _, count in most.most_common(self.chosen)))


def _dates_of_slots(
    posted: Posted, cells: Mapping[str, frozenset[Cell]]
) -> dict[tuple[int, int], list[date]]:
    """Return the dates of each weekday and start on which any of the series has a candidate."""
    mine = frozenset[Cell]().union(*(cells[series.id] for series in posted.series))
    found: dict[tuple[int, int], list[date]] = {}
    for day, start in sorted(mine):
        found.setdefault((day.weekday(), start), []).append(day)
    return dict(sorted(found.items()))


_OFF = Text("{session}: {rule}はずの曜日・時刻と違います", "{session}: off the weekdays and starts ({rule})")
_LACKING = Text(
    "{who}: {first} からの週に{held}回 ({wanted}回以上のはず: {rule})",
    "{who}: {held} in the week of {first} (at least {wanted} wanted: {rule})",
)
