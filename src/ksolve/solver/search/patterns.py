"""Patterns first: each family's usual place, then dates on it, with every wish held to its least."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from ortools.sat.python import cp_model

from ksolve.problem import Posted
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Tuning
from ksolve.solver.model import Model
from ksolve.solver.model.choosing import Chosen
from ksolve.solver.model.master import Master
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.equals import beside
from ksolve.solver.search.few import Few
from ksolve.solver.search.fitting import Fitting
from ksolve.solver.search.goals import Goals, model_within
from ksolve.solver.search.groups import Groups
from ksolve.solver.search.hinting import hint_dates, hint_values
from ksolve.solver.search.leading import Leading
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.placing import Placing
from ksolve.solver.search.proving import Proving
from ksolve.solver.search.rearranging import Rearranging
from ksolve.solver.search.run import Status
from ksolve.solver.search.weighing import SWEEP, swept

Free = Callable[[Posted], bool]
"""Says which wishes may cost more than their least."""

_MASTER_WORK = 3.0
"""The most work of a choice of patterns; a whole centre's takes 0.02 to 0.4."""
_GOAL_WORK, _RUN_WORK = 2.5, 8.0
"""The most work of a run on chosen patterns: of the goal, where a whole centre's takes 0.1 to 2;
and with habits free, which has a schedule within moments and goes on to the best.
"""
_SHARE = 0.5
"""The part of the time that is left which one such run may take."""
_WORKERS = 2
"""Workers of a run on chosen patterns, be there one core for both: one alone has no heuristics."""
_KEPT = 30
"""Fine units that a column gains for each session of the schedule to start from that it keeps: together less
than any cost, more than what is preferred by chance.
"""
_KEEP_WORK = 1.0
"""The most work by which more of it is kept, once nothing else is left to find."""


