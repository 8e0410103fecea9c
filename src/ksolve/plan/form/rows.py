"""The workbook of a form as rows of texts; what cannot be read is a fault with its sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ksolve.errors import PlanError, fault, nearest
from ksolve.files.book_cells import shown
from ksolve.findings import Finding, Place
from ksolve.letters import name_key
from ksolve.plan.form.columns import Sheet
from ksolve.plan.form.sheets import EXAMPLE, SHEETS
from ksolve.published.files.bounds import refuse_archive
from ksolve.published.files.broken import opened
from ksolve.published.files.xlsx_formulas import At, formula_cells
from ksolve.text import Text

MOST_ROWS = 2_000
"""The rows of a sheet that hold anything; a plan of 1,000 programmes is a large one."""
_HEADER_WITHIN = 30
_FEWEST_SHEETS = 3
"""A book with so many of our sheets is a form, even where one is missing."""
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a workbook in the old format begins, and one with a password."""
_FREE = ("備考", "メモ", "remark", "note")
"""Headings of columns that people add for themselves; they are not read."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the text of each cell that holds any, by the key of its column."""

    sheet: Sheet
    cells: Mapping[str, str]
    line: int
    home: Place
    columns: Mapping[str, int]

    def at(self, key: str = "") -> Place:
        """Return where the cell of a column stands; the row's first where it has none."""
        return Place(self.home.file, self.line, self.columns.get(key, 1), self.home.sheet)

    def get(self, key: str) -> str:
        """Return the text of a cell, nothing where it is empty."""
        return self.cells.get(key, "")


def is_form(data: bytes) -> bool:
    """Tell whether a file is a workbook with our sheets."""
    if not data.startswith(b"PK"):
        return False
    try:
        with opened(""), ZipFile(BytesIO(data)) as archive:
            names = re.findall(rb'<(?:\w+:)?sheet [^>]*?name="([^"]*)"', archive.read("xl/workbook.xml"))
    except PlanError:
        return False
    titles = {title for sheet in SHEETS for title in (sheet.title.ja, sheet.title.en)}
    return len({name.decode("utf-8", "replace") for name in names} & titles) >= _FEWEST_SHEETS


def read_rows(data: bytes, file: str) -> tuple[dict[str, list[Row]], list[Finding]]:
    """Return the rows of each sheet by its key, and what is wrong with the sheets themselves.

    Raises PlanError where the file is broken or holds more than is read.
    """
    with opened(file):
        refuse_archive(data, file)
        book = load_workbook(BytesIO(data), data_only=True)
        formulas = formula_cells(data)
    found: dict[str, list[Row]] = {}
    faults: list[Finding] = []
    for sheet in SHEETS:
        named = _sheet_of(book, sheet)
        found[sheet.key] = []
        if named is None and sheet.is_added:
            continue
        if named is None:
            known = Text("、".join(book.sheetnames), ", ".join(book.sheetnames))
            text = _NO_SHEET.fill(name=sheet.title, known=known)
            faults.append(fault("no-sheet", text, Place(file, sheet=sheet.title.ja), _NEW_FORM))
            continue
        reading = _Reading(
            sheet, named, Place(file, sheet=named.title), formulas.get(named.title, frozenset())
        )
        found[sheet.key] = list(reading.rows())
        faults += reading.faults
    return found, faults


def _sheet_of(book: Workbook, sheet: Sheet) -> Worksheet | None:
    wanted = {name_key(sheet.title.ja), name_key(sheet.title.en)}
    for name in book.sheetnames:
        if name_key(name) in wanted and isinstance(book[name], Worksheet):
            return book[name]
    return None


