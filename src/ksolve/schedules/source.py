"""The file of a schedule as lines of cells, whatever kind of file it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.files import decode_text, read_bytes
from ksolve.files.separated import unguarded
from ksolve.findings import Place
from ksolve.schedules.headers import Headers, find_header
from ksolve.schedules.lines import Cells, Line
from ksolve.schedules.year_sheet import YearCell
from ksolve.text import Text


def read_lines(path: Path, headers: Headers, sheet: str = "") -> list[Line]:
    """Return the lines of a schedule, see `read_source`."""
    return read_source(path, headers, sheet)[0]


def read_source(path: Path, headers: Headers, sheet: str = "") -> tuple[list[Line], list[YearCell]]:
    """Return the lines of a schedule in CSV, tab-separated text, xlsx or ICS, told apart by what they hold.

    With them come the cells of the year's table, where the book is ours and no sheet of it is named.
    Raises PlanError where the file is none of these, or lacks a column that is needed.
    """
    data = read_bytes(path)
    if data.startswith(b"PK\x03\x04"):
        from ksolve.schedules.books import sheet_rows, year_table

        name, rows = sheet_rows(data, str(path), headers, sheet)
        year = [] if sheet else year_table(data, str(path), beside=name)
        return list(_lines(rows, headers, Place(str(path), sheet=name))), year
    text = decode_text(data, str(path))
    if sheet:
        raise PlanError([fault("no-sheet", _NO_SHEETS, Place(str(path)))])
    if not text.strip():
        raise PlanError([fault("empty-file", _EMPTY, Place(str(path)))])
    if text.lstrip("\ufeff \r\n").upper().startswith("BEGIN:VCALENDAR"):
        from ksolve.schedules.calendars import event_lines

        return event_lines(text, str(path)), []
    return list(_lines(list(text_rows(text, path)), headers, Place(str(path)))), []


def text_rows(text: str, path: Path) -> Iterator[Cells]:
    """Yield the rows that hold text, each with its line. Raises PlanError where CSV stops making sense."""
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    try:
        for cells in rows:
            if rows.line_num == 1 or "".join(cells).strip():
                yield rows.line_num, [unguarded(cell.strip()) for cell in cells]
    except csv.Error as error:
        said = _ROW.fill(detail=error)
        raise PlanError([fault("unreadable-row", said, Place(str(path), rows.line_num))]) from error


def _lines(rows: Iterable[Cells], headers: Headers, place: Place) -> Iterator[Line]:
    """Yield the lines below the header."""
    found = list(rows)
    number, columns = find_header(found, headers, place)
    for line, cells in found[number + 1 :]:
        read = {key: cells[at - 1] if at <= len(cells) else "" for key, at in columns.items()}
        if any(read.values()):
            yield Line(read, line, place, columns)


_EMPTY = Text("ファイルに文字がありません", "the file holds no text")
_NO_SHEETS = Text("--sheet は xlsx の予定にだけ使えます", "--sheet names a sheet of an xlsx")
_ROW = Text(
    'CSVの行として読めません。引用符(")の閉じ忘れか、13万文字を超える欄がないか見てください ({detail})',
    "cannot be read as a row of CSV: look for a quotation mark left open, or a cell of over"
    " 130,000 characters ({detail})",
)
