"""What check, solve, revise, explain and whatif print for programs is what their schemas in the docs say."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from conftest import ROOT, SMALL
from ksolve.cli.machine import Kind, schema_of
from ksolve.cli.table import BY_NAME
from running import ksolve

SCENARIO = """\
schema: "1"
id: less
title: 減らす
changes:
  - {do: frequency, programme: 健診, frequency: 年6回, why: 試しに}
"""


def _told(kind: Kind, *arguments: object) -> dict[str, Any]:
    """Run a command with --format json, hold what it prints against the schema in the docs, and return it."""
    done = ksolve(kind, *arguments, "--format", "json")
    schema = json.loads((ROOT / "docs" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    told: dict[str, Any] = json.loads(done.stdout)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(told)] == []
    assert told["schema"] == f"ksolve-{kind}-1"
    if "status" in told:
        assert told["status"] == done.returncode
    return told


@pytest.mark.parametrize("kind", get_args(Kind))
def test_the_schema_in_the_docs_is_current(kind: Kind) -> None:
    """Renew with `make docs`."""
    assert json.loads((ROOT / "docs" / f"{kind}.schema.json").read_text(encoding="utf-8")) == schema_of(kind)
    assert json.loads(ksolve("schema", kind).stdout) == schema_of(kind)


def test_a_plan_that_can_be_held_is_told_to_programs(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = _told("solve", small, "-o", out, "--formats", "html")
    assert (told["verdict"], told["sessions"], told["interrupted"]) == ("optimal", 12, False)
    assert told["files"] == [str(out / name) for name in ("schedule.csv", "report.html", "manifest.json")]
    assert all(tier["proven"] for tier in told["tiers"])
    assert _told("check", small, out / "schedule.csv")["findings"] == []
    assert _told("explain", small) == {
        "schema": "ksolve-explain-1",
        "feasible": True,
        "causes": [],
        "repairs": [],
    }
    scenario = tmp_path / "less.yaml"
    scenario.write_text(SCENARIO, encoding="utf-8")
    base, less = _told("whatif", small, scenario, "--base", out / "schedule.csv")["outcomes"]
    assert (base["id"], base["sessions"], base["moved"]) == (None, 12, None)
    assert (less["id"], less["sessions"], less["dropped"]) == ("less", 6, 6)
    _revised_for_programs(small, out / "schedule.csv", tmp_path / "new")


def _revised_for_programs(plan: Path, schedule: Path, new: Path) -> None:
    """One a month: that of June may be on 6/26, but two may not be in June, and then nothing is written."""
    told = _told("revise", plan, schedule, "-o", new, "--move", "健診#3=6/26", "--formats", "ics")
    (moved,) = told["changes"]
    assert (moved["kind"], moved["name"], moved["after"]["date"]) == ("moved", "健診", "2024-06-26")
    assert moved["before"]["date"].startswith("2024-06-")
    assert (told["sessions"], told["fewest_changes"], told["findings"]) == (12, 1, [])
    assert [wish["met"] for wish in told["wishes"]] == [True]
    assert str(new / "changes.json") in told["files"]
    wishes = ("--move", "健診#4=6/12", "--move", "健診#5=6/19")
    no = _told("revise", plan, schedule, "-o", new / "no", *wishes)
    assert (no["status"], no["sessions"], no["changes"], no["files"]) == (3, 0, [], [])
    assert [wish["met"] for wish in no["wishes"]] == [None, None]
    assert [found["rule"] for found in no["findings"]]
    assert not (new / "no").exists()


def test_a_plan_that_cannot_be_held_is_told_to_programs(small: Path, tmp_path: Path) -> None:
    small.write_text(SMALL.replace("月1回", "月6回"), encoding="utf-8")
    solved = _told("solve", small, "-o", tmp_path / "out")
    assert (solved["status"], solved["verdict"], solved["files"]) == (3, "infeasible", [])
    assert solved["findings"]
    checked = _told("check", small)
    assert [found["rule"] for found in checked["findings"]] == ["infeasible"]
    explained = _told("explain", small, "--limit", "5")
    assert explained["feasible"] is False
    assert explained["causes"][0]["counting"]


def test_check_looks_again_when_a_file_is_saved(small: Path) -> None:
    schedule = small.with_name("s.csv")
    rows = [f"健診,2024-{month:02d}-03,10:00" for month in (4, 7)]
    schedule.write_text("\n".join(["事業,日付,開始", *rows]) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "ksolve", "check", str(small), str(schedule), "--watch"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stderr is not None
        assert "保存されたら調べ直します" in _line_with(process.stderr, "調べ直します")
        small.write_text("no: plan\n", encoding="utf-8")
        assert "unknown-key" in _line_with(process.stderr, "unknown-key")
        _line_with(process.stderr, "調べ直します")
        whole = small.with_name("whole.yaml")
        whole.write_text(SMALL.replace("月1回", "年2回"), encoding="utf-8")
        whole.replace(small)  # in one step: half written it would be told as a fault
        _line_with(process.stderr, "調べ直します")
        process.send_signal(signal.SIGINT)
        shown, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    first, last = [line for line in shown.splitlines() if line.startswith("2回を")]
    assert "違反0件" not in first
    assert "違反0件" in last


def _line_with(stream: Any, words: str) -> str:
    for line in stream:
        if words in line:
            return str(line)
    pytest.fail(f"no line with {words}")


def test_the_hooks_of_pre_commit_name_commands_that_are_there() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["ksolve-check", "ksolve-check-plan"]
    for hook in hooks:
        program, command = hook["entry"].split()
        assert program == "ksolve"
        assert command in BY_NAME
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False
        assert hook["id"] in (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
