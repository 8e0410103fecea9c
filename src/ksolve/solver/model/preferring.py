"""Verbs that only ever cost: the usual pattern, the even pace, the dates to keep."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import combinations

from ortools.sat.python import cp_model

from ksolve.problem import Binding, Series
from ksolve.problem.patterns import Cell
from ksolve.problem.verbs import Period
from ksolve.solver.model.posting import BINDING, PREFERRING, stated_at
from ksolve.solver.model.serving import Serving


class Preferring(Serving):
    """Patterns, paces and kept dates."""

    @stated_at(PREFERRING)
    def mode(self, by: Binding, series: Series, kept: Callable[[date], tuple[int, int]]) -> None:
        """Let a series choose its pattern, and cost each session off it."""
        cells = self.at[series.id]
        by_pattern: dict[tuple[int, int, int], dict[int, list[cp_model.IntVar]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for (day, start), variable in cells.items():
            weekday, week = kept(day)
            pattern = (weekday, start, week)
            by_pattern[pattern][day.month].append(variable)
        if not by_pattern:
            return
        usual = {pattern: self.cp.new_bool_var("") for pattern in sorted(by_pattern)}
        self.cp.add_exactly_one(usual.values())
        on_usual: list[cp_model.IntVar] = []
        for pattern, months in sorted(by_pattern.items()):
            for month, variables in sorted(months.items()):
                most = min(len(variables), self.caps.get((series.id, month), 31))
                on_it = self.cp.new_int_var(0, most, "")
                # One bound for the month is tighter in the relaxation than one for each candidate.
                self.cp.add(on_it <= cp_model.LinearExpr.sum(variables))
                self.cp.add(on_it <= most * usual[pattern])
                on_usual.append(on_it)
        off = self.cost(by, len(cells))
        self.cp.add(cp_model.LinearExpr.sum(list(cells.values())) <= cp_model.LinearExpr.sum(on_usual) + off)

    @stated_at(BINDING)
    def pace(self, by: Binding, series: Sequence[Series], periods: Sequence[Period]) -> None:
        """Bound the running count at the end of each period."""
        running: list[cp_model.IntVar] = []
        for days, low, high in periods:
            running += self.on(series, days)
            self.bound(by, running, low, high)

    @stated_at(BINDING)
    def stretches(
        self,
        by: Binding,
        series: Sequence[Series],
        periods: Sequence[Sequence[date]],
        bounds: Sequence[tuple[int, int]],
    ) -> None:
        """Bound what any periods in a row hold: a number for each period, and sums of these."""
        held: list[cp_model.IntVar] = []
        most: list[int] = []
        for days in periods:
            variables = self.on(series, days)
            most.append(len(variables))
            held.append(self.cp.new_int_var(0, most[-1], ""))
            self.cp.add(cp_model.LinearExpr.sum(variables) == held[-1])
        for first, end in combinations(range(len(periods) + 1), 2):
            total = cp_model.LinearExpr.sum(held[first:end])
            self.bound_total(by, total, sum(most[first:end]), *bounds[end - first - 1])

    @stated_at(BINDING)
    def prefer_units(self, by: Binding, series: Series, kept: Mapping[Cell, Mapping[str, int]]) -> None:
        """Cost each session at one of these dates and starts that takes fewer units of a resource."""
        for cell, amounts in sorted(kept.items()):
            variable = self.at[series.id].get(cell)
            if variable is None or not amounts:
                continue
            needed = variable - cp_model.LinearExpr.sum(self.held_at(series, cell))
            takes = self.chosen.get((series.id, cell), ())
            other = self.cost(by, 1)
            for resource, amount in sorted(amounts.items()):
                fixed = sum(taken for _, its, taken in takes if its.id == resource and isinstance(taken, int))
                open_ = [
                    taken for _, its, taken in takes if its.id == resource and not isinstance(taken, int)
                ]
                if fixed < amount:
                    lacking = (amount - fixed) * needed - cp_model.LinearExpr.sum(open_)
                    self.cp.add(lacking <= (amount - fixed) * other)

    @stated_at(BINDING)
    def hold(self, by: Binding, series: Series, cells: Sequence[Cell], resources: Sequence[str]) -> None:
        """One session at one of these dates and starts, or more, takes these, each as often as named."""
        there: list[cp_model.LinearExprT] = [self.cost(by, 1)]
        for cell in cells:
            variable = self.at[series.id].get(cell)
            if variable is None:
                continue
            is_it = self.cp.new_bool_var("")
            self.cp.add_implication(is_it, variable)
            guests = self.held_at(series, cell)
            for resource, amount in sorted(Counter(resources).items()):
                taken = [it for _, its, it in self.chosen.get((series.id, cell), ()) if its.id == resource]
                excused = [amount * guest for guest in guests]
                self.cp.add(amount * is_it <= cp_model.LinearExpr.sum([*taken, *excused]))
            there.append(is_it)
        self.cp.add(cp_model.LinearExpr.sum(there) >= 1)
