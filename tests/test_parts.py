"""Independent parts: what links series, and that parts joined are the whole."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksolve.api import prepare
from ksolve.checker import check
from ksolve.errors import PlanError
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver import Options, Tuning, Verdict, solve
from ksolve.solver.answer import Answer, Progress, Step, TierValue
from ksolve.solver.search import children, parts, solving
from ksolve.solver.search.engine import PartsSoFar, searching_with
from ksolve.solver.search.interrupting import Stop
from ksolve.solver.search.joining import Joined
from ksolve.solver.search.messages import Task
from ksolve.solver.search.side_by_side import SideBySide
from ksolve.solver.search.whole import solve_whole
from test_oracle import plans
from tiny import tiers_of, tiny, write_plan

TWO = """
centre:
  sessions:
    - {id: hour, minutes: "60", starts: ["10:00"], rooms: [ROOM], per_day: "1"}
    - {id: other, minutes: "60", starts: ["10:00"], rooms: [room], per_day: "1"}
  rooms:
    - {id: room, name: 部屋, count: "2"}
    - {id: hall, name: ホール}
programmes:
  - {id: a, name: 事業A, frequency: 年2回, session: hour}
  - {id: b, name: 事業B, frequency: 年3回, session: other}
RULES
"""


def two(folder: Path, room: str = "hall", rules: str = "", count: str = "2") -> Problem:
    """Return a problem of two programmes."""
    text = TWO.replace("ROOM", room).replace("RULES", rules).replace('count: "2"', f'count: "{count}"')
    return tiny(folder, text).problem


def test_programmes_with_rooms_of_their_own_are_two_parts(tmp_path: Path) -> None:
    found = parts.parts(two(tmp_path), small=0)
    assert [[series.id for series in part.series] for part in found] == [["a"], ["b"]]
    assert [[resource.id for resource in part.resources] for part in found] == [["hall"], ["room"]]


def test_small_parts_are_put_together(tmp_path: Path) -> None:
    problem = two(tmp_path)
    assert parts.parts(problem) == (problem,)


def test_a_room_that_can_run_short_links_its_users(tmp_path: Path) -> None:
    assert len(parts.parts(two(tmp_path, "room", count="1"), small=0)) == 1


def test_a_room_that_cannot_run_short_is_shared_out_by_its_units(tmp_path: Path) -> None:
    first, second = parts.parts(two(tmp_path, "room"), small=0)
    units = [resource.units for part in (first, second) for resource in part.resources]
    assert [len(mine) for mine in units] == [1, 1]
    assert units[0] != units[1]


@pytest.mark.parametrize("rule", ["{rule: level_load, sessions: 1}", "{rule: most, sessions: 1, per: day}"])
def test_a_rule_for_all_programmes_links_them(tmp_path: Path, rule: str) -> None:
    assert len(parts.parts(two(tmp_path, rules=f"rules: [{rule}]"), small=0)) == 1


@settings(max_examples=15)
@given(plans(), st.booleans().map(lambda linked: {} if linked else {"rules": []}))
def test_parts_joined_have_the_verdict_and_the_optimum_of_the_whole(
    plan: dict[str, Any], unlinked: dict[str, Any]
) -> None:
    with TemporaryDirectory() as folder:
        problem = prepare(write_plan(Path(folder), {**plan, **unlinked})).problem
    whole = solve_whole(problem, Options(limit_s=60), lambda _: None)
    found = parts.parts(problem, small=0)
    joined = Joined(len(found), tiers_of(problem))
    for number, part in enumerate(found):
        joined.take(number, solve_whole(part, Options(limit_s=60), lambda _: None))
    answer = joined.answer(0.0, interrupted=False)
    assert answer.verdict is whole.verdict
    assert answer.tiers == whole.tiers
    if answer.schedule:
        assert not check(problem, answer.schedule)


@pytest.fixture
def _split(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even the smallest part have a search of its own."""
    monkeypatch.setattr(solving, "parts", lambda problem: parts.parts(problem, small=0))


@pytest.mark.usefixtures("_split")
def test_parts_in_processes_of_their_own_are_joined(tmp_path: Path) -> None:
    problem = two(tmp_path)
    seen: list[int] = []
    answer = solve(
        problem, Options(limit_s=60), lambda progress: seen.append(len(progress.schedule.sessions))
    )
    assert answer.verdict is Verdict.OPTIMAL
    assert answer.schedule is not None
    assert not check(problem, answer.schedule)
    assert set(seen) == {5}  # 2 of A and 3 of B: never a part alone


@pytest.mark.usefixtures("_split")
def test_one_infeasible_part_makes_the_whole_infeasible(tmp_path: Path) -> None:
    problem = two(tmp_path)
    b = problem.series[1]
    emptied = replace(b, starts=())
    rules = tuple(
        replace(posted, series=tuple(emptied if one is b else one for one in posted.series))
        for posted in problem.rules
    )
    none = replace(problem, series=(problem.series[0], emptied), rules=rules)
    assert solve(none, Options(limit_s=60), lambda _: None).verdict is Verdict.INFEASIBLE


