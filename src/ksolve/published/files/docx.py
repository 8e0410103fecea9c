"""Word documents to a grid: paragraphs and tables in their order, merged cells known."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from ksolve.published.cell.cancelled import STRUCK
from ksolve.published.cell.grid import Cell, Grid, Remark, Row, Sheet
from ksolve.published.files.bounds import refuse_archive
from ksolve.published.files.broken import opened

_TEXT = "本文"
_TABLE = "表{number}"


def read_docx(data: bytes, file: str) -> Grid:
    """Return the paragraphs and tables of a document, each table with its own line numbers.

    Raises PlanError when the document is broken.
    """
    rows: list[Row] = []
    sheets: list[Sheet] = []
    remarks: list[Remark] = []
    paragraphs = tables = 0
    with opened(file):
        refuse_archive(data, file)
        for part in docx.Document(BytesIO(data)).iter_inner_content():
            before = len(rows)
            if isinstance(part, Paragraph):
                rows.append(Row(before + 1, (" ".join(part.text.split()),)))
                sheets.append(Sheet(_TEXT, before - paragraphs))
                paragraphs += 1
            else:
                tables += 1
                rows += _rows(part, before, remarks)
                sheets.append(Sheet(_TABLE.format(number=tables), before, is_apart=True))
    return Grid(file, tuple(rows), tuple(sheets), tuple(remarks))


def _rows(table: Table, before: int, remarks: list[Remark]) -> Iterator[Row]:
    origins: dict[Any, Cell] = {}
    for line, row in enumerate(table.rows, start=before + 1):
        texts = [""] * row.grid_cols_before
        covered: dict[int, Cell] = {}
        for column, cell in enumerate(row.cells, start=row.grid_cols_before):
            key = cell._tc  # noqa: SLF001 - the only thing that two covered cells have in common
            if key in origins:
                covered[column] = origins[key]
                texts.append("")
                continue
            texts.append(_text(cell, line, column + 1, remarks))
            origins[key] = Cell(texts[-1], line, column + 1)
            _note_nested(cell, line, column + 1, remarks)
        filled = {column: origin for column, origin in covered.items() if origin.text}
        yield Row(line, tuple(texts), filled)


def _note_nested(cell: _Cell, line: int, column: int, remarks: list[Remark]) -> None:
    if cell.tables:
        remarks.append(Remark("nested-table", line, column))


def _text(cell: _Cell, line: int, column: int, remarks: list[Remark]) -> str:
    """Return the text of a cell, with a mark where it is struck out."""
    text = " ".join(cell.text.split())
    runs = [run for paragraph in cell.paragraphs for run in paragraph.runs if run.text.strip()]
    if not text or not runs or not all(run.font.strike for run in runs):
        return text
    remarks.append(Remark("struck-out", line, column, {"found": text}, is_beside=True))
    return f"{STRUCK}{text}"
