"""Who takes which session at the least cost: the names that are there first, then those of a small model.

A set of pools whose sessions, times its members, are more than 5,000 keeps its names; so do plans that stay
near a schedule which people know already (revisions, what-ifs), whose names are its own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ksolve.checker import costs
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.rules.as_held import AsHeld
from ksolve.rules.keep_units import KeepUnits
from ksolve.rules.pinned import Pinned
from ksolve.solver import TierValue, concerning, least_names, pools_apart

_LARGEST = 5_000
_WORK_S, _EACH_S = 1.0, 0.5
"""The most work of all sets of pools, and of one, by the solver's own count."""


def least_named(problem: Problem, start: Schedule, limit_s: float) -> tuple[Schedule, TierValue | None]:
    """Return a schedule with its people named anew where that costs less, and what they cost.

    The dates, rooms and hosts of `start` stay, and no tier before that of people may cost more. Nothing is
    said of the cost where nothing is wished of people, or a schedule is kept.
    """
    is_wished = any(posted.rule.after_dating for posted in problem.rules)
    if not is_wished or any(isinstance(one.rule, AsHeld | KeepUnits | Pinned) for one in problem.rules):
        return start, None
    schedule, bound, work_s = start, 0, _WORK_S
    for pools in pools_apart(problem) if limit_s > 0 else ():
        mine = concerning(problem, pools)
        paid = costs(mine, _of(problem, schedule, pools))
        if paid.get(Tier.PEOPLE, 0) and _size(mine, schedule) <= _LARGEST and work_s > 0:
            found = least_names(problem, schedule, pools, paid, min(work_s, _EACH_S), limit_s)
            schedule, bound, work_s = (
                found.schedule or schedule,
                bound + found.bound,
                work_s - found.worked_s,
            )
    return schedule, TierValue(Tier.PEOPLE, costs(problem, schedule)[Tier.PEOPLE], bound)


def _of(problem: Problem, schedule: Schedule, pools: Collection[str]) -> Schedule:
    """Return a schedule that names the members of some pools, and nobody else."""
    members = {unit for one in problem.resources if one.pool in pools for unit in one.units}
    sessions = (replace(one, staff=tuple(n for n in one.staff if n in members)) for one in schedule.sessions)
    return replace(schedule, sessions=tuple(sessions))


def _size(problem: Problem, schedule: Schedule) -> int:
    """Return how many sessions there are, each as often as there are members of the pools that it needs."""
    members = {one.pool: 0 for one in problem.resources}
    for one in problem.resources:
        members[one.pool] += len(one.units)
    each = {
        one.id: sum(members[pool] for need in one.needs if need.kind == "staff" for pool in need.pools)
        for one in problem.series
    }
    return sum(each.get(one.series, 0) for one in schedule.sessions)
