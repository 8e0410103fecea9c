"""Schedules that others wrote: municipal event lists, books, calendars; names, and what a file leaves out."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from openpyxl import Workbook

from conftest import SMALL
from ksolve.api import Prepared, prepare
from ksolve.checker import check
from ksolve.errors import PlanError
from ksolve.findings import Finding
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.schedules import read_schedule
from running import ksolve

DAYS = [date(2024 + (month < 4), month, 1) for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
DAYS = [day + timedelta(days=(2 - day.weekday()) % 7 + (7 if day.month == 1 else 0)) for day in DAYS]
TWO_ROOMS = """
schema: 1
id: two
title: 二部屋
year: 令和6年度
resources:
  calendar: {open: {月-金: 9:00-17:00}}
  rooms: [{id: room, name: 部屋, count: 2}]
  staff: [{id: nurse, name: 保健師, count: 2, weekly: {月-金: 9:00-17:00}}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00", "13:30"], rooms: room, staff: {nurse: 1}}]
programmes:
  - {id: a, name: 工作教室, frequency: 年2回×2グループ, session: hour}
  - {id: b, name: おはなし会, frequency: 年2回, session: hour}
"""


@pytest.fixture
def case(small: Path) -> Prepared:
    return prepare(small)


@pytest.fixture
def two(tmp_path: Path) -> Prepared:
    path = tmp_path / "two.yaml"
    path.write_text(TWO_ROOMS, encoding="utf-8")
    return prepare(path)


def _write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def _found(problem: Problem, path: Path, **options: Any) -> tuple[Schedule, tuple[Finding, ...]]:
    schedule = read_schedule(path, problem, **options)
    return schedule, check(problem, schedule, str(path))


def _rules(found: Sequence[Finding]) -> list[str]:
    return [one.rule for one in found]


def _refused(problem: Problem, path: Path, **options: Any) -> str:
    with pytest.raises(PlanError) as caught:
        read_schedule(path, problem, **options)
    return "\n".join(found.line("ja") for found in caught.value.findings)


# --- municipal event lists ------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_an_event_list_of_a_municipality_is_checked_as_it_is(
    case: Prepared, tmp_path: Path, encoding: str
) -> None:
    rows = [
        f"132101,{n},東京都,,健診,{day},{day},10:00,11:00,保健センター,部屋,," for n, day in enumerate(DAYS)
    ]
    header = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,開始日,終了日,"
    header += "開始時間,終了時間,主催者,場所名称,定員,備考"
    path = _write(tmp_path / "events.csv", header, *rows, encoding=encoding)
    schedule, found = _found(case.problem, path)
    assert len(schedule.sessions) == 12
    assert found == ()
    assert [note.ja for note in schedule.notes] == [
        "予定に書かれていない職員12人分を、重ならないように補って調べました"
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("健診,2024-04-03,2024-04-05,10:00", "何日も続く回です"),
        ("健診,4月3日(木),,10:00", "「4月3日(木)」が読めません"),
        ("健診,2024-04-03,,朝", "「朝」が読めません"),
        ("健診,,,10:00", "空です。実在する日付"),
        ("健診,2024-04-03,,", "開始時刻がありません"),
        (",2024-04-03,,10:00", "事業(または系列)が書かれていません"),
    ],
)
def test_what_cannot_be_read_has_its_place_and_a_way_out(
    two: Prepared, tmp_path: Path, line: str, words: str
) -> None:
    path = _write(tmp_path / "s.csv", "事業名,開催日,終了日,開始時刻", line.replace("健診", "おはなし会"))
    said = _refused(two.problem, path)
    assert words in said
    assert f"{path}:2:" in said


def test_times_are_read_as_people_write_them(two: Prepared, tmp_path: Path) -> None:
    path = _write(
        tmp_path / "s.csv",
        "行事名\t期日\t時間",
        "おはなし会\t令和6年5月8日(水)\t午後1時半～2時半",
        "おはなし会\t5/9\t10:00-11:00",
        "おはなし会\t2024/5/10\t１３：３０〜１４：３０",
    )
    schedule, _ = _found(two.problem, path)
    assert [(s.day.isoformat(), s.start, s.end) for s in schedule.sessions] == [
        ("2024-05-08", 810, 870),
        ("2024-05-09", 600, 660),
        ("2024-05-10", 810, 870),
    ]


def test_columns_with_names_of_their_own_are_named_by_the_user(two: Prepared, tmp_path: Path) -> None:
    path = _write(tmp_path / "s.csv", "何を,いつ,何時から", "おはなし会,2024-05-08,10:00")
    said = _refused(two.problem, path)
    assert "列「日付、事業」がありません(このファイルの列: 何を、いつ、何時から)" in said
    assert "--column" in said
    schedule, _ = _found(two.problem, path, columns=("事業=何を", "日付=いつ", "開始=何時から"))
    assert [session.series for session in schedule.sessions] == ["b"]
    assert "「どこ」" in _refused(two.problem, path, columns=("部屋=どこ", "日付=いつ", "事業=何を"))
    assert "--column の書き方ではありません" in _refused(two.problem, path, columns=("何を",))


# --- names ----------------------------------------------------------------------------------------


def test_sessions_are_known_by_the_name_of_their_programme(two: Prepared, tmp_path: Path) -> None:
    path = _write(
        tmp_path / "s.csv",
        "事業名,日付,開始",
        *(f"工作教室,2024-05-{day:02d},10:00" for day in (7, 8, 9, 10)),
        "お は な し 会,2024-05-07,13:30",
        "ｵはなし会,2024-05-08,13:30",
        "おはなし会,2024-05-09,13:30",
    )
    schedule, found = _found(two.problem, path)
    groups = [session.series for session in schedule.sessions if session.series.startswith("a")]
    assert groups == ["a-g1", "a-g2", "a-g1", "a-g2"]
    (unknown,) = found
    assert unknown.rule == "unknown-series"
    assert "ｵはなし会" in unknown.text.ja
    assert any("日付順に割り振りました" in note.ja for note in schedule.notes)


# --- what is left out -----------------------------------------------------------------------------


def test_rooms_and_staff_are_filled_in_around_those_that_are_named(two: Prepared, tmp_path: Path) -> None:
    path = _write(
        tmp_path / "s.csv",
        "系列,日付,開始,部屋,職員",
        "a-g1,2024-05-07,10:00,,",
        "a-g2,2024-05-07,10:00,部屋1,保健師2",
        "a-g1,2024-05-08,10:00,,",
        "a-g2,2024-05-08,13:30,,",
        "b,2024-05-09,10:00,,",
        "b,2024-05-10,13:30,,",
    )
    schedule, found = _found(two.problem, path)
    assert found == ()
    first = schedule.sessions[0]
    assert (first.rooms, first.staff) == (("部屋2",), ("保健師1",))
    assert "部屋5回分・職員5人分" in schedule.notes[-1].ja


def test_where_no_filling_exists_date_and_sessions_are_named(two: Prepared, tmp_path: Path) -> None:
    path = _write(
        tmp_path / "s.csv",
        "系列,日付,開始",
        "a-g1,2024-05-07,10:00",
        "a-g2,2024-05-07,10:00",
        "b,2024-05-07,10:00",
    )
    _, found = _found(two.problem, path)
    lacking = next(one for one in found if one.rule == "not-filled")
    assert "2024-05-07" in lacking.text.ja
    assert "おはなし会" in lacking.text.ja
    assert lacking.place is not None
    assert lacking.place.line == 2


def test_the_only_start_of_a_programme_need_not_be_written(case: Prepared, tmp_path: Path) -> None:
    path = _write(tmp_path / "s.csv", "事業,日付", *(f"健診,{day}" for day in DAYS))
    schedule, found = _found(case.problem, path)
    assert found == ()
    assert schedule.notes[0].ja == "開始時刻のない12回は、計画の時刻(一つだけのもの)で調べました"


# --- books ----------------------------------------------------------------------------------------


def _book(path: Path, name: str = "一覧") -> Path:
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["令和6年度の予定"])
    sheet = book.create_sheet(name)
    sheet.append(["令和6年度"])
    sheet.append(["イベント名", "開催日", "開始時間", "会場"])
    for day in DAYS:
        sheet.append(["健診", datetime.combine(day, time()), time(10), "部屋"])
    book.save(path)
    return path


def test_a_book_is_read_from_the_sheet_that_has_the_columns(case: Prepared, tmp_path: Path) -> None:
    path = _book(tmp_path / "s.xlsx")
    assert _found(case.problem, path)[1] == ()
    assert _found(case.problem, path, sheet="一覧")[1] == ()
    assert "シート「予定」がありません(あるシート: Sheet、一覧)" in _refused(case.problem, path, sheet="予定")
    assert "列「日付、事業」がありません" in _refused(case.problem, path, sheet="Sheet")
    text = _write(tmp_path / "s.csv", "事業,日付", "健診,2024-04-03")
    assert "xlsx の予定にだけ" in _refused(case.problem, text, sheet="一覧")


def test_a_place_in_a_book_names_its_sheet(case: Prepared, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("データ")
    sheet.append(["事業", "日付", "開始"])
    sheet.append(["健診", "2024-02-30", "10:00"])
    book.save(tmp_path / "s.xlsx")
    assert f"{tmp_path / 's.xlsx'}[データ]:B2: " in _refused(case.problem, tmp_path / "s.xlsx")


# --- calendars ------------------------------------------------------------------------------------


def _calendar(path: Path, **more: Any) -> Path:
    calendar = Calendar()
    calendar.add("prodid", "-//someone else//")
    calendar.add("version", "2.0")
    for n, day in enumerate(DAYS):
        event = Event()
        event.add("uid", f"{n}@example.org")
        start = datetime.combine(day, time(1), ZoneInfo("UTC"))  # 10:00 in Japan
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(hours=1))
        event.add("summary", f"健診 第{n + 1}回")
        event.add("location", "部屋")
        for key, value in more.items():
            event.add(key, value)
        calendar.add_component(event)
    path.write_bytes(calendar.to_ical())
    return path


def test_a_foreign_calendar_is_read_in_the_time_of_japan(case: Prepared, tmp_path: Path) -> None:
    schedule, found = _found(case.problem, _calendar(tmp_path / "s.ics"))
    assert found == ()
    assert [session.number for session in schedule.sessions] == list(range(1, 13))
    assert {session.start for session in schedule.sessions} == {600}
    assert schedule.sessions[0].line > 1


def test_recurring_events_are_refused_and_cancelled_ones_left_out(case: Prepared, tmp_path: Path) -> None:
    said = _refused(case.problem, _calendar(tmp_path / "s.ics", rrule={"freq": "weekly"}))
    assert "「健診 第1回」は繰り返しの予定です" in said
    schedule, _ = _found(case.problem, _calendar(tmp_path / "c.ics", status="CANCELLED"))
    assert schedule.sessions == ()


def test_the_three_files_of_a_run_are_the_same_schedule(small: Path, tmp_path: Path) -> None:
    assert ksolve("solve", small, "-o", tmp_path / "out").returncode == 0
    problem = prepare(small).problem
    written = [
        read_schedule(tmp_path / "out" / f"schedule.{kind}", problem) for kind in ("csv", "xlsx", "ics")
    ]
    shown = [[(s.id, s.day, s.start, s.end, s.rooms, s.staff) for s in one.sessions] for one in written]
    assert shown[0] == shown[1] == shown[2]
    assert not any(one.notes for one in written)


# --- the command, and files that make no sense ----------------------------------------------------


def test_check_takes_such_files_and_sums_up_in_one_line(small: Path, tmp_path: Path) -> None:
    path = _write(tmp_path / "s.csv", "講座,いつ", *(f"健診,{day}" for day in DAYS))
    done = ksolve("check", small, path, "--column", "日付=いつ")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert "違反0件。開始時刻のない12回は" in done.stdout
    done = ksolve("check", small, path)
    assert done.returncode == 2
    assert "列「日付」がありません" in done.stderr


def test_books_and_calendars_of_a_run_pass_without_ortools(small: Path, tmp_path: Path) -> None:
    assert ksolve("solve", small, "-o", tmp_path / "out").returncode == 0
    code = "import sys; sys.modules['ortools'] = None; from ksolve.cli import main; main()"
    for kind in ("xlsx", "ics"):
        path = tmp_path / "out" / f"schedule.{kind}"
        done = subprocess.run(
            [sys.executable, "-c", code, "check", str(small), str(path)], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_spoiled_books_and_calendars_are_refused_or_found_faulty_and_nothing_else(tmp_path: Path) -> None:
    small = _write(tmp_path / "small.yaml", SMALL)
    problem = prepare(small).problem
    chance = random.Random(7)  # noqa: S311 - the same spoiling each time
    files = [_book(tmp_path / "a.xlsx").read_bytes(), _calendar(tmp_path / "a.ics").read_bytes()]
    refused = 0
    for n in range(150):
        data = bytearray(files[n % 2])
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data))
            if chance.random() < 0.3:
                del data[at : at + chance.randint(1, 400)]
            else:
                data[at] = chance.randrange(256)
        path = tmp_path / "spoiled"
        path.write_bytes(bytes(data))
        try:
            check(problem, read_schedule(path, problem), str(path))
        except PlanError:
            refused += 1
    assert refused > 20


def test_a_hundred_thousand_rows_are_read(case: Prepared, tmp_path: Path) -> None:
    path = _write(
        tmp_path / "s.csv", "事業,日付,開始,部屋,職員", *["健診,2024-04-03,10:00,部屋,医師"] * 100_000
    )
    assert len(read_schedule(path, case.problem).sessions) == 100_000