@pytest.mark.usefixtures("_split")
def test_a_part_that_the_system_kills_is_an_error_and_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    start = children._start  # noqa: SLF001 - to know whom the system kills

    def killed() -> Any:
        process = start()
        started.append(process)
        process.kill()
        return process

    monkeypatch.setattr(children, "_start", killed)
    with pytest.raises(PlanError, match="killed a part"):
        solve(two(tmp_path), Options(limit_s=60), lambda _: None)
    assert all(process.poll() is not None for process in started)


@pytest.mark.usefixtures("_split")
def test_a_part_that_the_system_kills_once_is_searched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []
    start = children._start  # noqa: SLF001 - to know whom the system kills

    def killed() -> Any:
        started.append(start())
        if len(started) == 1:
            started[0].kill()
        return started[-1]

    monkeypatch.setattr(children, "_start", killed)
    seen: list[PartsSoFar] = []
    with searching_with(watch=seen.append):
        answer = solve(two(tmp_path), Options(limit_s=60), lambda _: None)
    assert (answer.verdict, answer.lost) == (Verdict.OPTIMAL, 0)
    assert len(started) == 3
    assert (seen[-1].dated, seen[-1].proven, len(seen[-1].found)) == (2, 2, 2)


@pytest.mark.usefixtures("_split")
@pytest.mark.parametrize("times", [1, 2])
def test_interrupts_end_the_parts_and_leave_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    started = []
    start, give = children._start, children.Children.give  # noqa: SLF001 - to see them end

    def noted() -> Any:
        started.append(start())
        return started[-1]

    def interrupted(self: children.Children, task: Any) -> int:
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)
        return give(self, task)

    monkeypatch.setattr(children, "_start", noted)
    monkeypatch.setattr(children.Children, "give", interrupted)
    options = Options(limit_s=60, tuning=Tuning(workers=1))
    if times == 1:
        assert solve(two(tmp_path), options, lambda _: None).interrupted
    else:
        with pytest.raises(KeyboardInterrupt):
            solve(two(tmp_path), options, lambda _: None)
    assert len(started) == 1
    assert started[0].poll() is not None


def test_a_wish_to_end_that_comes_too_late_does_not_end_the_next_task(tmp_path: Path) -> None:
    """A worker keeps its process for the next command: what was wished for the last one is over then."""
    task = Task(two(tmp_path), Options(limit_s=60), None, is_whole=True)
    with children.children(1) as started:
        for _ in range(2):
            number = started.give(task)
            said = next(
                heard[1] for heard in iter(lambda: started.hear(60), None) if isinstance(heard[1], Answer)
            )
            assert said.verdict is Verdict.OPTIMAL
            started.halt()
            started.idle.append(number)


def test_a_part_within_the_gap_is_not_searched_again() -> None:
    joined = Joined(2, (Tier.FIT, Tier.PATTERN))
    near = (TierValue(Tier.FIT, 3, 3), TierValue(Tier.PATTERN, 10, 8))
    joined.take(0, Answer(Verdict.FEASIBLE, Schedule(()), near, 1.0, interrupted=False))
    assert joined.open_parts() == [0, 1]
    assert joined.open_parts(gap=0.1) == [0, 1]
    assert joined.open_parts(gap=0.2) == [1]


def test_below_an_unproven_tier_of_joined_parts_no_bound_is_claimed() -> None:
    joined = Joined(2, (Tier.FIT, Tier.PATTERN, Tier.LEVEL))
    fit, pattern, level = (
        TierValue(Tier.FIT, 0, 0),
        TierValue(Tier.PATTERN, 5, 3),
        TierValue(Tier.LEVEL, 4, 4),
    )
    joined.take(0, Progress(0.0, Schedule(()), (fit, pattern, level), None, 0.0))
    joined.take(1, Progress(0.0, Schedule(()), (fit, replace(pattern, bound=5), level), None, 0.0))
    tiers = joined.answer(0.0, interrupted=False).tiers
    assert [(tier.value, tier.bound) for tier in tiers] == [(0, 0), (10, 8), (8, 0)]


class _Feasible:
    """An engine of one place whose parts are found at once, and never proven."""

    def __init__(self) -> None:
        self.idle, self.steps = [0], list[tuple[Step, ...]]()

    def give(self, task: Task) -> int:
        self.steps.append(task.options.steps)
        return self.idle.pop()

    def halt(self) -> None:
        raise AssertionError

    def hear(self, timeout_s: float) -> tuple[int, Answer]:  # noqa: ARG002
        open_ = (TierValue(Tier.SPREAD, 1, 0),)
        return 0, Answer(Verdict.FEASIBLE, Schedule(()), open_, 0.0, interrupted=False)


def test_a_search_for_first_schedules_ends_with_these(tmp_path: Path) -> None:
    """Each part once: improving them is what it was not asked for, though nothing is proven yet."""
    found = parts.parts(two(tmp_path), small=0)
    engine, first = _Feasible(), (Step.PATTERNS, Step.FITTING, Step.ANY)
    SideBySide(found, Options(60, steps=first), lambda _: None, engine, Stop()).run()
    assert engine.steps == [first, first]
