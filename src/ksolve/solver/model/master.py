"""The compact model: which usual place each family keeps, before anything has a date.

One boolean for each column (family, pattern, pools). It reserves its dates for the whole year, so that
rules can be read on them as on sessions; what cannot hold costs. It is no relaxation, for a family need not
use all that it reserves, and proves nothing: it says where to look first.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain

from ortools.sat.python import cp_model

from ksolve.clock import covers
from ksolve.problem import Binding, Problem, Resource, Series, Within
from ksolve.problem.patterns import Cell
from ksolve.problem.verbs import Period
from ksolve.solver.model.choosing import CLASH, LACKING, LOAD, Chosen, chosen
from ksolve.solver.model.columns import Asked, Column, Days, Family, columns_of, singly, takes_of
from ksolve.solver.model.limits import Limit, Limits
from ksolve.solver.model.posting import BINDING, PREFERRING, Posting, stated_at
from ksolve.solver.model.uses import Standing, Use, busiest, taken_by, weekly

_FINE, _NUDGE = 1000, 20
"""Fine units of a cost, and the most of them by which chance prefers a column: so ties fall anew."""
_FEW = 7
"""Days of a short period."""


class Master(Posting):
    """Reads rules on places that are reserved for a year; a verb that it does not hear changes nothing."""

    def __init__(self, problem: Problem, standing: Sequence[Standing] = ()) -> None:
        super().__init__(problem)
        self.cp = cp_model.CpModel()
        self.families: list[Family] = []
        self.columns: dict[int, Column] = {}
        self.variables: dict[int, cp_model.IntVar] = {}
        self.paid: list[tuple[int, cp_model.IntVar]] = []
        self.preferred: dict[str, frozenset[Cell]] = defaultdict(frozenset)
        self._of: dict[str, Family] = {}
        self._among: dict[Family, dict[int, Column]] = defaultdict(dict)
        self._users: dict[str, dict[Family, None]] = defaultdict(dict)
        self._asked: dict[str, Asked] = defaultdict(Asked)
        self._bounded: dict[str, list[Resource]] = defaultdict(list)
        self._standing = standing
        self._certain: list[tuple[Series, frozenset[Cell]]] = []
        self._guests: set[str] = set()
        self._needed: dict[str, Sequence[Sequence[Resource]]] = {}
        self._limits = Limits(self.columns)
        self._costs: dict[int, int] = defaultdict(int)
        self._on: dict[date, list[int]] = defaultdict(list)

    def __getattr__(self, verb: str) -> Callable[..., None]:
        """Hear any other verb of a rule in vain: the dated model does."""
        if verb.startswith("_"):
            raise AttributeError(verb)
        return lambda *_args, **_kwargs: None

    @cached_property
    def _days(self) -> Days:
        """The dates of families: every rule has been posted."""
        return Days(self.cells)

    def build(self) -> None:
        """Post every rule, make the columns, and weigh what they want at once."""
        super().build()
        for name, resources in self._bounded.items():
            self._limit_units(name, resources)
        self.paid += [(_FINE * cost, self.variables[index]) for index, cost in self._costs.items() if cost]
        self.paid += [(_FINE * cost, slack) for cost, slack in self._limits.state(self.cp, self.variables)]

    def make_variables(self) -> None:
        """Make the columns of each family that is asked to keep a pattern."""
        for posted in singly(self.problem.rules):
            if any(series.id in self._of for series in posted.series):
                continue
            patterns = posted.rule.patterns(posted, self.problem, self.cells)
            if not patterns:
                continue
            family = Family(posted)
            asked = self._asked[family.one.id]
            hosted = [cell for host in asked.hosts for cell in self.cells[host]]
            self._add(family, columns_of(family, patterns, asked, self.problem, hosted))

    def _add(self, family: Family, columns: Sequence[Column]) -> None:
        if len({column.pattern for column in columns}) < family.chosen:
            return
        self.families.append(family)
        self._of |= dict.fromkeys(family.names, family)
        by_weekday: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for column in columns:
            variable = self.cp.new_bool_var("")
            self.columns[variable.index] = self._among[family][variable.index] = column
            self.variables[variable.index] = variable
            for take in column.takes:
                self._users[take.of][family] = None
            for day in column.dates:
                self._on[day].append(variable.index)
            by_weekday[column.pattern.weekday].append(variable)
            if family.chosen == 1:
                self._costs[variable.index] += LACKING * (column.lacking + self._days.far(column))
        chosen = [variable for mine in by_weekday.values() for variable in mine]
        self.cp.add(cp_model.LinearExpr.sum(chosen) == family.chosen)
        for mine in by_weekday.values() if family.chosen > 1 else ():
            self.cp.add_at_most_one(mine)

    def spaced(self, by: Binding, series: Sequence[Series], days: int) -> None:
        """Remember how far apart the sessions of each series are."""
        for one in series if by.tier is None else ():
            self._asked[one.id].gap = max(days, self._asked[one.id].gap)

    def take(self, by: Binding, series: Series, unit: str, days: Collection[date] | None = None) -> None:
        """Remember whom each session of a series takes."""
        if by.tier is None and days is None:
            self._asked[series.id].units.append(unit)

    def coincide(
        self, by: Binding, guest: Series, host: Series, sessions: int | None, *, shared: bool
    ) -> None:
        """Remember with whom sessions of a guest are held, and give them dates in common."""
        if shared:
            self._guests.add(guest.id)
        if by.tier is None and shared:
            self._asked[guest.id].hosts.append(host.id)
            self._meet(by, guest, host, sessions or 1)

    @stated_at(BINDING)
    def _meet(self, _by: Binding, guest: Series, host: Series, sessions: int) -> None:
        """A guest's column has so many of its dates in common with its host's."""
        family, other = self._of.get(guest.id), self._of.get(host.id)
        if family is None or other is None or family is other or other.chosen > 1:
            return
        hosts = [(i, column.start, frozenset(column.dates)) for i, column in self._columns_of(other)]
        for index, column in self._columns_of(family):
            mine = frozenset(column.dates)
            meet = [i for i, start, days in hosts if start == column.start and len(days & mine) >= sessions]
            amounts = {index: 1, **dict.fromkeys(meet, -1)}
            self._limits.add(Limit(LACKING * sessions, amounts, most=0), column.dates)

    def _columns_of(self, *families: Family) -> Iterator[tuple[int, Column]]:
        """Yield the columns of some families, in the order in which they were made."""
        return chain.from_iterable(self._among[one].items() for one in self.families if one in families)

    def serve(self, _by: Binding, series: Series, allowed: Sequence[Sequence[Resource]]) -> None:
        """Remember what the sessions of a series need."""
        self._needed[series.id] = allowed

    def candidates(self, series: Series) -> list[Cell]:
        """See Posting. A session that is nobody's guest is where all that it needs is there."""
        found = super().candidates(series)
        if series.id in self._guests or series.id not in self._needed:
            return found
        takes = takes_of(series, self._needed[series.id])
        return [
            (day, start)
            for day, start in found
            if (series.id, (day, start)) in self.settled
            or all(take.is_there(day, start, start + series.minutes) for take in takes)
        ]

    def capacity(self, _by: Binding, resource: Resource) -> None:
        """Remember what can run short."""
        self._bounded[resource.pool].append(resource)
        if len(resource.units) == 1:
            self._bounded[resource.id] = [resource]

    @stated_at(BINDING)
    def prefer(self, by: Binding, series: Series, kept: Collection[Cell]) -> None:
        """Each date off those to keep makes a column dearer; dates to keep without a pattern are reserved."""
        keep = frozenset(kept)
        if by.tier is None and series.id not in self._of and series.id not in self._guests:
            self._certain.append((series, keep))
        self.preferred[series.id] |= keep
        family = self._of.get(series.id)
        for index, column in self._columns_of(family) if family else ():
            self._costs[index] += by.weight * sum((day, column.start) not in keep for day in column.dates)

    def forbid(
        self,
        by: Binding,
        series: Series,
        days: Collection[date] | None = None,
        starts: Collection[int] | None = None,
    ) -> None:
        """See Posting. Days that are better avoided are no places: the goal asks for none there."""
        if by.tier is None:
            super().forbid(by, series, days, starts)
        elif starts is None and by.weight:
            self._asked[series.id].avoided |= frozenset(days or ())

    @stated_at(PREFERRING)
    def mode(self, by: Binding, series: Series, _kept: Callable[[date], tuple[int, int]]) -> None:
        """Columns that a family keeps at once have one start, where sessions are to have one."""
        family = self._of.get(series.id)
        if family is None or family.chosen == 1:
            return
        usual = {start: self.cp.new_bool_var("") for start in sorted(family.one.starts)}
        self.cp.add_exactly_one(usual.values())
        for index, column in self._columns_of(family):
            off = self.cp.new_bool_var("")
            self.cp.add(self.variables[index] <= usual[column.start] + off)
            self.paid.append((_FINE * by.weight * len(column.dates), off))

    @stated_at(BINDING)
    def count(
        self, by: Binding, series: Sequence[Series], period: Period, *, start: int | None = None
    ) -> None:
        """A family has places for the fewest of a period; families together keep to the most of a week.

        In longer periods they may leave places: what they reserve says little there.
        """
        days, low, high = period
        names = {one.id for one in series}
        families = {self._of[name] for name in names if name in self._of}
        if start is not None or not families:
            return
        alone = len(families) == 1 and all(family.names == names for family in families)
        if alone and low > 0 and by.tier is None:
            self._limits.add(Limit(LACKING, self._within(families, days), least=low), days)
        elif not alone and high is not None and len(days) <= _FEW:
            weight = CLASH if by.tier is None else LOAD * by.weight
            self._limits.add(Limit(weight, self._within(families, days), most=high), days)

    @stated_at(BINDING)
    def pace(self, _by: Binding, series: Sequence[Series], periods: Sequence[Period]) -> None:
        """Families have places for the fewest that each period's end should have seen."""
        families = {self._of[one.id] for one in series if one.id in self._of}
        if frozenset[str]().union(*(f.names for f in families)) != {one.id for one in series}:
            return
        until: list[date] = []
        for days, low, _ in periods:
            until += days
            if low > 0:
                self._limits.add(Limit(LACKING, self._within(families, until), least=low), days)

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
        """A family has places in each period in which one of its series may meet.

        A series that is a family by itself has them in a run, which leaves periods to those in turn.
        """
        if by.tier is not None:
            return
        family = self._of.get(series[0].id)
        if family and family.names == {one.id for one in series}:
            for days in periods:
                self._limits.add(Limit(LACKING, self._within([family], days), least=counts[0]), days)
            return
        for place, one in enumerate(series):
            family = self._of.get(one.id)
            if family is None or len(family.names) > 1:
                continue
            after = len(series) - 1 - place
            own = periods[place * length : len(periods) - after * length] if in_turn else periods
            for index, column in self._columns_of(family):
                self._costs[index] += LACKING * (length - column.longest_run(own, length))

    @stated_at(BINDING)
    def exclusive(self, by: Binding, series: Sequence[Series], *, per: Within, most: int = 1) -> None:
        """Columns keep apart what is to be kept apart; a guest is with its host."""
        names = {one.id for one in series}
        apart = [name for name in names if names.isdisjoint(self._asked[name].hosts)]
        families = {self._of[name] for name in apart if name in self._of}
        weight = CLASH if by.tier is None else LOAD * by.weight
        days = self._uses(lambda _column: 1, families)
        if per == "week":
            for uses in weekly(days):
                self._limit_uses(uses, most, weight, days)
            return
        for day, uses in days.items():
            for moment in busiest(uses) if per == "moment" else [uses]:
                self._limit_uses(moment, most, weight, [day])

    def _limit_units(self, name: str, resources: Sequence[Resource]) -> None:
        """At each moment no more units of a pool, or of a single unit, are wanted than are there."""
        ids = {resource.id for resource in resources}
        standing = [one for one in self._standing if one.resource in ids]
        taking = self._uses(
            lambda column: sum(take.amount for take in column.takes if take.of == name), self._users[name]
        )
        for day, uses in taking.items():
            for moment in busiest(uses):
                at = max(use.start for use in moment)
                there = sum(len(r.units) for r in resources if covers(r.hours(day), at, at + 1))
                gone = sum(one.day == day and one.start <= at < one.end for one in standing)
                gone += taken_by(self._certain, name, day, at)
                self._limit_uses(moment, there - gone, CLASH, [day])

    def _uses(self, amount: Callable[[Column], int], families: Iterable[Family]) -> dict[date, list[Use]]:
        """Return what columns of some families take on each date."""
        days: dict[date, list[Use]] = defaultdict(list)
        for index, column in self._columns_of(*families):
            if units := amount(column):
                for day in column.dates:
                    days[day].append(Use(column.start, column.end, units, self.variables[index]))
        return days

    def _limit_uses(self, uses: Sequence[Use], most: int, weight: int, days: Iterable[date]) -> None:
        amounts = Counter[int]()
        for use in uses:
            amounts[use.variable.index] += use.amount
        self._limits.add(Limit(weight, amounts, most=most), days)

    def _within(self, families: Collection[Family], days: Collection[date]) -> Counter[int]:
        """Return how many dates each column of some families has among these."""
        if len(days) <= _FEW:
            found = Counter(index for day in days for index in self._on.get(day, ()))
            return Counter({i: n for i, n in found.items() if self.columns[i].family in families})
        within = frozenset(days)
        columns = self._columns_of(*families)
        return Counter({i: sum(day in within for day in column.dates) for i, column in columns})

    def prefer_anew(
        self, seed: int, gains: Mapping[int, int] | None = None, *, by_chance: bool = True
    ) -> None:
        """Minimise the costs less what columns gain, by the indexes of their variables, in fine units.

        Ties fall by chance, each time anew; else always to the middle of the month and early starts.
        """
        chance = random.Random(seed)  # noqa: S311 - not for secrets
        nudges = [
            (chance.randrange(_NUDGE) if by_chance else column.plainness, self.variables[index])
            for index, column in self.columns.items()
        ]
        gained = [(-gain, self.variables[index]) for index, gain in (gains or {}).items()]
        paid = [*self.paid, *nudges, *gained]
        self.cp.minimize(
            cp_model.LinearExpr.weighted_sum([variable for _, variable in paid], [cost for cost, _ in paid])
        )

    def choice(self, values: Sequence[int]) -> Chosen:
        """Return what a solution (a value for each variable) chooses, and where that has no room."""
        return chosen(
            {index for index in self.columns if values[index]}, self.columns, self._days, self._limits
        )
