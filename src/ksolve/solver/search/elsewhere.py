"""What other plans hold of what several share, as series that stay: so limits of a plan count it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from ksolve.problem import Need, Posted, Problem, Series
from ksolve.problem.common import Common, said_of
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.as_held import AsHeld, Held
from ksolve.rules.needs import Needs


def with_elsewhere(common: Common, number: int, others: Mapping[int, Schedule]) -> Problem:
    """Return a plan's problem in which the limits of all plans count the sessions of others.

    Others are given by their numbers. They take nothing here: whether a room or a person is left besides is
    another matter.
    """
    problem = common.limited(number)
    limits = {said_of(posted.rule) for _, posted in common.limits}
    held = list(_held(common, others)) if limits else []
    if not held:
        return problem
    after = problem.year.last + timedelta(days=1)
    series = tuple(one for one, _ in held)
    rules = (
        replace(one, series=(*one.series, *series)) if said_of(one.rule) in limits else one
        for one in problem.rules
    )
    staying = (
        Posted(rule, (one,), one.name)
        for one, sessions in held
        for rule in (AsHeld(before=after, held=sessions), Needs())
    )
    return replace(problem, series=(*problem.series, *series), rules=(*rules, *staying))


def without_elsewhere(problem: Problem, schedule: Schedule) -> Schedule:
    """Return a schedule without what is held elsewhere: with the sessions of a plan's own series."""
    own = {series.id for series in problem.series}
    return replace(schedule, sessions=tuple(one for one in schedule.sessions if one.series in own))


def _held(common: Common, others: Mapping[int, Schedule]) -> Iterator[tuple[Series, tuple[Held, ...]]]:
    """Yield series of others, each with its sessions that take the same of what is shared, at one site."""
    for number, schedule in others.items():
        known = {one.id: one for one in common.problems[number].series}
        site_of = {unit: one.site for one in common.problems[number].resources for unit in one.units}
        alike: dict[Series, list[Session]] = defaultdict(list)
        for session in schedule.sessions:
            needs = _needs(common, number, session.units) if not session.held_with else ()
            if needs:
                one = known[session.series]
                sites = [site_of[room] for room in session.rooms if site_of.get(room)]
                site = next(iter(sites), one.site)
                alike[Series(one.id, one.id, one.name, session.minutes, (), needs, site=site)].append(session)
        for place, (like, sessions) in enumerate(alike.items()):
            name = f"{common.names[number]}/{like.id}/{place}"
            starts = tuple(sorted({one.start for one in sessions}))
            units = common.units_of[number]
            held = tuple(
                (s.day, s.start, s.minutes, tuple(u for u in s.units if u in units), "") for s in sessions
            )
            title = f"{common.names[number]} {like.name}"
            yield replace(like, id=name, programme=name, name=title, starts=starts), held


def _needs(common: Common, number: int, units: Collection[str]) -> tuple[Need, ...]:
    """Return what is taken of shared pools where a session names units."""
    resources = (one for one in common.problems[number].resources if one.pool in common.shared)
    taken = Counter((one.kind, one.pool) for one in resources for unit in one.units if unit in units)
    return tuple(Need(kind, (pool,), amount) for (kind, pool), amount in taken.items())
