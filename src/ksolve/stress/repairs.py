"""How a session that goes wrong can be held after all: who stands in, where it can move to.

All of it is asked of the printed schedule, one session at a time, and kept: the rules of the plan hold after
each such repair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import islice

from ksolve.clock import covers
from ksolve.explain.days import days_open
from ksolve.explain.placing import Bearing, bearing_on, moved
from ksolve.problem import Need, Problem, Resource, Series
from ksolve.problem.patterns import WEEK, Cell
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.needs import suitable

_PLACES = 3
"""So many later places of a session are looked for; the next one is taken where one is hit as well."""
_TRIED = 16
"""So many dates are tried for them."""


class Move(StrEnum):
    """Where a session moves to: its reserve date, its natural replacement date, or another date."""

    RESERVE = "reserve"
    NATURAL = "natural"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Later:
    """A session at a later date, with its rooms and staff there."""

    session: Session
    move: Move


class Repairs:
    """What can be done for each session of a schedule that holds, others staying where they are."""

    def __init__(self, problem: Problem, base: Schedule, within: int) -> None:
        self.problem = problem
        self.base = base
        self._within = timedelta(days=within)
        self._bound: dict[str, Bearing] = {}
        self._open: dict[str, dict[date, tuple[int, ...]]] = {}
        self._others: dict[tuple[str, str], tuple[str, ...]] = {}
        self._later: dict[str, tuple[Later, ...]] = {}

    def others(self, session: Session, unit: str) -> tuple[str, ...]:
        """Return who, or which rooms, can take the place of one, those of the same pool first."""
        key = session.id, unit
        if key not in self._others:
            self._others[key] = tuple(self._standing_in(session, unit))
        return self._others[key]

    def _standing_in(self, session: Session, unit: str) -> Iterator[str]:
        series, own = self.series[session.series], self.resource_of[unit]
        need = next((n for n in series.needs if own.pool in n.pools), None)
        if need is None or any(guest.held_with == session.id for guest in self.on(session.day)):
            return
        busy = {u for one in self.on(session.day) if one.overlaps(session) for u in one.units}
        for resource in self._able(need, own):
            if covers(resource.hours(session.day), session.start, session.end):
                yield from (
                    other
                    for other in resource.units
                    if other not in busy and self._holds_with(session, unit, other)
                )

    def _able(self, need: Need, own: Resource) -> list[Resource]:
        return sorted(suitable(need, self.problem), key=lambda one: (one.pool != own.pool, one.id != own.id))

    def _holds_with(self, session: Session, unit: str, other: str) -> bool:
        """Tell whether the rules of a session's series hold with another room or member."""
        named = replace(
            session,
            rooms=tuple(other if one == unit else one for one in session.rooms),
            staff=tuple(other if one == unit else one for one in session.staff),
        )
        sessions = tuple(named if one.id == session.id else one for one in self.base.sessions)
        return not self.bound(session.series).check(Schedule(sessions))

    def can_begin_late(self, session: Session, minutes: int) -> bool:
        """Tell whether a session can begin so much later: the house is open, its rooms and staff are free."""
        end = session.end + minutes
        later = replace(session, minutes=session.minutes + minutes)
        there = covers(self.problem.calendar.hours(session.day), session.start, end) and all(
            covers(self.resource_of[unit].hours(session.day), session.start, end) for unit in session.units
        )
        others = (one for one in self.on(session.day) if one.id != session.id and one.overlaps(later))
        return there and not any(set(one.units) & set(session.units) for one in others if not one.held_with)

    def later(self, session: Session) -> tuple[Later, ...]:
        """Return where a session could be held later: reserved, the natural date, then the nearest."""
        if session.id not in self._later:
            places = islice(self._places(session), _PLACES)
            self._later[session.id] = (*self._reserved(session), *places)
        return self._later[session.id]

    def _reserved(self, session: Session) -> Iterator[Later]:
        """Yield the reserve dates of a session: those of its series from it to the next session of it."""
        own = self.base.by_series[session.series]
        end = next((one.day for one in own if one.day > session.day), date.max)
        for name in (one.id for one in self.problem.series if one.reserve_of == session.series):
            spare = self.base.by_series.get(name, ())
            yield from (Later(one, Move.RESERVE) for one in spare if session.day < one.day <= end)

    def _places(self, session: Session) -> Iterator[Later]:
        if session.held_with or any(one.held_with == session.id for one in self.on(session.day)):
            return  # what is held together does not move alone
        held = {(one.day, one.start) for one in self.base.by_series[session.series]}
        cells = [cell for cell in self.cells_after(session) if cell not in held]
        natural = (session.day + WEEK, session.start)
        cells.sort(key=lambda cell: (cell != natural, cell[0], abs(cell[1] - session.start)))
        bound = self.bound(session.series)
        for cell in cells[:_TRIED]:
            there = moved(bound, self.base, session, cell, [])
            if there is not None:
                yield Later(there, Move.NATURAL if cell == natural else Move.OTHER)

    def cells_after(self, session: Session) -> list[Cell]:
        """Return the dates and starts soon after a session that the rules leave to its series alone."""
        if session.series not in self._open:
            self._open[session.series] = self._cells(self.series[session.series])
        days = self._open[session.series]
        last = session.day + self._within
        return [(day, start) for day, starts in days.items() if session.day < day <= last for start in starts]

    def _cells(self, series: Series) -> dict[date, tuple[int, ...]]:
        left, _ = days_open(series, self.problem.year.days, self.problem)
        return left

    def bound(self, name: str) -> Bearing:
        """Return the rules that bear on a series, by its id."""
        if name not in self._bound:
            self._bound[name] = bearing_on(self.problem, name)
        return self._bound[name]

    def on(self, day: date) -> Sequence[Session]:
        """Return the sessions of a date."""
        return self._by_day.get(day, ())

    @cached_property
    def _by_day(self) -> Mapping[date, Sequence[Session]]:
        found: dict[date, list[Session]] = {}
        for session in self.base.sessions:
            found.setdefault(session.day, []).append(session)
        return found

    @cached_property
    def series(self) -> Mapping[str, Series]:
        """Each series by its id."""
        return {one.id: one for one in self.problem.series}

    @cached_property
    def resource_of(self) -> Mapping[str, Resource]:
        """The resource of each room and member."""
        return {unit: one for one in self.problem.resources for unit in one.units}
