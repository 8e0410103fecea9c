"""What a reading has to say: findings with their places, and which cells no value was taken from."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from ksolve.findings import Finding
from ksolve.published.cell.grid import Grid, Row
from ksolve.published.messages import finding

FINDING = "finding"
"""The role of a cell that no value was taken from."""


@dataclass
class Findings:
    """Collects what the readers of one file say; no reader asks what another has said.

    `refused` are the cells, by 1-based line and column, that a finding names in place of a value.
    """

    grid: Grid
    said: list[tuple[int, int, Finding]] = field(default_factory=list)
    refused: set[tuple[int, int]] = field(default_factory=set)

    def say(self, name: str, line: int, column: int, /, **values: Hashable) -> None:
        """Add the finding `name` at a 1-based line and column of cells."""
        line, column, place = self.grid.printed_at(line, column)
        self.said.append((line, column, finding(name, place, **values)))

    def say_printed(self, name: str, line: int, column: int, /, **values: Hashable) -> None:
        """Add the finding `name` at a 1-based line and column as printed."""
        self.said.append((line, column, finding(name, self.grid.place_of(line, column), **values)))

    def refuse(self, row: Row, column: int, name: str, /, **values: Hashable) -> None:
        """Name a cell (column from 0) in the finding `name`; no value is taken from it."""
        if column not in row.lent:
            self.refused.add((row.line, column + 1))
        self.say(name, row.line, column + 1, **values)

    def count(self, name: str) -> int:
        """Return how often a finding has been said."""
        return sum(found.rule == name for _, _, found in self.said)

    @property
    def in_order(self) -> tuple[Finding, ...]:
        """What has been said, in the order of the places."""
        return tuple(found for _, _, found in sorted(self.said, key=lambda item: item[:2]))
