"""Bare numbers under months: whether a table's are counts (2 3 2) or days (6 20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ksolve.frequency import Frequency, Per, Range
from ksolve.letters import narrow
from ksolve.published.cell.dates import Named, named_days
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import Role, plain
from ksolve.published.cell.signs import is_number
from ksolve.published.layout.columns import Columns
from ksolve.published.row.totals import is_total

Numbers = Mapping[int, Sequence[Named]]
"""The cells of single months in a row, by column, that hold only numbers, as the days they may mean."""
_FEW = 5
"""A month seldom has more sessions of one programme than this."""


def numbers_of(row: Row, columns: Columns, shift: int = 0) -> Numbers:
    """Return the cells of single months in a row that hold nothing but numbers."""
    found = {}
    for column, text in row.texts.items():
        months = columns.months.get(column - shift, ())
        if len(months) == 1 and text[0].isdecimal() and is_number(text):
            in_one_width = narrow(text).replace(".", ",")
            found[column] = named_days(in_one_width, months[0])
    return found


def evidence(numbers: Numbers, count: Range, most: int | None) -> str:
    """Return "days" or "counts" where a row's numbers can be only one of them, "" where they can be both.

    Only days can be lists, or more than `most` in a month; else one of them adds up to the count.
    """
    if not numbers:
        return ""
    days = sum(len(named) for named in numbers.values())
    if all(numbers.values()) and days > len(numbers):
        return "days"
    if not all(numbers.values()) or count.high is None:
        return ""
    values = _values(numbers)
    by_days, by_counts = days in count, sum(values) in count
    if by_days != by_counts:
        return "days" if by_days else "counts"
    return "days" if most is not None and not by_counts and max(values) > most else ""


def has_dates(row: Row, columns: Columns, shift: int = 0) -> bool:
    """Whether other cells of a row say that they are days (12(土), 14日): then so are its bare numbers."""
    named = (
        named_days(text, months[0])
        for column, text in row.texts.items()
        if len(months := columns.months.get(column - shift, ())) == 1 and not is_number(text)
    )
    return any(bool(days) for days in named)


def most_in_month(frequency: Frequency | None, count: Range) -> int | None:
    """Return how many sessions a month may have at most by what a row states, None where it says nothing."""
    terms = frequency.terms if frequency else ()
    monthly = [term.count.high for term in terms if term.per is Per.MONTH and term.count]
    if terms and len(monthly) == len(terms) and None not in monthly:
        return sum(high or 0 for high in monthly)
    return count.high


def table_numbers(body: Sequence[Row], columns: Columns) -> str:
    """Return "days" or "counts" where the rows of a table agree on one, "counts?" where all are few."""
    found: set[str] = set()
    sums: dict[int, int] = {}
    values: list[int] = []
    for row in body if columns.months else ():
        numbers = numbers_of(row, columns)
        if is_total(row, columns):
            if numbers and all(_values({c: named}) == [sums.get(c)] for c, named in numbers.items()):
                found.add("counts")
            continue
        count, most = _stated(row, columns)
        found |= {evidence(numbers, count, most)} - {""}
        values += _values(numbers)
        for column, named in numbers.items():
            sums[column] = sums.get(column, 0) + sum(_values({column: named}))
    if len(found) == 1:
        return found.pop()
    return "counts?" if not found and values and max(values) <= _FEW else ""


def meant(numbers: Numbers, own: str, table: str, count: Range) -> tuple[str, bool]:
    """Return what a row's numbers are, by itself (`own`) and its table, and whether that is sure."""
    days = sum(len(named) for named in numbers.values())
    if not all(numbers.values()) or (days > len(numbers) and own != "days"):
        return "unsure", False
    if days > len(numbers):
        return "days", True
    values = _values(numbers)
    is_event = len(values) == 1 and values[0] > _FEW and not own and count.high is None
    if table in ("days", "counts") and not (table == "counts" and is_event):  # 成人式: 12 under 1月
        return table, True
    if own:
        return own, True
    if table == "counts?":
        fits = count.high is not None and sum(values) in count
        return "counts", fits and len(values) > 1 and len(set(values)) == 1
    return "unsure", False


def _values(numbers: Numbers) -> list[int]:
    return [named[0].day.day for named in numbers.values() if len(named) == 1]


def _stated(row: Row, columns: Columns) -> tuple[Range, int | None]:
    """Return the count that a row states in its frequency or as its total, and the most in a month."""
    text = row[columns.frequency] if columns.frequency is not None else ""
    bare = plain(text[:_LONGEST])
    frequency = meaning_of(f"{bare}回" if bare.isdecimal() else text) if text else None
    total = plain(row[columns.single[Role.TOTAL]][:_LONGEST]) if Role.TOTAL in columns.single else ""
    total = total.removesuffix("回")
    count = frequency.year_count if frequency else Range(0, None)
    if count == Range(0, None) and total.isascii() and total.isdecimal():
        count = Range(int(total), int(total))
    return count, most_in_month(frequency, count)


_LONGEST = 200
