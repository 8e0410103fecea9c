"""`ksolve check` as a process: of a plan alone, and of a schedule in CI."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import ROOT, SMALL
from ksolve.api import Case
from ksolve.cli.checking import held
from ksolve.errors import Exit
from ksolve.findings import Severity
from running import PLAN, ksolve


def _small(folder: Path, old: str, new: str) -> Path:
    assert old in SMALL
    path = folder / "plan.yaml"
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    return path


def test_a_plan_alone_that_can_be_held_exits_0_with_one_line(small: Path) -> None:
    done = ksolve("check", small)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("この計画は成り立ちます")
    assert len(done.stdout.splitlines()) == 1
    assert json.loads(ksolve("check", small, "--format", "json").stdout) == []


def test_a_plan_alone_that_cannot_be_held_exits_3_and_says_where_to_go_on(tmp_path: Path) -> None:
    # six sessions a month, on the four or five Wednesdays that the doctor is there at 10:00
    plan = _small(tmp_path, "月1回", "月6回")
    done = ksolve("check", plan)
    assert done.returncode == 3
    assert f"{plan}: エラー[infeasible]" in done.stdout
    assert f"ksolve explain {plan}" in done.stdout
    (found,) = json.loads(ksolve("check", plan, "--format", "json", "--lang", "en").stdout)
    assert found["rule"] == "infeasible"
    assert found["text"] == "the plan cannot be held (proven by two runs)"


def test_a_scenario_is_laid_over_the_plan_that_is_checked_alone() -> None:
    scenario = ROOT / "scenarios" / "psychologist-absent.yaml"
    assert ksolve("check", PLAN, "-s", scenario).returncode == 3


def test_what_is_not_known_in_time_is_4_and_is_not_called_infeasible(koganei: Case) -> None:
    status, (found,) = held(koganei, PLAN, 0.01, "ja")
    assert status is Exit.UNKNOWN
    assert (found.rule, found.severity) == ("unknown", Severity.WARNING)
    assert "成り立つとも成り立たないとも、0.01秒では分かりませんでした" in found.text.ja
