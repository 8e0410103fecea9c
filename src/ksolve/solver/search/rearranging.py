"""A better schedule step by step: who pays is dated anew, with those who hold the places that it wants."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ksolve.problem import Posted, Tier
from ksolve.problem.patterns import Cell
from ksolve.solver.answer import Tuning
from ksolve.solver.model import Model
from ksolve.solver.search.few import Cells, Few
from ksolve.solver.search.groups import Group, Groups
from ksolve.solver.search.placing import anything
from ksolve.solver.search.weighing import cost

_WIDTHS = (0, 3)
"""How many groups near those that pay are dated anew with them, from little to much."""
_OF_ALL = Tuning(subsolvers=(), light_presolve=False, most_work=4.0)
"""How all series are dated on the weekdays and starts that they have: it takes 1 to 2 for a whole centre.

Where a room is nearly full the default presolve finds what the relaxation does not.
"""
_OF_MANY = 4
"""How many groups of those that a wish about nearly all binds are dated anew first."""
_MOST_ASKED = 6_000
"""How many series all models may have together: a centre of 57 has some hundred runs."""


@dataclass
class Rearranging:
    """Betters the best schedule of a search, tier by tier: no step costs more in the tiers before."""

    few: Few
    groups: Groups
    want: Cells
    every: Cells
    _until: int = 0
    _in_vain: set[tuple[Tier, Group]] = field(default_factory=set)

    def improve(self) -> None:
        """Date anew who pays more than the least: alone, then with more and more others.

        With as many others as are tried each is asked until none of them pays less.
        """
        self._until = self.few.asked + _MOST_ASKED
        for width in _WIDTHS:
            while sum(self._pays_less(posted, width) for posted in self._paying(width)):
                pass

    @property
    def _is_over(self) -> bool:
        return self.few.ledger.is_over or self.few.asked > self._until

    def _paying(self, width: int) -> Iterator[Posted]:
        """Yield the wishes that pay more than the least in tiers that are not proven, in their order.

        With others, those about nearly all come first: they have most to gain.
        """

        def place(posted: Posted) -> tuple[bool, int]:
            return not (width and self.groups.is_about_many(posted)), posted.tier or 0

        for posted in sorted(self.few.goals.wishes, key=place):
            is_dear = self.few.pays(posted) > self.few.goals.least_in(posted)
            if is_dear and posted.weight and posted.tier in self.few.ledger.open_tiers():
                yield posted

    def _pays_less(self, posted: Posted, width: int) -> bool:
        """Ask whether the tier of a wish can cost less with some series dated anew, and none before it more.

        What was asked in vain is asked again only once a tier costs less that is no later.
        """
        if self._is_over or posted.tier is None:
            return False
        cells = self._anew(posted, width)
        question = posted.tier, frozenset(cells)
        if question in self._in_vain:
            return False
        if self._ask(cells, posted.tier, is_joint=width > 0):
            self._in_vain = {asked for asked in self._in_vain if asked[0] < posted.tier}
            return True
        self._in_vain.add(question)
        return False

    def _ask(self, cells: Cells, tier: Tier, *, is_joint: bool) -> bool:
        """Date series anew so that a tier costs less.

        First no wish of theirs may cost more than it does; if they are joint, one may then pay for another.
        """

        def less(model: Model) -> None:
            for one in self.few.ledger.tiers:
                if one <= tier:
                    model.cp.add(cost(model, one) <= self.few.ledger.reached(one) - (one is tier))

        if len(cells) == len(self.every):
            return self.few.date(cells, lambda one: self._most(one, cells), less, _OF_ALL)
        return self.few.date(cells, lambda one: self._most(one, cells), less) or (
            is_joint and self.few.date(cells, anything, less)
        )

    def _anew(self, posted: Posted, width: int) -> Cells:
        """Return the candidates of who is dated anew: of whom a wish binds, and of others near them.

        Of those that a wish about nearly all binds it is some with few sessions, which move easily, or
        all of them on the weekdays and starts that they have.
        """
        held, every = self.few.held, self.every
        groups = {self.groups.of[series.id] for series in posted.series}
        if self.groups.is_about_many(posted) and width:
            return {name: frozenset(_beside(every[name], held[name])) for name in held}
        if self.groups.is_about_many(posted):
            sessions = {group: sum(len(held[name]) for name in group) for group in groups}
            groups = set(sorted(groups, key=lambda one: (sessions[one], sorted(one)))[:_OF_MANY])
        own: Group = frozenset[str]().union(*groups)
        near = self.groups.near(own, self.want, held, width) if width else frozenset[str]()
        others = {name: self.want[name] | held[name] for name in near - own}
        return {name: every[name] for name in own} | others

    def _most(self, posted: Posted, cells: Cells) -> int | None:
        """Return what a wish may cost: about who is dated anew no more than now."""
        its = {series.id for series in posted.series}
        is_free = its.isdisjoint(cells) or self.groups.is_about_many(posted)
        return None if is_free else self.few.no_more(posted)


def _beside(cells: Collection[Cell], held: Collection[Cell]) -> Iterator[Cell]:
    """Yield the candidates at the weekdays and starts of some others."""
    slots = {(day.weekday(), start) for day, start in held}
    yield from ((day, start) for day, start in cells if (day.weekday(), start) in slots)
