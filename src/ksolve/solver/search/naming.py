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
    """Who takes each session, by the session's id, and the least that the wishes about them cost.

    `bound` holds for the dates, rooms and hosts, and for what the tiers before cost. `worked_s` is what the
    search took by the solver's own count. Without names nothing was found.
    """

    names: Mapping[str, Collection[str]]
    bound: int
    worked_s: float


def least_names(
    concerned: Problem,
    start: Schedule,
    usual: Mapping[str, Collection[str]],
    most: Mapping[Tier, int],
    work_s: float,
    limit_s: float,
    *,
    like_for_like: bool = False,
) -> Named:
    """Return names of which the wishes about people cost as little as was found, and a bound.

    `concerned` is what a problem says of some staff pools (`concerning`), `start` has the sessions of its
    series, with their names, of which those stay who usually take a series. `most` is what its rules may
    cost in each tier before that of people. `like_for_like` exchanges only members who stand for one another;
    the bound holds for that. The search ends after so much work by the solver's own count, or after so many
    seconds.
    """
    model = Naming(concerned, start, usual)
    model.build()
    if like_for_like:
        model.keep_shares("staff")
    for tier in sorted(set(model.costs) - {Tier.PEOPLE}):
        model.cp.add(cost(model, tier) <= most.get(tier, 0))
    model.cp.minimize(cost(model, Tier.PEOPLE))
    hint_schedule(model, start)
    model.start_from_names()
    ended = run(model.cp, replace(_TUNING, most_work=work_s), limit_s, lambda _values, _bound: None)
    if ended.values is None:
        return Named({}, 0, ended.worked_s)
    return Named(model.names(ended.values), max(0, ceil(ended.bound - 1e-6)), ended.worked_s)
