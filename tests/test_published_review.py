"""What a reviewer found misread without a word: each table is now read as an eye reads it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from ksolve.published import (
    MarkKind,
    PublishedPlan,
    PublishedRow,
    interpret,
    parse_grid,
    read_published,
    survey,
)

MONTHS = ",".join(f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3))


def _read(*lines: str) -> PublishedPlan:
    grid = parse_grid("\n".join(["令和7年度 事業計画", *lines]), "t.csv")
    assert {(cell.line, cell.column) for cell in grid.cells} == set(survey(grid).ledger)
    return interpret(grid)


def _rules(plan: PublishedPlan) -> list[str]:
    return [found.rule for found in plan.findings]


def _windows(row: PublishedRow) -> list[tuple[tuple[int, ...], int]]:
    return [(promise.months, promise.sessions) for promise in row.promises]


def _days(row: PublishedRow) -> list[tuple[int, int]]:
    return [(day.month, day.day) for day in row.dates]


@pytest.mark.parametrize("word", ["計", "合 計", "小計", "総　計", "年間計", "総合計", "【計】"])
def test_a_row_of_totals_is_no_programme(word: str) -> None:
    plan = _read(f"区分,事業名,回数,{MONTHS},計", "甲,会議,3,1,1,1,,,,,,,,,,3", f",{word},3,1,1,1,,,,,,,,,,3")
    assert [row.name for row in plan.rows] == ["会議"]
    assert {plan.ledger[4, column] for column in (2, 3, 4, 16)} == {"total"}
    assert "row-total-mismatch" not in _rules(plan)


def test_totals_are_held_against_the_programmes_above_them() -> None:
    plan = _read(
        "区分,事業名,回数", "甲,会議,3", "甲,広報,4", "小計,,7", "乙,朝会,2", "小計,,3", "合計,,9", "総計,,12"
    )
    assert [row.name for row in plan.rows] == ["会議", "広報", "朝会"]
    found = [
        (f.place.line, f.place.column) for f in plan.findings if f.rule == "row-total-mismatch" and f.place
    ]
    assert found == [(7, 3), (9, 3)]


@pytest.mark.parametrize("frequency", ["月1回", "年12回", "12"])
def test_a_one_in_every_month_is_a_count(frequency: str) -> None:
    plan = _read(f"事業名,実施回数,{MONTHS},計", f"会議,{frequency},1,1,1,1,1,1,1,1,1,1,1,1,12")
    assert (_days(plan.rows[0]), len(_windows(plan.rows[0]))) == ([], 12)
    assert plan.findings == ()


def test_numbers_are_counts_in_the_whole_table_where_one_row_or_the_totals_say_so() -> None:
    rows = f"事業名,実施回数,{MONTHS}", "会議,年2回,1,1,,,,,,,,,,", "広報,年7回,2,5,,,,,,,,,,"
    plan = _read(*rows, "朝会,年1回,,,,1,,,,,,,,")
    assert [_days(row) for row in plan.rows] == [[], [], []]
    assert [_windows(row) for row in plan.rows][2] == [((7,), 1)]
    totals = _read(f"事業名,{MONTHS}", "会議,6,1,,,,,,,,,,", "広報,3,2,,,,,,,,,,", "計,9,3,,,,,,,,,,")
    assert [_windows(row) for row in totals.rows] == [[((4,), 6), ((5,), 1)], [((4,), 3), ((5,), 2)]]


def test_numbers_beyond_what_a_month_may_hold_are_days() -> None:
    plan = _read(f"事業名,実施回数,{MONTHS}", "会議,月1回,8,13,10,,,,,,,,,", "朝会,年1回,1,,,,,,,,,,,")
    assert [_days(row) for row in plan.rows] == [[(4, 8), (5, 13), (6, 10)], [(4, 1)]]


def test_a_lone_one_is_a_count_with_both_readings_said() -> None:
    plan = _read(f"事業名,実施回数,{MONTHS}", "会議,年1回,1,,,,,,,,,,,")
    assert (_windows(plan.rows[0]), _rules(plan)) == ([((4,), 1)], ["number-in-month-cell"])


def test_a_weekday_beside_a_date_is_only_held_against_it() -> None:
    plan = _read(
        "事業名,日付,曜日", "会議,2025-04-19,土", "広報,5/11,月曜日", "朝会,6/7・8,土・日", "夕会,,火"
    )
    assert [_days(row) for row in plan.rows] == [[(4, 19)], [(5, 11)], [(6, 7), (6, 8)], []]
    assert [(row.count.low, row.count.high) for row in plan.rows] == [(1, 1), (1, 1), (2, 2), (0, None)]
    said = [(f.rule, f.place.line) for f in plan.findings if f.place]
    assert said == [("weekday-contradiction", 4), ("missing-frequency", 6)]
    assert plan.rows[3].remarks == (("曜日", "火"),)
    rule = _read("事業名,曜日", "会議,毎週火曜")
    assert rule.rows[0].count.low > 50


def test_a_full_date_under_a_month_is_a_date_and_its_time_the_hours() -> None:
    plan = _read(f"事業名,{MONTHS}", "会議,2025-04-19,,2025/6/7 10:30,,,,,,,,,", "広報,R7.4.5,,,,,,,,,,,")
    assert [_days(row) for row in plan.rows] == [[(4, 19), (6, 7)], [(4, 5)]]
    assert plan.rows[0].hours == (630, 630)
    assert plan.findings == ()


def _book(path: Path, row: list[object], merged: str = "") -> PublishedRow:
    """Read a book of one row under 事業名, 実施回数 and the twelve months (C to N)."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["令和7年度 事業計画"])
    sheet.append(["事業名", "実施回数", *MONTHS.split(",")])
    sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(path / "t.xlsx")
    return read_published(path / "t.xlsx").rows[0]


