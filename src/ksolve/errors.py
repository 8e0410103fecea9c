"""What goes wrong outside the program: the user's files, and the exit statuses that say so."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from ksolve.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksolve.text import Text


class Exit(IntEnum):
    """Exit statuses of the command line."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INFEASIBLE = 3
    UNKNOWN = 4
    INTERNAL = 70
    INTERRUPTED = 130


class PlanError(Exception):
    """The user's file cannot be used; carries every fault of the file, in file order."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(finding.line("en") for finding in self.findings))


def fault(rule: str, text: Text, place: Place | None, remedy: Text | None = None) -> Finding:
    """Return an error finding: what was found at `place`, and the way out."""
    return Finding(rule, Severity.ERROR, text, place, remedy=remedy)
