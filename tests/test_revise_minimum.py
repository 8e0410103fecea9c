"""Random small plans with random edits: the fewest changes are the fewest, and history stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ksolve.api import prepare
from ksolve.calendar import YearlyDay
from ksolve.checker import check
from ksolve.problem import Posted, Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.revise import Asked, Revision, revise
from ksolve.rules.off_dates import OffDates
from ksolve.solver import Options, Verdict
from ksolve.verified import solve
from test_oracle import MOST, _datings, _size, plans
from tiny import Cell, furnished

DAYS = [date(2024, 4, n) for n in range(1, 6)]


def _closed(problem: Problem, day: date) -> Problem:
    """The problem with nothing on a date: what a closure does to a printed schedule."""
    named = YearlyDay(day.month, day.day, day.year)
    off = Posted(OffDates(days=((named, named),)), problem.series, "")
    return replace(problem, rules=(*problem.rules, off))


def _places(schedule: Schedule, series: str) -> set[Cell]:
    return {(s.day, s.start) for s in schedule.sessions if s.series == series}


def _moves(base: Schedule, dating: Mapping[str, Sequence[Cell]]) -> int:
    """How many sessions are elsewhere, counted without the program: the more of those gone and those come."""
    total = 0
    for series, cells in dating.items():
        before = _places(base, series)
        total += max(len(before - set(cells)), len(set(cells) - before))
    return total


def _holding(problem: Problem, plan: dict[str, Any], base: Schedule, before: date | None) -> Iterator[int]:
    """The moves of every dating that keeps history, and whose breaches are history's alone."""
    for dating in _datings(problem, plan):
        if before and any(
            {cell for cell in cells if cell[0] < before} != {c for c in _places(base, name) if c[0] < before}
            for name, cells in dating.items()
        ):
            continue
        if any(_is_kept(problem, schedule, before) for schedule in furnished(problem, dating)):
            yield _moves(base, dating)


def _is_kept(problem: Problem, schedule: Schedule, before: date | None) -> bool:
    for finding in check(problem, schedule):
        days = [schedule.by_id[session].day for session in finding.sessions]
        if before is None or not days or max(days) >= before:
            return False
    return True


def _history(schedule: Schedule, before: date) -> list[tuple[object, ...]]:
    return [
        (s.series, s.number, s.day, s.start, s.minutes, s.rooms, s.staff, s.held_with)
        for s in schedule.sessions
        if s.day < before
    ]


@settings(max_examples=60)
@given(plans(), st.sampled_from(DAYS), st.sampled_from([None, *DAYS]))
def test_a_revision_changes_as_few_sessions_as_enumeration_finds(
    plan: dict[str, Any], closed: date, before: date | None
) -> None:
    with TemporaryDirectory() as folder:
        problem = prepare(write_in(folder, plan)).problem
    assume(_size(problem, plan) <= MOST)
    answer = solve(problem, Options(limit_s=60))
    assume(answer.schedule is not None)
    assert answer.schedule is not None
    base = answer.schedule
    changed = _closed(problem, closed)
    fewest = min(_holding(changed, plan, base, before), default=None)
    revision = revise(changed, base, Asked(history=before), Options(limit_s=60))
    if fewest is None:
        assert revision.answer.verdict is Verdict.INFEASIBLE
        return
    moves = revision.tier(Tier.CHANGES)
    assert moves is not None
    assert (moves.value, moves.bound, len(_moved(revision))) == (fewest, fewest, fewest)
    assert revision.answer.schedule is not None
    if before is not None:
        assert _history(revision.answer.schedule, before) == _history(base, before)


def _moved(revision: Revision) -> list[str]:
    return [str(c.kind) for c in revision.changes if c.kind in ("moved", "added", "dropped")]


@settings(max_examples=20)
@given(plans(), st.sampled_from([None, *DAYS]))
def test_a_schedule_that_holds_is_left_as_it_is(plan: dict[str, Any], before: date | None) -> None:
    with TemporaryDirectory() as folder:
        problem = prepare(write_in(folder, plan)).problem
    answer = solve(problem, Options(limit_s=60))
    assume(answer.schedule is not None)
    assert answer.schedule is not None
    revision = revise(problem, answer.schedule, Asked(history=before), Options(limit_s=60))
    assert revision.changes == ()
    assert revision.answer.schedule == answer.schedule


def write_in(folder: str, plan: dict[str, Any]) -> Path:
    """Write a plan of the oracle's into a folder."""
    from tiny import write_plan

    return write_plan(Path(folder), plan)
