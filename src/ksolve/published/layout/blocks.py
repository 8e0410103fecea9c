"""Where the tables of a grid stand: header rows, bodies, and the lines around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ksolve.letters import narrow
from ksolve.published.cell.grid import Grid, Row
from ksolve.published.layout.columns import Columns, find_columns
from ksolve.published.layout.headers import (
    is_header,
    is_header_by_content,
    is_lower_header,
    is_upper_header,
)

_NOTE = re.compile(r"[※＊*]|[(（]?注[)）:：\d１-９]|(?:備考|注記)[:：]")
_PAGE_NUMBER = re.compile(r"[-ー\s]*(?:p\.?|P\.?)?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*(?:ページ|頁)?[-ー\s]*")


@dataclass(frozen=True, slots=True)
class Block:
    """One table of the grid: its header rows, its columns, its body and the notes within it."""

    headers: tuple[Row, ...]
    columns: Columns
    body: tuple[Row, ...]

    @property
    def line(self) -> int:
        """The line of the first header row."""
        return self.headers[0].line

    @property
    def end(self) -> int:
        """The last line of the table."""
        return (self.body or self.headers)[-1].line


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of a grid, and the lines outside them."""

    blocks: tuple[Block, ...]
    loose: tuple[Row, ...]


def find_layout(grid: Grid) -> Layout:
    """Return the tables of a grid by their header rows; everything else is loose lines."""
    rows = grid.rows
    starts = [index for index, row in enumerate(rows) if is_header(rows[index - 1] if index else None, row)]
    starts = sorted([*starts, *_by_content(grid, starts)])
    heads = {index: _headers(rows, index) for index in starts}
    for index in [index for index in starts if index + 1 < len(rows)]:
        if len(heads[index]) == 1 and is_lower_header(rows[index], rows[index + 1]):
            heads[index + 1] = rows[index], rows[index + 1]
    starts = sorted(heads)
    upper = {index - 1 for index, head in heads.items() if len(head) > 1}
    starts = [index for index in starts if index not in upper]
    begins = {index + 1 - len(heads[index]) for index in starts}
    if grid.sheets:
        pairs = enumerate(pairwise(rows), start=1)
        begins |= {index for index, (above, row) in pairs if _is_apart(grid, above, row)}
    blocks: list[Block] = []
    taken: set[int] = set()
    for index in starts:
        body = _body(rows, index + 1, begins)
        columns = find_columns(heads[index], body)
        if columns is None:
            continue
        blocks.append(Block(heads[index], columns, body))
        taken |= {row.line for row in (*heads[index], *body)}
    loose = tuple(row for row in rows if row.filled and row.line not in taken)
    return Layout(tuple(blocks), loose)


def _by_content(grid: Grid, known: Sequence[int]) -> Iterator[int]:
    """Yield the header rows of unknown words, in sheets without one of known words, above all other rows."""
    rows = grid.rows
    read = {grid.sheet(rows[index].line) for index in known}
    last: Row | None = None
    for index, row in enumerate(rows):
        is_open = last is None or not row.filled
        above = rows[index - 1] if index else None
        starts = above is None or len(above.filled) < 2
        if not row.filled:
            last = None
        elif is_open and starts and grid.sheet(row.line) not in read and is_header_by_content(rows, index):
            last = row
            yield index


def _is_apart(grid: Grid, above: Row, row: Row) -> bool:
    """Tell whether a new sheet or table begins at a row."""
    sheet, before = grid.sheet(row.line), grid.sheet(above.line)
    return sheet is not before and sheet is not None and sheet.is_apart


def _headers(rows: Sequence[Row], index: int) -> tuple[Row, ...]:
    """A header may be two lines: names and eras above, month labels below (or 開催日 over 時期 and 時間)."""
    if index and is_upper_header(rows[index - 1], rows[index]):
        return rows[index - 1], rows[index]
    return (rows[index],)


def _body(rows: Sequence[Row], start: int, begins: set[int]) -> tuple[Row, ...]:
    """Return the rows from a header to the next one, without the headings that stand before that.

    A line of a single cell ends the body where only such lines follow, up to a header or the
    end; otherwise it is a heading within the table. An empty line ends it only before those.
    """
    end = next((index for index in range(start, len(rows)) if index in begins), len(rows))
    last = end
    while last > start and not _is_body(rows[last - 1], rows, last - 1, start):
        last -= 1
    return tuple(row for row in rows[start:last] if row.filled)


def _is_body(row: Row, rows: Sequence[Row], index: int, start: int) -> bool:
    """Tell a row of the table from a heading or an empty line after it.

    A lone cell belongs to the body where its row has other cells, though empty, and no empty
    line or header parts it from the row above.
    """
    if len(row.filled) > 1:
        return True
    alone = not row.filled or len(row.cells) <= 1 or is_note(row[row.first])
    above = rows[index - 1] if index > start else None
    return not alone and above is not None and len(above.filled) > 1 and not row.spanned(row.first)[1:]


def is_note(text: str) -> bool:
    """Tell a footnote (※…) from a heading."""
    return bool(_NOTE.match(text)) and len(text) > 1


def is_page_number(text: str) -> bool:
    """Tell ``- 3 -`` or ``3/12`` from a heading."""
    return len(text) < _LONGEST_PAGE_NUMBER and bool(_PAGE_NUMBER.fullmatch(narrow(text)))


_LONGEST_PAGE_NUMBER = 20
