"""The schedules of a problem that cost no more than is allowed in each tier."""

from __future__ import annotations

from collections.abc import Mapping

from ksolve.problem import Problem, Tier
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule
from ksolve.solver.model import Model
from ksolve.solver.model.master import Master
from ksolve.solver.search.goals import Goals


class Equals:
    """A problem with the most that each tier may cost, and the usual places to choose from.

    Where a tier may cost no more than its wishes at their least, each of them is hard: the model is smaller.
    """

    def __init__(self, problem: Problem, limits: Mapping[Tier, int]) -> None:
        self.problem = problem
        self.master = Master(problem)
        self.master.build()
        self._goals = Goals(problem, self.master.cells)
        self._limits = limits

    def model(self, kept: Mapping[str, frozenset[Cell]] | None = None) -> Model:
        """Return the model of the schedules within the limits, or of those on some candidates."""
        return self.within(self.problem, kept)

    def within(self, problem: Problem, kept: Mapping[str, frozenset[Cell]] | None = None) -> Model:
        """Return a model of a part of the problem in which each wish leaves the others their least."""
        return self._goals.within(problem, self._limits, kept=kept)


def beside(kept: Mapping[str, frozenset[Cell]], known: Schedule) -> dict[str, frozenset[Cell]]:
    """Return candidates with those of a schedule that is known: so there are dates in any case."""
    held = known.by_series
    return {
        name: cells | {(session.day, session.start) for session in held.get(name, ())}
        for name, cells in kept.items()
    }
