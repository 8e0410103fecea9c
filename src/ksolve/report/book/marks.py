"""The printed table's own signs: ○ and ← → under the months, as published plans have them."""

from __future__ import annotations

from typing import Any

from ksolve.report.labels import LABELS
from ksolve.report.published_table import HEADER, published_rows
from ksolve.report.sheets import Formats, add_sheet, height
from ksolve.report.view import View
from ksolve.text import Lang

_WIDTHS = (18, 34, 30, 16, *(7.5,) * 12, 6)


def marks_sheet(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write the sheet ○↔: a header for each heading, all rows on A3 pages."""
    sheet = add_sheet(book, LABELS["marks_sheet"](lang), _WIDTHS)
    title, *rows = published_rows(view)
    sheet.write_string(0, 0, title[0], formats.title)
    header = next(n for n, cells in enumerate(rows, start=1) if cells == HEADER)
    sheet.freeze_panes(header + 1, 2)
    sheet.repeat_rows(header)
    for row, cells in enumerate(rows, start=1):
        if cells == HEADER:
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, formats.head)
        elif len(cells) == 1:
            sheet.write_string(row, 0, cells[0], formats.title)
        elif cells:
            _row(sheet, formats, row, cells)


def _row(sheet: Any, formats: Formats, row: int, cells: tuple[str, ...]) -> None:
    sheet.set_row(row, height(cells, _WIDTHS))
    for column, text in enumerate(cells):
        if column == len(cells) - 1 and text:
            sheet.write_number(row, column, int(text), formats.centre)
        else:
            sheet.write_string(row, column, text, formats.name if column < 3 else formats.centre)
