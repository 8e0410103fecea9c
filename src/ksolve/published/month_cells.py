"""The month cells of a row to marks, and the days that they name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ksolve.frequency import Range
from ksolve.published.agreement import Dated
from ksolve.published.cells import Row
from ksolve.published.columns import Columns
from ksolve.published.dates import Named, named_days
from ksolve.published.marks import dated_marks, is_number, join_arrows, mark_kind, marks_of_days, read_mark
from ksolve.published.notes import Notes
from ksolve.published.rows import Mark, MarkKind


def read_month_cells(
    row: Row, columns: Columns, shift: int, count: Range, notes: Notes
) -> tuple[list[Mark], list[Dated]]:
    """Read every cell that is not read yet; one that holds no mark is an error.

    `count` is the row's stated count, which tells counts (2 3 2) from days (6 20).
    """
    marks: list[Mark] = []
    dated: list[Dated] = []
    numbers = dict(_numbers(row, columns, shift, notes))
    meant = _meant(numbers, count)
    elsewhere = {column for column in row.lent if column not in columns.months}
    for column in [c for c in row.filled if c not in elsewhere and not notes.is_taken(row, c)]:
        if column < columns.first_month + shift or not columns.months:
            notes.refuse(row, column, "cell-not-read", found=row[column])
        elif column in numbers and meant == "days":
            notes.take(row, column, "date")
            dated += marks_of_days(row, column, numbers[column])
        elif column in numbers:
            mark = read_mark(row, column, MarkKind.LABEL, columns, shift)
            marks.append(_read_number(row, mark, numbers[column], meant, notes))
        elif found := dated_marks(row, column, columns, shift):
            notes.take(row, column, "date")
            _note_column(found, columns.months.get(column - shift, ()), notes)
            dated += found
        else:
            marks += _read_sign(row, column, columns, shift, notes)
    return [*join_arrows(marks, columns, shift), *(mark for mark, _ in dated)], dated


def _read_sign(row: Row, column: int, columns: Columns, shift: int, notes: Notes) -> list[Mark]:
    kind = mark_kind(row[column])
    if kind is None:
        notes.refuse(row, column, "unknown-mark", mark=row[column])
        return []
    notes.take(row, column, "mark")
    return [read_mark(row, column, kind, columns, shift)]


def _numbers(row: Row, columns: Columns, shift: int, notes: Notes) -> Iterator[tuple[int, tuple[Named, ...]]]:
    """Yield the month cells that hold nothing but numbers, as the days that they may mean."""
    for column in row.filled:
        months = columns.months.get(column - shift, ())
        if months and is_number(row[column]) and not notes.is_taken(row, column):
            text = unicodedata.normalize("NFKC", row[column]).replace(".", ",")
            yield column, named_days(text, months[0] if len(months) == 1 else 0)


def _meant(numbers: Mapping[int, Sequence[Named]], count: Range) -> str:
    """Tell counts from days: by what adds up to the stated count, or by a list, which counts cannot be."""
    if not numbers:
        return ""
    days = sum(len(named) for named in numbers.values())
    is_list = any(len(named) > 1 for named in numbers.values())
    if all(numbers.values()) and (is_list or (count.high is not None and days in count)):
        return "days"
    sums = sum(named[0].day.day for named in numbers.values() if len(named) == 1)
    alone = all(len(named) == 1 for named in numbers.values())
    return "counts" if alone and count.high is not None and sums in count else "unsure"


def _read_number(row: Row, mark: Mark, days: Sequence[Named], meant: str, notes: Notes) -> Mark:
    """Read a number as a count; where that is not sure, as a mark, with both readings said."""
    notes.take(row, mark.column - 1, "mark")
    if meant == "counts":
        return replace(mark, kind=MarkKind.CIRCLE, sessions=days[0].day.day)
    notes.say("number-in-month-cell", mark.line, mark.column, found=mark.text)
    return mark


def _note_column(found: Sequence[Dated], months: Sequence[int], notes: Notes) -> None:
    """Say where a cell names a day of another month than its column."""
    label = "・".join(f"{month}月" for month in months)
    for mark, named in found:
        if months and named.day.month not in months:
            notes.say("date-outside-column", mark.line, mark.column, day=named.day, months=label)
