"""A long list of findings as a person reads it: the first of each rule, and how many more there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from ksolve.checker.belonging import OTHER_PLAN
from ksolve.cli.console import print_findings, say
from ksolve.findings import Finding
from ksolve.text import Lang, Text

_EACH = 10
"""So many findings of a rule are shown, and of all rules where the schedule seems to be of another plan."""


def print_shortened(findings: Sequence[Finding], lang: Lang, to: TextIO | None = None) -> None:
    """Print the first findings of each rule, and a line that counts the others and says how to see them."""
    shown = _first(findings)
    print_findings(shown, lang, to=to)
    left = Counter(one.rule for one in findings) - Counter(one.rule for one in shown)
    if left:
        rules = Text(
            "、".join(f"{rule} {count}件" for rule, count in left.items()),
            ", ".join(f"{rule} {count}" for rule, count in left.items()),
        )
        say(_MORE.fill(more=left.total(), rules=rules), lang, to=to)


def _first(findings: Sequence[Finding]) -> list[Finding]:
    if any(one.rule == OTHER_PLAN for one in findings):
        return list(findings[:_EACH])
    seen: Counter[str] = Counter()
    shown = []
    for one in findings:
        seen[one.rule] += 1
        if seen[one.rule] <= _EACH:
            shown.append(one)
    return shown


_MORE = Text(
    "ほかに{more}件あります({rules})。すべて見るには: ksolve check 計画 予定 --all",
    "and {more} more ({rules}); to see them all: ksolve check PLAN SCHEDULE --all",
)
