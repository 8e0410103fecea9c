"""What the calendar of a new year has: open weekdays, nth weekdays that are closed, places of programmes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN, Calendar, week_of_month
from ksolve.expand.centre import calendar_of
from ksolve.next_year.habits import Habit
from ksolve.plan import Plan
from ksolve.spelling.usual_days import is_good, kept_after
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class WeekdaySupply:
    """How many days of a weekday are open in the year before and in the new one, and which fall out.

    `closed` has the closed dates of each nth of the weekday in the new year's months.
    """

    weekday: int
    before: int
    after: int
    closed: Mapping[int, tuple[date, ...]]


@dataclass(frozen=True, slots=True)
class Places:
    """The usual days of a programme that are open as they stand, in both years, and where the rest goes.

    `goes` has each closed usual day of the new year with its date by the habit, None where there is none.
    """

    habit: Habit
    before: int
    after: int
    goes: tuple[tuple[date, date | None], ...]

    @property
    def text(self) -> Text:
        """What becomes of the closed ones: 5/5(火) → 5/12(火)、11/3(火) → なし."""
        weekly = {day.weekday for day in self.habit.days if not day.weeks}
        each = [_goes(named, there, weekly=named.weekday() in weekly) for named, there in self.goes]
        return Text("、".join(one.ja for one in each), ", ".join(one.en for one in each))


def open_days(calendar: Calendar) -> tuple[int, ...]:
    """Return how many Mondays, Tuesdays and so on are open in the year of a calendar."""
    counts = [0] * 7
    for day in calendar.open_days:
        counts[day.weekday()] += 1
    return tuple(counts)


def weekdays_of(before: Plan, after: Plan) -> tuple[WeekdaySupply, ...]:
    """Return the supply of each weekday on which the centre is open in either year."""
    old, new = calendar_of(before), calendar_of(after)
    counted = list(zip(open_days(old), open_days(new), strict=True))
    return tuple(
        WeekdaySupply(weekday, was, now, _closed(new, weekday))
        for weekday, (was, now) in enumerate(counted)
        if was or now
    )


def _closed(calendar: Calendar, weekday: int) -> dict[int, tuple[date, ...]]:
    shut = [day for day in calendar.year.days if day.weekday() == weekday and not calendar.hours(day)]
    nths = {week: tuple(day for day in shut if week_of_month(day) == week) for week in range(1, 6)}
    return {week: days for week, days in nths.items() if days}


def places_of(before: Plan, after: Plan, habits: Sequence[Habit], minutes: Mapping[str, int]) -> list[Places]:
    """Return the places of each habit in both years; `minutes` is how long a session is, by part or group."""
    old, new = calendar_of(before), calendar_of(after)
    return [_places(habit, old, new, minutes.get(habit.binds[0], 60)) for habit in habits]


def _places(habit: Habit, old: Calendar, new: Calendar, minutes: int) -> Places:
    goes = tuple(_gone(habit, new, minutes))
    named = sum(1 for day in habit.days for _ in day.named(new.year))
    held = sum(
        is_good(named_day, day.start, minutes, old) for day in habit.days for named_day in day.named(old.year)
    )
    return Places(habit, held, named - len(goes), goes)


def _gone(habit: Habit, calendar: Calendar, minutes: int) -> Iterator[tuple[date, date | None]]:
    for day in habit.days:

        def fine(one: date, start: int = day.start) -> bool:
            return is_good(one, start, minutes, calendar)

        for named in day.named(calendar.year):
            if not fine(named):
                there = [d for d in kept_after(named, habit.reactions.steps(named), fine) if fine(d)]
                yield named, there[0] if there and day.weeks else None


def _goes(named: date, there: date | None, *, weekly: bool) -> Text:
    before, after = _short(named), _short(there) if there else _IN_WEEK if weekly else _NONE
    return Text(f"{before.ja} → {after.ja}", f"{before.en} -> {after.en}")


def _short(day: date) -> Text:
    return Text(
        f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]})",
        f"{day.month}/{day.day} ({WEEKDAYS_EN[day.weekday()]})",
    )


_NONE = Text("なし", "none")
_IN_WEEK = Text("その週のほかの日", "another day of the week")
