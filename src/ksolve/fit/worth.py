"""What a session counts in the regularity of a schedule, at any date on which it might be held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations, product

from ksolve.calendar import MONTHS, Calendar, FiscalYear
from ksolve.fit.regularity import (
    Regularity,
    Rhythm,
    closed_on,
    place_of,
    replaced,
    slots_of_weeks,
)
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule

Week = tuple[int, int]
"""A year and its week by ISO 8601."""

WHOLE = 2
"""Points are counted in halves, as whole numbers."""
_ALL = Fraction(1)


class Worth:
    """The points of single dates by the sentences that the families of a schedule have, or are to have.

    `sessions` and `points` (in halves) are those of the schedule itself. A schedule of the same sentences
    is at least as regular as its points are many: another sentence may predict more of it.
    """

    def __init__(
        self, found: Regularity, year: FiscalYear, without: Mapping[str, Week] | None = None
    ) -> None:
        """`without` has a week for some families, by their names, in which they have no session."""
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
        if (cell[0].weekday(), cell[1]) not in rhythm.slots:
            return 0
        return WHOLE if not rhythm.weeks or cell in self._places[rhythm.name] else 1

    def allows(self, series: str, cell: Cell) -> bool:
        """Whether the sentences leave room for a session there at all."""
        rhythm = self._rhythms.get(series)
        return rhythm is None or self._without.get(rhythm.name) != cell[0].isocalendar()[:2]


def other_sentences(
    found: Regularity, schedule: Schedule, calendar: Calendar, below: Fraction = _ALL
) -> Iterator[Worth]:
    """Yield the worth of dates by other sentences for families of a share below: these might predict more.

    Its points are still those of the schedule by its own: what is to be beaten.
    """
    poor = {rhythm.name: rhythm for rhythm in found.rhythms if rhythm.share < below}
    fuller = {name: one for name, rhythm in poor.items() if (one := _in_one_week_less(rhythm, schedule))}
    if fuller:
        rhythms = (fuller[one.name][0] if one.name in fuller else one for one in found.rhythms)
        without = {name: week for name, (_, week) in fuller.items()}
        yield Worth(Regularity(tuple(rhythms)), calendar.year, without)
    freer = {name: _in_open_weeks(rhythm, calendar) for name, rhythm in poor.items()}
    if freer != poor:
        yield Worth(Regularity(tuple(freer.get(one.name, one) for one in found.rhythms)), calendar.year)


def _in_one_week_less(rhythm: Rhythm, schedule: Schedule) -> tuple[Rhythm, Week] | None:
    """Return a sentence with a weekday more, and the week that is then to have no session.

    How many weekdays a sentence names follows from the sessions and their weeks: 40 visits in 10 weeks
    have four, in 9 weeks five. None where one week less gives no weekday more.
    """
    cells = [(s.day, s.start) for s in schedule.sessions if s.series in rhythm.series]
    weeks = Counter(day.isocalendar()[:2] for day, _ in cells)
    more = len(rhythm.slots) + 1
    if rhythm.weeks or len(weeks) < 2 or slots_of_weeks(len(cells), len(weeks) - 1) != more:
        return None
    slots = Counter((day.weekday(), start) for day, start in cells)
    least = min(weeks, key=lambda week: (weeks[week], week))
    return replace(rhythm, slots=frozenset(slot for slot, _ in slots.most_common(more))), least


def _in_open_weeks(rhythm: Rhythm, calendar: Calendar) -> Rhythm:
    """Return the sentence whose weeks of the month are closed or avoided least often; itself if it is one."""
    months = sorted({(day.year, day.month) for day in rhythm.held})
    weekdays = {weekday for weekday, _ in rhythm.slots}

    def usual(weeks: tuple[int, ...]) -> int:
        places = product(months, weekdays, weeks)
        return sum(calendar.is_usual(place_of(*month, weekday, week)) for month, weekday, week in places)

    others = combinations(range(1, 6), len(rhythm.weeks))
    return replace(rhythm, weeks=max((rhythm.weeks, *others), key=usual)) if rhythm.weeks else rhythm


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