class _Reading:
    """One sheet while it is read."""

    def __init__(self, sheet: Sheet, cells: Worksheet, home: Place, formulas: frozenset[At]) -> None:
        self.sheet = sheet
        self.home = home
        self.faults: list[Finding] = []
        self._cells = cells
        self._formulas = formulas
        self._columns: dict[str, int] = {}

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header that hold anything."""
        lines = [
            (number, values)
            for number, values in enumerate(self._cells.iter_rows(values_only=True), start=1)
            if any(value not in (None, "") for value in values) or self._has_formula(number)
        ]
        header = next(
            (n for n, (_, values) in enumerate(lines[:_HEADER_WITHIN]) if self._is_header(values)), None
        )
        if header is None:
            heads = Text(
                "、".join(column.head.ja for column in self.sheet.columns),
                ", ".join(column.head.en for column in self.sheet.columns),
            )
            self._say("no-header", _NO_HEADER.fill(heads=heads), 1, 1, _NEW_FORM)
            return
        line, values = lines[header]
        self._find_columns(line, values)
        below = lines[header + 1 :]
        self._say_merged(line)
        for count, (number, row) in enumerate(below):
            if count == MOST_ROWS:
                text = _TALL.fill(rows=f"{len(below):,}", most=f"{MOST_ROWS:,}")
                self._say("too-large", text, number, 1, _FEWER)
                return
            if shown(row[0]) not in EXAMPLE:
                yield from self._row(number, row)

    def _has_formula(self, number: int) -> bool:
        return any(line == number for line, _ in self._formulas)

    def _is_header(self, values: Sequence[object]) -> bool:
        heads = {name_key(head) for column in self.sheet.columns for head in (column.head.ja, column.head.en)}
        found = {name_key(shown(value)) for value in values} & heads
        return len(found) >= max(2, len(self.sheet.columns) // 3)  # people delete columns, but not most

    def _find_columns(self, line: int, values: Sequence[object]) -> None:
        keys = {
            name_key(head): column.key
            for column in self.sheet.columns
            for head in (column.head.ja, column.head.en)
        }
        texts = set(map(shown, values))
        in_japanese = any(column.head.ja in texts for column in self.sheet.columns)
        heads = [column.head("ja" if in_japanese else "en") for column in self.sheet.columns]
        for at, value in enumerate(values, start=1):
            text = shown(value)
            key = keys.get(name_key(text))
            if key in self._columns:
                self._say("duplicate-column", _TWO_COLUMNS.fill(name=text), line, at)
            elif key:
                self._columns[key] = at
            elif at > 1 and text and not text.casefold().startswith(_FREE):
                self._say("unknown-column", _UNKNOWN_COLUMN.fill(name=text), line, at, nearest(text, heads))
        for column in self.sheet.columns[:1]:
            if column.key not in self._columns:
                self._say("missing-column", _NO_COLUMN.fill(name=column.head), line, 1, _NEW_FORM)

    def _say_merged(self, header: int) -> None:
        for merged in self._cells.merged_cells.ranges:
            if merged.max_row > header:
                text = _MERGED.fill(cells=merged.coord)
                self._say("merged-cells", text, max(merged.min_row, header + 1), merged.min_col, _UNMERGE)

    def _row(self, number: int, values: Sequence[object]) -> Iterator[Row]:
        cells = {}
        for key, at in self._columns.items():
            value = values[at - 1] if at <= len(values) else None
            if value is None and (number, at) in self._formulas:
                self._say("formula-without-value", _NO_VALUE, number, at, _WRITE_VALUE)
            elif isinstance(value, str) and value in _ERRORS:
                self._say("formula-without-value", _ERROR_VALUE.fill(value=value), number, at, _WRITE_VALUE)
            elif text := shown(value):
                cells[key] = text
        if cells:
            yield Row(self.sheet, cells, number, self.home, self._columns)

    def _say(self, rule: str, text: Text, line: int, column: int, remedy: Text | None = None) -> None:
        place = Place(self.home.file, line, column, self.home.sheet)
        self.faults.append(fault(rule, text, place, remedy))


_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")


def refuse_other(data: bytes, file: str) -> None:
    """Raise PlanError for what is no form: a broken, an old or a locked workbook, or any other."""
    if data.startswith(OLD):
        raise PlanError([fault("no-form", _OLD, Place(file), _SAVE_AGAIN)])
    with opened(file):
        ZipFile(BytesIO(data)).close()
    if not is_form(data):
        raise PlanError([fault("no-form", _NOT_A_FORM, Place(file), _MAKE_FORM)])


_NO_SHEET = Text(
    "シート「{name}」がありません(あるシート: {known})", "there is no sheet {name} (there are: {known})"
)
_NEW_FORM = Text(
    "空でもシートと見出しは残してください。消えたものは、ksolve form で作り直した記入表から写せます",
    "keep the sheets and their headings, even empty; a new ksolve form has those that are gone",
)
_NO_HEADER = Text(
    "見出しの行が見つかりません(見出し: {heads})", "there is no row of headings (they are: {heads})"
)
_TWO_COLUMNS = Text("見出し「{name}」の列が二つあります", "two columns have the heading {name}")
_UNKNOWN_COLUMN = Text(
    "見出し「{name}」の列は読めません。覚え書きの列なら、見出しを「備考…」か「メモ…」で始めてください",
    "no column has the heading {name}; begin it with 備考 or note if it is for yourself",
)
_NO_COLUMN = Text("見出し「{name}」の列がありません", "there is no column {name}")
_TALL = Text(
    "記入された行が{rows}行あります。1枚のシートで読めるのは{most}行までです",
    "{rows} rows are filled in; no more than {most} are read of a sheet",
)
_FEWER = Text("別の表が貼り付けられていないか見てください", "see whether another table was pasted here")
_MERGED = Text(
    "セルが結合されています({cells})。左上のセルのほかは、空のセルと区別できません",
    "the cells {cells} are merged; all but the first cannot be told from empty ones",
)
_UNMERGE = Text("結合を解除して、どの行にも書いてください", "unmerge them and write in every row")
_NO_VALUE = Text("数式のセルに計算された値がありません", "the cell has a formula whose value was not saved")
_ERROR_VALUE = Text("数式の結果が {value} です", "the formula's result is {value}")
_WRITE_VALUE = Text(
    "値を直接書くか、Excel で開いて保存し直してください",
    "write the value itself, or open and save the file in Excel",
)
_OLD = Text(
    "古い形式(.xls)か、パスワードの付いた Excel ファイルなので読めません",
    "it is a workbook in the old format (.xls), or one with a password",
)
_SAVE_AGAIN = Text(
    "パスワードを外し、「Excel ブック (*.xlsx)」で保存し直してください",
    "save it again as an Excel workbook (*.xlsx) without a password",
)
_NOT_A_FORM = Text(
    "この Excel ファイルは ksolve の記入表ではありません", "this workbook is no form of ksolve"
)
_MAKE_FORM = Text(
    "公表された表なら ksolve form 表.xlsx -o 記入表.xlsx で記入表を作ってください",
    "if it is a published table, make a form of it: ksolve form TABLE.xlsx -o FORM.xlsx",
)
