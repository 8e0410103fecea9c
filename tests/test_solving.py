"""The options of solve as a process: the same bytes, gaps, parts of a plan, memory, where to start."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import KOGANEI, SMALL
from ksolve import verified
from ksolve.api import prepare
from ksolve.explain import with_shortages
from ksolve.problem import Tier
from ksolve.solver import Options, Tuning, Verdict, solve
from ksolve.solver.search import memory
from running import ksolve
from test_parts import TWO
from tiny import write_plan

ABSENT = SMALL.replace(
    "weekly: {水: 9:00-12:00}", "weekly: {水: 9:00-12:00}, absent: [{days: 7/1〜8/31, why: 留学}]"
)


def _record(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --- the same again ----------------------------------------------------------------------------


def test_a_reproducible_run_writes_the_same_bytes_in_another_process(small: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        done = ksolve("solve", small, "-o", tmp_path / seed, "--reproducible", PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
    first, second = _files(tmp_path / "1"), _files(tmp_path / "2")
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert "measured" not in _record(tmp_path / "1")


_TWICE = """
import sys
from pathlib import Path
from ksolve.api import prepare
from ksolve.solver import Options, Tuning, solve
from ksolve.solver.search import parts, solving
from ksolve.schedules.tidy import schedule_csv
solving.parts = lambda problem: parts.parts(problem, small=0)
problem = prepare(Path(sys.argv[1])).problem
answer = solve(problem, Options(2.0, Tuning(reproducible=True)), lambda _: None)
sys.stdout.buffer.write(schedule_csv(answer.schedule, problem))
print(len(solving.parts(problem)), answer.verdict, answer.tiers)
"""


def test_parts_in_processes_are_searched_the_same_way_again(tmp_path: Path) -> None:
    path = write_plan(tmp_path, yaml.safe_load(TWO.replace("ROOM", "hall").replace("RULES", "")))
    shown = [
        subprocess.run(
            [sys.executable, "-c", _TWICE, str(path)],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert shown[0] == shown[1]
    assert b"\n2 " in shown[0]


# --- enough ------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [0.0, 0.5, 1.0])
def test_a_cost_within_the_gap_is_enough_and_optimal_only_where_it_is_proven(small: Path, gap: float) -> None:
    small.write_text(ABSENT + "wishes: none\n", encoding="utf-8")
    problem = with_shortages(prepare(small).problem)
    answer = solve(problem, Options(60, Tuning(gap=gap)), lambda _: None)
    (short,) = answer.tiers
    assert short.bound <= 2 <= short.value
    assert short.value - short.bound <= gap * short.value
    assert (answer.verdict is Verdict.OPTIMAL) == short.proven


# --- a part of the plan ------------------------------------------------------------------------


def test_a_partial_run_places_what_fits_and_names_what_does_not(small: Path, tmp_path: Path) -> None:
    small.write_text(ABSENT, encoding="utf-8")
    done = ksolve("solve", small, "-o", tmp_path / "out", "--partial")
    assert done.returncode == 1
    assert "一部だけの予定(不足2。これより少なくできないことは証明済み)" in done.stdout
    assert "健診: 2024-07-01 から 2024-07-31 までに 0回 (規則: 1回)" in done.stdout
    written = (tmp_path / "out" / "schedule.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(written.splitlines()))) == 10
    least = {"tier": "SHORTAGE", "value": 2, "bound": 2, "bound_from": "wishes"}
    assert _record(tmp_path / "out")["result"]["tiers"][0] == least
    checked = ksolve("check", small, tmp_path / "out" / "schedule.csv")
    assert checked.returncode == 1
    assert checked.stdout.count("[count]") == 2  # the two months, and nothing else
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "一部だけの予定" in report


def test_a_plan_that_fits_is_not_made_partial(small: Path, tmp_path: Path) -> None:
    done = ksolve("solve", small, "-o", tmp_path / "out", "--partial")
    assert done.returncode == 0
    assert "判定: 最良(証明済み)" in done.stdout


def test_an_infeasible_plan_names_the_way_to_a_part_of_it(small: Path, tmp_path: Path) -> None:
    small.write_text(ABSENT, encoding="utf-8")
    done = ksolve("solve", small, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "--partial" in done.stdout


# --- memory ------------------------------------------------------------------------------------


def test_a_search_that_needs_too_much_memory_is_refused_with_its_size(tmp_path: Path) -> None:
    done = ksolve("solve", KOGANEI / "r6.yaml", "-o", tmp_path / "out", "--memory", "0.1")
    assert done.returncode == 2
    assert "57系列" in done.stderr
    assert "使えるのは0.1GB" in done.stderr
    assert "--workers" in done.stderr
    assert not (tmp_path / "out").exists()


def test_what_is_free_is_a_number_of_bytes_or_not_known() -> None:
    free = memory.free_bytes()
    assert free is None or free > 1 << 20


# --- where to start ----------------------------------------------------------------------------


def test_a_search_starts_from_a_schedule_and_refuses_what_is_none(small: Path, tmp_path: Path) -> None:
    assert ksolve("solve", small, "-o", tmp_path / "one").returncode == 0
    start = tmp_path / "one" / "schedule.csv"
    again = ksolve("solve", small, "-o", tmp_path / "two", "--start-from", start)
    assert again.returncode == 0, again.stderr
    assert any(entry["file"] == str(start) for entry in _record(tmp_path / "two")["inputs"])
    none = ksolve("solve", small, "-o", tmp_path / "three", "--start-from", tmp_path / "none.csv")
    assert none.returncode == 2
    assert "none.csv" in none.stderr
    assert not (tmp_path / "three").exists()


# --- the record and the progress ---------------------------------------------------------------


def test_the_record_tells_size_times_and_memory(small: Path, tmp_path: Path) -> None:
    assert ksolve("solve", small, "-o", tmp_path / "out", "--gap", "0.1").returncode == 0
    record = _record(tmp_path / "out")
    assert record["parameters"]["gap"] == 0.1
    assert record["problem"]["series"] == 1
    assert [part["series"] for part in record["problem"]["parts"]] == [1]
    steps = record["measured"]["seconds"]
    assert list(steps) == ["load", "first_schedule", "search", "regular", "reports"]
    assert list(steps.values()) == sorted(steps.values())


# --- held together, if that can be -------------------------------------------------------------

ONE_ROOM: dict[str, Any] = {
    "programmes": [
        {"id": "a", "name": "測定", "frequency": "年1回", "session": "hour"},
        {"id": "b", "name": "相談", "frequency": "年1回", "session": "hour"},
    ],
    "rules": [{"rule": "in_dates", "days": ["4/1"]}],
    "centre": {
        "rooms": [{"id": "room", "name": "部屋"}],
        "sessions": [{"id": "hour", "minutes": "60", "starts": ["10:00"], "rooms": "room"}],
    },
}
"""Two programmes with one room and one start: only together can both be held."""


def _bound(folder: Path, **together: str) -> Path:
    first, second = ONE_ROOM["programmes"]
    return write_plan(folder, {**ONE_ROOM, "programmes": [first, {**second, "together": together}]})


def test_sessions_that_need_not_be_held_together_still_may(tmp_path: Path) -> None:
    plan = _bound(tmp_path, **{"with": "a", "tier": "fit"})
    answer = verified.solve(prepare(plan).problem, Options())
    assert answer.verdict is Verdict.OPTIMAL
    assert answer.schedule
    assert [session.held_with for session in answer.schedule.sessions] == ["", "a#1"]
    assert ksolve("check", plan).returncode == 0
    assert ksolve("explain", plan).returncode == 0
    assert ksolve("check", write_plan(tmp_path, ONE_ROOM)).returncode == 3


def test_sessions_that_cannot_be_held_together_cost_where_they_should_be(tmp_path: Path) -> None:
    plan = _bound(tmp_path, **{"with": "a", "tier": "fit", "weight": "5"})
    apart = plan.read_text(encoding="utf-8").replace("- 4/1", "- 4/1\n  - 4/2\n- rule: apart")
    plan.write_text(apart, encoding="utf-8")
    answer = verified.solve(prepare(plan).problem, Options())
    assert answer.verdict is Verdict.OPTIMAL
    assert [(tier.tier, tier.value) for tier in answer.tiers] == [(Tier.FIT, 5)]


def test_two_sessions_of_a_guest_may_share_one_date_of_the_host(tmp_path: Path) -> None:
    guest = {"id": "b", "name": "相談", "frequency": "年2回", "session": "two"}
    guest["together"] = {"with": "a", "sessions": "2", "shared": "false"}  # type: ignore[assignment]
    centre = {"sessions": [{"id": "two", "minutes": "60", "starts": ["10:00", "13:00"], "per_day": "2"}]}
    host = {**ONE_ROOM["programmes"][0], "session": "two"}
    plan = write_plan(tmp_path, {"programmes": [host, guest], "centre": centre})
    answer = verified.solve(prepare(plan).problem, Options())
    assert answer.verdict is Verdict.OPTIMAL
    assert answer.schedule
    assert len({session.day for session in answer.schedule.sessions}) == 1
