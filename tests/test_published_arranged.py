"""Tables that are printed another way than they are read: turned, plan beside actual, weeks under months."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from ksolve.calendar import FiscalYear
from ksolve.frequency import Range
from ksolve.plan.skeleton import skeleton
from ksolve.published import Grid, PublishedPlan, PublishedRow, parse_grid, read_grid, survey

LAYOUTS = Path(__file__).parent / "layouts"
TITLE = "令和6年度 計画"


def _survey(grid: Grid) -> PublishedPlan:
    plan = survey(grid)
    assert {(cell.line, cell.column) for cell in grid.cells} == set(plan.ledger)
    return plan


def _read(*lines: str) -> PublishedPlan:
    return _survey(parse_grid("\n".join([TITLE, *lines]), "t.csv"))


def _file(name: str) -> PublishedPlan:
    return _survey(read_grid(LAYOUTS / f"{name}.csv"))


def _rules(plan: PublishedPlan) -> list[str]:
    return [found.rule for found in plan.findings]


def _windows(row: PublishedRow) -> list[tuple[tuple[int, ...], int]]:
    return [(promise.months, promise.sessions) for promise in row.promises]


def _days(row: PublishedRow) -> list[str]:
    return [str(day) for day in row.dates]


# --- turned tables ---------------------------------------------------------------------------


def test_a_turned_table_has_a_programme_in_each_column() -> None:
    plan = _file("turned")
    assert [(row.category, row.name, row.audience) for row in plan.rows] == [
        ("乳児", "乳児健診", "4か月児"),
        ("乳児", "離乳食教室", "5か月児"),
        ("成人", "健康相談", "40歳以上"),
    ]
    assert _days(plan.rows[0]) == ["4/9", "5/14", "6/11"]
    assert _windows(plan.rows[2]) == [((4,), 1), ((5, 6), 1)]
    assert plan.year == FiscalYear(2024)


def test_what_is_said_of_a_turned_table_names_the_places_that_are_printed() -> None:
    plan = _file("turned")
    assert [(f.rule, f.place and (f.place.line, f.place.column)) for f in plan.findings] == [
        ("turned-table", (3, 1)),
        ("cell-not-read", (3, 5)),  # a column of remarks on months belongs to no programme
        ("cell-not-read", (6, 5)),
    ]
    assert [(mark.line, mark.column) for mark in plan.rows[0].marks] == [(5, 2), (6, 2), (7, 2)]
    assert [(p.marks[0].line, p.marks[0].column) for p in plan.rows[2].promises] == [(5, 4), (6, 4)]
    assert plan.ledger[3, 1] == "header"
    assert plan.ledger[4, 3] == "audience"


def test_a_ditto_of_a_turned_table_repeats_the_cell_printed_above_it() -> None:
    assert _days(_file("turned").rows[1]) == ["4/10", "5/10", "6/12"]
    plan = _read("月,甲,乙", "4月,〃,○", "5月,○,○", "6月,○,")
    assert [(f.rule, f.place and (f.place.line, f.place.column)) for f in plan.findings] == [
        ("turned-table", (2, 1)),
        ("ditto-without-above", (3, 2)),
    ]


def test_bare_months_go_down_only_below_a_corner_that_says_so() -> None:
    plan = _file("turned_bare")
    assert [(row.name, row.count) for row in plan.rows] == [
        ("おはなし会", Range(4, 4)),
        ("映画会", Range(2, 2)),
    ]
    assert _windows(plan.rows[1]) == [((6,), 1), ((8,), 1)]
    numbered = _survey(parse_grid((LAYOUTS / "turned_bare.csv").read_text().replace("月,", "No.,"), "t.csv"))
    assert "turned-table" not in _rules(numbered)


def test_a_month_may_have_several_lines() -> None:
    plan = _read("月,甲,乙", "4月,9日,○", ",23日,", "5月,14日,", "6月,,○")
    assert _days(plan.rows[0]) == ["4/9", "4/23", "5/14"]
    assert _rules(plan) == ["turned-table"]


def test_frequencies_and_totals_may_stand_among_the_months() -> None:
    plan = _read("月,甲,乙", "実施回数,年2回,月1回", "会場,ホール,", "4月,○,○", "5月,,○", "6月,○,○", "計,2,3")
    assert [(row.name, row.frequency_text, row.place) for row in plan.rows] == [
        ("甲", "年2回", "ホール"),
        ("乙", "月1回", ""),
    ]
    assert plan.ledger[8, 2] == "total"


def test_a_turned_table_may_stand_below_another_and_lines_below_it_keep_their_numbers() -> None:
    rows = [f"月,{','.join(f'講座{n}' for n in range(9))}", *(f"{m}月" + ",○" * 9 for m in (4, 5, 6))]
    plan = _read(
        "事業名,回数", "甲,年3回", "", "月別の表", *rows, "", "別の表", "事業名,回数", "乙,年に何度か"
    )
    assert [table.heading for table in plan.tables] == ["", "月別の表", "別の表"]
    assert len({row.line for row in plan.rows}) == 11  # more programmes than lines, each with its number
    unread = next(found for found in plan.findings if found.rule == "unreadable-frequency")
    assert unread.place
    assert (unread.place.line, unread.place.column) == (13, 2)
    assert plan.line_of(unread.place) == plan.rows[-1].line


def test_the_events_of_each_month_are_not_taken_for_programmes() -> None:
    by_months = _read("月,行事名,内容", "4月,入園式,親しむ", "5月,遠足,歩く", "6月,水遊び,慣れる")
    assert [row.name for row in by_months.rows] == ["入園式", "遠足", "水遊び"]
    unsure = _read("月,主な取組,ねらい", "4月,入園式,親しむ", "5月,遠足,歩く", "6月,水遊び,慣れる")
    assert unsure.rows == ()
    assert "turned-unsure" in [found.rule for found in unsure.errors]


def test_a_turned_sheet_keeps_its_merged_months_and_its_sheet(tmp_path: Path) -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("健診")
    assert first is not None
    for row in (["令和6年度 計画"], ["事業名", "回数"], ["甲", "年2回"]):
        first.append(row)
    for row in (["月", "乳児健診", "離乳食教室"], ["4月", "↔", "○"], ["5月", "", "△"], ["6月", "", ""]):
        second.append(row)
    second.merge_cells("B2:B4")  # 4月 to 6月
    book.save(tmp_path / "t.xlsx")
    plan = _survey(read_grid(tmp_path / "t.xlsx"))
    assert _windows(plan.rows[1]) == [((4, 5, 6), 1)]
    unknown = next(found for found in plan.findings if found.rule == "unknown-mark")
    assert str(unknown.place) == f"{tmp_path / 't.xlsx'}[健診]:C3"


def test_sheets_below_a_wide_turned_table_keep_their_own_lines(tmp_path: Path) -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("児童館")
    assert first is not None
    first.title = "健診"
    for row in (["月", *(f"健診{n}" for n in range(9))], *([f"{m}月", *["○"] * 9] for m in (4, 5, 6))):
        first.append(row)
    for column, texts in enumerate((["事業名", "甲"], ["回数", "年に何度か"]), start=1):
        for line, text in enumerate(texts, start=3):  # the sheet begins with empty rows
            second.cell(line, column, text)
    book.save(tmp_path / "t.xlsx")
    plan = _survey(read_grid(tmp_path / "t.xlsx"))
    assert [len(table.rows) for table in plan.tables] == [9, 1]
    (unread,) = plan.errors
    assert str(unread.place) == f"{tmp_path / 't.xlsx'}[児童館]:B4"
    assert plan.line_of(unread.place) == plan.rows[-1].line


def test_a_comment_in_the_plan_stands_above_the_programme_of_a_turned_table(tmp_path: Path) -> None:
    plan = _read("月,甲,乙", "4月,○,○", "5月,○,△", "6月,○,○")
    lines = skeleton(plan, FiscalYear(2024), tmp_path / "plan.yaml").splitlines()
    at = next(number for number, line in enumerate(lines) if "4:3 [unknown-mark]" in line)
    assert "    name: 乙" in lines[at : at + 3]


# --- plan beside actual ----------------------------------------------------------------------


def test_the_plan_is_read_and_what_was_held_is_left_out_and_said() -> None:
    plan = _file("plan_beside_actual")
    assert [(row.name, row.count) for row in plan.rows[:2]] == [
        ("おはなし会", Range(3, 3)),
        ("映画会", Range(1, 1)),
    ]
    assert [_windows(row) for row in plan.rows[:2]] == [[((4,), 1), ((5,), 1), ((6,), 1)], [((5,), 1)]]
    found = next(found for found in plan.findings if found.rule == "plan-beside-actual")
    assert (found.place.line, found.place.column) == (2, 4) if found.place else False
    assert "「実績」の列(4欄)は読みません" in str(found.resolution and found.resolution.ja)
    assert [at for at, role in plan.ledger.items() if role == "left out"] == [
        (4, 4), (4, 6), (5, 8), (6, 4),
    ]  # fmt: skip
    assert plan.ledger[3, 4] == "header"
    assert [(mark.line, mark.column) for mark in plan.rows[1].marks] == [(5, 5)]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("予定", "実績"), 4),
        (("実績", "計画"), 5),
        (("前年度", "今年度"), 5),
        (("令和5年度", "令和6年度"), 5),
        (("令和6年度計画", "令和5年度実績"), 4),
    ],
)
def test_the_words_tell_which_of_two_columns_is_the_plan(words: tuple[str, str], kept: int) -> None:
    first, second = words
    lower = "," + ",".join([first, second] * 3)
    plan = _read("事業名,4月,,5月,,6月,", lower, "甲,○,,,○,○,○" if kept == 4 else "甲,,○,○,,○,○")
    assert _windows(plan.rows[0]) == [((4,), 1), ((6,), 1)]
    over = _read(f"事業名,{first},,,{second},,", ",4月,5月,6月,4月,5月,6月", "甲,○,,,,○,")
    assert _windows(over.rows[0]) == ([((4,), 1)] if kept == 4 else [((5,), 1)])
    assert _rules(over) == ["plan-beside-actual"]


def test_of_two_years_over_months_that_of_the_title_is_read() -> None:
    plan = _file("last_year_and_this")
    assert [_windows(row) for row in plan.rows] == [[((5,), 1)], [((5,), 1), ((6,), 1)]]
    assert _rules(plan) == ["plan-beside-actual"]


def test_a_count_may_stand_as_planned_and_as_held() -> None:
    plan = _read("事業名,回数,,備考", ",計画,実績", "甲,年3回,2,要申込")
    assert (plan.rows[0].count, plan.rows[0].remarks) == (Range(3, 3), (("備考", "要申込"),))
    assert plan.ledger[4, 3] == "left out"


def test_two_columns_that_are_both_plans_are_not_chosen_from() -> None:
    plan = _read(
        "事業名,4月,,5月,,6月,", ",当初計画,変更計画,当初計画,変更計画,当初計画,変更計画", "甲,○,○,,,,"
    )
    assert "plan-beside-actual" not in _rules(plan)
    assert "mark-between-labels" in _rules(plan)


def test_a_turned_table_and_one_with_plan_and_actual_may_stand_in_one_file() -> None:
    turned = [f"月,{','.join(f'講座{n}' for n in range(6))}", *(f"{m}月" + ",○" * 6 for m in (4, 5, 6))]
    plan = _read(*turned, "", "事業名,4月,,5月,,6月,", ",計画,実績,計画,実績,計画,実績", "甲,△,○,,○,○,")
    assert [table.rows[-1].name for table in plan.tables] == ["講座5", "甲"]
    assert _windows(plan.rows[-1]) == [((6,), 1)]
    assert [(mark.line, mark.column) for mark in plan.rows[-1].marks] == [(9, 6)]
    assert [(f.rule, f.place and (f.place.line, f.place.column)) for f in plan.findings] == [
        ("turned-table", (2, 1)),
        ("plan-beside-actual", (7, 3)),
        ("unknown-mark", (9, 2)),
    ]


def test_merged_labels_over_plan_and_actual_are_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["令和6年度 計画"],
        ["事業名", "4月", "", "5月", "", "6月", ""],
        ["", "実績", "計画", "実績", "計画", "実績", "計画"],
        ["甲", "○", "", "", "○", "", "○"],
        ["乙", "○", "", "", "", "", ""],
    ):
        sheet.append(row)
    for area in ("A2:A3", "B2:C2", "D2:E2", "F2:G2", "B5:C5"):
        sheet.merge_cells(area)
    book.save(tmp_path / "t.xlsx")
    plan = _survey(read_grid(tmp_path / "t.xlsx"))
    assert _windows(plan.rows[0]) == [((5,), 1), ((6,), 1)]
    assert _windows(plan.rows[1]) == [((4,), 1)]  # merged over both columns


# --- parts of months -------------------------------------------------------------------------


def test_a_circle_under_a_week_of_a_month_is_a_session_in_it() -> None:
    plan = _file("weeks")
    garden, pottery, writing = plan.rows
    assert garden.frequency
    assert garden.frequency.text == "月1回(第2週)(4月～5月)"
    assert (garden.count, garden.frequency_text) == (Range(2, 2), "年2回")
    assert _windows(garden) == [((4,), 1), ((5,), 1)]
    assert pottery.count == Range(0, None)
    assert writing.frequency_text == "毎週火曜"
    said = [(f.rule, f.place and f.place.line) for f in plan.findings if f.rule.startswith("part")]
    assert said == [("parts-of-months", 4), ("part-not-kept", 5), ("part-not-kept", 6)]


def test_thirds_of_months_may_head_columns() -> None:
    plan = _file("thirds")
    assert [(row.frequency_text, row.count) for row in plan.rows] == [
        ("4月中旬＋5月上旬に2回", Range(3, 3)),
        ("4月下旬", Range(1, 1)),
    ]
    assert _rules(plan) == ["parts-of-months"] * 2


def test_weeks_without_a_month_are_those_of_every_month_and_that_is_said() -> None:
    plan = _read("事業名,第1週,第2週,第3週,第4週", "甲,,○,,○", "乙,○,,,", "丙,,↔,,")
    assert [row.count for row in plan.rows] == [Range(24, 24), Range(12, 12), Range(0, None)]
    assert _rules(plan)[:2] == ["week-without-month", "parts-of-months"]
    assert [row.promises for row in plan.rows] == [(), (), ()]


def test_two_circles_in_one_week_are_two_sessions() -> None:
    plan = _read("事業名,4月,,5月,,6月,", ",1週目,2週目,1週目,2週目,1週目,2週目", "甲,○○,,,○,,")
    assert (plan.rows[0].frequency_text, plan.rows[0].count) == (
        "月1回(第1週)(4月)＋月1回(第1週)(4月)＋月1回(第2週)(5月)",
        Range(3, 3),
    )
