"""check of a folder: each plan with its schedule, and that no two are in a shared hall at once."""

from __future__ import annotations

import json
from pathlib import Path

from folders import ksolve, plan, schedule


def test_schedules_that_hold_alone_may_not_be_in_a_shared_hall_together(tmp_path: Path) -> None:
    """East and west are both there on 8 April at ten; each keeps the rules of its own plan."""
    plans, out = tmp_path / "plans", tmp_path / "out"
    for name in ("east", "west"):
        plan(plans, name)
    schedule(out, "east", "2024-04-01 10:00", "2024-04-08 10:00")
    west = schedule(out, "west", "2024-04-01 11:00", "2024-04-08 10:00")
    done = ksolve("check", plans, out)
    assert done.returncode == 1, done.stderr
    (found,) = [line for line in done.stdout.splitlines() if "shared-twice" in line]
    assert found.startswith(f"{west}:3: error[shared-twice]: eastの教室 #2 2024-04-08(Mon) 10:00 of east and")
    assert found.endswith(f"[{out / 'east' / 'schedule.csv'}:3]")
    assert [row.split()[:4] for row in done.stdout.splitlines()[2:4]] == [
        ["east.yaml", "2", "0", "kept"],
        ["west.yaml", "2", "0", "kept"],
    ]
    ignored = ksolve("check", plans, out, "--ignore", "shared-twice")
    assert ignored.returncode == 0


def test_a_hall_that_no_file_names_is_taken_by_one_of_them_only(tmp_path: Path) -> None:
    """At one moment two are too many for one hall; one after the other they are not."""
    plans = tmp_path / "plans"
    for name in ("east", "west"):
        plan(plans, name)
        schedule(tmp_path / "good", name, "2024-04-01 10:00", "2024-04-08 10:00", room="")
        schedule(tmp_path / "bad", name, "2024-04-01 10:00", "2024-04-08 10:00", room="")
    file = tmp_path / "good" / "west" / "schedule.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("10:00", "11:00"), encoding="utf-8")
    assert ksolve("check", plans, tmp_path / "good").returncode == 0
    bad = ksolve("check", plans, tmp_path / "bad")
    assert (bad.returncode, bad.stdout.count("shared-twice")) == (1, 2)


def test_a_torn_plan_and_a_missing_schedule_cost_no_other(tmp_path: Path) -> None:
    """The worst of all is the exit status; what no plan asks for is said."""
    plans, out, told = tmp_path / "plans", tmp_path / "out", tmp_path / "told.json"
    for name in ("east", "west"):
        plan(plans, name)
    (plans / "torn.yaml").write_text("programmes: [", encoding="utf-8")
    schedule(out, "east", "2024-04-01 10:00", "2024-04-08 10:00")
    schedule(out, "north", "2024-04-01 10:00")
    done = ksolve("check", plans, out, "--format", "json", "-o", told)
    assert done.returncode == 2, done.stderr
    answer = json.loads(told.read_text(encoding="utf-8"))
    assert (answer["schema"], answer["status"]) == ("ksolve-folder-1", 2)
    states = {Path(one["plan"]).name: one["status"] for one in answer["plans"]}
    assert states == {"torn.yaml": 2, "east.yaml": 0, "west.yaml": 2}
    assert {one["rule"] for one in answer["findings"]} == {"yaml-syntax", "schedule-without-plan"}
    (west,) = [one["answer"]["findings"] for one in answer["plans"] if one["plan"].endswith("west.yaml")]
    assert west[0]["file"] == str(out / "west" / "schedule.csv")


def test_plans_that_cannot_be_held_together_are_proven_so_by_another_name(tmp_path: Path) -> None:
    """43 open Mondays have 86 places, for three times 30; each alone has enough. One wants 400 for itself."""
    plans = tmp_path / "plans"
    for name in ("east", "south", "west"):
        plan(plans, name, 30)
    plan(plans, "much", 400)
    done = ksolve("check", plans, "--limit", "60", "-q")
    assert done.returncode == 3, done.stderr
    (said,) = [line for line in done.stdout.splitlines() if "beside all the plans that share hall" in line]
    rows = [line.split()[0] for line in done.stdout.splitlines() if "cannot be held (proven)" in line]
    assert len(rows) == 2
    assert "much.yaml" in rows
    assert said.split(": ")[2].split()[0] in rows


def test_a_folder_is_checked_against_a_folder(tmp_path: Path) -> None:
    plan(tmp_path / "plans", "east")
    file = schedule(tmp_path, "east", "2024-04-01 10:00")
    done = ksolve("check", tmp_path / "plans", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no-folder" in done.stderr


def test_what_was_known_of_a_folder_is_not_counted_again(tmp_path: Path) -> None:
    """A clash between the plans, and a session that is lacking in one of them."""
    plans, out, known = tmp_path / "plans", tmp_path / "out", tmp_path / "known.json"
    for name in ("east", "west"):
        plan(plans, name)
    schedule(out, "east", "2024-04-01 10:00", "2024-04-08 10:00")
    schedule(out, "west", "2024-04-08 10:00")
    assert ksolve("check", plans, out, "--format", "json", "-o", known).returncode == 1
    again = ksolve("check", plans, out, "--baseline", known)
    assert again.returncode == 0, again.stdout
