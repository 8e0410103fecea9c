"""What an Excel book holds beside the texts of its cells: drawn shapes, comments, hidden rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import count, groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from openpyxl.cell.cell import Cell
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_WORKBOOK
from openpyxl.xml.functions import fromstring

from ksolve.published.cell.grid import Remark

_End = tuple[int, int, int]
"""Where a shape begins or ends: row and column from 1, and how far into that cell."""


class Drawn(NamedTuple):
    """A shape drawn over a sheet, or a comment: the row and column of its first cell, from 1, and its words.

    `ends` are those of a straight line or arrow that lies over its cells.
    """

    row: int
    column: int
    words: str
    ends: tuple[_End, _End] | None = None


_SHAPES = ("sp", "cxnSp", "grpSp", "pic")
"""Shapes, connectors (arrows and lines), groups of them, pictures; a chart repeats what cells say."""
_SHOWN = 3
"""So many shapes or comments of a sheet are named; the rest are counted."""
_LONGEST = 30


def drawn_shapes(data: bytes) -> dict[str, tuple[Drawn, ...]]:
    """Return the shapes of each sheet, by its title; openpyxl leaves them out."""
    with ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        if not any(name.startswith("xl/drawings/") for name in names):
            return {}
        book = WorkbookParser(archive, ARC_WORKBOOK)
        book.parse()
        return {
            sheet.name: tuple(_on_sheet(archive, names, relation.target))
            for sheet, relation in book.find_sheets()
        }


def _on_sheet(archive: ZipFile, names: set[str], part: str) -> Iterator[Drawn]:
    relations = str(get_rels_path(part))  # type: ignore[no-untyped-call]
    if relations not in names:
        return
    for relation in get_dependents(archive, relations):
        if str(relation.Type).endswith("/drawing") and relation.target in names:
            for anchor in fromstring(archive.read(relation.target)):
                if {_tag(child.tag) for child in anchor} & set(_SHAPES):
                    words = "".join(one.text or "" for one in anchor.iter() if _tag(one.tag) == "t")
                    yield Drawn(_number(anchor, "row"), _number(anchor, "col"), words.strip(), _ends(anchor))


_STRAIGHT = ("line", "straightConnector1", "leftRightArrow", "rightArrow", "leftArrow")


def _ends(anchor: Element) -> tuple[_End, _End] | None:
    """Return where a single straight line or arrow begins and ends, None for any other shape."""
    parts = {_tag(child.tag): child for child in anchor}
    forms = [str(one.get("prst")) for one in anchor.iter() if _tag(one.tag) == "prstGeom"]
    turned = any(one.get("rot") not in (None, "0") for one in anchor.iter() if _tag(one.tag) == "xfrm")
    if len(forms) != 1 or forms[0] not in _STRAIGHT or turned or not {"from", "to"} <= parts.keys():
        return None
    return _end(parts["from"]), _end(parts["to"])


def _end(marker: Element) -> _End:
    return _number(marker, "row"), _number(marker, "col"), _number(marker, "colOff") - 1


def _number(anchor: Element, name: str) -> int:
    """Return the first row or column of an anchor, 1 where it is placed by length alone."""
    found = (one.text for one in anchor.iter() if _tag(one.tag) == name)
    return int(next(found, None) or 0) + 1


def _tag(name: object) -> str:
    return str(name).rpartition("}")[2]


def remarks_of(sheet: Worksheet, drawn: Sequence[Drawn], before: int) -> Iterator[Remark]:
    """Yield a remark for the shapes of a sheet, one for its comments, one for its hidden cells.

    `before` is the number of lines of the grid above the sheet.
    """
    if drawn:
        yield _beside("drawing-not-read", before, drawn)
    cells = [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]  # noqa: SLF001 - as in xlsx
    noted = sorted(Drawn(cell.row, cell.column, str(cell.comment.text)) for cell in cells if cell.comment)
    if noted:
        yield _beside("comment-not-read", before, noted)
    filled = [cell for cell in cells if cell.value is not None]
    rows = sorted(
        {c.row for c in filled if c.row in sheet.row_dimensions and sheet.row_dimensions[c.row].hidden}
    )
    columns = sorted(_hidden_columns(sheet) & {cell.column for cell in filled})
    if rows or columns:
        named = [*_runs(rows), *_runs(columns, letters=True)]
        yield Remark("hidden-cells", before + (rows[0] if rows else 1), 0, {"places": "、".join(named)})


def _beside(name: str, before: int, found: Sequence[Drawn]) -> Remark:
    row, column = min((one.row, one.column) for one in found)
    return Remark(name, before + row, column, {"count": len(found), "places": _named(found)}, is_beside=True)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    """Return the hidden columns, from 1; a file states a run of them once, by its first and last."""
    hidden = [dimension for dimension in sheet.column_dimensions.values() if dimension.hidden]
    return {column for one in hidden for column in range(one.min or 0, min(one.max or 0, 1000) + 1)}


def _named(found: Sequence[Drawn]) -> str:
    """Name the first few places with their words, as in F5「準備」、H7."""
    named = [
        f"{get_column_letter(column)}{row}{f'「{_short(words)}」' if words else ''}"
        for row, column, words in sorted(one[:3] for one in found)[:_SHOWN]
    ]
    return "、".join(named) + (" …" if len(found) > _SHOWN else "")


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _runs(numbers: list[int], *, letters: bool = False) -> Iterator[str]:
    """Name rows as 5～7 and columns as C～E."""
    counter = count()
    for _, run in groupby(numbers, key=lambda number: number - next(counter)):
        found = list(run)
        ends = sorted({found[0], found[-1]})
        yield "～".join(get_column_letter(end) if letters else str(end) for end in ends)
