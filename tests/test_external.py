"""Calendars that others keep: files as municipalities have them, and what is wrong with some."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import SHARED
from ksolve.api import Prepared, prepare
from ksolve.checker import check, soft_findings
from ksolve.errors import PlanError
from ksolve.findings import Finding, Severity
from ksolve.next_year.external import carry_external
from ksolve.plan.yaml_edit import YamlText
from ksolve.problem.schedule import Schedule, Session
from running import everything, ksolve
from tiny import CENTRE, write_plan

PROGRAMMES = [
    {"id": "talk", "name": "育児相談", "frequency": "年2回", "session": "hour", "tags": ["市民"]},
    {"id": "club", "name": "教室", "frequency": "年2回", "session": "hour"},
]


def _case(folder: Path, *calendars: dict[str, Any], **calendar: str) -> Prepared:
    return prepare(_plan(folder, *calendars, **calendar))


def _plan(folder: Path, *calendars: dict[str, Any], **calendar: str) -> Path:
    centre = {
        "calendar": {**CENTRE["calendar"], **calendar},
        "audiences": [{"id": "zero", "name": "0歳児の親子"}],
        "external": list(calendars),
    }
    return write_plan(folder, {"year": "令和7年度", "programmes": PROGRAMMES, "centre": centre})


def _broken(case: Prepared, series: str, *days: str) -> list[Finding]:
    """What a schedule of these days breaks of the calendars; its counts are not asked."""
    found = check(case.problem, _held(series, *days))
    return [finding for finding in found if finding.rule == "external_dates"]


def _missed(case: Prepared, series: str, *days: str) -> int:
    """How many wishes about calendars it misses."""
    found = soft_findings(case.problem, _held(series, *days))
    return sum(finding.rule == "external_dates" for finding in found)


def _gikai(**more: Any) -> dict[str, Any]:
    return {"id": "gikai", "name": "議会会期", "effect": "blocked", **more}


def _held(series: str, *days: str) -> Schedule:
    return Schedule.of(
        Session(series, number, date.fromisoformat(day), 600, 60) for number, day in enumerate(days, start=1)
    )


def _book(folder: Path, rows: list[list[Any]], name: str = "gikai.xlsx") -> str:
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = "日程"
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    (folder / name).write_bytes(data.getvalue())
    return name


def _days(case: Prepared) -> list[tuple[str, str, bool]]:
    """Each entry of the case's calendars: its days, its name, and whether it is tentative."""
    calendars = case.plan.resources.external
    return [(entry.days.text, entry.name, entry.tentative) for one in calendars for entry in one.entries]


def test_a_council_s_book_blocks_its_days_and_says_what_is_an_estimate(tmp_path: Path) -> None:
    """The year stands in the title; the days have weekdays, and one session is still expected."""
    rows = [
        ["令和7年度 市議会の日程"],
        ["会議名", "会期", "状態"],
        ["第2回定例会", "6月2日(月)～6月24日(火)", "確定"],
        ["第1回定例会", "2月20日～3月23日", "予定"],
    ]
    case = _case(tmp_path, _gikai(file=_book(tmp_path, rows)))
    assert _days(case) == [
        ("2025-06-02〜2025-06-24", "第2回定例会", False),
        ("2026-02-20〜2026-03-23", "第1回定例会", True),
    ]
    (said,) = case.problem.tentative
    assert said.ja == "議会会期: 仮の日程です(2026-02-20〜2026-03-23 第1回定例会(仮))"
    assert case.problem.assumed == ()  # rooms and staff are no assumption for that
    assert not _broken(case, "talk", "2025-05-30", "2025-06-25")
    found = _broken(case, "talk", "2025-06-02", "2025-06-24")
    assert len(found) == 2
    assert "第2回定例会" in found[0].text.ja
    assert found[0].place is not None


