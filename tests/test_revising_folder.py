"""revise of a folder: what is asked of one plan is done beside the others, which stay as they are."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from folders import ksolve, plan, schedule
from ksolve.cli.machine import schema_of

CLOSED = """
schema: 1
id: repair
title: ホール工事
why: 工事
changes:
  - {do: close_room, room: hall, days: 4/8, why: 工事}
"""


def times(out: Path, name: str) -> list[str]:
    """Return when a plan's sessions are, from the file that was written."""
    rows = (out / name / "schedule.csv").read_text(encoding="utf-8-sig").splitlines()
    at = [rows[0].split(",").index(key) for key in ("date", "start")]
    return sorted(" ".join(row.split(",")[n] for n in at) for row in rows[1:])


def folder(tmp_path: Path) -> tuple[Path, Path]:
    plans, out = tmp_path / "plans", tmp_path / "out"
    for name in ("east", "west"):
        plan(plans, name)
    schedule(out, "east", "2024-04-01 10:00", "2024-04-08 10:00")
    schedule(out, "west", "2024-04-01 11:00", "2024-04-08 11:00")
    (out / "west" / "notes.txt").write_text("手書き", encoding="utf-8")
    return plans, out


def test_what_is_wished_of_one_plan_is_done_beside_the_other(tmp_path: Path) -> None:
    """East's first goes to the 15th at ten; west stays to the byte, with all that lies beside it."""
    plans, out = folder(tmp_path)
    new = tmp_path / "new"
    done = ksolve(
        "revise", plans, out, "-o", new, "--move", "eastの教室#1=4/15 10:00", "-q", "--limit", "120"
    )
    assert done.returncode == 0, done.stderr
    assert times(new, "east") == ["2024-04-08 10:00", "2024-04-15 10:00"]
    for file in ("schedule.csv", "notes.txt"):
        assert (new / "west" / file).read_bytes() == (out / "west" / file).read_bytes()
    rows = [line.split() for line in done.stdout.splitlines()[-2:]]
    assert rows[0][0] == "east.yaml"
    assert rows[1][:4] == ["west.yaml", "as", "it", "was"]
    assert (new / "east" / "changes.csv").is_file()
    assert ksolve("check", plans, new).returncode == 0


def test_a_wish_for_a_hall_that_another_plan_has_is_not_met(tmp_path: Path) -> None:
    """At eleven on 8 April west is there, and nothing asks it to leave. Nothing is written."""
    plans, out = folder(tmp_path)
    done = ksolve("revise", plans, out, "-o", tmp_path / "new", "--move", "eastの教室#1=4/8 11:00", "-q")
    assert done.returncode == 2, done.stderr
    assert "11:00" in done.stderr
    assert not (tmp_path / "new").exists()


