"""What a cell takes over from others: the one that 〃 repeats, the merged one that covers it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ksolve.calendar import YearlyDay
from ksolve.published.cell.dates import Named
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Cell, Row
from ksolve.published.cell.header_words import Role
from ksolve.published.layout.columns import Columns
from ksolve.published.row.totals import RowCounts
from ksolve.published.rows import Ditto

_DITTO = re.compile(r"(?:〃{1,2}|々|同上|[″\"”仝])(?P<rest>(?:\s*[(（].+[)）])?)")
"""What repeats the cell above; a bracket behind it is added: 〃（予備日）."""
_LONGEST = 100
_OF_COURSE = (
    Role.HOURS,
    Role.START,
    Role.END,
    Role.PLACE,
    Role.FACILITY,
    Role.AUDIENCE,
    Role.PEOPLE,
)
"""What the rows of a course have in common, beside its name."""


@dataclass
class RowsAbove:
    """The last text of each column of one table, and the group that its rows stand under.

    `numbers` is what the bare numbers under its months are, as far as the table tells; `month` that
    of the title or of a line within the table (5月), 0 for none; `last_day` the last date above.
    """

    columns: Columns
    origins: dict[int, Row | Cell] = field(default_factory=dict)
    category: str = ""
    tally: RowCounts = field(default_factory=RowCounts)
    numbers: str = ""
    month: int = 0
    last_day: tuple[YearlyDay, int] | None = None
    """The last date of the rows above with its line."""

    def fill_in(self, row: Row, findings: Findings) -> tuple[Row, tuple[Ditto, ...]]:
        """Return the row with dittos, merged cells and a carried month filled in, and the dittos."""
        repeats = [column for column, text in row.texts.items() if _DITTO.fullmatch(text[:_LONGEST])]
        lent = self._lend(row, findings) | self._carry(row, findings)
        lent |= self._continue(row, lent, findings)
        self.origins.update(dict.fromkeys((column for column in row.filled if column not in repeats), row))
        if not repeats and not lent:
            return row, ()
        texts = dict(row.texts)
        dittos = self._repeat(row, repeats, texts, findings)
        self.origins.update(lent)
        texts |= {column: cell.text for column, cell in lent.items()}
        end = max([len(row.cells), *(column + 1 for column in texts)])
        cells = tuple(texts.get(column, "") for column in range(end))
        return replace(row, cells=cells, lent=frozenset(lent)), dittos

    def month_of_days(self, days: Sequence[Named]) -> int:
        """Return the month of days without one: that of the rows above, as long as the days go on."""
        if self.month:
            return self.month
        last = self.last_day[0] if self.last_day else None
        return last.month if last and days[0].day.day >= last.day else 0

    def _above(self, column: int) -> Cell | None:
        """Return the last cell of a column that holds a text of its own."""
        origin = self.origins.get(column)
        return origin.cell(column) if isinstance(origin, Row) else origin

    def _repeat(
        self, row: Row, repeats: Sequence[int], texts: dict[int, str], findings: Findings
    ) -> tuple[Ditto, ...]:
        """Put the text above in the place of each 〃; one with nothing above it is left empty.

        Under a month it is the text of the month before, if the row has one: 月～金, 〃, 〃.
        """
        found = []
        months = self.columns.months
        for column in repeats:
            beside = next(
                (texts[at] for at in range(column - 1, -1, -1) if at in months and texts.get(at)), ""
            )
            if column in months and beside:
                texts[column] = beside
                findings.say("ditto-beside", row.line, column + 1, found=row[column], repeats=beside)
                continue
            above = self._above(column)
            found_here = _DITTO.fullmatch(row[column][:_LONGEST])
            texts[column] = above.text + (found_here["rest"] if found_here else "") if above else ""
            if above:
                found.append(Ditto(column + 1, above.line))
            else:
                findings.refuse(row, column, "ditto-without-above", found=row[column])
        return tuple(found)

    def _lend(self, row: Row, findings: Findings) -> dict[int, Cell]:
        """Return the text of merged cells that reach down to this row, at their first column."""
        lent = {
            column: cell
            for column, cell in row.covered.items()
            if cell.line < row.line and cell.column == column + 1
        }
        frequency = self.columns.frequency
        if frequency is not None and frequency in lent:
            findings.say("merged-frequency", row.line, frequency + 1, found=lent[frequency].text)
        return lent

    def _continue(self, row: Row, lent: Mapping[int, Cell], findings: Findings) -> dict[int, Cell]:
        """Return what a row of a date and no name takes over from the one above: it goes on with that.

        A course may be printed with its name in the first of its rows alone (1, 2, 3 回), and so may its
        hours and place. In tables with month columns a row without a name is told by its content.
        """
        columns = self.columns
        name, above = columns.name, self._above(columns.name)
        dates = [at for at, head in columns.when if head.role is Role.DATES and row[at]]
        is_whole = row[name] or name in row.covered or name in lent
        if columns.months or is_whole or not dates or above is None or columns.name == columns.content:
            return {}
        line = findings.grid.place(above.line, name + 1).line
        findings.say("name-carried", row.line, name + 1, found=above.text, line=line)
        beside = [at for role, at in columns.single.items() if role in _OF_COURSE and not row[at]]
        cells = {at: self._above(at) for at in (name, *beside) if at not in row.covered}
        return {at: cell for at, cell in cells.items() if cell and cell.line >= above.line}

    def _carry(self, row: Row, findings: Findings) -> dict[int, Cell]:
        """Return the month of the row above where the first column holds months and is empty here."""
        column = next((c for c, head in self.columns.when if head.role is Role.PERIOD), None)
        if column != 0 or row[column] or column in row.covered or not row[self.columns.name]:
            return {}
        above = self._above(column)
        if above is None:
            return {}
        findings.say(
            "carried-down",
            row.line,
            column + 1,
            found=above.text,
            line=findings.grid.place(above.line, column + 1).line,
        )
        return {column: above}
