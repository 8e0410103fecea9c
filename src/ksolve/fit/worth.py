"""What a session counts in the regularity of a schedule, at any date on which it might be held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from ksolve.calendar import MONTHS, Calendar, FiscalYear
from ksolve.fit.regularity import Regularity, Rhythm, closed_on, place_of, replaced, slots_of_weeks
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule

Week = tuple[int, int]
"""A year and its week by ISO 8601."""

WHOLE = 2
"""Points are counted in halves, as whole numbers."""


class Worth:
    """The points of single dates by the sentences that the families of a schedule have.

    `sessions` and `points` (in halves) are those of the schedule itself. A schedule of the same sentences
    is at least as regular as its points are many: another sentence may predict more of it.
    """

    def __init__(
        self, found: Regularity, year: FiscalYear, without: Mapping[str, Week] | None = None
    ) -> None:
        """`without` has a week for some families, by their names, in which a session is worth nothing."""
        self.sessions = found.sessions
        self.points = int(WHOLE * sum(rhythm.points for rhythm in found.rhythms))
        self._rhythms = {name: rhythm for rhythm in found.rhythms for name in rhythm.series}
        self._without = without or {}
        self._places = {rhythm.name: frozenset(_places(rhythm, year)) for rhythm in found.rhythms}

    def of(self, series: str, cell: Cell) -> int | None:
        """Return the half points of a session there: 2, 1 or 0; None where its family is not counted."""
        rhythm = self._rhythms.get(series)
        if rhythm is None:
            return None
        week = cell[0].isocalendar()[:2]
        if (cell[0].weekday(), cell[1]) not in rhythm.slots or self._without.get(rhythm.name) == week:
            return 0
        return WHOLE if not rhythm.weeks or cell in self._places[rhythm.name] else 1


def in_one_week_less(found: Regularity, schedule: Schedule, year: FiscalYear) -> Worth | None:
    """Return the worth of dates by sentences with a weekday more, where one week less would give it.

    How many weekdays a sentence names follows from the sessions and their weeks: 40 visits in 10 weeks
    have four, in 9 weeks five. The week that has least is then to have none. None where no family is so.
    """
    fuller: dict[str, tuple[Rhythm, Week]] = {}
    for rhythm in (one for one in found.rhythms if not one.weeks):
        cells = [(s.day, s.start) for s in schedule.sessions if s.series in rhythm.series]
        weeks = Counter(day.isocalendar()[:2] for day, _ in cells)
        if len(weeks) > 1 and slots_of_weeks(len(cells), len(weeks) - 1) == len(rhythm.slots) + 1:
            least = min(weeks, key=lambda week: (weeks[week], week))
            slots = Counter((day.weekday(), start) for day, start in cells)
            chosen = frozenset(slot for slot, _ in slots.most_common(len(rhythm.slots) + 1))
            left = [cell for cell in cells if cell[0].isocalendar()[:2] != least]
            points = sum((day.weekday(), start) in chosen for day, start in left)
            fuller[rhythm.name] = replace(rhythm, slots=chosen, points=Fraction(points)), least
    if not fuller:
        return None
    rhythms = tuple(fuller[one.name][0] if one.name in fuller else one for one in found.rhythms)
    return Worth(Regularity(rhythms), year, {name: week for name, (_, week) in fuller.items()})


def lost_days(rhythm: Rhythm, calendar: Calendar) -> tuple[date, ...]:
    """Return the days that a sentence names and on which nothing is held: closed ones, and avoided ones.

    They are of the months in which the programme has sessions.
    """
    months = {day.month for day in rhythm.held}
    weekdays = {weekday for weekday, _ in rhythm.slots}
    named = [day for day in calendar.year.days if day.weekday() in weekdays]
    if rhythm.weeks:
        named = [place for place, _ in _named(rhythm, calendar.year)]
    left = [day for day in named if day.month in months and day not in rhythm.held]
    return tuple(day for day in left if not calendar.is_usual(day))


def _places(rhythm: Rhythm, year: FiscalYear) -> list[Cell]:
    """Return where the sentence of a family leads in each month, closed days moved as regularity has it."""
    closed = closed_on(year)
    return [(replaced(place, closed), start) for place, start in _named(rhythm, year)]


def _named(rhythm: Rhythm, year: FiscalYear) -> list[Cell]:
    """Return the dates that a sentence with weeks of the month names in each month."""
    months = [year.month(month)[0] for month in MONTHS]
    return [
        (place_of(first.year, first.month, weekday, week), start)
        for weekday, start in rhythm.slots
        for first in months
        for week in rhythm.weeks
    ]
