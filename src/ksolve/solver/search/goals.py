"""The goal: every wish at the least that it can ever cost, which leaves nothing to minimise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
        self._together: dict[frozenset[str], Mapping[Tier, int]] = {}

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

    def bind_together(self, group: frozenset[str], costs: Mapping[Tier, int]) -> bool:
        """Learn what the wishes of some series cost at least, together and tier after tier.

        A group takes the place of those within it; return whether it is apart from all others.
        """
        others = {known: costs for known, costs in self._together.items() if not known <= group}
        if any(known & group for known in others):
            return False
        self._together = {**others, group: costs}
        return True

    def most_of(self, posted: Posted) -> int:
        """Return what a soft rule may cost, in units, where all series cost their least together."""
        tier, least = posted.tier, self.least_in(posted)
        for group, costs in self._together.items():
            if tier is not None and tier in costs and posted.weight and is_within(posted, group):
                return least + (costs[tier] - self.least_of(self._of(tier, group))) // posted.weight
        return least

    @property
    def bounds_together(self) -> dict[Tier, int]:
        """What no schedule stays below in a tier that costs no more than this in any before it."""
        found = Counter(self.bounds)
        for group, costs in self._together.items():
            for tier, least in costs.items():
                found[tier] += least - self.least_of(self._of(tier, group))
        return dict(found)

    def hold_together(self, model: Model, free: Callable[[Posted], bool]) -> None:
        """State that groups cost no more than they have to together, in tiers in which no wish is free."""
        for group, costs in self._together.items():
            for tier, least in costs.items():
                mine = self._of(tier, group)
                paid = [(p.weight, amount) for p in mine for amount in model.paid.get(id(p), ())]
                if paid and not any(map(free, mine)):
                    amounts, weights = [amount for _, amount in paid], [weight for weight, _ in paid]
                    model.cp.add(cp_model.LinearExpr.weighted_sum(amounts, weights) <= least)

    def _of(self, tier: Tier | None, group: frozenset[str]) -> list[Posted]:
        return [posted for posted in self.wishes if posted.tier is tier and is_within(posted, group)]

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


def is_within(posted: Posted, names: Collection[str]) -> bool:
    """Return whether a rule binds only these series."""
    return all(series.id in names for series in posted.series)


def model_within(
    problem: Problem, most: Most, standing: Sequence[Standing] = (), kept: Kept | None = None
) -> Model:
    """Return a model in which soft rules cost at most so much.

    A wish that may cost nothing is hard there, and what it forbids has no variable at all; but a wish that
    history breaks, which as a hard rule would let that pass.
    """
    free = {n for n, one in enumerate(problem.rules) if one.tier and one.weight and most(one) == 0}
    model = _with_hard(problem, free, standing, kept)
    broken = {n for n in free if id(model.problem.rules[n]) in model.sparing}
    if broken:
        model = _with_hard(problem, free - broken, standing, kept)
    for posted in model.problem.rules:
        units = most(posted) if posted.tier else None
        if units is not None and model.paid[id(posted)]:
            model.cp.add(cp_model.LinearExpr.sum(model.paid[id(posted)]) <= units)
    return model


def _with_hard(
    problem: Problem, numbers: Collection[int], standing: Sequence[Standing], kept: Kept | None
) -> Model:
    """Return a model in which some of the rules are hard."""
    rules = (replace(one, tier=None) if n in numbers else one for n, one in enumerate(problem.rules))
    model = Model(replace(problem, rules=tuple(rules)), standing, kept)
    model.build()
    return model
