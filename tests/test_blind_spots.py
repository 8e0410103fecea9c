"""What check must not overlook: ends of events, spans beside lengths, rooms of nobody, another year."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import SMALL
from ksolve.api import prepare
from ksolve.checker import check
from ksolve.errors import PlanError
from ksolve.findings import Finding
from ksolve.problem import Problem
from ksolve.schedules import read_schedule
from running import ksolve

ONE = """
schema: 1
id: one
title: 一回
year: 令和6年度
resources:
  calendar: {open: {月-日: "0:00-24:00"}, holidays: open}
  rooms: [{id: room, name: 部屋}, {id: attic, name: 屋根裏}]
  staff: [{id: nurse, name: 保健師, members: [{name: 甲}, {name: 乙}]}]
  sessions:
    - {id: hour, minutes: 60, starts: ["10:00", "13:30", "23:00"], rooms: room}
    - {id: bare, minutes: 60, starts: ["10:00", "13:30", "23:00"]}
programmes:
  - {id: a, name: 健診, frequency: 年1回, session: hour}
  - {id: b, name: 相談, frequency: 年1回, session: bare}
"""


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    path = tmp_path / "one.yaml"
    path.write_text(ONE, encoding="utf-8")
    return prepare(path).problem


def _event(times: str, *, name: str = "健診") -> str:
    lines = ["BEGIN:VEVENT", f"UID:{name}", f"SUMMARY:{name}", *times.split(), "END:VEVENT"]
    return "\n".join([*lines, ""])


def _calendar(path: Path, *events: str, head: str = "") -> Path:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{head}{''.join(events)}END:VCALENDAR\n"
    path.write_text(text, encoding="utf-8")
    return path


OTHER = _event("DTSTART:20240613T133000 DTEND:20240613T143000", name="相談")
OWN_ZONE = """\
BEGIN:VTIMEZONE
TZID:庁舎
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
"""


def _rules(problem: Problem, path: Path) -> list[str]:
    """Return the names of what a schedule breaks, or of what keeps it from being read."""
    try:
        return [found.rule for found in _found(problem, path)]
    except PlanError as error:
        return [found.rule for found in error.findings]


def _found(problem: Problem, path: Path) -> tuple[Finding, ...]:
    return check(problem, read_schedule(path, problem), str(path))


@pytest.mark.parametrize(
    ("times", "wanted"),
    [
        ("DTSTART:20240612T100000 DTEND:20240612T110000", []),
        ("DTSTART:20240612T100000 DURATION:PT1H", []),
        ("DTSTART:20240612T010000Z DURATION:PT60M", []),  # 10:00 in Japan
        ("DTSTART;TZID=Tokyo\\ Standard\\ Time:20240612T100000 DURATION:PT1H", []),
        ("DTSTART:20240612T230000 DTEND:20240613T000000", []),  # it ends at 24:00, as ours do
        ("DTSTART:20240612T100000 DTEND:20240613T110000", ["several-days"]),
        ("DTSTART:20240612T100000 DURATION:P1DT1H", ["several-days"]),
        ("DTSTART:20240612T233000 DURATION:PT1H", ["several-days"]),
        ("DTSTART:20240612T230000 DTEND:20240614T000000", ["several-days"]),  # 24:00 of the day after
        ("DTSTART:20240612T100000 DURATION:PT3H", ["session-length"]),
        ("DTSTART:20240612T100000 DURATION:PT0.5H", ["unreadable-cell"]),
        ("DTSTART:20240612T100000 DTEND:20240612T110000 DURATION:PT1H", ["unreadable-cell"]),
        ("DTSTART:20240612T100000 DTEND:20240612T090000", ["ends-before-start"]),
        ("DTSTART:20240612T100000 DURATION:-PT1H", ["ends-before-start"]),
        ("DTSTART;VALUE=DATE:20240612 DTEND;VALUE=DATE:20240615", ["several-days", "missing-start"]),
        ("DTSTART;VALUE=DATE:20240612 DURATION:P3D", ["several-days", "missing-start"]),
        ("DTSTART;VALUE=DATE:20240612 DTEND;VALUE=DATE:20240613", ["missing-start"]),
        ("DTSTART;VALUE=DATE:20240612", ["missing-start"]),
        ("DTSTART;VALUE=DATE:20240612 DTEND;VALUE=DATE:20240612", ["ends-before-start"]),
        ("DTSTART;VALUE=DATE:20240612 DTEND:20240612T110000", ["unreadable-cell"]),
        ("DTSTART;TZID=Nowhere/Place:20240612T100000 DURATION:PT1H", ["unknown-zone"]),
        ("DTSTART:20240612T100000 DTEND;TZID=Nowhere/Place:20240612T110000", ["unknown-zone"]),
        ("DTSTART;TZID=庁舎:20240612T100000 DURATION:PT1H", ["unknown-zone"]),
    ],
)
def test_the_end_of_an_event_is_taken_at_its_word(
    times: str, wanted: list[str], problem: Problem, tmp_path: Path
) -> None:
    event = _event(times).replace("\\", " ") if "\\" in times else _event(times)
    event = event.replace("Tokyo \nStandard \nTime", "Tokyo Standard Time")
    assert sorted(_rules(problem, _calendar(tmp_path / "s.ics", event, OTHER))) == sorted(wanted)


def test_a_zone_that_the_calendar_itself_defines_is_known(problem: Problem, tmp_path: Path) -> None:
    event = _event("DTSTART;TZID=庁舎:20240612T100000 DURATION:PT1H")
    assert _rules(problem, _calendar(tmp_path / "s.ics", event, OTHER, head=OWN_ZONE)) == []


def test_our_own_session_that_ends_at_midnight_passes_our_own_check(tmp_path: Path) -> None:
    plan = tmp_path / "night.yaml"
    plan.write_text(ONE.replace('"10:00", "13:30", ', ""), encoding="utf-8")
    assert ksolve("solve", plan, "-o", tmp_path / "out").returncode == 0
    for kind in ("csv", "xlsx", "ics"):
        done = ksolve("check", plan, tmp_path / "out" / f"schedule.{kind}")
        assert (done.returncode, done.stdout.count("違反0件")) == (0, 1), done.stdout


HEAD = "事業,日付,開始,終了,分,部屋\n相談,2024-06-13,13:30,14:30,60,\n"


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("健診,2024-06-12,10:00～11:00,,60,部屋", []),
        ("健診,2024-06-12,10:00～11:00,11:00,,部屋", []),
        ("健診,2024-06-12,10:00～13:00,,60,部屋", ["contradicting-cell:3:3"]),
        ("健診,2024-06-12,10:00～13:00,11:00,,部屋", ["contradicting-cell:3:3"]),
        ("健診,2024-06-12,10:00～9:00,,,部屋", ["contradicting-cell:3:3"]),
        ("健診,2024-06-12,10:00～10:00,,,部屋", ["contradicting-cell:3:3"]),
        ("健診,2024-06-12,10:00,9:00,,部屋", ["contradicting-cell:3:4"]),
        ("健診,2024-06-12,10:00～13:00,,,部屋", ["session-length"]),
    ],
)
def test_a_span_in_the_start_is_held_against_the_end_and_the_minutes(
    row: str, wanted: list[str], problem: Problem, tmp_path: Path
) -> None:
    path = tmp_path / "s.csv"
    path.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    shown = [
        f"{one.rule}:{one.place.line}:{one.place.column}"
        if one.place and one.place.file == str(path)
        else one.rule
        for one in _found(problem, path)
    ]
    assert shown == wanted


@pytest.mark.parametrize(
    ("rooms", "wanted"),
    [
        (("部屋", ""), []),
        (("部屋", "屋根裏"), []),  # a further room may be booked, for the same time only once
        (("部屋", "物置"), ["needs"]),  # there is no such room
        (("部屋; 物置", ""), ["needs"]),
        (("部屋; 甲", ""), ["needs"]),  # a member of staff is no room
        (("物置", ""), ["needs"]),
        (("部屋; 屋根裏", "屋根裏"), ["capacity"]),  # a room that no programme uses is in two places
        (("部屋; 屋根裏", "屋根裏; 物置"), ["needs", "capacity"]),
    ],
)
def test_every_room_that_a_session_names_is_there_and_is_in_one_place(
    rooms: tuple[str, str], wanted: list[str], problem: Problem, tmp_path: Path
) -> None:
    path = tmp_path / "s.csv"
    rows = [f"{name},2024-06-12,10:00,{room}" for name, room in zip(("健診", "相談"), rooms, strict=True)]
    path.write_text("\n".join(["事業,日付,開始,部屋", *rows, ""]), encoding="utf-8")
    assert _rules(problem, path) == wanted


def test_a_member_of_a_pool_that_no_programme_uses_is_in_one_place(problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    rows = "健診,2024-06-12,10:00,部屋,甲\n相談,2024-06-12,10:00,,甲; 乙\n"
    path.write_text(f"事業,日付,開始,部屋,職員\n{rows}", encoding="utf-8")
    assert _rules(problem, path) == ["capacity"]


def test_a_session_of_another_year_is_not_counted(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(SMALL, encoding="utf-8")
    # the second Wednesdays of a month from April 2024 on; the last is that of March 2024
    firsts = [date(2024 + (n > 8), (n + 3) % 12 + 1, 1) for n in range(11)] + [date(2024, 3, 1)]
    days = [first + timedelta(7 + (2 - first.weekday()) % 7) for first in firsts]
    schedule = tmp_path / "s.csv"
    schedule.write_text("\n".join(["事業,日付,開始", *(f"健診,{day},10:00" for day in days), ""]), "utf-8")
    assert ksolve("check", plan, schedule, "--select", "opening").returncode == 1
    done = ksolve("check", plan, schedule, "--select", "count", "--lang", "en")
    assert done.returncode == 1
    assert "0 sessions from 2025-03-01 to 2025-03-31" in done.stdout


def test_a_bare_number_of_excel_is_its_date_and_its_time(problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    # Excel shows 45455 as 2024-06-12; 0.4375 of a day is 10:30, 5/12 of one is 10:00
    rows = "健診,45455,0.416666666666667,部屋\n相談,2024-06-13,13:30,\n"
    path.write_text(f"事業,日付,開始,部屋\n{rows}", encoding="utf-8")
    schedule = read_schedule(path, problem)
    assert check(problem, schedule) == ()
    assert (schedule.sessions[0].day, schedule.sessions[0].start) == (date(2024, 6, 12), 600)
    assert "通し番号" in "".join(note.ja for note in schedule.notes)
    path.write_text("事業,日付,開始,部屋\n健診,45455,0.4167,部屋\n", encoding="utf-8")  # 10:00:03
    assert _rules(problem, path) == ["unreadable-cell"]


def test_events_of_two_years_have_different_uids(tmp_path: Path) -> None:
    uids = []
    for year in ("令和6年度", "令和7年度"):
        plan = tmp_path / f"{year}.yaml"
        plan.write_text(ONE.replace("令和6年度", year), encoding="utf-8")
        assert ksolve("solve", plan, "-o", tmp_path / year).returncode == 0
        text = (tmp_path / year / "schedule.ics").read_text(encoding="utf-8")
        uids.append({line for line in text.splitlines() if line.startswith("UID:")})
        assert ksolve("check", plan, tmp_path / year / "schedule.ics").returncode == 0
    assert uids[0] == {"UID:a-1.2024@one.ksolve", "UID:b-1.2024@one.ksolve"}
    assert not uids[0] & uids[1]
