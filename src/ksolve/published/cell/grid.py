"""A grid: every cell of a file as text, with the line and column it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ksolve.findings import Place


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text without surrounding space, 1-based line and column of cells."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Row:
    """One line of a grid; cells are counted from 0 here, as the layout speaks of columns.

    `covered` holds, for each column that a merged cell covers, the cell at its top left; `lent`
    the columns whose text was taken over from such a cell. `places` are the 1-based line and
    column at which each cell is printed, empty where it stands there itself.
    """

    line: int
    cells: tuple[str, ...]
    covered: Mapping[int, Cell] = field(default_factory=dict)
    lent: frozenset[int] = frozenset()
    places: tuple[tuple[int, int], ...] = ()

    def __getitem__(self, column: int) -> str:
        """Return the text of a cell, empty beyond the row's end."""
        cells = self.cells
        return cells[column] if column < len(cells) else ""

    def text(self, column: int | None) -> str:
        """Return the text of a cell; a column that a table does not have holds none."""
        return "" if column is None else self[column]

    @cached_property
    def texts(self) -> Mapping[int, str]:
        """The cells that hold any text, by column."""
        return {column: text for column, text in enumerate(self.cells) if text}

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold any text."""
        return tuple(self.texts)

    @property
    def first(self) -> int:
        """The first column that holds text, 0 where none does."""
        return self.filled[0] if self.filled else 0

    def cell(self, column: int) -> Cell:
        """Return a cell with its 1-based place."""
        return Cell(self[column], self.line, column + 1)

    def spanned(self, column: int) -> tuple[int, ...]:
        """Return the columns of this row that the merged cell at a column spans, itself first."""
        if not self.covered:
            return (column,)
        origin = self.covered.get(column) or self.cell(column)
        at = origin.line, origin.column
        others = [c for c, cell in self.covered.items() if (cell.line, cell.column) == at]
        return tuple(sorted({column, *others}))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a file with its own line numbers: its line 1 is the grid's line `before` + 1.

    `is_apart` where no table can continue from the part before: for sheets and tables, not for pages.
    """

    name: str
    before: int
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the reading of the file itself had to say.

    It is about the text of a cell where column is not 0, unless it `is_beside`: about a shape or
    a comment there.
    """

    name: str
    line: int
    column: int
    values: Mapping[str, object] = field(default_factory=dict)
    is_beside: bool = False


@dataclass(frozen=True)
class Grid:
    """A file as rows of cells, with lines numbered through all its sheets, tables or pages.

    `remarks` name the cells whose text could not be had, such as a formula without a value. Where
    the rows were rearranged for reading, `source` is the grid as printed, and `taken` holds the
    printed cells that are read already, by their 1-based line and column, with their role.
    """

    file: str
    rows: tuple[Row, ...]
    sheets: tuple[Sheet, ...] = ()
    remarks: tuple[Remark, ...] = ()
    source: Grid | None = None
    taken: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def cells(self) -> Iterator[Cell]:
        """Every non-empty cell, in reading order."""
        return (row.cell(column) for row in self.rows for column in row.filled)

    def sheet(self, line: int) -> Sheet | None:
        """Return the part that a line stands in, None where the file has no parts."""
        if not self.sheets:
            return None
        return self.sheets[max(0, bisect_right(self._befores, line - 1) - 1)]

    @cached_property
    def _befores(self) -> list[int]:
        return [sheet.before for sheet in self.sheets]

    @cached_property
    def printed(self) -> Grid:
        """The grid as the file has it."""
        return self.source or self

    @cached_property
    def _places(self) -> dict[int, tuple[tuple[int, int], ...]]:
        return {row.line: row.places for row in self.rows if row.places} if self.source else {}

    def at(self, line: int, column: int) -> tuple[int, int]:
        """Return the 1-based line and column at which a cell is printed; of column 0, the line."""
        places = self._places.get(line, ())
        if not places:
            return line, column
        return places[column - 1] if 0 < column <= len(places) else (places[0][0], column)

    def place(self, line: int, column: int = 0) -> Place:
        """Return where a line of the grid stands in the file."""
        return self.place_of(*self.at(line, column))

    def place_of(self, line: int, column: int) -> Place:
        """Return the place in the file of a line and column as printed."""
        sheet = self.printed.sheet(line)
        if sheet is None or not line:
            return Place(self.file, line, column)
        return Place(self.file, line - sheet.before, column, sheet.name)

    def printed_at(self, line: int, column: int) -> tuple[int, int, Place]:
        """Return the 1-based line and column at which a cell is printed, and its place in the file."""
        at = self.at(line, column)
        return *at, self.place_of(*at)
