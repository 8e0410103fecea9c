"""Tables with faults: what is read, what is said, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.errors import PlanError
from ksolve.frequency import Range
from ksolve.published import PublishedPlan, interpret, parse_grid, read_published

MONTHS = "\t".join(f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3))
HEADER = f"事業名称\t事業内容\t実施回数\t{MONTHS}"


def _read(*rows: str, header: str = HEADER, title: str = "令和6年度 事業計画") -> PublishedPlan:
    return interpret(parse_grid("\n".join([title, header, *rows]), "t.tsv"))


def _row(name: str, content: str, frequency: str, **marks: str) -> str:
    places = ["", "", "", "", "", "", "", "", "", "", "", ""]
    for month, mark in marks.items():
        places[(int(month.removeprefix("m")) - 4) % 12] = mark
    return "\t".join([name, content, frequency, *places])


def _faults(*rows: str, header: str = HEADER) -> list[tuple[str, int, int]]:
    return [(f.rule, f.place.line, f.place.column) for f in _read(*rows, header=header).errors if f.place]


def test_marks_under_labels_mean_their_months() -> None:
    plan = _read(_row("会議", "連絡会", "年2回", m5="○", m1="●"))
    assert [promise.months for promise in plan.rows[0].promises] == [(5,), (1,)]
    assert plan.findings == ()


def test_full_width_and_other_circles_and_arrows_are_known() -> None:
    plan = _read(_row("会議", "連絡会", "年４回", m4="◯", m5="〇", m6="◎", m9="⇔"))
    assert [promise.months for promise in plan.rows[0].promises] == [(4,), (5,), (6,), (9, 10)]


def test_an_unknown_mark_and_an_unreadable_frequency_come_in_one_run_with_their_places() -> None:
    rows = [
        _row("甲", "乙", "年に何度か", m4="○"),
        _row("丙", "丁", "年1回", m6="△"),
        _row("戊", "己", "月1回", m7="?"),
    ]
    assert _faults(*rows) == [("unreadable-frequency", 3, 3), ("unknown-mark", 4, 6), ("unknown-mark", 5, 7)]


def test_a_file_without_a_header_or_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        interpret(parse_grid("令和6年度\n甲\t年1回\n", "t.tsv"))
    assert [found.rule for found in caught.value.findings] == ["no-header"]
    assert "月名" in caught.value.findings[0].line("ja")
    with pytest.raises(PlanError) as caught:
        _read()
    assert [found.rule for found in caught.value.findings] == ["empty-table"]
    empty = tmp_path / "empty.tsv"
    empty.write_text(" \n\n", encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_published(empty)
    assert [found.rule for found in caught.value.findings] == ["empty-file"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_the_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes("\n".join(["令和6年度", HEADER, _row("甲", "乙", "年3回")]).encode(encoding))
    assert read_published(path).rows[0].count == Range(3, 3)


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xfe\x41\x00", bytes(range(128, 256))])
def test_garbage_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes(data)
    with pytest.raises(PlanError) as caught:
        read_published(path)
    assert [found.rule for found in caught.value.findings] == ["unknown-encoding"]


def test_csv_is_read_like_tab_separated_text(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [HEADER, _row("甲", "乙 丙(年1回) 丁(年2回)", "年3回", m5="○")]
    quoted = [",".join(f'"{cell}"' for cell in row.split("\t")) for row in rows]
    path.write_text("\n".join(["令和6年度", *quoted]), encoding="utf-8")
    row = read_published(path).rows[0]
    assert [(part.name, part.count.low) for part in row.components] == [("丙", 1), ("丁", 2)]


def test_components_that_do_not_add_up_are_said() -> None:
    plan = _read(_row("甲", "教室 春の会(年2回) 秋の会(年2回)", "年5回"))
    found = next(f for f in plan.findings if f.rule == "component-sum")
    assert "合計は4回、実施回数は5回" in found.text.ja


def test_a_wide_body_gives_marks_beyond_the_header_two_readings() -> None:
    header = f"{HEADER}\t\t"
    marks = ["", "", "", "", "", "", "", "", "", "", "", "", "○", ""]
    plan = _read("\t".join(["甲", "乙", "年1回", *marks]), header=header)
    # 14 cells: the 13th is one from the right edge (2月), and 12/14 of the year (2月).
    assert plan.rows[0].marks[0].readings == ((2,), (2,))
    assert "mark-beyond-header" in {found.rule for found in plan.findings}


def test_cells_that_fit_nowhere_are_named() -> None:
    plan = _read(_row("甲", "乙", "年1回") + "\t備考です")
    assert ("labelled-mark", 3, 16) in [
        (f.rule, f.place.line, f.place.column) for f in plan.findings if f.place
    ]
    loose = interpret(
        parse_grid("\n".join(["令和6年度\t別の欄", HEADER, _row("甲", "乙", "年1回")]), "t.tsv")
    )
    assert ("cell-not-read", 1, 2) in [
        (f.rule, f.place.line, f.place.column) for f in loose.findings if f.place
    ]
    assert loose.ledger[1, 2] == "finding"


def test_a_start_month_without_a_year_arrow_is_taken_as_it_stands() -> None:
    plan = _read(_row("相談", "新しい相談", "通年", m10="開始"))
    assert plan.rows[0].starts_in == 10
    assert [found.rule for found in plan.findings] == ["missing-arrow"]
