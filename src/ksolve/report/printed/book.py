"""The printed table as an Excel book: A3 landscape, with the headings, columns and signs of the input."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import xlsxwriter

from ksolve.calendar import MONTHS, FiscalYear
from ksolve.report.printed.last_year import last_year_cells
from ksolve.report.printed.rows import COLUMNS, FROM, MONTH_NAMES, TO, Printed, PrintedRow, printed
from ksolve.report.sheets import CREATED, OPTIONS, Formats, add_sheet, height
from ksolve.report.view import View

_WIDTHS = (15, 27, 46, 14)
_MORE_WIDTH = 14
_MONTH_WIDTH = {False: 5.5, True: 11}
_LAST_WIDTH = 34
_FIRST_MONTHS = 9
"""So many months of a fiscal year are in its first calendar year."""
_LAST_YEAR = "{year}(参考)"


def published_xlsx(view: View, *, dates: bool = False, beside: bool = False) -> bytes:
    """Return a schedule as a published table in Excel; the same schedule always gives the same bytes.

    With `dates` the month cells hold days. `beside` adds a last column with what each programme held
    last year, which the view must know.
    """
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, OPTIONS) as book:
        book.set_properties({"title": view.plan.title, "created": CREATED})
        last = last_year_cells(view) if beside else {}
        _Sheet(book, view, printed(view, dates=dates), last, dates=dates).write()
    return data.getvalue()


def add_printed_sheet(book: Any, view: View, name: str) -> None:
    """Add the printed table, with the signs of the input, to a book as a sheet of a name."""
    _Sheet(book, view, printed(view), {}, dates=False, name=name).write()


class _Sheet:
    """The one sheet of the book, written from top to bottom."""

    def __init__(
        self,
        book: Any,
        view: View,
        table: Printed,
        last: Mapping[str, str],
        *,
        dates: bool,
        name: str = "年間事業計画",
    ) -> None:
        self.view, self.table, self.last, self.row = view, table, last, 0
        self.has_header = False
        self.widths = (
            *_WIDTHS,
            *(_MORE_WIDTH for _ in table.more),
            *(_MONTH_WIDTH[dates] for _ in MONTHS),
            *((_LAST_WIDTH,) if self.last else ()),
        )
        self.first_month = len(_WIDTHS) + len(table.more)
        formats = Formats(book)
        self.title, self.head, self.cell, self.centre = (
            formats.title,
            formats.head,
            formats.name,
            formats.centre,
        )
        style = {"font_name": "Yu Gothic", "font_size": 11, "bold": True}
        self.heading = book.add_format(style)
        self.warning = book.add_format({**style, "font_color": "#ffffff", "bg_color": "#b3261e"})
        self.sheet = add_sheet(book, name, self.widths)

    def write(self) -> None:
        """Write the title, then each table with its heading and header."""
        self.sheet.write_string(0, 0, self.table.title, self.title)
        self.row = 1
        for text in self.view.warning[:1]:
            self.sheet.write_string(1, 0, text.ja, self.warning)
            self.row = 2
        for part in self.table.tables:
            if not part.rows:
                continue
            self.row += 1
            if part.heading:
                self.sheet.write_string(self.row, 0, part.heading, self.heading)
                self.row += 1
            self._header()
            for _, rows in groupby(part.rows, key=lambda row: row.cells[0]):
                self._category(tuple(rows))

    def _header(self) -> None:
        """Write two lines: the calendar years above the months, and the columns' names."""
        top, low, first = self.row, self.row + 1, self.first_month
        if not self.has_header:
            self.sheet.repeat_rows(top, low)
            self.sheet.freeze_panes(low + 1, 2)
            self.has_header = True
        for column, name in enumerate((*COLUMNS, *self.table.more)):
            self.sheet.merge_range(top, column, low, column, name, self.head)
        early, late = _calendar_years(self.view.plan.year)
        self.sheet.merge_range(top, first, top, first + _FIRST_MONTHS - 1, early, self.head)
        self.sheet.merge_range(top, first + _FIRST_MONTHS, top, first + 11, late, self.head)
        for column, name in enumerate(MONTH_NAMES, start=first):
            self.sheet.write_string(low, column, name, self.head)
        if self.last and self.view.last_year:
            name = _LAST_YEAR.format(year=self.view.last_year.year)
            self.sheet.merge_range(top, first + 12, low, first + 12, name, self.head)
        self.row += 2

    def _category(self, rows: Sequence[PrintedRow]) -> None:
        """Write the rows of one category, its name once beside all of them."""
        name = rows[0].cells[0]
        if name and len(rows) > 1:
            self.sheet.merge_range(self.row, 0, self.row + len(rows) - 1, 0, name, self.cell)
        else:
            for number in range(len(rows)):
                self.sheet.write_string(self.row + number, 0, name, self.cell)
        for row in rows:
            self._programme(row)
            self.row += 1

    def _programme(self, row: PrintedRow) -> None:
        for column, text in enumerate((*row.cells[1:], *row.more), start=1):
            is_short = column == len(COLUMNS) - 1
            self.sheet.write_string(self.row, column, text, self.centre if is_short else self.cell)
        for first, last, text in _spans(row.months):
            at = self.first_month + first
            if first < last:
                self.sheet.merge_range(self.row, at, self.row, self.first_month + last, text, self.centre)
            else:
                self.sheet.write_string(self.row, at, text, self.centre)
        beside = self.last.get(row.key, "")
        if self.last:
            self.sheet.write_string(self.row, self.first_month + 12, beside, self.cell)
        texts = ["", *row.cells[1:], *row.more, *row.months, *((beside,) if self.last else ())]
        self.sheet.set_row(self.row, height(texts, self.widths))


def _calendar_years(year: FiscalYear) -> tuple[str, str]:
    """Return 令和7年 and 令和8年 for 令和7年度."""
    return str(year).removesuffix("度"), str(year.next).removesuffix("度")


def _spans(months: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the cells of twelve months with the text of each: ← and → side by side are one ↔."""
    place = 0
    while place < len(months):
        is_pair = months[place] == FROM and months[place + 1 : place + 2] == (TO,)
        yield (place, place + 1, "↔") if is_pair else (place, place, months[place])
        place += 2 if is_pair else 1
