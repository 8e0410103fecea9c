"""Changes as an Excel book to print and send round: 変更一覧."""

from __future__ import annotations

import io
from datetime import datetime
from math import ceil

import xlsxwriter
from rich.cells import cell_len

from ksolve.report.changed.view import HEADER, Changed, cells
from ksolve.report.two_years.sheet import add_years_sheet
from ksolve.text import Lang, Text

_WIDTHS = (26, 10, 24, 24, 24, 24, 44)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - Excel stores local time; fixed, so that bytes repeat
_A4 = 9


def changes_xlsx(changed: Changed, lang: Lang) -> bytes:
    """Return the list of changes as an .xlsx file; the same changes always give the same bytes."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, _OPTIONS) as book:
        book.set_properties({"title": changed.title, "created": _CREATED})
        style = {"font_name": "Yu Gothic", "font_size": 10, "valign": "vcenter", "text_wrap": True}
        title = book.add_format({**style, "font_size": 14, "bold": True, "text_wrap": False})
        note = book.add_format({**style, "text_wrap": False})
        head = book.add_format({**style, "bold": True, "bg_color": "#dfe7ef", "border": 1, "align": "center"})
        cell = book.add_format({**style, "border": 1})
        sheet = book.add_worksheet(_SHEET(lang))
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write(0, 0, f"{changed.title} {_SHEET(lang)}", title)
        lines = [changed.summary, *changed.notes]
        for row, text in enumerate(lines, start=1):
            sheet.write(row, 0, text(lang), note)
        top = len(lines) + 2
        for column, text in enumerate(HEADER):
            sheet.write(top, column, text(lang), head)
        sheet.repeat_rows(top)
        sheet.freeze_panes(top + 1, 1)
        for row, change in enumerate(changed.changes, start=top + 1):
            texts = cells(changed, change, lang)
            lines_of = (ceil((cell_len(t) + 1) / width) for t, width in zip(texts, _WIDTHS, strict=True))
            sheet.set_row(row, 15 * max(1, *lines_of))
            for column, said in enumerate(texts):
                sheet.write_string(row, column, said, cell)
        if changed.changes:
            sheet.autofilter(top, 0, top + len(changed.changes), len(HEADER) - 1)
        if changed.years:
            add_years_sheet(book, changed.years, lang)
    return data.getvalue()


_SHEET = Text("変更一覧", "Changes")
