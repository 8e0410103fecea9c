"""Problems whose model takes long to build: how heavy one is, and the lighter one without its wishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ksolve.problem import Problem, Resource
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.parts import candidates

HEAVY = 200_000
"""From this weight on, building takes seconds: the search runs in a process that can be ended.

The weight of the Koganei plan is 77,000, and its model is built within two seconds.
"""


def weight(problem: Problem) -> int:
    """Return about how many variables a model has: candidates, and for each the resources to choose from."""
    total = 0
    for series in problem.series:
        choices = [sum(len(problem.of_pool(pool)) for pool in need.pools) for need in series.needs]
        total += candidates([series], problem) * (1 + sum(number for number in choices if number > 1))
    return total


def hard_alone(problem: Problem) -> Problem:
    """Return a problem without its wishes, in which alike units that only wishes tell apart are one resource.

    Each schedule of it is one of the problem: what it names, the problem has as well, and what may be broken
    so often and no more is among what it keeps.
    """
    hard = problem.hard
    bounded = (replace(p, weight=0) for p in problem.rules if p.most is not None and not p.rule.permits)
    return with_alike_merged(replace(hard, rules=(*hard.rules, *bounded)))


def with_alike_merged(problem: Problem) -> Problem:
    """Return a problem in which units that none of its rules tells apart are one resource."""
    named = {name for posted in problem.rules for name in posted.rule.units}
    return replace(problem, resources=tuple(_merged(problem.resources, named)))


def standing_in(lighter: Problem, problem: Problem, standing: Iterable[Standing]) -> Iterator[Standing]:
    """Yield what stands taken in a problem by the resources of its lighter one, which hold more units."""
    holding = {unit: one.id for one in lighter.resources for unit in one.units}
    named = {one.id: holding[one.units[0]] for one in problem.resources}
    for one in standing:
        yield one._replace(resource=named.get(one.resource, one.resource))


def _merged(resources: tuple[Resource, ...], named: set[str]) -> Iterator[Resource]:
    """Yield each resource that a rule names by itself, and those that are alike in one."""
    alike: dict[object, list[Resource]] = {}
    for one in resources:
        told_apart = {one.pool, *one.units} & named
        key = one.id if told_apart else _traits(one)
        alike.setdefault(key, []).append(one)
    for same in alike.values():
        yield replace(same[0], units=tuple(unit for one in same for unit in one.units))


def _traits(one: Resource) -> tuple[object, ...]:
    hours = tuple(sorted(one.exceptions.items()))
    return one.pool, one.kind, one.weekly, hours, one.seats, one.features, one.site
