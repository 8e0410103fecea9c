"""毎週の曜日: the same weekdays and starts every week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, groupby, product
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.frequency import EVERY_MONTH
from ksolve.problem import Binding, Setting, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.patterns import Cell, Pattern
from ksolve.problem.periods import days_of_months, monday_of
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.spelling import MonthsField
from ksolve.text import Text


class WeeklyRhythm(Rule):
    """A series keeps `slots` weekdays, each with its start, and no week lacks more than one.

    For what meets more than three times a month: with 161 sessions in 51 weeks, four weekdays,
    of which most weeks have all and the others all but one. Closed and quiet days are not
    lacking, and for each of them the week may have a session on another day. One unit of breach
    is one session at another weekday or start, or one that a week lacks beyond the first.
    """

    title: ClassVar[Text] = Text("毎週の曜日", "Weekly rhythm")
    japanese: ClassVar[str] = (
        "毎週、slots で決めた数の曜日に、曜日ごとに同じ時刻に行い、どの週も欠けるのは1回までにします。"
        "月に3回を超えて行うもののための規則です。51週で161回なら4つの曜日になり、ほとんどの週はそのすべて、"
        "ほかの週は一つを除いて行います。休館日と避けたい日(quiet)は欠けたことにならず、その分はその週の"
        "ほかの日に行ってもかまいません。違反の一単位は、ほかの曜日・時刻の1回か、ある週に二つ目から欠けた1回です。"
    )
    example: ClassVar[str] = "{rule: weekly_rhythm, slots: 3, programmes: hiroba}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    says_days: ClassVar[bool] = True
    by_part: ClassVar[bool] = True
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

    months: MonthsField = Field(
        EVERY_MONTH,
        description=(
            "この月の週だけを見る。書かなければ、行ってよい月 / only weeks of these months are looked at;"
            " none: those in which it may be held"
        ),
    )

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

    def post(self, posted: Binding, model: Verbs) -> None:
        """Let the series choose its weekdays and starts, and say which days of each week are usual."""
        calendar = model.problem.calendar
        days = [d for d in days_of_months(self.months.values, model.problem.year) if calendar.usual(d)]
        weeks = [{day: calendar.is_usual(day) for day in week} for _, week in groupby(days, key=monday_of)]
        model.keep_slots(posted, posted.series, self.chosen, weeks)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Try every set of weekdays, each with every start that it has, and name what the best leaves."""
        asked = [day for day in case.problem.year.days if day.month in self.months.values]
        weeks = {day - timedelta(days=day.weekday()): _Week([], {}) for day in asked}
        for day in asked:
            calendar = case.problem.calendar
            if calendar.usual(day):
                weeks[day - timedelta(days=day.weekday())].usual[day.weekday()] = calendar.is_usual(day)
        starts: dict[int, set[int]] = {weekday: set() for weekday in range(7)}
        for session in case.sessions(posted):
            monday = session.day - timedelta(days=session.day.weekday())
            if session.day.month in self.months.values:
                weeks[monday].held.append(session)
                starts[session.day.weekday()].add(session.start)
        slots = [[(n, start) for start in sorted(starts[n]) or (0,)] for n in range(7)]
        tried = (set(some) for days in combinations(slots, self.chosen) for some in product(*days))
        best = min(tried, key=lambda chosen: sum(week.amount(chosen) for week in weeks.values()))
        for monday, week in weeks.items():
            for session in week.off(best):
                yield Breach(_OFF.fill(session=case.label(session), rule=self.sentence), (session,))
            if week.lacking(best):
                values = {"who": posted.who, "first": day_text(monday), "held": len(week.held)}
                text = _LACKING.fill(**values, wanted=len(week.held) + week.lacking(best), rule=self.sentence)
                yield Breach(text, (), week.lacking(best), (monday, monday + timedelta(days=6)))

    def patterns(
        self, posted: Binding, problem: Setting, cells: Mapping[str, frozenset[Cell]]
    ) -> tuple[Pattern, ...]:
        """Return each weekday and start with its dates, the fullest first: `chosen` of them are kept."""
        slots = _dates_of_slots(posted, cells)
        share = -(-self.sessions // self.chosen)
        calendar = problem.calendar
        days = [d for d in days_of_months(self.months.values, problem.year) if calendar.usual(d)]
        found = []
        for (weekday, start), dates in slots.items():
            kept = tuple(d for d in dates if d.month in self.months.values and calendar.is_usual(d))
            missed = {monday_of(d) for d in days if d.weekday() == weekday and not calendar.is_usual(d)}
            spare = frozenset(day for day in days if monday_of(day) in missed)
            found.append(Pattern(weekday, start, None, kept, max(0, share - len(kept)), spare))
        return tuple(sorted(found, key=lambda pattern: pattern.lacking))

    def least(self, posted: Binding, problem: Setting, cells: Mapping[str, frozenset[Cell]]) -> int:
        """Return the sessions less the dates of the commonest weekdays: each is held then or made up for."""
        del cells, posted
        dates = Counter(day.weekday() for day in days_of_months(self.months.values, problem.year))
        return max(0, self.sessions - sum(count for _, count in dates.most_common(self.chosen)))


@dataclass(frozen=True)
class _Week:
    """What a week holds, and which of its weekdays are usual, as far as the rule asks for them."""

    held: list[Session]
    usual: dict[int, bool]

    def amount(self, chosen: set[tuple[int, int]]) -> int:
        return len(self.off(chosen)) + self.lacking(chosen)

    def off(self, chosen: set[tuple[int, int]]) -> list[Session]:
        """Return the sessions at no chosen slot, but for one for each slot on a day that is not usual."""
        off = [session for session in self.held if (session.day.weekday(), session.start) not in chosen]
        return off[sum(self.usual.get(weekday) is False for weekday, _ in chosen) :]

    def lacking(self, chosen: set[tuple[int, int]]) -> int:
        """Return how many sessions more would leave only one of the usual slots without any."""
        return max(0, sum(self.usual.get(weekday, False) for weekday, _ in chosen) - 1 - len(self.held))


def _dates_of_slots(
    posted: Binding, cells: Mapping[str, frozenset[Cell]]
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
