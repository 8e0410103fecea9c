"""The lines that stand outside the tables: title, footnotes, page numbers, sheets of another kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ksolve.calendar import FiscalYear, find_fiscal_years
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.grid import Grid, Row, Sheet
from ksolve.published.cell.years import fiscal_years_in
from ksolve.published.layout.blocks import Block, is_note, is_page_number
from ksolve.published.ledger import OTHER_SHEET, Ledger
from ksolve.published.rows import Note

CLOSED = re.compile(r"休館|閉館|休業|休室|休所|休み")
_LONGEST_DATE = 60


def read_title(loose: Sequence[Row], ledger: Ledger) -> tuple[str, FiscalYear | None, list[Row]]:
    """Return the title, the year that it names, and the other lines.

    The first loose line that names a fiscal year is the title; a line that is a date is kept.
    """
    title, year = "", None
    rest: list[Row] = []
    for row in loose:
        is_kept = False
        for column in row.filled:
            fiscal = fiscal_years_in(row[column])
            is_title = bool(fiscal) and not title
            is_date = not fiscal and bool(find_fiscal_years(row[column][:_LONGEST_DATE]))
            if is_title:
                title, year = row[column], fiscal[0]
            if is_title or is_date:
                ledger.enter(row, column, "title" if is_title else "date")
                is_kept |= column == row.first
        if not is_kept:
            rest.append(row)
    return title, year, rest


def without_other_sheets(
    rest: Sequence[Row], blocks: Sequence[Block], findings: Findings, ledger: Ledger
) -> list[Row]:
    """Say of each sheet without a table that it is not read, and leave its lines out."""
    sheet_of = findings.grid.sheet
    read = {sheet_of(block.line) for block in blocks}
    others: dict[Sheet, list[Row]] = {}
    for row in rest:
        sheet = sheet_of(row.line)
        if blocks and sheet and sheet.is_apart and sheet not in read:
            others.setdefault(sheet, []).append(row)
    for sheet, rows in others.items():
        for row in rows:
            ledger.enter_all(row, dict.fromkeys(row.filled, OTHER_SHEET))
        cells = sum(len(row.filled) for row in rows)
        findings.say("sheet-without-table", rows[0].line, 1, name=sheet.name, cells=cells)
    left_out = {row.line for rows in others.values() for row in rows}
    return [row for row in rest if row.line not in left_out]


def keep_beside(row: Row, grid: Grid, notes: list[Note], ledger: Ledger) -> bool:
    """Keep a footnote or a page number, and tell whether the line was one."""
    text = row[row.first]
    if is_note(text):
        keep_note(row, grid, notes, ledger)
    elif is_page(row):
        ledger.enter(row, row.first, "page number")
    else:
        return False
    return True


def is_page(row: Row) -> bool:
    """Tell a line that holds nothing but the number of a page."""
    return len(row.filled) == 1 and is_page_number(row[row.first])


def keep_note(row: Row, grid: Grid, notes: list[Note], ledger: Ledger) -> None:
    """Keep the cells of a line as notes; one about closed days with what it says about them."""
    for column in row.filled:
        text = ledger.enter(row, column, "note")
        meaning = meaning_of(text.lstrip("※＊* ")) if CLOSED.search(text[:_LONGEST_DATE]) else None
        notes.append(Note(text, *grid.at(row.line, column + 1), meaning.closing if meaning else None))
