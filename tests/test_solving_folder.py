"""solve of a folder: each plan has its own answer and files, and a faulty one costs no other."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import folders
from ksolve.api import prepare
from ksolve.checker import check
from ksolve.schedules import read_schedule

PLAN = """
schema: 1
id: NAME
title: NAME
year: 令和6年度
wishes: none
resources:
  calendar: {open: {月-金: "9:00-17:00"}}
  rooms: [{id: room, name: 部屋}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: room}]
programmes:
  - {id: a, name: 教室, frequency: COUNT, session: hour}
"""


def plan(folder: Path, name: str, count: str = "年12回") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(PLAN.replace("NAME", name).replace("COUNT", count), encoding="utf-8")
    return path


def solve(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ksolve", "solve", *map(str, arguments), "--limit", "120"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    return made


def test_each_plan_of_a_folder_has_a_schedule_and_files_of_its_own(folder: Path, tmp_path: Path) -> None:
    paths = [plan(folder, "east"), plan(folder, "west", "年20回")]
    (folder / "resources.yaml").write_text("rooms: []\n", encoding="utf-8")  # no plan
    done = solve(folder, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    for path, count in zip(paths, (12, 20), strict=True):
        problem = prepare(path).problem
        schedule = read_schedule(tmp_path / "out" / path.stem / "schedule.csv", problem)
        assert len(schedule.sessions) == count
        assert not check(problem, schedule)
        record = json.loads((tmp_path / "out" / path.stem / "manifest.json").read_text(encoding="utf-8"))
        assert [Path(one["file"]) for one in record["inputs"]] == [path]
    assert not list((tmp_path / "out").rglob("*.partial.csv"))
    again = solve(folder, "-o", tmp_path / "out")
    assert (again.returncode, again.stdout) == (2, "")
    # one line for each folder, with how many files there are
    assert again.stderr.count("file-exists") == 2
    files = len(list((tmp_path / "out" / "east").iterdir()))
    assert again.stderr.count(f"同じ名前のファイルが{files}個あります") == 2


def test_a_faulty_plan_and_one_that_cannot_be_held_cost_no_other(folder: Path, tmp_path: Path) -> None:
    plan(folder, "good")
    plan(folder, "much", "年400回")
    (folder / "torn.yaml").write_text("programmes: [", encoding="utf-8")
    done = solve(folder, "-o", tmp_path / "out", "--lang", "en")
    assert done.returncode == 2
    assert "torn.yaml:1:" in done.stderr or "torn.yaml:2:" in done.stderr
    rows = [line.split() for line in done.stdout.splitlines()]
    assert [row[:2] for row in rows[1:]] == [["good.yaml", "optimal"], ["much.yaml", "infeasible"]]
    assert [path.name for path in (tmp_path / "out").iterdir() if path.is_dir()] == ["good"]


def test_a_plan_that_cannot_be_held_alone_ends_with_3(folder: Path, tmp_path: Path) -> None:
    plan(folder, "much", "年400回")
    assert solve(folder, "-o", tmp_path / "out").returncode == 3


def test_a_folder_without_plans_is_an_error_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    done = solve(folder, "-o", tmp_path / "out")
    assert (done.returncode, (tmp_path / "out").exists()) == (2, False)
    assert "no-plan" in done.stderr


def test_two_plans_of_one_name_are_an_error(folder: Path, tmp_path: Path) -> None:
    plan(folder, "east").rename(folder / "east.yml")
    plan(folder, "east")
    done = solve(folder, "-o", tmp_path / "out", "--lang", "en")
    assert done.returncode == 2
    assert "two plans are called east" in done.stderr


def sharing(folder: Path, name: str, count: str, hall: str = "{id: hall, name: ホール}") -> Path:
    """A plan whose sessions are in a hall that is shared, Mondays at ten or eleven."""
    text = PLAN.replace("NAME", name).replace("COUNT", count).replace("{id: room, name: 部屋}", hall)
    text = (
        text.replace("月-金", "月")
        .replace("rooms: room", "rooms: hall")
        .replace('"10:00"]', '"10:00", "11:00"]')
    )
    path = folder / f"{name}.yaml"
    path.write_text(text.replace("resources:\n", "resources:\n  shares: hall\n"), encoding="utf-8")
    return path


def test_plans_that_share_a_hall_are_never_in_it_together(folder: Path, tmp_path: Path) -> None:
    """Open Mondays with two starts each have some 88 places for 80 sessions; either alone fits anywhere."""
    paths = [sharing(folder, name, "年40回") for name in ("east", "west")]
    done = solve(folder, "-o", tmp_path / "out", "--formats", "xlsx")
    assert done.returncode == 0, done.stderr
    moments = []
    for path in paths:
        problem = prepare(path).problem
        schedule = read_schedule(tmp_path / "out" / path.stem / "schedule.csv", problem)
        assert not check(problem, schedule)
        moments += [(one.day, one.start) for one in schedule.sessions]
    assert len(moments) == len(set(moments)) == 80


def test_what_is_shared_is_described_the_same(folder: Path, tmp_path: Path) -> None:
    sharing(folder, "east", "年4回")
    sharing(folder, "west", "年4回", "{id: hall, name: ホール, seats: 20}")
    done = solve(folder, "-o", tmp_path / "out", "--lang", "en")
    assert (done.returncode, (tmp_path / "out").exists()) == (2, False)
    assert "west.yaml:" in done.stderr
    assert "shared hall is described differently" in done.stderr


def test_what_is_shared_with_nobody_and_wishes_that_count_in_one_plan_are_said(
    folder: Path, tmp_path: Path
) -> None:
    sharing(folder, "east", "年4回")
    text = sharing(folder, "west", "年4回").read_text(encoding="utf-8")
    limit = "rules: [{rule: most_use, of: hall, sessions: 3, per: month, tier: people}]\n"
    (folder / "west.yaml").write_text(text + limit, encoding="utf-8")
    done = solve(folder, "-o", tmp_path / "out", "--lang", "en")
    assert done.returncode == 0, done.stderr
    place = f"{folder / 'west.yaml'}:{len(text.splitlines()) + 1}:"
    (note,) = [line for line in done.stderr.splitlines() if "shared-limit" in line]
    assert note.startswith(place)
    assert "most_use counts within this plan only" in note
    (folder / "west.yaml").unlink()
    alone = solve(folder, "-o", tmp_path / "alone", "--lang", "en")
    assert alone.returncode == 0
    assert "east.yaml alone says that it shares hall" in alone.stderr


def test_plans_that_are_too_many_together_are_proven_so(folder: Path, tmp_path: Path) -> None:
    """Of 88 places two plans take 80 or 60, and so the third has none for its 20 or 40; each alone has."""
    for name, count in (("east", "年40回"), ("west", "年40回"), ("south", "年20回")):
        sharing(folder, name, count)
    done = solve(folder, "-o", tmp_path / "out", "--lang", "en")
    assert done.returncode == 3, done.stderr
    assert ".yaml cannot be held beside all the plans that share hall" in done.stderr
    (none,) = [row.split()[0] for row in done.stdout.splitlines() if "infeasible together with" in row]
    written = {f"{one.name}.yaml" for one in (tmp_path / "out").iterdir() if one.is_dir()}
    assert written | {none} == {"east.yaml", "south.yaml", "west.yaml"}
    assert none not in written


def test_a_hint_repeats_the_scenarios_of_the_command(folder: Path, tmp_path: Path) -> None:
    """Without them, another plan would be explained: this one can be held."""
    path, much = plan(folder, "good"), tmp_path / "much more.yaml"
    change = "{do: frequency, programme: a, frequency: 年400回, why: 試し}"
    much.write_text(f"schema: 1\nid: much\ntitle: 増\nwhy: 試し\nchanges: [{change}]\n", encoding="utf-8")
    done = solve(path, "-o", tmp_path / "out", "-s", much, "--lang", "en")
    assert done.returncode == 3, done.stderr
    assert f"ksolve explain {path} -s '{much}'" in done.stdout
    check_ = [sys.executable, "-m", "ksolve", "check", str(path), "-s", str(much), "--lang", "en"]
    held = subprocess.run(check_, capture_output=True, text=True, check=False)
    assert held.returncode == 3
    assert f"ksolve explain {path} -s '{much}'" in held.stdout


@pytest.mark.parametrize("command", [["diff", "S", "S"], ["table", "P", "S"], ["deadlines", "P", "S"]])
def test_an_ending_that_cannot_be_written_is_refused(
    command: list[str], folder: Path, tmp_path: Path
) -> None:
    path, schedule = plan(folder, "good"), tmp_path / "s.csv"
    schedule.write_text("name,date,start\n教室,2024-04-02,10:00\n", encoding="utf-8")
    given = [{"P": str(path), "S": str(schedule)}.get(word, word) for word in command]
    out = tmp_path / "t.docx"
    done = subprocess.run(
        [sys.executable, "-m", "ksolve", *given, "-o", str(out)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, out.exists()) == (2, False)
    assert "「.docx」の形式では書けません" in done.stderr


def test_a_scenario_about_one_plan_of_a_folder_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    """West has no such class: it is solved without the scenario, and its record names none."""
    plans, more = tmp_path / "plans", tmp_path / "more.yaml"
    for name in ("east", "west"):
        folders.plan(plans, name)
    change = "{do: frequency, programme: of-east, frequency: 年3回, why: 試し}"
    more.write_text(f"schema: 1\nid: more\ntitle: 増\nwhy: 試し\nchanges: [{change}]\n", encoding="utf-8")
    done = solve(plans, "-o", tmp_path / "out", "-s", more, "--format", "json", "--formats", "csv")
    assert done.returncode == 0, done.stderr
    told = {Path(one["plan"]).stem: one["answer"]["sessions"] for one in json.loads(done.stdout)["plans"]}
    assert told == {"east": 3, "west": 2}
    named = {
        name: json.loads((tmp_path / "out" / name / "manifest.json").read_text(encoding="utf-8"))["scenarios"]
        for name in told
    }
    assert named == {"east": [str(more)], "west": []}
