"""Rooms and staff chosen for the sessions of one date, by a search that ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ksolve.problem import Need, Problem
from ksolve.rules.led_by import LedBy
from ksolve.rules.most_use import MostUse
from ksolve.rules.turnaround import Turnaround
from ksolve.schedule import Session

_MOST_STEPS = 20_000
"""So many choices are tried for a date; what is not found then is said not to have been found."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One unit that a session needs and its file does not name."""

    place: int
    need: Need
    units: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """What a filling keeps where it can: who leads a series, a unit's minutes between sessions and limits."""

    leaders: Mapping[str, set[str]]
    between: Mapping[str, int]
    limits: Mapping[str, list[MostUse]]


def kept_in(problem: Problem) -> Kept:
    """Return what the rules of a problem say of single rooms and members, hard ones of the time between."""
    leaders: dict[str, set[str]] = defaultdict(set)
    between: dict[str, int] = {}
    limits: dict[str, list[MostUse]] = defaultdict(list)
    for posted in problem.rules:
        rule = posted.rule
        if isinstance(rule, LedBy):
            for series in posted.series:
                leaders[series.id].add(rule.member)
        elif isinstance(rule, Turnaround) and posted.tier is None:
            pool = [unit for one in problem.of_pool(rule.of) for unit in one.units]
            for unit in pool or [rule.of]:
                between[unit] = max(between.get(unit, 0), rule.minutes)
        elif isinstance(rule, MostUse):
            limits[rule.of].append(rule)
    return Kept(leaders, between, limits)


class Day:
    """The search for one date: the gap with the fewest units left is filled first."""

    def __init__(self, sessions: Sequence[Session], index: Mapping[int, int], kept: Kept) -> None:
        self._between = kept.between
        self._a_day = {
            unit: min((rule.sessions for rule in rules if rule.per == "day"), default=len(sessions))
            for unit, rules in kept.limits.items()
        }
        self._sessions = sessions
        self._index = index
        self._steps = 0
        self._taken: dict[str, list[Session]] = defaultdict(list)
        for session in sessions:
            for unit in session.units if not session.held_with else ():
                self._taken[unit].append(session)

    def fill(self, gaps: Sequence[Gap]) -> list[tuple[Gap, str]] | None:
        """Return a unit for each gap, None where there is none or none was found in time."""
        if not gaps:
            return []
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return None
        choices = [(self._free(gap), gap) for gap in gaps]
        units, gap = min(choices, key=lambda choice: len(choice[0]))
        rest = [other for other in gaps if other is not gap]
        session = self._session(gap)
        for unit in units:
            self._taken[unit].append(session)
            found = self.fill(rest)
            if found is not None:
                return [(gap, unit), *found]
            self._taken[unit].pop()
        return None

    def _session(self, gap: Gap) -> Session:
        return self._sessions[self._index[gap.place]]

    def _free(self, gap: Gap) -> list[str]:
        session = self._session(gap)
        return [
            unit
            for unit in gap.units
            if len(self._taken[unit]) < self._a_day.get(unit, len(self._sessions))
            and not any(self._meet(unit, session, other) for other in self._taken[unit])
        ]

    def _meet(self, unit: str, one: Session, other: Session) -> bool:
        """Tell whether two sessions overlap, or leave a unit less time between them than it needs."""
        minutes = self._between.get(unit, 0)
        return one.start < other.end + minutes and other.start < one.end + minutes
