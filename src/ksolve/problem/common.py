"""What several plans have in common: units told apart alike, limits on what is shared, all sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ksolve.problem.case import Breach, Case
from ksolve.problem.data import Resource, Series, Setting
from ksolve.problem.posted import Posted, Problem
from ksolve.problem.rule import Rule
from ksolve.problem.schedule import Schedule, Session


def told_apart_alike(problems: Sequence[Problem], shared: Collection[str]) -> tuple[Problem, ...]:
    """Return problems that tell the units of shared pools apart as finely as any of them does.

    So a resource of these has the same id and the same units in all of them: whom a rule of one plan names is
    a resource alone in the others, too. `shared` are ids of pools.
    """
    telling: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for number, problem in enumerate(problems):
        for one in problem.resources:
            for unit in one.units if one.pool in shared else ():
                telling[one.pool][unit].append((number, one.id))
    ids: dict[str, str] = {}
    for pool, units in telling.items():
        firsts: dict[tuple[tuple[int, str], ...], str] = {}
        for unit, told in units.items():
            firsts.setdefault(tuple(told), unit)
        ids |= {
            unit: f"{pool}/{firsts[tuple(told)]}" if len(firsts) > 1 else pool for unit, told in units.items()
        }
    return tuple(
        replace(problem, resources=tuple(part for one in problem.resources for part in _parted(one, ids)))
        for problem in problems
    )


def _parted(resource: Resource, ids: Mapping[str, str]) -> Iterator[Resource]:
    """Yield the units of a resource by the ids that they are to have; one that is not shared stays."""
    units: dict[str, list[str]] = defaultdict(list)
    for unit in resource.units:
        units[ids.get(unit, resource.id)].append(unit)
    for name, mine in units.items():
        yield replace(resource, id=name, units=tuple(mine))


@dataclass(frozen=True, slots=True)
class Across:
    """A breach of a limit that sessions of several plans come to; `limit` is of the plan `of` (its number).

    `sessions` are those that are too many, each with the number of its plan.
    """

    of: int
    limit: Posted
    breach: Breach
    sessions: tuple[tuple[int, Session], ...]


@dataclass(frozen=True)
class Common:
    """Several plans as one: `names` are what people call them, `shared` the ids of the pools that they share.

    A hard limit of any of them on something shared counts the sessions of all, unless it names programmes
    (or tags): then it is about these.
    """

    names: tuple[str, ...]
    problems: tuple[Problem, ...]
    shared: frozenset[str]

    @cached_property
    def units_of(self) -> tuple[frozenset[str], ...]:
        """The names of the rooms and members that each plan shares; another may have its own of that name."""
        return tuple(
            frozenset(unit for one in problem.resources if one.pool in self.shared for unit in one.units)
            for problem in self.problems
        )

    @cached_property
    def units(self) -> frozenset[str]:
        """The names of the rooms and members that are shared."""
        return frozenset[str]().union(*self.units_of)

    @cached_property
    def limits(self) -> tuple[tuple[int, Posted], ...]:
        """The limits that count over all plans, each once, with the number of a plan that states it."""
        found: dict[str, tuple[int, Posted]] = {}
        for number, problem in enumerate(self.problems):
            for posted in problem.rules:
                if posted.tier is None and counts_across(posted.rule, self.shared | self.units_of[number]):
                    found.setdefault(said_of(posted.rule), (number, posted))
        return tuple(found.values())

    def limited(self, number: int) -> Problem:
        """Return a plan's problem with the limits of the others: what counts over all counts within each."""
        problem = self.problems[number]
        if not self.limits:
            return problem
        own = {said_of(posted.rule) for posted in problem.rules if posted.rule.does == "limits"}
        others = (posted for _, posted in self.limits if said_of(posted.rule) not in own)
        bound = (replace(one, series=problem.series) for one in others)
        return replace(problem, rules=(*problem.rules, *bound))

    def breaches(self, schedules: Mapping[int, Schedule]) -> Iterator[Across]:
        """Yield what is too much of a limit for some plans (by their numbers) that its own does not come to.

        Schedules are given by the plans' numbers.
        """
        if not self.limits:
            return
        everyone = tuple(one for number in schedules for one in self._series[number])
        told = {
            renamed.id: (number, one)
            for number, schedule in schedules.items()
            for one in schedule.sessions
            for renamed in [self.renamed(number, one)]
        }
        sessions = Schedule.of(
            self.renamed(number, one) for number, schedule in schedules.items() for one in schedule.sessions
        )
        for of, posted in self.limits:
            case = Case(self._setting(of, everyone), sessions)
            for breach in posted.rule.check(replace(posted, series=everyone), case):
                mine = tuple(told[session.id] for session in breach.sessions)
                if {number for number, _ in mine} - {of}:
                    yield Across(of, posted, breach, mine)

    def renamed(self, number: int, session: Session) -> Session:
        """Return a session whose series, and units that are not shared, have the name of its plan as well."""
        name = self.names[number]
        return replace(
            session,
            series=f"{name}/{session.series}",
            held_with=session.held_with and f"{name}/{session.held_with}",
            rooms=tuple(self._called(number, unit) for unit in session.rooms),
            staff=tuple(self._called(number, unit) for unit in session.staff),
        )

    def _called(self, number: int, unit: str) -> str:
        return unit if unit in self.units_of[number] else f"{self.names[number]}/{unit}"

    @cached_property
    def _series(self) -> tuple[tuple[Series, ...], ...]:
        """The series of each plan by names that no other plan has."""
        return tuple(
            tuple(
                replace(
                    one,
                    id=f"{name}/{one.id}",
                    name=f"{name} {one.name}",
                    reserve_of=one.reserve_of and f"{name}/{one.reserve_of}",
                )
                for one in problem.series
            )
            for name, problem in zip(self.names, self.problems, strict=True)
        )

    def _setting(self, number: int, series: tuple[Series, ...]) -> Setting:
        """Return what a limit of a plan looks at: the plan's year, and the rooms and people of all plans."""
        plan = self.problems[number]
        own = {one.id: one for one in plan.resources if one.pool in self.shared}
        resources = [
            replace(one, id=f"{name}/{one.id}", pool=f"{name}/{one.pool}", units=units)
            for n, (name, problem) in enumerate(zip(self.names, self.problems, strict=True))
            for one in problem.resources
            if one.pool not in self.shared
            for units in [tuple(self._called(n, unit) for unit in one.units)]
        ]
        return Setting(plan.id, plan.title, plan.calendar, series, (*own.values(), *resources), ())


def said_of(rule: Rule) -> str:
    """Return all that a rule says, wherever it stands."""
    return f"{rule.name} {rule.model_dump_json(exclude={'why'})}"


def counts_across(rule: Rule, names: Collection[str]) -> bool:
    """Whether a rule limits something of these pools and units (by their names), for all programmes."""
    is_for_all = not rule.programmes and not rule.tags
    return is_for_all and rule.does == "limits" and not set(names).isdisjoint(rule.units)
