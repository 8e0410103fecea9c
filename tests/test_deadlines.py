"""What is due before the sessions: the dates were looked up in the calendar of 2025."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import icalendar
import pytest
from openpyxl import load_workbook

from ksolve.api import prepare
from ksolve.errors import PlanError
from ksolve.plan.lead_times import parse_lead
from ksolve.problem.schedule import Schedule, Session
from ksolve.report.deadlines import deadlines, early_findings
from running import ksolve
from tiny import write_plan


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2か月前の25日", "2025-06-25"),
        ("3か月前の1日", "2025-05-01"),
        ("前月の末日", "2025-07-31"),
        ("前月20日", "2025-07-20"),
        ("6ヶ月前", "2025-02-28"),
        ("当月の1日", "2025-08-01"),
        ("14日前", "2025-08-17"),
        ("２週間前まで", "2025-08-17"),
        ("前日", "2025-08-30"),
    ],
)
def test_a_lead_time_names_the_day_before_31_august(text: str, due: str) -> None:
    assert parse_lead(text).before(date(2025, 8, 31)).isoformat() == due


@pytest.mark.parametrize("text", [" ", "25日", "2か月前の32日", "随時", "2か月後"])
def test_what_is_no_lead_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        parse_lead(text)


PROGRAMMES = [
    {"id": "talk", "name": "講演会", "frequency": "年2回", "session": "hall", "tags": ["広報"]},
    {"id": "club", "name": "教室", "frequency": "年1回", "session": "hour"},
]
SESSIONS = [
    {"id": "hour", "minutes": "60", "starts": ["10:00"]},
    {"id": "hall", "minutes": "60", "starts": ["10:00"], "rooms": ["hall"]},
]


def _plan(folder: Path, leads: list[dict[str, str]]) -> Path:
    centre = {
        "rooms": [{"id": "hall", "name": "市民ホール"}],
        "sessions": SESSIONS,
        "lead_times": leads,
    }
    return write_plan(folder, {"year": "令和7年度", "programmes": PROGRAMMES, "centre": centre})


LEADS = [
    {"what": "広報の原稿", "due": "2か月前の25日", "tags": "広報"},
    {"what": "会場予約", "due": "3か月前の1日", "rooms": "hall", "on_closed": "after"},
    {"what": "看板", "due": "前日", "programmes": "club"},
]


def _held(*days: str) -> Schedule:
    talks = [
        Session("talk", n, date.fromisoformat(day), 600, 60, ("市民ホール",)) for n, day in enumerate(days, 1)
    ]
    return Schedule.of([*talks, Session("club", 1, date(2025, 11, 4), 600, 60)])


def test_deadlines_come_by_date_and_move_from_closed_days(tmp_path: Path) -> None:
    """For 11 and 13 November the copy is due on Thursday 25 September, for both at once.

    The hall is due on Friday 1 August. The sign for Tuesday 4 November would be due on a holiday: it is
    due on Friday 31 October.
    """
    case = prepare(_plan(tmp_path, LEADS))
    found = deadlines(case.plan, case.problem, _held("2025-11-11", "2025-11-13"))
    assert [(one.day.isoformat(), one.lead.what, one.who, len(one.sessions)) for one in found] == [
        ("2025-08-01", "会場予約", "講演会", 2),
        ("2025-09-25", "広報の原稿", "講演会", 2),
        ("2025-10-31", "看板", "教室", 1),
    ]
    assert found[2].note.ja == "2025-11-03(月) が休みのため"
    assert list(early_findings(found)) == []


def test_what_is_due_before_the_year_begins_is_a_finding(tmp_path: Path) -> None:
    """For 15 April 2025: the copy on Tuesday 25 February, the hall on Wednesday 1 January as 2025 begins."""
    case = prepare(_plan(tmp_path, LEADS))
    found = deadlines(case.plan, case.problem, _held("2025-04-15", "2025-11-11"))
    early = [(one.day.isoformat(), one.lead.what) for one in found if one.is_early]
    assert early == [("2025-01-01", "会場予約"), ("2025-02-25", "広報の原稿")]
    warned = list(early_findings(found))
    assert [finding.rule for finding in warned] == ["deadline-before-year"] * 2
    assert all(finding.place and finding.place.line for finding in warned)


def test_reports_and_the_command_write_lists_and_a_calendar(tmp_path: Path) -> None:
    plan = _plan(tmp_path, LEADS)
    out = tmp_path / "out"
    solved = ksolve("solve", plan, "-o", out)
    assert solved.returncode == 0, solved.stderr
    csv = (out / "deadlines.csv").read_text(encoding="utf-8-sig").splitlines()
    assert csv[0] == "締切,曜日,すること,事業,回,決まり,備考"
    assert "締切一覧" in load_workbook(out / "schedule.xlsx").sheetnames
    events = icalendar.Calendar.from_ical((out / "deadlines.ics").read_bytes()).walk("VEVENT")
    assert len(events) == len(csv) - 1
    assert all(event["dtstart"].params["VALUE"] == "DATE" for event in events)
    assert len({str(event["uid"]) for event in events}) == len(events)
    shown = ksolve("deadlines", plan, out / "schedule.csv", "--format", "markdown", "--lang", "en")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.splitlines()[0].startswith("| due | weekday | what |")
    none = ksolve("deadlines", _plan(tmp_path, []), out / "schedule.csv")
    assert none.returncode == 2
    assert "lead_times" in none.stderr


def _versions(path: Path) -> dict[str, tuple[int, str, str]]:
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {
        str(one["uid"]): (int(str(one["sequence"])), str(one.decoded("dtstart")), str(one.get("status", "")))
        for one in events
    }


def test_deadlines_that_move_rise_and_those_that_are_gone_are_cancelled(tmp_path: Path) -> None:
    """The sign of the class on 4 November is due on 31 October, that of 18 November on Monday the 17th."""
    plan, first, then = _plan(tmp_path, LEADS[1:]), tmp_path / "first", tmp_path / "then"
    held = tmp_path / "held.csv"
    lines = "talk,2025-11-11,10:00\ntalk,2025-12-11,10:00\nclub,2025-11-04,10:00\n"
    held.write_text(f"series,date,start\n{lines}", encoding="utf-8")
    drawn = ksolve("report", plan, held, "--formats", "csv", "--formats", "ics", "-o", first)
    assert drawn.returncode == 0, drawn.stderr
    assert {path.name for path in first.iterdir()} == {
        "schedule.csv",
        "deadlines.csv",
        "schedule.ics",
        "deadlines.ics",
    }
    before = _versions(first / "deadlines.ics")
    assert {version for version, _, _ in before.values()} == {0}
    wishes = ("--move", "教室#1=11/18", "--drop", "講演会#2")
    done = ksolve("revise", plan, first / "schedule.csv", *wishes, "-o", then)
    assert done.returncode == 0, done.stderr
    after = _versions(then / "deadlines.ics")
    sign, gone = (next(uid for uid, one in before.items() if one[1] == day) for day in _DUE)
    assert after[sign] == (1, "2025-11-17", "")
    assert after[gone] == (1, "2025-09-01", "CANCELLED")
    assert {uid: after[uid] for uid in before if uid not in (sign, gone)} == {
        uid: one for uid, one in before.items() if uid not in (sign, gone)
    }
    new = then / "new.ics"
    short = ksolve("deadlines", plan, then / "schedule.csv", "-o", new)
    assert short.returncode == 1  # the plan still asks for what was dropped
    assert gone not in _versions(new)
    again = ksolve(
        "deadlines", plan, then / "schedule.csv", "-o", new, "--force", "--previous", then / "deadlines.ics"
    )
    assert again.returncode == 1, again.stderr
    assert _versions(new) == after


_DUE = ("2025-10-31", "2025-09-01")
"""The sign for 4 November; the hall for 11 December: a Monday."""


def test_what_is_wrong_with_a_lead_time_is_told_with_its_place(tmp_path: Path) -> None:
    wrong = [{"what": "原稿", "due": "早めに"}, {"what": "会場", "due": "前日", "rooms": "hal"}]
    with pytest.raises(PlanError) as raised:
        prepare(_plan(tmp_path, wrong))
    assert {found.rule for found in raised.value.findings} == {"wrong-value", "unknown-room"}
    assert all(found.place and found.place.line for found in raised.value.findings)
