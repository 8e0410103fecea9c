"""Smaller problems of some series, of which every schedule of the whole has one at no higher cost."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ksolve.problem import Posted, Problem
from ksolve.rules.capacity import Capacity


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
    permitting = sum(posted.rule.permits for posted in kept)
    touching = sum(p.rule.permits and any(one.id in names for one in p.series) for p in problem.rules)
    return Hub(replace(problem, series=series, rules=kept), permitting == touching)


def _kept(problem: Problem, names: Collection[str]) -> Iterator[Posted]:
    for posted in problem.rules:
        inside = tuple(one for one in posted.series if one.id in names)
        whole = len(inside) == len(posted.series)
        if whole and inside:
            yield posted
        elif inside and isinstance(posted.rule, Capacity):
            yield replace(posted, series=inside)
