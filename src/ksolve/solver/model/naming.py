"""Who takes the sessions of a schedule: its dates, its rooms and who is held with whom stay as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from ortools.sat.python import cp_model

from ksolve.calendar import MONTHS
from ksolve.problem import Binding, Posted, Problem
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

    def __init__(self, problem: Problem, schedule: Schedule, pools: Collection[str]) -> None:
        self._pools = frozenset(pools)
        self._sessions = {
            (one.series, (one.day, one.start)): one for one in schedule.sessions if not one.held_with
        }
        cells: dict[str, set[Cell]] = {one.id: set() for one in problem.series}
        for name, cell in self._sessions:
            cells[name].add(cell)
        self._usual = [posted for posted in problem.rules if posted.rule.usual_staff]
        super().__init__(concerning(problem, self._pools), kept=cells)

    def build(self) -> None:
        """Build the model, keep what is settled, and state the wishes about who is named."""
        super().build()
        for cells in self.at.values():
            for variable in cells.values():
                self.cp.add(variable == 1)
        self._keep_rooms()
        self._keep_apart()
        for posted in self.problem.rules:
            posted.rule.post_names(posted, self)

    def _keep_rooms(self) -> None:
        for place, shares in self.chosen.items():
            rooms = set(self._sessions[place].rooms)
            for resource in {its.id: its for _, its, _ in shares if its.kind == "room"}.values():
                amounts = [amount for _, its, amount in shares if its.id == resource.id]
                self.cp.add_linear_constraint(_Total([*amounts, 0]), *[len(rooms & set(resource.units))] * 2)

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
        if not self._pools & {one.pool for one in self.problem.named(members)}:
            return
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
        usual = {
            one.id: frozenset(posted.rule.usual_staff) for posted in self._usual for one in posted.series
        }
        of_dates = {x.index for mine in self.chosen.values() for *_, x in mine if not isinstance(x, int)}
        for place, members in self.named.items():
            staff = frozenset(self._sessions[place].staff)
            for name, takes in members.items():
                if isinstance(takes, int):
                    continue
                if takes.index not in of_dates:  # those are hinted at with the dates
                    self.cp.add_hint(takes, name in staff)
                if name in staff & usual.get(place[0], frozenset()):
                    self.cp.add(takes == 1)

    def _share(self, had: Sequence[Taking], most: int, percent: int) -> cp_model.IntVar:
        """Return so much of an even share of what some members have had together, rounded up."""
        whole, total = 100 * len(had), percent * _Total(list(had))
        share = self.cp.new_int_var(0, most * percent // whole + 1, "")
        self.cp.add(whole * share >= total)
        self.cp.add(whole * share <= total + whole - 1)
        return share

    def renamed(self, schedule: Schedule, values: Sequence[int]) -> Schedule:
        """Return a schedule with the names of a solution; guests have those of their hosts."""
        named: dict[str, tuple[str, ...]] = {}
        for place, members in self.named.items():
            session = self._sessions[place]
            chosen = {n for n, x in members.items() if (x if isinstance(x, int) else values[x.index])}
            named[session.id] = _exchanged(session.staff, chosen, members)
        return replace(
            schedule,
            sessions=tuple(
                replace(one, staff=named.get(one.held_with or one.id, one.staff)) for one in schedule.sessions
            ),
        )


def _exchanged(staff: Sequence[str], chosen: set[str], members: Collection[str]) -> tuple[str, ...]:
    """Return the staff of a session in its order, new members in the places of those that they relieve."""
    new = iter(sorted(chosen - set(staff)))
    return tuple(next(new) if name in members and name not in chosen else name for name in staff)


def concerning(problem: Problem, pools: frozenset[str]) -> Problem:
    """Return what a problem says of the members of some staff pools: their series, rules and wishes."""
    series = {
        one.id: replace(one, needs=tuple(n for n in one.needs if n.kind == "room" or pools & set(n.pools)))
        for one in problem.series
        if any(n.kind == "staff" and pools & set(n.pools) for n in one.needs)
    }
    rules = (posted for posted in problem.rules if _tells_apart(posted, problem, pools))
    bound = ((posted, tuple(series[one.id] for one in posted.series if one.id in series)) for posted in rules)
    kept = tuple(replace(posted, series=mine) for posted, mine in bound if mine)
    return replace(problem, series=tuple(series.values()), rules=kept)


def _tells_apart(posted: Posted, problem: Problem, pools: frozenset[str]) -> bool:
    """Whether a rule says anything of who takes a session that needs some pools, once that is dated."""
    rule = posted.rule
    if isinstance(rule, Capacity):
        return rule.pool in pools
    if rule.after_dating or isinstance(rule, Needs):
        return True
    return any(one.pool in pools for one in problem.named(rule.units) if one.kind == "staff")
