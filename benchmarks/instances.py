"""Instances for `solving.py`, made from the Koganei plan by a seed: the same seed, the same instance.

`koganei` is the shipped plan with the usual wishes, `koganei-plain` with the few wishes that it had
before, `r6q` with two of these asking for more. The others have the usual wishes: `tight` has fewer staff and
rooms, `worn` in addition random closures of each room and member of staff. `centres-K` has K centres;
``-sharing`` lets them share their psychologists and event halls. `dense` needs 95 % of the meeting room,
`infeasible-by-one` one session more than the meeting room can ever hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from math import ceil
from pathlib import Path
from random import Random

from ksolve.expand import expand
from ksolve.frequency import Per
from ksolve.plan import load
from ksolve.plan.wishes import NONE, USUAL
from ksolve.problem import Need, Posted, Problem, Resource, Series, Tier
from ksolve.problem.periods import days_of_months, periods_of_year
from ksolve.rules.capacity import Capacity
from ksolve.rules.catalogue import PlannedRule
from ksolve.rules.count import Count
from ksolve.rules.distinct_starts import DistinctStarts
from ksolve.rules.even_pace import EvenPace
from ksolve.rules.level_load import LevelLoad
from ksolve.rules.most import Most
from ksolve.rules.needs import Needs
from ksolve.rules.opening import Opening
from ksolve.rules.steady_pattern import SteadyPattern
from ksolve.rules.together import Together

PLAN = Path(__file__).parents[1] / "models" / "koganei" / "r6.yaml"
PLAIN = Path(__file__).with_name("koganei-plain.yaml")
"""The shipped plan before the usual wishes: its tags say which programmes the written wishes bind."""
CENTRES = (1, 2, 4, 8, 16, 32)
NAMES = (
    "koganei",
    "koganei-plain",
    "r6q",
    "tight",
    "worn",
    *(f"centres-{k}" for k in CENTRES),
    *(f"centres-{k}-sharing" for k in CENTRES),
    "dense",
    "infeasible-by-one",
)
PSYCHOLOGISTS, HALL, MEETING_ROOM = "shinri", "hall", "kaigi"
SHARED = (PSYCHOLOGISTS, HALL)
TIGHT = 0.85
"""The part of the shared resources that the centres need: little room, and a schedule exists."""
DENSE = 0.95
_CLOSED_DAYS = 5
_MOMENTS = (10 * 60 + 30, 14 * 60 + 30)
"""Two moments of a day. A session that covers one of them takes that half-day of its room."""
_WORKDAYS = range(5)
_PART_TIME = (1, 3, 4, 2, 0)
"""The weekdays of a part-time psychologist, in the order in which they are added."""
_FULL = ((9 * 60, 17 * 60),)
_FILLERS = 8


_WORN_DAYS = 12
"""On how many days each room and member of staff of `worn` is away."""
_MONTHLY, _SPREAD = ("monthly",), ("spread",)
_PLAIN = (
    EvenPace(tags=_SPREAD),
    EvenPace(programmes=("hiroba",)),
    LevelLoad(sessions=4, per="day"),
)
_WRITTEN = {
    "koganei-plain": (SteadyPattern(tags=_MONTHLY), *_PLAIN),
    "r6q": (SteadyPattern(weeks=True, tags=_MONTHLY), SteadyPattern(tags=_SPREAD), *_PLAIN),
}
"""The wishes of plans that state their own."""


def instance(name: str, seed: int = 0) -> Problem:
    """Return one of the instances. Raises ValueError for an unknown name."""
    base = _wishing(_WRITTEN.get(name, ()))
    if name == "koganei" or name in _WRITTEN:
        return base
    if name == "tight":
        return tight(base)
    if name == "worn":
        return worn(tight(base), Random(seed))
    if name == "dense":
        return filled(base, ceil(DENSE * half_days(base, MEETING_ROOM)), Random(seed))
    if name == "infeasible-by-one":
        return filled(base, half_days(base, MEETING_ROOM) + 1, Random(seed))
    found = re.fullmatch(r"centres-([1-9]\d*)(-sharing)?", name)
    if not found:
        raise ValueError(name)
    return centres(base, int(found[1]), seed, sharing=bool(found[2]))


def _wishing(written: tuple[PlannedRule, ...]) -> Problem:
    """Return the plain plan with these wishes in place of its own; the shipped one where none are."""
    plan = load(PLAIN if written else PLAN)
    kept = tuple(rule for rule in plan.rules if rule.effective_tier is None)
    wishes = NONE if written else USUAL
    return expand(plan.model_copy(update={"rules": (*kept, *written), "wishes": wishes}))


def tight(base: Problem) -> Problem:
    """Take staff and rooms away: what is left is just enough for the usual wishes."""
    weekdays = {PSYCHOLOGISTS: (1, 4), "koza": (1, 3, 5)}
    units = {"hokenshi": 1, "hoikushi": 3, "sodanin": 3}
    return replace(base, resources=tuple(_fewer(r, weekdays, units) for r in base.resources))


def _fewer(resource: Resource, weekdays: Mapping[str, Collection[int]], units: Mapping[str, int]) -> Resource:
    there = weekdays.get(resource.pool, range(7))
    weekly = tuple(hours if day in there else () for day, hours in enumerate(resource.weekly))
    return replace(resource, weekly=weekly, units=resource.units[: units.get(resource.pool)])


def worn(base: Problem, random: Random) -> Problem:
    """Let each room and kind of staff be away on random days."""
    days = [day for day in base.year.days if base.calendar.hours(day)]
    away = [dict.fromkeys(sorted(random.sample(days, _WORN_DAYS)), ()) for _ in base.resources]
    resources = (
        replace(resource, exceptions={**resource.exceptions, **gone})
        for resource, gone in zip(base.resources, away, strict=True)
    )
    return replace(base, resources=tuple(resources))


def centres(base: Problem, count: int, seed: int, *, sharing: bool) -> Problem:
    """Return so many centres as one problem; the first is the base, the others vary by the seed.

    Each rule binds its own centre. With `sharing`, psychologists and event halls are taken out of
    the centres and put together, as many as `TIGHT` needs.
    """
    random = Random(seed)
    whole = [_renamed(base if n == 1 else _varied(base, random), f"c{n}-") for n in range(1, count + 1)]
    problem = replace(
        base,
        id=f"centres-{count}{'-sharing' if sharing else ''}",
        title=f"{base.title} ×{count}",
        series=tuple(series for centre in whole for series in centre.series),
        resources=tuple(resource for centre in whole for resource in centre.resources),
        audiences=tuple(audience for centre in whole for audience in centre.audiences),
        rules=tuple(posted for centre in whole for posted in centre.rules),
    )
    return _sharing(problem, base, count) if sharing else problem


def _varied(base: Problem, random: Random) -> Problem:
    """Close each room on a few days, and let the psychologist come on three other weekdays."""
    days = [day for day in base.year.days if base.calendar.hours(day)]
    resources: list[Resource] = []
    for resource in base.resources:
        if resource.kind == "room":
            closed = dict.fromkeys(sorted(random.sample(days, _CLOSED_DAYS)), ())
            resources.append(replace(resource, exceptions={**resource.exceptions, **closed}))
        elif resource.pool == PSYCHOLOGISTS:
            resources.append(replace(resource, weekly=_weekly(random.sample(_WORKDAYS, 3))))
        else:
            resources.append(resource)
    return replace(base, resources=tuple(resources))


def _weekly(weekdays: Collection[int]) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(_FULL if weekday in weekdays else () for weekday in range(7))


def _renamed(centre: Problem, prefix: str) -> Problem:
    """Put a prefix before everything that one centre names: its rules then bind nothing else."""
    series = {one.id: _renamed_series(one, prefix) for one in centre.series}
    return replace(
        centre,
        series=tuple(series.values()),
        resources=tuple(
            replace(
                resource,
                id=prefix + resource.id,
                pool=prefix + resource.pool,
                units=tuple(prefix + unit for unit in resource.units),
            )
            for resource in centre.resources
        ),
        audiences=tuple(replace(audience, id=prefix + audience.id) for audience in centre.audiences),
        rules=tuple(
            replace(_naming(posted, prefix), series=tuple(series[one.id] for one in posted.series))
            for posted in centre.rules
        ),
    )


def _renamed_series(series: Series, prefix: str) -> Series:
    return replace(
        series,
        id=prefix + series.id,
        programme=prefix + series.programme,
        needs=tuple(
            replace(need, pools=tuple(prefix + pool for pool in need.pools)) for need in series.needs
        ),
        audiences=frozenset(prefix + audience for audience in series.audiences),
    )


def _naming(posted: Posted, prefix: str) -> Posted:
    """Rename what a rule's own parameters name."""
    rule = posted.rule
    named: dict[str, object] = {"programmes": tuple(prefix + name for name in rule.programmes)}
    named |= {
        name: prefix + getattr(rule, name) for name in ("pool", "audience") if name in type(rule).model_fields
    }
    return replace(posted, rule=rule.model_copy(update=named), who=prefix + posted.who)


