"""How different two schedules of a plan are to those who read them: weekdays and patterns, then dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ksolve.calendar import week_of_month
from ksolve.problem import Problem, Series
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule

Family = tuple[str, str]
"""A programme and one of its components, with all its groups: which group has which date is a name."""

SCALE = 10_000
"""Points of a programme all of whose sessions are on other weekdays; of 40 sessions each has 250."""


@dataclass(frozen=True, slots=True, order=True)
class Distance:
    """What sets one schedule apart from another, the first first.

    `rhythm` are points (see `SCALE`): a programme that has a rhythm counts by the part of its sessions that
    keep none of its weekdays in the other schedule, and by half the part of those that keep a weekday and no
    start or week of the month. `dates` is the number of dates and starts that only one of the two has.
    """

    rhythm: int
    dates: int

    @property
    def programmes(self) -> float:
        """The rhythm as a number of programmes."""
        return self.rhythm / SCALE

    @property
    def sessions(self) -> float:
        """The dates as a number of sessions elsewhere; half of one is there in one schedule alone."""
        return self.dates / 2


@dataclass(frozen=True)
class Seen:
    """What people see of a family in a schedule: when it meets, and its usual weekdays and places.

    `half` is what a session that keeps a weekday and no place counts; one that keeps neither counts twice as
    much. It is 0 for what has no rhythm. A place is a weekday, a start and a week of the month, 0 for every
    week.
    """

    cells: Counter[Cell]
    weekdays: frozenset[int] = frozenset()
    places: frozenset[tuple[int, int, int]] = frozenset()
    half: int = 0

    def points(self, cell: Cell) -> int:
        """Return how far from what is seen here a session of another schedule is."""
        if not self.half or cell in self.cells:
            return 0
        day, start = cell
        if day.weekday() not in self.weekdays:
            return 2 * self.half
        here = {(day.weekday(), start, week) for week in (0, week_of_month(day))}
        return 0 if here & self.places else self.half


@dataclass(frozen=True)
class Sight:
    """A schedule as people see it, family by family."""

    families: Mapping[Family, Seen] = field(default_factory=dict)

    def of(self, family: Family) -> Seen:
        """Return what is seen of a family; one without sessions is never seen."""
        return self.families.get(family, Seen(Counter()))


def family_of(series: Series) -> Family:
    """Return the family of a series."""
    return series.programme, series.component


def held(problem: Problem, schedule: Schedule) -> Sight:
    """Return when each family meets in a schedule, not its rhythm; reserve dates are no sessions."""
    owners = {series.id: family_of(series) for series in problem.series if not series.reserve_of}
    cells: dict[Family, Counter[Cell]] = defaultdict(Counter)
    for session in schedule.sessions:
        if session.series in owners:
            cells[owners[session.series]][session.day, session.start] += 1
    return Sight({family: Seen(mine) for family, mine in cells.items()})


def distance(here: Sight, there: Sight) -> Distance:
    """Return how far the second schedule is from the first."""
    rhythm = dates = 0
    for family in here.families.keys() | there.families.keys():
        one, other = here.of(family), there.of(family)
        rhythm += sum(count * one.points(cell) for cell, count in other.cells.items())
        dates += ((one.cells - other.cells) + (other.cells - one.cells)).total()
    return Distance(rhythm, dates)


def nearest(known: Iterable[Sight], there: Sight) -> Distance:
    """Return how far a schedule is from the nearest of several: in rhythm, and in dates."""
    found = [distance(one, there) for one in known]
    return Distance(min(one.rhythm for one in found), min(one.dates for one in found))
