"""The signs under a month: what each means, and in which months it may be honoured."""

from __future__ import annotations

import re
import unicodedata

from ksolve.calendar import MONTHS, month_position
from ksolve.frequency import Months
from ksolve.published.cells import Cell
from ksolve.published.layout import Columns
from ksolve.published.notes import Notes
from ksolve.published.rows import Mark, MarkKind

_SIGNS = {
    **dict.fromkeys("○◯〇●◎⚪⚫", MarkKind.CIRCLE),
    **dict.fromkeys("↔⇔←→⇒⇐", MarkKind.ARROW),
    **dict.fromkeys("↓⇩⬇", MarkKind.ALL_YEAR),
}
_START = re.compile(r"(?:事業)?(?:開始|開設|スタート)")


def mark_kind(text: str) -> MarkKind | None:
    """Return what a sign is, None where it is neither a known sign nor a word."""
    bare = "".join(text.split())
    if bare in _SIGNS:
        return _SIGNS[bare]
    if _START.fullmatch(bare):
        return MarkKind.START
    word = any(unicodedata.category(letter)[0] in "LN" for letter in bare)
    return MarkKind.LABEL if word else None


def read_mark(cell: Cell, kind: MarkKind, columns: Columns, shift: int) -> Mark:
    """Return the mark of a cell with the months it may mean."""
    if kind is MarkKind.ALL_YEAR:
        return Mark(kind, cell.text, cell.line, cell.column, MONTHS)
    spans = tuple(_span(month, kind) for month in columns.readings(cell.column - 1, shift))
    beyond = columns.is_beyond(cell.column - 1, shift)
    return Mark(kind, cell.text, cell.line, cell.column, _hull(spans), spans if beyond else ())


def _span(month: int, kind: MarkKind) -> tuple[int, ...]:
    """An arrow in one cell has lost its other end: its month and the next within the year."""
    start = month_position(month)
    return MONTHS[start : start + 2] if kind is MarkKind.ARROW else (month,)


def _hull(spans: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    positions = [month_position(month) for span in spans for month in span]
    return MONTHS[min(positions) : max(positions) + 1]


def note_mark(mark: Mark, notes: Notes) -> None:
    """Say what is not certain about a mark."""
    at = mark.line, mark.column
    hull = Months(mark.months)
    if len(mark.readings) > 1:
        from_right, stretched = (Months(reading) for reading in mark.readings)
        notes.say(
            "mark-beyond-header", *at, mark=mark.text, from_right=from_right, stretched=stretched, hull=hull
        )
    elif mark.readings:
        notes.say("mark-in-last-column", *at, mark=mark.text)
    if mark.kind is MarkKind.ARROW:
        clipped = len(mark.months) == 1
        notes.say("arrow-clipped" if clipped else "arrow-end-lost", *at, mark=mark.text, hull=hull)
    if mark.kind is MarkKind.LABEL:
        notes.say("labelled-mark", *at, mark=mark.text, hull=hull)
