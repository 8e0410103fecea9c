"""`ksolve check` as a process: of a plan alone, and of a schedule in CI."""

from __future__ import annotations

import csv
import json
import shlex
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from conftest import ROOT, SMALL
from ksolve.api import Prepared
from ksolve.checker.known_findings import new_findings, of_rules, read_baseline
from ksolve.cli.held import held
from ksolve.errors import Exit, PlanError
from ksolve.findings import Finding, Place, Severity
from ksolve.findings.formats import as_json, as_junit
from ksolve.text import Text
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
    assert json.loads(ksolve("check", small, "--format", "json").stdout)["findings"] == []


def test_a_plan_alone_that_cannot_be_held_exits_3_and_says_where_to_go_on(tmp_path: Path) -> None:
    # six sessions a month, on the four or five Wednesdays that the doctor is there at 10:00
    plan = _small(tmp_path, "月1回", "月6回")
    done = ksolve("check", plan)
    assert done.returncode == 3
    assert f"{plan}: エラー[infeasible]" in done.stdout
    assert f"ksolve explain {plan}" in done.stdout
    (found,) = json.loads(ksolve("check", plan, "--format", "json", "--lang", "en").stdout)["findings"]
    assert found["rule"] == "infeasible"
    counted = "健診: needs 6 in Apr. Of 30 days, not usable: 17 without 医師, 9 closed; 4 left x 1 = 4"
    assert found["text"] == f"the plan cannot be held (proven by counting, in two ways). {counted}"


def test_a_scenario_is_laid_over_the_plan_that_is_checked_alone() -> None:
    scenario = ROOT / "scenarios" / "psychologist-absent.yaml"
    assert ksolve("check", PLAN, "-s", scenario).returncode == 3


def test_what_is_not_known_in_time_is_4_and_is_not_called_infeasible(koganei: Prepared) -> None:
    status, (found,) = held(koganei, PLAN, 0.01, "ja")
    assert status is Exit.UNKNOWN
    assert (found.rule, found.severity) == ("unknown", Severity.WARNING)
    assert "成り立つとも成り立たないとも、0.01秒では分かりませんでした" in found.text.ja


