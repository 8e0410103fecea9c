"""How a month or a roster fills a page of A4: the largest type with which it fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil

from rich.cells import cell_len

from ksolve.report.editions.edition import Edition, Entry, Kind, Sheet

_WIDE, _HIGH = 1050.0, 625.0
"""What a table may take of a page of A4 across, in pixels of 1/96 inch: less margins, title, legend."""
_SIZES = (13.0, 12.0, 11.0, 10.0, 9.5, 9.0, 8.5, 8.0)
"""Sizes of type, in the same pixels; 9.5 are 7 points, which is small."""
_LETTER, _LINE, _SPACE = 0.5, 1.27, 4.5
"""A narrow letter's width and a line's height, by the size of type; and the pixels around an entry."""
_LEAST = 76.0
"""The least height of a week of a month: 20 mm, as the style says."""


def type_size(edition: Edition, sheet: Sheet) -> float:
    """Return the largest size of type with which a month or a week of the roster fits on its page."""
    is_roster = edition.kind is Kind.WEEK
    rows = _rows_of_week(edition, sheet) if is_roster else _rows_of_month(sheet)
    width, least = _WIDE * (0.88 if is_roster else 1.0) / 7 - 17, 0.0 if is_roster else _LEAST
    noted = sum(_most_others(edition, days) for days in _days(edition, sheet))
    fitting = (
        s
        for s in _SIZES
        if sum(max(least, _height(row, s, width)) for row in rows) + noted * s * _LINE <= _HIGH
    )
    return next(fitting, _SIZES[-1])


def _days(edition: Edition, sheet: Sheet) -> list[Sequence[date | None]]:
    """Return the days of each row on which it is noted what others hold."""
    if edition.kind is Kind.WEEK:
        return [sheet.days]
    return list(weeks(sheet.first)) if sheet.first else []


def _most_others(edition: Edition, days: Sequence[date | None]) -> int:
    return max((len(edition.others.get(day, ())) for day in days if day), default=0)


Rows = Sequence[Sequence[Sequence[Entry]]]
"""The entries of each day of each row of a page."""


def _rows_of_month(sheet: Sheet) -> Rows:
    return [[_on(sheet.entries, day) for day in week] for week in weeks(sheet.first)] if sheet.first else []


def _rows_of_week(edition: Edition, sheet: Sheet) -> Rows:
    by_member = [[entry for entry in sheet.entries if member in entry.staff] for member in edition.members]
    return [[_on(mine, day) for day in sheet.days] for mine in by_member]


def _on(entries: Sequence[Entry], day: date | None) -> list[Entry]:
    return [entry for entry in entries if entry.day == day]


def _height(row: Sequence[Sequence[Entry]], size: float, width: float) -> float:
    """Return how high a row is, in pixels: as high as its fullest day, with a line for the date."""
    letters, line = max(1.0, width / (size * _LETTER)), size * _LINE
    days = (sum(_lines(entry, letters) * line + _SPACE for entry in day) for day in row)
    return max(days, default=0.0) + line + _SPACE


def _lines(entry: Entry, letters: float) -> int:
    small = f" {'・'.join(entry.rooms)}{' [内部] ' if entry.closed else ''}"
    return ceil((cell_len(f"00:00 ● {entry.name}") + 0.85 * cell_len(small) + 1) / letters)


def weeks(first: date) -> Iterator[list[date | None]]:
    """Yield the weeks of the month that begins on `first`, Monday first; None for days of other months."""
    monday = first - timedelta(days=first.weekday())
    while monday <= first or monday.month == first.month:
        week = [monday + timedelta(days=n) for n in range(7)]
        yield [day if day.month == first.month else None for day in week]
        monday += timedelta(days=7)
