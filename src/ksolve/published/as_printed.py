"""What was read in an arranged grid, with its places as the file has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ksolve.published.cell.findings import FINDING
from ksolve.published.cell.grid import Grid
from ksolve.published.rows import Mark, PublishedRow, PublishedTable


def lines_of(grid: Grid) -> Mapping[tuple[int, int], int]:
    """Return the lines of the arranged grid by the printed places of their cells, where they differ."""
    if grid.source is None:
        return {}
    return {at: row.line for row in grid.rows for at in row.places if at[0] != row.line}


def ledger_as_printed(grid: Grid, ledger: Mapping[tuple[int, int], str]) -> Mapping[tuple[int, int], str]:
    """Return the roles of the cells by where they are printed."""
    if grid.source is None:
        return ledger
    cells = {(cell.line, cell.column) for cell in grid.source.cells}
    printed = {grid.at(*at): role for at, role in ledger.items()}
    lost = {(one.line, one.column) for one in grid.remarks if one.column and not one.is_beside}
    return {
        **grid.taken,
        **dict.fromkeys(lost, FINDING),
        **{at: role for at, role in printed.items() if at in cells},
    }


def tables_as_printed(grid: Grid, tables: Sequence[PublishedTable]) -> tuple[PublishedTable, ...]:
    """Return the tables with the marks and dittos of their rows where they are printed."""
    if grid.source is None:
        return tuple(tables)
    return tuple(replace(table, rows=tuple(_as_printed(grid, row) for row in table.rows)) for table in tables)


def _as_printed(grid: Grid, row: PublishedRow) -> PublishedRow:
    promises = (replace(promise, marks=tuple(_marks(grid, promise.marks))) for promise in row.promises)
    dittos = (
        replace(one, column=grid.at(row.line, one.column)[1], line=grid.at(one.line, one.column)[0])
        for one in row.dittos
    )
    return replace(row, marks=tuple(_marks(grid, row.marks)), promises=tuple(promises), dittos=tuple(dittos))


def _marks(grid: Grid, marks: Iterable[Mark]) -> Iterator[Mark]:
    for mark in marks:
        line, column = grid.at(mark.line, mark.column)
        yield replace(mark, line=line, column=column)
