"""Events whose names say when they are held (七夕, 入園式): wishes, where a table names only months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ksolve.calendar import MONTHS, FiscalYear, YearlyDay, holidays
from ksolve.frequency import months_of
from ksolve.published import PublishedRow

_MOST_SESSIONS = 3
"""A programme with more sessions a year is not held on one day of it."""
_WEEK = timedelta(days=6)
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class _Event:
    """A name, and the days of a month on which it is held; one day, or a stretch of them."""

    name: re.Pattern[str]
    month: int
    first: int
    last: int


def _event(name: str, month: int, first: int, last: int = 0) -> _Event:
    return _Event(re.compile(name), month, first, last or first)


_EVENTS = (
    _event(r"七夕|たなばた", 7, 7),
    _event(r"こどもの日|子どもの日|子供の日|端午", 5, 5),
    _event(r"節分|豆まき|まめまき", 2, 3),
    _event(r"ひな祭|ひなまつり|雛祭|桃の節句", 3, 3),
    _event(r"クリスマス", 12, 24),
    _event(r"ハロウィン|ハロウィーン", 10, 31),
    _event(r"七五三", 11, 15),
    _event(r"敬老", 9, 15, 21),
    _event(r"入園式|入学式|入所式|始業式|進級式", 4, 1, 10),
    _event(r"始業式", 9, 1, 5),
    _event(r"始業式", 1, 6, 10),
    _event(r"終業式", 7, 17, 24),
    _event(r"終業式", 12, 20, 26),
    _event(r"修了式|修業式|卒園式|卒業式|終業式", 3, 14, 26),
)


Stretch = tuple[date, date]
"""A first and a last day."""


def fixed_stretches(row: PublishedRow, year: FiscalYear) -> Iterator[tuple[Stretch, ...]]:
    """Yield the stretches of days on which a row's name has it held, each of which is a wish.

    For an event of one day they are the week up to it and then the day, unless most places are
    closed on it (a Sunday, a holiday). None where the table names dates or other months, or the
    row has many sessions.
    """
    high = row.count.high
    if row.dates or high is None or high > _MOST_SESSIONS or row.is_service or row.is_publication:
        return
    months = row.months.values if row.months else _of_frequency(row)
    named = [one for one in _EVENTS if one.name.search(row.name) and (not months or one.month in months)]
    held = [_stretch(event, year) for event in (named if months else named[:1])]
    if len(held) == 1 and held[0][0] == held[0][1]:
        day = held[0][0]
        yield ((day - _WEEK, day),)
        if day.weekday() == _SUNDAY or day in holidays(year):
            return
    if held:
        yield tuple(held)


def as_days(stretches: Sequence[Stretch]) -> list[tuple[YearlyDay, YearlyDay]]:
    """Return stretches as days of any year, as plans write them."""
    return [(YearlyDay(a.month, a.day), YearlyDay(b.month, b.day)) for a, b in stretches]


def _stretch(event: _Event, year: FiscalYear) -> Stretch:
    start = date(year.start + (event.month < MONTHS[0]), event.month, event.first)
    return start, start.replace(day=event.last)


def _of_frequency(row: PublishedRow) -> tuple[int, ...]:
    """Return the months that the frequency of a row names, none where it names all."""
    terms = row.frequency.terms if row.frequency else ()
    named = {month for term in terms if term.months for month in months_of(term)}
    return tuple(named)
