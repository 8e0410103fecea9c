"""Names at the least: who takes the sessions of a schedule, so that the wishes about people cost least."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import ceil

from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Tuning
from ksolve.solver.model.naming import Naming
from ksolve.solver.search.hinting import hint_schedule
from ksolve.solver.search.run import run
from ksolve.solver.search.weighing import cost

_TUNING = Tuning(workers=1, subsolvers=("default_lp",))
"""One worker, ended by its work: so the same names come out on any machine."""


@dataclass(frozen=True)
class Named:
    """A schedule with some of its people named anew, and the least that the wishes about them cost.

    `bound` holds for its dates, rooms and hosts, and for what the tiers before cost. `worked_s` is what the
    search took by the solver's own count. A schedule of None: nothing was found.
    """

    schedule: Schedule | None
    bound: int
    worked_s: float


def pools_apart(problem: Problem) -> tuple[frozenset[str], ...]:
    """Return the staff pools in sets of which each can be named without looking at the others.

    Pools of which one rule names members, or among which one need may choose, belong together. Where a
    rule that tells people apart is a wish, all do: one pool might pay for another.
    """
    staff = {one.pool for one in problem.resources if one.kind == "staff"}
    together = [set(need.pools) for one in problem.series for need in one.needs if need.kind == "staff"]
    for posted in problem.to_date.rules:
        named = {one.pool for one in problem.named(posted.rule.units)} & staff
        together.append(staff if named and posted.tier is not None else named)
    sets = [{pool} for pool in sorted(staff)]
    for pools in together:
        linked = [one for one in sets if one & pools]
        sets = [one for one in sets if not one & pools]
        sets += [set().union(*linked)] if linked else []
    return tuple(map(frozenset, sets))


def least_names(
    problem: Problem,
    start: Schedule,
    pools: Collection[str],
    most: Mapping[Tier, int],
    work_s: float,
    limit_s: float,
) -> Named:
    """Return a schedule whose wishes about members of some pools cost as little as was found, and a bound.

    It begins with the names of `start`, of which those stay who usually take a series. `most` is what the
    rules about these members may cost in each tier before that of people. The search ends after so much
    work by the solver's own count, or after so many seconds.
    """
    model = Naming(problem, start, pools)
    model.build()
    for tier in sorted(set(model.costs) - {Tier.PEOPLE}):
        model.cp.add(cost(model, tier) <= most.get(tier, 0))
    model.cp.minimize(cost(model, Tier.PEOPLE))
    hint_schedule(model, start)
    model.start_from_names()
    ended = run(model.cp, replace(_TUNING, most_work=work_s), limit_s, lambda _values, _bound: None)
    if ended.values is None:
        return Named(None, 0, ended.worked_s)
    return Named(model.renamed(start, ended.values), max(0, ceil(ended.bound - 1e-6)), ended.worked_s)