def test_closing_days_by_month_close_the_centre(tmp_path: Path) -> None:
    """A library's list: a month a row, its days without their month."""
    (tmp_path / "令和7年度休館日.csv").write_text(
        '月,休館日,理由\n4月,"7日、14日、21日、28日",定期休館\n1月,"5日、13日",定期休館\n', encoding="cp932"
    )
    case = _case(tmp_path, _gikai(effect="closed", file="令和7年度休館日.csv"), holidays="open")
    assert sorted(case.problem.calendar.closed) == [
        date(2025, 4, 7),
        date(2025, 4, 14),
        date(2025, 4, 21),
        date(2025, 4, 28),
        date(2026, 1, 5),
        date(2026, 1, 13),
    ]
    assert case.problem.calendar.closed[date(2025, 4, 7)].ja == "議会会期 定期休館"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared files are not beside the project")
def test_the_list_of_the_cabinet_office_is_read_as_it_comes(tmp_path: Path) -> None:
    name = str(SHARED / "data" / "syukujitsu.csv")
    case = _case(tmp_path, _gikai(effect="closed", file=name), holidays="open")
    closed = case.problem.calendar.closed
    assert closed[date(2025, 5, 6)].ja.endswith("休日")
    assert closed[date(2026, 3, 20)].ja.endswith("春分の日")
    # 4/29, 5/3-6, 7/21, 8/11, 9/15, 9/23, 10/13, 11/3, 11/23-24, 1/1, 1/12, 2/11, 2/23, 3/20
    assert len(closed) == 18
    assert [note.rule for note in case.notes] == ["external-outside"]


def test_an_ics_of_check_ups_is_avoided_in_its_hours_by_those_whom_it_concerns(tmp_path: Path) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//JA", "BEGIN:VEVENT", "UID:1"]
    lines += ["SUMMARY:3か月児健診(仮)", "DTSTART;TZID=Asia/Tokyo:20250610T093000"]
    lines += [
        "DTEND;TZID=Asia/Tokyo:20250610T103000",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:2",
        "SUMMARY:運動会",
    ]
    lines += ["DTSTART;VALUE=DATE:20250611", "DTEND;VALUE=DATE:20250613", "END:VEVENT", "END:VCALENDAR"]
    (tmp_path / "kenshin.ics").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    calendar = _gikai(effect="avoided", file="kenshin.ics", tags=["市民"], name="健診")
    case = _case(tmp_path, calendar)
    assert _days(case) == [
        ("2025-06-10", "3か月児健診(仮)", True),
        ("2025-06-11〜2025-06-12", "運動会", False),
    ]
    assert not _broken(case, "talk", "2025-06-10", "2025-06-12")
    assert _missed(case, "talk", "2025-06-10", "2025-06-12") == 2
    assert _missed(case, "club", "2025-06-10", "2025-06-12") == 0
    assert _missed(case, "talk", "2025-06-09", "2025-06-13") == 0


def test_rows_of_a_file_may_concern_single_programmes(tmp_path: Path) -> None:
    rows = ["日付,行事,対象,時間", "2025-06-10,運動会,育児相談,", "2025/6/11,教室の日,教室、市民,9:30～10:30"]
    text = "\n".join([*rows, "2025-06-12,式典,,\n"])
    (tmp_path / "gakko.csv").write_text(text, encoding="utf-8-sig")
    case = _case(tmp_path, _gikai(file="gakko.csv"))

    def broken(series: str, day: str) -> bool:
        return bool(_broken(case, series, day))

    assert [broken("talk", day) for day in ("2025-06-10", "2025-06-11", "2025-06-12")] == [True] * 3
    assert [broken("club", day) for day in ("2025-06-10", "2025-06-11", "2025-06-12")] == [False, True, True]


def test_dates_of_last_year_move_to_the_same_weekdays_and_are_estimates(tmp_path: Path) -> None:
    """3 June 2024 is a Monday, as is 2 June 2025."""
    rows: list[list[Any]] = [
        ["令和6年度"],
        ["会議名", "開始日", "終了日"],
        ["第2回定例会", date(2024, 6, 3), date(2024, 6, 25)],
    ]
    case = _case(tmp_path, _gikai(file=_book(tmp_path, rows), last_year="true"))
    assert _days(case) == [("2025-06-02〜2025-06-24", "第2回定例会", True)]


