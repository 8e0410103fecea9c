"""Editions: the public one has nothing in it that is not for the public, and everybody gets their own."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from ksolve.api import Prepared
from ksolve.cli.view import make_view
from ksolve.findings import Finding, Severity
from ksolve.problem.schedule import Schedule, Session
from ksolve.report import schedule_html, schedule_xlsx
from ksolve.report.editions import Kind, edition_files, make_edition
from ksolve.report.editions.book import sheet_names
from ksolve.report.editions.revealing import revealed
from ksolve.report.editions.writing import file_names
from ksolve.report.view import View
from ksolve.schedules.tidy import schedule_csv
from ksolve.text import Lang, Text
from running import everything, ksolve
from tiny import tiny

PLAN = """
programmes:
  - id: a
    name: 赤ちゃん広場
    frequency: 年2回
    session: kind
    for: 0歳児と保護者
    sign_up: 前日まで電話で
    description: ふれあい遊び
  - {id: b, name: 職員会議, frequency: 年1回, session: kind, public: false}
  - id: c
    name: 講座
    frequency: 年2回
    components:
      - {id: open, name: 父親講座, frequency: 年1回, session: kind}
      - {id: inner, name: 打合せ, frequency: 年1回, session: kind, public: false}
  - {id: s, name: 総合相談, frequency: 通年}
  - {id: t, name: ケース対応, frequency: 通年, public: false}
centre:
  rooms: [{id: room, name: "部屋/東", count: 2}]
  staff: [{id: pool, name: 相談員, members: [{name: 田中}, {name: 林}, {name: 森}]}]
  sessions: [{id: kind, minutes: 60, starts: ["10:00", "13:00"], rooms: room, staff: {pool: 1}}]
