"""Verbs about how much a room or member of staff is used: minutes, days in a row, rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from ortools.sat.python import cp_model

from ksolve.problem import Binding, Series
from ksolve.problem.patterns import Cell
from ksolve.solver.model.posting import BINDING, stated_at
from ksolve.solver.model.serving import Serving


class Limiting(Serving):
    """Limits on the use of one unit."""

    @stated_at(BINDING)
    def minutes_using(
        self, by: Binding, series: Sequence[Series], unit: str, days: Collection[date], high: int
    ) -> None:
        """Bound the minutes of the sessions of these dates that take a unit; soft, each hour begun beyond."""
        within = frozenset(days)
        taken = [
            (self.minutes_of(one, cell), using)
            for one in series
            for cell, using in self.takers(one, unit)
            if cell[0] in within
        ]
        held = [minutes * using for minutes, using in taken]
        most = sum(minutes for minutes, _ in taken)
        if most > high:
            hours = self.cost(by, -(-(most - high) // 60))
            self.cp.add(cp_model.LinearExpr.sum(held) <= high + 60 * hours)

    @stated_at(BINDING)
    def days_using(
        self, by: Binding, series: Sequence[Series], unit: str, rows: Sequence[Sequence[date]]
    ) -> None:
        """Say for each date whether the unit is taken, and leave one date of each row free, or pay for it."""
        using: dict[date, list[cp_model.LinearExprT]] = defaultdict(list)
        for one in series:
            for (day, _), each in self.takers(one, unit):
                using[day].append(each)
        is_taken = {day: self.cp.new_bool_var("") for day in using}
        for day, takers in using.items():
            for each in takers:
                self.cp.add(cp_model.LinearExpr.sum([each]) <= is_taken[day])
        for row in rows:
            if all(day in is_taken for day in row):
                taken_days = cp_model.LinearExpr.sum([is_taken[day] for day in row])
                self.cp.add(taken_days <= len(row) - 1 + self.cost(by, 1))

    @stated_at(BINDING)
    def rest(self, by: Binding, series: Sequence[Series], unit: str, minutes: int) -> None:
        """No session begins too soon after one of an earlier day; a unit ends one session at a time."""
        begun: dict[Cell, list[cp_model.LinearExprT]] = defaultdict(list)
        ended: dict[Cell, list[cp_model.LinearExprT]] = defaultdict(list)
        for one in series:
            for (day, start), using in self.takers(one, unit):
                begun[day, start].append(using)
                ended[day, start + self.minutes_of(one, (day, start))].append(using)
        near = 1 + minutes // (24 * 60)
        for (day, start), here in begun.items():
            is_early: cp_model.IntVar | int | None = None
            for back in range(1, near + 1):
                earlier = day - timedelta(days=back)
                for end in range(max(0, back * 24 * 60 + start - minutes + 1), 24 * 60 + 1):
                    before = ended.get((earlier, end))
                    if before:
                        is_early = self.cost(by, 1) if is_early is None else is_early
                        self.cp.add(cp_model.LinearExpr.sum([*here, *before]) <= 1 + is_early)
