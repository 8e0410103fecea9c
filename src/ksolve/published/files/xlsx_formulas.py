"""Which cells of an Excel book hold formulas: a book is opened for its values, which leave that out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import iterparse
from zipfile import ZipFile

from openpyxl.reader.workbook import WorkbookParser
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.constants import ARC_WORKBOOK

At = tuple[int, int]
"""Row and column of a cell, from 1."""
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def formula_cells(data: bytes) -> dict[str, frozenset[At]]:
    """Return the cells with formulas of each sheet that has any, by its title."""
    with ZipFile(BytesIO(data)) as archive:
        book = WorkbookParser(archive, ARC_WORKBOOK)
        book.parse()
        names = set(archive.namelist())
        targets = [(sheet.name, relation.target) for sheet, relation in book.find_sheets()]
        parts = ((name, archive.read(target)) for name, target in targets if target in names)
        return {name: frozenset(_formulas(part)) for name, part in parts if _FORMULA.search(part)}


def _formulas(part: bytes) -> Iterator[At]:
    """Yield the cells with formulas; one that names no place follows the one before."""
    row = column = 0
    for event, element in iterparse(BytesIO(part), events=("start", "end")):  # noqa: S314 - as above
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, column = int(float(element.get("r") or row + 1)), 0
        elif event == "end" and name == "c":
            at = element.get("r")
            row, column = coordinate_to_tuple(at) if at else (row, column + 1)
            if any(child.tag.rpartition("}")[2] == "f" for child in element):
                yield row, column
        elif event == "end" and name == "row":
            element.clear()
