"""Arrows drawn over the month cells of an Excel sheet: ↔ over the months from their start to their end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.worksheet.worksheet import Worksheet

from ksolve.calendar import MONTHS, month_position
from ksolve.frequency import Months
from ksolve.published.cell.grid import Cell, Grid, Remark, Row
from ksolve.published.files.xlsx_beside import Drawn
from ksolve.published.layout.blocks import find_layout
from ksolve.published.layout.columns import Columns

ARROW = "↔"
_USUAL_WIDTH = 8.43
_POINTS, _PADDING, _EMU = 7, 5, 9525
"""A column is 7 pixels wide for each character, and 5 more; a pixel is 9,525 of a drawing's units."""
_EDGE = 0.25
"""An end that reaches less than this part into a cell stands at its edge, and not in it."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A shape drawn from one cell of a row of the grid to another, columns from 0."""

    line: int
    first: int
    last: int
    shape: Drawn


def arrows_on(sheet: Worksheet, shapes: Sequence[Drawn], before: int) -> Iterator[Arrow]:
    """Yield the shapes that go straight over several cells of one row."""
    for shape in shapes:
        if not shape.ends or shape.words:
            continue
        (row, first, start), (last_row, last, end) = shape.ends
        first += start > (1 - _EDGE) * _width(sheet, first)
        last -= end < _EDGE * _width(sheet, last)
        if row == last_row and first < last:
            yield Arrow(before + row, first - 1, last - 1, shape)


def _width(sheet: Worksheet, column: int) -> float:
    """Return the width of a column, from 1, in the units of drawings."""
    widths = (
        dimension.width
        for dimension in sheet.column_dimensions.values()
        if dimension.width and (dimension.min or 0) <= column <= (dimension.max or 0)
    )
    return (next(widths, _USUAL_WIDTH) * _POINTS + _PADDING) * _EMU


def with_arrows(grid: Grid, arrows: Sequence[Arrow]) -> tuple[Grid, frozenset[Arrow]]:
    """Return the grid with ↔ in the month cells that arrows are drawn over, and the arrows that are read.

    One that begins or ends outside the months, or stands over a cell that holds anything, is not.
    """
    if not arrows:
        return grid, frozenset()
    tables = {row.line: block.columns for block in find_layout(grid).blocks for row in block.body}
    rows = {row.line: row for row in grid.rows}
    read: list[Arrow] = []
    remarks: list[Remark] = []
    for arrow in sorted(arrows, key=lambda one: (one.line, one.first)):
        months = _months(arrow, tables.get(arrow.line))
        if not months or not _is_free(rows[arrow.line], arrow):
            continue
        rows[arrow.line] = _drawn_in(rows[arrow.line], arrow)
        values = {"months": Months(months)}
        remarks.append(Remark("drawn-arrow", arrow.line, arrow.first + 1, values, is_beside=True))
        read.append(arrow)
    shown = replace(grid, rows=tuple(rows.values()), remarks=(*grid.remarks, *remarks))
    return shown, frozenset(read)


def _months(arrow: Arrow, columns: Columns | None) -> tuple[int, ...]:
    """Return the months from the start of an arrow to its end, none where one is no month cell."""
    labels: Mapping[int, tuple[int, ...]] = columns.months if columns else {}
    if not all(column in labels for column in range(arrow.first, arrow.last + 1)):
        return ()
    positions = [month_position(month) for at in (arrow.first, arrow.last) for month in labels[at]]
    return MONTHS[min(positions) : max(positions) + 1]


def _is_free(row: Row, arrow: Arrow) -> bool:
    over = range(arrow.first, arrow.last + 1)
    return not any(row[column] or column in row.covered for column in over)


def _drawn_in(row: Row, arrow: Arrow) -> Row:
    """Return a row with the arrow as a merged cell that holds ↔."""
    width = max(len(row.cells), arrow.last + 1)
    cells = [row[column] for column in range(width)]
    cells[arrow.first] = ARROW
    origin = Cell(ARROW, row.line, arrow.first + 1)
    covered = dict.fromkeys(range(arrow.first + 1, arrow.last + 1), origin)
    return replace(row, cells=tuple(cells), covered={**row.covered, **covered})
