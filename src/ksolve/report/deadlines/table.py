"""Deadlines as rows of text: for the terminal, CSV, Markdown, and a sheet of a book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN
from ksolve.files.separated import csv_bytes
from ksolve.report.deadlines.dates import Deadline
from ksolve.report.sheets import Formats, add_sheet, height
from ksolve.text import Lang, Text

_WIDTHS = (12, 6, 24, 34, 44, 20, 34)
_HEADER = (
    Text("締切", "due"),
    Text("曜日", "weekday"),
    Text("すること", "what"),
    Text("事業", "programme"),
    Text("回", "sessions"),
    Text("決まり", "rule"),
    Text("備考", "note"),
)


def deadline_rows(found: Sequence[Deadline], lang: Lang) -> Iterator[tuple[str, ...]]:
    """Yield a header and a row for each deadline, by date."""
    names = WEEKDAYS if lang == "ja" else WEEKDAYS_EN
    yield tuple(text(lang) for text in _HEADER)
    for one in found:
        days = "・".join(f"{s.day.month}/{s.day.day}({names[s.day.weekday()]})" for s in one.sessions)
        yield (
            one.day.isoformat(),
            names[one.day.weekday()],
            one.lead.what,
            one.who,
            days,
            one.lead.due.text,
            one.note(lang),
        )


def deadlines_csv(found: Sequence[Deadline], lang: Lang) -> bytes:
    """Return the deadlines as CSV in UTF-8 with a byte order mark."""
    return csv_bytes(deadline_rows(found, lang))


def deadlines_markdown(found: Sequence[Deadline], lang: Lang) -> str:
    """Return the deadlines as a table in Markdown."""
    rows = list(deadline_rows(found, lang))
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(_HEADER), *lines[1:]])


def add_deadlines_sheet(book: Any, found: Sequence[Deadline], lang: Lang) -> None:
    """Add the sheet 締切一覧 to a book of XlsxWriter."""
    formats = Formats(book)
    sheet = add_sheet(book, _SHEET(lang), _WIDTHS)
    sheet.write(0, 0, _SHEET(lang), formats.title)
    for number, row in enumerate(deadline_rows(found, lang), start=2):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, formats.head if number == 2 else formats.name)
        sheet.set_row(number, height(row, _WIDTHS))
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, 2 + len(found), len(_HEADER) - 1)


_SHEET = Text("締切一覧", "Deadlines")
