"""Two columns under each month, plan and actual, of which one is read; and parts of months below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ksolve.calendar import FiscalYear
from ksolve.published.cell.grid import Cell, Remark, Row
from ksolve.published.cell.header_words import Role, part_of, plain, read_head
from ksolve.published.cell.years import fiscal_years_in
from ksolve.published.layout.blocks import Block, Layout
from ksolve.published.layout.headers import month_labels

LEFT_OUT = "left out"
"""The role of the cells of a column that stands beside the one that is read; a finding names the column."""
_ACTUAL = re.compile(r"実績|結果|前年|昨年|前々|増減|差|比較|率|達成|評価|実施数?$")
_PLAN = re.compile(r"計画|予定|目標|今年|本年|当年|見込|次年|来年|新年")
_LONGEST = 16
_Group = list[tuple[int, str]]
"""The columns under one label, with what is said of each: 計画, 実績."""
_COUNTED = (Role.FREQUENCY, Role.TOTAL, Role.PERIOD, Role.DATES)
"""What may stand once as planned and once as held, beside months."""


@dataclass(frozen=True)
class SideBySide:
    """A table of which some columns are cut, and whose lower header line says what a column is for.

    `labels` are the texts of the header row `head` by column, with the place each is printed at;
    `gone` are the header lines that say no more than that.
    """

    head: Row
    rows: tuple[Row, ...]
    gone: tuple[Row, ...]
    labels: Mapping[int, tuple[str, tuple[int, int]]]
    cut: frozenset[int] = frozenset()
    remark: Remark | None = field(default=None)

    def of(self, row: Row, taken: dict[tuple[int, int], str]) -> Iterator[Row]:
        """Yield a row of the table as it is read, and note the cells that are not in it."""
        if any(row is one for one in self.gone):
            taken.update({(row.line, column + 1): "header" for column in row.filled})
            return
        width = max(len(row.cells), *(column + 1 for column in self.labels), 1)
        kept = [column for column in range(width) if column not in self.cut]
        cells, places = [], []
        for column in kept:
            text, at = row[column], (row.line, column + 1)
            origin = row.covered.get(column)
            if row is self.head and column in self.labels:
                text, at = self.labels[column]
            elif origin and origin.line == row.line and origin.column - 1 in self.cut:
                text, at = origin.text, (row.line, origin.column)
            cells.append(text)
            places.append(at)
        role = "header" if row.line <= self.head.line else LEFT_OUT
        left = {(row.line, column + 1) for column in row.filled if column in self.cut} - set(places)
        taken.update(dict.fromkeys(left, role))
        yield replace(row, cells=tuple(cells), covered=self._covered(row, kept), places=tuple(places))

    def _covered(self, row: Row, kept: Sequence[int]) -> dict[int, Cell]:
        """Return the merged cells of a row, as far as they are not cut."""
        at = {column: index for index, column in enumerate(kept)}
        found: dict[int, Cell] = {}
        for column, cell in row.covered.items():
            labelled = row is self.head and column in self.labels
            if column in at and cell.column - 1 in at and not labelled:
                found[at[column]] = replace(cell, column=at[cell.column - 1] + 1)
        return found


def side_by_side(rows: Sequence[Row], layout: Layout) -> Iterator[SideBySide]:
    """Yield the tables with two columns under each label, or with parts of months as a lower header line."""
    above = {below.line: row for row, below in pairwise(rows)}
    titled = next(
        (year for row in layout.loose for at in row.filled for year in fiscal_years_in(row[at])), None
    )
    for block in layout.blocks:
        found = _below(block, titled) or _over(block, above.get(block.line), titled)
        if found:
            yield found


def _below(block: Block, titled: FiscalYear | None) -> SideBySide | None:
    """Read a line below the header that says 計画・実績 or 第1週・第2週 under its labels."""
    lower, head = block.body[0] if block.body else None, block.headers[-1]
    if lower is None or lower.line != head.line + 1 or len(lower.filled) < 2:
        return None
    if any(len(lower[column]) > _LONGEST for column in lower.filled):
        return None
    owners = {column: _owner(head, column) for column in lower.filled}
    if None in owners.values():
        return None
    labels = {column: head.cell(at) for column, at in owners.items() if at is not None}
    rows = (*block.headers, *block.body)
    if all(part_of(lower[column]) for column in lower.filled):
        named = {
            column: (f"{cell.text}{lower[column]}", (cell.line, cell.column))
            for column, cell in labels.items()
            if read_head(cell.text).months
        }
        return SideBySide(head, rows, (lower,), named) if len(named) == len(labels) else None
    groups: dict[int, _Group] = {}
    for column, cell in labels.items():
        groups.setdefault(cell.column, []).append((column, lower[column]))
    cut = _cut(list(groups.values()), titled)
    if not cut:
        return None
    kept = {
        column: (cell.text, (cell.line, cell.column)) for column, cell in labels.items() if column not in cut
    }
    remark = _remark(head.line, groups.values(), cut, block.body[1:])
    return SideBySide(head, rows, (lower,), kept, frozenset(cut), remark)


def _owner(head: Row, column: int) -> int | None:
    """Return the column of the label under which a cell of the lower line stands, None where none does."""
    origin = head.covered.get(column)
    at = origin.column - 1 if origin and origin.line == head.line else column
    while at >= 0 and not head[at]:
        at -= 1
    found = read_head(head[at]) if at >= 0 else None
    return at if found and (found.months or found.role in _COUNTED) else None


def _over(block: Block, above: Row | None, titled: FiscalYear | None) -> SideBySide | None:
    """Read a line above the months that says 計画 over one run of them and 実績 over another."""
    head = block.headers[-1]
    months = month_labels(head)
    inner = block.headers[0] if len(block.headers) > 1 else None
    upper = inner or above
    if upper is None or upper.line != head.line - 1 or len(months) == len(set(months.values())):
        return None
    words = {column: upper[column] for column in upper.filled if min(months) <= column <= max(months)}
    if len(words) < 2 or (inner is None and len(words) < len(upper.filled)):
        return None
    groups: dict[tuple[int, ...], _Group] = {}
    for column, named in months.items():
        starts = [start for start in words if start <= column]
        if not starts:
            return None
        groups.setdefault(named, []).append((column, words[max(starts)]))
    cut = _cut(list(groups.values()), titled)
    if not cut:
        return None
    gone = () if inner else (upper,)
    rows = (*gone, *block.headers, *block.body)
    remark = _remark(head.line, groups.values(), cut, block.body)
    return SideBySide(head, rows, gone, {}, frozenset(cut), remark)


def _cut(groups: Sequence[_Group], titled: FiscalYear | None) -> set[int]:
    """Return the columns that are not the plan's, none where a label has not just one that is."""
    years = sorted({year.start for group in groups for _, word in group for year in fiscal_years_in(word)})
    wanted = titled.start if titled and titled.start in years else years[-1] if years else 0
    kept = [[column for column, word in group if _is_plan(word, wanted)] for group in groups]
    known = all(_is_known(word) for group in groups for _, word in group)
    if not known or any(len(group) > 1 for group in kept) or not any(len(group) > 1 for group in groups):
        return set()
    if any(not mine for mine in kept):
        return set()
    return {column for group in groups for column, _ in group} - {column for mine in kept for column in mine}


def _is_known(word: str) -> bool:
    bare = plain(word[:_LONGEST])
    return bool(_ACTUAL.search(bare) or _PLAN.search(bare) or fiscal_years_in(bare))


def _is_plan(word: str, year: int) -> bool:
    """Tell the plan's column from that of what was held, or of another year."""
    bare = plain(word[:_LONGEST])
    if _ACTUAL.search(bare):
        return False
    named = fiscal_years_in(bare)
    return any(one.start == year for one in named) if named else bool(_PLAN.search(bare))


def _remark(line: int, groups: Iterable[_Group], cut: set[int], body: Sequence[Row]) -> Remark:
    """Name what is read and what is left out, with the number of its cells."""
    words = [named for group in groups for named in group]
    left = dict.fromkeys(word for column, word in words if column in cut)
    kept = dict.fromkeys(word for column, word in words if column not in cut)
    cells = sum(column in cut for row in body for column in row.filled)
    values = {"kept": "・".join(kept), "left": "・".join(left), "cells": cells}
    return Remark("plan-beside-actual", line, min(cut) + 1, values, is_beside=True)
