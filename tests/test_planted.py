"""Random plans: the solver's schedule passes the checker, and any one planted breach fails it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from ksolve.api import prepare
from ksolve.checker import check
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session, numbered
from ksolve.rules.count import Count
from ksolve.rules.fixed_pattern import FixedPattern
from ksolve.rules.min_gap import MinGap
from ksolve.rules.month_runs import MonthRuns
from ksolve.rules.weekdays import Weekdays
from ksolve.solver import Options, Verdict
from ksolve.verified import solve
from tiny import write_plan

Plant = Callable[[Problem, Schedule, Session], Schedule | None]


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """One to four programmes in the spring, sharing rooms, staff and an audience."""
    frequencies = st.sampled_from(
        ["年2回", "年3～4回", "月1回", "月1回×2か月×2グループ", "4月又は5月", "5月・6月", "毎月第2火曜日"]
    )
    kinds = [
        {
            "id": f"kind{number}",
            "minutes": draw(st.sampled_from(["45", "90", "180"])),
            "starts": draw(st.sampled_from([["9:30"], ["10:00", "13:30"], ["9:30", "10:00", "14:00"]])),
            "rooms": draw(st.sampled_from([["one"], ["one", "two"]])),
            "staff": {"pool": draw(st.sampled_from(["1", "2"]))},
            "weekdays": draw(st.sampled_from(["月-金", "火-木", "火金"])),
            "audiences": ["people"] if draw(st.booleans()) else [],
        }
        for number in range(2)
    ]
    programmes = [
        {
            "id": f"p{number}",
            "name": f"事業{number}",
            "frequency": draw(frequencies),
            "session": draw(st.sampled_from(["kind0", "kind1"])),
            "rules": [{"rule": "min_gap", "days": draw(st.sampled_from(["2", "7", "10"]))}],
        }
        for number in range(draw(st.integers(1, 4)))
    ]
    return {
        "programmes": programmes,
        "centre": {
            "calendar": {
                "open": {"月-金": "9:00-17:00"},
                "closed": [{"days": "12/29〜1/3", "why": "年末年始"}],
            },
            "rooms": [{"id": "one", "name": "一室"}, {"id": "two", "name": "二室", "count": "2"}],
            "staff": [{"id": "pool", "name": "職員", "count": "2"}],
            "audiences": [{"id": "people", "name": "人", "apart": "day"}],
            "sessions": kinds,
        },
    }


def _on_sunday(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule:
    sunday = victim.day + timedelta(days=6 - victim.day.weekday())
    return _instead(schedule, victim, replace(victim, day=sunday))


def _on_a_holiday(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule:
    return _instead(schedule, victim, replace(victim, day=date(2024, 5, 3)))


def _in_the_night(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule:
    return _instead(schedule, victim, replace(victim, start=3 * 60))


def _into_the_same_room(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule | None:
    other = next((s for s in schedule.sessions if s.rooms == victim.rooms and s.id != victim.id), None)
    if other is None:
        return None
    return _instead(schedule, victim, replace(victim, day=other.day, start=other.start))


def _with_the_same_staff(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule | None:
    other = next(
        (s for s in schedule.sessions if s.day == victim.day and s.overlaps(victim) and s.id != victim.id),
        None,
    )
    return _instead(schedule, victim, replace(victim, staff=other.staff)) if other else None


def _without_staff(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule:
    return _instead(schedule, victim, replace(victim, staff=()))


def _in_no_room(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule:
    return _instead(schedule, victim, replace(victim, rooms=("体育館",)))


def _longer(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule:
    return _instead(schedule, victim, replace(victim, minutes=victim.minutes + 5))


def _listed_twice(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule:
    return Schedule.of([*schedule.sessions, victim])


def _claimed_to_be_held_together(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule:
    return _instead(schedule, victim, replace(victim, held_with=f"{victim.series}#99"))


def _of_an_unknown_series(_problem: Problem, schedule: Schedule, victim: Session) -> Schedule:
    return _instead(schedule, victim, replace(victim, series="ghost"))


def _left_out(problem: Problem, schedule: Schedule, victim: Session) -> Schedule | None:
    """A session less breaks a count where no more than the lowest was allowed."""
    mine = [p.rule for p in problem.rules if any(s.id == victim.series for s in p.series)]
    exact = any(isinstance(rule, Count) and rule.low == rule.high for rule in mine)
    if not exact and not any(isinstance(rule, FixedPattern | MonthRuns) for rule in mine):
        return None
    return numbered(session for session in schedule.sessions if session is not victim)


def _on_another_weekday(problem: Problem, schedule: Schedule, victim: Session) -> Schedule | None:
    for posted in problem.rules:
        if isinstance(posted.rule, Weekdays) and any(s.id == victim.series for s in posted.series):
            others = [n for n in range(5) if n not in posted.rule.weekdays]
            if others:
                day = victim.day + timedelta(days=others[0] - victim.day.weekday())
                return _instead(schedule, victim, replace(victim, day=day))
    return None


def _too_soon_after_the_one_before(problem: Problem, schedule: Schedule, victim: Session) -> Schedule | None:
    gaps = [
        p.rule.days for p in problem.rules if isinstance(p.rule, MinGap) and p.series[0].id == victim.series
    ]
    before = [s for s in schedule.sessions if s.series == victim.series and s.day < victim.day]
    if not gaps or not before:
        return None
    return _instead(schedule, victim, replace(victim, day=before[-1].day + timedelta(days=gaps[0] - 1)))


PLANTS: tuple[Plant, ...] = (
    _on_sunday,
    _on_a_holiday,
    _in_the_night,
    _into_the_same_room,
    _with_the_same_staff,
    _without_staff,
    _in_no_room,
    _longer,
    _listed_twice,
    _claimed_to_be_held_together,
    _of_an_unknown_series,
    _left_out,
    _on_another_weekday,
    _too_soon_after_the_one_before,
)


def _instead(schedule: Schedule, old: Session, new: Session) -> Schedule:
    return Schedule.of(new if session is old else session for session in schedule.sessions)


@given(plans(), st.data())
def test_every_answer_passes_and_every_planted_breach_fails(
    plan: dict[str, Any], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        problem = prepare(write_plan(Path(folder), plan)).problem
    answer = solve(problem, Options(limit_s=30))
    assume(answer.verdict is not Verdict.INFEASIBLE)
    assert answer.schedule is not None
    assert not check(problem, answer.schedule)
    victim = data.draw(st.sampled_from(answer.schedule.sessions))
    for plant in PLANTS:
        broken = plant(problem, answer.schedule, victim)
        if broken is not None:
            assert check(problem, broken), plant.__name__


def test_the_plants_cover_a_fixed_example(tmp_path: Path) -> None:
    """On this plan every plant finds something to break, so none of them is idle."""
    kind = {
        "id": "kind",
        "minutes": "60",
        "starts": ["10:00"],
        "rooms": "room",
        "staff": {"pool": "1"},
        "weekdays": "火-金",
    }
    plan = {
        "programmes": [
            {
                "id": "a",
                "name": "甲",
                "frequency": "月1回",
                "session": "kind",
                "rules": [{"rule": "min_gap", "days": "7"}],
            },
            {"id": "b", "name": "乙", "frequency": "毎月第1火曜日", "session": "kind"},
            {"id": "c", "name": "丙", "frequency": "毎月第1火曜日", "session": "kind"},
        ],
        "centre": {
            "rooms": [{"id": "room", "name": "部屋", "count": "3"}],
            "staff": [{"id": "pool", "name": "職員", "count": "3"}],
            "sessions": [kind],
        },
    }
    problem = prepare(write_plan(tmp_path, plan)).problem
    answer = solve(problem, Options(limit_s=30))
    assert answer.schedule is not None
    broken = {plant.__name__ for plant, _ in _planted(problem, answer.schedule)}
    assert broken == {plant.__name__ for plant in PLANTS}


def _planted(problem: Problem, schedule: Schedule) -> Iterator[tuple[Plant, Schedule]]:
    for plant in PLANTS:
        for victim in schedule.sessions:
            broken = plant(problem, schedule, victim)
            if broken is not None and check(problem, broken):
                yield plant, broken
                break
