"""The month cells of a row to marks, and the days that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ksolve.calendar import MONTHS, month_position
from ksolve.frequency import Frequency, Months, Range
from ksolve.published.cell.dates import Named, stretch_in
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Cell, Row
from ksolve.published.cell.header_words import plain
from ksolve.published.cell.signs import mark_kind
from ksolve.published.layout.columns import Columns
from ksolve.published.row.agreement import Dated
from ksolve.published.row.bare_numbers import evidence, has_dates, meant, most_in_month, numbers_of
from ksolve.published.row.marks import dated_marks, join_arrows, marks_of_days, read_mark
from ksolve.published.row.row_columns import RowColumns
from ksolve.published.rows import Mark, MarkKind


def read_month_cells(
    row: Row, used: RowColumns, when: tuple[Range, Frequency | None], table: str, findings: Findings
) -> tuple[list[Mark], list[Dated]]:
    """Read the cells that are left to the months; one that holds no mark is an error.

    `when` is the row's stated count and frequency, which with `table`, what the numbers of the
    whole table are, tells counts (2 3 2) from days (6 20).
    """
    given = used.in_months(row)
    found_numbers = numbers_of(row, used.columns, used.shift)
    numbers = {column: named for column, named in found_numbers.items() if column in given}
    own = evidence(numbers, when[0], most_in_month(when[1], when[0]))
    if has_dates(row, used.columns, used.shift):
        own, table = "days", ""
    cells = _MonthCells(row, used.columns, used.shift, numbers, meant(numbers, own, table, when[0]), findings)
    marks: list[Mark] = []
    dated: list[Dated] = []
    for column in given:
        found, days = cells.read(Cell(row.cells[column], row.line, column + 1))
        marks += found
        dated += days
    return [*join_arrows(marks, used.columns, used.shift), *(mark for mark, _ in dated)], dated


_Read = tuple[list[Mark], list[Dated]]
"""The marks of a cell, and those that name their days."""


@dataclass(frozen=True, slots=True)
class _MonthCells:
    """The month cells of one row; `numbers` are read as counts or days, which is sure or not (`read_as`)."""

    row: Row
    columns: Columns
    shift: int
    numbers: Mapping[int, Sequence[Named]]
    read_as: tuple[str, bool]
    findings: Findings

    def read(self, cell: Cell) -> _Read:
        """Read one cell: a sign, a number, or words."""
        column = cell.column - 1
        if column < self.columns.first_month + self.shift or not self.columns.months:
            self.findings.refuse(self.row, column, "cell-not-read", found=cell.text)
            return [], []
        if kind := _sign(cell.text):
            return [self._mark(cell, kind)], []
        if column not in self.numbers:
            return self._words(cell, self.columns.months.get(column - self.shift, ()))
        if self.read_as[0] == "days":
            return [], marks_of_days(cell, self.numbers[column])
        mark = self._mark(cell, MarkKind.LABEL)
        return [_read_number(mark, self.numbers[column], self.read_as, self.findings)], []

    def _words(self, cell: Cell, months: Sequence[int]) -> _Read:
        """Read what is no number that the row's others explain; what says nothing is an error."""
        if count := _count_of_period(cell.text, months):
            return [replace(self._mark(cell, MarkKind.LABEL), kind=MarkKind.CIRCLE, sessions=count)], []
        if dated := self._dated(cell, months):
            _note_column(dated, months, self.findings)
            return [], dated
        if named := _read_months(cell, months, self.findings):
            return named, []
        if period := _read_period(cell, months, self.findings):
            return [period], []
        if kind := mark_kind(cell.text):
            return [self._mark(cell, kind)], []
        self.findings.refuse(self.row, cell.column - 1, "unknown-mark", mark=cell.text)
        return [], []

    def _dated(self, cell: Cell, months: Sequence[int]) -> list[Dated]:
        """Return the days that a cell names, but for one that is held in reserve (5(日)予備12(日))."""
        reserve = _RESERVE.search(cell.text[:_LONGEST])
        dated = dated_marks(replace(cell, text=cell.text[: reserve.start()]) if reserve else cell, months)
        if dated and reserve:
            self.findings.say("reserve-date", cell.line, cell.column, found=reserve[0].strip("(（※ "))
        return dated

    def _mark(self, cell: Cell, kind: MarkKind) -> Mark:
        return read_mark(self.row, cell, kind, self.columns, self.shift)


