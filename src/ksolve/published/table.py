"""The rows of a table in turn: programmes, totals, groups, closed days, months without programmes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ksolve.calendar import FiscalYear
from ksolve.published.cell.cancelled import cancelled_in, is_not_held
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import Role, plain, read_head
from ksolve.published.cell.years import YEAR_ALONE, month_in
from ksolve.published.closed_days import closures_of, is_closing
from ksolve.published.layout.blocks import Block
from ksolve.published.layout.columns import Columns
from ksolve.published.outside import closing_in, is_page, keep_beside, keep_note
from ksolve.published.roles import Roles
from ksolve.published.row.bare_numbers import table_numbers
from ksolve.published.row.programme import read_programme
from ksolve.published.row.row_columns import columns_of_row
from ksolve.published.row.rows_above import RowsAbove
from ksolve.published.row.totals import is_total, read_total
from ksolve.published.rows import Closure, Note, PublishedRow, PublishedTable
from ksolve.published.same_series import joined

_CONTINUED = re.compile(r"続き|つづき|[(（]続[)）]")
_MONTH_ALONE = re.compile(r"\d{1,2}月?")
_LONGEST = 60


@dataclass
class TableReader:
    """Reads the tables of one file; findings, roles of cells and notes go to those of the file.

    `month` is the one that the title names, 0 for none: that of days without a month.
    """

    year: FiscalYear | None
    month: int
    findings: Findings
    roles: Roles
    notes: list[Note]
    closures: list[Closure] = field(default_factory=list)

    def tables(self, blocks: Sequence[Block], headings: Mapping[int, str]) -> Iterator[PublishedTable]:
        """Yield the tables, with their headings by their lines; one below a repeated header goes on."""
        pending: PublishedTable | None = None
        above: RowsAbove | None = None
        before: Block | None = None
        for block in blocks:
            heading = headings.get(block.line, "")
            if pending and above and before and self._continues(block, before, heading):
                above = replace(above, columns=block.columns, numbers="")
                at = self.findings.grid.place(pending.line).line
                self.findings.say("table-continued", block.line, 1, line=at)
                rows = tuple(self._rows(block, above))
                both = tuple(joined((*pending.rows, *rows), self.findings))
                pending = PublishedTable(pending.line, pending.heading, both)
            else:
                if pending:
                    yield pending
                above = RowsAbove(
                    block.columns, month=month_in(heading) or self._month_of_sheet(block) or self.month
                )
                rows = tuple(joined(tuple(self._rows(block, above)), self.findings))
                pending = PublishedTable(block.line, heading, rows)
            before = block
        if pending:
            yield pending

    def _month_of_sheet(self, block: Block) -> int:
        """Return the month that the sheet of a table is named for (5月), 0 where it is for none."""
        sheet = self.findings.grid.sheet(block.line)
        return month_in(sheet.name) if sheet else 0

    def _continues(self, block: Block, before: Block, heading: str) -> bool:
        """Tell a table that goes on: the same header, with nothing but page numbers or 続き between."""
        words, others = ([plain(text) for row in b.headers for text in row.cells] for b in (block, before))
        if words != others:
            return False
        if _CONTINUED.search(heading):
            return True
        gap = [row for row in self.findings.grid.rows if before.end < row.line < block.line]
        return not heading and all(map(is_page, gap))

    def _rows(self, block: Block, above: RowsAbove) -> Iterator[PublishedRow]:
        above.numbers = table_numbers(block.body, block.columns) or above.numbers
        kept = self._keep_alone, self._keep_closing, self._keep_cancelled
        for row in block.body:
            if is_total(row, above.columns):
                self.roles.enter_all(row, dict.fromkeys(row.filled, "total"))
                read_total(row, above.columns, above.tally, self.findings)
            elif not any(keep(row, above) for keep in kept):
                programme = self._programme(row, above, self.findings)
                above.tally.counts.append(programme.count)
                yield programme

    def _programme(self, row: Row, above: RowsAbove, findings: Findings) -> PublishedRow:
        """Return the programme of a row in the light of those above it."""
        row, dittos = above.fill_in(row, findings)
        used = columns_of_row(row, above.columns, findings)
        self.roles.enter_all(row, used.roles(row))
        return read_programme(row, dittos, used, above, self.year, findings)

    def _keep_alone(self, row: Row, above: RowsAbove) -> bool:
        """Keep a line of one cell that is no programme: a note, a heading of a group, an empty month."""
        if len(row.filled) != 1:
            return False
        if keep_beside(row, self.findings.grid, self.notes, self.roles):
            return True
        if month := _month_of_section(row, above.columns):
            above.month, above.last_day = month, None
            self.roles.enter(row, row.first, "month")
            return True
        if _is_group(row, above.columns):
            above.category = self.roles.enter(row, row.first, "category")
            return True
        if _is_empty_month(row, above.columns):
            self.roles.enter(row, row.first, "month without programmes")
            return True
        return False

    def _keep_closing(self, row: Row, above: RowsAbove) -> bool:
        """Keep a row of closed days: its name says which (休館 毎週月曜日), or its other cells do.

        Of what there is to say about sessions, only wrong dates concern it.
        """
        name = row[above.columns.name]
        if closing_in(name):
            keep_note(row, self.findings.grid, self.notes, self.roles)
            return True
        if not is_closing(name):
            return False
        said = Findings(self.findings.grid)
        closed = self._programme(row, above, said)
        of_dates = [item for item in said.said if item[2].rule in ("weekday-contradiction", "no-such-date")]
        self.findings.said += of_dates
        self.findings.refused |= said.refused
        self.closures += closures_of(closed, self.findings)
        return True

    def _keep_cancelled(self, row: Row, above: RowsAbove) -> bool:
        """Keep a row that is not held, as its name or a cell beside it says (中止): it is no programme."""
        columns = above.columns
        when = [at for at, head in columns.when if row[at] and head.role is not Role.PERIOD]
        said = [at for at in cancelled_in(row.texts) if at not in columns.months]
        said = said or [at for at in when if is_not_held(row[at])]
        others = [at for at in when if at not in said] if said else []
        if not said or (others and all(at in dict(columns.when) for at in said)):
            return False
        row, _ = above.fill_in(row, Findings(self.findings.grid))
        self.roles.enter_all(row, dict.fromkeys(row.filled, "cancelled"))
        name = row[columns.name] or row[said[0]]
        self.findings.say("cancelled", row.line, said[0] + 1, name=name, found=row[said[0]])
        return True


def _month_of_section(row: Row, columns: Columns) -> int:
    """Return the month of a line (5月, 【令和6年5月】) that heads the rows below it, 0 where it is none.

    In a table with a column of months, such a line is a month without programmes.
    """
    if columns.months or any(head.role is Role.PERIOD for _, head in columns.when):
        return 0
    text = plain(row[row.first][:_LONGEST]).strip("()")
    months = read_head(text).months or read_head(text.removesuffix("の行事").removesuffix("行事予定")).months
    return months[0] if len(months) == 1 else 0


def _is_empty_month(row: Row, columns: Columns) -> bool:
    """Tell a month of a table by months (11月) in which nothing is held."""
    months = [at for at, head in columns.when if head.role is Role.PERIOD and at < columns.name]
    if row.covered or row.first not in months:
        return False
    return bool(_MONTH_ALONE.fullmatch(plain(row[row.first][:_LONGEST])))


def _is_group(row: Row, columns: Columns) -> bool:
    """Tell a heading within the table: the group of the rows below it."""
    is_wide = len(row.spanned(row.first)) > 1 or len(row.cells) <= 1
    named = {columns.name, columns.content, *(column for column, _ in columns.when), *columns.months}
    is_merged_on = bool(row.covered.keys() - set(row.spanned(row.first)))
    is_year = len(row[row.first]) < _LONGEST and bool(YEAR_ALONE.fullmatch(plain(row[row.first])))
    return not is_merged_on and (row.first not in named or is_wide or is_year)