def test_a_date_with_a_time_in_a_book_keeps_both(tmp_path: Path) -> None:
    row = _book(tmp_path, ["会議", "年1回", datetime(2025, 4, 19, 13, 30)])  # noqa: DTZ001
    assert (_days(row), row.hours) == ([(4, 19)], (810, 810))


def test_a_merged_cell_keeps_its_count(tmp_path: Path) -> None:
    row = _book(tmp_path, ["会議", "全3回", None, None, "3回"], "E3:F3")
    assert _windows(row) == [((6, 7), 3)]


def test_a_long_stretch_of_days_is_a_window_and_not_each_day() -> None:
    plan = _read(f"事業名,実施回数,{MONTHS}", "工作,年3回,,,,7/22～8/29,,,,,,,,", "映画,,,,,7/28～31,,,,,,,,")
    assert (_days(plan.rows[0]), _windows(plan.rows[0])) == ([], [((7, 8), 3)])
    assert len(plan.rows[1].dates) == 4
    assert _rules(plan)[0] == "period-of-days"
    listed = _read("事業名,回数,実施日", "工作,3,7/22～8/29", "朝会,3,5/11～13")
    assert (_days(listed.rows[0]), _windows(listed.rows[0])) == ([], [((7, 8), 3)])
    assert _days(listed.rows[1]) == [(5, 11), (5, 12), (5, 13)]
    assert _rules(listed) == ["period-of-days"]


def test_months_named_in_the_columns_of_half_years_are_those_months() -> None:
    plan = _read(
        "事業名,実施回数,前期,後期",
        "朝会,年2回,6月,11月",
        '会議,年3回,5月,"11月、2月"',
        "講座,年4回,4月～7月,○",
    )
    assert [_windows(row) for row in plan.rows] == [
        [((6,), 1), ((11,), 1)],
        [((5,), 1), ((11,), 1), ((2,), 1)],
        [((4, 5, 6, 7), 3), ((10, 11, 12, 1, 2, 3), 1)],
    ]
    assert plan.findings == ()


@pytest.mark.parametrize(
    ("marks", "windows"),
    [
        (",←→,,,", [((5, 6), 2)]),
        (",←○→,,,", [((5, 6), 2)]),
        (",○→,,←○,", [((5, 6, 7), 2)]),
        (",○→,―,→○,", [((5, 6, 7), 2)]),
        ("×,○,✕,○,", [((5,), 1), ((7,), 1)]),
    ],
)
def test_arrows_in_one_cell_round_ends_and_crosses_are_known(
    marks: str, windows: list[tuple[tuple[int, ...], int]]
) -> None:
    plan = _read(f"事業名,実施回数,{MONTHS}", f"会議,年2回,{marks},,,,,,,")
    assert _windows(plan.rows[0]) == windows


def test_a_merged_bar_is_an_arrow_over_its_months(tmp_path: Path) -> None:
    row = _book(tmp_path, ["会議", "全3回", None, None, "←――→"], "E3:G3")
    assert (row.marks[0].kind, _windows(row)) == (MarkKind.ARROW, [((6, 7, 8), 3)])


def test_a_date_beside_the_month_of_its_row_wins_over_it() -> None:
    plan = _read("月,行事,回数・備考", "5月,こどもまつり,5/5", "6月,七夕,7/7")
    assert [_days(row) for row in plan.rows] == [[(5, 5)], [(7, 7)]]
    assert [(f.rule, f.place.line) for f in plan.findings if f.place] == [("date-outside-column", 4)]


def test_cells_read_together_are_quoted_one_by_one() -> None:
    plan = _read("事業名,回数,時期", "会議,6回程度,5月～9月")
    found = next(f for f in plan.findings if f.rule == "tentative-count")
    assert "「6回程度」と「5月～9月」" in found.text("ja")
    assert "6回程度 and 5月～9月" in found.text("en")
