"""Grid to published plan: the rules for printed tables, and nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ksolve.calendar import FiscalYear, find_fiscal_years
from ksolve.errors import PlanError
from ksolve.published.as_printed import ledger_as_printed, lines_of, tables_as_printed
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.grid import Grid, Row, Sheet
from ksolve.published.cell.header_words import Role, plain
from ksolve.published.cell.notes import FINDING, OTHER_SHEET, Notes
from ksolve.published.cell.years import fiscal_years_in, year_of
from ksolve.published.files.kinds import read_grid
from ksolve.published.layout.arranging import arranged
from ksolve.published.layout.blocks import Block, find_layout, is_note, is_page_number
from ksolve.published.layout.columns import Columns
from ksolve.published.layout.header_findings import note_another_year, read_header
from ksolve.published.layout.headers import is_turned
from ksolve.published.layout.headings import assign_headings
from ksolve.published.row.bare_numbers import table_numbers
from ksolve.published.row.programme import read_programme
from ksolve.published.row.rows_above import RowsAbove
from ksolve.published.row.totals import is_total, read_total
from ksolve.published.rows import Note, PublishedPlan, PublishedRow, PublishedTable

_CONTINUED = re.compile(r"続き|つづき|[(（]続[)）]")
_CLOSED = re.compile(r"休館|閉館|休業|休室|休所|休み")


def read_published(path: Path, year: FiscalYear | None = None) -> PublishedPlan:
    """Read a published table from a file; `year` overrules the one that the table names.

    What a cell says and nobody understands (a mark, a frequency, a date) is a finding of severity
    error. Raises PlanError where nothing can be read at all: no file, no header, no rows.
    """
    return interpret(read_grid(path), year)


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
    notes = Notes(grid)
    for remark in grid.remarks:
        notes.say_printed(remark.name, remark.line, remark.column, **remark.values)
        if remark.column and not remark.is_beside and grid.source is None:
            notes.ledger[remark.line, remark.column] = FINDING
    if not layout.blocks:
        notes.say("turned-unsure" if is_turned(grid.rows) else "no-header", 1, 0)
    title, titled, rest = _title(layout.loose, notes)
    rest = _without_other_sheets(rest, layout.blocks, notes)
    year = year_of(grid, titled or _year_within(layout.blocks), year, notes)
    headings = assign_headings(_outside(rest, notes), layout.blocks, notes)
    for block in layout.blocks:
        read_header(block, titled, notes)
        note_another_year(block, headings.get(block.line, ""), year, notes)
    tables = tuple(_tables(layout.blocks, headings, year, notes))
    _leftovers(grid, notes)
    return PublishedPlan(
        grid.file,
        title,
        year,
        tables_as_printed(grid, tables),
        notes.findings,
        ledger_as_printed(grid, notes.ledger),
        tuple(notes.footnotes),
        {sheet.name: sheet.before for sheet in grid.printed.sheets},
        lines_of(grid),
    )


def _title(loose: Sequence[Row], notes: Notes) -> tuple[str, FiscalYear | None, list[Row]]:
    """The first loose line that names a fiscal year is the title; a line that is a date is kept."""
    title, year = "", None
    rest: list[Row] = []
    for row in loose:
        for column in row.filled:
            fiscal = fiscal_years_in(row[column])
            if fiscal and not title:
                title, year = notes.take(row, column, "title"), fiscal[0]
            elif not fiscal and find_fiscal_years(row[column][:_LONGEST_DATE]):
                notes.take(row, column, "date")
        if not notes.is_taken(row, row.first):
            rest.append(row)
    return title, year, rest


_LONGEST_DATE = 60


def _year_within(blocks: Sequence[Block]) -> FiscalYear | None:
    """Return the one year that lines of the tables name alone (令和8年度), None where there are others."""
    texts = [plain(row[row.first][:_LONGEST_DATE]) for b in blocks for row in b.body if len(row.filled) == 1]
    found = {year for text in texts if _YEAR_ALONE.fullmatch(text) for year in fiscal_years_in(text)}
    return found.pop() if len(found) == 1 else None


def _without_other_sheets(rest: Sequence[Row], blocks: Sequence[Block], notes: Notes) -> list[Row]:
    """Say of each sheet without a table that it is not read, and leave its lines out."""
    sheet_of = notes.grid.sheet
    read = {sheet_of(block.line) for block in blocks}
    others: dict[Sheet, list[Row]] = {}
    for row in rest:
        sheet = sheet_of(row.line)
        if blocks and sheet and sheet.is_apart and sheet not in read:
            others.setdefault(sheet, []).append(row)
    for sheet, rows in others.items():
        cells = [(row, column) for row in rows for column in row.filled if not notes.is_taken(row, column)]
        for row, column in cells:
            notes.take(row, column, OTHER_SHEET)
        notes.say("sheet-without-table", rows[0].line, 1, name=sheet.name, cells=len(cells))
    left_out = {row.line for rows in others.values() for row in rows}
    return [row for row in rest if row.line not in left_out]


def _outside(rest: Iterable[Row], notes: Notes) -> Iterator[Row]:
    """Keep footnotes and page numbers, and yield the lines that may be headings."""
    for row in rest:
        if not _keep_beside(row, notes):
            yield row


def _keep_beside(row: Row, notes: Notes) -> bool:
    """Keep a footnote or a page number, and tell whether the line was one."""
    text = row[row.first]
    if is_note(text):
        _keep_note(row, notes)
    elif len(row.filled) == 1 and is_page_number(text):
        notes.take(row, row.first, "page number")
    else:
        return False
    return True


def _keep_note(row: Row, notes: Notes) -> None:
    for column in row.filled:
        text = notes.take(row, column, "note")
        meaning = meaning_of(text.lstrip("※＊* ")) if _CLOSED.search(text[:_LONGEST_DATE]) else None
        notes.footnotes.append(
            Note(text, *notes.grid.at(row.line, column + 1), meaning.closing if meaning else None)
        )


def _tables(
    blocks: Sequence[Block], headings: dict[int, str], year: FiscalYear | None, notes: Notes
) -> Iterator[PublishedTable]:
    """Yield the tables; one that goes on below a repeated header is one table."""
    pending: PublishedTable | None = None
    above: RowsAbove | None = None
    before: Block | None = None
    for block in blocks:
        heading = headings.get(block.line, "")
        if pending and above and before and _continues(block, before, heading, notes):
            above = RowsAbove(block.columns, above.origins, above.category, above.tally)
            notes.say("table-continued", block.line, 1, line=notes.grid.place(pending.line).line)
            rows = tuple(_rows(block, above, year, notes))
            pending = PublishedTable(pending.line, pending.heading, (*pending.rows, *rows))
        else:
            if pending:
                yield pending
            above = RowsAbove(block.columns)
            pending = PublishedTable(block.line, heading, tuple(_rows(block, above, year, notes)))
        before = block
    if pending:
        yield pending


def _continues(block: Block, before: Block, heading: str, notes: Notes) -> bool:
    """Tell a table that goes on: the same header, with nothing but page numbers or 続き between."""
    words, others = ([plain(text) for row in b.headers for text in row.cells] for b in (block, before))
    if words != others:
        return False
    if _CONTINUED.search(heading):
        return True
    gap = [row for row in notes.grid.rows if before.end < row.line < block.line]
    is_gap_bare = all(
        row.filled and notes.ledger.get((row.line, row.first + 1)) == "page number" for row in gap
    )
    return not heading and is_gap_bare


def _rows(block: Block, above: RowsAbove, year: FiscalYear | None, notes: Notes) -> Iterator[PublishedRow]:
    above.numbers = table_numbers(block.body, block.columns) or above.numbers
    for row in block.body:
        if is_total(row, above.columns):
            read_total(row, above.columns, above.tally, notes)
            continue
        is_alone = len(row.filled) == 1
        if is_alone and (_keep_beside(row, notes) or _keep_group(row, above, notes)):
            continue
        if _keep_closing(row, above, notes) or _keep_empty_month(row, above.columns, notes):
            continue
        programme = read_programme(row, above, year, notes)
        above.tally.counts.append(programme.count)
        yield programme


def _keep_empty_month(row: Row, columns: Columns, notes: Notes) -> bool:
    """Keep a month of a table by months (11月) in which nothing is held."""
    months = [at for at, head in columns.when if head.role is Role.PERIOD and at < columns.name]
    if row.covered or len(row.filled) != 1 or row.first not in months:
        return False
    if not _MONTH_ALONE.fullmatch(plain(row[row.first][:_LONGEST_DATE])):
        return False
    notes.take(row, row.first, "month without programmes")
    return True


_MONTH_ALONE = re.compile(r"\d{1,2}月?")


def _keep_closing(row: Row, above: RowsAbove, notes: Notes) -> bool:
    """Keep a row that says when the place is closed (休館 毎週月曜日) as a note."""
    text = row[above.columns.name]
    if not _CLOSED.search(text[:_LONGEST_DATE]):
        return False
    meaning = meaning_of(text)
    if meaning is None or meaning.closing is None:
        return False
    _keep_note(row, notes)
    return True


def _keep_group(row: Row, above: RowsAbove, notes: Notes) -> bool:
    """Keep a heading within the table as the group of the rows below it."""
    columns = above.columns
    is_wide = len(row.spanned(row.first)) > 1 or len(row.cells) <= 1
    named = {columns.name, columns.content, *(column for column, _ in columns.when), *columns.months}
    is_merged_on = bool(row.covered.keys() - set(row.spanned(row.first)))
    is_year = len(row[row.first]) < _LONGEST_DATE and bool(_YEAR_ALONE.fullmatch(plain(row[row.first])))
    if is_merged_on or (row.first in named and not is_wide and not is_year):
        return False
    above.category = notes.take(row, row.first, "category")
    return True


_YEAR_ALONE = re.compile(r"[(]?(?:(?:令和|平成|[RH])(?:\d{1,2}|元)|20\d\d)年度[)]?")


def _leftovers(grid: Grid, notes: Notes) -> None:
    """Name every cell that no role has taken: nothing is dropped silently."""
    for row in grid.rows:
        for column in row.filled:
            if not notes.is_taken(row, column):
                notes.refuse(row, column, "cell-not-read", found=row[column])
