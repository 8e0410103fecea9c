"""The days that the cells of a row name: their months, their weekdays, first days with last ones."""

from __future__ import annotations

import re
from dataclasses import replace

from ksolve.calendar import MONTHS, WEEKDAYS
from ksolve.published.cell.dates import Named, named_days, serial_day
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import LONGEST
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import Head, Role, plain, read_head
from ksolve.published.layout.columns import Columns
from ksolve.published.row.rows_above import RowsAbove

Days = list[tuple[int, tuple[Named, ...]]]
"""The days that cells name, by their columns."""


_NUMBER = re.compile(r"^\s*第\s*[0-9０-９]{1,2}\s*回(?:目)?[\s:：、]*(?=[0-9０-９])")
"""The number of a session before its date: 第1回 5月14日."""


def with_last_day(row: Row, column: int, columns: Columns) -> Row:
    """Return a row whose first day stands with its last one (5/1~5/3), if that is another."""
    first, last = row[column], row.text(columns.single.get(Role.LAST_DAY))
    if not first or not last or first == last:
        return row
    return replace(row, cells=(*row.cells[:column], f"{first}~{last}", *row.cells[column + 1 :]))


def days_of_cell(
    row: Row, column: int, head: Head, month: int, above: RowsAbove, findings: Findings
) -> tuple[Named, ...] | None:
    """Return the days that a cell names, None where it says something else.

    Days without a month (9日) are those of the row's month, or of that above; where neither is
    known the cell is an error, and names no days.
    """
    text = _NUMBER.sub("", row[column])
    if head.role is not Role.DATES:
        named = named_days(text)
        return named if any(one.weekday for one in named) else None
    if named := named_days(text, head.days_of or month) or serial_day(text):
        return named
    if not (days := named_days(text, month=1)) or month or head.days_of:
        return None
    carried = above.month_of_days(days)
    if not carried:
        findings.refuse(row, column, "day-without-month", found=text)
    elif not above.month and above.last_day:
        line = findings.grid.place(above.last_day[1], column + 1).line
        findings.say("month-carried", row.line, column + 1, found=text, month=carried, line=line)
    return named_days(text, carried)


def with_weekdays(row: Row, column: int | None, days: Days) -> tuple[Days, str]:
    """Put the weekdays that stand in a column beside the dates to them, each its own or all of them.

    The second value is what they say: nothing, "how often" (第2土曜), or "unused" without a date beside them.
    """
    text = row.text(column)
    if column is None or not text:
        return days, ""
    bare = re.sub(r"曜日?|祝日?|休|[()・,、/\s]", "", plain(text[:LONGEST]))
    bare = _FROM_TO.sub(_each_weekday, bare)
    if not bare or not set(bare) <= set(WEEKDAYS):
        return days, "how often"
    count = sum(len(named) for _, named in days)
    if not count:
        return days, "unused"
    of_each = iter(bare if len(bare) == count else [bare] * count)
    told = [
        (at, tuple(replace(n, weekday=next(of_each, "") or n.weekday) for n in named)) for at, named in days
    ]
    return told, ""


_FROM_TO = re.compile(f"^([{''.join(WEEKDAYS)}])~([{''.join(WEEKDAYS)}])$")


def _each_weekday(found: re.Match[str]) -> str:
    """Return 土日月 of 土~月."""
    first, last = WEEKDAYS.index(found[1]), WEEKDAYS.index(found[2])
    return "".join(WEEKDAYS[(first + n) % 7] for n in range((last - first) % 7 + 1))


def month_of_row(row: Row, columns: Columns) -> int:
    """Return the one month that a row's period names, 0 where it names none or several."""
    for column, head in columns.when:
        text = row[column] if head.role is Role.PERIOD else ""
        found = re.match(r"(\d{1,2})(?:月(?!.*月)|$)", plain(text[:_LONGEST_MONTH]))
        if found and int(found[1]) in MONTHS:
            return int(found[1])
        months = read_head(text).months if text else ()
        if len(months) == 1:
            return months[0]
    return 0


_LONGEST_MONTH = 12
