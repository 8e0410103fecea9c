"""Verbs that keep sessions apart: so many at one moment, on one day, in one week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from ksolve.problem import Binding, Series, Within
from ksolve.problem.patterns import Cell
from ksolve.solver.model.limiting import Limiting
from ksolve.solver.model.posting import BINDING, stated_at
from ksolve.solver.model.uses import Use, busiest, gross, taken, weekly


class Excluding(Limiting):
    """Kept apart: by moment, by day, by week."""

    @stated_at(BINDING)
    def exclusive(self, by: Binding, series: Sequence[Series], *, per: Within, most: int = 1) -> None:
        """So many sessions at a time, a day or a week; guests count with their host, and with one another.

        Soft, each session that begins when so many run, or that a day or week has too many, costs.
        """
        members = {one.id for one in series}
        days: dict[date, list[Use]] = defaultdict(list)
        outside: dict[tuple[str, Cell], list[Use]] = defaultdict(list)
        for one in series:
            for (day, start), variable in self.at[one.id].items():
                days[day].append(Use(start, start + one.minutes, 1, variable))
            for ((day, start), host), guest in self.held[one.id].items() if one.id in self.held else ():
                discount = Use(start, start + one.minutes, -1, guest)
                if host in members:
                    days[day].append(discount)
                else:
                    outside[host, (day, start)].append(discount)
        for (_, (day, _)), guests in outside.items():
            if len(guests) > 1:
                days[day] += [*guests, self._as_one(guests)]
        for uses in weekly(days) if per == "week" else days.values():
            if by.tier is not None and per == "moment":
                self._cost_begun(by, uses, most)
                continue
            for moment in busiest(uses) if per == "moment" else [uses]:
                self._at_most(by, moment, most)

    def _as_one(self, guests: Sequence[Use]) -> Use:
        """Return the use of guests of one host that is not of the audience: they come once."""
        come = self.cp.new_bool_var("")
        for guest in guests:
            self.cp.add_implication(guest.variable, come)
        return Use(guests[0].start, max(guest.end for guest in guests), 1, come)

    def _cost_begun(self, by: Binding, uses: Sequence[Use], most: int) -> None:
        """Cost the sessions of a day that begin when `most` run, those that begin with them included."""
        for start in sorted({use.start for use in uses}):
            begun = [use for use in uses if use.start == start]
            here = [*begun, *(use for use in uses if use.start < start < use.end)]
            self.cost_lesser(by, (taken(begun), gross(begun)), (taken(here) - most, gross(here) - most))

    def _at_most(self, by: Binding, moment: Sequence[Use], most: int) -> None:
        beyond = gross(moment) - most
        if beyond <= 0:
            return
        if by.tier is None and most == 1 and all(use.amount == 1 for use in moment):
            self.cp.add_at_most_one([use.variable for use in moment])
            return
        self.cp.add(taken(moment) <= most + self.cost(by, beyond))