@pytest.mark.parametrize(
    ("given", "moved"),
    [
        (date(2023, 6, 5), ("2025-06-02", "定例会", True)),  # Mondays, two years apart
        (date(2025, 6, 3), ("2025-06-03", "定例会", False)),  # the file of this year has come
    ],
)
def test_a_file_that_may_be_of_an_earlier_year_moves_by_its_years(
    given: date, moved: tuple[str, str, bool], tmp_path: Path
) -> None:
    rows: list[list[Any]] = [["会議名", "会期"], ["定例会", given]]
    case = _case(tmp_path, _gikai(file=_book(tmp_path, rows), last_year="true"))
    assert _days(case) == [moved]


def test_a_file_of_last_year_alone_is_an_estimate_and_said_to_be_one(tmp_path: Path) -> None:
    """The plan loads: 3 June 2024 is a Monday, as is 2 June 2025. A file of two years says how old it is."""
    rows: list[list[Any]] = [["会議名", "会期"], ["定例会", date(2024, 6, 3)], ["臨時会", date(2024, 8, 5)]]
    case = _case(tmp_path, _gikai(file=_book(tmp_path, rows)))
    assert _days(case) == [("2025-06-02", "定例会", True), ("2025-08-04", "臨時会", True)]
    (found,) = case.notes
    assert (found.rule, found.severity) == ("external-estimated", Severity.WARNING)
    assert found.place
    assert (found.place.line, found.place.column) == (2, 2)
    rows[1][1] = date(2023, 6, 5)
    case = _case(tmp_path, _gikai(file=_book(tmp_path, rows), last_year="true"))
    assert [(one.severity, "令和5年度" in one.text.ja) for one in case.notes] == [(Severity.NOTE, True)]


def test_a_new_year_takes_the_dates_of_the_last_one_for_estimates_and_asks(tmp_path: Path) -> None:
    text = YamlText(
        "external:\n  - {id: a, name: 議会, effect: blocked, file: gikai.csv}\n"
        "  - {id: b, name: 学校, effect: avoided, dates: [2024-06-10]}\n"
        "  - {id: c, name: 健診, effect: info, dates: [毎月第2火曜日]}\n",
        "resources.yaml",
    )
    files = (tmp_path / "resources.yaml", tmp_path / "r7" / "resources.yaml")
    said = carry_external(text, ("external",), files, {})
    assert [question.id for question in said.questions] == ["external:a", "external:b"]
    assert text.text.splitlines()[1:] == [
        "  - {id: a, name: 議会, effect: blocked, file: ../gikai.csv, last_year: true}",
        "  - {id: b, name: 学校, effect: avoided, tentative: true, dates: [2024-06-10]}",
        "  - {id: c, name: 健診, effect: info, dates: [毎月第2火曜日]}",
    ]
    again = carry_external(text, ("external",), files, {"external:a": "../r8.csv"})
    assert "書いてください" in again.questions[0].asks.ja
    assert "file: ../r8.csv}" in text.text  # no longer last year's


