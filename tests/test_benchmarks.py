"""The benchmark's instances are what they say: counted, without a search."""

from __future__ import annotations

from math import ceil

import pytest
from instances import (
    DENSE,
    HALL,
    MEETING_ROOM,
    PSYCHOLOGISTS,
    SHARED,
    TIGHT,
    demand,
    half_days,
    instance,
)

from ksolve.problem import Posted, Problem, Series
from ksolve.rules.capacity import Capacity
from ksolve.rules.count import Count
from ksolve.rules.level_load import LevelLoad
from ksolve.solver.search.parts import parts


def _centre(series: Series) -> str:
    return series.id.split("-")[0]


def _dangling(problem: Problem) -> list[Posted]:
    """Return the rules that name a pool or an audience, or bind a series, that the problem has not."""
    pools = {resource.pool for resource in problem.resources}
    audiences = {audience.id for audience in problem.audiences}
    series = set(problem.series)
    return [
        posted
        for posted in problem.rules
        if getattr(posted.rule, "pool", next(iter(pools))) not in pools
        or getattr(posted.rule, "audience", next(iter(audiences))) not in audiences
        or not set(posted.series) <= series
    ]


@pytest.mark.parametrize("name", ["centres-3", "centres-3-sharing", "dense", "infeasible-by-one"])
def test_the_same_seed_gives_the_same_instance_and_nothing_in_it_is_unknown(name: str) -> None:
    problem = instance(name, seed=5)
    assert problem == instance(name, seed=5)
    assert problem != instance(name, seed=6)
    assert not _dangling(problem)
    assert len({series.id for series in problem.series}) == len(problem.series)
    units = [unit for resource in problem.resources for unit in resource.units]
    assert len(set(units)) == len(units)


@pytest.mark.parametrize("sharing", ["", "-sharing"])
def test_one_centre_and_two_have_the_series_and_sessions_of_as_many_koganeis(sharing: str) -> None:
    base = instance("koganei")
    for count in (1, 2):
        problem = instance(f"centres-{count}{sharing}")
        assert len(problem.series) == count * len(base.series)
        assert sum(_fewest(problem).values()) == count * sum(_fewest(base).values())
        assert {_centre(one) for one in problem.series} == {f"c{n}" for n in range(1, count + 1)}


def _fewest(problem: Problem) -> dict[str, int]:
    """Return the sessions that each series must hold in the year by its own count."""
    return {
        posted.series[0].id: posted.rule.low
        for posted in problem.rules
        if isinstance(posted.rule, Count) and posted.tier is None and len(posted.series) == 1
    }


def test_independent_centres_have_no_rule_and_no_part_in_common() -> None:
    base, problem = instance("koganei"), instance("centres-3")
    assert len(problem.series) == 3 * len(base.series)
    assert len(problem.rules) == 3 * len(base.rules)
    assert all(len({_centre(series) for series in posted.series}) == 1 for posted in problem.rules)
    assert all(len({_centre(series) for series in part.series}) == 1 for part in parts(problem))


def test_centres_that_share_are_one_part_with_one_capacity_for_each_shared_pool() -> None:
    base, problem = instance("koganei"), instance("centres-3-sharing")
    linked = [posted for posted in problem.rules if len({_centre(one) for one in posted.series}) > 1]
    assert [(type(posted.rule), getattr(posted.rule, "pool", "")) for posted in linked] == [
        (Capacity, pool) for pool in SHARED
    ]
    users = {_centre(s) for part in parts(problem) for s in part.series if _needs(s, PSYCHOLOGISTS)}
    assert users == {"c1", "c2", "c3"}
    assert any(len({_centre(series) for series in part.series}) == 3 for part in parts(problem))
    assert sum(len(r.units) for r in problem.resources if r.pool == HALL) == 1
    assert demand(problem, PSYCHOLOGISTS) == 3 * demand(base, PSYCHOLOGISTS)


@pytest.mark.parametrize("count", [4, 8, 32])
def test_the_shared_psychologists_are_needed_for_most_of_their_time(count: int) -> None:
    problem = instance(f"centres-{count}-sharing")
    used = demand(problem, PSYCHOLOGISTS) / half_days(problem, PSYCHOLOGISTS)
    assert 0.5 < used <= TIGHT + 0.05  # the days of a year are no whole number of weeks


def _needs(series: Series, pool: str) -> bool:
    return any(pool in need.pools for need in series.needs)


def _half_days_by_hand(problem: Problem) -> tuple[int, int]:
    """Count the half-days of the meeting room, needed by sessions that can be nowhere else, and open."""
    needed = 0
    for posted in problem.rules:
        if isinstance(posted.rule, Count) and posted.tier is None and len(posted.series) == 1:
            (series,) = posted.series
            if any(need.pools == (MEETING_ROOM,) for need in series.needs):
                needed += posted.rule.low * (2 if series.minutes == 360 else 1)
                assert all(
                    start <= 630 < start + series.minutes or start <= 870 < start + series.minutes
                    for start in series.starts
                )
    return needed, 2 * sum(bool(problem.calendar.hours(day)) for day in problem.year.days)


def test_dense_needs_95_percent_of_the_meeting_room() -> None:
    needed, there = _half_days_by_hand(instance("dense"))
    assert needed == ceil(DENSE * there)


def test_infeasible_by_one_needs_one_half_day_more_than_the_meeting_room_has() -> None:
    problem = instance("infeasible-by-one")
    needed, there = _half_days_by_hand(problem)
    assert needed == there + 1
    (room,) = problem.of_pool(MEETING_ROOM)
    assert len(room.units) == 1


def test_added_meetings_are_bound_by_the_room_and_the_load_as_all_others() -> None:
    problem = instance("dense")
    added = {series for series in problem.series if series.id.startswith("meeting-")}
    bound = [type(p.rule) for p in problem.rules if added < set(p.series) or added == set(p.series)]
    assert added
    assert set(bound) == {Capacity, LevelLoad}


def test_an_unknown_instance_is_an_error() -> None:
    with pytest.raises(ValueError, match="centers-3"):
        instance("centers-3")
