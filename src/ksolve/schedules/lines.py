"""A line of a schedule's file: one session as the file tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ksolve.findings import Place

Cells = tuple[int, Sequence[str]]
"""A line of a table: its number from 1, and the text of its cells."""


@dataclass(frozen=True, slots=True)
class Line:
    """One session as its file tells it: the text of each column by its key, and where it stands.

    `line` counts from 1 within the `source`. `columns` are the numbers of the columns, from 1; empty
    for a calendar, which has none.
    """

    cells: Mapping[str, str]
    line: int
    source: Place
    columns: Mapping[str, int]

    @property
    def place(self) -> Place:
        """Where the line stands; only a finding wants it, and most lines have none."""
        return self.at("")

    def at(self, key: str) -> Place:
        """Return where the cell of a column stands, or the line where the file has no such column."""
        return Place(self.source.file, self.line, self.columns.get(key, 0), self.source.sheet)
