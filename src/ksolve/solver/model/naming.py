"""Who takes the sessions of a schedule: its dates, its rooms and who is held with whom stay as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Literal

from ortools.sat.python import cp_model

from ksolve.calendar import MONTHS
from ksolve.problem import Binding, Posted, Problem, Series
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.capacity import Capacity
from ksolve.rules.needs import Needs
from ksolve.solver.model import Model
from ksolve.solver.model.uses import Use, busiest, gross, taken

Place = tuple[str, Cell]
"""A session that is dated: its series, date and start."""
Taking = cp_model.IntVar | int
_Total = cp_model.LinearExpr.sum


class Naming(Model):
    """The sessions of a schedule that need some staff pools, with a boolean for each who could take one.

    Members of one resource are alike for every rule of dates: the model of dates shares sessions out among
    resources, and here each member has a variable beside it. Of the rules only those take part that tell
    members of these pools apart, and the wishes about who is named. Sessions held together with others
    have these sessions' staff, and are left out.
    """

    def __init__(self, concerned: Problem, schedule: Schedule, usual: Mapping[str, Collection[str]]) -> None:
        self._pools = frozenset(one.pool for one in concerned.resources if one.kind == "staff")
        self._usual = usual
        self._sessions = {
            (one.series, (one.day, one.start)): one for one in schedule.sessions if not one.held_with
        }
        cells: dict[str, set[Cell]] = {one.id: set() for one in concerned.series}
        for name, cell in self._sessions:
            if name in cells:
                cells[name].add(cell)
        super().__init__(concerned, kept=cells)

    def build(self) -> None:
        """Build the model, keep what is settled, and state the wishes about who is named."""
        super().build()
        for cells in self.at.values():
            for variable in cells.values():
                self.cp.add(variable == 1)
        self.keep_shares("room")
        self._keep_apart()
        for posted in self.problem.rules:
            posted.rule.post_names(posted, self)

    def keep_shares(self, kind: Literal["room", "staff"]) -> None:
        """Let each session take as many of like rooms, or of like members, as it does."""
        for place, shares in self.chosen.items():
            units = set(self._sessions[place].units)
            for resource in {its.id: its for _, its, _ in shares if its.kind == kind}.values():
                amounts = [amount for _, its, amount in shares if its.id == resource.id]
                self.cp.add_linear_constraint(_Total([*amounts, 0]), *[len(units & set(resource.units))] * 2)

    def _keep_apart(self) -> None:
        """Nobody takes two sessions at a time."""
        uses: dict[tuple[str, date], list[Use]] = defaultdict(list)
        for place, members in self.named.items():
            session = self._sessions[place]
            for name, variable in members.items():
                if not isinstance(variable, int):
                    uses[name, session.day].append(Use(session.start, session.end, 1, variable))
        for mine in uses.values():
            for moment in busiest(mine):
                if gross(moment) > 1:
                    self.cp.add(taken(moment) <= 1)

    @cached_property
    def named(self) -> dict[Place, dict[str, Taking]]:
        """For each session who could take it, each with a boolean, or 1 where nobody else could."""
        places = ((one.id, cell) for one in self.problem.series for cell in self.at[one.id])
        return {place: dict(self._members(place)) for place in places}

    def _members(self, place: Place) -> Iterator[tuple[str, Taking]]:
        for _, resource, amount in self.chosen[place]:
            if resource.kind != "staff":
                continue
            if isinstance(amount, int) and amount == len(resource.units):
                yield from dict.fromkeys(resource.units, 1).items()
            elif len(resource.units) == 1:
                yield resource.units[0], amount
            else:
                each = {unit: self.cp.new_bool_var("") for unit in resource.units}
                self.cp.add(_Total(list(each.values())) == amount)
                yield from each.items()

    def keep_people(self, by: Binding, team: Callable[[Session], Hashable]) -> None:
        """See ksolve.problem.verbs.NameVerbs."""
        for pool in sorted(self._pools):
            members = {unit for one in self.problem.of_pool(pool) for unit in one.units}
            teams: dict[Hashable, list[Place]] = defaultdict(list)
            for one in by.series:
                for cell in self.at[one.id]:
                    teams[team(self._sessions[one.id, cell])].append((one.id, cell))
            for places in teams.values():
                taking = [{n: x for n, x in self.named[place].items() if n in members} for place in places]
                size = max(len(members & set(self._sessions[place].staff)) for place in places)
                self._keep_usual(by, taking, size)

    def _keep_usual(self, by: Binding, taking: Sequence[dict[str, Taking]], size: int) -> None:
        """Let a team choose as many usual members as one session has at most, and cost whoever else comes."""
        could = sorted({name for members in taking for name in members})
        usual = {name: self.cp.new_bool_var("") for name in could}
        self.cp.add(_Total(list(usual.values())) <= size)
        for members in taking if len(taking) > 1 else ():
            for name, takes in members.items():
                self.cp.add(takes <= usual[name] + self.cost(by, 1))

    def share_out(self, by: Binding, members: Sequence[str], percent: int) -> None:
        """See ksolve.problem.verbs.NameVerbs."""
        bound = {one.id for one in by.series}
        had: dict[str, Taking] = dict.fromkeys(members, 0)
        most = 0
        for month in MONTHS:
            here = [
                takers
                for (name, (day, _)), takers in self.named.items()
                if name in bound and day.month == month
            ]
            new = {name: [one[name] for one in here if name in one] for name in members}
            most += len(here) * len(members)
            if not most:
                continue
            for name, takes in new.items():
                before, had[name] = had[name], self.cp.new_int_var(0, most, "")
                self.cp.add(_Total([before, *takes]) == had[name])
            share = self._share(list(had.values()), most, percent)
            for name in members:
                self.cp.add(had[name] <= share + self.cost(by, most))

    def start_from_names(self) -> None:
        """Hint at the names of the schedule, and keep those who usually take a series."""
        of_dates = {x.index for mine in self.chosen.values() for *_, x in mine if not isinstance(x, int)}
        for place, members in self.named.items():
            staff = frozenset(self._sessions[place].staff)
            for name, takes in members.items():
                if isinstance(takes, int):
                    continue
                if takes.index not in of_dates:  # those are hinted at with the dates
                    self.cp.add_hint(takes, name in staff)
                if name in staff and name in self._usual.get(place[0], ()):
                    self.cp.add(takes == 1)

    def _share(self, had: Sequence[Taking], most: int, percent: int) -> cp_model.IntVar:
        """Return so much of an even share of what some members have had together, rounded up."""
        whole, total = 100 * len(had), percent * _Total(list(had))
        share = self.cp.new_int_var(0, most * percent // whole + 1, "")
        self.cp.add(whole * share >= total)
        self.cp.add(whole * share <= total + whole - 1)
        return share

    def names(self, values: Sequence[int]) -> dict[str, set[str]]:
        """Return who takes each session in a solution, by the session's id."""
        return {
            self._sessions[place].id: {
                name for name, x in members.items() if (x if isinstance(x, int) else values[x.index])
            }
            for place, members in self.named.items()
        }


