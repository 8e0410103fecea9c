"""A few families at a time on their chosen places, before all are dated together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ksolve.problem import Posted
from ksolve.problem.patterns import Cell
from ksolve.solver.model.columns import Family
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.goals import Goals, is_within, model_within
from ksolve.solver.search.groups import Group, bound_together
from ksolve.solver.search.hubs import hub_of
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.proving import Proving
from ksolve.solver.search.run import Status

_WORK = 1.0
"""The most work of one group; it takes a hundredth of it."""
_SHARE = 0.1
"""The part of the time that is left which one may take."""


@dataclass
class Fitting:
    """Which groups of series cannot have their wishes at the least on their chosen places, by themselves.

    Those that can on all their candidates are `wide`: they keep all of these. Of the others it is found
    out what they cost together at least; they are `short` where that is not known.
    """

    ledger: Ledger
    goals: Goals
    proving: Proving
    standing: Sequence[Standing]
    wide: set[Group] = field(default_factory=set)
    short: set[Group] = field(default_factory=set)

    def fit(self, families: Iterable[Family], kept: Mapping[str, Collection[Cell]]) -> bool:
        """Look at each family and what wishes bind together; say whether any is wide or dearer now."""
        self.wide = set(self.short)
        return self._look((*(family.names for family in families), *self._bound_together), kept)

    def fit_families(self, families: Iterable[Family], kept: Mapping[str, Collection[Cell]]) -> None:
        """Look at some families before anything else."""
        self._look([family.names for family in families], kept)

    def _look(self, groups: Iterable[Group], kept: Mapping[str, Collection[Cell]]) -> bool:
        known, bounds = set(self.wide), self.goals.bounds_together
        for group in dict.fromkeys(groups):
            if group not in self.short and self._would_fit_elsewhere(group, kept):
                self.wide.add(group)
        return bool(self.wide - known) or self.goals.bounds_together != bounds

    def _would_fit_elsewhere(self, group: Group, kept: Mapping[str, Collection[Cell]]) -> bool:
        """Return whether a group fits on all its candidates but not on these; if on none, learn its cost."""
        if self.ledger.is_over or self._fits(group, kept):
            return False
        if self._fits(group, {}):
            return True
        self.proving.raise_wishes(
            p for p in self.goals.wishes if group.issuperset(series.id for series in p.series)
        )
        if not self._fits(group, kept):
            self.wide.add(group)
            if not self._fits(group, {}) and not self.proving.raise_together(group):
                self.short.add(group)
        return False

    def is_short(self, posted: Posted) -> bool:
        """Whether a wish binds only series that cannot have all their wishes at the least together."""
        return any(is_within(posted, group) for group in self.short)

    def _most(self, posted: Posted) -> int | None:
        return None if self.is_short(posted) else self.goals.most_of(posted)

    @cached_property
    def _bound_together(self) -> tuple[Group, ...]:
        """The series that some wish binds together, but for wishes that bind nearly all."""
        return tuple(dict.fromkeys(bound_together(self.ledger.problem)))

    def _fits(self, group: Group, kept: Mapping[str, Collection[Cell]]) -> bool:
        """Return whether the wishes of a group alone can all cost their least, as far as is known."""
        problem = hub_of(self.ledger.problem, group).problem
        model = model_within(problem, self._most, self.standing, kept)
        self.goals.hold_together(model, self.is_short)
        tuning = replace(self.ledger.options.tuning, first_only=True, most_work=_WORK)
        ended = self.ledger.spend(model.cp, tuning, self.ledger.left_s * _SHARE)
        return ended.status is not Status.INFEASIBLE
