"""A schedule in an Excel book: the rows of its data sheet, as texts."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook, load_workbook

from ksolve.errors import PlanError, fault
from ksolve.files.book_cells import shown
from ksolve.findings import Place
from ksolve.published.files.bounds import refuse_archive
from ksolve.published.files.broken import opened
from ksolve.schedules.headers import Headers, find_header
from ksolve.schedules.lines import Cells
from ksolve.schedules.year_sheet import YearCell, year_cells
from ksolve.text import Text

DATA = ("データ", "Data", "data")
"""The sheet that our own books keep the sessions in."""
_MOST_ROWS = 200_000
_LAST_ROW = 1_048_576
"""Excel has no more; a file that names one is made up."""
_WIDEST = 100


def sheet_rows(
    data: bytes, file: str, headers: Headers, sheet: str
) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return the name and the rows of the sheet that holds the sessions.

    It is the one named, else データ, else the first with the columns that are needed, else the first.
    Raises PlanError where the book is broken or has no such sheet.
    """
    with opened(file):
        book = _opened(data, file)
        names = list(book.sheetnames)
        wanted = [name for name in names if name in DATA] or names
        if sheet:
            wanted = [name for name in names if name == sheet]
        read = [(name, _rows(book[name], file)) for name in wanted]
    if not read:
        said = _NO_SHEET.fill(name=sheet, known="、".join(names))
        raise PlanError([fault("no-sheet", said, Place(file))])
    return next((found for found in read if _has_header(found[1], headers, file)), read[0])


def rows_of_sheet(data: bytes, file: str, wanted: tuple[str, ...]) -> tuple[str, list[Cells]]:
    """Return the name and the rows of the first of some sheets that a book has, else of its first sheet.

    Raises PlanError where the book is broken, or lacks the one sheet that is wanted.
    """
    with opened(file):
        book = _opened(data, file)
        names = list(book.sheetnames)
        there = [name for name in wanted if name in names] or (names if len(wanted) > 1 else [])
        if there:
            return there[0], [*_rows(book[there[0]], file)]
    said = _NO_SHEET.fill(name=wanted[0], known="、".join(names))
    raise PlanError([fault("no-sheet", said, Place(file))])


def year_table(data: bytes, file: str, *, beside: str) -> list[YearCell]:
    """Return the cells of the year's table, where the sheet read is the data of our own book."""
    if beside not in DATA:
        return []
    with opened(file):
        book = _opened(data, file)
        others = [name for name in book.sheetnames if name != beside]
        read = (year_cells(_rows(book[name], file), Place(file, sheet=name)) for name in others)
        return next((cells for cells in read if cells), [])


def _opened(data: bytes, file: str) -> Workbook:
    refuse_archive(data, file)
    return load_workbook(BytesIO(data), read_only=True, data_only=True)


def _rows(sheet: object, file: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything. Raises PlanError for one beyond the last that is read."""
    found: list[tuple[int, list[str]]] = []
    rows = sheet.iter_rows(max_row=_LAST_ROW, max_col=_WIDEST, values_only=True)  # type: ignore[attr-defined]
    for number, values in enumerate(rows, start=1):
        if any(value is not None for value in values):
            if number > _MOST_ROWS:
                raise PlanError([fault("too-large", _TALL.fill(most=f"{_MOST_ROWS:,}"), Place(file, number))])
            cells = [" ".join(shown(value).split()) for value in values]
            found += [(number, cells)] if any(cells) else []
    return found


def _has_header(rows: list[tuple[int, list[str]]], headers: Headers, file: str) -> bool:
    try:
        find_header(rows, headers, Place(file))
    except PlanError:
        return False
    return True


_TALL = Text("{most}行より下は読みません", "no row below {most} is read")
_NO_SHEET = Text(
    "シート「{name}」がありません(あるシート: {known})", "there is no sheet {name} (there are: {known})"
)
