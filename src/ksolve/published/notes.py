"""What a reading has to say, and the role in which each cell was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ksolve.findings import Finding, Place
from ksolve.published.cells import Row
from ksolve.published.messages import finding


@dataclass
class Notes:
    """Collects the findings and the ledger of one reading of one file."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    ledger: dict[tuple[int, int], str] = field(default_factory=dict)

    def say(self, name: str, line: int, column: int, /, **values: object) -> None:
        """Add the finding `name` at a 1-based line and column of cells."""
        self.findings.append(finding(name, Place(self.file, line, column), **values))

    def take(self, row: Row, column: int | None, role: str) -> str:
        """Note what a cell (column from 0) is read as, and return its text; None has none."""
        if column is None or not row[column]:
            return ""
        self.ledger[row.line, column + 1] = role
        return row[column]
