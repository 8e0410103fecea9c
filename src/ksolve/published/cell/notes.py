"""What a reading has to say, and the role in which each cell was read."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from ksolve.findings import Finding
from ksolve.published.cell.grid import Grid, Row
from ksolve.published.messages import finding
from ksolve.published.rows import Note

FINDING = "finding"
"""The role of a cell that no value was taken from."""
OTHER_SHEET = "other sheet"
"""The role of the cells of a sheet without a table, which one finding names together."""


@dataclass
class Notes:
    """Collects the findings, the ledger and the footnotes of one reading of one file."""

    grid: Grid
    said: list[tuple[int, int, Finding]] = field(default_factory=list)
    ledger: dict[tuple[int, int], str] = field(default_factory=dict)
    footnotes: list[Note] = field(default_factory=list)
    unreadable: int = 0

    def say(self, name: str, line: int, column: int, /, **values: Hashable) -> None:
        """Add the finding `name` at a 1-based line and column of cells."""
        self.say_printed(name, *self.grid.at(line, column), **values)

    def say_printed(self, name: str, line: int, column: int, /, **values: Hashable) -> None:
        """Add the finding `name` at a 1-based line and column as printed."""
        place = self.grid.printed.place_of(line, column)
        self.said.append((line, column, finding(name, place, **values)))

    def take(self, row: Row, column: int | None, role: str) -> str:
        """Note what a cell (column from 0) is read as, and return its text; None has none."""
        if column is None or not row[column]:
            return ""
        if column not in row.lent:
            self.ledger[row.line, column + 1] = role
        return row[column]

    def is_taken(self, row: Row, column: int) -> bool:
        """Tell whether a cell (column from 0) has been read."""
        return (row.line, column + 1) in self.ledger

    def refuse(self, row: Row, column: int, name: str, /, **values: Hashable) -> None:
        """Name a cell (column from 0) in the finding `name`; no value is taken from it."""
        self.take(row, column, FINDING)
        self.say(name, row.line, column + 1, **values)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What has been said, in the order of the places."""
        return tuple(found for _, _, found in sorted(self.said, key=lambda item: item[:2]))
