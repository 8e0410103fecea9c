"""``ksolve read`` as a process: what it prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from running import ksolve

PLANS = Path(__file__).parent / "plans"
DATED = PLANS / "15_yamato_kominkan_2019.csv"


def _read(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ksolve", "read", *arguments], capture_output=True, text=True, check=False
    )


def test_a_table_of_dates_is_shown_with_its_dates() -> None:
    done = _read(str(DATED))
    assert done.returncode == 0
    assert "2019-06-15" in done.stdout
    assert "year-from-dates" in done.stdout


def test_the_year_may_be_given_and_must_be_one() -> None:
    done = _read(str(DATED), "--year", "令和2年度", "--format", "json")
    rules = {found["rule"] for found in json.loads(done.stdout)}
    assert rules == {"date-outside-year", "rows-joined"}
    done = _read(str(DATED), "--year", "いつか")
    assert (done.returncode, done.stdout) == (2, "")
    assert "いつか" in done.stderr


def test_what_is_not_understood_exits_1_and_what_cannot_be_read_at_all_2(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("事業名,実施回数\n会議,年に何度か\n", encoding="utf-8")
    done = _read(str(path), "--format", "sarif")
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert (done.returncode, result["ruleId"], result["level"]) == (1, "unreadable-frequency", "error")
    assert "会議" in _read(str(path)).stdout
    path.write_text("会議,年1回\n", encoding="utf-8")
    done = _read(str(path), "--format", "sarif")
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert (done.returncode, result["ruleId"], result["level"]) == (2, "no-header", "error")
    assert _read(str(path)).stdout == ""


def test_a_file_is_wanted_unless_the_findings_are_listed() -> None:
    assert _read().returncode == 2
    listed = _read("--findings")
    assert (listed.returncode, listed.stdout) == (
        0,
        (ROOT / "docs" / "findings.md").read_text(encoding="utf-8"),
    )


def test_a_table_is_read_from_stdin_and_a_plan_wants_its_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ksolve", "read", "-"]
    table = "令和6年度 計画\n事業名,実施回数\nおはなし会,年1回\n".encode("cp932")
    done = subprocess.run(command, input=table, capture_output=True, check=False)
    assert done.returncode == 0
    assert "おはなし会" in done.stdout.decode()
    refused = subprocess.run(
        [*command, "-o", str(tmp_path / "p.yaml")], input=table, capture_output=True, check=False
    )
    assert refused.returncode == 2
    assert "標準入力" in refused.stderr.decode()
    assert not (tmp_path / "p.yaml").exists()


def test_what_is_said_of_several_cells_of_a_row_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("令和6年度\n事業名,4月,5月,6月\n映画会,第3日,第3日,第3日\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ksolve", "read", str(path)], capture_output=True, check=False
    )
    lines = [line for line in done.stdout.decode().splitlines() if "[labelled-mark]" in line]
    assert len(lines) == 1
    assert lines[0].endswith(f"[{path}:3:3, {path}:3:4]")


@pytest.mark.parametrize(
    ("frequency", "sum_ja", "sum_en"),
    [
        ("月1回", "24回 (", "24 sessions"),
        ("毎週水曜日", "64回、多ければ65回 (", "64 to 65"),
        ("4月～9月", "12回以上 (", "12 or"),
    ],
)
def test_the_sum_of_counts_says_that_it_is_the_least(
    frequency: str, sum_ja: str, sum_en: str, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"事業名,実施回数\n広場,{frequency}\n相談,月1回\n", encoding="utf-8")
    assert f"合計: {sum_ja}" in ksolve("read", table, "--year", "R8").stdout
    assert f"promises {sum_en}" in ksolve("read", table, "--year", "R8", "--lang", "en").stdout