def _sign(text: str) -> MarkKind | None:
    """Return what a sign is (○ ↔ ↓), None for a cell with a letter or a digit, which may say anything."""
    return None if any(map(str.isalnum, text)) else mark_kind(text)


def _count_of_period(text: str, months: Sequence[int]) -> int:
    """Return 3 of a bare 3 under 前期: it can be no day where the column is longer than a month."""
    bare = plain(text) if len(text) < _LONGEST_NUMBER else ""
    return int(bare) if len(months) > 1 and bare.isascii() and bare.isdecimal() else 0


_LONGEST_NUMBER = 4


def _read_months(cell: Cell, of_column: Sequence[int], findings: Findings) -> list[Mark]:
    """Read the months that a cell of a longer column names (前期: 6月, 4月~7月), each as a mark."""
    text = plain(cell.text[:_LONGEST]) if len(of_column) > 1 else ""
    if not text or len(cell.text) > _LONGEST or not _MONTHS.fullmatch(text):
        return []
    marks = []
    for first, last in _MONTH.findall(text):
        if not {int(first), int(last or first)} <= set(MONTHS):
            return []
        window = MONTHS[month_position(int(first)) : month_position(int(last or first)) + 1]
        kind = MarkKind.ARROW if last else MarkKind.MONTHS
        marks.append(Mark(kind, cell.text, cell.line, cell.column, window, is_whole=True))
    if not all(mark.months for mark in marks):
        return []
    if not {month for mark in marks for month in mark.months} <= set(of_column):
        label = "・".join(f"{month}月" for month in of_column)
        findings.say("date-outside-column", cell.line, cell.column, day=cell.text, months=label)
    return marks


_RESERVE = re.compile(r"\s*[(（※]?\s*(?:雨天|荒天|予備日?|順延).*$")
_MONTH = re.compile(r"(\d{1,2})月?(?:~(\d{1,2})月?)?")
_MONTHS = re.compile(rf"(?=.*月$)(?:{_MONTH.pattern}[・,、&]?)+")
_LONGEST = 60


def _read_period(cell: Cell, months: Sequence[int], findings: Findings) -> Mark | None:
    """Read 7/22~8/29 as an arrow over its months, None where the cell names no such period."""
    ends = stretch_in(cell.text, months[0] if len(months) == 1 else 0)
    if not ends:
        return None
    start, end = (month_position(day.month) for day in ends)
    if end < start:
        return None
    window = MONTHS[start : end + 1]
    findings.say("period-of-days", cell.line, cell.column, found=cell.text, hull=Months(window))
    return Mark(MarkKind.ARROW, cell.text, cell.line, cell.column, window, is_whole=True)


def _read_number(mark: Mark, days: Sequence[Named], read_as: tuple[str, bool], findings: Findings) -> Mark:
    """Read a number as a count or else as a mark; where that is not sure, with both readings said."""
    is_count = read_as[0] == "counts"
    read = replace(mark, kind=MarkKind.CIRCLE, sessions=days[0].day.day) if is_count else mark
    if not read_as[1]:
        at = mark.line, mark.column
        findings.say("number-in-month-cell", *at, found=mark.text, sessions=read.sessions)
    return read


def _note_column(found: Sequence[Dated], months: Sequence[int], findings: Findings) -> None:
    """Say where a cell names a day of another month than its column."""
    label = "・".join(f"{month}月" for month in months)
    for mark, named in found:
        if months and named.day.month not in months:
            findings.say("date-outside-column", mark.line, mark.column, day=named.day, months=label)
