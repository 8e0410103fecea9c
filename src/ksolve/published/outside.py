"""The lines that stand outside the tables: title, footnotes, page numbers, sheets of another kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ksolve.calendar import FiscalYear, find_fiscal_years
from ksolve.frequency import Closing
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.grid import Grid, Row, Sheet
from ksolve.published.cell.years import fiscal_years_in, month_in, year_and_month_in
from ksolve.published.layout.blocks import Block, is_note, is_page_number
from ksolve.published.roles import OTHER_SHEET, Roles
from ksolve.published.rows import Note

_CLOSED = re.compile(r"休館|閉館|休業|休室|休所|休み")
_LONGEST_DATE = 60


@dataclass(frozen=True, slots=True)
class Title:
    """What a file is headed: its title, the fiscal year in it, and the month, 0 where it names none."""

    text: str = ""
    year: FiscalYear | None = None
    month: int = 0


def read_title(loose: Sequence[Row], roles: Roles) -> tuple[Title, list[Row]]:
    """Return the title and the other lines outside the tables; a line that is a date is kept.

    The first line that names a fiscal year is the title, or else the first that names a month of
    a year (図書館行事予定 2024年5月).
    """
    texts = [text for row in loose for text in row.texts.values()]
    has_year = any(fiscal_years_in(text) for text in texts)
    title = Title()
    rest: list[Row] = []
    for row in loose:
        is_kept = False
        for column, text in row.texts.items():
            fiscal = fiscal_years_in(text)
            in_month = year_and_month_in(text) if not has_year else None
            is_title = bool(fiscal or in_month) and not title.text
            is_date = not fiscal and not in_month and bool(find_fiscal_years(text[:_LONGEST_DATE]))
            if is_title:
                year, month = in_month or (fiscal[0], month_in(text))
                title = Title(text, year, month)
            if is_title or is_date:
                roles.enter(row, column, "title" if is_title else "date")
                is_kept |= column == row.first
        if not is_kept:
            rest.append(row)
    return title, rest


def without_other_sheets(
    rest: Sequence[Row], blocks: Sequence[Block], findings: Findings, roles: Roles
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
            roles.enter_all(row, dict.fromkeys(row.filled, OTHER_SHEET))
        cells = sum(len(row.filled) for row in rows)
        findings.say("sheet-without-table", rows[0].line, 1, name=sheet.name, cells=cells)
    left_out = {row.line for rows in others.values() for row in rows}
    return [row for row in rest if row.line not in left_out]


def keep_beside(row: Row, grid: Grid, notes: list[Note], roles: Roles) -> bool:
    """Keep a footnote or a page number, and tell whether the line was one."""
    text = row[row.first]
    if is_note(text) or (len(row.filled) == 1 and closing_in(text)):
        keep_note(row, grid, notes, roles)
    elif is_page(row):
        roles.enter(row, row.first, "page number")
    else:
        return False
    return True


def is_page(row: Row) -> bool:
    """Tell a line that holds nothing but the number of a page."""
    return len(row.filled) == 1 and is_page_number(row[row.first])


def keep_note(row: Row, grid: Grid, notes: list[Note], roles: Roles) -> None:
    """Keep the cells of a line as notes; one about closed days with what it says about them."""
    for column in row.filled:
        text = roles.enter(row, column, "note")
        notes.append(Note(text, *grid.at(row.line, column + 1), closing_in(text)))


def closing_in(text: str) -> Closing | None:
    """Return what a text says about closed days (※月曜日は休館), None where it says nothing of them."""
    meaning = meaning_of(text.lstrip("※＊* ")) if _CLOSED.search(text[:_LONGEST_DATE]) else None
    return meaning.closing if meaning and meaning.closing != Closing() else None
