"""Coloured month cells of an Excel sheet: ○, or ↔ over several in a row, where a table has no other marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from openpyxl.cell.cell import Cell as BookCell
from openpyxl.worksheet.worksheet import Worksheet

from ksolve.published.cell.grid import Cell, Grid, Remark, Row
from ksolve.published.layout.blocks import Block, find_layout

_CIRCLE, _ARROW = "○", "↔"
_BACKGROUND = ("FFFFFFFF", "00FFFFFF", "00000000")
Fills = Mapping[tuple[int, int], str]
"""The colours of cells by line of the grid and column from 0; those without one are not in it."""


def fills_on(sheet: Worksheet, before: int) -> dict[tuple[int, int], str]:
    """Return the colours of the cells of a sheet that stands below `before` lines of the grid."""
    cells = (cell for cell in sheet._cells.values() if isinstance(cell, BookCell))  # noqa: SLF001 - as in xlsx
    found = {(before + cell.row, cell.column - 1): _colour(cell) for cell in cells if cell.has_style}
    return {at: colour for at, colour in found.items() if colour}


def _colour(cell: BookCell) -> str:
    """Return the colour of a cell, empty where it has none or is white."""
    if cell.fill is None or cell.fill.fill_type is None:
        return ""
    colour = cell.fill.fgColor
    if colour.type == "rgb":
        return "" if str(colour.rgb) in _BACKGROUND else str(colour.rgb)
    white = colour.type == "theme" and colour.theme == 0 and not colour.tint
    return "" if white else f"{colour.type} {colour.value} {colour.tint}"


def with_fills(grid: Grid, fills: Fills) -> Grid:
    """Return the grid with ○ and ↔ in the coloured month cells of tables that have no other marks."""
    if not fills:
        return grid
    rows = {row.line: row for row in grid.rows}
    remarks: list[Remark] = []
    for block in find_layout(grid).blocks:
        coloured = _coloured(block, fills)
        for line, columns in coloured.items():
            rows[line] = _marked(rows[line], columns)
        if coloured:
            first, count = min(coloured), sum(map(len, coloured.values()))
            at = first, coloured[first][0] + 1
            remarks.append(Remark("fills-as-marks", *at, {"cells": count}, is_beside=True))
    return replace(grid, rows=tuple(rows.values()), remarks=(*grid.remarks, *remarks))


def _coloured(block: Block, fills: Fills) -> dict[int, list[int]]:
    """Return the coloured month columns of each line; none where cells hold marks, or all are coloured.

    A line in one colour with its name is a band, and a column that is coloured in all lines too.
    """
    months, name = block.columns.months, block.columns.name
    if any(row[column] for row in block.body for column in months):
        return {}
    found = {
        row.line: [
            column
            for column in sorted(months)
            if (colour := fills.get((row.line, column))) and colour != fills.get((row.line, name))
        ]
        for row in block.body
    }
    if len(block.body) > 1:
        bands = set.intersection(*(set(columns) for columns in found.values()))
        found = {line: [one for one in columns if one not in bands] for line, columns in found.items()}
    return {line: columns for line, columns in found.items() if columns}


def _marked(row: Row, columns: Sequence[int]) -> Row:
    """Return a row with the sign of each run of columns; ↔ is a cell merged over its run."""
    texts = {column: row[column] for column in range(max(len(row.cells), max(columns) + 1))}
    covered = dict(row.covered)
    for first, last in _runs(columns):
        texts[first] = _CIRCLE if first == last else _ARROW
        origin = Cell(texts[first], row.line, first + 1)
        covered |= dict.fromkeys(range(first + 1, last + 1), origin)
    return replace(row, cells=tuple(texts.values()), covered=covered)


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(columns), key=lambda item: item[1] - item[0]):
        found = [column for _, column in run]
        yield found[0], found[-1]
