"""Forms for tests: made of a plan, and filled in as a person would, by headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ksolve.plan.form_files import make_form

HEADER = 4
"""The line of the headings; below them stand the example and the rows."""


def form_file(plan: Path, folder: Path, lang: Any = "ja") -> Path:
    """Write the form of a plan, and return where."""
    path = folder / "記入表.xlsx"
    path.write_bytes(make_form(plan, path, lang))
    return path


def fill(book: Workbook, sheet: str, **cells: Any) -> int:
    """Write a row below the last that is filled in, by the headings; return its line."""
    made = sheet_of(book, sheet)
    heads = headings(made)
    lines = range(HEADER + 1, made.max_row + 2)
    line = next(n for n in lines if not any(made.cell(n, at).value for at in heads.values()))
    for head, value in cells.items():
        made.cell(line, heads[head]).value = value
    return line


def change(book: Workbook, sheet: str, row: str, **cells: Any) -> int:
    """Change the row whose first column says `row`; return its line."""
    made = sheet_of(book, sheet)
    heads = headings(made)
    lines = range(HEADER + 1, made.max_row + 1)
    line = next(n for n in lines if made.cell(n, 2).value == row and made.cell(n, 1).value != "例")
    for head, value in cells.items():
        made.cell(line, heads[head]).value = value
    return line


def headings(made: Worksheet) -> Mapping[str, int]:
    """Return the column of each heading, with _ for the signs that no keyword can have."""
    return {
        re.sub(r"[・()]", "_", str(made.cell(HEADER, at).value)).strip("_"): at
        for at in range(2, made.max_column + 1)
        if made.cell(HEADER, at).value
    }


def sheet_of(book: Workbook, name: str) -> Worksheet:
    """Return a sheet by its name."""
    made = book[name]
    assert isinstance(made, Worksheet)
    return made


def opened(path: Path) -> Workbook:
    """Open a book to be filled in."""
    return load_workbook(path)
