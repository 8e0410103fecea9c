"""What a session counts in the regularity of a schedule, at any date on which it might be held."""

from __future__ import annotations

from datetime import date

from ksolve.calendar import MONTHS, Calendar, FiscalYear
from ksolve.fit.regularity import Regularity, Rhythm, closed_on, place_of, replaced
from ksolve.problem.patterns import Cell

WHOLE = 2
"""Points are counted in halves, as whole numbers."""


class Worth:
    """The points of single dates by the sentences that the families of a schedule have.

    `sessions` and `points` (in halves) are those of the schedule itself. A schedule of the same sentences
    is at least as regular as its points are many: another sentence may predict more of it.
    """

    def __init__(self, found: Regularity, year: FiscalYear) -> None:
        self.sessions = found.sessions
        self.points = int(WHOLE * sum(rhythm.points for rhythm in found.rhythms))
        self._rhythms = {name: rhythm for rhythm in found.rhythms for name in rhythm.series}
        self._places = {rhythm.name: frozenset(_places(rhythm, year)) for rhythm in found.rhythms}

    def of(self, series: str, cell: Cell) -> int | None:
        """Return the half points of a session there: 2, 1 or 0; None where its family is not counted."""
        rhythm = self._rhythms.get(series)
        if rhythm is None:
            return None
        if (cell[0].weekday(), cell[1]) not in rhythm.slots:
            return 0
        return WHOLE if not rhythm.weeks or cell in self._places[rhythm.name] else 1


def lost_days(rhythm: Rhythm, calendar: Calendar) -> tuple[date, ...]:
    """Return the days that a sentence names and on which the centre is closed, or which it avoids."""
    weekdays = {weekday for weekday, _ in rhythm.slots}
    named = [day for day in calendar.year.days if day.weekday() in weekdays]
    if rhythm.weeks:
        named = [place for place, _ in _named(rhythm, calendar.year)]
    return tuple(day for day in named if not calendar.is_usual(day))


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
