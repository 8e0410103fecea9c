"""Which of several like rooms or members a session has: the one that was printed, where that can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from ksolve.problem import Problem, Resource
from ksolve.problem.schedule import Schedule, Session

_TRIED = 20_000
"""So many ways to hand out the units of one resource on one date are looked at."""


def keep_names(schedule: Schedule, problem: Problem, wanted: Mapping[str, Sequence[str]]) -> Schedule:
    """Return a schedule in which sessions have their wanted units, by the id of the session.

    Only units that stand for one another are exchanged: each session has as many of each resource as
    before, and no unit is taken twice at a moment. On each date, as many sessions as can be have
    what is wanted (of the first 20,000 ways to hand the units out).
    """
    units = {
        session.id: dict.fromkeys(session.units) for session in schedule.sessions if not session.held_with
    }
    for resource in problem.resources:
        if len(resource.units) > 1:
            for day in _by_day(schedule, resource):
                for session, names in _Handing(resource, day, wanted).best().items():
                    kept = [unit for unit in units[session] if unit not in resource.units]
                    units[session] = dict.fromkeys([*kept, *names])
    rooms = {unit for resource in problem.resources if resource.kind == "room" for unit in resource.units}
    named = [
        _renamed(session, units[session.held_with or session.id], rooms) for session in schedule.sessions
    ]
    return replace(schedule, sessions=tuple(named))


def kept_units(schedule: Schedule, base: Schedule) -> dict[str, Sequence[str]]:
    """Return the units that sessions had in the base, by the id of each that is where it was."""
    there = {(s.series, s.day, s.start): s.units for s in base.sessions if not s.held_with}
    found = ((s.id, there.get((s.series, s.day, s.start))) for s in schedule.sessions)
    return {session: units for session, units in found if units}


def _renamed(session: Session, units: Mapping[str, None], rooms: set[str]) -> Session:
    """Return a session with units in the order in which it named them, the new ones last."""

    def ordered(before: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
        return (*(unit for unit in before if unit in names), *(unit for unit in names if unit not in before))

    mine = ordered(session.rooms, [unit for unit in units if unit in rooms])
    return replace(session, rooms=mine, staff=ordered(session.staff, [u for u in units if u not in rooms]))


def _by_day(schedule: Schedule, resource: Resource) -> Iterator[list[Session]]:
    days: dict[object, list[Session]] = defaultdict(list)
    for session in schedule.sessions:
        if not session.held_with and set(session.units) & set(resource.units):
            days[session.day].append(session)
    yield from days.values()


@dataclass
class _Handing:
    """The units of a resource handed out to the sessions of a date, one session after the other."""

    resource: Resource
    sessions: list[Session]
    wanted: Mapping[str, Sequence[str]]
    found: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kept: int = -1
    tried: int = 0

    def best(self) -> dict[str, tuple[str, ...]]:
        """Return the units of each session, by its id, with as many sessions as can be content."""
        self.sessions.sort(key=lambda session: (session.start, session.id))
        self._hand({}, 0, 0)
        return self.found

    def _hand(self, given: dict[str, tuple[str, ...]], at: int, kept: int) -> None:
        """Go on with the session `at`; branches that cannot keep more are left (branch and bound)."""
        self.tried += 1
        if kept + len(self.sessions) - at <= self.kept or self.tried > _TRIED:
            return
        if at == len(self.sessions):
            self.found, self.kept = dict(given), kept
            return
        session = self.sessions[at]
        busy = {unit for other in self.sessions[:at] if other.overlaps(session) for unit in given[other.id]}
        amount = len(set(session.units) & set(self.resource.units))
        liked = [unit for unit in self.wanted.get(session.id, session.units) if unit in self.resource.units]
        free = [unit for unit in [*liked, *self.resource.units] if unit not in busy]
        for names in combinations(dict.fromkeys(free), amount):
            content = set(liked[:amount]) <= set(names)
            self._hand({**given, session.id: names}, at + 1, kept + content)
