"""Excel books to a grid: each visible sheet in turn, merged cells known, formulas as their values."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import groupby

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from ksolve.clock import clock
from ksolve.published.cell.cancelled import STRUCK
from ksolve.published.cell.grid import Cell, Grid, Remark, Row, Sheet
from ksolve.published.files.bounds import refuse_archive
from ksolve.published.files.broken import opened
from ksolve.published.files.xlsx_arrows import arrows_on, with_arrows
from ksolve.published.files.xlsx_beside import Drawn, drawn_shapes, remarks_of
from ksolve.published.files.xlsx_fills import fills_on, with_fills
from ksolve.published.files.xlsx_formulas import At, formula_cells

_WIDEST = 200
"""Rows are filled up to the width of their sheet, but to no more columns than this."""
_AFFIXED = re.compile(r'(?:"([^"]*)")?(?:0|#,##0|General|G/標準|@)(?:"([^"]*)")?')
"""A number format that writes words around a number, such as 0"回"."""


@dataclass
class _Reading:
    """The rows of the sheets read so far; `line` is the last line in use."""

    rows: list[Row] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    line: int = 0


def read_xlsx(data: bytes, file: str) -> Grid:
    """Return the visible sheets of a book. Raises PlanError when the book is broken."""
    with opened(file):
        refuse_archive(data, file)
        book, formulas = _load(data), formula_cells(data)
        drawn = drawn_shapes(data)
        reading = _Reading()
        shown: list[tuple[Worksheet, int]] = []
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                shown.append((sheet, _add(sheet, formulas.get(sheet.title, frozenset()), reading)))
            else:
                reading.remarks.append(Remark("hidden-sheet", 0, 0, {"name": sheet.title}))
        several = len(reading.sheets) > 1
        grid = Grid(
            file, tuple(reading.rows), tuple(reading.sheets) if several else (), tuple(reading.remarks)
        )
        return _with_besides(grid, shown, drawn)


def _with_besides(
    grid: Grid, shown: Sequence[tuple[Worksheet, int]], drawn: Mapping[str, Sequence[Drawn]]
) -> Grid:
    """Return the grid with the arrows drawn over months, and what else its sheets hold beside cells."""
    arrows = [
        arrow for sheet, before in shown for arrow in arrows_on(sheet, drawn.get(sheet.title, ()), before)
    ]
    grid, read = with_arrows(grid, arrows)
    fills = {at: colour for sheet, before in shown for at, colour in fills_on(sheet, before).items()}
    grid = with_fills(grid, fills)
    remarks = list(grid.remarks)
    for sheet, before in shown:
        known = {id(arrow.shape) for arrow in read}
        others = [shape for shape in drawn.get(sheet.title, ()) if id(shape) not in known]
        remarks += remarks_of(sheet, others, before)
    return replace(grid, remarks=tuple(remarks))


def _load(data: bytes) -> Workbook:
    """Open a book for its values; openpyxl warns of extensions that hold no cells, such as colour scales."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(BytesIO(data), data_only=True)


def _cells(sheet: Worksheet) -> Iterator[BookCell]:
    """Yield the cells that the file holds; iterating over rows would make those up to the furthest one."""
    for cell in sheet._cells.values():  # noqa: SLF001
        if not isinstance(cell, MergedCell) and cell.value is not None:
            yield cell


def _add(sheet: Worksheet, formulas: frozenset[At], reading: _Reading) -> int:
    """Add a sheet's rows below those read so far, one empty line apart; return how many lines are above."""
    before = reading.line + 1 if reading.line else 0
    texts = dict(_texts(sheet, formulas, before, reading))
    covered = _covered(sheet, texts, before)
    width = min(_WIDEST, max((column for _, column in texts), default=0))
    reading.sheets.append(Sheet(sheet.title, before, is_apart=True))
    if before:
        reading.rows.append(Row(before, ()))
    places = sorted({*texts, *((row, column + 1) for row, of in covered.items() for column in of)})
    for row, found in groupby(places, key=lambda at: at[0]):
        columns = [column for _, column in found if (row, column) in texts]
        if reading.rows and before + row > reading.rows[-1].line + 1:
            reading.rows.append(Row(before + row - 1, ()))
        end = max(width, *columns, 1)
        cells = tuple(texts.get((row, column), "") for column in range(1, end + 1))
        reading.rows.append(Row(before + row, cells, covered.get(row, {})))
        reading.line = before + row
    return before


def _texts(
    sheet: Worksheet, formulas: frozenset[At], before: int, reading: _Reading
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield what each cell shows, by row and column; a cell that shows nothing is a remark."""
    cells = {(cell.row, cell.column): cell for cell in _cells(sheet)}
    for row, column in sorted({*cells, *formulas}):
        cell, at = cells.get((row, column)), (before + row, column)
        if cell is None:
            if not isinstance(sheet._cells.get((row, column)), MergedCell):  # noqa: SLF001
                reading.remarks.append(Remark("formula-without-value", *at))
        elif cell.data_type == "e":
            reading.remarks.append(Remark("cell-error", *at, {"found": cell.value}))
        elif text := " ".join(_text(cell).split()):
            if cell.font and cell.font.strike:
                reading.remarks.append(Remark("struck-out", *at, {"found": text}, is_beside=True))
                text = f"{STRUCK}{text}"
            yield (row, column), text


def _text(cell: BookCell) -> str:
    """Return what a cell shows; only what is no text has a form to be shown in."""
    return (
        unescape(cell.value) if isinstance(cell.value, str) else _shown(cell.value, str(cell.number_format))
    )


def _covered(
    sheet: Worksheet, texts: Mapping[tuple[int, int], str], before: int
) -> dict[int, dict[int, Cell]]:
    """Return for each row the columns that a filled merged cell covers, with that cell."""
    found: dict[int, dict[int, Cell]] = {}
    for area in sheet.merged_cells.ranges:
        text = texts.get((area.min_row, area.min_col))
        if not text:
            continue
        origin = Cell(text, before + area.min_row, area.min_col)
        for row in range(area.min_row, min(area.max_row, area.min_row + _TALLEST) + 1):
            for column in range(area.min_col, min(area.max_col, _WIDEST) + 1):
                if (row, column) != (area.min_row, area.min_col):
                    found.setdefault(row, {})[column - 1] = origin
    return found


_TALLEST = 10_000
"""A merged cell is followed down over this many rows."""


def _shown(value: object, form: str) -> str:
    """Return a value as the sheet shows it, a date with its year."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        number = str(int(value)) if float(value).is_integer() else str(value)
        affixed = _AFFIXED.fullmatch(form)
        return f"{affixed[1] or ''}{number}{affixed[2] or ''}" if affixed else number
    if isinstance(value, datetime | date):
        return _date(value, form)
    if isinstance(value, time):
        return clock(value.hour * 60 + value.minute)
    if isinstance(value, timedelta):
        return clock(int(value.total_seconds()) // 60)
    return str(value)


def _date(value: date, form: str) -> str:
    """Return a date, 4月 where the cell shows only the month, or 10:30 where it shows only the time."""
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form).lower()
    if "d" in plain or not plain.strip(";@"):
        timed = isinstance(value, datetime) and (value.hour or value.minute)
        return value.strftime("%Y-%m-%d %H:%M" if timed else "%Y-%m-%d")
    if "h" in plain and isinstance(value, datetime):
        return clock(value.hour * 60 + value.minute)
    if "m" not in plain:
        return value.strftime("%Y-%m-%d")
    return f"{value.year}年{value.month}月" if "y" in plain or "e" in plain else f"{value.month}月"
