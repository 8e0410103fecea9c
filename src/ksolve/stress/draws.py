"""What goes wrong in drawn years: who is away, which rooms fail, when warnings are in force, who is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from zlib import crc32

import numpy as np
import numpy.typing as npt

from ksolve.clock import DAY_MINUTES
from ksolve.plan.risks import Risks
from ksolve.problem import Problem, Resource
from ksolve.problem.schedule import Session

Truths = npt.NDArray[np.bool_]
"""A truth for each year, or for each year and day."""

BATCH = 1000
"""Years that are drawn at once."""
_TWO_HOURS = 120
_MORNING, _NOON, _LATE_MORNING = 7 * 60, 12 * 60, 11 * 60


class Draws:
    """Some years of one plan, drawn from its risks.

    Each room, each member and the warnings have a stream of chance of their own, named after them:
    what one meets does not change when another is added, so that schedules and plans can be compared.
    """

    def __init__(self, problem: Problem, risks: Risks, seed: int, batch: int, years: int) -> None:
        self._problem = problem
        self._risks = risks
        self._key = (seed, batch)
        self.years = years
        self.days = {day: number for number, day in enumerate(problem.year.days)}
        self._away: dict[str, Truths] = {}

    def away(self, unit: str) -> Truths:
        """Return for each year and day whether a member is away, or a room cannot be used."""
        if unit not in self._away:
            self._away[unit] = self._drawn_away(unit)
        return self._away[unit]

    def _drawn_away(self, unit: str) -> Truths:
        resource = self._resources.get(unit)
        chance = chance_of(resource, self._risks) if resource else 0.0
        shape = (self.years, len(self.days))
        if not chance:
            return np.zeros(shape, dtype=bool)
        lasting = self._risks.spell if resource and resource.kind == "staff" else 1
        begun = self._stream(unit).random(shape) < chance / lasting
        away = begun.copy()
        for later in range(1, lasting):
            away[:, later:] |= begun[:, :-later]
        return away

    @property
    def late_minutes(self) -> int:
        """By how much who is late is late."""
        return self._risks.late_minutes

    def warned(self, day: date, start: int) -> Truths:
        """Return for each year whether a warning calls off what begins at a time, by the plan's rule."""
        if self._risks.warning_rule == "two_hours":
            return self._in_force(day, start - _TWO_HOURS, start)
        at = _MORNING if start < _NOON else _LATE_MORNING
        return self._in_force(day, at, at)

    def _in_force(self, day: date, first: int, last: int) -> Truths:
        """Return for each year whether a warning is in force at any minute from the first to the last."""
        number = self.days[day]
        found = np.zeros(self.years, dtype=bool)
        for earlier in range(min(number, 1 + self._risks.warning_hours * 60 // DAY_MINUTES) + 1):
            begins = self._warnings[:, number - earlier] - earlier * DAY_MINUTES
            is_drawn = self._warnings[:, number - earlier] >= 0
            found |= is_drawn & (begins <= last) & (begins + self._risks.warning_hours * 60 > first)
        return found

    @cached_property
    def _warnings(self) -> npt.NDArray[np.int64]:
        """The minute of each day at which a warning begins, -1 where none does."""
        stream = self._stream("warnings")
        chances = {month: one.chance for one in self._risks.warnings for month in one.months.values}
        chance = np.array([chances.get(day.month, 0.0) for day in self.days])
        shape = (self.years, len(self.days))
        minutes = stream.integers(0, DAY_MINUTES, shape)
        return np.where(stream.random(shape) < chance, minutes, -1)

    def late(self, session: Session) -> Truths:
        """Return for each year whether somebody from outside comes late to a session."""
        outside = [unit for unit in session.staff if self._pool(unit) in self._risks.outside]
        if not outside:
            return np.zeros(self.years, dtype=bool)
        key = f"late {session.series} {session.day} {session.start}"
        late: Truths = self._stream(key).random((self.years, len(outside))).min(axis=1) < self._risks.late
        return late

    def _pool(self, unit: str) -> str:
        resource = self._resources.get(unit)
        return resource.pool if resource else ""

    def _stream(self, name: str) -> np.random.Generator:
        return np.random.default_rng([*self._key, crc32(name.encode())])

    @cached_property
    def _resources(self) -> Mapping[str, Resource]:
        return {unit: one for one in self._problem.resources for unit in one.units}


def chance_of(resource: Resource, risks: Risks) -> float:
    """Return the chance that a unit of a resource is not there on a day."""
    return risks.each.get(resource.pool, risks.absent if resource.kind == "staff" else risks.room)
