"""The role in which each cell of a file was read, so that none is dropped silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ksolve.published.cell.findings import FINDING
from ksolve.published.cell.grid import Grid, Row

OTHER_SHEET = "other sheet"
"""The role of the cells of a sheet without a table, which one finding names together."""


@dataclass
class Roles:
    """The roles of cells by 1-based line and column: those of the reader that each was given to."""

    roles: dict[tuple[int, int], str] = field(default_factory=dict)

    def enter(self, row: Row, column: int, role: str) -> str:
        """Note the role of a cell (column from 0) that holds anything, and return its text."""
        if row[column] and column not in row.lent:
            self.roles[row.line, column + 1] = role
        return row[column]

    def enter_all(self, row: Row, roles: Mapping[int, str]) -> None:
        """Note the roles of the cells of a row by their columns, from 0."""
        for column in row.texts.keys() & roles.keys() - row.lent:
            self.roles[row.line, column + 1] = roles[column]

    def refuse(self, cells: Iterable[tuple[int, int]]) -> None:
        """Note the cells that findings name in place of a value."""
        self.roles.update(dict.fromkeys(cells, FINDING))

    def left_over(self, grid: Grid) -> Iterator[tuple[Row, int]]:
        """Yield the cells, by row and column from 0, that were given to no reader."""
        for row in grid.rows:
            for column in row.filled:
                if (row.line, column + 1) not in self.roles:
                    yield row, column
