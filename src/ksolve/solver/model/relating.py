"""Verbs that relate sessions to those before and after them, and programmes to one another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ortools.sat.python import cp_model

from ksolve.problem import Binding, Series
from ksolve.solver.model.core import Core
from ksolve.solver.model.posting import BINDING, stated_at


class Relating(Core):
    """Longest gaps, separate days, order."""

    @stated_at(BINDING)
    def close(self, by: Binding, series: Series, days: int) -> None:
        """A session has another within `days` days, or none at all later.

        `later` is true at a date if any session lies after it; one boolean for each date says it for
        all, from the last date back.
        """
        dates = sorted(self.by_day[series.id])
        later = self._later(series, dates)
        for index, day in enumerate(dates):
            after = [other for other in dates[index + 1 :] if other <= day + timedelta(days=days)]
            beyond = index + len(after)
            if beyond + 1 == len(dates):
                continue
            near = cp_model.LinearExpr.sum(self.on([series], after))
            here = self._any(self.on([series], [day]))
            self.cp.add(here + later[beyond] - 1 <= near + self.cost(by, 1))

    @stated_at(BINDING)
    def whole_runs(self, by: Binding, series: Series, runs: Sequence[Sequence[date]]) -> None:
        """Say how many runs begin at each date: their dates add up to the sessions.

        Runs are stretches of equal length, so what begins when follows from the sessions, and no
        variable chooses between symmetric ways. Soft, each session outside all runs costs.
        """
        held = {day: cp_model.LinearExpr.sum(mine) for day, mine in self.by_day[series.id].items()}
        covered: dict[date, list[cp_model.IntVar]] = {day: [] for day in held}
        for run in runs:
            if all(day in held for day in run):
                most = min(len(self.by_day[series.id][day]) for day in run)
                begins = self.cp.new_int_var(0, most, "")
                for day in run:
                    covered[day].append(begins)
        alone: list[cp_model.LinearExprT] = []
        for day, total in held.items():
            within = cp_model.LinearExpr.sum(covered[day])
            self.cp.add(total == within if by.tier is None else total >= within)
            alone.append(total - within)
        self.cp.add(cp_model.LinearExpr.sum(alone) <= self.cost(by, len(self.at[series.id])))

    def _later(self, series: Series, dates: Sequence[date]) -> list[cp_model.IntVar]:
        """Return for each date a boolean that is true if a session lies after it."""
        later: list[cp_model.IntVar] = [self.cp.new_bool_var("") for _ in dates]
        for index in range(len(dates) - 1):
            self.cp.add_implication(later[index + 1], later[index])
            for variable in self.on([series], [dates[index + 1]]):
                self.cp.add_implication(variable, later[index])
        return later

    def _any(self, variables: Sequence[cp_model.IntVar]) -> cp_model.IntVar:
        """Return a boolean that is true if any of some booleans is."""
        if len(variables) == 1:
            return variables[0]
        found = self.cp.new_bool_var("")
        for variable in variables:
            self.cp.add_implication(variable, found)
        return found

    @stated_at(BINDING)
    def separate(
        self, by: Binding, groups: Sequence[Sequence[Series]], periods: Sequence[Sequence[date]]
    ) -> None:
        """Each period belongs to one group; soft, each group more costs."""
        for days in periods:
            variables = [self.on(group, days) for group in groups]
            held = [self._any(mine) for mine in variables if mine]
            self.bound(by, held, 0, 1)

    @stated_at(BINDING)
    def stand_by(
        self,
        by: Binding,  # noqa: ARG002 - always hard: nothing costs
        first: Series,
        spare: Series,
        dates: int,
        days: int,
    ) -> None:
        """Count both up to each date: spare ones are never ahead, whole before the next, and in time."""
        held, kept = sorted(self.by_day[first.id]), sorted(self.by_day[spare.id])

        def so_far(series: Series, on: Sequence[date], last: date) -> cp_model.LinearExprT:
            return cp_model.LinearExpr.sum(self.on([series], [day for day in on if day <= last]))

        one = timedelta(days=1)
        for day in kept:
            self.cp.add(so_far(spare, kept, day) <= dates * so_far(first, held, day - one))
        for day in held:
            due = dates * so_far(first, held, day)
            self.cp.add(so_far(spare, kept, day - one) >= due - dates)
            self.cp.add(so_far(spare, kept, day + timedelta(days=days)) >= due)

    @stated_at(BINDING)
    def follow(
        self, by: Binding, first: Sequence[Series], then: Sequence[Series], days: int, *, each: bool
    ) -> None:
        """By no date has `then` more sessions than `first` had `days` days before; or all of those first.

        Soft, each session of `then` that is too early costs.
        """
        lag = timedelta(days=days)
        begins = sorted({day for series in then for day in self.by_day[series.id]})
        ends = sorted({day for series in first for day in self.by_day[series.id]})
        paid: list[cp_model.LinearExprT] = []
        for day in begins:
            if each:
                by_then = self.on(then, [other for other in begins if other <= day])
                earlier = self.on(first, [other for other in ends if other <= day - lag])
                ahead = cp_model.LinearExpr.sum(by_then) - cp_model.LinearExpr.sum(earlier)
                if by.tier is None:
                    self.cp.add(ahead <= 0)
                else:
                    here = self.on(then, [day])
                    total = cp_model.LinearExpr.sum(here)
                    paid.append(self.cost_lesser(by, (total, len(here)), (ahead, len(by_then))))
                    # whoever is ahead of its leader by a date was early before: tight in the relaxation
                    self.cp.add(cp_model.LinearExpr.sum(paid) >= ahead)
                continue
            late = self.on(first, [other for other in ends if other > day - lag])
            if by.tier is None:
                is_begun = self._any(self.on(then, [day]))
                for variable in late:
                    self.cp.add_at_most_one([is_begun, variable])
            elif late:
                early = self.on(then, [day])
                is_late = self._any(late)
                total = cp_model.LinearExpr.sum(early)
                self.cp.add(total <= len(early) * (1 - is_late) + self.cost(by, len(early)))
