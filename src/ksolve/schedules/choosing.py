"""Rooms and staff chosen for the sessions of one date, by a search with a limit on its steps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from ksolve.problem import Need, Problem
from ksolve.problem.case import UnitLimits
from ksolve.problem.schedule import Session

_MOST_CHECKS = 20_000
_CHECKS_A_GAP = 100
"""So often a search asks whether somebody is free; what is not found then is said not to be found."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One unit that a session needs and its file does not name."""

    place: int
    need: Need
    units: tuple[str, ...]


def limits_in(problem: Problem) -> UnitLimits:
    """Return what the rules of a problem say of single rooms and members, hard ones of the time between."""
    limits = UnitLimits(problem.year)
    for posted in problem.rules:
        posted.rule.limit_units(posted, problem, limits)
    return limits


class Day:
    """The choice for one date: one gap after the other as they begin, else a search that ends.

    What a unit is taken by is kept as bits, one for each minute, so that whether it is free is one step.
    `gave_up` tells that the search ended before all was tried.
    """

    def __init__(self, sessions: Sequence[Session], index: Mapping[int, int], limits: UnitLimits) -> None:
        self._between = limits.between
        self._a_day = {
            unit: min((bound.most for bound in bounds if bound.per == "day"), default=len(sessions))
            for unit, bounds in limits.most.items()
        }
        self._sessions = sessions
        self._index = index
        self._busy: dict[str, int] = defaultdict(int)
        self._uses: Counter[str] = Counter()
        self._checks = 0
        self.gave_up = False
        for session in sessions:
            for unit in session.units if not session.held_with else ():
                self._busy[unit] |= _bits(session.start, session.end)
                self._uses[unit] += 1

    def fill(self, gaps: Sequence[Gap]) -> list[tuple[Gap, str]] | None:
        """Return a unit for each gap, None where there is none or none was found in time."""
        if any(self._is_short(units, same) for units, same in _alike(gaps).items()):
            return None
        return self._in_order(gaps) or self._searched(gaps)

    def _is_short(self, units: tuple[str, ...], gaps: Sequence[Gap]) -> bool:
        """Tell whether more gaps with the same units want one at some moment than can have one."""
        wanted: dict[int, int] = defaultdict(int)
        for gap in gaps:
            session = self._session(gap)
            wanted[session.start] += 1
            wanted[max(session.end, session.start + 1)] -= 1
        moments = sorted(wanted)
        counts = list(accumulate(wanted[moment] for moment in moments))
        most = max(counts)
        moment = moments[counts.index(most)]
        return most > sum(not self._busy[unit] >> moment & 1 for unit in units)

    def _in_order(self, gaps: Sequence[Gap]) -> list[tuple[Gap, str]]:
        """Return a unit for each gap, the first that is free; none where a gap has none left."""
        placed: list[tuple[Gap, str]] = []
        for gap in sorted(gaps, key=lambda one: (len(one.units), self._session(one).start)):
            unit = next((unit for unit in gap.units if self._is_free(unit, gap)), None)
            if unit is None:
                self._give_back(placed)
                return []
            self._take(gap, unit)
            placed.append((gap, unit))
        return placed

    def _searched(self, gaps: Sequence[Gap]) -> list[tuple[Gap, str]] | None:
        """Try one unit after the other, the gap with the fewest left first, until all have one."""
        most = _MOST_CHECKS + _CHECKS_A_GAP * len(gaps)
        left, placed = list(gaps), list[tuple[Gap, str]]()
        opened: list[tuple[Gap, Iterator[str]]] = []
        goes_on = True
        while left or opened[len(placed) :]:
            self.gave_up = self._checks > most
            if self.gave_up:
                self._give_back(placed)
                return None
            if goes_on:
                units, gap = min(((self._free(gap), gap) for gap in left), key=lambda choice: len(choice[0]))
                left.remove(gap)
                opened.append((gap, iter(units)))
            gap, rest = opened[-1]
            unit = next(rest, None)
            goes_on = unit is not None
            if unit is not None:
                self._take(gap, unit)
                placed.append((gap, unit))
                continue
            opened.pop()
            left.append(gap)
            if not opened:
                return None
            self._give_back([placed.pop()])
        return placed

    def _session(self, gap: Gap) -> Session:
        return self._sessions[self._index[gap.place]]

    def _free(self, gap: Gap) -> list[str]:
        return [unit for unit in gap.units if self._is_free(unit, gap)]

    def _is_free(self, unit: str, gap: Gap) -> bool:
        """Tell whether a unit is not in use within a session and the time that it needs around it."""
        self._checks += 1
        session, minutes = self._session(gap), self._between.get(unit, 0)
        around = _bits(max(0, session.start - minutes), session.end + minutes)
        within = self._uses[unit] < self._a_day.get(unit, len(self._sessions))
        return within and not self._busy[unit] & around

    def _take(self, gap: Gap, unit: str) -> None:
        session = self._session(gap)
        self._busy[unit] |= _bits(session.start, session.end)
        self._uses[unit] += 1

    def _give_back(self, placed: Iterable[tuple[Gap, str]]) -> None:
        for gap, unit in placed:
            session = self._session(gap)
            self._busy[unit] &= ~_bits(session.start, session.end)
            self._uses[unit] -= 1


def _alike(gaps: Sequence[Gap]) -> dict[tuple[str, ...], list[Gap]]:
    """Return the gaps by their units, in whatever turn these are."""
    found: dict[tuple[str, ...], list[Gap]] = defaultdict(list)
    for gap in gaps:
        found[tuple(sorted(gap.units))].append(gap)
    return found


@lru_cache(maxsize=4096)
def _bits(start: int, end: int) -> int:
    """Return the minutes of a stretch of the day as bits, at least one."""
    return (1 << max(1, end - start)) - 1 << start
