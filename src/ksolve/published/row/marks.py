"""The signs under a month: what each means, and in which months it may be honoured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ksolve.calendar import MONTHS
from ksolve.frequency import Months
from ksolve.published.cell.dates import Named, is_run_of_days, named_days
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Cell, Row
from ksolve.published.cell.signs import CIRCLES, is_number, says_how_often, sessions_of
from ksolve.published.layout.columns import Columns
from ksolve.published.rows import Mark, MarkKind

_OPENS = re.compile(r"([①-⑳]?)[→⇒⟶]|[←⇐⟵]()")
_CLOSES = re.compile(r"[←⇐⟵]([①-⑳])|[→⇒⟶]()")


def read_mark(row: Row, cell: Cell, kind: MarkKind, columns: Columns, shift: int) -> Mark:
    """Return the mark of a cell with the months it may mean; none are known right of odd labels."""
    column = cell.column - 1
    if kind in (MarkKind.ALL_YEAR, MarkKind.NONE):
        return Mark(kind, cell.text, cell.line, cell.column, MONTHS if kind is MarkKind.ALL_YEAR else ())
    spanned = [at for at in row.spanned(column) if at - shift in columns.months] if row.covered else []
    if len(spanned) > 1:
        months = _hull(tuple(columns.months[at - shift] for at in spanned))
        sessions = max(1, sessions_of(cell.text))
        return Mark(kind, cell.text, cell.line, cell.column, months, sessions=sessions, is_whole=True)
    readings = columns.readings(column, shift)
    spans = tuple(_span(months, kind) for months in readings)
    is_sure = column - shift in columns.months
    return Mark(
        kind,
        cell.text,
        cell.line,
        cell.column,
        _hull(spans),
        () if is_sure else spans,
        max(1, sessions_of(cell.text)),
        is_whole=is_sure and len(columns.months[column - shift]) > 1,
    )


def _span(months: tuple[int, ...], kind: MarkKind) -> tuple[int, ...]:
    """An arrow in one cell has lost its other end: its month and the next within the year."""
    start = MONTHS.index(months[0])
    return MONTHS[start : start + 2] if kind is MarkKind.ARROW and len(months) == 1 else months


def _hull(spans: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    positions = [MONTHS.index(month) for span in spans for month in span]
    return MONTHS[min(positions) : max(positions) + 1] if positions else ()


def dated_marks(cell: Cell, months: Sequence[int]) -> list[tuple[Mark, Named]]:
    """Return the days that a month cell names (18日(土)、19日, 4/20), empty where it names none."""
    text = cell.text
    named = named_days(text, months[0] if len(months) == 1 else 0)
    says_days = (
        any(sign in text for sign in "日/／()（）")
        or any(one.weekday or one.day.year for one in named)
        or is_run_of_days(text)
    )
    return marks_of_days(cell, named) if says_days else []


def marks_of_days(cell: Cell, named: Sequence[Named]) -> list[tuple[Mark, Named]]:
    """Return a mark for each day that a cell names."""
    return [
        (Mark(MarkKind.DATE, cell.text, cell.line, cell.column, (one.day.month,), day=one.day), one)
        for one in named
    ]


def join_arrows(marks: Sequence[Mark], columns: Columns, shift: int) -> list[Mark]:
    """Return marks with ①→ … ←①, or ← … →, made one arrow whose both ends are known.

    Only dashes and other such pairs may stand between the ends of ← and →; a numbered end
    looks for its own number.
    """
    joined: list[Mark] = []
    rest = _join_runs(marks, columns, shift)
    while rest:
        first = rest.pop(0)
        last = _other_end(first, rest)
        at = [mark.column - 1 - shift for mark in (first, last) if mark]
        if last is None or not all(column in columns.months for column in at):
            joined.append(first)
            continue
        rest.remove(last)
        rest = [mark for mark in rest if mark.kind is not MarkKind.NONE or mark.column > last.column]
        months = _hull(tuple(columns.months[column] for column in at))
        text = f"{first.text}…{last.text}"
        joined.append(replace(first, text=text, months=months, is_whole=True))
    return joined


def _join_runs(marks: Sequence[Mark], columns: Columns, shift: int) -> list[Mark]:
    """Return marks with → → → or ↔ ↔ in months side by side made one arrow, or part of the ↓ before them."""
    joined: list[Mark] = []
    for mark in marks:
        before = joined[-1] if joined else None
        if before and _goes_on(before, mark, columns, shift):
            first, months = before.column - 1 - shift, columns.months[mark.column - 1 - shift]
            hull = (
                before.months if before.kind is MarkKind.ALL_YEAR else _hull((columns.months[first], months))
            )
            joined[-1] = replace(before, text=before.text + mark.text, months=hull, is_whole=True)
        else:
            joined.append(mark)
    return joined


def _goes_on(before: Mark, mark: Mark, columns: Columns, shift: int) -> bool:
    at, end = mark.column - 1 - shift, before.column - 1 - shift + len(before.text) - 1
    is_run = mark.text in _ALONG and (before.kind is MarkKind.ALL_YEAR or set(before.text) == {mark.text})
    return is_run and at == end + 1 and {at, end} <= columns.months.keys()


_ALONG = frozenset("→⇒⟶↔⇔⟷")


_OPENS_ROUND = re.compile(rf"[{CIRCLES}][→⇒⟶]")
_CLOSES_ROUND = re.compile(rf"[←⇐⟵→⇒⟶][{CIRCLES}]")


def _round_end(rest: Sequence[Mark]) -> Mark | None:
    """Return the end ←○ of an arrow that ○→ opens; only dashes may stand between."""
    mark = next((mark for mark in rest if mark.kind is not MarkKind.NONE), None)
    is_end = mark and mark.kind is MarkKind.ARROW and _CLOSES_ROUND.fullmatch(mark.text)
    return mark if is_end else None


def _other_end(first: Mark, rest: Sequence[Mark]) -> Mark | None:
    if first.kind is MarkKind.ARROW and _OPENS_ROUND.fullmatch(first.text):
        return _round_end(rest)
    opens = _OPENS.fullmatch(first.text)
    if first.kind is not MarkKind.ARROW or not opens:
        return None
    number = opens[1] or ""
    for mark in rest:
        closes = _CLOSES.fullmatch(mark.text) if mark.kind is MarkKind.ARROW else None
        if closes and number and closes[1] == number:
            return mark
        if not number:
            if mark.kind is MarkKind.NONE:
                continue
            is_end = closes is not None and closes[1] is None and first.text[0] in "←⇐⟵"
            return mark if is_end else None
    return None


def note_mark(mark: Mark, columns: Columns, shift: int, findings: Findings) -> None:
    """Say what is not certain about a mark."""
    at = mark.line, mark.column
    hull = Months(mark.months)
    if not mark.months and mark.kind is not MarkKind.NONE:
        findings.say("mark-without-month", *at, mark=mark.text)
        return
    if len(mark.readings) > 1:
        name = "mark-beyond-header" if columns.is_beyond(mark.column - 1, shift) else "mark-between-labels"
        first, second = (Months(reading) for reading in mark.readings)
        findings.say(name, *at, mark=mark.text, from_right=first, stretched=second, hull=hull)
    elif mark.readings:
        findings.say("mark-in-last-column", *at, mark=mark.text)
    if mark.kind is MarkKind.ARROW and not mark.is_whole:
        clipped = len(mark.months) == 1
        findings.say("arrow-clipped" if clipped else "arrow-end-lost", *at, mark=mark.text, hull=hull)
    if mark.kind is MarkKind.LABEL and not sessions_of(mark.text) and not is_number(mark.text):
        name = "labelled-frequency" if says_how_often(mark.text) else "labelled-mark"
        findings.say(name, *at, mark=mark.text, hull=hull)
