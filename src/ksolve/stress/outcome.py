"""What became of a schedule in drawn years, and what that says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ksolve.calendar import MONTHS
from ksolve.plan.risks import Risks
from ksolve.problem import Problem, Resource
from ksolve.problem.schedule import Schedule, Session
from ksolve.text import Text

WARNING, LATE = "warning", "late"
"""Causes that are no room and nobody's absence."""


class Outcome(StrEnum):
    """What became of a session that something kept from being held as planned.

    On the spot: somebody stood in, another room was free, or it began later. Reserve: held on the date that
    was kept free for it. Natural: a week later at the same weekday and start. Moved: held at a later date,
    nothing else moved. Solved: held later, others moved for it. Unknown: whether others could have been
    moved was not found out.
    """

    SPOT = "spot"
    RESERVE = "reserve"
    NATURAL = "natural"
    MOVED = "moved"
    SOLVED = "solved"
    UNKNOWN = "unknown"
    LOST = "lost"

    @property
    def text(self) -> Text:
        """The outcome for people."""
        return _OUTCOMES[self]

    @property
    def is_held(self) -> bool:
        """Whether the session was held after all."""
        return self not in (Outcome.UNKNOWN, Outcome.LOST)


_OUTCOMES = {
    Outcome.SPOT: Text(
        "その場で(代わりの人・部屋、開始を遅らせる)", "on the spot (somebody else, another room, later)"
    ),
    Outcome.RESERVE: Text("予備日に", "on its reserve date"),
    Outcome.NATURAL: Text("翌週の同じ曜日・時刻に", "a week later, same weekday and start"),
    Outcome.MOVED: Text("ほかの日に(その回だけを動かして)", "on another date (with one move)"),
    Outcome.SOLVED: Text("ほかの日に(ほかの回も動かして)", "on another date (others moved as well)"),
    Outcome.UNKNOWN: Text(
        "不明(ほかの回を動かせばできるかを調べきれず)", "unknown (not found out whether others could move)"
    ),
    Outcome.LOST: Text("行えない", "not at all"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A session of one year that could not be held as planned.

    `causes` are the rooms and members that were missing, WARNING and LATE.
    """

    year: int
    session: Session
    causes: tuple[str, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """A programme: how many sessions it promises and has, and the chance that it keeps its promise."""

    name: str
    promised: int
    dated: int
    chance: float
    lost: float


@dataclass(frozen=True, slots=True)
class Saving:
    """What one thing more would save in a year: sessions lost, and sessions moved."""

    name: str
    lost: float
    moved: float


@dataclass(frozen=True)
class Stress:
    """Drawn years of a schedule. Means are over the years; what is unknown counts as lost, and is said."""

    problem: Problem
    schedule: Schedule
    risks: Risks
    years: int
    seed: int
    hits: tuple[Hit, ...]
    promised: Mapping[str, int]
    """The fewest sessions that each programme promises, by its id; what it has where nothing is said."""
    names: Mapping[str, str]
    asked: tuple[int, int] = (0, 0)
    """Sessions of the schedule for which others would have to make room in some year, and of how many it was
    found out whether they can."""

    @cached_property
    def lost_by_year(self) -> npt.NDArray[np.int64]:
        """The sessions lost in each year."""
        return np.bincount([hit.year for hit in self.lost], minlength=self.years)

    @cached_property
    def lost(self) -> tuple[Hit, ...]:
        """The hits after which a session was not held, or not known to be."""
        return tuple(hit for hit in self.hits if not hit.outcome.is_held)

    @property
    def mean(self) -> float:
        """Sessions lost in a year."""
        return float(self.lost_by_year.mean())

    @property
    def ninetieth(self) -> float:
        """What nine years in ten do not exceed."""
        return float(np.quantile(self.lost_by_year, 0.9, method="inverted_cdf"))

    @cached_property
    def shares(self) -> dict[Outcome, float]:
        """The part of the hits that ended in each outcome; nothing where nothing was ever hit."""
        counts = Counter(hit.outcome for hit in self.hits)
        return {one: counts[one] / len(self.hits) for one in Outcome} if self.hits else {}

    def per_year(self, hits: Iterable[Hit]) -> float:
        """Return how many of some hits there are in a year."""
        return sum(1 for _ in hits) / self.years

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """Each programme with the chance that it keeps its promised count, the least first."""
        owners = {series.id: series.programme for series in self.problem.series}
        spare = self.problem.reserves
        dated = Counter(owners[one.series] for one in self.schedule.sessions if one.series not in spare)
        lost: dict[str, Counter[int]] = defaultdict(Counter)
        for hit in self.lost:
            lost[owners[hit.session.series]][hit.year] += 1
        found = []
        for programme, count in dated.items():
            promised = min(count, self.promised.get(programme, count))
            broken = sum(gone > count - promised for gone in lost[programme].values())
            mean = lost[programme].total() / self.years
            found.append(Kept(self.names[programme], promised, count, 1 - broken / self.years, mean))
        return tuple(sorted(found, key=lambda one: (one.chance, -one.lost)))

    @cached_property
    def by_unit(self) -> tuple[tuple[str, float, float], ...]:
        """Each room and member with the sessions a year that were lost, and disturbed, for want of it."""
        lost, all_ = Counter[str](), Counter[str]()
        for hit in self.hits:
            for cause in hit.causes:
                all_[cause] += 1
                lost[cause] += not hit.outcome.is_held
        found = [(cause, lost[cause] / self.years, count / self.years) for cause, count in all_.items()]
        return tuple(sorted(found, key=lambda one: (-one[1], -one[2], one[0])))

    @cached_property
    def by_month(self) -> tuple[tuple[int, float, float], ...]:
        """Each month with the sessions a year that were lost, and disturbed, in it."""
        lost = Counter(hit.session.day.month for hit in self.lost)
        all_ = Counter(hit.session.day.month for hit in self.hits)
        return tuple((month, lost[month] / self.years, all_[month] / self.years) for month in MONTHS)

    @cached_property
    def stand_ins(self) -> tuple[Saving, ...]:
        """What one member more of each pool would save, always there when another is missing."""
        return self._one_more("staff")

    @cached_property
    def rooms(self) -> tuple[Saving, ...]:
        """What one room more of each kind would save."""
        return self._one_more("room")

    def _one_more(self, kind: str) -> tuple[Saving, ...]:
        pools = {one.pool: one for one in self.problem.resources if one.kind == kind}
        saved = {pool: list(self._taken_over(self._only(resource.pool))) for pool, resource in pools.items()}
        return _sorted(
            Saving(
                _name(pools[pool]),
                self.per_year(hit for hit in hits if not hit.outcome.is_held),
                self.per_year(hit for hit in hits if hit.outcome.is_held),
            )
            for pool, hits in saved.items()
        )

    def _only(self, pool: str) -> Iterator[Hit]:
        """Yield the hits, moved or lost, that lacked one unit of a pool and nothing else."""
        of = {unit: one.pool for one in self.problem.resources for unit in one.units}
        for hit in self.hits:
            if hit.outcome is not Outcome.SPOT and len(hit.causes) == 1 and of.get(hit.causes[0]) == pool:
                yield hit

    @staticmethod
    def _taken_over(hits: Iterable[Hit]) -> Iterator[Hit]:
        """Yield those that one unit more could take over: one at a time."""
        busy: dict[tuple[int, int], list[Session]] = defaultdict(list)
        for hit in hits:
            key = hit.year, hit.session.day.toordinal()
            if not any(hit.session.overlaps(other) for other in busy[key]):
                busy[key].append(hit.session)
                yield hit

    @cached_property
    def reserve_days(self) -> tuple[Saving, ...]:
        """What one day kept free after each month would save, a morning and an afternoon on it."""
        found = []
        for month in MONTHS:
            lost = [hit for hit in self.lost if hit.session.day.month == month]
            found.append(Saving(f"{month}月", self.per_year(_fitting(lost)), 0.0))
        return _sorted(found)


def _fitting(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the lost sessions that a free day has room for: in each half of it nobody and no room twice."""
    taken: dict[tuple[int, int], set[str]] = defaultdict(set)
    for hit in hits:
        units = {*hit.session.units, hit.session.series}
        half = next((half for half in (0, 1) if not taken[hit.year, half] & units), None)
        if half is not None:
            taken[hit.year, half] |= units
            yield hit


def _sorted(savings: Iterable[Saving]) -> tuple[Saving, ...]:
    return tuple(sorted(savings, key=lambda one: (-one.lost, -one.moved, one.name)))


def _name(resource: Resource) -> str:
    return resource.name