@pytest.mark.parametrize(
    ("rows", "rule", "place"),
    [
        ([["会議名", "会期"], ["定例会", "2026-06-03"]], "external-other-year", "日程]:2:2"),
        ([["会議名", "会期"], ["定例会", "6/3～6/25"]], "external-no-year", "日程]:2:2"),
        ([["会議名", "会期"], ["定例会", "6月上旬"]], "external-date", "日程]:2:2"),
        ([["会議名", "会期"], ["定例会", "2025-06-24～2025-06-02"]], "days-reversed", "日程]:2:2"),
        ([["会期", "対象"], ["2025-06-03", "育児相断"]], "external-unknown", "日程]:2:1"),
        ([["会議名", "日時"], ["定例会", ""]], "external-empty", ""),
        ([["日付", "時間"], ["2025-06-03", "午前中"]], "external-hours", "日程]:2:1"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_sheet_and_cell(
    rows: list[list[Any]], rule: str, place: str, tmp_path: Path
) -> None:
    with pytest.raises(PlanError) as raised:
        _case(tmp_path, _gikai(file=_book(tmp_path, rows)))
    assert [found.rule for found in raised.value.findings] == [rule]
    where = str(raised.value.findings[0].place)
    assert where.replace("gikai.xlsx:", "gikai.xlsx[日程]:").endswith(place)


def test_what_is_wrong_in_the_plan_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as raised:
        _case(
            tmp_path,
            _gikai(dates=["6/2〜6/24"], programmes=["talc"]),
            _gikai(file="none.csv"),
            _gikai(id="x", dates=["2/30"], effect="info"),
        )
    found = {finding.rule: finding for finding in raised.value.findings}
    assert {"unknown-programme", "duplicate-id", "unreadable-file"} <= found.keys()
    assert all(
        finding.place and finding.place.line for finding in found.values() if "file" not in finding.rule
    )


def test_overlapping_entries_are_noted_and_everything_is_shown(tmp_path: Path) -> None:
    """As a process: the schedule keeps off the days, the page shows what others hold, tentative or not."""
    visit = {"days": "7/1", "name": "視察", "hours": "13:00-17:00"}
    calendars = (
        _gikai(dates=["6/2〜6/24", {"days": "6/20〜6/27", "name": "特別委員会"}, visit]),
        _gikai(
            id="gakko", name="運動会", effect="info", dates=["毎月第2火曜日"], tentative="true", public="true"
        ),
    )
    plan = _plan(tmp_path, *calendars)
    solved = ksolve("solve", plan, "-o", tmp_path / "out")
    assert solved.returncode == 0, solved.stderr
    assert "external-overlap" in solved.stderr
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("◇運動会(仮)") == 12
    assert page.count("◇視察 13:00-17:00") == 1
    assert "◇ ほかの予定" in page  # the legend
    assert "運動会: 仮の日程です" in page
    checked = ksolve("check", plan, tmp_path / "out" / "schedule.csv")
    assert checked.returncode == 0
    assert "external-overlap" in checked.stdout
    # the second Tuesday of April 2025 is the 8th; the council has two stretches of days in June
    book = openpyxl.load_workbook(tmp_path / "out" / "schedule.xlsx")
    rows = {row[1]: row for row in book.worksheets[0].iter_rows(values_only=True) if row[1]}
    assert (rows["運動会"][2], rows["運動会"][5]) == ("参考", "8(火)(仮)")
    assert (rows["議会会期"][2], rows["議会会期"][7]) == ("行わない", "2〜24、20〜27")
    assert ksolve("check", plan, tmp_path / "out" / "schedule.xlsx").returncode == 0
    drawn = ksolve(
        "report", plan, tmp_path / "out" / "schedule.csv", "-o", tmp_path / "out", "--edition", "public,month"
    )
    assert drawn.returncode == 0, drawn.stderr
    public, wall = ((tmp_path / "out" / name).read_text(encoding="utf-8") for name in _PAGES)
    assert "ほかの予定: 4/8 運動会(仮)" in public
    assert "◇運動会(仮)" in wall
    assert "◇特別委員会" in wall
    assert "◇ ほかの予定" in wall
    for name in ("public.html", "public.xlsx", "public.ics"):
        data = (tmp_path / "out" / name).read_bytes()
        texts = everything({name: data})
        assert "委員会" not in texts  # what is not said to be public stays within the centre
        assert "議会" not in texts


_PAGES = ("public.html", "month.html")


def test_words_to_choose_from_are_listed_in_the_language_of_the_message(tmp_path: Path) -> None:
    """「'closed', 'blocked' or 'info' のどれか」 was half English."""
    with pytest.raises(PlanError) as raised:
        _case(tmp_path, _gikai(dates=["6/2〜6/24"], effect="block"))
    (found,) = raised.value.findings
    assert "closed、blocked、avoided、info のどれかを書いてください" in found.text.ja
    assert "write one of closed, blocked, avoided, info" in found.text.en
