"""A date typed into one of the two sheets of our own book is missing in the other, and that is an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ksolve.api import Prepared, prepare
from ksolve.checker import check
from ksolve.fit import fit
from ksolve.problem.schedule import Schedule, Session, numbered
from ksolve.report import View, schedule_xlsx
from ksolve.schedules import read_schedule
from ksolve.text import Lang
from running import ksolve

PLAN = """\
schema: "1"
id: plan
title: 計画
year: 令和6年度
resources:
  calendar: {open: {月-金: 9:00-17:00}}
  rooms: [{id: room, name: 部屋, count: 3}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: room}]
programmes:
  - {id: a, name: 健診, frequency: 年2回, session: hour, windows: [5月, 6月]}
  - id: b
    name: 教室
    session: hour
    components:
      - {id: x, name: 工作, frequency: 年1回, months: 7月}
      - {id: y, name: 料理, frequency: 年8回, months: 7月}
  - {id: c, name: 相談窓口, frequency: 通年}
"""


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """A plan, and the book of its schedule."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    assert ksolve("solve", plan, "-o", tmp_path / "out").returncode == 0
    return plan, tmp_path / "out" / "schedule.xlsx"


def _edited(path: Path, edit: Callable[[Any, Any], None]) -> Path:
    book = load_workbook(path)
    edit(book["年間予定表"], book["データ"])
    book.save(path)
    return path


def _cell(sheet: Any, name: str, month: int) -> Any:
    head = next(row for row in sheet.iter_rows() if any(one.value == "4月" for one in row))
    column = next(cell.column for cell in head if cell.value == f"{month}月")
    row = next(row for row in sheet.iter_rows() if row[1].value == name)
    return row[column - 1]


def _said(plan: Path, book: Path, *options: object) -> list[str]:
    done = ksolve("check", plan, book, *options)
    assert done.returncode == bool(done.stdout.count("[contradicting-cell]"))
    return [line for line in done.stdout.splitlines() if "contradicting-cell" in line]


def test_our_own_book_says_the_same_twice(made: tuple[Path, Path]) -> None:
    assert _said(*made) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_book_of_a_whole_centre_says_the_same_twice(
    lang: Lang, koganei: Prepared, koganei_schedule: Schedule, tmp_path: Path
) -> None:
    assert koganei.published
    report = fit(koganei.published, koganei.plan, koganei.problem, koganei_schedule)
    view = View(koganei.plan, koganei.problem, koganei_schedule, koganei.published, report)
    path = tmp_path / "s.xlsx"
    path.write_bytes(schedule_xlsx(view, lang))
    assert check(koganei.problem, read_schedule(path, koganei.problem)) == ()
    book = load_workbook(path)
    sheet = book.worksheets[0]
    cell = next(c for row in sheet.iter_rows(min_row=5) for c in row[4:16] if "(" in str(c.value))
    cell.value = ""
    book.save(path)
    assert check(koganei.problem, read_schedule(path, koganei.problem)) != ()


@pytest.mark.parametrize("typed", ["31(金)", "5/31", "5月31日(金)", 31, datetime(2024, 5, 31)])  # noqa: DTZ001
def test_a_date_typed_into_the_years_table_alone_is_an_error_at_its_cell(
    typed: object, made: tuple[Path, Path]
) -> None:
    plan, path = made

    def edit(year: Any, data: Any) -> None:
        for row in data.iter_rows(min_row=2):
            if row[1].value == "a" and row[4].value.month == 5:
                row[4].value, row[5].value = datetime(2024, 5, 8), "水"  # noqa: DTZ001
        _cell(year, "健診", 5).value = typed

    _edited(path, edit)
    cell = _cell(load_workbook(path)["年間予定表"], "健診", 5)
    said = _said(plan, path)
    place = f"{path}[年間予定表]:{cell.coordinate}: "
    assert len(said) == 2
    assert all(line.startswith(place) for line in said)
    assert "年間予定表の 2024-05-31(金) が「データ」にありません" in said[0]
    assert "「データ」の 2024-05-08(水) が年間予定表にありません" in said[1]
    assert _said(plan, path, "--sheet", "データ") == []


def test_what_is_changed_in_both_is_no_difference(made: tuple[Path, Path]) -> None:
    def edit(year: Any, data: Any) -> None:
        row = next(r for r in data.iter_rows(min_row=2) if r[1].value == "a" and r[4].value.month == 5)
        row[4].value, row[5].value = datetime(2024, 5, 8), "水"  # noqa: DTZ001
        _cell(year, "健診", 5).value = "8(水)"

    assert _said(made[0], _edited(made[1], edit)) == []


