"""Smaller problems of some series, of which every schedule of the whole has one at no higher cost."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ksolve.problem import Posted, Problem, Series
from ksolve.rules.capacity import Capacity
from ksolve.solver.search.parts import SMALL, parts


@dataclass(frozen=True)
class Hub:
    """Some series, those that use what is shared among them, and the rules that bind these alone.

    `bounds` tells whether each schedule of the whole is one of these: what is proven here to cost
    so much then costs so much in the whole.
    """

    problem: Problem
    bounds: bool


def hub_of(problem: Problem, names: Collection[str]) -> Hub:
    """Return the problem of some series.

    Rules that also bind others are left out, but for capacities: to leave out what forbids and what
    costs keeps every schedule, at no higher cost, and so does a capacity of fewer users. To bind fewer
    series is else no weakening: a session on a date may be asked of either of two. What permits may
    not be missing.
    """
    series = tuple(one for one in problem.series if one.id in names)
    kept = tuple(_kept(problem, names))
    permitting = sum(p.rule.permits and p.series[0].id in names for p in kept)
    touching = sum(p.rule.permits and p.series[0].id in names for p in problem.rules)
    return Hub(replace(problem, series=series, rules=kept), permitting == touching)


def cores(problem: Problem, shared: Collection[str], small: int = SMALL) -> tuple[Hub, ...]:
    """Return the problems of the series that cannot do without resources (ids); unlinked ones are apart.

    Who is held with one of them is there, for a date costs what it costs its guests as well, and all hosts
    of a guest. Who may have another room instead is in none: it may do without.
    """
    names = {one.id for one in problem.series if _depends(one, problem, shared)}
    bound = [[one.id for one in posted.series] for posted in problem.rules if posted.rule.permits]
    names |= {guest for guest, *hosts in bound if not names.isdisjoint(hosts)}
    while missing := {host for guest, *hosts in bound if guest in names for host in hosts} - names:
        names |= missing
    hub = hub_of(problem, names)
    return tuple(Hub(one, hub.bounds) for one in parts(hub.problem, small)) if names else ()


def _depends(series: Series, problem: Problem, shared: Collection[str]) -> bool:
    """Whether some need of a series is met by these resources alone."""
    return any(
        all(resource.id in shared for pool in need.pools for resource in problem.of_pool(pool))
        for need in series.needs
    )


def _kept(problem: Problem, names: Collection[str]) -> Iterator[Posted]:
    for posted in problem.rules:
        inside = tuple(one for one in posted.series if one.id in names)
        whole = len(inside) == len(posted.series)
        if whole and inside:
            yield posted
        elif inside and isinstance(posted.rule, Capacity):
            yield replace(posted, series=inside)
