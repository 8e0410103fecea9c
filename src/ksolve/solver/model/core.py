"""The variables of a model, and how hard and soft statements are made about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from ortools.sat.python import cp_model

from ksolve.problem import Binding, Problem, Series, Tier
from ksolve.problem.patterns import Cell
from ksolve.solver.model.posting import Posting

Cost = tuple[int, cp_model.IntVar]
"""A weight, and a variable that is never negative: 0 is a bound without any search."""
Kept = Mapping[str, Collection[Cell]]
"""The only candidates that some series may have, by their ids; the others have all of theirs."""


class Core(Posting):
    """One boolean for each (series, date, start) that no hard rule forbids, and that is among those kept."""

    def __init__(
        self, problem: Problem, kept: Kept | None = None, cp: cp_model.CpModel | None = None
    ) -> None:
        super().__init__(problem)
        self.cp = cp or cp_model.CpModel()  # several problems may stand in one
        self.costs: dict[Tier, list[Cost]] = defaultdict(list)
        self.paid: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        """What each soft rule pays, in units, by the `id` of the rule as it is posted."""
        self.at: dict[str, dict[Cell, cp_model.IntVar]] = {}
        self.by_day: dict[str, dict[date, list[cp_model.IntVar]]] = {}
        self.caps: dict[tuple[str, int], int] = {}
        self._kept = kept or {}

    def build(self) -> None:
        """Post every rule, make variables, state the rest, and bound what a rule may cost at most."""
        super().build()
        for posted in self.problem.rules:
            if posted.most is not None and self.paid[id(posted)]:
                self.cp.add(cp_model.LinearExpr.sum(self.paid[id(posted)]) <= posted.most)

    def make_variables(self) -> None:
        """Make a variable for each candidate."""
        for series in self.problem.series:
            self.at[series.id] = {}
            self.by_day[series.id] = defaultdict(list)
            kept = self._kept.get(series.id)
            for cell in self.candidates(series):
                if (series.id, cell) in self.settled:
                    self._add(series, cell, self.cp.new_int_var(1, 1, ""))
                elif kept is None or cell in kept:
                    self._add(series, cell, self.cp.new_bool_var(""))

    def _add(self, series: Series, cell: Cell, variable: cp_model.IntVar) -> None:
        self.at[series.id][cell] = variable
        self.by_day[series.id][cell[0]].append(variable)

    def cost_cells(self, by: Binding, series: Series, at: Callable[[date, int], bool]) -> None:
        """See Posting."""
        self.cost_sum(by, [one for cell, one in self.at[series.id].items() if at(*cell)])

    def cap(self, series: Iterable[Series], days: Sequence[date], most: int) -> None:
        """Remember that a whole month holds at most so many sessions of each series."""
        if len(days) >= 28 and days[0].month == days[-1].month:
            for one in series:
                key = one.id, days[0].month
                self.caps[key] = min(most, self.caps.get(key, most))

    def on(self, series: Iterable[Series], days: Iterable[date]) -> list[cp_model.IntVar]:
        """Return the variables of some series on some dates."""
        dates = list(days)
        return [x for one in series for day in dates for x in self.by_day[one.id].get(day, ())]

    def on_at(self, series: Iterable[Series], days: Iterable[date], start: int) -> list[cp_model.IntVar]:
        """Return the variables of some series on some dates at one start."""
        dates = list(days)
        cells = ((one.id, (day, start)) for one in series for day in dates)
        return [self.at[name][cell] for name, cell in cells if cell in self.at[name]]

    def bound(self, by: Binding, variables: Sequence[cp_model.IntVar], low: int, high: int | None) -> None:
        """Keep a sum of booleans between two bounds, or cost each unit outside."""
        if low > 0 or (high is not None and high < len(variables)):  # of a year's days most hold no more
            self.bound_total(by, cp_model.LinearExpr.sum(list(variables)), len(variables), low, high)

    def bound_total(
        self, by: Binding, total: cp_model.LinearExpr, most: int, low: int, high: int | None
    ) -> None:
        """Keep an expression of at most `most` between two bounds, or cost each unit outside."""
        if low <= 0 and (high is None or high >= most):
            return
        if by.tier is None:
            # an empty domain would be taken as no bound: without candidates, `low` itself is out of reach
            self.cp.add_linear_constraint(total, low, max(low, most) if high is None else high)
            return
        if low > 0:
            self.cp.add(total + self.cost(by, low) >= low)
        if high is not None and high < most:
            self.cp.add(total - self.cost(by, most - high) <= high)

    def cost(self, by: Binding, most: int) -> cp_model.IntVar | int:
        """Return a new variable from 0 to `most` that a soft rule pays for; 0 if it is hard."""
        if by.tier is None or most <= 0:
            return 0
        amount = self.cp.new_int_var(0, most, "")
        self.costs[by.tier].append((by.weight, amount))
        self.paid[id(by)].append(amount)
        return amount

    def excess(self, by: Binding, most: int) -> cp_model.IntVar | int:
        """Return a cost of going beyond what is wanted: 0 too where a rule may only fall short."""
        return self.cost(by, 0 if by.tier is Tier.SHORTAGE else most)

    def cost_lesser(
        self, by: Binding, one: tuple[cp_model.LinearExpr, int], other: tuple[cp_model.LinearExpr, int]
    ) -> cp_model.IntVar | int:
        """Return what a rule pays: the lesser of two expressions, each given with the most that it can be."""
        (this, most), (that, most_other) = one, other
        if min(most, most_other) <= 0:
            return 0
        amount, is_that = self.cost(by, min(most, most_other)), self.cp.new_bool_var("")
        self.cp.add(amount >= this - most * is_that)
        self.cp.add(amount >= that - most_other * (1 - is_that))
        return amount

    def cost_sum(self, by: Binding, variables: Sequence[cp_model.IntVar]) -> None:
        """Let a rule pay for each of some booleans that is true."""
        self.cp.add(cp_model.LinearExpr.sum(list(variables)) <= self.cost(by, len(variables)))