@pytest.mark.parametrize(
    ("name", "month", "typed", "wanted"),
    [
        ("健診", 5, "31(月)", "「31(月)」が5月の日として読めません"),  # a Friday
        ("健診", 5, "32", "「32」が5月の日として読めません"),
        ("健診", 5, "6/5", "「6/5」が5月の日として読めません"),
        ("健診", 5, "未定", "「未定」が5月の日として読めません"),
        ("健診", 8, "8/7", "2024-08-07(水) が「データ」にありません"),
        ("健診", 5, None, "が年間予定表にありません"),
        ("教室", 7, "8回", "年間予定表の「8回」が「データ」の9回と合いません"),
        ("工作", 7, "", "が年間予定表にありません"),
        ("相談窓口", 7, "3(水)", "年間予定表に書き足された行の「3(水)」は「データ」にありません"),
    ],
)
def test_every_other_difference_is_an_error_as_well(
    name: str, month: int, typed: object, wanted: str, made: tuple[Path, Path]
) -> None:
    def edit(year: Any, _: Any) -> None:
        _cell(year, name, month).value = typed

    said = _said(made[0], _edited(made[1], edit))
    assert said
    assert any(wanted in line for line in said)


def test_a_row_added_to_the_years_table_is_an_error(made: tuple[Path, Path]) -> None:
    def edit(year: Any, _: Any) -> None:
        year.cell(year.max_row + 2, 2).value = "新しい教室"
        year.cell(year.max_row, 7).value = "15(水)"

    said = _said(made[0], _edited(made[1], edit))
    assert len(said) == 1
    assert "書き足された行の「15(水)」" in said[0]


def test_a_time_of_the_year_that_is_not_that_of_the_data_is_an_error(made: tuple[Path, Path]) -> None:
    def edit(year: Any, _: Any) -> None:
        row = next(row for row in year.iter_rows() if row[1].value == "健診")
        assert row[4].value == "10:00–11:00"
        row[4].value = "11:00–12:00"

    said = _said(made[0], _edited(made[1], edit))
    assert len(said) == 2  # in May and in June
    assert "11:00 は「データ」では別の時刻です" in said[0]


def test_days_bear_their_times_where_these_differ(case_of_two_starts: tuple[Path, Path]) -> None:
    plan, book = case_of_two_starts
    cells = [cell.value for row in load_workbook(book)["年間予定表"].iter_rows() for cell in row]
    assert "1(月)10:00・2(火)13:00" in cells
    many = "10:00 1・3・5・9\n13:00 2・4・8"
    assert many in cells
    assert _said(plan, book) == []

    def edit(year: Any, _: Any) -> None:
        for row in year.iter_rows():
            for cell in row:
                if cell.value == many:
                    cell.value = "10:00 1・3・5・8\n13:00 2・4・9"
                elif cell.value == "1(月)10:00・2(火)13:00":
                    cell.value = "1(月)13:00・2(火)13:00"

    said = _said(plan, _edited(book, edit))
    assert len(said) == 3  # two days of the many, and one of the two, at another time
    assert all("別の時刻です" in line for line in said)


@pytest.fixture
def case_of_two_starts(tmp_path: Path) -> tuple[Path, Path]:
    """A plan of sessions at two starts in July 2024, two of one programme and seven of another."""
    plan = tmp_path / "plan.yaml"
    text = PLAN.replace('starts: ["10:00"]', 'starts: ["10:00", "13:00"]')
    few = "  - {id: f, name: 二回, frequency: 年2回, session: hour}\n"
    many = "  - {id: m, name: 七回, frequency: 年7回, session: hour}\n"
    plan.write_text(text[: text.index("  - {id: a")] + few + many, encoding="utf-8")
    starts = {"f": {1: 600, 2: 780}, "m": {1: 600, 2: 780, 3: 600, 4: 780, 5: 600, 8: 780, 9: 600}}
    rooms = {"f": ("部屋1",), "m": ("部屋2",)}
    sessions = [
        Session(name, 0, date(2024, 7, day), start, 60, rooms[name])
        for name, held in starts.items()
        for day, start in held.items()
    ]
    case = prepare(plan)
    book = tmp_path / "schedule.xlsx"
    book.write_bytes(schedule_xlsx(View(case.plan, case.problem, numbered(sessions)), "ja"))
    return plan, book


def test_rows_in_another_order_are_still_known(made: tuple[Path, Path]) -> None:
    def edit(year: Any, _: Any) -> None:
        rows = [[cell.value for cell in row] for row in year.iter_rows(min_row=6, max_row=7)]
        for row, values in zip(year.iter_rows(min_row=6, max_row=7), reversed(rows), strict=True):
            for cell, value in zip(row, values, strict=True):
                cell.value = value

    assert _said(made[0], _edited(made[1], edit)) == []
