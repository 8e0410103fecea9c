"""What a table prints and says will not be held gets no session, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from ksolve.frequency import Range
from ksolve.published import PublishedPlan, parse_grid, read_published, survey


def _read(*lines: str) -> PublishedPlan:
    return survey(parse_grid("\n".join(["令和6年度 事業計画", *lines]) + "\n", "t.csv"))


def _rules(plan: PublishedPlan) -> list[str]:
    return [found.rule for found in plan.findings]


@pytest.mark.parametrize(
    "row",
    [
        "(中止)料理教室,年2回,,",
        "料理教室【中止】,年2回,,",
        "料理教室,年2回,,中止",
        "料理教室,年2回,,台風のため中止しました",
        "料理教室,中止,,",
        "料理教室,,7/20 中止,",
        "料理教室,,7/20(土)(中止),",
        "料理教室,,延期,",
    ],
)
def test_a_row_that_is_cancelled_is_no_programme(row: str) -> None:
    plan = _read("事業名,実施回数,実施日,備考", "おはなし会,年1回,5/11,", row)
    assert [one.name for one in plan.rows] == ["おはなし会"]
    assert _rules(plan) == ["cancelled"]


@pytest.mark.parametrize("remark", ["雨天中止", "荒天の場合は中止", "警報発令時は中止"])
def test_a_condition_cancels_nothing(remark: str) -> None:
    plan = _read("事業名,実施回数,実施日,備考", f"遠足,年1回,9/7,{remark}")
    assert [str(day) for day in plan.rows[0].dates] == ["9/7"]


def test_a_cancelled_date_beside_a_count_is_left_out() -> None:
    plan = _read("事業名,実施回数,実施日", "体操,年2回,7/20(中止)")
    assert (plan.rows[0].count, plan.rows[0].dates, _rules(plan)) == (Range(2, 2), (), ["cancelled-date"])


def test_a_cancelled_month_holds_no_session() -> None:
    rows = _read("事業名,4月,5月,6月", "健診,9日,14日(中止),11日", "教室,○,中止,○").rows
    assert [str(day) for day in rows[0].dates] == ["4/9", "6/11"]
    assert [promise.months for promise in rows[1].promises] == [(4,), (6,)]


def _book(*rows: tuple[str | None, ...]) -> Workbook:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    return book


def test_what_is_struck_out_in_a_book_is_not_held(tmp_path: Path) -> None:
    book = _book(
        ("令和6年度 事業計画", None, None),
        ("事業名", "実施回数", "実施日"),
        ("おはなし会", "年1回", "5/11"),
        ("料理教室", "年2回", "7/20"),
    )
    sheet = book.active
    assert sheet is not None
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    book.save(tmp_path / "t.xlsx")
    plan = read_published(tmp_path / "t.xlsx")
    assert [row.name for row in plan.rows] == ["おはなし会"]
    assert sorted(set(_rules(plan))) == ["cancelled", "struck-out"]


def test_coloured_months_are_marks_where_there_are_no_others(tmp_path: Path) -> None:
    months = [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
    empty = [None] * 12
    book = _book(
        ("令和6年度 事業計画",),
        ("事業名", "実施回数", *months),
        ("健診", "年2回", *empty),
        ("教室", "年3回", *empty),
        ("帯", "年1回", *empty),
    )
    sheet = book.active
    assert sheet is not None
    yellow, blue = PatternFill("solid", "FFFF00"), PatternFill("solid", "0000FF")
    for at in ("E3", "J3", "G4", "H4", "I4"):  # 6月, 11月; 8月 to 10月
        sheet[at].fill = yellow
    for column in range(1, 15):
        sheet.cell(5, column).fill = blue  # a band over the whole line is no mark
    book.save(tmp_path / "t.xlsx")
    plan = read_published(tmp_path / "t.xlsx")
    windows = [[(p.months, p.sessions) for p in row.promises] for row in plan.rows]
    assert windows == [[((6,), 1), ((11,), 1)], [((8, 9, 10), 3)], []]
    assert "fills-as-marks" in _rules(plan)


def test_colours_beside_marks_say_nothing(tmp_path: Path) -> None:
    book = _book(("令和6年度",), ("事業名", "4月", "5月", "6月"), ("健診", "○", None, None))
    assert book.active is not None
    book.active["C3"].fill = PatternFill("solid", "FFFF00")
    book.save(tmp_path / "t.xlsx")
    plan = read_published(tmp_path / "t.xlsx")
    assert [promise.months for promise in plan.rows[0].promises] == [(4,)]
    assert _rules(plan) == []
