"""Turned tables, months down and programmes across: found, and stood up to be read like the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ksolve.published.cell.dates import named_days, stretch_in
from ksolve.published.cell.findings import FINDING
from ksolve.published.cell.grid import Cell, Remark, Row
from ksolve.published.cell.header_words import Role, bare_month, plain, read_head
from ksolve.published.cell.signs import is_number, mark_kind, says_how_often, sessions_of
from ksolve.published.layout.blocks import Block
from ksolve.published.layout.headers import NAMING
from ksolve.published.rows import MarkKind

_FEWEST_MONTHS = 3
_FEWEST_BARE = 6
_LONGEST_LABEL = 9
_LIKE_MONTH = re.compile(r"[\d月期]")
_LONGEST_CORNER = 12
_CORNER = re.compile(r"月|項目|区分|事業|行事|講座|教室")
_DITTO = re.compile(r"〃{1,2}|々|同上|[″\"”仝]")
_HEADS = ("事業名",), ("区分", "事業名")
"""What the corner of the table is read as, which heads the programmes: one line of it, or two."""


@dataclass(frozen=True, slots=True)
class Turned:
    """The rows of a turned table as printed, `heads` of them above the months in column `months`."""

    rows: tuple[Row, ...]
    heads: int
    months: int

    @property
    def width(self) -> int:
        """How many rows it has when it stands up."""
        ends = (max([*row.filled, *row.covered], default=0) for row in self.rows)
        return max(ends) + 1 - self.months

    def stood(self, line: int, taken: dict[tuple[int, int], str], remarks: list[Remark]) -> Iterator[Row]:
        """Yield the rows of the table with a programme in each, the first at a line.

        What stands left of the months or is a remark on a month is no part of a programme.
        """
        first = self.rows[self.heads - 1]
        remarks.append(Remark("turned-table", first.line, self.months + 1, is_beside=True))
        _leave_out(self, taken, remarks)
        lost = {at for at in taken if taken[at] == FINDING}
        numbers = {row.line: number for number, row in enumerate(self.rows)}
        for column in range(self.months, self.months + self.width):
            covered: dict[int, Cell] = {}
            for number, row in enumerate(self.rows):
                origin = row.covered.get(column)
                if origin and origin.line in numbers and origin.column > self.months:
                    above = line + origin.column - 1 - self.months
                    covered[number] = Cell(origin.text, above, numbers[origin.line] + 1)
            texts = list(_texts(self, column, line, covered, remarks))
            lost |= {(one.line, one.column) for one in remarks if one.name == "ditto-without-above"}
            cells = tuple(
                "" if (row.line, column + 1) in lost else text
                for row, text in zip(self.rows, texts, strict=True)
            )
            places = tuple((row.line, column + 1) for row in self.rows)
            yield Row(line + column - self.months, cells, covered, places=places)


def find_turned(rows: Sequence[Row], blocks: Sequence[Block]) -> Iterator[Turned]:
    """Yield the turned tables, from top to bottom; one whose cells are mostly words is none."""
    end = 0
    for index, row in enumerate(rows):
        if index < max(1, end) or not _label(row):
            continue
        column = (
            row.first if read_head(row[row.first]).months or bare_month(row[row.first]) else row.filled[1]
        )
        found = _table(rows, index, column, {row.line for block in blocks for row in block.headers})
        if found and not _is_regular(found, blocks) and _holds_marks(found):
            end = index + len(found.rows) - found.heads
            yield found


def _label(row: Row) -> bool:
    """Tell a row whose first or second cell is the label of a month."""
    first = islice(row.texts.values(), 2)
    return any(len(text) <= _LONGEST_LABEL and _LIKE_MONTH.search(text) and _months(text) for text in first)


def _months(text: str) -> tuple[int, ...]:
    month = bare_month(text)
    return (month,) if month else read_head(text).months


def _table(rows: Sequence[Row], index: int, column: int, headers: Collection[int]) -> Turned | None:
    """Return the table whose first month stands in a row, with its header lines above; None where none is."""
    head = index - 1
    while head >= 0 and _is_attribute(rows[head], column) and _follows(rows[head], rows[head + 1]):
        head -= 1
    if (
        head < 0
        or rows[head].line in headers
        or not _is_head(rows, head, column)
        or not _follows(rows[head], rows[head + 1])
    ):
        return None
    end = _end(rows, head + 1, column)
    labels = [rows[at][column] for at in range(head + 1, end)]
    if not _is_year([label for label in labels if label], rows[head][column]):
        return None
    upper = head > 0 and _is_upper(rows[head - 1], rows[head], column)
    begin = head - 1 if upper else head
    return Turned(tuple(rows[begin:end]), head + 1 - begin, column)


def _follows(above: Row, row: Row) -> bool:
    return row.line == above.line + 1


def _is_attribute(row: Row, column: int) -> bool:
    """Tell a line that says more about each programme: 対象, 会場, 実施回数."""
    role = read_head(row[column]).role
    return role is not None and role not in (*NAMING, Role.PERIOD) and len(row.filled) > 1


def _is_head(rows: Sequence[Row], index: int, column: int) -> bool:
    """Tell the line that names the programmes, under a corner that is empty or says 月 or 事業."""
    row = rows[index]
    corner = row[column]
    names = [at for at in row.filled if at > column and not read_head(row[at]).is_known]
    if not names or _months(corner) or len(corner) > _LONGEST_CORNER:
        return False
    return (
        not corner or bool(_CORNER.search(plain(corner))) or read_head(corner).role in (*NAMING, Role.PERIOD)
    )


def _is_upper(above: Row, row: Row, column: int) -> bool:
    """Tell a line of groups above the names: several cells right of the corner, and none else."""
    groups = [at for at in above.filled if at > column]
    corner = len(above[column]) <= _LONGEST_CORNER and not _months(above[column])
    return _follows(above, row) and corner and len(groups) > 1 and set(above.filled) <= {column, *groups}


def _end(rows: Sequence[Row], start: int, column: int) -> int:
    """Return the index behind the last month or attribute; a line without a label goes on with the month."""
    end = start
    for index in range(start, len(rows)):
        row = rows[index]
        if not row.filled or (index > start and not _follows(rows[index - 1], row)):
            break
        if _months(row[column]) or _is_attribute(row, column) or column in row.covered:
            end = index + 1
        elif row[column]:
            break
    return end


def _is_year(labels: Sequence[str], corner: str) -> bool:
    """Tell labels of several months, each once; bare numbers are months below a corner that says 月."""
    months = [found for label in labels if (found := _months(label))]
    bare = [label for label in labels if bare_month(label)]
    named = {month for found in months for month in found}
    if bare and ("月" not in plain(corner) or len(months) < _FEWEST_BARE):
        return False
    return len(named) >= _FEWEST_MONTHS and len(months) > 1 and len(set(months)) == len(months)


def _is_regular(table: Turned, blocks: Sequence[Block]) -> bool:
    """Tell the rows of a table by months (月, 行事名, 内容), and those that no gap parts from one above."""
    first = table.rows[0].line
    for block in blocks:
        if block.line <= table.rows[-1].line and first <= block.end:
            by_months = table.months in {column for column, _ in block.columns.when}
            above = max(
                (row for row in (*block.headers, *block.body) if row.line < first),
                default=None,
                key=lambda row: row.line,
            )
            apart = above is None or above.line < first - 1 or len(above.filled) == 1
            if by_months or not apart:
                return True
    return False


def _holds_marks(table: Turned) -> bool:
    """Tell a table whose cells are mostly marks, dates and counts, and not the events of each month."""
    texts = [
        (row[column], _months(row[table.months]))
        for row in table.rows[table.heads :]
        for column in row.filled
        if column > table.months and not _is_attribute(row, table.months)
    ]
    return bool(texts) and 2 * sum(_is_sign(text, months) for text, months in texts) >= len(texts)


def _is_sign(text: str, months: Sequence[int]) -> bool:
    month = months[0] if months else 0
    return bool(
        mark_kind(text) not in (None, MarkKind.LABEL)
        or sessions_of(text)
        or is_number(text)
        or _DITTO.fullmatch(text)
        or named_days(text, month)
        or stretch_in(text, month)
        or says_how_often(text)
    )


def _texts(
    table: Turned, column: int, line: int, covered: dict[int, Cell], remarks: list[Remark]
) -> Iterator[str]:
    """Yield the texts of a printed column from top to bottom.

    A 〃 repeats what stands above it there; in a line such as 会場, above which stand other matters, what
    stands left of it.
    """
    if column == table.months:
        yield from _labels(table, line, covered)
        return
    above = ""
    for number, row in enumerate(table.rows):
        text = row[column]
        if number < table.heads:
            yield text
            continue
        is_attribute = _is_attribute(row, table.months)
        if _DITTO.fullmatch(text):
            repeated = _left_of(row, column, table.months) if is_attribute else above
            if not repeated:
                remarks.append(Remark("ditto-without-above", row.line, column + 1, {"found": text}))
            yield repeated
        else:
            above = above if is_attribute else text or above
            yield text


def _left_of(row: Row, column: int, months: int) -> str:
    """Return the nearest text left of a column that is no 〃, empty where there is none beside the label."""
    texts = (row[at] for at in range(column - 1, months, -1))
    return next((text for text in texts if text and not _DITTO.fullmatch(text)), "")


def _labels(table: Turned, line: int, covered: dict[int, Cell]) -> Iterator[str]:
    """Yield the heads: names for the corner, then the months; one without a label goes on with that above."""
    yield from _HEADS[table.heads - 1]
    last: tuple[int, str] | None = None
    for number, row in enumerate(table.rows[table.heads :], start=table.heads):
        text = row[table.months]
        if text:
            last = number, text
        elif last and number not in covered:
            covered[number] = Cell(last[1], line, last[0] + 1)
        yield text


def _leave_out(table: Turned, taken: dict[tuple[int, int], str], remarks: list[Remark]) -> None:
    """Name the cells left of the months and those of columns of remarks: they are not read."""
    names = table.rows[table.heads - 1]
    remarked = {at for at in names.filled if read_head(names[at]).role is Role.REMARK}
    for row in table.rows:
        for column, text in row.texts.items():
            at = row.line, column + 1
            if column < table.months and read_head(text).months:
                taken[at] = "header"
            elif column < table.months or column in remarked:
                taken[at] = FINDING
                remarks.append(Remark("cell-not-read", *at, {"found": text}))
