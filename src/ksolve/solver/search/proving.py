"""Bounds above the least of each wish: what a few families cost by themselves, whatever the others do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from math import ceil

from ksolve.problem import Posted, Problem, Tier
from ksolve.solver.answer import Source
from ksolve.solver.model import Model
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.goals import Goals, is_within
from ksolve.solver.search.hubs import hub_of
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.parts import scarce
from ksolve.solver.search.relaxation import Relaxed, relaxed
from ksolve.solver.search.run import Status
from ksolve.solver.search.weighing import cost

_ALONE_WORK = 2.0
"""The most work of the least of one wish."""
_SHARE = 0.2
"""The part of the time that is left which one run may take."""
_GROUP_WORK = 20.0
"""The most work of one group of families."""
_RELAXED, _RELAX_S, _RELAX_SHARE = 100_000, 30.0, 0.4
"""The most variables of a model whose linear relaxation is solved, the most seconds and the part of the time
that is left: it takes two to four on a machine that does nothing else.
"""


class Proving:
    """Raises what is known to be the least. A group of series is a relaxation of the whole (see `hubs`)."""

    def __init__(self, ledger: Ledger, goals: Goals, standing: Sequence[Standing]) -> None:
        self._ledger = ledger
        self._goals = goals
        self._standing = standing
        self._relaxed: dict[tuple[Tier, tuple[int, ...]], int] = {}
        self._asked: set[tuple[Tier | None, frozenset[str]]] = set()

    def raise_wishes(self, wishes: Iterable[Posted] | None = None) -> None:
        """Raise the least of wishes to what each costs alone; None: of those that are dear so far."""
        for posted in self._goals.dear(self._ledger) if wishes is None else wishes:
            names = frozenset(series.id for series in posted.series)
            if (posted.tier, names) not in self._asked and not self._ledger.is_over:
                self._asked.add((posted.tier, names))
                alone = [other for other in self._of_tier(posted.tier) if is_within(other, names)]
                if alone == [posted] and posted.weight:  # what only history breaks costs nothing
                    found = self._least(posted.tier, names)
                    self._goals.raise_least(posted, -(-found // posted.weight))
        self._ledger.least = self._goals.bounds

    def raise_together(self, group: frozenset[str]) -> bool:
        """Learn what the wishes of some series cost at least, tier after tier; return whether it is known."""
        hub = hub_of(self._ledger.problem, group)
        if not hub.bounds:
            return False
        model = Model(hub.problem, self._standing)
        model.build()
        tuning = replace(self._ledger.options.tuning, most_work=_ALONE_WORK)
        costs: dict[Tier, int] = {}
        for tier in sorted({p.tier for p in hub.problem.rules if p.tier is not None}):
            model.cp.minimize(cost(model, tier))
            ended = self._ledger.spend(model.cp, tuning, self._ledger.left_s * _SHARE)
            if ended.status is not Status.OPTIMAL or ended.values is None:
                return False
            costs[tier] = sum(weight * ended.values[amount.index] for weight, amount in model.costs[tier])
            model.cp.add(cost(model, tier) <= costs[tier])
        return self._goals.bind_together(group, costs)

    def bound_together(self) -> None:
        """Bound what the best schedule costs by what groups cost together, as far as it costs no more."""
        ledger = self._ledger
        for tier, least in sorted(self._goals.bounds_together.items()):
            if ledger.best is None or not ledger.counted:
                return
            ledger.bounds[tier] = max(ledger.bounds.get(tier, (0, Source.SEARCH)), (least, Source.SERIES))
            if ledger.reached(tier) != least:
                return

    def raise_groups(self, widest: int | None = None) -> None:
        """Prove each tier in order by the families that cost too much, with more and more others.

        A bound holds for what the tiers before cost: they must be proven themselves. Without a schedule
        whose costs are known there is nothing to prove. `widest` is how often others are taken in at most.
        """
        if self._ledger.best is None or not self._ledger.counted:
            return
        for tier in self._ledger.tiers:
            groups = self._groups(tier) if tier in self._ledger.open_tiers() else iter(())
            for names in islice(groups, widest):
                ended = self._better(tier, names)
                if ended is Status.INFEASIBLE:
                    self._ledger.bounds[tier] = (self._ledger.reached(tier), Source.SERIES)
                if ended is not Status.OPTIMAL or self._ledger.is_over:
                    break
            if tier in self._ledger.open_tiers():
                return

    def _groups(self, tier: Tier) -> Iterator[frozenset[str]]:
        """Yield the series of the dear wishes of a tier, then with all that share what can run short."""
        names = {s.id for p in self._goals.dear(self._ledger) if p.tier is tier for s in p.series}
        users = [set(mine) for mine in scarce(self._ledger.problem).values()]
        while names:
            yield frozenset(names)
            near = {name for mine in users if mine & names for name in mine} - names
            if not near:
                return
            names |= near

    def _better(self, tier: Tier, names: Collection[str]) -> Status:
        """Ask whether some series could cost less in a tier than in the best schedule, at no more before it.

        Where little is to be gained most wishes are hard thereby, and what cannot be is found out soon.
        """
        ledger = self._ledger
        hub = hub_of(ledger.problem, names)
        if not hub.bounds:
            return Status.UNKNOWN
        room = {one: ledger.reached(one) - (one is tier) for one in ledger.tiers if one <= tier}
        model = self._goals.within(_up_to(hub.problem, tier), room, self._standing)
        tuning = replace(ledger.options.tuning, most_work=_GROUP_WORK)
        return ledger.spend(model.cp, tuning, ledger.left_s * _SHARE).status

    def relax(self) -> None:
        """Bound the first open tier by the linear relaxation of the whole; the next if it proves that one."""
        ledger = self._ledger
        for tier in ledger.open_tiers():
            before = {one: ledger.reached(one) for one in ledger.tiers if one < tier}
            if ledger.is_over or ledger.open_tiers()[0] is not tier:
                return
            if (tier, tuple(before.values())) not in self._relaxed:
                if any(asked is tier for asked, _ in self._relaxed):
                    return
                self.relaxed(tier, before)
            bound = self._relaxed[tier, tuple(before.values())]
            ledger.bounds[tier] = max(ledger.bounds.get(tier, (0, Source.SEARCH)), (bound, Source.RELAXATION))

    def relaxed(self, tier: Tier, before: Mapping[Tier, int]) -> tuple[Model, Relaxed]:
        """Solve the relaxation of what costs in a tier where those before it cost at most so much."""
        model = self._goals.within(_up_to(self._ledger.problem, tier), before, self._standing)
        model.cp.minimize(cost(model, tier))
        found = Relaxed(0, ())
        if len(model.cp.proto.variables) <= _RELAXED:
            found = relaxed(model.cp, min(_RELAX_S, self._ledger.left_s * _RELAX_SHARE))
        self._relaxed[tier, tuple(before.values())] = found.bound
        return model, found

    def _of_tier(self, tier: Tier | None) -> list[Posted]:
        return [posted for posted in self._ledger.problem.rules if posted.tier is tier]

    def _least(self, tier: Tier | None, names: Collection[str]) -> int:
        """Return what some series cost in a tier at least; 0 where they say nothing about the whole."""
        hub = hub_of(self._ledger.problem, names)
        if tier is None or not hub.bounds:
            return 0
        model = Model(_of_one_tier(hub.problem, tier), self._standing)
        model.build()
        model.cp.minimize(cost(model, tier))
        tuning = replace(self._ledger.options.tuning, most_work=_ALONE_WORK)
        ended = self._ledger.spend(model.cp, tuning, self._ledger.left_s * _SHARE)
        return max(0, ceil(ended.bound - 1e-6))


def _of_one_tier(problem: Problem, tier: Tier) -> Problem:
    """Return a problem whose only wishes are those of a tier; what others permit costs nothing."""
    whole = _up_to(problem, tier)
    kept = (p if p.tier in (None, tier) else replace(p, weight=0) for p in whole.rules)
    return replace(problem, rules=tuple(p for p in kept if p.tier in (None, tier) or p.rule.permits))


def _up_to(problem: Problem, last: Tier) -> Problem:
    """Return a problem without the wishes of later tiers; what these permit costs nothing."""
    kept = (
        posted if posted.tier is None or posted.tier <= last else replace(posted, weight=0)
        for posted in problem.rules
        if posted.tier is None or posted.tier <= last or posted.rule.permits
    )
    return replace(problem, rules=tuple(kept))