def test_one_leaves_a_place_that_another_wishes_for(tmp_path: Path) -> None:
    """East comes first, and finds west in its place; once west has left, it has the place. South stays."""
    plans, out = folder(tmp_path)
    plan(plans, "south", 1)
    schedule(out, "south", "2024-04-22 10:00")
    new = tmp_path / "new"
    wishes = ("--move", "eastの教室#2=4/8 11:00", "--move", "west/westの教室#2=4/15 10:00")
    done = ksolve("revise", plans, out, "-o", new, *wishes, "-q", "--limit", "120", "--format", "json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert [error.message for error in Draft202012Validator(schema_of("folder")).iter_errors(told)] == []
    east, south, west = told["plans"]
    assert [one["answer"]["changes"][0]["after"]["date"] for one in (east, west)] == [
        "2024-04-08",
        "2024-04-15",
    ]
    assert (south["status"], south["schedule"], south["answer"]) == (0, str(new / "south"), None)
    assert times(new, "east") == ["2024-04-01 10:00", "2024-04-08 11:00"]
    assert times(new, "west") == ["2024-04-01 11:00", "2024-04-15 10:00"]


def test_two_swap_places_where_each_is_in_the_other_s(tmp_path: Path) -> None:
    """East is there on 8 April at ten and west at eleven. Neither can go before the other has left."""
    plans, out = folder(tmp_path)
    new = tmp_path / "new"
    wishes = ("--move", "eastの教室#2=4/8 11:00", "--move", "west/westの教室#2=4/8 10:00")
    done = ksolve("revise", plans, out, "-o", new, *wishes, "-q", "--limit", "120", "--formats", "csv")
    assert done.returncode == 0, done.stdout + done.stderr
    assert times(new, "east") == ["2024-04-01 10:00", "2024-04-08 11:00"]
    assert times(new, "west") == ["2024-04-01 11:00", "2024-04-08 10:00"]
    both = ("--move", "eastの教室#1=4/15 10:00", "--move", "westの教室#1=4/15 10:00")
    none = ksolve("revise", plans, out, "-o", tmp_path / "no", *both, "-q", "--format", "json")
    assert none.returncode == 3, none.stderr
    east, west = json.loads(none.stdout)["plans"]
    assert {east["status"], west["status"]} == {0, 3}


def test_a_revision_that_exceeds_a_limit_over_all_plans_is_said(tmp_path: Path) -> None:
    """West allows three a month in the hall. East has two in April, one of west's comes back from May."""
    plans, out = folder(tmp_path)
    rule = "rules: [{rule: most_use, of: hall, sessions: 3, per: month}]\n"
    (plans / "west.yaml").write_text(
        (plans / "west.yaml").read_text(encoding="utf-8") + rule, encoding="utf-8"
    )
    west = out / "west" / "schedule.csv"
    west.write_text(west.read_text(encoding="utf-8").replace("2024-04-08", "2024-05-13"), encoding="utf-8")
    new = tmp_path / "new"
    done = ksolve(
        "revise", plans, out, "-o", new, "--move", "westの教室#2=4/15 10:00", "-q", "--formats", "csv"
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "east 2、west 2" in done.stdout
    checked = ksolve("check", plans, new)
    assert checked.returncode == 1
    assert "error[most_use]" in checked.stdout


def test_a_scenario_of_what_is_shared_is_about_all_that_use_it(tmp_path: Path) -> None:
    """Both are in the hall on 8 April, which is closed: each moves one session, to different moments."""
    plans, out = folder(tmp_path)
    repair, new = tmp_path / "repair.yaml", tmp_path / "new"
    repair.write_text(CLOSED, encoding="utf-8")
    done = ksolve("revise", plans, out, "-o", new, "-s", repair, "-q", "--limit", "120")
    assert done.returncode == 0, done.stdout + done.stderr
    both = times(new, "east") + times(new, "west")
    assert len(set(both)) == 4
    assert not [one for one in both if one.startswith("2024-04-08")]
    assert {"2024-04-01 10:00", "2024-04-01 11:00"} <= set(both)
    assert ksolve("check", plans, new, "-s", repair).returncode == 0


def test_a_wish_and_a_scenario_about_no_plan_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    plans, out = folder(tmp_path)
    other = tmp_path / "other.yaml"
    other.write_text(CLOSED.replace("room: hall", "room: hal"), encoding="utf-8")
    new = tmp_path / "new"
    unknown = ksolve("revise", plans, out, "-o", new, "--move", "eatsの教室#1=4/15 10:00")
    assert (unknown.returncode, new.exists()) == (2, False)
    assert "near: eastの教室" in unknown.stderr
    nothing = ksolve("revise", plans, out, "-o", new, "-s", other)
    assert (nothing.returncode, new.exists()) == (2, False)
    assert f"{other}:7:" in nothing.stderr
    assert "about no plan of the folder" in nothing.stderr


def test_a_scenario_may_let_two_plans_swap_places(tmp_path: Path) -> None:
    """East may not be there at ten on 8 April, nor west at eleven, and neither on any later Monday."""
    plans, out = folder(tmp_path)
    swap, made = tmp_path / "swap.yaml", tmp_path / "made"
    off = "{do: rules, rules: [{rule: off_dates, days: [%s], start: '%s', programmes: %s}], why: 交換}"
    changes = [
        off % ("4/8", "10:00", "of-east"),
        off % ("4/8", "11:00", "of-west"),
        *(off % ("4/15〜3/31", at, who) for at in ("10:00", "11:00") for who in ("of-east", "of-west")),
    ]
    text = f"schema: 1\nid: swap\ntitle: 交換\nwhy: 試し\nchanges: [{', '.join(changes)}]\n"
    swap.write_text(text, encoding="utf-8")
    done = ksolve("whatif", plans, swap, "--base", out, "-o", made, "-q", "--limit", "60")
    assert done.returncode == 0, done.stdout + done.stderr
    assert times(made / "swap", "east") == ["2024-04-01 10:00", "2024-04-08 11:00"]
    assert times(made / "swap", "west") == ["2024-04-01 11:00", "2024-04-08 10:00"]


def test_a_scenario_is_compared_for_the_plans_that_it_is_about(tmp_path: Path) -> None:
    """East alone has the class that is held once more; the hall is closed for both on 8 April."""
    plans, out = folder(tmp_path)
    repair, more, made = tmp_path / "repair.yaml", tmp_path / "more.yaml", tmp_path / "made"
    repair.write_text(CLOSED, encoding="utf-8")
    change = "{do: frequency, programme: of-east, frequency: 年3回, why: 試し}"
    more.write_text(f"schema: 1\nid: more\ntitle: 増\nwhy: 試し\nchanges: [{change}]\n", encoding="utf-8")
    arguments = (repair, more, tmp_path / "none.yaml", "--base", out, "-o", made, "-q", "--limit", "120")
    done = ksolve("whatif", plans, *arguments, "--format", "json")
    assert done.returncode == 2, done.stderr  # of three scenarios, one is not there
    assert "none.yaml" in done.stderr
    of = {Path(one["plan"]).stem: one["answer"]["outcomes"] for one in json.loads(done.stdout)["plans"]}
    told = {name: [(one["id"], one["moved"], one["added"]) for one in of[name]] for name in of}
    assert told == {
        "east": [(None, None, None), ("repair", 1, 0), ("more", 0, 1)],
        "west": [(None, None, None), ("repair", 1, 0)],
    }
    both = times(made / "repair", "east") + times(made / "repair", "west")
    assert len(set(both)) == 4
    assert len((made / "whatif.csv").read_text(encoding="utf-8-sig").splitlines()) == 6
    assert not (made / "more" / "west").exists()


def test_a_room_of_ones_own_by_the_name_of_a_shared_one_is_another(tmp_path: Path) -> None:
    """South has a hall of its own, and is there at all moments at which the others are in theirs."""
    plans, out = folder(tmp_path)
    path = plan(plans, "south", 2)
    text = path.read_text(encoding="utf-8").replace("  shares: hall\n", "").replace("id: hall", "id: own")
    path.write_text(text.replace("rooms: hall", "rooms: own"), encoding="utf-8")
    schedule(out, "south", "2024-04-01 10:00", "2024-04-08 10:00")
    assert ksolve("check", plans, out).returncode == 0
    new = tmp_path / "new"
    done = ksolve(
        "revise", plans, out, "-o", new, "--move", "southの教室#1=4/1 11:00", "-q", "--formats", "csv"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert times(new, "south") == ["2024-04-01 11:00", "2024-04-08 10:00"]


def test_the_turnaround_of_a_shared_room_is_kept_between_plans(tmp_path: Path) -> None:
    """An hour is needed between two sessions, so nobody is there at eleven where another was at ten."""
    plans, out, new = tmp_path / "plans", tmp_path / "out", tmp_path / "new"
    for name in ("east", "west"):
        path = plan(plans, name, 1)
        text = path.read_text(encoding="utf-8").replace("name: ホール}", "name: ホール, turnaround: 60}")
        path.write_text(text, encoding="utf-8")
    schedule(out, "east", "2024-04-01 10:00")
    west = schedule(out, "west", "2024-04-01 11:00")
    told = ksolve("check", plans, out)
    assert told.returncode == 1, told.stderr
    assert "error[turnaround]" in told.stdout
    west.write_text(west.read_text(encoding="utf-8").replace("04-01,11", "04-08,11"), encoding="utf-8")
    beside = ksolve("revise", plans, out, "-o", new, "--move", "westの教室#1=4/1 11:00", "-q")
    assert (beside.returncode, new.exists()) == (2, False)
