"""The examples of the public functions run, and say what their calendars say."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT


def _run(name: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "examples" / name)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_a_plan_becomes_a_pivot() -> None:
    done = _run("pivot.py")
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines()]
    counts = {
        row[0]: row[-1] for row in rows if row and row[0] in ("エンジェル教室", "カルガモ教室", "育児相談")
    }
    assert counts == {"エンジェル教室": "12", "カルガモ教室": "10", "育児相談": "24"}
    hours = {row[0]: row[-1] for row in rows if row and row[0] in ("集会室", "相談室")}
    assert sum(map(float, hours.values())) == (12 + 10) * 1.5 + 24  # talks may be in either room


def test_a_loop_asks_what_if() -> None:
    done = _run("what_if_loop.py")
    assert done.returncode == 0, done.stderr
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert said["集会室 6月"] == "infeasible"  # 29 and 30 June 2024 are a weekend: no monthly class
    assert "angel#" in said["集会室 8月"]  # 29 and 30 August are not
    assert said["相談室 6月"] == said["相談室 8月"] == "nothing moves"  # talks take the hall


def test_another_program_has_its_bookings_checked() -> None:
    done = _run("check_elsewhere.py")
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    # the first Wednesday of January is New Year's Day; every second Wednesday comes three times in two months
    assert sum("error[opening]" in line for line in lines) == 2
    assert sum("error[count]" in line for line in lines) == 2
    assert all("centre.yaml:" in line for line in lines)
