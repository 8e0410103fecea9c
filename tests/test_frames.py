"""Data frames of a schedule: nothing is counted twice, and what there is is what the centre opens."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ksolve import frames
from ksolve.api import Prepared
from ksolve.calendar import MONTHS
from ksolve.changes import changes
from ksolve.problem.schedule import Schedule, Session
from ksolve.schedules.tidy import schedule_csv
from running import ksolve
from tiny import tiny

PLAN = """
programmes:
  - {id: a, name: 甲, frequency: 年3回, session: kind}
  - {id: b, name: 乙, frequency: 年1回, session: kind, together: {with: a, sessions: 1}, public: false}
centre:
  rooms: [{id: room, name: 部屋, count: 2}]
  staff: [{id: pool, name: 職員, members: [{name: 田中, weekly: {月-金: "9:00-12:00"}}, {name: 林}]}]
  sessions:
    - {id: kind, minutes: 60, starts: ["10:00"], rooms: room, staff: {pool: 1}}
"""
# The guest b#1 is held with a#2, in its room, with its staff.
SESSIONS = (
    Session("a", 1, date(2024, 4, 2), 600, 60, ("部屋1",), ("田中",)),
    Session("a", 2, date(2024, 5, 1), 600, 60, ("部屋1",), ("田中",)),
    Session("b", 1, date(2024, 5, 1), 600, 60, ("部屋1",), ("田中",), "a#2"),
    Session("a", 3, date(2024, 5, 8), 600, 60, ("部屋2",), ("林",)),
)


@pytest.fixture
def case(tmp_path: Path) -> Prepared:
    return tiny(tmp_path, PLAN)


def test_a_guest_counts_as_a_session_and_has_no_hours_of_its_own(case: Prepared) -> None:
    schedule = Schedule.of(SESSIONS)
    table = frames.sessions(case.plan, case.problem, schedule)
    assert dict(zip(table["session"], table["hours"], strict=True)) == {
        "a#1": 1.0, "a#2": 1.0, "b#1": 0.0, "a#3": 1.0
    }  # fmt: skip
    assert list(table["public"]) == [True, True, False, True]
    by_staff = frames.loads(case.plan, case.problem, schedule, ["staff"]).set_index("staff")
    assert by_staff["sessions"].to_dict() == {"田中": 3, "林": 1}
    assert by_staff["hours"].to_dict() == {"田中": 2.0, "林": 1.0}


def test_there_are_the_hours_of_a_member_while_the_centre_is_open(case: Prepared) -> None:
    table = frames.loads(case.plan, case.problem, Schedule.of(SESSIONS), ["staff", "month"])
    of = table.set_index(["staff", "month"])["available"]
    # April 2024 has 22 weekdays, less 昭和の日 on Monday 29; Tanaka is there 3 hours, Hayashi all 8
    assert of["田中", 4] == 21 * 3
    assert of["林", 4] == 21 * 8
    # every month is there, also those without a session
    assert len(of) == 2 * 12


def test_a_pivot_sums_up_and_a_share_of_the_whole_is_no_sum_of_shares(case: Prepared) -> None:
    schedule = Schedule.of(SESSIONS)
    counts = frames.pivot(case.plan, case.problem, schedule, ["programme", "month"], "sessions")
    assert counts.loc["甲", 5] == 2
    assert counts.loc[frames.TOTAL, frames.TOTAL] == 4
    shares = frames.pivot(case.plan, case.problem, schedule, ["staff", "month"], "share")
    assert shares.loc["田中", 4] == pytest.approx(1 / 63)
    assert shares.loc[frames.TOTAL, 4] == pytest.approx(1 / (21 * 3 + 21 * 8))
    with pytest.raises(ValueError, match="there are hours of"):
        frames.pivot(case.plan, case.problem, schedule, ["staff", "programme"], "share")


def test_changes_are_a_frame_too() -> None:
    old, new = Schedule.of(SESSIONS), Schedule.of(SESSIONS[:3])
    table = frames.changes(changes(old, new), {"a": "甲"})
    assert table[["programme", "kind"]].to_numpy().tolist() == [["甲", "dropped"]]
    assert str(table["date_before"][0].date()) == "2024-05-08"
    assert table["date_after"].isna().all()


def test_the_command_counts_in_the_words_of_both_languages(case: Prepared, tmp_path: Path) -> None:
    path = tmp_path / "schedule.csv"
    path.write_bytes(schedule_csv(Schedule.of(SESSIONS), case.problem))
    plan = tmp_path / "plan.yaml"
    shown = ksolve("table", plan, path, "--by", "職員,月").stdout.splitlines()
    assert shown[0].split() == ["職員", *(f"{month}月" for month in MONTHS), "計"]
    assert shown[1].split() == ["田中", "1", "2", *["0"] * 10, "3"]
    found = ksolve("table", plan, path, "--by", "staff", "--format", "json", "--lang", "en")
    assert json.loads(found.stdout)["schema"] == 1
    assert json.loads(found.stdout)["rows"][1]["staff"] == "林"


def test_a_series_that_the_plan_does_not_have_is_not_counted_and_said(case: Prepared, tmp_path: Path) -> None:
    ghost = Session("ghost", 1, date(2024, 4, 3), 600, 60, (), ("田中",))
    schedule = Schedule.of([*SESSIONS, ghost])
    counted = frames.loads(case.plan, case.problem, schedule, ["staff"]).set_index("staff")["sessions"]
    assert counted.to_dict() == {"田中": 3, "林": 1}
    path = tmp_path / "schedule.csv"
    drawn = schedule_csv(Schedule.of(SESSIONS), case.problem)
    path.write_bytes(drawn.replace(b"b,", b"ghost,").replace(b"b#1", b"ghost#1"))
    done = ksolve("table", tmp_path / "plan.yaml", path, "--by", "職員")
    assert done.returncode == 1
    assert "ghost" in done.stderr
    assert done.stdout.splitlines()[1].split()[:2] == ["田中", "2"]


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--by", "職,月"), "「職種」"),
        (("--by", "部屋,職員"), "部屋と職員を一度に"),
        (("--by", "職員,事業", "--value", "割合"), "使える時間と割合は"),
        (("--of", "変更"), "--against に書いてください"),
    ],
)
def test_what_cannot_be_counted_is_said(options: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = ksolve("table", tmp_path / "plan.yaml", tmp_path / "none.csv", *options)
    assert done.returncode == 2
    assert said in done.stderr
