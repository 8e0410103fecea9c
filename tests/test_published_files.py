"""The kinds of files that a table comes in, written by the libraries that write such files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from openpyxl import Workbook
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle
from xlsxwriter import Workbook as Book

from ksolve.errors import PlanError
from ksolve.findings import Place, Severity
from ksolve.published import PublishedPlan, read_grid, read_published, survey
from ksolve.published.cell.grid import Grid

MONTHS = [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
HEADER = ["事業名", "事業内容", "実施回数", *MONTHS]
FONT = "HeiseiKakuGo-W5"  # one of the fonts that PDF readers bring along: nothing is embedded


def _marks(**marks: str) -> list[str]:
    return [marks.get(f"m{month.removesuffix('月')}", "") for month in MONTHS]


def _rules(plan: PublishedPlan) -> list[str]:
    return [found.rule for found in plan.findings]


def _refused(path: Path) -> tuple[str, str]:
    with pytest.raises(PlanError) as caught:
        read_published(path)
    (found,) = caught.value.findings
    assert found.remedy is not None
    return found.rule, found.remedy.ja


def _accounted(grid: Grid) -> bool:
    remarks = {(one.line, one.column) for one in grid.remarks if one.column and not one.is_beside}
    return {(cell.line, cell.column) for cell in grid.cells} | remarks == set(survey(grid).ledger)


# --- Excel -----------------------------------------------------------------------------------


def _xlsx(path: Path, *rows: Sequence[Any], title: str = "令和6年度 事業計画") -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return book


def test_a_book_reads_like_the_same_table_as_text(tmp_path: Path) -> None:
    rows = [HEADER, ["会議", "連絡会", "年2回", *_marks(m5="○", m1="●")]]
    _xlsx(tmp_path / "t.xlsx", *rows)
    (tmp_path / "t.tsv").write_text(
        "\n".join(["令和6年度 事業計画", *("\t".join(row) for row in rows)]), encoding="utf-8"
    )
    book, text = read_published(tmp_path / "t.xlsx"), read_published(tmp_path / "t.tsv")
    assert (book.title, book.year, book.rows) == (text.title, text.year, text.rows)
    assert _accounted(read_grid(tmp_path / "t.xlsx"))


def test_merged_cells_lend_their_value_downwards_and_span_months_across(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = _xlsx(
        path,
        ["区分", "事業名", "会場", "実施回数", *MONTHS],
        ["交流", "まつり", "ホール", "年1回", *_marks(m5="↔")],
        ["", "発表会", "", "年1回", *_marks(m2="○")],
    )
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("C3:C4")
    sheet.merge_cells("F3:H3")  # 5月 to 7月
    book.save(path)
    plan = read_published(path)
    assert [(row.category, row.place) for row in plan.rows] == [("交流", "ホール")] * 2
    assert [(p.months, p.sessions) for p in plan.rows[0].promises] == [((5, 6, 7), 1)]
    assert "arrow-end-lost" not in _rules(plan)
    assert _accounted(read_grid(path))


def test_a_merged_frequency_holds_for_each_row_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = _xlsx(path, ["事業名", "実施回数"], ["春の会", "年2回"], ["秋の会", ""])
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("B3:B4")
    book.save(path)
    plan = read_published(path)
    assert [str(row.count) for row in plan.rows] == ["2", "2"]
    assert _rules(plan) == ["merged-frequency"]


def test_each_visible_sheet_is_a_table_and_a_place_names_its_sheet(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = _xlsx(path, ["事業名", "実施回数"], ["春の会", "年2回"])
    later = book.create_sheet("後期")
    later.append(["行事名", "時期"])
    later.append(["交流会", "10～11月"])
    hidden = book.create_sheet("名簿")
    hidden.append(["事業名", "回数"])
    hidden.sheet_state = "hidden"
    book.save(path)
    plan = read_published(path)
    assert [[row.name for row in table.rows] for table in plan.tables] == [["春の会"], ["交流会"]]
    assert len({row.line for row in plan.rows}) == 2
    assert _rules(plan) == ["hidden-sheet", "count-not-stated"]
    assert str(plan.findings[1].place) == f"{path}[後期]:B2"


def test_a_sheet_without_a_table_is_said_once_and_no_table_runs_on_into_it(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = _xlsx(path, ["事業名", "実施回数"], ["春の会", "年2回"])
    members = book.create_sheet("名簿")
    for number in range(5):
        members.append([f"会員{number}", "電話", number])
    book.save(path)
    plan = read_published(path)
    assert [row.name for row in plan.rows] == ["春の会"]
    (found,) = plan.findings
    assert (found.rule, str(found.place)) == ("sheet-without-table", f"{path}[名簿]:A1")
    assert "15欄" in found.text.ja
    assert _accounted(read_grid(path))


def test_shapes_comments_and_hidden_cells_of_a_book_are_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with Book(path) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "令和6年度 事業計画")
        sheet.write_row("A2", ["事業名", "担当", "実施回数", "4月", "5月", "6月"])
        sheet.write_row("A3", ["交流会", "係", "年1回", "○"])
        sheet.write_row("A4", ["工作教室", "係", "年2回", "", "○", "○"])
        sheet.write_comment("C4", "回数は\n要調整")
        sheet.insert_textbox("E3", "準備")
        sheet.set_column("B:B", None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})
    plan = read_published(path)
    said = {found.rule: found for found in plan.findings}
    assert [row.name for row in plan.rows] == ["交流会", "工作教室"]
    assert said["drawing-not-read"].severity is Severity.WARNING
    assert said["drawing-not-read"].place == Place(str(path), 3, 5)
    assert "1個あります(E3「準備」)" in said["drawing-not-read"].text("ja")
    assert "1件あります(C4「回数は 要調整」)" in said["comment-not-read"].text("ja")
    assert "(4、B)" in said["hidden-cells"].text("ja")
    assert _accounted(read_grid(path))


def _connector(
    row: int, first: tuple[int, int], last: tuple[int, int], form: str = "straightConnector1"
) -> str:
    """Return a connector as Excel writes it, from (column, offset) to (column, offset), all from 0."""
    ends = "".join(
        f"<xdr:{tag}><xdr:col>{column}</xdr:col><xdr:colOff>{offset}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>95250</xdr:rowOff></xdr:{tag}>"
        for tag, (column, offset) in (("from", first), ("to", last))
    )
    return (
        f'<xdr:twoCellAnchor>{ends}<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="2" name="直線"/>'
        f'<xdr:cNvCxnSpPr/></xdr:nvCxnSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="0"/>'
        f'</a:xfrm><a:prstGeom prst="{form}"><a:avLst/></a:prstGeom></xdr:spPr></xdr:cxnSp><xdr:clientData/>'
        "</xdr:twoCellAnchor>"
    )


def _with_connectors(path: Path, rows: Sequence[Sequence[str]], *connectors: str) -> None:
    """Write a book and put connectors into it; no library at hand writes them."""
    with Book(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([["令和6年度 事業計画"], *rows]):
            sheet.write_row(line, 0, row)
        sheet.insert_textbox("A20", "")
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    drawing = parts["xl/drawings/drawing1.xml"].decode("utf-8")
    opening = drawing[: drawing.index("<xdr:twoCellAnchor")]
    parts["xl/drawings/drawing1.xml"] = (opening + "".join(connectors) + "</xdr:wsDr>").encode()
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_line_drawn_over_months_is_an_arrow_over_them_and_said(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = [HEADER, ["会議", "連絡会", "年3回"], ["広報", "便り", "年1回"]]
    # a column is 64 pixels of 9,525 units wide: 600,000 is its right edge, 10,000 its left
    arrows = [
        _connector(2, (3, 100_000), (5, 300_000)),  # from within 4月 to within 6月
        _connector(2, (6, 600_000), (10, 10_000)),  # from the edge of 8月 to that of 11月: 8月 to 10月
        _connector(3, (8, 200_000), (9, 400_000), form="line"),
    ]
    _with_connectors(path, rows, *arrows)
    plan = read_published(path)
    assert [[p.months for p in row.promises] for row in plan.rows] == [
        [(4, 5, 6), (8, 9, 10)],
        [(9, 10)],
    ]
    assert [(f.rule, f.place and f.place.column) for f in plan.findings if "draw" in f.rule] == [
        ("drawn-arrow", 4),
        ("drawn-arrow", 8),
        ("drawn-arrow", 9),
    ]
    assert "arrow-end-lost" not in _rules(plan)
    assert _accounted(read_grid(path))


@pytest.mark.parametrize(
    "connector",
    [
        _connector(2, (2, 100_000), (5, 300_000)),  # begins in the frequency
        _connector(2, (3, 100_000), (4, 300_000)),  # over a cell that holds a mark
        _connector(2, (5, 100_000), (5, 500_000)),  # within one month
        _connector(1, (5, 100_000), (7, 500_000)),  # over the header
        _connector(2, (5, 100_000), (7, 500_000), form="bentConnector3"),
        _connector(9, (5, 100_000), (7, 500_000)),  # below the table
    ],
)
def test_a_line_that_goes_elsewhere_is_named_and_not_read(tmp_path: Path, connector: str) -> None:
    path = tmp_path / "t.xlsx"
    _with_connectors(path, [HEADER, ["会議", "連絡会", "年1回", "", "○"]], connector)
    plan = read_published(path)
    assert [p.months for p in plan.rows[0].promises] == [(5,)]
    assert _rules(plan) == ["drawing-not-read"]


def test_formulas_are_read_as_their_values_and_one_without_value_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = Book(path)
    sheet = book.add_worksheet()
    for line, row in enumerate([["令和6年度 事業計画"], ["事業名", "実施回数", "備考"]]):
        sheet.write_row(line, 0, row)
    sheet.write(2, 0, "春の会")
    sheet.write_formula(2, 1, '="年"&(1+2)&"回"', None, "年3回")
    book.close()
    assert [str(row.count) for row in read_published(path).rows] == ["3"]
    _xlsx(path, ["事業名", "実施回数", "備考"], ["春の会", "年3回", "=1+1"])
    plan = read_published(path)
    assert [(f.rule, f.place and (f.place.line, f.place.column)) for f in plan.findings] == [
        ("formula-without-value", (3, 3))
    ]
    assert plan.ledger[3, 3] == "finding"


def test_values_are_read_as_the_sheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = _xlsx(path, ["事業名", "回数", "実施日", "開始", "終了"])
    sheet = book.active
    assert sheet is not None
    sheet.append(["春の会", 2.0, datetime(2024, 5, 11), time(10, 30), time(12, 0)])  # noqa: DTZ001 - a cell
    sheet.append(["秋の会", 1, date(2024, 10, 5), None, None])
    sheet["B3"].number_format = '"年"0"回"'
    sheet["C4"].number_format = "m/d"
    book.save(path)
    rows = read_published(path).rows
    assert [(row.frequency_text, [str(day) for day in row.dates]) for row in rows] == [
        ("年2回", ["2024-05-11"]),
        ("1回", ["2024-10-05"]),
    ]
    assert rows[0].hours == (630, 720)


def test_a_month_header_made_of_dates_is_a_month_header(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = _xlsx(path, ["事業名", *(date(2024 + (m < 4), m, 1) for m in (4, 5, 6))], ["春の会", "", "○", ""])
    sheet = book.active
    assert sheet is not None
    for column in "BCD":
        sheet[f"{column}2"].number_format = 'm"月"'
    book.save(path)
    assert [promise.months for promise in read_published(path).rows[0].promises] == [(5,)]


def test_a_cell_far_out_costs_nothing_and_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = _xlsx(path, ["事業名", "実施回数"], ["春の会", "年2回"])
    sheet = book.active
    assert sheet is not None
    sheet["XFD1048576"] = "忘れ物"
    book.save(path)
    grid = read_grid(path)
    assert len(grid.rows) < 10
    assert _accounted(grid)


# --- Word ------------------------------------------------------------------------------------


def test_a_word_document_gives_its_tables_with_the_headings_before_them(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    document = docx.Document()
    document.add_paragraph("令和6年度 事業計画")
    document.add_paragraph("児童館")
    table = document.add_table(rows=3, cols=3)
    for line, row in enumerate(
        [["区分", "事業名", "実施回数"], ["交流", "まつり", "年1回"], ["", "発表会", "年に何か"]]
    ):
        for column, text in enumerate(row):
            table.cell(line, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(str(path))
    plan = survey(read_grid(path))
    assert (plan.title, [t.heading for t in plan.tables]) == ("令和6年度 事業計画", ["児童館"])
    assert [(row.category, row.name) for row in plan.rows] == [("交流", "まつり"), ("交流", "発表会")]
    unread = next(f for f in plan.findings if f.rule == "unreadable-frequency")
    assert str(unread.place) == f"{path}[表1]:3:3"
    assert _accounted(read_grid(path))


# --- PDF -------------------------------------------------------------------------------------


def _pdf(path: Path, *tables: Sequence[Sequence[str]], span: bool = False, password: str = "") -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    lock = StandardEncryption(password) if password else None
    page = SimpleDocTemplate(str(path), pagesize=landscape(A3), encrypt=lock)
    title = Paragraph("令和6年度 事業計画", ParagraphStyle("title", fontName=FONT))
    style = [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("FONT", (0, 0), (-1, -1), FONT)]
    style += [("SPAN", (4, 1), (5, 1)), ("SPAN", (0, 1), (0, 2))] if span else []
    page.build([title, *(Table(rows, style=TableStyle(style)) for rows in tables)])


def test_ruled_tables_of_a_pdf_are_read_with_their_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    rows = [
        ["区分", "事業名", "実施回数", *MONTHS],
        ["交流", "まつり", "年1回", *_marks(m5="↔")],
        ["", "発表会", "年1回", *_marks(m2="○")],
    ]
    _pdf(path, rows, span=True)
    plan = read_published(path)
    assert (plan.title, [row.category for row in plan.rows]) == ("令和6年度 事業計画", ["交流", "交流"])
    assert [[p.months for p in row.promises] for row in plan.rows] == [[(5, 6)], [(2,)]]
    assert _accounted(read_grid(path))


def test_a_table_that_goes_on_over_pages_is_one_table(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    rows = [["事業名", "実施回数"], *([f"教室{n}", f"年{n}回"] for n in range(1, 81))]
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("FONT", (0, 0), (-1, -1), FONT)])
    SimpleDocTemplate(str(path)).build([Table(rows, style=style, repeatRows=1)])
    plan = read_published(path)
    assert [len(table.rows) for table in plan.tables] == [80]
    assert set(_rules(plan)) == {"table-continued"}
    assert "[2ページ]:1" in str(plan.findings[0].place)


def test_a_scan_and_a_pdf_without_lines_are_refused_in_words(tmp_path: Path) -> None:
    scan, loose = tmp_path / "scan.pdf", tmp_path / "loose.pdf"
    canvas = Canvas(str(scan))
    canvas.rect(50, 50, 300, 300, fill=1)
    canvas.save()
    assert _refused(scan)[0] == "scan-without-text"
    canvas = Canvas(str(loose))
    canvas.drawString(100, 700, "4/20 reading")
    canvas.save()
    assert _refused(loose)[0] == "pdf-without-table"


def _unruled(path: Path, *pages: Sequence[tuple[int, Sequence[tuple[int, str]]]]) -> None:
    """Write pages of words without lines: for each line its height from the bottom, and (left, text)."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=landscape(A3))
    for page in pages:
        canvas.setFont(FONT, 10)
        for height, words in page:
            for left, text in words:
                canvas.drawString(left, height, text)
        canvas.showPage()
    canvas.save()


