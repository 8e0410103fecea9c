"""What the header of a table has to say for itself: its years, and columns that are odd."""

from __future__ import annotations

import re

from ksolve.calendar import MONTHS, FiscalYear, find_fiscal_years
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.years import fiscal_years_in
from ksolve.published.layout.blocks import Block

_DIGITS = re.compile(r"\d|元年")
_LONGEST = 60
"""An era is looked for in so many characters of a cell."""


def read_header(block: Block, titled: FiscalYear | None, findings: Findings) -> None:
    """Hold the eras that the header names against the title's year, name odd columns."""
    eras: list[tuple[str, FiscalYear, int]] = []
    for row in block.headers:
        for column, text in row.texts.items():
            named = find_fiscal_years(text[:_LONGEST]) if _DIGITS.search(text) else ()
            eras += [(spelled, found, column) for spelled, found in named]
    if titled and {found.start for _, found, _ in eras} - {titled.start, titled.start + 1}:
        findings.say(
            "era-contradiction",
            block.line,
            eras[0][2] + 1,
            found="/".join(spelled for spelled, _, _ in eras),
            title=titled,
            first=titled.start,
            second=titled.start + 1,
        )
    _note_columns(block, findings)
    if not block.body:
        findings.say("empty-table", block.line, 1)


def note_another_year(block: Block, heading: str, year: FiscalYear | None, findings: Findings) -> None:
    """Say that a table is headed by another year (令和5年度 実績) than that of the plan."""
    named = fiscal_years_in(heading)
    if year and named and year not in named:
        findings.say("another-year", block.line, 1, found=heading, year=year)


def _note_columns(block: Block, findings: Findings) -> None:
    columns = block.columns
    for column in columns.unknown:
        findings.say("unknown-column", block.line, column + 1, found=columns.others[column])
    labels = [(months, columns.parts.get(column)) for column, months in columns.months.items()]
    if columns.labels != len(set(labels)) and not any(row.covered for row in block.headers):
        findings.say("month-label-repeated", block.line, columns.first_month + 1)
    if columns.month_cells > columns.labels == len(MONTHS):
        at = block.line, columns.first_month + 1
        findings.say("wide-body", *at, cells=columns.month_cells, labels=columns.labels)
