"""Dates, weekdays, months and hours, as plans write them, in the fiscal year 2024 (令和6年度)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

import holidays as holidays_of_the_world

YEAR = 2024
FIRST, LAST = date(YEAR, 4, 1), date(YEAR + 1, 3, 31)
DAYS = tuple(FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1))
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
NAMES = "月火水木金土日"
HOLIDAYS = frozenset(holidays_of_the_world.country_holidays("JP", years=[YEAR, YEAR + 1]))

Hours = tuple[tuple[int, int], ...]


def day_of(text: str) -> date:
    """``4/3``, ``2024-04-03``."""
    if "-" in text:
        return date.fromisoformat(text)
    month, day = map(int, text.split("/"))
    return date(YEAR + (month < 4), month, day)


@cache
def stretch(text: str) -> frozenset[date]:
    """``4/3`` or ``12/29〜1/3``, every date of it."""
    first, _, last = text.partition("〜")
    begin, end = day_of(first), day_of(last or first)
    return frozenset(begin + timedelta(n) for n in range((end - begin).days + 1))


def stretches(texts: str | Iterable[str]) -> frozenset[date]:
    """Every date of some stretches."""
    return frozenset[date]().union(*map(stretch, [texts] if isinstance(texts, str) else texts))


@cache
def weekdays(text: str) -> frozenset[int]:
    """``月-金``, ``火``, ``木金``: 0 is Monday."""
    if "-" in text:
        first, last = (NAMES.index(name) for name in text.split("-"))
        return frozenset(range(first, last + 1))
    return frozenset(map(NAMES.index, text))


@cache
def months(text: str) -> tuple[int, ...]:
    """``4月``, ``4月・6月``, ``10月～1月`` in the order of the fiscal year."""
    if "～" in text:
        first, last = (MONTHS.index(int(part.removesuffix("月"))) for part in text.split("～"))
        return MONTHS[first : last + 1]
    return tuple(sorted((int(part.removesuffix("月")) for part in text.split("・")), key=MONTHS.index))


@cache
def minute(text: str) -> int:
    """``9:30`` in minutes after midnight."""
    hour, _, rest = text.partition(":")
    return int(hour) * 60 + int(rest)


@cache
def span(text: str) -> Hours:
    """``9:00-17:00``."""
    begin, end = text.split("-")
    return ((minute(begin), minute(end)),)


def weekly(given: dict[str, str]) -> dict[int, Hours]:
    """Weekdays to hours."""
    return {day: span(hours) for key, hours in given.items() for day in weekdays(key)}


@cache
def monday(day: date) -> date:
    """The Monday of a date's week."""
    return day - timedelta(day.weekday())


def nth(day: date) -> int:
    """Which of its weekday in the month a date is."""
    return (day.day - 1) // 7 + 1


def is_last(day: date) -> bool:
    """Whether a date is the last of its weekday in the month."""
    return (day + timedelta(7)).month != day.month


def nth_days(month: int, days: Iterable[int], nths: Sequence[int]) -> list[date]:
    """The dates of a month that are the nth of these weekdays, -1 the last."""
    mine = [day for day in DAYS if day.month == month and day.weekday() in set(days)]
    return [day for day in mine if nth(day) in nths or (-1 in nths and is_last(day))]


@cache
def period(day: date, per: str) -> object:
    """The period of a date: year, half, quarter, term, month, week or day."""
    at = MONTHS.index(day.month)
    found: dict[str, object] = {
        "year": 0,
        "half": at // 6,
        "quarter": at // 3,
        "term": (at > 4) + (at > 8),
        "month": at,
        "week": monday(day),
        "day": day,
    }
    return found[per]


def numbers(text: str) -> list[int]:
    """The numbers in a text."""
    return [int(found) for found in re.findall(r"\d+", text)]


@cache
def month_list_days(named: tuple[int, ...]) -> frozenset[date]:
    """Every date of the year in some months."""
    return frozenset(day for day in DAYS if day.month in named)
