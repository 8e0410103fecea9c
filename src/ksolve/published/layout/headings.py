"""Which heading belongs to which table: it may stand before it, or after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Row
from ksolve.published.layout.blocks import Block


def assign_headings(loose: Iterable[Row], blocks: Sequence[Block], findings: Findings) -> dict[int, Row]:
    """Return the line that heads each table, by the table's line.

    Between two tables a single heading belongs to the next; of several, the first belongs to
    the table before and the last to the one after. Where that gives a table two, its earlier
    one moves to the table before, if that has none.
    """
    gaps = _gaps(loose, blocks)
    before: dict[int, Row] = {}
    after: dict[int, Row] = {}
    for index, rows in enumerate(gaps):
        rest = list(rows)
        if index > 0 and (len(rest) > 1 or index == len(blocks)) and rest:
            after[index - 1] = rest.pop(0)
        if index < len(blocks) and rest:
            before[index] = rest.pop()
        for row in rest:
            findings.refuse(row, row.first, "heading-without-table", heading=row[row.first])
    for index in sorted(after):
        if index in before and index - 1 >= 0 and index - 1 not in before and index - 1 not in after:
            after[index - 1] = before.pop(index)
    return _headings(before, after, blocks, findings)


def _gaps(loose: Iterable[Row], blocks: Sequence[Block]) -> list[list[Row]]:
    """Return the loose lines before the first table, between tables, and after the last."""
    gaps: list[list[Row]] = [[] for _ in range(len(blocks) + 1)]
    for row in loose:
        gaps[sum(block.line < row.line for block in blocks)].append(row)
    return gaps


def _headings(
    before: dict[int, Row],
    after: dict[int, Row],
    blocks: Sequence[Block],
    findings: Findings,
) -> dict[int, Row]:
    headings: dict[int, Row] = {}
    for index, row in (*before.items(), *after.items()):
        headings[blocks[index].line] = row
    for index, row in after.items():
        at = row.line, row.first + 1
        findings.say(
            "heading-after-table",
            *at,
            heading=row[row.first],
            line=findings.grid.place(blocks[index].line).line,
        )
    return headings
