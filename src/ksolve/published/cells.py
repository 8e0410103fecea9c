"""Files to grids: every cell as text, with the line and column it came from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.files import read_text
from ksolve.findings import Place
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text without surrounding space, 1-based line and column of cells."""

    text: str
    line: int
    column: int

    def place(self, file: str) -> Place:
        """Return where the cell stands."""
        return Place(file, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a grid; cells are counted from 0 here, as the layout speaks of columns."""

    line: int
    cells: tuple[str, ...]

    def __getitem__(self, column: int) -> str:
        """Return the text of a cell, empty beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold any text."""
        return tuple(column for column, text in enumerate(self.cells) if text)

    def cell(self, column: int) -> Cell:
        """Return a cell with its 1-based place."""
        return Cell(self[column], self.line, column + 1)


@dataclass(frozen=True, slots=True)
class Grid:
    """A file as rows of cells; a line without tabs or commas is a row of one cell."""

    file: str
    rows: tuple[Row, ...]

    @property
    def cells(self) -> Iterator[Cell]:
        """Every non-empty cell, in reading order."""
        return (row.cell(column) for row in self.rows for column in row.filled)


def read_grid(path: Path) -> Grid:
    """Read tab-separated text or CSV in UTF-8 (with or without BOM) or Shift_JIS.

    Raises PlanError when the file is missing, unreadable, empty, or in no known encoding.
    """
    return parse_grid(read_text(path), str(path))


def parse_grid(text: str, file: str) -> Grid:
    """Return text as a grid: tab-separated where it holds a tab, else comma-separated.

    Raises PlanError when there is no text in it.
    """
    if not text.strip():
        raise PlanError([fault("empty-file", _EMPTY, Place(file))])
    tabbed = "\t" in text
    rows = tuple(_tab_rows(text) if tabbed else _comma_rows(text))
    return Grid(file, rows)


def _tab_rows(text: str) -> Iterator[Row]:
    for line, content in enumerate(text.splitlines(), start=1):
        yield Row(line, tuple(cell.strip() for cell in content.split("\t")))


def _comma_rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    start = 1
    for record in reader:
        yield Row(start, tuple(" ".join(cell.split()) for cell in record))
        start = reader.line_num + 1


_EMPTY = Text("ファイルに文字がありません", "the file holds no text")
