"""The reports, opened by the programs that people open them with."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from browsing import opened
from ksolve.api import Prepared
from ksolve.calendar import MONTHS, WEEKDAYS
from ksolve.cli.view import make_view
from ksolve.plan.schema import PublishedRef
from ksolve.problem.schedule import Schedule, Session
from ksolve.report import View, schedule_html, schedule_ics, schedule_xlsx
from ksolve.report.fit_table import fit_rows
from ksolve.schedules import read_schedule
from ksolve.schedules.tidy import COLUMNS, schedule_csv
from ksolve.text import Text
from running import ksolve
from tiny import tiny


@pytest.fixture(scope="module")
def view(koganei: Prepared, koganei_schedule: Schedule) -> View:
    return make_view(koganei, koganei_schedule, (Text("最良(証明済み)", "optimal (proven)"),))


def test_csv_reads_back_as_the_same_schedule(
    koganei: Prepared, koganei_schedule: Schedule, tmp_path: Path
) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(schedule_csv(koganei_schedule, koganei.problem))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    again = read_schedule(path, koganei.problem)
    assert [replace(session, line=0) for session in again.sessions] == list(koganei_schedule.sessions)


def test_xlsx_has_a_tidy_data_sheet_that_a_program_can_read(view: View) -> None:
    book = openpyxl.load_workbook(io.BytesIO(schedule_xlsx(view, "ja")))
    assert book.sheetnames == [
        *("年間予定表", "○↔", "負荷", "日ごとの回数", "公表計画との適合", "規則性", "前提(仮定)", "データ"),
    ]
    sheet = book["データ"]
    assert not sheet.merged_cells.ranges
    rows: list[tuple[Any, ...]] = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(column.label.ja for column in COLUMNS)
    assert len(rows) == 1 + len(view.schedule.sessions)
    when = [column.key for column in COLUMNS].index("date")
    days = [row[when].date() for row in rows[1:] if isinstance(row[when], datetime)]
    assert days == [session.day for session in view.schedule.sessions]


def test_xlsx_shows_the_annual_table_in_the_published_layout_with_dates(view: View) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(schedule_xlsx(view, "ja")), data_only=True)["年間予定表"]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(row for row in rows if row[0] == "事業名称")
    assert header[:4] == ("事業名称", "事業内容", "実施回数", "計")
    assert header[4] == "時刻"
    assert header[5:17] == tuple(f"{month}月" for month in MONTHS)
    assert view.published is not None
    names = [row[1] for row in rows]
    published = [row.name for row in view.published.rows]
    assert [name for name in names if name in published] == published
    line = next(row for row in rows if row[1] == "専門相談")
    assert line[3] == 20
    for place, month in enumerate(MONTHS):
        days = [s.day for s in view.schedule.sessions if s.series == "senmon-sodan" and s.day.month == month]
        assert (line[5 + place] or "") == "・".join(f"{d.day}({WEEKDAYS[d.weekday()]})" for d in days)


def test_the_year_fits_three_pages_of_a3_in_nine_points(view: View) -> None:
    book = openpyxl.load_workbook(io.BytesIO(schedule_xlsx(view, "ja")))
    sheet = book["年間予定表"]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToHeight) == (8, "landscape", 0)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "C5"
    cells = [cell for row in sheet.iter_rows(min_row=5, max_col=17) for cell in row if cell.value]
    assert {cell.font.size for cell in cells} == {9}
    # A width of w is 7w pixels of 1/96 inch; A3 is 16.54 inches wide, less two margins of 0.4
    shown: list[Any] = [one for one in sheet.column_dimensions.values() if not one.hidden]
    wide = sum(7 * one.width * (one.max - one.min + 1) for one in shown) / 96
    assert wide <= 16.54 - 0.8  # so that nothing is made smaller
    tall = sum(sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1)) / 72
    assert tall <= 3 * (11.69 - 1.0)
    data = book["データ"]
    assert data.auto_filter.ref == f"A1:N{1 + len(view.schedule.sessions)}"
    assert data.print_title_rows == "$1:$1"


def test_the_book_has_charts_of_its_own_and_counts_that_are_formulas(view: View) -> None:
    drawn = schedule_xlsx(view, "ja")
    with zipfile.ZipFile(io.BytesIO(drawn)) as book:
        assert sum(name.startswith("xl/charts/chart") for name in book.namelist()) == 3
    formulas = openpyxl.load_workbook(io.BytesIO(drawn))["年間予定表"]
    values = openpyxl.load_workbook(io.BytesIO(drawn), data_only=True)["年間予定表"]
    row = next(row for row in formulas.iter_rows() if row[1].value == "育児教室")
    ids = "ikuji-kyoshitsu.angel", "ikuji-kyoshitsu.karugamo-g1"
    assert str(row[3].value).startswith("=SUMPRODUCT(COUNTIF('データ'!$B:$B,")
    assert all(f'"{name}"' in str(row[3].value) for name in ids)
    assert next(cells for cells in values.iter_rows(values_only=True) if cells[1] == "育児教室")[3] == 36
    assert formulas.cell(formulas.max_row, 4).value == f"=SUM(F{formulas.max_row}:Q{formulas.max_row})"


def test_the_signs_of_the_printed_table_stand_in_a_sheet_of_their_own(view: View) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(schedule_xlsx(view, "ja")))["○↔"]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "育児支援ヘルパー研修会")
    assert row[4:] == (*[""] * 7, "○", "○", *[""] * 3)  # 11月, 12月


def test_the_meetings_of_the_council_stand_under_its_heading(view: View) -> None:
    groups = {group.heading: [line.key for line in group.lines] for group in view.groups}
    council = groups["要保護児童対策地域協議会"]
    assert council[0] == "daihyosha"
    assert {"jitsumusha", "case-kaigi", "kenshukai", "haaku"} < set(council)
    assert groups["ファミリー・サポート・センター"][-1] == "kohoshi"
    page = schedule_html(view, "ja").decode("utf-8").partition('id="annual"')[2]
    heading = page.index("要保護児童対策地域協議会</th>")
    assert page.index("広報誌") < heading < page.index("代表者会議")


def test_a_programme_goes_under_the_heading_that_the_plan_names_or_under_none(koganei: Prepared) -> None:
    first, second, *others = koganei.plan.programmes
    moved = first.model_copy(update={"published": PublishedRef(line=9, heading="新しい見出し")})
    loose = second.model_copy(update={"published": None})
    plan = koganei.plan.model_copy(update={"programmes": (moved, loose, *others)})
    view = View(plan, koganei.problem, Schedule(()), koganei.published)
    assert [(g.heading, g.lines[0].key) for g in view.groups[-2:]] == [
        ("新しい見出し", first.id),
        (plan.title, second.id),
    ]
    assert sum(not line.is_component for group in view.groups for line in group.lines) == len(plan.programmes)


def test_the_total_of_all_programmes_stands_once_below_the_last(view: View) -> None:
    page = schedule_html(view, "ja").decode("utf-8")
    assert "<tfoot" not in page  # it would be printed on every page
    assert page.count("全事業の合計") == 1
    sheet = openpyxl.load_workbook(io.BytesIO(schedule_xlsx(view, "ja")), data_only=True)["年間予定表"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[-1][0] == "全事業の合計"
    assert rows[-1][3] == len(view.schedule.sessions)
    months = [sum(s.day.month == month for s in view.schedule.sessions) for month in MONTHS]
    assert list(rows[-1][5:17]) == months


def test_fit_shows_an_assumed_count_as_assumed(view: View) -> None:
    assert view.fit is not None
    rows = {cells[1]: cells for cells in fit_rows(view.fit, "ja")}
    assert rows["公立小・中学校及び特別支援学校巡回訪問"][3:5] == ("仮定15", "✓ 15")
    assert rows["専門相談"][3] == "20"
    assert rows["市内認可保育園等巡回訪問"][3] == "40"  # derived from the content, not assumed
    sheet = openpyxl.load_workbook(io.BytesIO(schedule_xlsx(view, "ja")))["公表計画との適合"]
    assert "仮定15" in {row[3] for row in sheet.iter_rows(values_only=True)}
    assert "<td>仮定15</td>" in schedule_html(view, "ja").decode("utf-8")


def test_every_report_repeats_its_bytes(view: View) -> None:
    for lang in ("ja", "en"):
        assert schedule_xlsx(view, lang) == schedule_xlsx(view, lang)
        assert schedule_html(view, lang) == schedule_html(view, lang)
    assert schedule_ics(view) == schedule_ics(view)


def test_ics_has_one_event_a_session_with_local_times(view: View) -> None:
    events = list(Calendar.from_ical(schedule_ics(view)).walk("VEVENT"))
    assert len(events) == len(view.schedule.sessions)
    assert len({str(event["uid"]) for event in events}) == len(events)
    first, session = events[0], view.schedule.sessions[0]
    start = first.decoded("dtstart")
    assert (start.date(), start.hour * 60 + start.minute) == (session.day, session.start)
    assert start.utcoffset() == timedelta(hours=9)
    assert first.decoded("dtend") - start == timedelta(minutes=session.minutes)
    assert str(first["summary"]).endswith(f"第{session.number}回")


def test_ics_keeps_the_uid_of_a_session_that_moves(view: View, koganei: Prepared) -> None:
    moved = view.schedule.sessions[10]
    others = [s for s in view.schedule.sessions if s is not moved]
    later = Schedule.of([*others, replace(moved, day=moved.day + timedelta(days=1))])
    before = {str(e["uid"]) for e in Calendar.from_ical(schedule_ics(view)).walk("VEVENT")}
    changed = make_view(koganei, later, ())
    assert {str(e["uid"]) for e in Calendar.from_ical(schedule_ics(changed)).walk("VEVENT")} == before


def test_html_is_one_offline_file_that_says_what_is_assumed(view: View) -> None:
    page = schedule_html(view, "ja").decode("utf-8")
    assert not re.search(r"(src|href)=[\"'](https?:)?//", page)
    assert "url(" not in page
    assert "@import" not in page
    assert "仮定に基づく案です" in page
    assert "最良(証明済み)" in page
    assert "@page year { size: A3 landscape" in page


def test_chromium_shows_every_session_in_japanese(view: View, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(schedule_html(view, "ja"))
    with opened(browser, path) as page:
        assert page.locator(".session:visible").count() == len(view.schedule.sessions)
        text = page.locator("#calendar").inner_text()
        assert page.locator(".hidden").count() == 0
    assert "2025年3月" in text
    assert "昭和の日" in text


def test_chromium_applies_a_filter_that_came_in_the_url(view: View, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(schedule_html(view, "ja"))
    with opened(browser, path, part=f"#room={quote('ひろば室')}&programme=hiroba") as page:
        shown = page.locator(".session:visible")
        visible = shown.evaluate_all("all => all.map(one => [one.dataset.programme, one.dataset.room])")
    expected = [s for s in view.schedule.sessions if "ひろば室" in s.rooms and s.series.startswith("hiroba.")]
    assert {tuple(one) for one in visible} == {("hiroba", "ひろば室")}
    assert len(visible) == len(expected)


def test_a_report_without_a_published_table_still_draws(tmp_path: Path) -> None:
    programmes = "[{id: a, name: 甲<b>, frequency: 年1回, session: hour}, {id: s, name: 乙, frequency: 通年}]"
    case = tiny(tmp_path, f"programmes: {programmes}")
    schedule = Schedule((Session("a", 1, date(2024, 4, 1), 600, 60),))
    page = schedule_html(make_view(case, schedule, ()), "en").decode("utf-8")
    assert "甲&lt;b&gt;" in page
    assert "Service without dates" in page
    book = openpyxl.load_workbook(io.BytesIO(schedule_xlsx(make_view(case, schedule, ()), "en")))
    assert book.sheetnames == ["The year", "Marks", "Sessions of each day", "Assumptions", "Data"]


def test_a_table_of_several_categories_is_not_drawn_under_the_first_nor_the_unread_as_a_service(
    tmp_path: Path,
) -> None:
    table, plan, out = tmp_path / "table.csv", tmp_path / "plan.yaml", tmp_path / "out"
    rows = ["区分,事業名,実施回数", "乳幼児,広場,年2回", "小学生,キャンプ,3日間", "小学生,相談,随時"]
    table.write_text("\n".join(rows), encoding="utf-8")
    ksolve("read", table, "-o", plan, "--year", "R8")
    assert ksolve("solve", plan, "-o", out).returncode == 0
    html = (out / "report.html").read_text(encoding="utf-8")
    assert '<tr class="heading">' not in html
    assert html.count("通年の事業(日付なし)") == 1
    assert html.count("日付なし(実施回数が未定)") == 1
    assert (out / "published.tsv").read_text(encoding="utf-8-sig").count("↓") == 1
