"""What a rule reads and says: the case that it checks, its breaches, what it demands and bounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from ksolve.calendar import FiscalYear
from ksolve.problem.data import Binding, Resource, Series, Setting
from ksolve.problem.periods import first_of_period
from ksolve.problem.schedule import Schedule, Session, label
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which a schedule breaks a rule.

    `amount` is what a soft rule pays for it; `period` the first and last date that it is about,
    where it is about a period.
    """

    text: Text
    sessions: tuple[Session, ...] = ()
    amount: int = 1
    period: tuple[date, date] | None = None


@dataclass(frozen=True)
class Case:
    """A schedule held against its problem: all that a check may look at."""

    problem: Setting
    schedule: Schedule

    @cached_property
    def within(self) -> Schedule:
        """The sessions of the plan's year: no others count. That there are others is for `opening` to say."""
        first, last = self.problem.year.first, self.problem.year.last
        inside = tuple(session for session in self.schedule.sessions if first <= session.day <= last)
        return self.schedule if len(inside) == len(self.schedule.sessions) else Schedule(inside)

    def sessions(self, posted: Binding) -> tuple[Session, ...]:
        """Return the sessions of the rule's series in the plan's year, in date order."""
        return self.within.of_series(posted.series)

    def uses(self, posted: Binding, names: Iterable[str]) -> Iterator[tuple[str, list[Session]]]:
        """Yield each unit named, or of a pool named, with its sessions of the rule's series.

        The sessions come in date order; those held together are one, the host's.
        """
        bound = {series.id for series in posted.series}
        of_pool: dict[str, list[str]] = defaultdict(list)
        for resource in self.problem.resources:
            of_pool[resource.pool] += resource.units
        for unit in dict.fromkeys(unit for name in names for unit in of_pool.get(name) or [name]):
            yield unit, [session for session in self.users.get(unit, ()) if session.series in bound]

    def label(self, session: Session) -> Text:
        """Return a session as people call it."""
        return label(session, self.series.get(session.series))

    @cached_property
    def users(self) -> dict[str, list[Session]]:
        """The sessions that use each room and member of staff, in date order; guests use their host's."""
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.schedule.sessions:
            for unit in dict.fromkeys(session.units) if not session.held_with else ():
                found[unit].append(session)
        return found

    @cached_property
    def resource_of(self) -> dict[str, Resource]:
        """The resource that each room and member of staff belongs to, by the unit's name."""
        return {unit: resource for resource in self.problem.resources for unit in resource.units}

    def taken(self, session: Session) -> tuple[str, ...]:
        """Return the rooms and members that a session names of the pools that it needs: its own.

        Who else is named beside them counts for no rule that asks who holds a session.
        """
        needed = {pool for need in self.series[session.series].needs for pool in need.pools}
        return tuple(
            unit
            for unit in session.units
            if unit in self.resource_of and self.resource_of[unit].pool in needed
        )

    @cached_property
    def series(self) -> dict[str, Series]:
        """Each series of the problem by its id."""
        return {series.id: series for series in self.problem.series}


@dataclass(frozen=True)
class Demand:
    """At least `low` sessions of some series, in sum, on days of a period: what a rule asks for.

    `who` is what people call the series.
    """

    who: str
    series: tuple[Series, ...]
    period: tuple[date, ...]
    low: int

    @cached_property
    def days(self) -> frozenset[date]:
        """The days of the period."""
        return frozenset(self.period)

    def adds_to(self, other: Demand) -> bool:
        """Tell whether no session can count for both, so that the two may be summed."""
        shared = {series.id for series in self.series} & {series.id for series in other.series}
        return not shared or not self.days & other.days


@dataclass(frozen=True, slots=True)
class Bound:
    """At most `most` sessions of some series at a moment, or in a day, week or month: what a rule allows.

    `name` says of what, `note` why.
    """

    per: Literal["moment", "day", "week", "month"]
    most: int
    series: tuple[Series, ...]
    name: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Blame:
    """Why a rule takes days away from a session by itself: of several that of the first `turn`."""

    text: Text
    turn: int


@dataclass(frozen=True)
class UnitLimits:
    """What the rules of a problem say of single rooms and members, for whoever names them without a solver.

    `leaders` are to take the sessions of a series, `between` are the minutes that a unit is free between two
    sessions, `most` are the bounds of each unit.
    """

    year: FiscalYear
    leaders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    between: dict[str, int] = field(default_factory=dict)
    most: dict[str, list[Bound]] = field(default_factory=lambda: defaultdict(list))

    def periods(self, unit: str, day: date) -> dict[object, int]:
        """Return the periods of a unit's bounds in which a date lies, each with its most sessions."""
        bounds = self.most.get(unit, ())
        return {(n, first_of_period(one.per, day, self.year)): one.most for n, one in enumerate(bounds)}
