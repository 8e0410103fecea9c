"""第2火曜: sessions on just these weekdays of the month."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import Calendar, day_text, days_within, week_of_month
from ksolve.frequency import EVERY_MONTH, LAST, Pattern
from ksolve.problem import Posted
from ksolve.rules.base import Breach, Case, NthField, Rule, Verbs
from ksolve.spelling import DaysField, MonthsField, WeekdaysField
from ksolve.text import Text


class FixedPattern(Rule):
    """One session on each named weekday of the month, and no other.

    When that day is closed (or `off`) the session moves a week on (`next_week`), to the next open day
    (`next_open`), to the open day before (`previous_open`), or is left out (`skip`). It does not
    leave the months: at their end, or that of the year, it moves the other way within
    its month, and is left out where no day is open there. Two that come to fall on one day
    are one. One unit of breach is one session missing or extra.
    """

    title: ClassVar[Text] = Text("決まった曜日", "Fixed pattern")
    japanese: ClassVar[str] = (
        "月の決まった曜日(第2火曜など)に1回ずつ行い、ほかの日には行いません。その日が閉館(か off の日)なら、"
        "翌週へ移すか(next_week)、次の開館日へ移すか(next_open)、前の開館日へ移すか(previous_open)、行いません(skip)。"
        "決められた月や年度の外に出るときは移さず、その月の中で逆の向きへ移し、そこにも開館日がなければ行いません。"
        "移した先にすでに回があれば、合わせて1回です。違反の一単位は、"
        "足りないか余分な1回です。"
    )
    example: ClassVar[str] = (
        "{rule: fixed_pattern, weekdays: 火, nths: [2], closed: next_open, programmes: sodan}"
    )

    rule: Literal["fixed_pattern"] = "fixed_pattern"
    weekdays: WeekdaysField = Field(description="曜日 / the weekdays", examples=["火"])
    nths: tuple[NthField, ...] = Field(
        min_length=1,
        description="月の何番目の曜日か。-1は最終 / which of them in the month; -1: the last",
        examples=[[2]],
    )
    months: MonthsField = Field(EVERY_MONTH, description="月 / the months")
    closed: Literal["next_week", "next_open", "previous_open", "skip"] = Field(
        "next_week", description="閉館日に当たったとき / what happens on a closed day"
    )
    off: tuple[DaysField, ...] = Field(
        (),
        description="閉館でなくても行わない日 / dates on which it is not held, as if closed",
        examples=[["8/13〜8/15"]],
    )

    @property
    def sentence(self) -> Text:
        """The pattern."""
        pattern = Pattern(self.weekdays, self.nths)
        return Text(f"{self.months}の{pattern}に行う", f"on {pattern.english}, {self.months.english}")

    def post(self, posted: Posted, model: Verbs) -> None:
        """Ask for a session on each date of the pattern and forbid all others."""
        dates = _dates(self, model.problem.calendar)
        others = [day for day in model.problem.year.days if day not in dates]
        for series in posted.series:
            model.forbid(posted, series, others)
            for day in sorted(dates):
                model.count(posted, [series], [day], 1, 1)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Match the sessions' dates with the weekdays counted out in each month."""
        wanted = self.dates(case.problem.calendar)
        for series in posted.series:
            sessions = case.within.of_series([series])
            left = list(sessions)
            for day in wanted:
                found = next((session for session in left if session.day == day), None)
                if found is None:
                    yield Breach(_MISSING.fill(who=series.name, day=day_text(day), rule=self.sentence))
                else:
                    left.remove(found)
            for session in left:
                yield Breach(_EXTRA.fill(session=case.label(session), rule=self.sentence), (session,))

    def dates(self, calendar: Calendar) -> tuple[date, ...]:
        """Return the dates of the pattern, each where a closed day moves it, as the check reads them."""
        wanted = (self._moved(day, calendar) for day in calendar.year.days if self._named(day))
        return tuple(sorted({day for day in wanted if day}))

    def _named(self, day: date) -> bool:
        is_last = (day + timedelta(days=7)).month != day.month
        nth = (day.day + 6) // 7
        right = nth in self.nths or (is_last and LAST in self.nths)
        return day.month in self.months.values and day.weekday() in self.weekdays and right

    def _moved(self, day: date, calendar: Calendar) -> date | None:
        if self._is_open(day, calendar) or self.closed == "skip":
            return day if self._is_open(day, calendar) else None
        step = timedelta(days={"next_week": 7, "next_open": 1, "previous_open": -1}[self.closed])
        later = day + step
        while later in calendar.year and later.month in self.months.values:
            if self._is_open(later, calendar):
                return later
            later += step
        earlier = day - step
        while earlier.month == day.month:
            if self._is_open(earlier, calendar):
                return earlier
            earlier -= step
        return None

    def _is_open(self, day: date, calendar: Calendar) -> bool:
        year = calendar.year
        off = any(first.within(year) <= day <= last.within(year) for first, last in self.off)
        return bool(calendar.hours(day)) and not off


def _dates(rule: FixedPattern, calendar: Calendar) -> set[date]:
    """Return the open dates of the pattern by stepping through each month's weekdays."""
    found: set[date] = set()
    held_on = set(calendar.open_days).difference(days_within(rule.off, calendar.year))
    for month in rule.months.values:
        first, last = calendar.year.month(month)
        for weekday in rule.weekdays:
            days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            named = [day for day in days if day.weekday() == weekday]
            for nth in rule.nths:
                at = named[-1:] if nth == LAST else [day for day in named if week_of_month(day) == nth]
                found |= {moved for day in at for moved in _open_from(day, rule, calendar, held_on)}
    return found


def _open_from(day: date, rule: FixedPattern, calendar: Calendar, held_on: Collection[date]) -> list[date]:
    """Return the first open day of those that a session of a day may be held on, in their order."""
    if rule.closed == "skip":
        return [day] if day in held_on else []
    step = 7 if rule.closed == "next_week" else 1
    place = calendar.year.days.index(day)
    after, before = calendar.year.days[place::step], calendar.year.days[place::-step]
    onward, back = (before, after) if rule.closed == "previous_open" else (after, before)
    within = takewhile(lambda other: other.month in rule.months.values, onward)
    same_month = takewhile(lambda other: other.month == day.month, back)
    return [other for other in (*within, *same_month) if other in held_on][:1]


_MISSING = Text("{who}: {day} の回がありません (規則: {rule})", "{who}: no session on {day} (wanted: {rule})")
_EXTRA = Text(
    "{session}: 決まった日ではありません (規則: {rule})",
    "{session}: not a day of the pattern (wanted: {rule})",
)
