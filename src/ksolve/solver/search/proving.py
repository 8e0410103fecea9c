"""Bounds above the least of each wish: what a few families cost by themselves, whatever the others do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from math import ceil

from ksolve.problem import Posted, Problem, Tier
from ksolve.schedule import Schedule
from ksolve.solver.model import Model
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.goals import Goals
from ksolve.solver.search.hinting import hint_dates
from ksolve.solver.search.hubs import hub_of
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.parts import scarce
from ksolve.solver.search.weighing import cost

_ALONE_S = 2.0
"""The most that the least of one wish may take."""
_SHARE = 0.2
"""The part of the time that is left which one group of families may take."""
_LARGEST = 0.7
"""The part of all series in a group from which on the whole is better asked itself."""


class Proving:
    """Raises what is known to be the least. A group of series is a relaxation of the whole (see `hubs`)."""

    def __init__(self, ledger: Ledger, goals: Goals, standing: Sequence[Standing]) -> None:
        self._ledger = ledger
        self._goals = goals
        self._standing = standing
        self._asked: set[frozenset[str]] = set()

    def raise_wishes(self) -> None:
        """Raise the least of each wish that costs more in the best schedule to what it costs alone."""
        for posted in self._goals.dear(self._ledger):
            names = frozenset(series.id for series in posted.series)
            if names not in self._asked and not self._ledger.is_over:
                self._asked.add(names)
                alone = [other for other in self._of_tier(posted.tier) if _is_within(other, names)]
                if alone == [posted]:
                    found = self._least(posted.tier, names, _ALONE_S)
                    self._goals.raise_least(posted, -(-found // posted.weight))
        self._ledger.least = self._goals.bounds

    def raise_groups(self) -> None:
        """Raise the bound of each tier by the families that cost too much, with more and more others."""
        for tier in self._ledger.open_tiers():
            for names in self._groups(tier):
                inside = [posted for posted in self._of_tier(tier) if _is_within(posted, names)]
                besides = self._goals.least_of(p for p in self._of_tier(tier) if p not in inside)
                limit_s = self._ledger.left_s * _SHARE
                self._ledger.raise_least(tier, besides + self._least(tier, names, limit_s))
                if self._ledger.is_over or tier not in self._ledger.open_tiers():
                    break

    def _groups(self, tier: Tier) -> Iterator[frozenset[str]]:
        """Yield the series of the dear wishes of a tier, then with all that share what can run short."""
        problem = self._ledger.problem
        names = {s.id for p in self._goals.dear(self._ledger) if p.tier is tier for s in p.series}
        users = [set(mine) for mine in scarce(problem).values()]
        while names and len(names) <= _LARGEST * len(problem.series):
            yield frozenset(names)
            near = {name for mine in users if mine & names for name in mine} - names
            if not near:
                return
            names |= near

    def _of_tier(self, tier: Tier | None) -> list[Posted]:
        return [posted for posted in self._ledger.problem.rules if posted.tier is tier]

    def _least(self, tier: Tier | None, names: Collection[str], limit_s: float) -> int:
        """Return what some series cost in a tier at least; 0 where they say nothing about the whole."""
        hub = hub_of(self._ledger.problem, names)
        if tier is None or not hub.bounds or limit_s <= 0:
            return 0
        model = Model(_of_one_tier(hub.problem, tier), self._standing)
        model.build()
        model.cp.minimize(cost(model, tier))
        best = self._ledger.best
        if best is not None:
            hint_dates(model, Schedule.of(one for one in best.sessions if one.series in names))
        ended = self._ledger.spend(model.cp, self._ledger.options.tuning, limit_s)
        return max(0, ceil(ended.bound - 1e-6))


def _is_within(posted: Posted, names: Collection[str]) -> bool:
    return all(series.id in names for series in posted.series)


def _of_one_tier(problem: Problem, tier: Tier) -> Problem:
    """Return a problem whose only wishes are those of a tier; what others permit costs nothing."""
    kept = (
        posted if posted.tier in (None, tier) else replace(posted, weight=0)
        for posted in problem.rules
        if posted.tier in (None, tier) or posted.rule.permits
    )
    return replace(problem, rules=tuple(kept))
