"""Which series are dated together, and who holds the places that others want."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from ksolve.problem import Posted, Problem
from ksolve.problem.patterns import Cell
from ksolve.rules.capacity import Capacity
from ksolve.solver.search.parts import candidates, scarce

FEW = 0.25
"""The part of all candidates from which on what is bound together is no smaller question than the whole."""

Group = frozenset[str]
"""The ids of series that are dated together."""


class Groups:
    """The series of a problem in groups: families with their hosts, and what a wish about few binds."""

    def __init__(self, problem: Problem, families: Iterable[Group]) -> None:
        self._series = {one.id: one for one in problem.series}
        self.all = _joined(problem, families)
        self.of = {name: group for group in self.all for name in group}
        self._counted = _counted_together(problem)
        few = {id(posted) for posted in _about_few(problem)}
        self._about_many = {id(p) for p in problem.rules if len(p.series) > 1} - few
        self._shared = _shared(problem)

    def in_order(self, sessions: Mapping[str, int]) -> Sequence[Sequence[Group]]:
        """Return the groups of families, those with most sessions first, then all others.

        Each is followed by those whose sessions a hard rule counts with its own.
        """
        many = {group: sum(sessions.get(name, 0) for name in group) for group in self.all}
        families = sorted((group for group in self.all if many[group]), key=lambda one: -many[one])
        first = self.with_counted(families)
        return first, [one for one in self.all if one not in first]

    def with_counted(self, groups: Iterable[Group]) -> tuple[Group, ...]:
        """Return groups, each followed by those whose sessions a hard rule counts with its own."""
        beside = ((one, *(self.of[name] for name in sorted(self.counted_with(one)))) for one in groups)
        return tuple(dict.fromkeys(chain.from_iterable(beside)))

    def counted_with(self, group: Group) -> Group:
        """Return the series of groups whose sessions a hard rule counts together with some of these."""
        names = frozenset[str]().union(*(self._counted.get(name, ()) for name in group))
        return frozenset[str]().union(*(self.of[name] for name in names))

    def is_about_many(self, posted: Posted) -> bool:
        """Whether a rule binds nearly all."""
        return id(posted) in self._about_many

    def near(
        self,
        group: Group,
        want: Mapping[str, Collection[Cell]],
        held: Mapping[str, Collection[Cell]],
        most: int,
    ) -> frozenset[str]:
        """Return the series of the groups that hold most of where a group could be, and share anything."""
        wanted: dict[str, dict[date, list[int]]] = {name: defaultdict(list) for name in group}
        for name in group:
            for day, start in want[name]:
                wanted[name][day].append(start)
        found = Counter[Group]()
        for other in held.keys() - group:
            for name in sorted(group):
                if self._shared[other] & self._shared[name]:
                    found[self.of[other]] += self._in_the_way(other, held[other], name, wanted[name])
        order = sorted((one for one in found if found[one]), key=lambda one: (-found[one], sorted(one)))
        return frozenset[str]().union(*order[:most])

    def _in_the_way(
        self, other: str, cells: Collection[Cell], name: str, wanted: Mapping[date, Collection[int]]
    ) -> int:
        its, own = self._series[other].minutes, self._series[name].minutes
        return sum(
            any(at < start + its and start < at + own for at in wanted.get(day, ())) for day, start in cells
        )


def bound_together(problem: Problem) -> Iterator[Group]:
    """Yield the series that some wish binds together, but for wishes that bind nearly all."""
    yield from (_ids(one) for one in _about_few(problem) if one.tier is not None and one.rule.joint)


def _about_few(problem: Problem) -> Iterator[Posted]:
    most = FEW * candidates(problem.series, problem)
    yield from (p for p in problem.rules if len(p.series) > 1 and candidates(p.series, problem) < most)


def _joined(problem: Problem, families: Iterable[Group]) -> tuple[Group, ...]:
    groups = {name: family for family in families for name in family}
    groups = {one.id: groups.get(one.id, frozenset({one.id})) for one in problem.series}
    permitted = (_ids(posted) for posted in problem.rules if posted.rule.permits)
    for names in [*permitted, *bound_together(problem)]:
        together = frozenset[str]().union(*(groups[name] for name in names))
        groups |= dict.fromkeys(together, together)
    return tuple(dict.fromkeys(groups.values()))


def _counted_together(problem: Problem) -> dict[str, frozenset[str]]:
    """Return whose sessions hard rules ask for together with those of each series."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for posted in _about_few(problem):
        if posted.tier is None and posted.rule.does != "limits":
            for one in posted.series:
                found[one.id] |= _ids(posted) - {one.id}
    return found


def _shared(problem: Problem) -> dict[str, set[object]]:
    """Return what each series may have to leave to others: what can run short, and what hard rules limit."""
    found: dict[str, set[object]] = defaultdict(set)
    for resource, names in scarce(problem).items():
        for name in names:
            found[name].add(resource)
    for number, posted in enumerate(problem.rules):
        if posted.tier is None and len(posted.series) > 1 and not isinstance(posted.rule, Capacity):
            for one in posted.series:
                found[one.id].add(number)
    return found


def _ids(posted: Posted) -> Group:
    return frozenset(one.id for one in posted.series)