class Patterns:
    """The search on chosen patterns. What it finds is a schedule; what it does not find proves nothing."""

    def __init__(self, ledger: Ledger, standing: Sequence[Standing], start: Schedule | None = None) -> None:
        self._ledger = ledger
        self._standing = standing
        self._start = start
        self._master = Master(ledger.problem, standing)
        self._master.build()
        self._goals = Goals(ledger.problem, self._master.cells)
        self._chosen = 0
        self._choice = Chosen({}, {})
        self._few = Few(ledger, self._goals, standing)
        self._proving = Proving(ledger, self._goals, standing)
        self._fitting = Fitting(ledger, self._goals, self._proving, standing)
        self._leading = Leading(ledger, self._goals, self._proving, standing)
        ledger.least = self._goals.bounds

    def reach_goal(self) -> Status:
        """Look for dates on the patterns chosen first at which no wish costs more than its least.

        Those are chosen that keep the most of the schedule to start from, if there is one. Where there
        are such dates every tier is proven, with nothing to minimise. Habits that offer no patterns to
        choose from are left to the run: it minimises what is off them, and what is off the habits of
        other years.
        """
        self._choice = self._choose()
        doubtful = [family for family in self._choice.columns if self._choice.is_doubtful(family)]
        self._fitting.fit_families(doubtful, kept_on(self._choice, self._master))
        return self._date_with(self._is_unchosen)

    def fit(self) -> None:
        """Find out which families do not fit on their places by themselves, then place a few at a time.

        From a schedule all are dated at once, so that as much of it is kept as can be.
        """
        if not self._chosen:
            self._choice = self._choose()
        is_known = self._fit()
        if self._start is None:
            order = self._groups.in_order(self._sessions())
            Placing(self._few, self._groups, self._want, self._master.cells, self._is_paid).place_all(order)
            self._proving.bound_together()
        elif is_known:
            self._date_with(self._is_paid)

    def rearrange(self) -> bool:
        """Let those look for other dates who pay in the best schedule, with those in their way.

        Return whether that came to its end: nobody pays less with the few others that are tried.
        """
        ledger = self._ledger
        if ledger.best is None or ledger.is_over or not self._few.take(ledger.best):
            return False
        Rearranging(self._few, self._groups, self._want, self._master.cells).improve()
        self._proving.raise_wishes()
        self._proving.relax()
        self._proving.raise_groups(widest=1)
        return True

    @cached_property
    def _groups(self) -> Groups:
        return Groups(self._ledger.problem, [family.names for family in self._master.families])

    @property
    def _want(self) -> Mapping[str, frozenset[Cell]]:
        """The places that each series may have: on the chosen patterns, or anywhere if it fits on none."""
        kept = kept_on(self._choice, self._master)
        wide = frozenset[str]().union(*self._fitting.wide)
        every = self._master.cells
        return {name: kept[name] if name in kept and name not in wide else every[name] for name in every}

    def _is_paid(self, posted: Posted) -> bool:
        """Whether a wish costs whatever it comes to: habits of other years, and what is known to be short."""
        return self._is_unchosen(posted) or self._fitting.is_short(posted)

    def _sessions(self) -> Mapping[str, int]:
        """Return how many dates the chosen places of each family have, by the ids of its series."""
        return {
            name: sum(len(column.dates) for column in columns)
            for family, columns in self._choice.columns.items()
            for name in family.names
        }

    def follow_relaxation(self) -> Status:
        """Look where the relaxation leads: it divides sessions among few weekdays."""
        return self._leading.follow()

    def _date_with(self, free: Free) -> Status:
        """Date sessions with some wishes free: where there are any, the run goes on to the best."""
        is_minimised = any(map(free, self._goals.wishes))
        return self._date(free, self._tuned(most_work=_RUN_WORK if is_minimised else _GOAL_WORK))

    def _fit(self) -> bool:
        return self._fitting.fit(self._choice.columns, kept_on(self._choice, self._master))

    def _tuned(self, **changes: Any) -> Tuning:
        tuning = self._ledger.options.tuning
        return replace(tuning, workers=max(_WORKERS, tuning.workers), **changes)

    def _choose(self) -> Chosen:
        """Choose patterns, others each time; nothing is chosen where that takes too long."""
        tuning = self._ledger.options.tuning
        if not self._master.families:
            return Chosen({}, {})
        gains = _keeping(self._master, self._start) if self._start else None
        self._master.prefer_anew(self._chosen + tuning.seed, gains, by_chance=self._chosen > 0)
        self._chosen += 1
        tuning = replace(tuning, most_work=_MASTER_WORK)
        ended = self._ledger.spend(self._master.cp, tuning, self._ledger.left_s * _SHARE)
        return Chosen({}, {}) if ended.values is None else self._master.choice(ended.values)

    def _date(self, free: Free, tuning: Tuning) -> Status:
        """Look for dates on the chosen patterns, better than those known where any wish is free."""
        ledger = self._ledger
        wide = frozenset[str]().union(*self._fitting.wide)
        kept = {name: c for name, c in kept_on(self._choice, self._master).items() if name not in wide}
        kept = beside(kept, self._start) if self._start else kept
        model = model_within(
            ledger.problem,
            lambda posted: None if free(posted) else self._goals.most_of(posted),
            self._standing,
            kept,
        )
        self._goals.hold_together(model, free)
        if self._start:
            hint_dates(model, self._start)
        if any(map(free, self._goals.wishes)):
            model.cp.minimize(swept(model))
        if ledger.best is not None and ledger.counted:
            model.cp.add(swept(model) <= self._reached - 1)
        ended = ledger.run(model, tuning, ledger.left_s * _SHARE)
        self._proving.bound_together()
        if self._start and ledger.model is model and ledger.is_proven:
            self._keep(self._start, model)
        return ended.status

    @property
    def _reached(self) -> int:
        """What the best schedule costs in all tiers, weighed as a run over all of them weighs them."""
        return sum(SWEEP[tier] * self._ledger.reached(tier) for tier in self._ledger.tiers)

    def _keep(self, start: Schedule, model: Model) -> None:
        """Keep as much of the schedule to start from as can be at the same costs, on the chosen patterns."""
        ledger = self._ledger
        stay = [
            model.at[s.series][s.day, s.start]
            for s in start.sessions
            if (s.day, s.start) in model.at.get(s.series, {})
        ]
        hint_values(model, ledger.values)
        model.cp.add(swept(model) <= self._reached)
        model.cp.maximize(cp_model.LinearExpr.sum(stay))
        ledger.run(model, self._tuned(most_work=_KEEP_WORK), ledger.left_s * _SHARE)

    @staticmethod
    def _is_unchosen(posted: Posted) -> bool:
        """Whether a wish is a habit of other years: of these none can be asked for."""
        return posted.rule.name == "habit"


def _keeping(master: Master, start: Schedule) -> dict[int, int]:
    """Return what columns gain for the sessions of a schedule that are on them."""
    held = {
        family: {(s.day, s.start) for name in family.names for s in start.by_series.get(name, ())}
        for family in master.families
    }
    return {
        index: _KEPT * len(held[column.family] & {(day, column.start) for day in column.dates})
        for index, column in master.columns.items()
    }


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