LEFTS = (60, 180, 320, 400, 440, 480)


def _line(height: int, *texts: str) -> tuple[int, list[tuple[int, str]]]:
    return height, [(left, text) for left, text in zip(LEFTS, texts, strict=False) if text]


def test_a_table_without_lines_is_read_by_where_its_headings_stand(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    first = [
        _line(760, "令和6年度 事業計画"),
        _line(700, "事業名", "対象", "実施回数", "4月", "5月", "6月"),
        _line(670, "乳児健診", "4か月児", "年2回", "○", "", "○"),
        _line(640, "離乳食教室", "5か月児と保護者で、", "年1回", "", "○", ""),
        _line(627, "", "初めての方"),  # goes on with the cell above: much closer than the rows are
        _line(597, "映画会", "", "年1回", "", "", "○"),
        _line(540, "※日程は変わることがあります"),
    ]
    second = [_line(700, "工作教室", "小学生", "年3回", "○", "○", "○")]
    _unruled(path, first, second)
    plan = read_published(path)
    assert plan.title == "令和6年度 事業計画"
    assert [(row.name, row.audience, str(row.count)) for row in plan.rows] == [
        ("乳児健診", "4か月児", "2"),
        ("離乳食教室", "5か月児と保護者で、初めての方", "1"),
        ("映画会", "", "1"),
        ("工作教室", "小学生", "3"),
    ]
    assert [[p.months for p in row.promises] for row in plan.rows[:3]] == [[(4,), (6,)], [(5,)], [(6,)]]
    assert _rules(plan) == ["table-without-lines"]
    assert str(plan.findings[0].place) == f"{path}[1ページ]:2:1"
    assert _accounted(read_grid(path))


def test_rows_at_one_distance_are_never_joined(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    lines = [
        _line(700, "区分", "事業名", "実施回数", "4月", "5月", "6月"),
        _line(686, "交流", "まつり", "年1回", "○", "", ""),
        _line(672, "", "発表会", "年1回", "", "○", ""),
    ]
    _unruled(path, lines)
    assert [row.name for row in survey(read_grid(path)).rows] == ["まつり", "発表会"]


def test_words_that_keep_to_no_columns_are_refused_as_before(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    across = [(60, "乳児健診という名の長い事業は一年に二回ほど行われる"), (380, "○"), (470, "○")]
    _unruled(path, [_line(700, "事業名", "対象", "実施回数", "4月", "5月", "6月"), (670, across)])
    assert _refused(path)[0] == "pdf-without-table"


# --- Files that are not what they should be -----------------------------------------------------


def _bytes_of_book() -> bytes:
    book, data = Workbook(), BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "rule", "hint"),
    [
        ("t.csv", _bytes_of_book(), "renamed-file", ".xlsx"),
        ("t.xlsx", "事業名,実施回数\n".encode(), "renamed-file", ".csv"),
        ("t.pdf", "事業名,実施回数\n".encode(), "renamed-file", ".csv"),
        ("t.xlsx", b"", "empty-file", "表"),
        ("t.csv", b"\n \t\n", "empty-file", "表"),
        ("t.xlsx", _bytes_of_book()[:900], "broken-file", "保存"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-format", ".xlsx"),
        (
            "t.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted-file",
            "パスワード",
        ),
        ("t.pdf", b"%PDF-1.7\nnonsense", "broken-file", "保存"),
        ("t.csv", b'a,"' + b"x" * 140_000, "broken-csv", "引用符"),
        ("t.csv", b"\x00\x01\x02", "unknown-encoding", "CSV"),
    ],
)
def test_what_cannot_be_read_says_so_with_a_way_out(
    tmp_path: Path, name: str, data: bytes, rule: str, hint: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found, remedy = _refused(path)
    assert found == rule
    assert hint in remedy


def test_a_book_whose_parts_are_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    whole = _bytes_of_book()
    for at in range(60, len(whole) - 60, 97):
        path.write_bytes(whole[:at] + b"\x00\xff\x00\xff" + whole[at + 4 :])
        try:
            read_published(path)
        except PlanError as error:
            assert {f.rule for f in error.findings} <= {"broken-file", "unknown-kind", "no-header"}  # noqa: PT017


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    _pdf(path, [["事業名", "実施回数"], ["会", "年1回"]], password="secret")  # noqa: S106 - of the test
    assert _refused(path)[0] == "encrypted-file"


@pytest.mark.parametrize(("suffix", "module"), [("docx", "docx"), ("pdf", "pdfplumber")])
def test_a_missing_extra_names_its_install_command(
    tmp_path: Path, suffix: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"t.{suffix}"
    if suffix == "docx":
        docx.Document().save(str(path))
    else:
        _pdf(path, [["事業名", "実施回数"], ["会", "年1回"]])
    monkeypatch.setattr(
        "ksolve.published.files.file_types.find_spec", lambda name: None if name == module else True
    )
    rule, remedy = _refused(path)
    assert rule == "missing-extra"
    assert f"pip install 'ksolve[{suffix}]'" in remedy


def test_reading_text_imports_no_library_for_other_files(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("事業名\t実施回数\n会\t年1回\n", encoding="utf-8")
    code = (
        "import sys, pathlib, ksolve.api\n"
        f"ksolve.api.read(pathlib.Path({str(path)!r}))\n"
        "print(sorted({'openpyxl', 'docx', 'pdfplumber', 'ortools'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_refused_file_ends_with_status_2(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(_bytes_of_book())
    done = subprocess.run(
        [sys.executable, "-m", "ksolve", "read", str(path), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert '"renamed-file"' in done.stdout
