"""Where the linear relaxation leads: dates on the weekdays and starts that it uses, at what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ksolve.problem import Tier
from ksolve.problem.patterns import Cell
from ksolve.solver.model import Model
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.goals import Goals
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.proving import Proving
from ksolve.solver.search.run import Status

_USED = 0.01
"""The part of a session from which on a weekday and start are used."""
_WORK = 3.0
"""The most work of the run; where it comes to an end it takes 0.5 to 1.5."""
_SHARE = 0.5
"""The part of the time that is left which it may take."""


@dataclass
class Leading:
    """Looks for a schedule that costs no more than the relaxation in the tier of rhythms, and else the least.

    The relaxation is nearly whole where its bound is the optimum: of 23,000 dates and starts it uses
    700, and sessions that it divides it divides among few weekdays.
    """

    ledger: Ledger
    goals: Goals
    proving: Proving
    standing: Sequence[Standing]

    def follow(self) -> Status:
        """Look for such a schedule: where there is one, every tier is proven."""
        ledger, least = self.ledger, self.goals.bounds
        if Tier.PATTERN not in ledger.tiers or ledger.is_over:
            return Status.UNKNOWN
        model, found = self.proving.relaxed(
            Tier.PATTERN, {tier: least.get(tier, 0) for tier in ledger.tiers if tier < Tier.PATTERN}
        )
        if not found.values:
            return Status.UNKNOWN
        rhythms = max(found.bound, least.get(Tier.PATTERN, 0))
        limits = {tier: least.get(tier, 0) for tier in ledger.tiers} | {Tier.PATTERN: rhythms}
        dated = self.goals.within(ledger.problem, limits, self.standing, _used(model, found.values))
        # few dates and little room: the full presolve and the default portfolio find what max_lp does not
        tuning = replace(ledger.options.tuning, subsolvers=(), light_presolve=False, most_work=_WORK)
        ended = ledger.run(dated, tuning, ledger.left_s * _SHARE)
        if ended.values is not None:
            self.proving.relax()
        return ended.status


def _used(model: Model, values: Sequence[float]) -> dict[str, frozenset[Cell]]:
    """Return the candidates at the weekdays and starts that each series has in a relaxation."""
    kept: dict[str, frozenset[Cell]] = {}
    for name, cells in model.at.items():
        slots = {
            (day.weekday(), start)
            for (day, start), variable in cells.items()
            if values[variable.index] >= _USED
        }
        kept[name] = frozenset((day, start) for day, start in cells if (day.weekday(), start) in slots)
    return kept
