"""Usual days: 第2火 10:00 in the months in which it holds, and what becomes of one that is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ksolve.calendar import MONTHS, WEEKDAYS, WEEKDAYS_EN, Calendar, FiscalYear, span_of_days
from ksolve.clock import clock, covers
from ksolve.frequency import LAST, Months
from ksolve.text import Text

Step = Literal["either", "next_week", "previous_week", "next_open", "previous_open", "skip"]
"""What a planner does with a usual day that is closed; several are tried one after the other."""

STEPS: dict[Step, Text] = {
    "either": Text("前後の週", "a week later or earlier"),
    "next_week": Text("1週後", "a week later"),
    "previous_week": Text("1週前", "a week earlier"),
    "next_open": Text("翌開館日", "the next open day"),
    "previous_open": Text("前の開館日", "the open day before"),
    "skip": Text("休み", "none"),
}
_STRIDES: dict[Step, int] = {"next_week": 7, "previous_week": -7, "next_open": 1, "previous_open": -1}


@dataclass(frozen=True, slots=True)
class UsualDay:
    """One weekday and start, in some weeks of the month (-1: the last; none: every week) of some months.

    `months` is empty where it holds in all.
    """

    weekday: int
    start: int
    weeks: tuple[int, ...] = ()
    months: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Return 5月～7月の第2・第4火 10:00, as a plan has it."""
        months = f"{Months(self.months)}の" if self.months else ""
        weeks = "・".join("最終" if week == LAST else f"第{week}" for week in self.weeks)
        return f"{months}{weeks}{WEEKDAYS[self.weekday]} {clock(self.start)}"

    @property
    def text(self) -> Text:
        """The day as people say it."""
        weeks = " and ".join("the last" if week == LAST else str(week) for week in self.weeks)
        nth = f", week {weeks} of the month" if self.weeks else ""
        months = f" ({Months(self.months).english})" if self.months else ""
        return Text(str(self), f"{WEEKDAYS_EN[self.weekday]} {clock(self.start)}{nth}{months}")

    def named(self, year: FiscalYear) -> Iterator[date]:
        """Yield the dates that it names in a year, closed ones too."""
        for month in self.months or MONTHS:
            days = [day for day in span_of_days(*year.month(month)) if day.weekday() == self.weekday]
            weeks = range(1, len(days) + 1) if not self.weeks else self.weeks
            found = {days[week - 1 if week > 0 else week] for week in weeks if week <= len(days)}
            yield from sorted(found)


def is_good(day: date, start: int, minutes: int, calendar: Calendar) -> bool:
    """Tell whether a session may be expected on a date: the place is open, and the date is not avoided."""
    return day not in calendar.quiet and covers(calendar.hours(day), start, start + minutes)


def kept_after(named: date, steps: Sequence[Step], is_fine: Callable[[date], bool]) -> list[date]:
    """Return the dates that keep a usual day, the best first; none where it is left out.

    That is the day itself, if it is fine. Else the steps are tried in turn, each from where the one
    before has led, until one leads to a date that is fine in the same month; where none does, the same
    weekday a week later or earlier in the month will do.
    """
    if is_fine(named):
        return [named]
    if tuple(steps) == ("skip",):
        return []
    found = led(named, steps, is_fine)
    beside = (named + timedelta(7), named - timedelta(7), named)
    return [found] if found else [day for day in beside if day.month == named.month]


def week_of(day: date) -> Iterator[date]:
    """Yield the dates of a day's week, from its Monday on."""
    monday = day - timedelta(days=day.weekday())
    yield from (monday + timedelta(days=n) for n in range(7))


def led(named: date, steps: Sequence[Step], is_fine: Callable[[date], bool]) -> date | None:
    """Return where steps lead from a closed day, None where they lead to no fine date in its month."""
    day = named
    for step in steps if "either" not in steps else ():
        day = _stepped(day, step, is_fine)
        if day.month != named.month:
            return None
        if is_fine(day):
            return day
    return None


def _stepped(day: date, step: Step, is_fine: Callable[[date], bool]) -> date:
    """Return where one step leads; to the next open day it goes on until one is fine, or the month ends."""
    month, stride = day.month, timedelta(_STRIDES[step])
    day += stride
    while step in ("next_open", "previous_open") and day.month == month and not is_fine(day):
        day += stride
    return day