"""
SESSIONS = (
    Session("a", 1, date(2024, 4, 9), 600, 60, ("部屋/東1",), ("田中",)),
    Session("b", 1, date(2024, 4, 9), 780, 60, ("部屋/東1",), ("田中",)),
    Session("c.open", 1, date(2024, 5, 8), 600, 60, ("部屋/東2",), ("林",)),
    Session("a", 2, date(2024, 5, 14), 600, 60, ("部屋/東1",), ("林",)),
    Session("c.inner", 1, date(2024, 6, 5), 600, 60, ("部屋/東1",), ("林",)),
)
BREACH = Finding("needs", Severity.ERROR, Text("田中は職員会議にいません", "Tanaka is not there"))


@pytest.fixture
def case(tmp_path: Path) -> Prepared:
    return tiny(tmp_path, PLAN)


@pytest.fixture
def view(case: Prepared) -> View:
    return make_view(case, Schedule.of(SESSIONS), (Text("最適", "optimal"),))


def drawn(view: View, kind: Kind) -> dict[str, bytes]:
    return edition_files(make_edition(view, kind), "ja")


def test_no_byte_of_the_public_edition_tells_a_member_of_staff_or_a_closed_programme(
    koganei: Prepared,
) -> None:
    """One session of each series of the Koganei plan, all staff named in each."""
    members = [unit for r in koganei.problem.resources if r.kind == "staff" for unit in r.units]
    rooms = ("ひろば室",)
    sessions = [
        Session(one.id, 1, date(2024, 6, 3), one.starts[0], one.minutes, rooms, tuple(members))
        for one in koganei.problem.series
    ]
    view = make_view(koganei, Schedule.of(sessions), (Text("最適", "optimal"),), (BREACH,))
    secret = {*members, *(r.name for r in koganei.problem.resources if r.kind == "staff")}
    secret |= {programme.name for programme in koganei.plan.programmes if not programme.public}
    secret |= {programme.id for programme in koganei.plan.programmes if not programme.public}
    assert {"心理士", "保育士3", "代表者会議", "daihyosha"} <= secret
    files = drawn(view, Kind.PUBLIC)
    assert set(files) == {"public.html", "public.xlsx", "public.ics"}
    told = everything(files)
    assert sorted(name for name in secret if name in told) == []
    for name in ("専門相談", "ひろば事業 お楽しみの時間", "総合相談", "ひろば室"):
        assert name in told
    internal = everything(drawn(view, Kind.STAFF))  # the search does find them where they are
    names = [name for name in members if name in internal]
    assert names == members
    assert "代表者会議" in internal


def test_the_public_edition_says_when_where_for_whom_and_how_to_sign_up(view: View) -> None:
    files = drawn(view, Kind.PUBLIC)
    page = files["public.html"].decode("utf-8")
    for text in (
        "4/9(火)",
        "10:00–11:00",
        "赤ちゃん広場",
        "部屋/東1",
        "0歳児と保護者",
        "前日まで電話で",
        "ふれあい遊び",
    ):
        assert text in page
    told = everything(files)
    for name in ("職員会議", "打合せ", "ケース対応", "田中", "林", "6/5", "最適"):
        assert name not in told
    sheet = openpyxl.load_workbook(io.BytesIO(files["public.xlsx"])).worksheets[0]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [row[2] for row in rows] == ["赤ちゃん広場", "講座 父親講座", "赤ちゃん広場"]
    assert rows[0][1:7] == ("10:00–11:00", "赤ちゃん広場", 1, "部屋/東1", "0歳児と保護者", "前日まで電話で")
    events = Calendar.from_ical(files["public.ics"]).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "赤ちゃん広場 第1回", "講座 父親講座 第1回", "赤ちゃん広場 第2回"
    ]  # fmt: skip
    assert str(events[0]["description"]) == "ふれあい遊び\n対象: 0歳児と保護者\n申込: 前日まで電話で"


def test_a_citizen_reads_dates_with_their_start_and_the_days_that_depart_from_the_rhythm(view: View) -> None:
    about = {one.name: one for one in make_edition(view, Kind.PUBLIC).about}
    assert about["赤ちゃん広場"].when == Text(
        "4/9(火)、5/14(火)\u00a010:00", "Tue\u00a09\u00a0Apr, Tue\u00a014\u00a0May\u00a010:00"
    )
    assert about["赤ちゃん広場"].where == "部屋/東1"
    days = [date(2024, 4, 9), date(2024, 5, 14), date(2024, 6, 11), date(2024, 7, 9), date(2024, 8, 20)]
    rooms = ["部屋/東1", "部屋/東2", "部屋/東1", "部屋/東1", "部屋/東1"]
    held = [
        Session("a", n, day, 600, 60, (room,))
        for n, (day, room) in enumerate(zip(days, rooms, strict=True), 1)
    ]
    (often, *_) = make_edition(replace(view, schedule=Schedule.of(held)), Kind.PUBLIC).about
    assert often.when.ja == "第2火 10:00 (変わる日: 8/20(火))"
    assert often.where == "部屋/東"  # two rooms of a kind have one name
    two = make_edition(
        replace(view, schedule=Schedule.of([held[0], replace(held[1], start=780)])), Kind.PUBLIC
    )
    assert two.about[0].when.ja == "4/9(火)\u00a010:00、5/14(火)\u00a013:00"


def test_excel_and_libreoffice_read_the_weekday_in_the_language_of_the_book(view: View) -> None:
    forms: dict[Lang, str] = {"ja": '[$-411]m"/"d"("aaa")"', "en": "[$-409]ddd d mmm"}
    for lang, form in forms.items():
        book = openpyxl.load_workbook(
            io.BytesIO(edition_files(make_edition(view, Kind.PUBLIC), lang)["public.xlsx"])
        )
        assert book.worksheets[0]["A3"].number_format == form
        about = book.worksheets[1]
        assert all(about.cell(row, at).value for at in range(1, about.max_column + 1) for row in (2, 3))


def test_what_is_held_together_counts_once_and_a_reserve_date_has_no_number(view: View) -> None:
    together = Schedule.of([SESSIONS[0], replace(SESSIONS[1], start=600)])
    sheet = make_edition(replace(view, schedule=together), Kind.STAFF).sheets[0]
    assert (len(sheet.entries), sheet.hours) == (2, 1.0)


def test_everybody_gets_a_sheet_and_a_calendar_with_their_own_sessions(view: View) -> None:
    files = drawn(view, Kind.STAFF)
    calendars = {name: data for name, data in files.items() if name.endswith(".ics")}
    assert set(calendars) == {"staff/田中.ics", "staff/林.ics", "staff/森.ics"}
    summaries = [str(e["summary"]) for e in Calendar.from_ical(calendars["staff/田中.ics"]).walk("VEVENT")]
    assert summaries == ["赤ちゃん広場 第1回", "職員会議 第1回"]
    assert not Calendar.from_ical(calendars["staff/森.ics"]).walk("VEVENT")
    book = openpyxl.load_workbook(io.BytesIO(files["staff.xlsx"]))
    assert book.sheetnames == ["田中", "林", "森"]
    assert [row[2] for row in book["林"].iter_rows(min_row=3, values_only=True)] == [
        "講座 父親講座", "赤ちゃん広場", "講座 打合せ [内部]"
    ]  # fmt: skip
    page = files["staff.html"].decode("utf-8")
    assert page.count("<section") == 3
    assert "予定はありません" in page


def test_each_room_has_its_own_too_under_a_name_that_files_and_sheets_may_have(view: View) -> None:
    files = drawn(view, Kind.ROOM)
    assert {name for name in files if name.endswith(".ics")} == {"room/部屋_東1.ics", "room/部屋_東2.ics"}
    book = openpyxl.load_workbook(io.BytesIO(files["room.xlsx"]))
    assert book.sheetnames == ["部屋_東1", "部屋_東2"]
    assert list(file_names(["a/b", "a:b", "A_B", ".."])) == ["a_b", "a_b-2", "A_B-3", "_"]
    assert list(sheet_names(["x" * 40, "x" * 41])) == ["x" * 31, f"{'x' * 29}-2"]


def test_the_wall_shows_whole_months_and_the_roster_whole_weeks(view: View) -> None:
    months = drawn(view, Kind.MONTH)
    book = openpyxl.load_workbook(io.BytesIO(months["month.xlsx"]))
    assert book.sheetnames == [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
    april = [cell for row in book["4月"].iter_rows(values_only=True) for cell in row if cell]
    assert "9\n10:00 赤ちゃん広場 部屋/東1\n13:00 職員会議 [内部] 部屋/東1" in april
    assert "29 祝日(昭和の日)" in april
    assert "田中" not in everything(months)
    week = make_edition(view, Kind.WEEK)
    # 1 April 2024 is a Monday, 31 March 2025 one as well: 53 weeks, in each of which the centre is open
    assert len(week.sheets) == 53
    weeks = drawn(view, Kind.WEEK)
    book = openpyxl.load_workbook(io.BytesIO(weeks["week.xlsx"]))
    assert len(book.sheetnames) == 53
    tuesday = "10:00–11:00 赤ちゃん広場 部屋/東1\n13:00–14:00 職員会議 部屋/東1"
    assert [cell.value for cell in book["2024-04-08"][3]][:3] == ["田中", "", tuesday]
    page = weeks["week.html"].decode("utf-8")
    assert page.count("<section") == 53
    assert "2024年4月8日〜4月14日" in page


@pytest.mark.parametrize("units", ["rooms: [{id: room, name: 部屋}]", "staff: [{id: pool, name: 職員}]", ""])
def test_a_plan_without_rooms_or_staff_and_a_session_of_another_year_are_drawn(
    units: str, tmp_path: Path
) -> None:
    takes = {"rooms": "rooms: room, ", "staff": "staff: {pool: 1}, ", "": ""}[units.partition(":")[0]]
    kind = f'{{id: kind, minutes: 60, {takes}starts: ["10:00"]}}'
    programmes = "[{id: a, name: 甲, frequency: 年1回, session: kind}]"
    text = f"programmes: {programmes}\ncentre: {{sessions: [{kind}], {units}}}"
    case = tiny(tmp_path, text)
    later = Session("a", 1, date(2026, 5, 9), 600, 60, ("部屋",) if "rooms" in units else ())
    view = make_view(case, Schedule.of([later]), (), (BREACH,))
    for kind_of in Kind:
        assert drawn(view, kind_of)
    may = openpyxl.load_workbook(io.BytesIO(drawn(view, Kind.MONTH)["month.xlsx"]))["5月"]
    assert "甲" not in str(list(may.iter_rows(values_only=True)))
    assert schedule_html(view, "ja")
    assert schedule_xlsx(view, "en")


def test_an_edition_repeats_its_bytes_and_speaks_english(view: View) -> None:
    for kind in Kind:
        assert drawn(view, kind) == drawn(view, kind)
    english = everything(edition_files(make_edition(view, Kind.STAFF), "en"))
    assert "By person" in english
    assert "職員別" not in english


def test_a_name_in_a_text_of_the_plan_is_warned_of(tmp_path: Path) -> None:
    case = tiny(tmp_path, PLAN.replace("ふれあい遊び", "田中による遊び"))
    view = make_view(case, Schedule.of(SESSIONS), ())
    found = list(revealed(make_edition(view, Kind.PUBLIC), view))
    assert [(one.rule, one.severity) for one in found] == [("named-in-public", Severity.WARNING)]
    assert "「田中による遊び」" in found[0].text.ja
    assert not list(revealed(make_edition(view_of_plan(tmp_path), Kind.PUBLIC), view_of_plan(tmp_path)))


def view_of_plan(folder: Path) -> View:
    return make_view(tiny(folder, PLAN), Schedule.of(SESSIONS), ())


def test_the_command_writes_editions_and_says_what_is_wrong(case: Prepared, tmp_path: Path) -> None:
    plan, path, out = tmp_path / "plan.yaml", tmp_path / "schedule.csv", tmp_path / "out"
    path.write_bytes(schedule_csv(Schedule.of(SESSIONS), case.problem))
    done = ksolve("report", plan, path, "-o", out, "--edition", "公表用,staff")
    assert (done.returncode, done.stderr) == (0, "")
    assert {file.name for file in out.iterdir()} == {
        "public.html", "public.xlsx", "public.ics", "staff.html", "staff.xlsx", "staff"
    }  # fmt: skip
    assert ksolve("report", plan, path, "-o", out, "--edition", "public").returncode == 2  # they exist
    pages = ksolve("report", plan, path, "-o", tmp_path / "pages", "--edition", "week", "--formats", "html")
    assert pages.stdout.split() == [str(tmp_path / "pages" / "week.html")]
    unknown = ksolve("report", plan, path, "-o", out, "--edition", "stuff")
    assert unknown.returncode == 2
    assert "「staff」ではありませんか" in unknown.stderr
    path.write_bytes(schedule_csv(Schedule.of(SESSIONS[1:]), case.problem))  # one of 赤ちゃん広場 is missing
    broken = ksolve("report", plan, path, "-o", out, "--edition", "public", "--force")
    assert broken.returncode == 1
    page = (out / "public.html").read_text(encoding="utf-8")
    assert "公表・配布しないでください" in page
    assert "田中" not in page


def test_a_folder_keeps_no_calendar_of_who_is_no_more_but_what_people_changed(
    case: Prepared, tmp_path: Path
) -> None:
    plan, path, out = tmp_path / "plan.yaml", tmp_path / "schedule.csv", tmp_path / "out"
    path.write_bytes(schedule_csv(Schedule.of(SESSIONS), case.problem))
    command = ("report", plan, path, "-o", out, "--edition", "staff", "--formats", "ics")
    assert ksolve(*command).returncode == 0
    before = {file.name for file in (out / "staff").glob("*.ics")}
    gone = next(file for file in sorted(before) if "田中" in file)
    own = out / "staff" / "わたしのメモ.ics"
    own.write_text("BEGIN:VCALENDAR\n", encoding="utf-8")
    plan.write_text(plan.read_text(encoding="utf-8").replace("田中", "山本"), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8-sig").replace("田中", "山本"), encoding="utf-8")
    assert ksolve(*command).returncode == 2  # nothing is written over, or taken away, without --force
    assert (out / "staff" / gone).exists()
    done = ksolve(*command, "--force")
    assert done.returncode == 0, done.stderr
    after = {file.name for file in (out / "staff").glob("*.ics")}
    assert after == {name.replace("田中", "山本") for name in before} | {own.name}
    assert f"{out / 'staff' / gone} は、もうない人・部屋のものなので除きました" in done.stderr


def test_calendars_of_an_edition_update_those_handed_out_last(case: Prepared, tmp_path: Path) -> None:
    plan, path = tmp_path / "plan.yaml", tmp_path / "schedule.csv"
    path.write_bytes(schedule_csv(Schedule.of(SESSIONS), case.problem))
    first, second = tmp_path / "first", tmp_path / "second"
    assert ksolve("report", plan, path, "-o", first, "--edition", "public").returncode == 0
    moved = [replace(one, day=date(2024, 5, 21)) if one.id == "a#2" else one for one in SESSIONS]
    path.write_bytes(schedule_csv(Schedule.of(moved), case.problem))
    closed = plan.read_text(encoding="utf-8").replace("name: 父親講座", "name: 父親講座\n    public: 'false'")
    plan.write_text(closed, encoding="utf-8")
    done = ksolve("report", plan, path, "-o", second, "--edition", "public", "--update", first)
    assert (done.returncode, done.stderr) == (0, "")
    events = Calendar.from_ical((second / "public.ics").read_bytes()).walk("VEVENT")
    assert [(str(e["summary"]), int(str(e["sequence"])), str(e.get("status", ""))) for e in events] == [
        ("赤ちゃん広場 第1回", 0, ""),
        ("赤ちゃん広場 第2回", 1, ""),
        ("中止", 1, "CANCELLED"),
    ]
    assert "父親講座" not in everything({"public.ics": (second / "public.ics").read_bytes()})
    none = ksolve("report", plan, path, "-o", tmp_path / "x", "--edition", "staff", "--update", first)
    assert none.returncode == 2
    assert "staff の版のカレンダーがありません" in none.stderr