def _dates() -> list[date]:
    """The first Wednesday of each month from April 2024 that is no holiday (January 1 is one)."""
    firsts = [date(2024 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(4, 16)]
    days = [first + timedelta((2 - first.weekday()) % 7) for first in firsts]
    return [day + timedelta(7) if (day.month, day.day) == (1, 1) else day for day in days]


def _schedule(path: Path, days: Sequence[date]) -> Path:
    rows = [["a", str(n), day.isoformat(), "10:00", "部屋", "医師"] for n, day in enumerate(days, start=1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["series", "number", "date", "start", "room", "staff"], *rows])
    return path


@pytest.fixture
def on_a_sunday(tmp_path: Path) -> Path:
    days = _dates()
    return _schedule(tmp_path / "sunday.csv", [days[0] + timedelta(4), *days[1:]])


def test_a_good_schedule_exits_0_with_one_line(small: Path, tmp_path: Path) -> None:
    done = ksolve("check", small, _schedule(tmp_path / "s.csv", _dates()))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    assert done.stdout.startswith("12回を")


def test_a_plan_from_a_pipe_is_checked_as_one_from_a_file(small: Path, tmp_path: Path) -> None:
    schedule = _schedule(tmp_path / "s.csv", _dates()[1:])
    straight = ksolve("check", small, schedule)
    piped = subprocess.run(
        [sys.executable, "-m", "ksolve", "check", "/dev/stdin", str(schedule)],
        input=small.read_text(encoding="utf-8"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (piped.returncode, piped.stderr) == (1, "")
    assert piped.stdout == straight.stdout.replace(str(small), "/dev/stdin")


def test_ignored_rules_do_not_fail_and_the_summary_counts_them(small: Path, on_a_sunday: Path) -> None:
    done = ksolve("check", small, on_a_sunday, "--format", "json")
    rules = {found["rule"] for found in json.loads(done.stdout)["findings"]}
    assert "opening" in rules
    assert done.returncode == 1
    only = ksolve("check", small, on_a_sunday, "--select", "opening")
    assert only.returncode == 1
    assert all("[opening]" in line for line in only.stdout.splitlines()[:-1])
    none = ksolve("check", small, on_a_sunday, *(part for rule in rules for part in ("--ignore", rule)))
    assert none.returncode == 0
    assert "選ばれていない規則の指摘" in none.stdout


def test_a_name_that_is_no_rule_exits_2_with_the_nearest(small: Path, on_a_sunday: Path) -> None:
    done = ksolve("check", small, on_a_sunday, "--ignore", "openning")
    assert done.returncode == 2
    assert "「openning」という規則はありません" in done.stderr
    assert "「opening」ではありませんか" in done.stderr
    alone = ksolve("check", small, "--ignore", "opening", "--lang", "en")
    assert alone.returncode == 2
    assert "name the schedule's file after the plan" in alone.stderr


def test_only_findings_that_are_not_in_the_baseline_fail(
    small: Path, on_a_sunday: Path, tmp_path: Path
) -> None:
    known = tmp_path / "known.json"
    first = ksolve("check", small, on_a_sunday, "--format", "json", "-o", known)
    assert first.returncode == 1
    assert len(first.stdout.splitlines()) == 1
    assert ksolve("check", small, on_a_sunday, "--format", "json", "-o", known).returncode == 2
    text = small.read_text(encoding="utf-8")
    small.write_text(f"# a line that shifts the others\n{text}", encoding="utf-8")
    again = ksolve("check", small, on_a_sunday, "--baseline", known)
    assert again.returncode == 0
    assert "既知の指摘" in again.stdout
    days = _dates()
    worse = _schedule(tmp_path / "worse.csv", [days[0] + timedelta(4), days[1] + timedelta(3), *days[2:]])
    found = ksolve("check", small, worse, "--baseline", known)
    assert found.returncode == 1
    assert "第2回 2024-05-04(土)" in found.stdout
    assert "第1回" not in found.stdout


@pytest.mark.parametrize("text", ["", "{", "{}", "[1]", '[{"rule": "opening"}]', "[" * 5000, "9" * 5000])
def test_a_baseline_that_is_none_is_an_error_that_says_how_to_write_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError) as raised:
        read_baseline(path)
    (found,) = raised.value.findings
    assert found.remedy is not None
    assert "--format json" in found.remedy.en


def test_the_fit_may_not_fall_below_a_least_one(dated: Path, small: Path, on_a_sunday: Path) -> None:
    assert ksolve("check", PLAN, dated, "--min-fit", "0.95").returncode == 0
    low = ksolve("check", PLAN, dated, "--min-fit", "1.0")
    assert low.returncode == 1
    assert "エラー[low-fit]" in low.stdout
    assert "0.998" in low.stdout
    unpublished = ksolve("check", small, on_a_sunday, "--min-fit", "0.9")
    assert unpublished.returncode == 2
    assert "--min-fit を外してください" in unpublished.stderr


def _found(line: int, text: str = "近い", sessions: tuple[str, ...] = ("a#1",)) -> Finding:
    related = tuple(Place("s.csv", line + n) for n in range(8))
    return Finding(
        "min_gap", Severity.ERROR, Text(text, "near"), Place("p.yaml", line), sessions, related=related
    )


def test_a_finding_is_the_same_wherever_it_stands_and_is_known_as_often_as_it_was_found(
    tmp_path: Path,
) -> None:
    assert _found(1).fingerprint == _found(9).fingerprint
    others = (_found(1, "遠い"), _found(1, sessions=("a#2",)), _found(1, sessions=("a#1", "a#2")))
    assert len({found.fingerprint for found in (_found(1), *others)}) == 4
    path = tmp_path / "known.json"
    path.write_text(as_json([_found(1), _found(2)], "en"), encoding="utf-8")
    assert list(new_findings([_found(3), _found(4), _found(5)], read_baseline(path))) == [_found(5)]
    assert of_rules([_found(1)], (), ("min_gap",)) == ()


def test_a_line_names_five_places_and_counts_the_others() -> None:
    assert _found(1).line("ja").endswith("[s.csv:1, s.csv:2, s.csv:3, s.csv:4, s.csv:5 ほか3件]")
    assert _found(1).line("en").endswith("s.csv:5 and 3 more]")
    assert len(json.loads(as_json([_found(1)], "ja"))[0]["related"]) == 8


def test_junit_has_a_failed_case_for_each_finding_and_a_passed_one_for_none() -> None:
    note = Finding("even_pace", Severity.NOTE, Text("偏り", "uneven"))
    odd = _found(1, "制御文字\x00\ud800")
    suite = ET.fromstring(as_junit([odd, note], "ja"))[0]  # noqa: S314 - written here
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [case.get("classname") for case in suite] == ["min_gap", "even_pace"]
    assert [len(case.findall("failure")) for case in suite] == [1, 0]
    assert "s.csv:8" in str(suite[0][0].text)
    empty = ET.fromstring(as_junit([], "en"))[0]  # noqa: S314 - written here
    assert (len(empty), empty.get("failures")) == (1, "0")


def _commands_in_ci() -> list[list[str]]:
    """What the workflow of docs/ci.md runs with ksolve."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    workflow = yaml.safe_load(page.partition("```yaml\n")[2].partition("```")[0])
    runs = [shlex.split(step.get("run", "")) for step in workflow["jobs"]["check"]["steps"]]
    return [words[1:] for words in runs if words[:1] == ["ksolve"]]


@pytest.mark.parametrize(("days", "statuses"), [(0, [0, 0, 0]), (4, [0, 1, 1])])
def test_the_workflow_of_the_docs_passes_a_good_schedule_and_fails_a_bad_one(
    tmp_path: Path, days: int, statuses: list[int]
) -> None:
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    first, *others = _dates()
    _schedule(tmp_path / "schedule.csv", [first + timedelta(days), *others])
    done = [ksolve(*command, cwd=tmp_path) for command in _commands_in_ci()]
    assert [one.returncode for one in done] == statuses
    assert ("::error file=plan.yaml,line=" in done[1].stdout) == bool(days)
    log = json.loads((tmp_path / "findings.sarif").read_text(encoding="utf-8"))
    assert bool(log["runs"][0]["results"]) == bool(days)


def test_a_schedule_made_with_a_scenario_tells_so_where_it_breaks_the_plan_without(
    small: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more.yaml"
    change = "{do: frequency, programme: a, frequency: 月2回, why: 希望}"
    more.write_text(
        f"schema: '1'\nid: more\ntitle: 増やす\nwhy: 希望\nchanges: [{change}]\n", encoding="utf-8"
    )
    out = tmp_path / "out"
    assert ksolve("solve", small, "-s", more, "-o", out).returncode == 0
    without = ksolve("check", small, out / "schedule.csv")
    assert without.returncode == 1
    assert without.stdout.endswith(f"同じシナリオで調べるには: -s {more}\n")
    within = ksolve("check", small, out / "schedule.csv", "-s", more)
    assert within.returncode == 0
    assert "シナリオ" not in within.stdout
    for record in ("[]", "{", '{"scenarios": 3}'):  # of another program, or damaged
        (out / "manifest.json").write_text(record, encoding="utf-8")
        again = ksolve("check", small, out / "schedule.csv")
        assert again.returncode == 1
        assert "シナリオ" not in again.stdout
