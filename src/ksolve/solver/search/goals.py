"""The goal: every wish at the least that it can ever cost, which leaves nothing to minimise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from ksolve.problem import Posted, Problem, Tier
from ksolve.problem.patterns import Cell
from ksolve.solver.model import Model
from ksolve.solver.model.core import Kept
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.weighing import cost

Most = Callable[[Posted], int | None]
"""Says how much a soft rule may cost, in units; None: whatever it comes to."""


class Goals:
    """The least that each soft rule of a problem costs, whatever the others do."""

    def __init__(self, problem: Problem, cells: Mapping[str, frozenset[Cell]]) -> None:
        self.problem = problem
        self.wishes = [posted for posted in problem.rules if posted.tier is not None]
        self._least = {id(posted): posted.rule.least(posted, problem, cells) for posted in self.wishes}

    @property
    def bounds(self) -> dict[Tier, int]:
        """What no schedule stays below in a tier, whatever it costs in others."""
        found = Counter[Tier]()
        for posted in self.problem.rules:
            if posted.tier is not None:
                found[posted.tier] += self.least_of([posted])
        return dict(found)

    def least_of(self, rules: Iterable[Posted]) -> int:
        """Return what some soft rules cost at least, together."""
        return sum(posted.weight * self._least[id(posted)] for posted in rules)

    def raise_least(self, posted: Posted, least: int) -> None:
        """Learn that a soft rule costs at least so much, in units."""
        self._least[id(posted)] = max(least, self._least[id(posted)])

    def within(
        self,
        problem: Problem,
        limits: Mapping[Tier, int],
        standing: Sequence[Standing] = (),
        kept: Kept | None = None,
    ) -> Model:
        """Return a model of the problem, or a part, in which the whole costs at most so much in some tiers.

        Each wish may cost no more than leaves the others of its tier their least.
        """
        room = {tier: units - self.bounds.get(tier, 0) for tier, units in limits.items()}

        def most(posted: Posted) -> int | None:
            if posted.tier not in room or not posted.weight:
                return None
            return self.least_in(posted) + room[posted.tier] // posted.weight

        model = model_within(problem, most, standing, kept)
        for tier, units in room.items():
            own = self.least_of(posted for posted in problem.rules if posted.tier is tier)
            model.cp.add(cost(model, tier) <= own + units)
        return model

    def dear(self, ledger: Ledger) -> list[Posted]:
        """Return the soft rules that pay more than their least in the best schedule of a search."""
        model, values = ledger.model, ledger.values
        if model is None:
            return []
        paid = {
            id(posted): sum(values[amount.index] for amount in model.paid.get(id(posted), ()))
            for posted in self.problem.rules
        }
        return [p for p in self.problem.rules if p.tier is not None and paid[id(p)] > self._least[id(p)]]

    def least_in(self, posted: Posted) -> int:
        """Return what a soft rule costs at least, in units."""
        return self._least[id(posted)]


def model_within(
    problem: Problem, most: Most, standing: Sequence[Standing] = (), kept: Kept | None = None
) -> Model:
    """Return a model in which soft rules cost at most so much.

    A wish that may cost nothing is hard there: what it forbids has no variable at all.
    """
    rules = (
        replace(posted, tier=None) if posted.tier and posted.weight and most(posted) == 0 else posted
        for posted in problem.rules
    )
    model = Model(replace(problem, rules=tuple(rules)), standing, kept)
    model.build()
    for posted in model.problem.rules:
        units = most(posted) if posted.tier else None
        if units is not None and model.paid[id(posted)]:
            model.cp.add(cp_model.LinearExpr.sum(model.paid[id(posted)]) <= units)
    return model
