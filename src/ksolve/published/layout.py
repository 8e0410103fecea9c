"""Where the tables of a grid stand: header rows, their columns, and the headings around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ksolve.calendar import MONTHS, month_position
from ksolve.published.cells import Grid, Row

_LABEL = re.compile(r"(\d{1,2})月")
_WORDS = {
    "name": ("事業名称", "事業名", "講座名", "行事名", "講座", "行事", "事業"),
    "content": ("事業内容", "内容"),
    "frequency": ("実施回数", "開催回数", "回数", "頻度"),
}
_FEWEST_LABELS = 3
"""A row with this many month labels is a header row."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, counted from 0; `last` is the last column of its rows."""

    name: int
    content: int | None
    frequency: int
    first_month: int
    labels: int
    last: int

    @property
    def month_cells(self) -> int:
        """How many cells the body has for months."""
        return self.last - self.first_month + 1

    def is_beyond(self, column: int, shift: int) -> bool:
        """Tell whether a column lies right of the last month label (for a row moved by `shift`)."""
        return column - self.first_month - shift >= self.labels

    def readings(self, column: int, shift: int) -> tuple[int, ...]:
        """Return the months (1 to 12) that a mark in a column may mean.

        Under a month label, and in the last column (March), there is one. Any other has two:
        counted back from the right edge, and stretched in proportion. `shift` is how many
        columns the whole row stands to the right.
        """
        place = column - self.first_month - shift
        if place < self.labels:
            return (MONTHS[place],)
        if column == self.last:
            return (MONTHS[-1],)
        from_right = len(MONTHS) - 1 - (self.last - column)
        stretched = place * len(MONTHS) // (self.month_cells - shift)
        return MONTHS[max(0, from_right)], MONTHS[stretched]


@dataclass(frozen=True, slots=True)
class Block:
    """One table of the grid: its header rows, its columns, its body."""

    headers: tuple[Row, ...]
    columns: Columns
    body: tuple[Row, ...]

    @property
    def line(self) -> int:
        """The line of the first header row."""
        return self.headers[0].line


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of a grid, and the lines outside them."""

    blocks: tuple[Block, ...]
    loose: tuple[Row, ...]


def find_layout(grid: Grid) -> Layout:
    """Return the tables of a grid by their header rows; everything else is loose lines.

    A table ends at a line of a single cell, at an empty line, or at the next header.
    """
    rows = grid.rows
    starts = [index for index, row in enumerate(rows) if len(_labels(row)) >= _FEWEST_LABELS]
    blocks: list[Block] = []
    taken: set[int] = set()
    for index in starts:
        headers = _headers(rows, index)
        body = _body(rows, index + 1, set(starts))
        columns = _columns(headers, body)
        if columns is None:
            continue
        blocks.append(Block(headers, columns, body))
        taken |= {row.line for row in (*headers, *body)}
    loose = tuple(row for row in rows if row.filled and row.line not in taken)
    return Layout(tuple(blocks), loose)


def _labels(row: Row) -> dict[int, int]:
    """Return the month labels of a row: column to month."""
    found = {column: _LABEL.fullmatch(row[column]) for column in row.filled}
    labels = {column: int(match[1]) for column, match in found.items() if match}
    return {column: month for column, month in labels.items() if month in MONTHS}


def _headers(rows: Sequence[Row], index: int) -> tuple[Row, ...]:
    """A header may be two lines: names and eras above, month labels below."""
    above = rows[index - 1] if index else None
    if above and len(above.filled) > 1 and not _labels(above) and _roles([above]):
        return above, rows[index]
    return (rows[index],)


def _body(rows: Sequence[Row], start: int, headers: set[int]) -> tuple[Row, ...]:
    body: list[Row] = []
    for index in range(start, len(rows)):
        row = rows[index]
        followed_by_labels = index + 1 in headers and _roles([row])
        if index in headers or followed_by_labels or len(row.cells) <= 1 or not row.filled:
            break
        body.append(row)
    return tuple(body)


def _roles(headers: Sequence[Row]) -> dict[str, int]:
    """Return the columns that header words name; an earlier word of a role wins."""
    roles: dict[str, int] = {}
    for role, words in _WORDS.items():
        for word in words:
            columns = [column for row in headers for column in row.filled if row[column] == word]
            free = [column for column in columns if column not in roles.values()]
            if free and role not in roles:
                roles[role] = free[0]
    return roles


def _columns(headers: Sequence[Row], body: Sequence[Row]) -> Columns | None:
    roles = _roles(headers)
    labels = sorted(_labels(headers[-1]).items())
    consecutive = [month_position(month) == place for place, (_, month) in enumerate(labels)]
    if "name" not in roles or "frequency" not in roles or not all(consecutive):
        return None
    width = max([len(row.cells) for row in (*headers, *body)])
    return Columns(
        roles["name"],
        roles.get("content"),
        roles["frequency"],
        labels[0][0],
        len(labels),
        width - 1,
    )
