"""Who takes which session at the least cost: the names that are there first, then those of a small model.

A set of pools whose sessions, times its members, are more than 5,000 keeps its names; so do plans with
history. In plans that stay near a schedule which people know already (`keep_units`, `pinned`) only members
are exchanged who stand for one another, and nothing is said of what names cost.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from time import monotonic

from ksolve.checker import costs
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.rules.as_held import AsHeld
from ksolve.rules.keep_units import KeepUnits
from ksolve.rules.pinned import Pinned
from ksolve.solver import TierValue, concerning, least_names, pools_apart

_LARGEST = 5_000
_WORK_S, _EACH_S = 1.0, 0.5
"""The most work of 500 sessions, and of one set of pools, by the solver's own count."""
_SESSIONS = 500


def least_named(problem: Problem, start: Schedule, limit_s: float) -> tuple[Schedule, TierValue | None]:
    """Return a schedule with its people named anew where that costs less, and what they cost.

    The dates, rooms and hosts of `start` stay, and no tier before that of people may cost more. Nothing is
    said of the cost where nothing is wished of people, or a schedule is kept.
    """
    is_wished = any(posted.rule.after_dating for posted in problem.rules)
    if not is_wished or any(isinstance(one.rule, AsHeld) for one in problem.rules):
        return start, None
    is_kept = any(isinstance(one.rule, KeepUnits | Pinned) for one in problem.rules)
    ends, bound = monotonic() + limit_s, 0
    work_s = _WORK_S * max(1.0, len(start.sessions) / _SESSIONS)
    usual = _usual(problem)
    staff = {one.id: one.staff for one in start.sessions}
    for concerned in concerning(problem, pools_apart(problem)) if limit_s > 0 else ():
        mine = _of(concerned, start)
        paid = costs(concerned, mine)
        left_s = ends - monotonic()
        if paid.get(Tier.PEOPLE, 0) and _size(concerned, mine) <= _LARGEST and min(work_s, left_s) > 0:
            work = min(work_s, _EACH_S)
            found = least_names(concerned, mine, usual, paid, work, left_s, like_for_like=is_kept)
            bound, work_s = bound + found.bound, work_s - found.worked_s
            members = {unit for one in concerned.resources for unit in one.units}
            new = {name: _exchanged(staff[name], found.names[name], members) for name in found.names}
            there = _of(concerned, _with_staff(start, staff | new))
            if (
                costs(concerned, there)[Tier.PEOPLE] < paid[Tier.PEOPLE]
            ):  # a search cut short may end with worse
                staff |= new
    schedule = _with_staff(start, staff)
    value = TierValue(Tier.PEOPLE, costs(problem, schedule)[Tier.PEOPLE], bound)
    return schedule, None if is_kept else value


def _with_staff(schedule: Schedule, staff: Mapping[str, tuple[str, ...]]) -> Schedule:
    """Return a schedule with the staff of each session, by its id; who is with a host has the host's."""
    if all(staff[one.id] == one.staff for one in schedule.sessions):
        return schedule
    sessions = (
        replace(one, staff=staff.get(one.held_with or one.id, one.staff)) for one in schedule.sessions
    )
    return replace(schedule, sessions=tuple(sessions))


def _usual(problem: Problem) -> dict[str, frozenset[str]]:
    """Return who usually takes each series, as habits say."""
    habits = (posted for posted in problem.rules if posted.rule.usual_staff)
    return {one.id: frozenset(posted.rule.usual_staff) for posted in habits for one in posted.series}


def _of(concerned: Problem, schedule: Schedule) -> Schedule:
    """Return the sessions that some pools concern, naming their members and nobody else."""
    members = {unit for one in concerned.resources for unit in one.units}
    sessions = (one for series in concerned.series for one in schedule.by_series.get(series.id, ()))
    return Schedule(tuple(replace(s, staff=tuple(n for n in s.staff if n in members)) for s in sessions))


def _size(concerned: Problem, schedule: Schedule) -> int:
    """Return how many sessions there are, times how many members there are."""
    members = sum(len(one.units) for one in concerned.resources if one.kind == "staff")
    return len(schedule.sessions) * members


def _exchanged(staff: Sequence[str], chosen: Collection[str], members: Collection[str]) -> tuple[str, ...]:
    """Return the staff of a session in its order, new members in the places of those that they relieve."""
    new = iter(sorted(set(chosen) - set(staff)))
    return tuple(next(new) if name in members and name not in chosen else name for name in staff)
