"""Rows that add up the programmes above them: 計, 小計, 合計."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ksolve.frequency import Range
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import Role, plain
from ksolve.published.cell.signs import mark_kind
from ksolve.published.layout.columns import Columns
from ksolve.published.rows import MarkKind

_WORD = re.compile(r"[(\[【]?(?:総合|年間|合|小|総|累)?計[)\]】]?")
_NUMBER = re.compile(r"(?:年|計|全)?(\d{1,5})回?")
_LONGEST = 20


@dataclass
class RowCounts:
    """The counts of the programme rows of one table so far; `done` of them an earlier total has added up."""

    counts: list[Range] = field(default_factory=list)
    done: int = 0


def is_total(row: Row, columns: Columns) -> bool:
    """Tell a row that is named 計, or whose category is where it has no name.

    One with signs under its months is a programme of that name: a total holds numbers.
    """
    texts = row.texts
    if name := texts.get(columns.name):
        return _is_word(name) and not _is_marked(row, columns)
    return bool(texts) and row.first <= columns.name and _is_word(row[row.first])


def _is_marked(row: Row, columns: Columns) -> bool:
    return any(mark_kind(row[month]) in (MarkKind.CIRCLE, MarkKind.ARROW) for month in columns.months)


def _is_word(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_WORD.fullmatch(plain(text)))


def read_total(row: Row, columns: Columns, tally: RowCounts, findings: Findings) -> None:
    """Say of a row of totals where one is not the sum of the programmes above it."""
    since, everything = _sum(tally.counts[tally.done :] or tally.counts), _sum(tally.counts)
    tally.done = len(tally.counts)
    for at in (columns.single.get(Role.TOTAL), columns.frequency):
        found = _NUMBER.fullmatch(plain(row[at][:_LONGEST])) if at is not None else None
        if at is not None and found:
            total = int(found[1])
            if total not in since and total not in everything:
                findings.say("row-total-mismatch", row.line, at + 1, total=total, sum=since)
            return


def _sum(counts: Sequence[Range]) -> Range:
    highs = [count.high for count in counts if count.high is not None]
    return Range(sum(count.low for count in counts), sum(highs) if len(highs) == len(counts) else None)
