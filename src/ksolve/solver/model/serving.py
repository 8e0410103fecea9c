"""Verbs about what sessions use: rooms, staff, what another session has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from ortools.sat.python import cp_model

from ksolve.clock import covers
from ksolve.problem import Binding, Problem, Resource, Series
from ksolve.problem.patterns import Cell
from ksolve.solver.model.core import Core, Kept
from ksolve.solver.model.posting import BINDING, HOLDING, SERVING, stated_at
from ksolve.solver.model.uses import Standing, Use, busiest, gross, taken


class Serving(Core):
    """Held together, served with resources, kept within capacity."""

    def __init__(
        self,
        problem: Problem,
        standing: Iterable[Standing] = (),
        kept: Kept | None = None,
        cp: cp_model.CpModel | None = None,
    ) -> None:
        super().__init__(problem, kept, cp)
        self.held: dict[str, dict[tuple[Cell, str], cp_model.IntVar]] = defaultdict(dict)
        self._with_hosts: dict[tuple[str, Cell], list[cp_model.IntVar]] = defaultdict(list)
        self.chosen: dict[tuple[str, Cell], list[tuple[int, Resource, cp_model.IntVar | int]]] = defaultdict(
            list
        )
        self._takes: dict[str, dict[str, dict[Cell, list[cp_model.IntVar | int]]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        self.uses: dict[str, dict[date, list[Use]]] = defaultdict(lambda: defaultdict(list))
        for one in standing:
            stands = Use(one.start, one.end, 1, self.cp.new_constant(1))
            self.uses[one.resource][one.day].append(stands)

    @stated_at(HOLDING)
    def coincide(
        self, by: Binding, guest: Series, host: Series, sessions: int | None, *, shared: bool
    ) -> None:
        """Let sessions of the guest (None: all) fall on the host's: at the same start, or on the same day.

        Soft, each session that is not held together costs, and each more that is.
        """
        mine = list(self.at[guest.id].values())
        wanted = cp_model.LinearExpr.sum(mine) if sessions is None else sessions
        wanted -= self.cost(by, len(mine) if sessions is None else sessions)
        if not shared:
            self._same_day(guest, host, wanted)
            return
        held = self.held[guest.id]
        for cell in sorted(self.at[guest.id].keys() & self.at[host.id].keys()):
            held[cell, host.id] = self._held(guest, cell, host)
            self._with_hosts[guest.id, cell].append(held[cell, host.id])
            self.cp.add_implication(held[cell, host.id], self.at[host.id][cell])
        here = [variable for (_, name), variable in held.items() if name == host.id]
        self.cp.add(cp_model.LinearExpr.sum(here) == wanted + self.excess(by, len(here)))
        for cell, variable in self.at[guest.id].items():
            with_hosts = self.held_at(guest, cell)
            if with_hosts:
                self.cp.add(cp_model.LinearExpr.sum(with_hosts) <= variable)

    def _held(self, guest: Series, cell: Cell, host: Series) -> cp_model.IntVar:
        """Return a variable for being held with a host; what is settled was, or was not."""
        if (guest.id, cell) not in self.settled:
            return self.cp.new_bool_var("")
        was = self.settled[guest.id, cell].host == host.id
        return self.cp.new_int_var(was, was, "")

    def _same_day(self, guest: Series, host: Series, sessions: cp_model.LinearExprT) -> None:
        """Count each session of the guest on a date on which the host has any."""
        both: list[cp_model.IntVar] = []
        for day in sorted(self.by_day[guest.id].keys() & self.by_day[host.id].keys()):
            for variable in self.by_day[guest.id][day]:
                both.append(self.cp.new_bool_var(""))
                self.cp.add_implication(both[-1], variable)
                self.cp.add(both[-1] <= cp_model.LinearExpr.sum(self.by_day[host.id][day]))
        self.cp.add(cp_model.LinearExpr.sum(both) >= sessions)

    def held_at(self, guest: Series, cell: Cell) -> list[cp_model.IntVar]:
        """Return the variables that hold a candidate of a series together with a host's."""
        return self._with_hosts.get((guest.id, cell), [])

    @stated_at(SERVING)
    def serve(self, _by: Binding, series: Series, allowed: Sequence[Sequence[Resource]]) -> None:
        """Let each session take what it needs; one held together with another's takes nothing."""
        for cell, variable in self.at[series.id].items():
            if (series.id, cell) in self.settled:
                self._serve_settled(series, cell)
                continue
            day, start = cell
            guests = self.held_at(series, cell)
            for index, resources in enumerate(allowed):
                amount = series.needs[index].amount
                there = [r for r in resources if covers(r.hours(day), start, start + series.minutes)]
                if sum(len(r.units) for r in there) < amount:
                    self.cp.add(cp_model.LinearExpr.sum([variable]) <= cp_model.LinearExpr.sum(guests))
                elif len(there) == 1:
                    self._choice(series, cell, index, there[0], amount)
                    for taker, sign in [(variable, 1), *((guest, -1) for guest in guests)]:
                        self._use(there[0], cell, series, amount * sign, taker)
                else:
                    self._choose(series, cell, index, there, guests)

    def _serve_settled(self, series: Series, cell: Cell) -> None:
        """Take what was taken: limits on use count it, though no capacity binds what was held."""
        units = self.settled[series.id, cell].units
        left = [
            (unit, resource)
            for resource in self.problem.resources
            for unit in resource.units
            if unit in units
        ]
        for index, need in enumerate(series.needs):
            mine = [(unit, its) for unit, its in left if its.pool in need.pools][: need.amount]
            left = [pair for pair in left if pair not in mine]
            for resource in dict.fromkeys(its.id for _, its in mine):
                its = next(one for _, one in mine if one.id == resource)
                amount = sum(one.id == resource for _, one in mine)
                self._choice(series, cell, index, its, amount)

    def _choose(
        self,
        series: Series,
        cell: Cell,
        index: int,
        there: Sequence[Resource],
        guests: Sequence[cp_model.IntVar],
    ) -> None:
        """Share the amount of one need out over several resources."""
        amount = series.needs[index].amount
        taken: list[cp_model.IntVar] = []
        for resource in there:
            units = min(amount, len(resource.units))
            variable = self.cp.new_int_var(0, units, "")
            self._choice(series, cell, index, resource, variable)
            self._use(resource, cell, series, 1, variable)
            taken.append(variable)
        needed = self.at[series.id][cell] - cp_model.LinearExpr.sum(list(guests))
        self.cp.add(cp_model.LinearExpr.sum(taken) == amount * needed)

    def _choice(
        self, series: Series, cell: Cell, index: int, resource: Resource, taken: cp_model.IntVar | int
    ) -> None:
        """Note what a session may take for a need, by the session and by the resource."""
        self.chosen[series.id, cell].append((index, resource, taken))
        self._takes[resource.id][series.id].setdefault(cell, []).append(taken)

    @stated_at(BINDING)
    def seat(self, _by: Binding, series: Series, people: int) -> None:
        """Let the seats of the rooms taken add up; a room without a number of seats is enough by itself."""
        for cell, variable in self.at[series.id].items():
            rooms = [
                (amount, people if resource.seats is None else resource.seats)
                for _, resource, amount in self.chosen[series.id, cell]
                if resource.kind == "room"
            ]
            if (series.id, cell) in self.settled or not rooms:
                continue
            taken = variable - cp_model.LinearExpr.sum(self.held_at(series, cell))
            sure = sum(amount * seats for amount, seats in rooms if isinstance(amount, int))
            chosen = [(amount, seats) for amount, seats in rooms if not isinstance(amount, int)]
            seats = cp_model.LinearExpr.weighted_sum([x for x, _ in chosen], [n for _, n in chosen])
            if sure < people:
                self.cp.add(seats >= (people - sure) * taken)

    @stated_at(BINDING)
    def take(self, by: Binding, series: Series, unit: str, days: Collection[date] | None = None) -> None:
        """Each session (on these dates) takes the unit, but those held together with another's.

        What was held beside nobody's session is excused where that is hard. It is read back without a
        host, so that where it is wished it costs as much as it does there.
        """
        for cell, variable in self.at[series.id].items():
            was = self.settled.get((series.id, cell))
            is_guest = was and was.host and (by.tier is None or "#" not in was.host)
            if (days is not None and cell[0] not in days) or is_guest:
                continue
            excused = [*self.held_at(series, cell), self._using(series, cell, unit), self.cost(by, 1)]
            self.cp.add(variable <= cp_model.LinearExpr.sum(excused))

    @stated_at(BINDING)
    def count_using(
        self, by: Binding, series: Sequence[Series], of: str, days: Collection[date], high: int
    ) -> None:
        """Bound the sessions of these dates that use a pool or unit."""
        within = frozenset(days)
        using = [using for one in series for cell, using in self.takers(one, of) if cell[0] in within]
        if len(using) > high:
            self.cp.add(cp_model.LinearExpr.sum(using) <= high + self.cost(by, len(using) - high))

    @stated_at(BINDING)
    def share_evenly(
        self, by: Binding, series: Sequence[Series], units: Sequence[str], difference: int
    ) -> None:
        """Keep the number of sessions that take each unit between two variables."""
        each = [[using for one in series for _, using in self.takers(one, unit)] for unit in units]
        most = max(map(len, each), default=0)
        low, high = (self.cp.new_int_var(0, most, "") for _ in range(2))
        self.cp.add(high - low <= difference + self.cost(by, most))
        for using in each:
            taken = cp_model.LinearExpr.sum(using)
            self.cp.add(taken >= low)
            self.cp.add(taken <= high)

    @stated_at(BINDING)
    def turn_around(self, by: Binding, series: Sequence[Series], unit: str, minutes: int) -> None:
        """Hard, uses lengthened by the minutes must not overlap; soft, each start too soon after one costs.

        At most 1 + (minutes - 1) // shortest sessions, one after the other, end within `minutes`.
        """
        days: dict[date, list[tuple[int, int, cp_model.LinearExprT]]] = defaultdict(list)
        for one in series:
            for (day, start), using in self.takers(one, unit):
                days[day].append((start, start + one.minutes, using))
        few = 1 + (minutes - 1) // min((one.minutes for one in series), default=1)
        for uses in days.values():
            for moment in sorted({start for start, _, _ in uses}):
                begun = [using for start, _, using in uses if start == moment]
                ended = [using for _, end, using in uses if moment - minutes < end <= moment]
                if by.tier is None:
                    running = [using for start, end, using in uses if start < moment < end + minutes]
                    self.cp.add(cp_model.LinearExpr.sum([*begun, *running]) <= 1)
                elif ended:
                    room = few * (1 + self.cost(by, 1) - cp_model.LinearExpr.sum(begun))
                    self.cp.add(cp_model.LinearExpr.sum(ended) <= room)

    @stated_at(BINDING)
    def travel(
        self, by: Binding, series: Sequence[Series], unit: str, sites: tuple[str, str], minutes: int
    ) -> None:
        """No session begins at the second site within the minutes after one ended at the first.

        At most 1 + (minutes - 1) // shortest sessions, one after the other, end within `minutes`.
        """
        ended: dict[date, list[tuple[int, cp_model.LinearExprT]]] = defaultdict(list)
        begun: dict[tuple[date, int], list[cp_model.LinearExprT]] = defaultdict(list)
        for one in series:
            for cell, using in self.takers(one, unit):
                day, start = cell
                ended[day] += [(start + one.minutes, x) for x in self._at_site(one, cell, using, sites[0])]
                begun[cell] += self._at_site(one, cell, using, sites[1])
        few = 1 + (minutes - 1) // min((one.minutes for one in series), default=1)
        for (day, start), here in begun.items():
            before = [using for end, using in ended[day] if start - minutes < end <= start]
            if here and before:
                left = 1 + self.cost(by, 1) - cp_model.LinearExpr.sum(here)
                self.cp.add(cp_model.LinearExpr.sum(before) <= few * left)

    def _at_site(
        self, series: Series, cell: Cell, using: cp_model.LinearExprT, site: str
    ) -> Iterator[cp_model.LinearExprT]:
        """Yield at least 1 where a session that takes a unit is at a site, nothing where it cannot be."""
        rooms: dict[int, list[Resource]] = defaultdict(list)
        taken: list[cp_model.LinearExprT] = []
        for index, resource, amount in self.chosen[series.id, cell]:
            if resource.kind == "room":
                rooms[index].append(resource)
                taken += [amount] if resource.site == site else []
        if not rooms:
            yield from [using] if series.site == site else ()
        elif any(all(room.site == site for room in either) for either in rooms.values()):
            yield using
        elif taken:
            there = self.cp.new_bool_var("")
            for each in taken:
                self.cp.add(cp_model.LinearExpr.sum([using, each]) <= 1 + there)
            yield there

    def takers(self, series: Series, of: str) -> Iterator[tuple[Cell, cp_model.LinearExprT]]:
        """Yield the candidates of a series that may take a pool or unit, each with 1 where it does."""
        resources = [resource for resource in self.problem.resources if _is_of(resource, of)]
        found = [self._takes[resource.id][series.id] for resource in resources]
        for cell in sorted({cell for cells in found for cell in cells}):
            taken = found[0].get(cell, []) if len(found) == 1 and resources[0].pool != of else []
            is_choice = len(taken) == 1 and not isinstance(taken[0], int)
            yield cell, taken[0] if is_choice else self._using(series, cell, of)

    def _using(self, series: Series, cell: Cell, of: str) -> cp_model.LinearExprT:
        """Return 1 for a session that takes any unit of a pool, or one unit that is a resource by itself."""
        chosen = self.chosen.get((series.id, cell), ())
        mine = {index for index, resource, _ in chosen if _is_of(resource, of)}
        rivals = {index for index, resource, _ in chosen if not _is_of(resource, of)}
        if mine - rivals:
            return self.at[series.id][cell] - cp_model.LinearExpr.sum(self.held_at(series, cell))
        taken = [taken for _, resource, taken in chosen if _is_of(resource, of)]
        if len(mine) < 2:
            # one unit among others of its pool, or one room of several: at most one is taken
            return cp_model.LinearExpr.sum(taken)
        uses = self.cp.new_bool_var("")
        self.cp.add(uses <= cp_model.LinearExpr.sum(taken))
        for each in taken:
            self.cp.add(uses >= each)
        return uses

    def _use(
        self, resource: Resource, cell: Cell, series: Series, amount: int, variable: cp_model.IntVar
    ) -> None:
        day, start = cell
        self.uses[resource.id][day].append(Use(start, start + series.minutes, amount, variable))

    def served(self, series: Series, cell: Cell, values: Sequence[int]) -> list[tuple[int, Resource, int]]:
        """Return (index of the need, resource, units) for a session that a solution dates."""
        return [
            (index, resource, amount if isinstance(amount, int) else values[amount.index])
            for index, resource, amount in self.chosen[series.id, cell]
        ]

    @stated_at(BINDING)
    def capacity(self, _by: Binding, resource: Resource) -> None:
        """At each moment at which a use may begin, no more units are taken than there are."""
        for uses in self.uses[resource.id].values():
            for moment in busiest(uses):
                if gross(moment) > len(resource.units):
                    self.cp.add(taken(moment) <= len(resource.units))


def _is_of(resource: Resource, of: str) -> bool:
    return resource.pool == of or resource.units == (of,)
