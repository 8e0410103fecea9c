"""Verbs that only ever cost: the usual pattern, the even pace, the dates to keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from ortools.sat.python import cp_model

from ksolve.calendar import week_of_month
from ksolve.problem import Posted, Series
from ksolve.solver.model.core import BINDING, PREFERRING, Cell, stated_at
from ksolve.solver.model.serving import Serving


class Preferring(Serving):
    """Patterns, paces and kept dates."""

    @stated_at(PREFERRING)
    def mode(self, by: Posted, series: Series, *, weeks: bool) -> None:
        """Let a series choose its pattern, and cost each session off it."""
        cells = self.at[series.id]
        by_pattern: dict[tuple[int, int, int], dict[int, list[cp_model.IntVar]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for (day, start), variable in cells.items():
            pattern = (day.weekday(), start, week_of_month(day) if weeks else 0)
            by_pattern[pattern][day.month].append(variable)
        if not by_pattern:
            return
        usual = {pattern: self.cp.new_bool_var("") for pattern in sorted(by_pattern)}
        self.cp.add_exactly_one(usual.values())
        kept: list[cp_model.IntVar] = []
        for pattern, months in sorted(by_pattern.items()):
            for month, variables in sorted(months.items()):
                most = min(len(variables), self.caps.get((series.id, month), 31))
                on_it = self.cp.new_int_var(0, most, "")
                # One bound for the month is tighter in the relaxation than one for each candidate.
                self.cp.add(on_it <= cp_model.LinearExpr.sum(variables))
                self.cp.add(on_it <= most * usual[pattern])
                kept.append(on_it)
        off = self.cost(by, len(cells))
        self.cp.add(cp_model.LinearExpr.sum(list(cells.values())) <= cp_model.LinearExpr.sum(kept) + off)

    @stated_at(BINDING)
    def pace(
        self,
        by: Posted,
        series: Sequence[Series],
        periods: Sequence[Sequence[date]],
        bounds: Sequence[tuple[int, int]],
    ) -> None:
        """Bound the running count at the end of each period."""
        running: list[cp_model.IntVar] = []
        for days, (low, high) in zip(periods, bounds, strict=True):
            running += self.on(series, days)
            self.bound(by, running, low, high)

    @stated_at(BINDING)
    def prefer(self, by: Posted, series: Series, kept: Collection[Cell]) -> None:
        """Cost each session that is at none of the kept dates and starts."""
        keep = frozenset(kept)
        others = [variable for cell, variable in self.at[series.id].items() if cell not in keep]
        self.cost_sum(by, others)

    @stated_at(BINDING)
    def prefer_room(self, by: Posted, series: Series, kept: Mapping[Cell, str]) -> None:
        """Cost each session at one of these dates and starts that takes a room of another pool."""
        for cell, pool in sorted(kept.items()):
            variable = self.at[series.id].get(cell)
            if variable is None:
                continue
            in_room = [
                taken
                for index, resource, taken in self.chosen.get((series.id, cell), ())
                if series.needs[index].kind == "room" and resource.pool == pool and not isinstance(taken, int)
            ]
            only_room = any(
                resource.pool == pool and isinstance(taken, int)
                for _, resource, taken in self.chosen.get((series.id, cell), ())
            )
            if not only_room:
                guests = self.held_at(series, cell)
                stays = cp_model.LinearExpr.sum([*in_room, *guests])
                self.cp.add(variable - stays <= self.cost(by, 1))
