"""What the sheets of every Excel book share: formats, paper, heights of rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any

from rich.cells import cell_len

from ksolve.text import Lang, Text

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""A name that begins with = is a name."""
CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - Excel stores local time; fixed, so that bytes repeat
A3, A4 = 8, 9
_FONT = "Yu Gothic"
_LINE = 13.5
"""The height of a line of 9 points."""
_FINER = 1.1
"""Columns are so many letters of 11 points wide: more of 9 points go into one, if not all of 11/9."""
_DAY = Text('[$-411]m"/"d"("aaa")"', "[$-409]ddd d mmm")
"""A date with its weekday; without a language LibreOffice takes aaa for the Jewish calendar's."""


class Formats:
    """The few cell formats that the sheets share."""

    def __init__(self, book: Any, lang: Lang = "ja") -> None:
        def make(**extra: object) -> Any:
            return book.add_format({"font_name": _FONT, "font_size": 9, "valign": "vcenter", **extra})

        self.title = make(font_size=14, bold=True)
        self.note = make(text_wrap=True, font_color="#7a4a00")
        self.breaches = make(text_wrap=True, bold=True, font_color="#ffffff", bg_color="#b3261e")
        self.text = make()
        self.head = make(bold=True, bg_color="#dfe7ef", border=1, align="center", text_wrap=True)
        self.heading = make(bold=True, bg_color="#eef2f6", border=1)
        self.name = make(border=1, text_wrap=True)
        self.component = make(border=1, text_wrap=True, indent=1, font_color="#444444")
        self.centre = make(border=1, align="center", text_wrap=True)
        self.cell = make(border=1, text_wrap=True, align="center")
        self.service = make(border=1, align="center", font_color="#595959")
        self.kept = make(border=1, align="center", bg_color="#e2f2e8")
        self.broken = make(border=1, align="center", bg_color="#fbe3d6", bold=True)
        self.date = make(num_format="yyyy-mm-dd")
        self.number = make(num_format="0")
        self.day = make(num_format=_DAY(lang), border=1, align="center")
        self.hours = make(num_format="#,##0.0", border=1)
        self.share = make(num_format="0.0%", border=1)
        self.total = make(num_format="#,##0.0", border=1, bold=True, bg_color="#eef2f6")
        self.count = make(num_format="0", border=1, bold=True, bg_color="#eef2f6", align="center")
        self.top = make(border=1, text_wrap=True, valign="top")
        self.shut = make(border=1, text_wrap=True, valign="top", bg_color="#efefef")


def add_sheet(book: Any, name: str, widths: Sequence[float], *, paper: int = A3, wide: bool = True) -> Any:
    """Add a sheet that prints one page wide, with page numbers."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(paper)
    if wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.set_footer("&C&P / &N")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    return sheet


def height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row in points in which every text fits its column's width."""
    lines = [
        sum(max(1, ceil((cell_len(line) + 1) / (_FINER * width))) for line in text.split("\n"))
        for text, width in zip(cells, widths, strict=True)
    ]
    return _LINE * max(1, *lines)
