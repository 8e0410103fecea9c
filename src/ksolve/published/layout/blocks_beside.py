"""Tables whose columns are repeated side by side (月 実施日 月 実施日), put one below the other to be read.

So are calendars with the days down and the months across, with or without 曜 and 行事 under each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ksolve.published.cell.findings import FINDING
from ksolve.published.cell.grid import Remark, Row
from ksolve.published.cell.header_words import Role, bare_month, plain, read_head, read_heads
from ksolve.published.layout.headers import NAMING, WHEN, month_labels

_Cells = list[tuple[str, tuple[int, int]]]
"""Texts with the 1-based line and column at which each is printed."""
_DAY = re.compile(r"([1-9]|[12]\d|3[01])日?")
_FEWEST_DAYS = 20
_CALENDAR_CORNER = re.compile(r"\s*(?:日|日付|日にち|月|日[/／・]月|月[/／・]日)?\s*")
"""What stands above the days of a calendar with months across."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A table with columns `own` that hold for each line, and `copies` of the others side by side.

    `labels` are the months that stand above the copies, if any, by place; `names` tells whether
    each copy names its own programmes, so that one is put below the other as a whole.
    """

    upper: tuple[Row, ...]
    head: Row
    body: tuple[Row, ...]
    own: tuple[int, ...]
    copies: tuple[tuple[int, ...], ...]
    labels: tuple[tuple[str, tuple[int, int]], ...] = ()
    words: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the table as printed."""
        return (*self.upper, self.head, *self.body)

    def stood(self, line: int, taken: dict[tuple[int, int], str], remarks: list[Remark]) -> Iterator[Row]:
        """Yield the rows of the table as it is read, the first at a line."""
        remarks.append(
            Remark(
                "tables-beside",
                self.head.line,
                self.copies[1][0] + 1,
                {"copies": len(self.copies)},
                is_beside=True,
            )
        )
        for row in (*self.upper, self.head):
            taken.update({(row.line, column + 1): "header" for column in row.filled})
        used = {*self.own, *(column for copy in self.copies for column in copy)}
        for one in self.body:
            for column in (column for column in one.filled if column not in used):
                taken[one.line, column + 1] = FINDING
                remarks.append(Remark("cell-not-read", one.line, column + 1, {"found": one[column]}))
        first = [*self.own, *self.copies[0]]
        words: _Cells = [
            (self.words[n] if self.words else self.head[c], (self.head.line, c + 1))
            for n, c in enumerate(first)
        ]
        if self.labels:
            words.insert(0, ("月", (self.head.line, first[0] + 1)))
        yield _row(line, words)
        for row, copy in self._in_order():
            cells = [(row[column], (row.line, column + 1)) for column in (*self.own, *self.copies[copy])]
            if not self._is_held(row, copy):
                taken.update({at: "calendar" for text, at in cells if text})
                continue
            if self.labels:
                cells.insert(0, (self.labels[copy][0], cells[0][1]))
            line += 1
            yield _row(line, cells)

    def _in_order(self) -> Iterator[tuple[Row, int]]:
        numbers = range(len(self.copies))
        if self._names():
            yield from ((row, copy) for copy in numbers for row in self.body)
        else:
            yield from ((row, copy) for row in self.body for copy in numbers)

    def _names(self) -> bool:
        words = self.words[len(self.own) :] or [self.head[column] for column in self.copies[0]]
        return any(read_head(word).role in NAMING for word in words)

    def _is_held(self, row: Row, copy: int) -> bool:
        """Whether a copy holds anything in a row: of a calendar, an event and not only its day."""
        columns = self.copies[copy]
        if not copy and not self.labels and self.own:
            others = [column for group in self.copies for column in group]
            if any(row[column] for column in self.own) and not any(row[column] for column in others):
                return True  # a programme of which no copy says anything
        heads = [read_head(self.head[column]) for column in columns]
        if self.labels and not self.words:
            columns = tuple(c for c, head in zip(columns, heads, strict=True) if head.role in NAMING)
        return any(row[column] for column in columns)


