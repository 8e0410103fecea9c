"""Grid to published plan: the rules for printed tables, and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ksolve.calendar import FiscalYear
from ksolve.errors import PlanError
from ksolve.published.as_printed import ledger_as_printed, lines_of, tables_as_printed
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Grid
from ksolve.published.cell.header_words import plain
from ksolve.published.cell.years import YEAR_ALONE, fiscal_years_in, year_of
from ksolve.published.closed_days import closures_of_notes
from ksolve.published.files.file_types import read_grid
from ksolve.published.layout.arranging import arranged
from ksolve.published.layout.blocks import Block, find_layout
from ksolve.published.layout.header_findings import note_another_year, read_header
from ksolve.published.layout.headers import is_turned
from ksolve.published.layout.headings import assign_headings
from ksolve.published.layout.named_columns import with_columns
from ksolve.published.outside import keep_beside, read_title, without_other_sheets
from ksolve.published.roles import Roles
from ksolve.published.rows import Note, PublishedPlan
from ksolve.published.table import TableReader


def read_published(path: Path, year: FiscalYear | None = None, columns: Sequence[str] = ()) -> PublishedPlan:
    """Read a published table from a file; `year` overrules the one that the table names.

    `columns` says which heading means what (``事業=教室名``).

    What a cell says and nobody understands (a mark, a frequency, a date) is a finding of severity
    error. Raises PlanError where nothing can be read at all: no file, no header, no rows.
    """
    plan = interpret(with_columns(read_grid(path), columns), year)
    return replace(plan, columns=tuple(columns)) if columns else plan


def interpret(grid: Grid, year: FiscalYear | None = None) -> PublishedPlan:
    """Return the published plan that a grid holds. Raises PlanError as read_published does."""
    plan = survey(grid, year)
    if not plan.rows:
        raise PlanError(plan.errors)
    return plan


def survey(grid: Grid, year: FiscalYear | None = None) -> PublishedPlan:
    """Return what a grid holds as far as it can be read, with its errors among the findings."""
    layout = find_layout(grid)
    upright = arranged(grid, layout)
    if upright is not grid:
        grid, layout = upright, find_layout(upright)
    findings, roles = Findings(grid), Roles()
    _say_remarks(grid, findings)
    if not layout.blocks:
        findings.say("turned-unsure" if is_turned(grid.rows) else "no-header", 1, 0)
    title, rest = read_title(layout.loose, roles)
    rest = without_other_sheets(rest, layout.blocks, findings, roles)
    texts = [text for row in layout.loose for text in row.texts.values()]
    year = year_of(grid, title.year or _year_within(layout.blocks), year, texts, findings)
    notes: list[Note] = []
    outside = [row for row in rest if not keep_beside(row, grid, notes, roles)]
    assigned = assign_headings(outside, layout.blocks, findings)
    headings = {line: roles.enter(row, row.first, "heading") for line, row in assigned.items()}
    for block in layout.blocks:
        for row in block.headers:
            roles.enter_all(row, dict.fromkeys(row.filled, "header"))
        read_header(block, title.year, findings)
        note_another_year(block, headings.get(block.line, ""), year, findings)
    reader = TableReader(year, title.month, findings, roles, notes)
    tables = tuple(reader.tables(layout.blocks, headings))
    closures = (*reader.closures, *closures_of_notes(notes, findings))
    roles.refuse(findings.refused)
    for row, column in tuple(roles.left_over(grid)):
        findings.refuse(row, column, "cell-not-read", found=row[column])
    roles.refuse(findings.refused)
    return PublishedPlan(
        grid.file,
        title.text,
        year,
        tables_as_printed(grid, tables),
        findings.in_order,
        ledger_as_printed(grid, roles.roles),
        tuple(notes),
        {sheet.name: sheet.before for sheet in grid.printed.sheets},
        lines_of(grid),
        closures,
    )


def _say_remarks(grid: Grid, findings: Findings) -> None:
    """Say what the reading and the arranging of the file had to remark."""
    for remark in grid.remarks:
        findings.say_printed(remark.name, remark.line, remark.column, **remark.values)
        if remark.column and not remark.is_beside and grid.source is None:
            findings.refused.add((remark.line, remark.column))


def _year_within(blocks: Sequence[Block]) -> FiscalYear | None:
    """Return the one year that lines of the tables name alone (令和8年度), None where there are others."""
    texts = [plain(row[row.first][:60]) for b in blocks for row in b.body if len(row.filled) == 1]
    found = {year for text in texts if YEAR_ALONE.fullmatch(text) for year in fiscal_years_in(text)}
    return found.pop() if len(found) == 1 else None
