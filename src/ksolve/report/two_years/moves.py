"""Where the sessions went whose usual day was closed: 5/6 振替休日 → 5/13."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ksolve.calendar import Calendar, FiscalYear, YearlyDay, days_within, holidays
from ksolve.fit.regularity import Rhythm
from ksolve.problem.patterns import WEEK, nth_weekday
from ksolve.problem.schedule import Session
from ksolve.text import Text, plain


@dataclass(frozen=True, slots=True)
class Move:
    """A usual day on which nothing was held, and the day that took its place: None where none did.

    `why` is the holiday or closure that it fell on, None where it was open.
    """

    place: date
    day: date | None
    why: Text | None

    @property
    def text(self) -> Text:
        """The move in words: 5/6 振替休日 → 5/13."""
        went = plain(f"{self.day.month}/{self.day.day}") if self.day else _LEFT_OUT
        values = {"place": f"{self.place.month}/{self.place.day}", "day": went}
        return _BECAUSE.fill(**values, why=self.why) if self.why else _MOVED.fill(**values)


def moves_of(rhythm: Rhythm, sessions: Sequence[Session], calendar: Calendar) -> Iterator[Move]:
    """Yield the usual days of a rhythm without a session, in months (or weeks) that have others.

    Of the sessions that are not on a usual day the nearest one of the month (of the week, where the
    rhythm is weekly) took the place. One that was left out without a replacement is told only where the
    day was closed.
    """
    reasons = closed_days(calendar)
    held = {session.day for session in sessions}
    places = sorted(_places(rhythm, sessions, calendar.year))
    spare = sorted(held - set(places))
    for place in places:
        if place in held:
            continue
        near = [day for day in spare if _period(day, rhythm) == _period(place, rhythm)]
        day = min(near, key=lambda other: (abs(other - place), other), default=None)
        if day:
            spare.remove(day)
        if day or place in reasons:
            yield Move(place, day, reasons.get(place))


def closed_days(calendar: Calendar) -> Mapping[date, Text]:
    """Return why each closed day is closed; a holiday by its name, whether the centre is open or not."""
    new_year = dict.fromkeys(days_within([(YearlyDay(12, 29), YearlyDay(1, 3))], calendar.year), _NEW_YEAR)
    # 振替休日 says enough of こどもの日 振替休日
    named = {day: plain(name.split()[-1]) for day, name in holidays(calendar.year).items()}
    return {**new_year, **calendar.closed, **named}


def _places(rhythm: Rhythm, sessions: Sequence[Session], year: FiscalYear) -> Iterator[date]:
    weekdays = {weekday for weekday, _ in rhythm.slots}
    if rhythm.weeks:
        for year_of, month in sorted({(s.day.year, s.day.month) for s in sessions}):
            for weekday in weekdays:
                days = (nth_weekday(year_of, month, weekday, week) for week in rhythm.weeks)
                yield from (day if day.month == month else day - WEEK for day in days)
        return
    weeks = {_monday(session.day) for session in sessions}
    yield from (day for day in year.days if day.weekday() in weekdays and _monday(day) in weeks)


def _period(day: date, rhythm: Rhythm) -> object:
    return (day.year, day.month) if rhythm.weeks else _monday(day)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_LEFT_OUT = Text("なし", "left out")
_BECAUSE = Text("{place} {why} → {day}", "{place} {why} → {day}")
_MOVED = Text("{place} → {day}", "{place} → {day}")
_NEW_YEAR = Text("年末年始", "turn of the year")
