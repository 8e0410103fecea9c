"""Header rows: which lines of a grid are one, and the months that their cells label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from ksolve.calendar import month_position
from ksolve.published.cell.frequencies import span_of
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import Head, Role, bare_month, part_of, read_heads
from ksolve.published.cell.holds import role_held, says_when
from ksolve.published.cell.signs import is_number, mark_kind
from ksolve.published.rows import MarkKind

_FEWEST_MONTHS = 3
"""A row whose labels cover so many months, in two columns at least, is a header row."""
_FEWEST_BARE = 6
"""So many bare numbers that follow one another as months do are month labels."""
WHEN = (Role.FREQUENCY, Role.PERIOD, Role.DATES, Role.FIRST_DAY)
"""What says how often and when."""
NAMING = (Role.NAME, Role.CATEGORY, Role.CONTENT)
"""What may name a programme; where there is no name, the next one does."""


def is_header(above: Row | None, row: Row) -> bool:
    """Tell a header row: month labels under or beside a name, or a name beside a word for when."""
    heads = [*read_heads(row.cells).values()]
    if not 2 <= len(heads) <= _MOST_HEADS:
        return False
    if len(heads) < _FEWEST_BARE and not any(head.is_known for head in heads):
        return False
    if is_grid_header(row):
        if above is not None and is_line_of_parts(above, row):
            return False
        return _names(heads) or (above is not None and is_upper_header(above, row))
    if not _names(heads):
        return False
    known = [head for head in heads if head.is_known]
    words = {head.word for head in known}
    when = any(head.role in WHEN or head.also for head in known)
    return when and len(words) == len(known) > 1 and 2 * len(known) >= len(heads)


_MOST_HEADS = 120


def is_header_by_content(rows: Sequence[Row], index: int) -> bool:
    """Tell a header row of words that are not known by the lines below it, up to an empty one.

    It is one if it names a column that says when, and beside that one of texts that differ.
    """
    row = rows[index]
    heads = read_heads(row.cells)
    if not 2 <= len(heads) <= _MOST_HEADS or any(len(text) > _LONGEST_HEAD for text in row.texts.values()):
        return False
    unknown = [text for column, text in row.texts.items() if not heads[column].is_known]
    if any(says_when(text) or span_of(text) for text in unknown):
        return False
    body = [*takewhile(lambda one: bool(one.filled), rows[index + 1 : index + 1 + _LINES])]
    when = [
        column
        for column, head in heads.items()
        if head.role in WHEN or (not head.is_known and role_held([row[column] for row in body]) in _HELD)
    ]
    if when == [row.first] and is_turned(body):
        return False  # months down: each may list its events, or programmes may go across
    named = [column for column in heads if column not in when and _is_naming([row[column] for row in body])]
    return bool(when and named)


def _is_naming(texts: Sequence[str]) -> bool:
    """Tell the cells of a column of names: words, and at least half of them different."""
    filled = [text for text in texts if text]
    words = [text for text in filled if mark_kind(text) is MarkKind.LABEL and not is_number(text)]
    return bool(words) and 2 * len(words) > len(filled) and 2 * len(set(words)) >= len(words)


_LINES = 200
"""So many lines below a header row are looked at."""
_HELD = (*WHEN, Role.WEEKDAY)


_LONGEST_HEAD = 20


def _names(heads: Sequence[Head]) -> bool:
    return any(head.role in NAMING for head in heads)


def is_grid_header(row: Row) -> bool:
    """Tell whether a row labels month columns."""
    labels = month_labels(row)
    covered = {month for months in labels.values() for month in months}
    return len(labels) > 1 and len(covered) >= _FEWEST_MONTHS


def is_line_of_parts(above: Row, row: Row) -> bool:
    """Tell a line of 第1週, 第2週 under a header with the months that they are parts of."""
    return is_grid_header(above) and all(part_of(row[column]) for column in row.filled)


def is_upper_header(above: Row, below: Row) -> bool:
    """Tell whether a row is the upper line of a header: names and eras above month labels."""
    heads = [*read_heads(above.cells).values()]
    upper = not is_grid_header(above) or _is_finer(month_labels(above), month_labels(below))
    return len(heads) > 1 and is_grid_header(below) and upper and _names(heads)


def is_lower_header(above: Row, row: Row) -> bool:
    """Tell the lower line of a header without months: 時期 and 曜日・時間 under 開催日, and nothing else."""
    if (
        month_labels(above)
        or month_labels(row)
        or any(len(text) > _LONGEST_HEAD for text in row.texts.values())
    ):
        return False
    over = [max((column for column in above.filled if column <= at), default=-1) for at in row.filled]
    several = {column for column in over if over.count(column) > 1 and column >= 0}
    heads = read_heads(row.cells)
    unknown = [text for at, text in row.texts.items() if not heads[at].is_known]
    is_said = len(unknown) == len(heads) or any(says_when(text) or span_of(text) for text in unknown)
    return bool(several) and set(over) == several and not is_said


def _is_finer(above: Mapping[int, tuple[int, ...]], below: Mapping[int, tuple[int, ...]]) -> bool:
    """Tell single months that stand under 前期・後期 or quarters."""
    return all(len(months) > 1 for months in above.values()) and all(
        len(months) == 1 for months in below.values()
    )


def month_labels(row: Row) -> dict[int, tuple[int, ...]]:
    """Return the month labels of a row by column, those of merged cells for each column."""
    labels = {column: head.months for column, head in read_heads(row.cells).items() if head.months}
    if not labels:
        labels = _bare_labels(row)
    for column, cell in row.covered.items():
        if cell.line == row.line and cell.column - 1 in labels:
            labels[column] = labels[cell.column - 1]
    return labels


def is_turned(rows: Sequence[Row]) -> bool:
    """Tell a table with a row for each month and a column for each programme."""
    heads = [read_heads(row.cells) for row in rows if len(row.filled) > 1]
    labels = [(column, head.months) for line in heads for column, head in [next(iter(line.items()))]]
    single = {(column, months) for column, months in labels if len(months) == 1}
    return len(single) >= _FEWEST_MONTHS and len({column for column, _ in single}) == 1


def _bare_labels(row: Row) -> dict[int, tuple[int, ...]]:
    """Return 4, 5, ..., 3 as labels where they stand in the order of the year, with 小計 between them."""
    found = [(column, bare_month(text)) for column, text in row.texts.items() if len(text) < 4]
    if sum(month > 0 for _, month in found) < _FEWEST_BARE:
        return {}
    runs: list[list[tuple[int, int]]] = [[]]
    for column, month in found:
        last = runs[-1][-1] if runs[-1] else None
        beside = last and not any(not row[at] for at in range(last[0] + 1, column))
        follows = last and beside and month_position(month) == month_position(last[1]) + 1
        if month and (follows or not last):
            runs[-1].append((column, month))
        elif month:
            runs.append([(column, month)])
    longest = max(runs, key=len)
    return {column: (month,) for column, month in longest} if len(longest) >= _FEWEST_BARE else {}