def _sharing(problem: Problem, base: Problem, count: int) -> Problem:
    """Replace each centre's psychologists and hall by pools that all the centres use."""
    shared = {f"c{n}-{pool}": pool for n in range(1, count + 1) for pool in SHARED}
    series = {
        one.id: replace(
            one,
            needs=tuple(
                replace(need, pools=tuple(shared.get(pool, pool) for pool in need.pools))
                for need in one.needs
            ),
        )
        for one in problem.series
    }
    users = {
        pool: tuple(s for s in series.values() if any(pool in need.pools for need in s.needs))
        for pool in SHARED
    }
    own = (
        replace(posted, series=tuple(series[one.id] for one in posted.series))
        for posted in problem.rules
        if not (isinstance(posted.rule, Capacity) and posted.rule.pool in shared)
    )
    joint = (Posted(Capacity(pool=pool), users[pool], pool) for pool in SHARED)
    return replace(
        problem,
        series=tuple(series.values()),
        resources=(
            *(resource for resource in problem.resources if resource.pool not in shared),
            *_shared_psychologists(base, count),
            _shared_hall(base, count),
        ),
        rules=(*own, *joint),
    )


def _shared_psychologists(base: Problem, count: int) -> Iterator[Resource]:
    """Yield full-time psychologists, and one for the weekdays that are still missing."""
    half_days_each = 2 * sum(bool(base.calendar.hours(day)) for day in base.year.days) / 6
    weekdays = ceil(count * demand(base, PSYCHOLOGISTS) / (TIGHT * half_days_each))
    model = base.of_pool(PSYCHOLOGISTS)[0]
    full, part = divmod(weekdays, len(_WORKDAYS))
    if full:
        units = tuple(f"{model.name}{n}" for n in range(1, full + 1))
        yield replace(model, id=f"{PSYCHOLOGISTS}/1", units=units, weekly=_weekly(_WORKDAYS))
    if part:
        unit = f"{model.name}{full + 1}"
        yield replace(model, id=f"{PSYCHOLOGISTS}/2", units=(unit,), weekly=_weekly(_PART_TIME[:part]))


