"""Patterns first: each family's usual place, then dates on it, with every wish held to its least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from ksolve.problem import Posted, Tier
from ksolve.problem.patterns import Cell
from ksolve.solver.model.columns import Chosen
from ksolve.solver.model.master import Master
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.goals import Goals, model_within
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.proving import Proving
from ksolve.solver.search.run import Status
from ksolve.solver.search.weighing import SWEEP, swept

Free = Callable[[Posted], bool]
"""Says which wishes may cost more than their least."""

_MASTER_WORK = 3.0
"""The most work of a choice of patterns; a whole centre's takes 0.02 to 0.4."""
_RUN_WORK = 8.0
"""The most work of one run on chosen patterns; of a whole centre one takes 0.1."""
_SHARE = 0.25
"""The part of the time that is left which one such run may take."""
_WORKERS = 2
"""Workers of a run on chosen patterns, be there one core for both: one alone has no heuristics."""
_IN_VAIN = 3
"""How many choices of patterns may bring nothing better before another way is taken."""


class Patterns:
    """The search on chosen patterns. What it finds is a schedule; what it does not find proves nothing."""

    def __init__(self, ledger: Ledger, standing: Sequence[Standing]) -> None:
        self._ledger = ledger
        self._standing = standing
        self._master = Master(ledger.problem, standing)
        self._master.build()
        self._goals = Goals(ledger.problem, self._master.cells)
        self._chosen = 0
        self._width = 0
        self._choice = Chosen({}, {})
        self._proving = Proving(ledger, self._goals, standing)
        ledger.least = self._goals.bounds

    def reach_goal(self) -> Status:
        """Look for dates on the patterns chosen first at which no wish costs more than its least.

        Where there are such dates every tier is proven, with nothing to minimise. Habits that offer no
        patterns to choose from are left to the run: it minimises what is off them, and what is off the
        habits of other years.
        """
        self._choice = self._choose()
        return self._date(self._is_unchosen)

    def free_wishes(self) -> bool:
        """Ask less and less of wishes on chosen patterns, and choose anew while that brings better ones.

        Return whether that was tried to the end: no run left open what is best on its patterns.
        """
        in_vain, is_closed = 0, bool(self._master.families)
        if not self._chosen:
            self._choice = self._choose()
        while is_closed and in_vain < _IN_VAIN and not self._ledger.is_over:
            known = self._ledger.best
            ended = self._ask_less()
            is_closed = ended in (Status.OPTIMAL, Status.INFEASIBLE)
            in_vain = in_vain + 1 if self._ledger.best is known else 0
            self._proving.raise_wishes()
            self._choice = self._choose()
        self._proving.raise_groups()
        return is_closed

    def _ask_less(self) -> Status:
        """Date sessions on the chosen patterns, with more and more wishes free while there are no dates."""
        ways = self._wider()
        while True:
            ended = self._date(ways[self._width])
            if ended is not Status.INFEASIBLE or self._width + 1 == len(ways) or self._ledger.is_over:
                return ended
            self._width += 1

    def _choose(self) -> Chosen:
        """Choose patterns, others each time; nothing is chosen where that takes too long."""
        tuning = self._ledger.options.tuning
        if not self._master.families:
            return Chosen({}, {})
        self._master.prefer_anew(self._chosen + tuning.seed)
        self._chosen += 1
        tuning = replace(tuning, most_work=_MASTER_WORK)
        ended = self._ledger.spend(self._master.cp, tuning, self._ledger.left_s * _SHARE)
        return Chosen({}, {}) if ended.values is None else self._master.choice(ended.values)

    def _date(self, free: Free) -> Status:
        """Look for dates on the chosen patterns, better than those known where any wish is free."""
        ledger = self._ledger
        model = model_within(
            ledger.problem,
            lambda posted: None if free(posted) else self._goals.least_in(posted),
            self._standing,
            kept_on(self._choice, self._master),
        )
        workers = max(_WORKERS, ledger.options.tuning.workers)
        tuning = replace(ledger.options.tuning, workers=workers, most_work=_RUN_WORK)
        if any(model.costs.values()):
            model.cp.minimize(swept(model))
        if ledger.best is not None and ledger.counted:
            reached = sum(SWEEP[tier] * ledger.reached(tier) for tier in ledger.tiers)
            model.cp.add(swept(model) <= reached - 1)
        return ledger.run(model, tuning, ledger.left_s * _SHARE).status

    def _is_unchosen(self, posted: Posted) -> bool:
        of_families = all(
            any(series.id in family.names for family in self._master.families) for series in posted.series
        )
        return posted.tier is Tier.PATTERN and (posted.rule.name == "habit" or not of_families)

    def _wider(self) -> tuple[Free, ...]:
        """Return what is asked less of: families short of places, then what binds several, then all."""
        tight = frozenset(
            name for family, months in self._choice.tight.items() if months for name in family.names
        )
        families = {name: family for family in self._choice.columns for name in family.names}

        def short(posted: Posted) -> bool:
            return all(series.id in tight for series in posted.series)

        def joint(posted: Posted) -> bool:
            bound = {families.get(series.id) for series in posted.series}
            return short(posted) or len(bound) > 1 or None in bound

        return short, joint, _all


def kept_on(choice: Chosen, master: Master) -> dict[str, frozenset[Cell]]:
    """Return the candidates at the chosen weekdays and starts, and all in the months that lack places.

    Those that habits name are among them: a day that moves to the next open one is on another weekday.
    """
    kept: dict[str, frozenset[Cell]] = {}
    for family, columns in choice.columns.items():
        months = choice.tight.get(family, frozenset())
        slots = {(column.pattern.weekday, column.start) for column in columns}
        spare = frozenset[date]().union(*(column.pattern.spare for column in columns))
        for name in family.names:
            preferred = master.preferred[name]
            kept[name] = frozenset(
                (day, start)
                for day, start in master.cells[name]
                if (day.weekday(), start) in slots
                or (day.year, day.month) in months
                or day in spare
                or (day, start) in preferred
            )
    return kept


def _all(_posted: Posted) -> bool:
    return True
