"""The schedules of a problem that cost no more than is allowed in each tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ksolve.problem import Problem, Tier
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Tuning
from ksolve.solver.model import Model
from ksolve.solver.model.master import Master
from ksolve.solver.search.goals import Goals
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.run import Ended


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


def own_places(master: Master, known: Schedule) -> dict[str, frozenset[Cell]]:
    """Return the candidates of each family at the weekdays and starts that it has in a schedule."""
    kept: dict[str, frozenset[Cell]] = {}
    for family in master.families:
        sessions = [session for name in family.names for session in known.by_series.get(name, ())]
        slots = {(session.day.weekday(), session.start) for session in sessions}
        for name in family.names:
            kept[name] = frozenset(
                (day, start) for day, start in master.cells[name] if (day.weekday(), start) in slots
            )
    return kept


def ended_alone(ledger: Ledger, model: Model, tuning: Tuning, limit_s: float) -> Ended:
    """Search a model with an objective. What is to be repeated has one worker, ended by its work.

    Workers taken in turn abort the process here (ortools 9.15, "heuristics.fixed_search != nullptr").
    """
    if not tuning.reproducible:
        return ledger.spend(model.cp, tuning, limit_s)
    alone = replace(tuning, reproducible=False, workers=1, most_work=min(tuning.most_work, limit_s))
    return ledger.spend(model.cp, alone, _UNLIMITED_S)


_UNLIMITED_S = 1e7
