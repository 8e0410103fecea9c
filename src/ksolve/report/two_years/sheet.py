"""Two years side by side as a sheet of an Excel book, to print on A3."""

from __future__ import annotations

from math import ceil
from typing import Any

from rich.cells import cell_len

from ksolve.calendar import MONTHS
from ksolve.report.two_years.table import cells, header, month_cell
from ksolve.report.two_years.view import Row, TwoYears
from ksolve.text import Lang, Text

_WIDTHS = (26, 20, 20, 9, 9, 22, 22, *(13 for _ in MONTHS))
_A3 = 8
_STYLE = {"font_name": "Yu Gothic", "font_size": 9, "valign": "vcenter", "text_wrap": True}


def add_years_sheet(book: Any, two: TwoYears, lang: Lang) -> None:
    """Add the sheet 前年度との比較 to a book of XlsxWriter."""
    sheet = book.add_worksheet(_SHEET(lang))
    sheet.set_paper(_A3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    plain = book.add_format({**_STYLE, "text_wrap": False})
    head = book.add_format({**_STYLE, "bold": True, "bg_color": "#dfe7ef", "border": 1, "align": "center"})
    sheet.write(
        0, 0, _SHEET(lang), book.add_format({**_STYLE, "font_size": 14, "bold": True, "text_wrap": False})
    )
    sheet.write(1, 0, two.text(lang), plain)
    sheet.write(2, 0, _LEGEND(lang), plain)
    for column, text in enumerate([*header(two, lang), *(f"{month}月" for month in MONTHS)]):
        sheet.write(4, column, text, head)
    sheet.repeat_rows(4)
    sheet.freeze_panes(5, 1)
    formats = _Formats(book)
    for number, row in enumerate(two.rows, start=5):
        _line(sheet, formats, number, row, lang)


class _Formats:
    """A cell as it goes on, and one in which something differs."""

    def __init__(self, book: Any) -> None:
        self.same = book.add_format({**_STYLE, "border": 1})
        self.other = book.add_format({**_STYLE, "border": 1, "bg_color": "#fbe3d6", "bold": True})
        self.date = book.add_format({**_STYLE, "border": 1, "font_size": 8, "align": "center"})
        self.moved = book.add_format(
            {**_STYLE, "border": 1, "font_size": 8, "align": "center", "bg_color": "#fff2bf"}
        )


def _line(sheet: Any, formats: _Formats, number: int, row: Row, lang: Lang) -> None:
    texts = [*cells(row, lang), *(month_cell(pairs, lang) for pairs in row.months)]
    lines = (ceil((cell_len(text) + 1) / width) for text, width in zip(texts, _WIDTHS, strict=True))
    sheet.set_row(number, 13.5 * max(1, *lines))
    differs = {2} if row.last.pattern != row.this.pattern else set[int]()
    differs |= {3, 4} if row.counts[0] != row.counts[1] else set()
    first = len(texts) - len(MONTHS)
    for column, text in enumerate(texts):
        if column < first:
            sheet.write_string(number, column, text, formats.other if column in differs else formats.same)
        else:
            is_same = all(pair.state == "same" for pair in row.months[column - first])
            sheet.write_string(number, column, text, formats.date if is_same else formats.moved)


_SHEET = Text("前年度との比較", "Beside last year")
_LEGEND = Text(
    "月の欄は 前年度→今年度 の日付(いつもの日の順にそろえたもの)。色付きは、いつもの日や回数が違う所",
    "months: the date of last year → of this year, aligned by the usual day; coloured where they differ",
)
