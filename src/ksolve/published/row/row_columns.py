"""Which columns one row really uses, and which reader each of its cells is given to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import Role
from ksolve.published.layout.columns import Columns
from ksolve.published.row.content import is_description

_SHORT = 12
"""An unreadable text of up to this many characters is a bad frequency, not a moved description."""
_SINGLE = {Role.START: "hours", Role.END: "hours", Role.LAST_DAY: "date"}


@dataclass(frozen=True)
class RowColumns:
    """The columns of a table as one row uses them; `shift` is how far it has moved to the right.

    `content` and `described` are where its content and its description stand, None where it has none.
    """

    columns: Columns
    content: int | None
    described: int | None
    shift: int = 0

    @cached_property
    def named(self) -> Mapping[int, str]:
        """The columns that have a reader of their own, with the role of their cells."""
        columns = self.columns
        roles = dict.fromkeys(columns.others, "remark")
        roles |= {column: _SINGLE.get(role, role.value) for role, column in columns.single.items()}
        roles |= {
            column: "date" if head.role in (Role.DATES, Role.FIRST_DAY) else "frequency"
            for column, head in columns.when
        }
        fixed = {columns.category: "category", self.content: "content", self.described: "content"}
        roles |= {column: role for column, role in fixed.items() if column is not None}
        return roles | {columns.name: "name"}

    def in_months(self, row: Row) -> tuple[int, ...]:
        """Return the cells that are left to the months: those of no other reader, and not lent."""
        months, named = self.columns.months, self.named
        return tuple(
            column
            for column in row.filled
            if column not in named and (column not in row.lent or column in months)
        )

    def roles(self, row: Row) -> Mapping[int, str]:
        """Return the role of each cell of the row by its column."""
        return {**dict.fromkeys(self.in_months(row), "mark"), **self.named}


def columns_of_row(row: Row, columns: Columns, findings: Findings) -> RowColumns:
    """Return the columns of a row; its cells may stand one later, or one earlier, than the header says."""
    content, frequency = columns.content, columns.frequency
    usual = RowColumns(columns, content, content)
    if not columns.may_shift or content is None or frequency is None or not row[content]:
        return usual
    stated = row[frequency]
    if stated and meaning_of(stated):
        return usual
    if stated and (is_description(stated) or meaning_of(row[frequency + 1]) or len(stated) > _SHORT):
        findings.say("column-shifted", row.line, frequency + 1)
        return RowColumns(_with_frequency(columns, frequency + 1), content, frequency, shift=1)
    if not stated and row[columns.name] and meaning_of(row[content]):
        findings.say("lost-cell", row.line, content + 1, name=row[columns.name])
        return RowColumns(_with_frequency(columns, content), None, None)
    return usual


def _with_frequency(columns: Columns, column: int) -> Columns:
    when = tuple((column if at == columns.frequency else at, head) for at, head in columns.when)
    return replace(columns, when=when)
