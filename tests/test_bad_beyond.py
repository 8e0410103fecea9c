"""Bad input to clusters, drawn years and folders of plans: a clear error, and nothing is half written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from folders import ksolve, plan, schedule

HIDDEN = "import sys; sys.modules['distributed'] = None; from ksolve.__main__ import main; main()"
"""The program as it is where Dask is not installed."""
REPAIR = """
schema: 1
id: repair
title: 工事
changes: [{do: close_room, room: hall, days: 4/8, why: 工事}]
"""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    for name, at in (("east", "10:00"), ("west", "11:00")):
        plan(tmp_path / "plans", name)
        schedule(tmp_path / "out", name, f"2024-04-01 {at}", f"2024-04-08 {at}")
    (tmp_path / "repair.yaml").write_text(REPAIR, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "solve plans -o new",
        "check plans/east.yaml",
        "whatif plans/east.yaml repair.yaml -o new",
        "revise plans out -s repair.yaml -o new",
    ],
)
def test_without_dask_the_command_that_installs_it_is_named(command: str, work: Path) -> None:
    before = sorted(work.rglob("*"))
    asked = [sys.executable, "-c", HIDDEN, *command.split(), "--cluster", "local:2", "--lang", "en"]
    done = subprocess.run(asked, cwd=work, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--cluster needs Dask" in done.stderr
    assert "pip install 'ksolve[dask]'" in done.stderr
    assert sorted(work.rglob("*")) == before


def test_no_cluster_at_the_address_is_told_and_nothing_is_written(work: Path) -> None:
    """Nobody listens on port 9, the discard service of old."""
    pytest.importorskip("distributed")
    asked = (work / "plans" / "east.yaml", work / "repair.yaml", "--cluster", "tcp://127.0.0.1:9")
    done = ksolve("whatif", *asked, "-o", work / "new")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no cluster at tcp://127.0.0.1:9" in done.stderr
    assert "--cluster local" in done.stderr
    assert not (work / "new").exists()


def test_chances_outside_0_to_1_are_named_by_line_and_column(work: Path) -> None:
    """Each of them in one run; a chance may be written in percent."""
    path = work / "plans" / "east.yaml"
    risks = "  risks:\n    absent: 1.5\n    room: 5%\n    late: -0.1\n    each: {hall: 101%}\n"
    risks += "    warnings: [{months: 6月, chance: nan}]\n"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("resources:\n", "resources:\n" + risks), encoding="utf-8")
    done = ksolve("stress", path, work / "out" / "east" / "schedule.csv", "-o", work / "new")
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    places = [line.removeprefix(f"{path}:").split(": ")[0] for line in lines]
    assert places == ["9:13", "11:11", "12:18", "13:37"]
    assert all("write a part from 0 to 1, as 0.05 or 5%" in line for line in lines)
    assert not (work / "new").exists()


@pytest.mark.parametrize("command", ["check", "revise"])
def test_what_two_plans_share_is_described_the_same(command: str, work: Path) -> None:
    path = work / "plans" / "west.yaml"
    text = path.read_text(encoding="utf-8").replace("name: ホール}", "name: ホール, seats: 20}")
    path.write_text(text, encoding="utf-8")
    more = ("-s", work / "repair.yaml", *(("-o", work / "new") if command == "revise" else ()))
    done = ksolve(command, work / "plans", work / "out", *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{path}:" in done.stderr
    assert "the shared hall is described differently" in done.stderr
    assert not (work / "new").exists()