def pools_apart(problem: Problem) -> tuple[frozenset[str], ...]:
    """Return the staff pools in sets of which each can be named without looking at the others.

    Pools of which one rule names members, or among which one need may choose, belong together. Where a
    rule that tells people apart is a wish, all do: one pool might pay for another.
    """
    pool_of = _pools_of_names(problem)
    staff = frozenset(pool_of.values())
    together = {frozenset(need.pools) for one in problem.series for need in one.needs if need.kind == "staff"}
    for posted in problem.to_date.rules:
        named = frozenset(pool_of[name] for name in posted.rule.units if name in pool_of)
        together.add(staff if named and posted.tier is not None else named)
    sets = [frozenset({pool}) for pool in sorted(staff)]
    for pools in (one for one in together if len(one) > 1):
        linked = [one for one in sets if one & pools]
        sets = [*(one for one in sets if not one & pools), frozenset[str]().union(*linked)]
    return tuple(sorted(sets, key=min))


def concerning(problem: Problem, sets: Sequence[frozenset[str]]) -> Iterator[Problem]:
    """Yield, for each set of staff pools, what a problem says of who takes a session that is dated.

    That are the series that need them, and the rules and wishes about these, or that name members.
    """
    number_of = {pool: number for number, pools in enumerate(sets) for pool in pools}
    pool_of = _pools_of_names(problem)
    series: list[dict[str, Series]] = [{} for _ in sets]
    for one in problem.series:
        staff = {pool for need in one.needs if need.kind == "staff" for pool in need.pools}
        for number in {number_of[pool] for pool in staff if pool in number_of}:
            needs = (n for n in one.needs if n.kind == "room" or not sets[number].isdisjoint(n.pools))
            series[number][one.id] = replace(one, needs=tuple(needs))
    needing: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(series):
        for name in found:
            needing[name].append(number)
    rules: list[list[Posted]] = [[] for _ in sets]
    for posted in problem.rules:
        rule = posted.rule
        names = (rule.pool,) if isinstance(rule, Capacity) else rule.units
        told = {number_of[pool_of[name]] for name in names if name in pool_of}
        if rule.after_dating or isinstance(rule, Needs):
            told = {number for one in posted.series for number in needing[one.id]}
        for number in sorted(told):
            bound = tuple(series[number][one.id] for one in posted.series if one.id in series[number])
            rules[number] += [replace(posted, series=bound)] if bound else []
    for number, pools in enumerate(sets):
        mine = tuple(series[number].values())
        needed = pools | {pool for one in mine for need in one.needs for pool in need.pools}
        resources = tuple(one for one in problem.resources if one.pool in needed)
        yield replace(problem, series=mine, resources=resources, rules=tuple(rules[number]))


def _pools_of_names(problem: Problem) -> dict[str, str]:
    """Return the staff pool that each name in a rule means: its own, or that of a member."""
    staff = [one for one in problem.resources if one.kind == "staff"]
    return {name: one.pool for one in staff for name in (one.pool, *one.units)}