def _shared_hall(base: Problem, count: int) -> Resource:
    """Return one hall, or as many as the Saturdays of the year call for."""
    hall = base.of_pool(HALL)[0]
    saturdays = sum(day.weekday() == 5 and bool(base.calendar.hours(day)) for day in base.year.days)
    mornings = sum(
        sessions
        for one, sessions in _sessions(base)
        if any(need.pools == (HALL,) for need in one.needs) and max(one.starts) < 12 * 60
    )
    halls = ceil(count * mornings / (TIGHT * saturdays))
    return replace(hall, units=tuple(f"{hall.name}{n}" for n in range(1, halls + 1)))


def filled(base: Problem, wanted: int, random: Random) -> Problem:
    """Return the problem with meetings added until `wanted` half-days of the meeting room are needed."""
    missing = wanted - demand(base, MEETING_ROOM)
    cuts = [missing * n // _FILLERS + random.randint(-3, 3) for n in range(1, _FILLERS)]
    counts = [after - before for before, after in zip([0, *cuts], [*cuts, missing], strict=True)]
    added = tuple(
        Series(f"meeting-{n}", f"meeting-{n}", f"会議{n}", 120, (600, 840), (Need("room", (MEETING_ROOM,)),))
        for n in range(1, _FILLERS + 1)
    )
    rules: list[Posted] = [
        replace(posted, series=(*posted.series, *added)) if _binds_meetings(posted) else posted
        for posted in base.rules
    ]
    for series, count in zip(added, counts, strict=True):
        hard = (Opening(), Needs(), DistinctStarts(), Most(sessions=1), Count(low=count, high=count))
        rules += [Posted(rule, (series,), series.name) for rule in hard]
        rules.append(Posted(EvenPace(sessions=count), (series,), series.name, Tier.SPREAD))
    return replace(base, series=(*base.series, *added), rules=tuple(rules))


def _binds_meetings(posted: Posted) -> bool:
    rule = posted.rule
    return isinstance(rule, LevelLoad) or (isinstance(rule, Capacity) and rule.pool == MEETING_ROOM)


def half_days(problem: Problem, pool: str) -> int:
    """Return how many half-days the units of a pool are there in the year."""
    return sum(
        any(first <= moment < last for first, last in resource.hours(day)) * len(resource.units)
        for resource in problem.of_pool(pool)
        for day in problem.year.days
        for moment in _MOMENTS
        if problem.calendar.hours(day)
    )


def demand(problem: Problem, pool: str) -> int:
    """Return the fewest half-days of a pool that the sessions need which can be nowhere else."""
    return sum(
        sessions * need.amount * min(_taken(one, start) for start in one.starts)
        for one, sessions in _sessions(problem)
        for need in one.needs
        if need.pools == (pool,)
    )


def _taken(series: Series, start: int) -> int:
    return sum(start <= moment < start + series.minutes for moment in _MOMENTS)


def _sessions(problem: Problem) -> Iterator[tuple[Series, int]]:
    """Yield each series that has a count of its own and is no one's guest, with its fewest sessions."""
    guests = {posted.series[0].id for posted in problem.rules if isinstance(posted.rule, Together)}
    for posted in problem.rules:
        rule = posted.rule
        if posted.tier is None and isinstance(rule, Count) and len(posted.series) == 1:
            (series,) = posted.series
            if series.id not in guests and rule.weekdays is None and rule.per not in (Per.WEEK, Per.DAY):
                months = set(days_of_months(rule.months.values, problem.year))
                periods = periods_of_year(rule.per, problem.year)
                yield series, rule.low * sum(not months.isdisjoint(period) for period in periods)
