"""Each family by itself on its chosen places, before all are dated together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ksolve.problem.patterns import Cell
from ksolve.solver.model.columns import Family
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.goals import Goals, model_within
from ksolve.solver.search.hubs import hub_of
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.proving import Proving
from ksolve.solver.search.run import Status

_WORK = 1.0
"""The most work of one family; it takes a hundredth of it."""
_SHARE = 0.1
"""The part of the time that is left which one may take."""


@dataclass
class Fitting:
    """Which families cannot have their wishes at the least on their chosen places, though alone.

    Those that can on all their candidates are `wide`: they keep all of these. The others are `short`:
    what they lack costs, wherever they are.
    """

    ledger: Ledger
    goals: Goals
    proving: Proving
    standing: Sequence[Standing]
    wide: set[Family] = field(default_factory=set)
    short: set[Family] = field(default_factory=set)

    def fit(self, families: Collection[Family], kept: Mapping[str, Collection[Cell]]) -> bool:
        """Look at each family with its candidates; say whether any is wide or short now."""
        short, self.wide = self.short, set()
        self.short = {family for family in families if family in short}
        for family in families:
            if self.ledger.is_over or family in self.short or self._fits(family, kept):
                continue
            self.wide.add(family)
            if self._fits(family, {}):
                continue
            bound = [posted for posted in self.goals.wishes if self._binds(posted.series, family)]
            self.proving.raise_wishes(bound)
            if not self._fits(family, {}):
                self.short.add(family)
        return bool(self.wide or self.short - short)

    @staticmethod
    def _binds(series: Collection[object], family: Family) -> bool:
        return set(series) <= set(family.posted.series)

    def _fits(self, family: Family, kept: Mapping[str, Collection[Cell]]) -> bool:
        """Return whether the wishes of a family alone can all cost their least, as far as is known."""
        problem = hub_of(self.ledger.problem, family.names).problem
        model = model_within(problem, self.goals.least_in, self.standing, kept)
        tuning = replace(self.ledger.options.tuning, first_only=True, most_work=_WORK)
        ended = self.ledger.spend(model.cp, tuning, self.ledger.left_s * _SHARE)
        return ended.status is not Status.INFEASIBLE
