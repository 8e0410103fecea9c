"""Who of a pool takes a session where several plans share the pool: nobody is named twice at a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session


def named_apart(
    problems: Sequence[Problem], schedules: Mapping[int, Schedule], shared: Collection[str]
) -> dict[int, Schedule]:
    """Return schedules of several plans, by the plan's number, that name no unit of a shared pool twice.

    Each session keeps whom it names where they are free, else has somebody who is alike. Where there are
    enough units at each moment this always succeeds: sessions are named in the order of their starts.
    """
    alike = {
        (number, unit): one.units
        for number, problem in enumerate(problems)
        for one in problem.resources
        if one.pool in shared
        for unit in one.units
    }
    naming = _Naming(alike)
    every = [(one, number) for number, schedule in schedules.items() for one in schedule.sessions]
    named: dict[tuple[int, str], Session] = {}
    for one, number in sorted(every, key=lambda pair: (pair[0].day, pair[0].start, pair[1], pair[0].id)):
        if not one.held_with:
            named[number, one.id] = naming.named(one, number)
    return {
        number: replace(schedule, sessions=tuple(_beside_hosts(number, schedule, named)))
        for number, schedule in schedules.items()
    }


@dataclass
class _Naming:
    alike: Mapping[tuple[int, str], tuple[str, ...]]
    busy_until: dict[tuple[str, date], int] = field(default_factory=dict)

    def named(self, session: Session, plan: int) -> Session:
        """Return a plan's session with units that are free when it begins, and note that they are taken."""
        taken: list[str] = []
        for unit in session.units:
            taken.append(self._free(unit, plan, session, taken))
        for unit in taken:
            if (plan, unit) in self.alike:
                self.busy_until[unit, session.day] = session.end
        rooms = len(session.rooms)
        return replace(session, rooms=tuple(taken[:rooms]), staff=tuple(taken[rooms:]))

    def _free(self, unit: str, plan: int, session: Session, taken: Sequence[str]) -> str:
        alike = self.alike.get((plan, unit), ())
        for one in (unit, *alike) if alike else ():
            if one not in taken and self.busy_until.get((one, session.day), 0) <= session.start:
                return one
        return unit


def _beside_hosts(
    number: int, schedule: Schedule, named: Mapping[tuple[int, str], Session]
) -> Iterator[Session]:
    """Yield the sessions of a schedule as they are named; guests have the units of their host."""
    for one in schedule.sessions:
        host = named[number, one.held_with or one.id]
        yield replace(one, rooms=host.rooms, staff=host.staff) if one.held_with else host
