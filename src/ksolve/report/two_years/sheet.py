"""Two years side by side as a sheet of an Excel book, to print on A3."""

from __future__ import annotations

from typing import Any

from ksolve.calendar import MONTHS
from ksolve.report.sheets import Formats, add_sheet, height
from ksolve.report.two_years.table import cells, header, month_cell
from ksolve.report.two_years.view import Row, TwoYears
from ksolve.text import Lang, Text

_WIDTHS = (26, 20, 20, 9, 9, 22, 22, *(13 for _ in MONTHS))
_FIRST_MONTH = len(_WIDTHS) - len(MONTHS)


def add_years_sheet(book: Any, two: TwoYears, lang: Lang) -> None:
    """Add the sheet 前年度との比較 to a book of XlsxWriter."""
    formats = Formats(book)
    moved = book.add_format({"font_name": "Yu Gothic", "font_size": 9, "border": 1, "bg_color": "#fff2bf"})
    sheet = add_sheet(book, _SHEET(lang), _WIDTHS)
    sheet.write(0, 0, _SHEET(lang), formats.title)
    sheet.write(1, 0, two.text(lang), formats.text)
    sheet.write(2, 0, _LEGEND(lang), formats.text)
    for column, text in enumerate([*header(two, lang), *(f"{month}月" for month in MONTHS)]):
        sheet.write(4, column, text, formats.head)
    sheet.repeat_rows(4)
    sheet.freeze_panes(5, 1)
    for number, row in enumerate(two.rows, start=5):
        months = [month_cell(pairs, lang) for pairs in row.months]
        texts = [*cells(row, lang), *months]
        sheet.set_row(number, height(texts, _WIDTHS))
        differs = _differing(row)
        for column, text in enumerate(texts[: -len(MONTHS)]):
            sheet.write_string(number, column, text, formats.broken if column in differs else formats.name)
        for column, (text, pairs) in enumerate(zip(months, row.months, strict=True), start=_FIRST_MONTH):
            is_same = all(pair.state == "same" for pair in pairs)
            sheet.write_string(number, column, text, formats.cell if is_same else moved)


def _differing(row: Row) -> set[int]:
    """Return the columns in which the two years differ: this year's pattern, the count and its words."""
    pattern = set[int]() if row.keeps_pattern else {2}
    return pattern | ({3, 4} if row.counts[0] != row.counts[1] else set())


_SHEET = Text("前年度との比較", "Beside last year")
_LEGEND = Text(
    "月の欄は 前年度→今年度 の日付(いつもの日の順にそろえたもの)。色付きは、いつもの日や回数が違う所",
    "months: the date of last year → of this year, aligned by the usual day; coloured where they differ",
)
