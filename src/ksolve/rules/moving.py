"""Days that are named by a rule, and where they move: 祝日の場合は翌日, 7月17日を除く."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import takewhile
from typing import Annotated, Literal

from pydantic import Field

from ksolve.calendar import Calendar, YearlyDay, days_within, holidays, show_days, show_weekdays
from ksolve.frequency import EVERY_MONTH
from ksolve.problem.rule import Rule
from ksolve.spelling import LISTED, DaysField, MonthsField, WeekdaysField
from ksolve.text import Text

Closed = Literal["next_week", "next_open", "next_workday", "previous_open", "previous_workday", "skip"]
Days = tuple[YearlyDay, YearlyDay]
_STEPS = {"next_week": 7, "next_open": 1, "next_workday": 1, "previous_open": -1, "previous_workday": -1}


class Moving(Rule):
    """A rule that names the days of its sessions, and says what becomes of a day that is no good.

    A day is off when the centre is closed, when it is one of `closed_weekdays` or of `off`, or, with
    `holidays: closed`, a holiday. It moves as `closed` says to the first day that is not off, does not
    leave the months, the stretches and the year, and at their end moves the other way within its month.
    With `holidays: skip`, and on days `without`, it is left out instead.
    """

    months: MonthsField = Field(EVERY_MONTH, description="月 / the months")
    within: Annotated[tuple[DaysField, ...], LISTED] = Field(
        (),
        description="期間。書かなければ一年 / stretches of days; empty: all year",
        examples=[["5/8〜7/31"]],
    )
    closed: Closed = Field("next_week", description="休館日に当たったとき / what happens on a closed day")
    holidays: Literal["open", "closed", "skip"] = Field(
        "open",
        description=(
            "祝日。open は休館でなければ普通の日、closed は休館日と同じ、skip は行わない / holidays: open: a"
            " day as others where the centre is open; closed: as a closed day; skip: left out"
        ),
    )
    closed_weekdays: WeekdaysField | None = Field(
        None, description="休館日と同じに扱う曜日 / weekdays that count as closed days", examples=["土日"]
    )
    off: Annotated[tuple[DaysField, ...], LISTED] = Field(
        (),
        description="休館でなくても行わない日。休館日と同じに移す / dates that count as closed days",
        examples=[["8/13〜8/15"]],
    )
    without: Annotated[tuple[DaysField, ...], LISTED] = Field(
        (), description="行わない日。移さない / days left out, not moved", examples=[["7/17"]]
    )

    def asked(self, named: Iterable[date], calendar: Calendar) -> dict[date, date]:
        """Return each named day that is held, with its date, for the solver: of all good days the first."""
        year = calendar.year
        off = frozenset(holidays(year))
        stretches = frozenset(days_within(self.within, year)) if self.within else frozenset(year.days)
        allowed = [day for day in year.days if day.month in self.months.values and day in stretches]
        gone = frozenset(days_within(self.without, year)) | (off if self.holidays == "skip" else frozenset())
        good = {day for day in allowed if calendar.hours(day)} - gone
        good -= {day for day in good if day.weekday() in (self.closed_weekdays or ())}
        good -= off if self.holidays == "closed" else frozenset()
        good -= frozenset(days_within(self.off, year))
        targets = {day for day in good if not self.closed.endswith("workday") or _is_workday(day, off)}
        inside = frozenset(allowed)
        stated = set(named)
        held = {day: day for day in stated & good}
        for day in stated & (inside - gone - good):
            moved = [other for other in self._ways(day, calendar, inside) if other in targets]
            held |= dict.fromkeys([day], moved[0]) if moved else {}
        return dict(sorted(held.items()))

    def _ways(self, day: date, calendar: Calendar, inside: frozenset[date]) -> list[date]:
        """Return the days to which one moves, the first choice first."""
        if self.closed == "skip":
            return []
        days, step = calendar.year.days, _STEPS[self.closed]
        place = days.index(day)
        onward = takewhile(lambda other: other in inside, days[place::step])
        back = takewhile(lambda other: other.month == day.month, days[place::-step])
        return [*onward, *(other for other in back if other in inside)]

    def wanted(self, is_named: Callable[[date], bool], calendar: Calendar) -> dict[date, date]:
        """Return each named day that is held, with its date, as the check reads it: day by day."""
        found: dict[date, date] = {}
        for day in calendar.year.days:
            if is_named(day) and self._is_inside(day, calendar) and not self._is_left_out(day, calendar):
                held = day if not self._is_off(day, calendar) else self._moved(day, calendar)
                found |= {day: held} if held else {}
        return found

    def _moved(self, day: date, calendar: Calendar) -> date | None:
        if self.closed == "skip":
            return None
        step = timedelta(days=_STEPS[self.closed])
        later = day + step
        while self._is_inside(later, calendar):
            if self._takes(later, calendar):
                return later
            later += step
        earlier = day - step
        while earlier.month == day.month:
            if self._is_inside(earlier, calendar) and self._takes(earlier, calendar):
                return earlier
            earlier -= step
        return None

    def _takes(self, day: date, calendar: Calendar) -> bool:
        """Whether a session may move to a day."""
        workdays = self.closed in ("next_workday", "previous_workday")
        if workdays and (day.weekday() > _FRIDAY or day in holidays(calendar.year)):
            return False
        return not self._is_off(day, calendar) and not self._is_left_out(day, calendar)

    def _is_inside(self, day: date, calendar: Calendar) -> bool:
        year = calendar.year
        if day not in year or day.month not in self.months.values:
            return False
        return not self.within or _is_in(day, self.within, calendar)

    def _is_off(self, day: date, calendar: Calendar) -> bool:
        if self.holidays == "closed" and day in holidays(calendar.year):
            return True
        if self.closed_weekdays and day.weekday() in self.closed_weekdays:
            return True
        if _is_in(day, self.off, calendar):
            return True
        return not calendar.hours(day)

    def _is_left_out(self, day: date, calendar: Calendar) -> bool:
        if self.holidays == "skip" and day in holidays(calendar.year):
            return True
        return _is_in(day, self.without, calendar)

    @property
    def exceptions(self) -> Text:
        """What is said beside the days, in brackets; nothing where they only move from closed days."""
        off = [Text(show_weekdays([day]), _EN[day]) for day in sorted(self.closed_weekdays or ())]
        off += [Text("祝日", "holidays")] if self.holidays == "closed" else []
        off += [Text(show_days(self.off), show_days(self.off))] if self.off else []
        parts = [Text(show_days(self.within), show_days(self.within))] if self.within else []
        if off:
            days = Text("・".join(day.ja for day in off), ", ".join(day.en for day in off))
            parts.append(_MOVED[self.closed].fill(days=days))
        left = [*([show_days(self.without)] if self.without else [])]
        gone = Text("・".join([*(["祝日"] if self.holidays == "skip" else []), *left]), "")
        english = ", ".join([*(["holidays"] if self.holidays == "skip" else []), *left])
        parts += [_LEFT_OUT.fill(days=Text(gone.ja, english))] if english else []
        if not parts:
            return Text("", "")
        return Text(f"({'、'.join(p.ja for p in parts)})", f" ({'; '.join(p.en for p in parts)})")


def _is_in(day: date, stretches: Iterable[Days], calendar: Calendar) -> bool:
    year = calendar.year
    return any(first.within(year) <= day <= last.within(year) for first, last in stretches)


def _is_workday(day: date, off: frozenset[date]) -> bool:
    return day.weekday() <= _FRIDAY and day not in off


_FRIDAY = 4
_EN = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_MOVED = {
    "next_week": Text("{days}の場合は翌週", "a week later on {days}"),
    "next_open": Text("{days}の場合は翌日", "the next open day on {days}"),
    "next_workday": Text("{days}の場合は翌平日", "the next working day on {days}"),
    "previous_open": Text("{days}の場合は前日", "the open day before on {days}"),
    "previous_workday": Text("{days}の場合は前平日", "the working day before on {days}"),
    "skip": Text("{days}の場合は休み", "none on {days}"),
}
_LEFT_OUT = Text("{days}を除く", "not on {days}")
