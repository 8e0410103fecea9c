"""The independent parts of a problem: no resource that can run short, audience or rule links two of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from ksolve.problem import Posted, Problem, Resource, Series
from ksolve.rules.capacity import Capacity

SMALL = 10_000
"""Components of fewer candidates than this are put together: a process each would cost more than it saves."""


def parts(problem: Problem, small: int = SMALL) -> tuple[Problem, ...]:
    """Split a problem into problems that have no decision in common, in its order.

    A schedule of the problem is one schedule of each part, and its cost in each tier is the sum
    of theirs. Parts have at least `small` candidates each, but for the last.
    """
    return parts_beside(problem, frozenset(), small)


def parts_beside(problem: Problem, shared: Collection[str], small: int = SMALL) -> tuple[Problem, ...]:
    """Return the parts of a problem that only these resources link; each part has all their units.

    Without shared resources the parts are independent, see `parts`.
    """
    links = {name: users for name, users in scarce(problem).items() if name not in shared}
    groups = groups_of(problem, links, small)
    if len(groups) < 2 or any(_binds_all(posted) for posted in problem.rules):
        return (problem,)
    return tuple(_split(problem, groups, shared))


def groups_of(problem: Problem, links: Mapping[str, Sequence[str]], small: int = SMALL) -> list[list[Series]]:
    """Return the series in groups, no two linked by a rule or by a resource (given by its users' ids)."""
    return _packed(_components(problem, links), problem, small)


def _binds_all(posted: Posted) -> bool:
    """Tell whether a rule binds no series and so belongs to no part; rooms that nobody uses are left out."""
    return not posted.series and not isinstance(posted.rule, Capacity)


def candidates(series: Iterable[Series], problem: Problem) -> int:
    """Return how many dates and starts some series have on open days, before any rule takes some away."""
    days = sum(bool(problem.calendar.hours(day)) for day in problem.year.days)
    return days * sum(len(one.starts) for one in series)


def _components(problem: Problem, links: Mapping[str, Sequence[str]]) -> list[list[Series]]:
    """Return the connected components of the series, each in the problem's order."""
    leader = {series.id: series.id for series in problem.series}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for linked in _links(problem, links):
        for name in linked[1:]:
            leader[find(name)] = find(linked[0])
    found: dict[str, list[Series]] = defaultdict(list)
    for series in problem.series:
        found[find(series.id)].append(series)
    return list(found.values())


def _links(problem: Problem, links: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield series that cannot be planned apart.

    Every rule links all series that it binds, whatever it says; only a capacity that no choice of
    dates can exceed links nobody.
    """
    for posted in problem.rules:
        if not isinstance(posted.rule, Capacity):
            yield [series.id for series in posted.series]
    yield from links.values()
    users = _users(problem)
    for names in with_units(problem).values():
        if len(names) > 1:
            yield [one.id for r in problem.resources if r.id in names for one in users[r.pool]]


def scarce(problem: Problem) -> dict[str, list[str]]:
    """Return the ids of the series that use each resource of which they may want more than there is."""
    found: dict[str, list[str]] = {}
    users = _users(problem)
    for resource in problem.resources:
        if sum(_peak(resource, series) for series in users[resource.pool]) > len(resource.units):
            found[resource.id] = [series.id for series in users[resource.pool]]
    return found


def with_units(problem: Problem) -> dict[str, set[str]]:
    """Return the resources that each unit is in: one that is in several cannot be given to a part by one."""
    found: dict[str, set[str]] = defaultdict(set)
    for resource in problem.resources:
        for unit in resource.units:
            found[unit].add(resource.id)
    return found


def _users(problem: Problem) -> dict[str, list[Series]]:
    """Return the series that need something of each pool."""
    found: dict[str, list[Series]] = defaultdict(list)
    for one in problem.series:
        for pool in dict.fromkeys(pool for need in one.needs for pool in need.pools):
            found[pool].append(one)
    return found


def _peak(resource: Resource, series: Series) -> int:
    """Return the most units that a series can take at one moment: one session for each start."""
    amount = sum(need.amount for need in series.needs if resource.pool in need.pools)
    at_once = (
        sum(start <= moment < start + series.minutes for start in series.starts) for moment in series.starts
    )
    return amount * max(at_once, default=0)


def _packed(components: list[list[Series]], problem: Problem, small: int) -> list[list[Series]]:
    """Put small components together until they are worth a search of their own."""
    groups: list[list[Series]] = []
    open_group: list[Series] = []
    for component in components:
        if candidates(component, problem) >= small:
            groups.append(component)
            continue
        open_group += component
        if candidates(open_group, problem) >= small:
            groups.append(open_group)
            open_group = []
    return [*groups, open_group] if open_group else groups


def _split(problem: Problem, groups: list[list[Series]], shared: Collection[str]) -> Iterator[Problem]:
    """Yield the problem of each group with its units, and the rules that bind its series.

    All is gone through once: with hundreds of groups, once for each of them would take minutes.
    """
    group_of = {one.id: number for number, group in enumerate(groups) for one in group}
    series: dict[int, list[Series]] = defaultdict(list)
    resources: dict[int, list[Resource]] = defaultdict(list)
    rules: dict[int, list[Posted]] = defaultdict(list)
    for one in problem.series:
        series[group_of[one.id]].append(one)
    users = _users(problem)
    for resource in problem.resources:
        everyone = dict.fromkeys(range(len(groups)), resource.units)
        shares = everyone if resource.id in shared else _shares(resource, users[resource.pool], group_of)
        for number, units in shares.items():
            if units:
                resources[number].append(replace(resource, units=units))
    for posted in problem.rules:
        bound: dict[int, list[Series]] = defaultdict(list)
        for one in posted.series:
            bound[group_of[one.id]].append(one)
        for number, mine in bound.items():
            rules[number].append(replace(posted, series=tuple(mine)))
    for n in range(len(groups)):
        yield replace(problem, series=tuple(series[n]), resources=tuple(resources[n]), rules=tuple(rules[n]))


def _shares(
    resource: Resource, users: Sequence[Series], group_of: Mapping[str, int]
) -> dict[int, tuple[str, ...]]:
    """Give each group as many units as it can ever take at once; a group alone has them all."""
    peaks = Counter[int]()
    for one in users:
        peaks[group_of[one.id]] += _peak(resource, one)
    taking = sorted(+peaks)
    if len(taking) < 2:
        return dict.fromkeys(taking, resource.units)
    left = iter(resource.units)
    return {number: tuple(islice(left, peaks[number])) for number in taking}
