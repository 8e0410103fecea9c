"""PDF pages to a grid: the ruled tables cell by cell, and the lines of text around them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pdfplumber.utils.text import extract_text

from ksolve.errors import PlanError
from ksolve.findings import Place
from ksolve.published.cell.grid import Cell, Grid, Remark, Row, Sheet
from ksolve.published.files.bounds import refuse_pages, refuse_pdf
from ksolve.published.files.broken import opened
from ksolve.published.files.pdf_columns import TextColumns
from ksolve.published.messages import finding

_PAGE = "{number}ページ"
Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the page's top left."""
Char = dict[str, Any]


def read_pdf(data: bytes, file: str) -> Grid:
    """Return the tables and lines of a PDF, page by page, each with its own line numbers.

    Raises PlanError when it is encrypted or broken, holds no text (a scan), or no table.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells of every odd font
    rows: list[Row] = []
    sheets: list[Sheet] = []
    remarks: list[Remark] = []
    tables = 0
    try:
        refuse_pdf(data, file)
        with opened(file), pdfplumber.open(BytesIO(data)) as book:
            refuse_pages(((float(page.width), float(page.height)) for page in book.pages), file)
            for page in book.pages:
                before, found = len(rows), page.find_tables()
                tables += len(found)
                if not page.chars and page.images:
                    remarks.append(Remark("page-without-text", 0, 0, {"page": page.page_number}))
                rows += _rows(page, found, before)
                sheets.append(Sheet(_PAGE.format(number=page.page_number), before))
                page.close()
            if rows and not tables:
                return _in_columns(book, file)
    except (PdfminerException, PDFException, MalformedPDFException) as error:
        sealed = isinstance(error.args[0] if error.args else error, PDFPasswordIncorrect)
        raise _refused("encrypted-file" if sealed else "broken-file", file) from error
    if not tables:
        raise _refused("pdf-without-table" if rows else "scan-without-text", file)
    return Grid(file, tuple(rows), tuple(sheets) if len(sheets) > 1 else (), tuple(remarks))


def _in_columns(book: PDF, file: str) -> Grid:
    """Return the pages of a PDF without ruled tables, in columns below a header row of known words."""
    rows: list[Row] = []
    sheets: list[Sheet] = []
    remarks: list[Remark] = []
    columns = TextColumns()
    for page in book.pages:
        sheets.append(Sheet(_PAGE.format(number=page.page_number), len(rows)))
        if not page.chars and page.images:
            remarks.append(Remark("page-without-text", 0, 0, {"page": page.page_number}))
        rows += columns.rows(page, len(rows), remarks)
        page.close()
    if not columns.tables:
        raise _refused("pdf-without-table", file)
    return Grid(file, tuple(rows), tuple(sheets) if len(sheets) > 1 else (), tuple(remarks))


def _refused(name: str, file: str) -> PlanError:
    return PlanError([finding(name, Place(file))])


def _rows(page: Page, tables: Sequence[Table], before: int) -> Iterator[Row]:
    """Yield the lines and table rows of a page from top to bottom."""
    boxes = [table.bbox for table in tables]
    loose = [char for char in page.chars if not any(_is_in(char, box) for box in boxes)]
    parts: list[tuple[float, list[str] | Table]] = [(table.bbox[1], table) for table in tables]
    parts += [(top, [text]) for top, _, text in _lines(loose)]
    line = before
    for _, part in sorted(parts, key=lambda item: item[0]):
        if isinstance(part, list):
            line += 1
            yield Row(line, tuple(part))
        else:
            for row in _table_rows(part, page.chars, line):
                yield row
                line = row.line


def _lines(chars: Sequence[Char]) -> Iterator[tuple[float, float, str]]:
    """Yield each line of some characters: its top, its right end, its text."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda one: (one["top"], one["x0"])):
        if lines and char["top"] - lines[-1][0]["top"] < _SAME_LINE * char["height"]:
            lines[-1].append(char)
        else:
            lines.append([char])
    for line in lines:
        text = " ".join(extract_text(line).split())
        if text:
            yield line[0]["top"], max(char["x1"] for char in line), text


_SAME_LINE = 0.6
"""Characters whose tops are closer than this part of their height stand on one line."""


def _table_rows(table: Table, chars: Sequence[Char], before: int) -> Iterator[Row]:
    """Yield a table's rows; each character belongs to the cell that holds its middle."""
    lefts = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    inside = [char for char in chars if _is_in(char, table.bbox)]
    texts: dict[Box, str] = {}
    for box in table.cells:
        held = [char for char in inside if _is_in(char, box)]
        texts[box] = _joined(held, box[2])
    for line, top in enumerate(tops, start=before + 1):
        cells = [""] * len(lefts)
        covered: dict[int, Cell] = {}
        for box, text in texts.items():
            for column in _columns(box, lefts) if box[1] <= top < box[3] else ():
                if (box[0], box[1]) == (lefts[column], top):
                    cells[column] = text
                elif text:
                    origin = before + 1 + tops.index(box[1])
                    covered[column] = Cell(text, origin, lefts.index(box[0]) + 1)
        yield Row(line, tuple(cells), covered)


def _columns(box: Box, lefts: Sequence[float]) -> list[int]:
    return [column for column, left in enumerate(lefts) if box[0] <= left < box[2]]


def _is_in(char: Char, box: Box) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= across < box[2] and box[1] <= down < box[3])


def _joined(chars: Sequence[Char], right: float) -> str:
    """Join the lines of a cell: one that reaches the right edge goes on below, another has ended."""
    text = ""
    for _, end, line in _lines(chars):
        room = _ROOM * max(char["width"] for char in chars)
        text += line if end + room > right else f"{line} "
    return text.strip()


_ROOM = 1.5
"""A line with less room to its right than so many characters was broken for want of room."""
