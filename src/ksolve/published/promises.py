"""What the marks of a row promise, held against its frequency."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.calendar import MONTHS
from ksolve.frequency import Months, Range, Service
from ksolve.published.layout import Columns
from ksolve.published.marks import note_mark
from ksolve.published.notes import Notes
from ksolve.published.rows import Mark, MarkKind, Promise, PublishedRow
from ksolve.text import Text


def promises_of(row: PublishedRow, columns: Columns, shift: int, notes: Notes) -> tuple[Promise, ...]:
    """Return the promises of a row's marks, and note where they do not fit the frequency."""
    cells = columns.month_cells - shift
    circles = [mark for mark in row.marks if mark.kind is MarkKind.CIRCLE]
    if len(circles) == cells > len(MONTHS) and row.count.low >= len(MONTHS):
        return tuple(_every_month(row, circles, notes))
    for mark in row.marks:
        note_mark(mark, notes)
    if row.is_service:
        _note_service(row, columns, notes)
        return tuple(Promise(mark.months, 1, (mark,)) for mark in _placing(row))
    if parts := _parts(row):
        _note_parts(row, parts, notes)
        return parts
    promises = tuple(_shares(row))
    _note_count(row, promises, columns, notes)
    return promises


def _placing(row: PublishedRow) -> tuple[Mark, ...]:
    """The marks that place sessions: not ↓ and not 開始."""
    return tuple(mark for mark in row.marks if mark.kind not in (MarkKind.ALL_YEAR, MarkKind.START))


def _shares(row: PublishedRow) -> Iterator[Promise]:
    """Yield one session for each mark, and for an arrow its share of the rest.

    Of n sessions, c circles hold one each and a arrows (n - c) / a each, at least one; what
    does not divide may fall anywhere. Where n is not stated an arrow promises one session.
    """
    placing = _placing(row)
    arrows = sum(mark.kind is MarkKind.ARROW for mark in placing)
    rest = row.count.low - (len(placing) - arrows)
    share = max(1, rest // arrows) if arrows and row.count.high is not None else 1
    for mark in placing:
        yield Promise(mark.months, share if mark.kind is MarkKind.ARROW else 1, (mark,))


def _every_month(row: PublishedRow, circles: list[Mark], notes: Notes) -> Iterator[Promise]:
    """Read a row with a mark in every cell of a body wider than the year as every month.

    Its marks are shared out over the months in proportion, so that each belongs to one.
    """
    notes.say("every-cell-marked", row.line, circles[0].column, marks=len(circles), count=row.count)
    for position, month in enumerate(MONTHS):
        first, end = (len(circles) * n // len(MONTHS) for n in (position, position + 1))
        yield Promise((month,), row.count.low // len(MONTHS), tuple(circles[first:end]))


def _parts(row: PublishedRow) -> tuple[Promise, ...]:
    """Give the parts of a split (全体会を2回、地区別を3回) their marks, by number.

    A part of k sessions takes k circles; the one part left takes the one arrow.
    """
    circles = tuple(mark for mark in _placing(row) if mark.kind is MarkKind.CIRCLE)
    arrows = tuple(mark for mark in _placing(row) if mark.kind is MarkKind.ARROW)
    by_circles = [(name, count) for name, count in row.parts if count == len(circles)]
    if len(row.parts) != 2 or len(arrows) != 1 or len(by_circles) != 1:
        return ()
    (name, _), (other, sessions) = sorted(row.parts, key=lambda part: part not in by_circles)
    return (
        *(Promise(mark.months, 1, (mark,), name) for mark in circles),
        Promise(arrows[0].months, sessions, arrows, other),
    )


def _note_parts(row: PublishedRow, promises: tuple[Promise, ...], notes: Notes) -> None:
    split = "・".join(f"{name}{count}回" for name, count in row.parts)
    placed = "、".join(f"{p.marks[0].text}({Months(p.months)})={p.part}" for p in promises)
    notes.say("split-parts", row.line, 1, parts=split, placed=Text(f"{placed} とします", f"read as {placed}"))


def _note_count(row: PublishedRow, promises: tuple[Promise, ...], columns: Columns, notes: Notes) -> None:
    promised = sum(promise.sessions for promise in promises)
    column = columns.frequency + 1
    if row.count == Range(0, None) or any(mark.kind is MarkKind.ALL_YEAR for mark in row.marks):
        return
    if not promises:
        notes.say("no-marks", row.line, column, count=row.count)
    elif promised not in row.count:
        notes.say("count-mismatch", row.line, column, count=row.count, marks=promised)


def _note_service(row: PublishedRow, columns: Columns, notes: Notes) -> None:
    continuous = row.frequency is not None and Service.CONTINUOUS in row.frequency.services
    arrow = any(mark.kind is MarkKind.ALL_YEAR for mark in row.marks)
    start = next((mark for mark in row.marks if mark.kind is MarkKind.START), None)
    if continuous and not arrow:
        notes.say("missing-arrow", row.line, columns.first_month + 1)
    if start and arrow:
        notes.say("start-contradicts-arrow", row.line, start.column, mark=start.text, month=start.months[0])
