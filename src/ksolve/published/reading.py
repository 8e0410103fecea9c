"""Grid to published plan: the rules for printed tables, and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ksolve.calendar import MONTHS, FiscalYear, find_fiscal_years
from ksolve.errors import PlanError
from ksolve.findings import Place, Severity
from ksolve.published.cells import Grid, Row, read_grid
from ksolve.published.headings import assign_headings
from ksolve.published.layout import Block, find_layout
from ksolve.published.notes import Notes
from ksolve.published.programmes import read_programme
from ksolve.published.rows import PublishedPlan, PublishedRow, PublishedTable


def read_published(path: Path) -> PublishedPlan:
    """Read a published table from a file.

    Raises PlanError with every fault of the file: unreadable, no header, no rows, a mark
    nobody knows, a frequency that has no meaning.
    """
    return interpret(read_grid(path))


def interpret(grid: Grid) -> PublishedPlan:
    """Return the published plan that a grid holds. Raises PlanError as read_published does."""
    notes = Notes(grid.file)
    layout = find_layout(grid)
    if not layout.blocks:
        notes.say("no-header", 1, 0)
    title, year, rest = _title(layout.loose, notes)
    headings = assign_headings(rest, layout.blocks, notes)
    for block in layout.blocks:
        _header(block, year, notes)
    tables = tuple(
        PublishedTable(block.line, headings.get(block.line, ""), tuple(_rows(block, notes)))
        for block in layout.blocks
    )
    _leftovers(grid, notes)
    found = tuple(sorted(notes.findings, key=lambda item: item.place or Place("")))
    faults = [item for item in found if item.severity is Severity.ERROR]
    if faults:
        raise PlanError(faults)
    return PublishedPlan(grid.file, title, year, tables, found, notes.ledger)


def _title(loose: Sequence[Row], notes: Notes) -> tuple[str, FiscalYear | None, list[Row]]:
    """The first loose line that names a fiscal year is the title; a line that is a date is kept."""
    title, year = "", None
    rest: list[Row] = []
    for row in loose:
        named = find_fiscal_years(row[0])
        fiscal = [found for spelled, found in named if spelled.endswith("度")]
        if fiscal and not title:
            title, year = notes.take(row, 0, "title"), fiscal[0]
        elif named and not fiscal:
            notes.take(row, 0, "date")
        else:
            rest.append(row)
    return title, year, rest


def _header(block: Block, year: FiscalYear | None, notes: Notes) -> None:
    """Take the header's cells, and hold the eras it names against the title's year."""
    eras: list[tuple[str, FiscalYear, int]] = []
    for row in block.headers:
        for column in row.filled:
            text = notes.take(row, column, "header")
            eras += [(spelled, found, column) for spelled, found in find_fiscal_years(text)]
    if year and {found.start for _, found, _ in eras} - {year.start, year.start + 1}:
        notes.say(
            "era-contradiction",
            block.line,
            eras[0][2] + 1,
            found="/".join(spelled for spelled, _, _ in eras),
            title=year,
            first=year.start,
            second=year.start + 1,
        )
    columns = block.columns
    if columns.month_cells > columns.labels == len(MONTHS):
        notes.say(
            "wide-body",
            block.line,
            columns.first_month + 1,
            cells=columns.month_cells,
            labels=columns.labels,
        )
    if not block.body:
        notes.say("empty-table", block.line, 1)


def _rows(block: Block, notes: Notes) -> list[PublishedRow]:
    category = ""
    rows: list[PublishedRow] = []
    for row in block.body:
        category = row[block.columns.name] or category
        rows.append(read_programme(row, block.columns, category, notes))
    return rows


def _leftovers(grid: Grid, notes: Notes) -> None:
    """Name every cell that no role has taken: nothing is dropped silently."""
    for cell in grid.cells:
        if (cell.line, cell.column) not in notes.ledger:
            notes.ledger[cell.line, cell.column] = "finding"
            notes.say("cell-not-read", cell.line, cell.column, found=cell.text)
