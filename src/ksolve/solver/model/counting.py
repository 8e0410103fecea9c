"""Verbs that count sessions in stretches of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations, groupby, pairwise

from ortools.sat.python import cp_model

from ksolve.problem import Binding, Series, Tier
from ksolve.problem.verbs import Period
from ksolve.solver.model.core import Core
from ksolve.solver.model.posting import BINDING, stated_at
from ksolve.solver.model.windows import atoms, clusters, hall_sets, is_stretch


class Counting(Core):
    """Counts, windows, gaps and runs of months."""

    @stated_at(BINDING)
    def count(
        self, by: Binding, series: Sequence[Series], period: Period, *, start: int | None = None
    ) -> None:
        """So many sessions in a period, of those at `start` where it is given."""
        days, low, high = period
        held = self.on(series, days) if start is None else self.on_at(series, days, start)
        self.bound(by, held, low, high)
        if by.tier is None and high is not None and start is None:
            self.cap(series, list(days), high)

    @stated_at(BINDING)
    def one_of(
        self, by: Binding, series: Sequence[Series], ways: Sequence[tuple[Sequence[Period], int]]
    ) -> None:
        """Choose one way; its periods hold their sessions, and the dates of the others are free.

        Soft, each session that is missing, beyond a period's most, or on a free date costs.
        """
        chosen = [self.cp.new_bool_var("") for _ in ways]
        self.cp.add_exactly_one(chosen)
        for is_chosen, (_, lacking) in zip(chosen, ways, strict=True):
            self.cp.add(lacking * is_chosen <= self.cost(by, lacking))
        holding: dict[Period, list[cp_model.IntVar]] = defaultdict(list)
        covering: dict[date, list[cp_model.IntVar]] = defaultdict(list)
        for is_chosen, (periods, _) in zip(chosen, ways, strict=True):
            for days, low, high in periods:
                holding[tuple(days), low, high].append(is_chosen)
                for day in days:
                    covering[day].append(is_chosen)
        for (days, low, high), of_ways in holding.items():
            held = self.on(series, days)
            total, is_held = cp_model.LinearExpr.sum(held), cp_model.LinearExpr.sum(of_ways)
            self.cp.add(total + self.cost(by, low) >= low * is_held)
            if high is not None and high < len(held):
                beyond = len(held) - high
                self.cp.add(total - self.excess(by, beyond) <= high + beyond * (1 - is_held))
        for day, of_ways in covering.items():
            here = self.on(series, [day])
            if here and len(of_ways) < len(ways):
                free = cp_model.LinearExpr.sum(of_ways)
                self.cp.add(cp_model.LinearExpr.sum(here) - self.excess(by, len(here)) <= len(here) * free)

    @stated_at(BINDING)
    def windows(
        self, by: Binding, series: Sequence[Series], windows: Sequence[tuple[Sequence[date], int]]
    ) -> None:
        """Each window holds its sessions; soft, each session that is missing costs."""
        days = [frozenset(dates) for dates, _ in windows]
        filled = [wanted - self.cost(by, wanted) for _, wanted in windows]
        for members in clusters(days):
            if not all(is_stretch(days[index]) for index in members):
                self._share_out(series, days, members, filled)
                continue
            for together in hall_sets(days, members):
                union = sorted(frozenset[date]().union(*(days[index] for index in together)))
                demand = cp_model.LinearExpr.sum([filled[index] for index in together])
                self.cp.add(demand <= cp_model.LinearExpr.sum(self.on(series, union)))

    def _share_out(
        self,
        series: Sequence[Series],
        windows: Sequence[frozenset[date]],
        members: Sequence[int],
        filled: Sequence[cp_model.LinearExprT],
    ) -> None:
        """Say how many sessions each part of windows with gaps gives to each of them (a transportation)."""
        given: dict[int, list[cp_model.IntVar]] = {index: [] for index in members}
        for among, dates in atoms(windows, members).items():
            held = self.on(series, dates)
            shares = [self.cp.new_int_var(0, len(held), "") for _ in among]
            self.cp.add(cp_model.LinearExpr.sum(shares) <= cp_model.LinearExpr.sum(held))
            for index, share in zip(among, shares, strict=True):
                given[index].append(share)
        for index in members:
            self.cp.add(filled[index] <= cp_model.LinearExpr.sum(given[index]))

    @stated_at(BINDING)
    def spaced(self, by: Binding, series: Sequence[Series], days: int) -> None:
        """At most one session in any `days` consecutive dates; soft, each pair closer costs."""
        dates = sorted({day for one in series for day in self.by_day[one.id]})
        if by.tier is not None:
            self._cost_pairs(by, series, dates, days)
            return
        end = 0
        for begin, first in enumerate(dates):
            before = end
            while end < len(dates) and dates[end] < first + timedelta(days=days):
                end += 1
            if end > before:  # a window that ends no later lies within the one before
                self.cp.add_at_most_one(self.on(series, dates[begin:end]))

    def _cost_pairs(self, by: Binding, series: Sequence[Series], dates: Sequence[date], days: int) -> None:
        for first in dates:
            near = [day for day in dates if first <= day < first + timedelta(days=days)]
            today = self.on(series, [first])
            later = self.on(series, near[1:])
            pairs = [*combinations(today, 2), *((one, other) for one in today for other in later)]
            for one, other in pairs:
                self.cp.add(self.cost(by, 1) >= one + other - 1)

    @stated_at(BINDING)
    def runs(
        self,
        by: Binding,
        series: Sequence[Series],
        periods: Sequence[Sequence[date]],
        length: int,
        counts: tuple[int, int],
        *,
        in_turn: bool,
    ) -> None:
        """Choose for each series the first of `length` of the periods, one after the other.

        Soft, each session that a run lacks or that lies outside it costs, and each series out of turn.
        """
        firsts = range(len(periods) - length + 1)
        begins = [{first: self.cp.new_bool_var("") for first in firsts} for _ in series]
        within = {day for days in periods for day in days}
        for one, begin in zip(series, begins, strict=True):
            self.cp.add_exactly_one(begin.values())
            outside = self.on([one], [day for day in self.by_day[one.id] if day not in within])
            self.cp.add(cp_model.LinearExpr.sum(outside) <= self.excess(by, len(outside)))
            for index, days in enumerate(periods):
                if by.tier is None:
                    self.cap([one], days, counts[1])
                running = cp_model.LinearExpr.sum([begin[f] for f in firsts if f <= index < f + length])
                here = self.on([one], days)
                held = cp_model.LinearExpr.sum(here)
                self.cp.add(held + self.cost(by, counts[0]) >= counts[0] * running)
                self.cp.add(held - self.excess(by, len(here)) <= counts[1] * running)
        if in_turn and by.tier in (None, Tier.SHORTAGE):
            for before, after in pairwise(begins):
                self._follow(before, after, firsts, length)
        elif in_turn:
            self._cost_turns(by, series)

    def _cost_turns(self, by: Binding, series: Sequence[Series]) -> None:
        """Cost each series with a session in or before a month in which one before it has any."""
        dates = sorted({day for one in series for day in self.by_day[one.id]})
        months = [list(days) for _, days in groupby(dates, key=lambda day: (day.year, day.month))]
        for place, one in enumerate(series[1:], start=1):
            is_early = self.cost(by, 1)
            for days in months:
                here = self.on([one], days)
                rest = self.on(series[:place], [day for day in dates if day >= days[0]])
                goes_on = self.cp.new_bool_var("")
                for variable in rest if here else ():
                    self.cp.add_implication(variable, goes_on)
                for variable in here if rest else ():
                    self.cp.add(variable + goes_on <= 1 + is_early)

    def _follow(
        self,
        before: dict[int, cp_model.IntVar],
        after: dict[int, cp_model.IntVar],
        firsts: Iterable[int],
        length: int,
    ) -> None:
        """Whoever begins by a period lets the one before have begun a whole run earlier."""
        for index in firsts:
            begun = cp_model.LinearExpr.sum([x for first, x in after.items() if first <= index])
            ended = cp_model.LinearExpr.sum([x for first, x in before.items() if first <= index - length])
            self.cp.add(begun <= ended)
