"""Tables that are printed another way than they are read: turned, side by side, with two columns a month."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ksolve.published.cell.grid import Grid, Remark, Row, Sheet
from ksolve.published.layout.blocks import Layout
from ksolve.published.layout.blocks_beside import Beside, find_beside
from ksolve.published.layout.side_by_side import side_by_side
from ksolve.published.layout.turned import Turned, find_turned


@dataclass
class _Arranged:
    """The rows so far, and by how many lines those below stand lower than printed."""

    rows: list[Row] = field(default_factory=list)
    taken: dict[tuple[int, int], str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    lower: int = 0


def arranged(grid: Grid, layout: Layout) -> Grid:
    """Return the grid with its tables as they are read, each cell knowing where it is printed.

    The same grid where all tables stand so already. Lines are those of the file, but for what
    stands below a turned table with more programmes than lines.
    """
    restacked: list[Turned | Beside] = [*find_beside(grid.rows)]
    inner = {row.line for table in restacked for row in table.rows}
    turned = find_turned(grid.rows, layout.blocks)
    restacked += [table for table in turned if not inner & {row.line for row in table.rows}]
    inner |= {row.line for table in restacked for row in table.rows}
    found = side_by_side(grid.rows, layout)
    beside = [change for change in found if not inner & {row.line for row in change.rows}]
    if not restacked and not beside:
        return grid
    made = _Arranged()
    replaced = {row.line: change for change in beside for row in change.rows}
    starts = {table.rows[0].line: table for table in restacked}
    waiting, moved = list(grid.sheets), []
    for row in grid.rows:
        while waiting and waiting[0].before < row.line:
            moved.append(_sheet_lowered(waiting.pop(0), made.lower))
        if row.line in starts:
            table = starts[row.line]
            stood = list(table.stood(row.line + made.lower, made.taken, made.remarks))
            made.rows += stood
            made.lower += max(0, len(stood) - len(table.rows))
        elif row.line in replaced:
            made.rows += (_lowered(one, made.lower) for one in replaced[row.line].of(row, made.taken))
        elif row.line not in inner:
            made.rows.append(_lowered(row, made.lower))
    made.remarks += [change.remark for change in beside if change.remark]
    moved += [_sheet_lowered(sheet, made.lower) for sheet in waiting]
    return Grid(
        grid.file,
        tuple(made.rows),
        tuple(moved),
        (*grid.remarks, *made.remarks),
        source=grid,
        taken=made.taken,
    )


def _sheet_lowered(sheet: Sheet, lower: int) -> Sheet:
    return replace(sheet, before=sheet.before + lower)


def _lowered(row: Row, lower: int) -> Row:
    """Return a row so many lines further down, its merged cells with it."""
    if not lower:
        return row
    covered = {column: replace(cell, line=cell.line + lower) for column, cell in row.covered.items()}
    places = row.places or tuple((row.line, column + 1) for column in range(max(1, len(row.cells))))
    return replace(row, line=row.line + lower, covered=covered, places=places)
