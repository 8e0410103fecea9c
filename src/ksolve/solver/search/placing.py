"""A schedule family by family: each is dated beside those that have dates, with wishes at the least."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from ksolve.problem import Posted
from ksolve.solver.model import Model
from ksolve.solver.search.few import Cells, Few
from ksolve.solver.search.goals import Most
from ksolve.solver.search.groups import Group, Groups

_NEAR = (5, 15)
"""How many groups, of those that hold the most of where a group could be, are dated anew with it."""
_MOST_ASKED = 4_000
"""How many series all models may have together: a centre of 57 takes 1,000 to 2,000."""


@dataclass
class Placing:
    """Places groups of series, all at once where that goes, else one half after the other.

    What is impossible for all is so for a few of them as a rule, and these are found soon: a run for half of
    a centre ends within a tenth of a second. A group that fits nowhere by itself is dated with
    those near it, then at a cost.
    """

    few: Few
    groups: Groups
    want: Cells
    every: Cells
    is_free: Callable[[Posted], bool]

    def place_all(self, order: Sequence[Sequence[Group]]) -> None:
        """Place groups, the first before the others."""
        for groups in order:
            self._place(groups)

    def _place(self, order: Sequence[Group], *, is_hopeless: bool = False) -> bool:
        """Place groups beside those that have places; return whether all found one with all others staying.

        Where that is hopeless for all, and one half has found places, it is hopeless for the other half.
        """
        few = self.few
        if not order or few.ledger.is_over or few.asked > _MOST_ASKED:
            return False
        names = frozenset[str]().union(*order)
        is_last = len(names | few.held.keys()) == len(self.every)
        bound = cheapest if is_last or any(map(self.is_free, few.goals.wishes)) else None
        if not is_hopeless and few.date({name: self.want[name] for name in names}, self._least(names), bound):
            return True
        if len(order) == 1:
            self._make_room(order[0])
        else:
            half = len(order) // 2
            self._place(order[half:], is_hopeless=self._place(order[:half]))
        return False

    def _make_room(self, group: Group) -> None:
        """Date a group with what is counted with it and what is near: at the least, or at a cost."""
        few, held, every = self.few, self.few.held, self.every
        counted = frozenset(self.groups.counted_with(group) & held.keys())
        for width in _NEAR:
            others = (counted | self.groups.near(group, self.want, held, width)) - group
            cells = {name: self.want[name] | held[name] for name in others}
            cells |= {name: every[name] for name in group}
            if (
                few.date(cells, self._least(cells.keys()))
                or few.date(cells, self._least(cells.keys(), group | counted), cheapest)
                or few.date(cells, anything, cheapest)
            ):
                return

    def _least(self, names: Collection[str], paying: Collection[str] = ()) -> Most:
        """Return what wishes may cost while some series are dated: no more than now.

        Those of `paying` alone may cost anything, and so may those that bind nearly all.
        """

        def most(posted: Posted) -> int | None:
            its = {series.id for series in posted.series}
            is_free = its.isdisjoint(names) or its <= set(paying) or self.groups.is_about_many(posted)
            return None if is_free or self.is_free(posted) else self.few.no_more(posted)

        return most


def anything(_posted: Posted) -> None:
    """Let every wish cost whatever it comes to."""


def cheapest(_model: Model) -> None:
    """Ask for the best, and nothing more."""