def _row(line: int, cells: _Cells) -> Row:
    return Row(line, tuple(text for text, _ in cells), places=tuple(at for _, at in cells))


def find_beside(rows: Sequence[Row]) -> Iterator[Beside]:
    """Yield the tables whose columns are repeated, and the calendars with months across."""
    end = -1
    for index, row in enumerate(rows):
        if index <= end or len(row.filled) < 4:
            continue
        found = _calendar(rows, index) or _repeated(rows, index)
        if found:
            end = index + len(found.body)
            yield found


def _body(rows: Sequence[Row], index: int) -> tuple[Row, ...]:
    """Return the lines below a header, up to an empty one or a lone heading; a lone day is none."""
    first = rows[index].first
    body = takewhile(
        lambda row: len(row.filled) > 1 or (row.filled and (row.first > first or _is_day(row[first]))),
        rows[index + 1 :],
    )
    return tuple(body)


def _is_day(text: str) -> bool:
    return bool(_DAY.fullmatch(plain(text[:_LONGEST_DAY])))


_LONGEST_DAY = 4


def _repeated(rows: Sequence[Row], index: int) -> Beside | None:
    """Return the table below a header whose words come again in the same order, None where they do not."""
    row = rows[index]
    if len(set(row.texts.values())) == len(row.texts):
        return None
    columns, words = row.filled, [plain(text) for text in row.texts.values()]
    heads = [head.role for head in read_heads(row.cells).values()]
    for start in range(len(words)):
        for length in range(2, (len(words) - start) // 2 + 1):
            pattern = words[start : start + length]
            copies = (len(words) - start) // length
            if start + copies * length != len(words) or words[start:] != pattern * copies:
                continue
            own, repeated = heads[:start], heads[start : start + length]
            is_named = any(role in NAMING for role in (*own, *repeated)) or (start > 0 and own[0] is None)
            if not is_named or not any(role in (*WHEN, Role.WEEKDAY) for role in repeated):
                return None
            groups = tuple(columns[start + n * length : start + (n + 1) * length] for n in range(copies))
            upper, labels = _labels(rows[index - 1] if index else None, row, groups)
            before = tuple(range(groups[0][0]))
            return Beside(upper, row, _body(rows, index), before, groups, labels)
    return None


def _labels(
    above: Row | None, head: Row, groups: Sequence[Sequence[int]]
) -> tuple[tuple[Row, ...], tuple[tuple[str, tuple[int, int]], ...]]:
    """Return the line of months above the copies, and the month of each; none where one lacks its own."""
    if above is None or above.line != head.line - 1:
        return (), ()
    labels = []
    for group in groups:
        at = [column for column in above.filled if group[0] <= column <= group[-1]]
        months = read_head(above[at[0]]).months if len(at) == 1 else ()
        if len(months) != 1:
            return (), ()
        labels.append((above[at[0]], (above.line, at[0] + 1)))
    return (above,), tuple(labels)


def _calendar(rows: Sequence[Row], index: int) -> Beside | None:
    """Return a calendar with a row for each day and a column of events for each month."""
    row = rows[index]
    if not _CALENDAR_CORNER.fullmatch(row.cells[0]):
        return None
    labels = {column: months for column, months in month_labels(row).items() if len(months) == 1}
    days = min(row.filled[0], 0) if labels and min(labels) > 0 else -1
    if days < 0 or len(labels) < 3 or bare_month(row[days]):
        return None
    body = _body(rows, index)
    numbered = [int(found[1]) for one in body if (found := _DAY.fullmatch(plain(one[days][:_LONGEST_DAY])))]
    if len(numbered) < _FEWEST_DAYS or numbered != sorted(set(numbered)):
        return None
    months = tuple((row[column], (row.line, column + 1)) for column in labels)
    return Beside((), row, body, (days,), tuple((column,) for column in labels), months, ("日", "行事名"))
