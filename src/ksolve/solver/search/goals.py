"""The goal: every wish at the least that it can ever cost, which leaves nothing to minimise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from ksolve.patterns import Cell
from ksolve.problem import Posted, Problem, Tier
from ksolve.solver.model import Model
from ksolve.solver.model.core import Kept
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.ledger import Ledger

Free = Callable[[Posted], bool]
"""Says of which wishes the goal is not asked."""


class Goals:
    """The least that each soft rule of a problem costs, whatever the others do."""

    def __init__(self, problem: Problem, cells: Mapping[str, frozenset[Cell]]) -> None:
        self.problem = problem
        soft = [posted for posted in problem.rules if posted.tier is not None]
        self._least = {id(posted): posted.rule.least(posted, problem, cells) for posted in soft}

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

    def model(self, kept: Kept, standing: Sequence[Standing], free: Free) -> Model:
        """Return a model in which the wishes that are not free cost their least.

        A wish that can cost nothing is hard there: what it forbids has no variable at all.
        """
        rules = (
            replace(posted, tier=None) if self._is_hard(posted, free) else posted
            for posted in self.problem.rules
        )
        model = Model(replace(self.problem, rules=tuple(rules)), standing, kept)
        model.build()
        for posted in model.problem.rules:
            if posted.tier is not None and not free(posted) and model.paid[id(posted)]:
                paid = cp_model.LinearExpr.sum(model.paid[id(posted)])
                model.cp.add(paid <= self._least[id(posted)])
        return model

    def _is_hard(self, posted: Posted, free: Free) -> bool:
        wish = posted.tier is not None and posted.weight > 0
        return wish and not free(posted) and not self._least[id(posted)]
