"""The days that a cell names: 4/20, 5/11・18, 28～31, 18日(土), 2019-06-15, 6 20."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from ksolve.calendar import ERAS, WEEKDAYS, YearlyDay
from ksolve.letters import narrow

_ERA = re.compile(r"(令和|平成|R|H)(\d{1,2}|元)[年./]\s*(\d{1,2})[月./]\s*(\d{1,2})日?")
_WESTERN = re.compile(r"(\d{4})[-年./]\s*(\d{1,2})[-月./]\s*(\d{1,2})日?")
_ITEM = re.compile(
    r"(?:(?P<year>\d{4})/)?(?:(?P<month>\d{1,2})[/月])?(?P<day>\d{1,2})日?"
    rf"(?:\((?P<weekday>[{WEEKDAYS}])(?:曜日?)?[・,]?[祝休]?\)"
    rf"|(?:(?<=日)\s*|\s+(?!月))(?P<beside>[{WEEKDAYS}])(?:曜日?)?(?![\d月日]))?"
)
_BETWEEN = re.compile(r"[・,、\s]+|~")
_TIMED = re.compile(r"(\d{4}/\d{1,2}/\d{1,2})(?:\s+|T)(\d{1,2}):([0-5]\d)(?::\d{2})?")
_LAST_HOUR = 23
_ERAS = {**ERAS, "R": ERAS["令和"], "H": ERAS["平成"]}
_LONGEST = 400
_MOST_DAYS = 7
"""A stretch of more days than this is a period and no list of dates."""


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a text names, and the weekday and the time (minutes of the day) that stand beside it."""

    day: YearlyDay
    weekday: str = ""
    start: int | None = None

    @property
    def is_real(self) -> bool:
        """Whether the calendar has such a day (2/29 is judged in its own year)."""
        return _real(self.day) is not None


@lru_cache(maxsize=4096)
def named_days(text: str, month: int = 0) -> tuple[Named, ...]:
    """Return the days that a text names and nothing else; empty where it names anything else.

    A day without a month is in the month named before it, or in `month`.
    """
    if len(text) > _LONGEST or not any(letter.isdecimal() for letter in text):
        return ()
    plain, start = _without_time(_plain(text))
    found: list[Named] = []
    at, from_day = 0, False
    while item := _ITEM.match(plain, at):
        named = _named(item, found[-1].day if found else None, month)
        if named is None:
            return ()
        if from_day:
            named = _after(found[-1], named)
        if from_day and not _is_short(found[-1], named):
            return ()
        found += _between(found[-1], named) if from_day else ()
        found.append(named)
        at = item.end()
        gap = _BETWEEN.match(plain, at)
        if at == len(plain) or not gap:
            break
        at, from_day = gap.end(), gap[0] == "~"
    if not found or at != len(plain) or plain.endswith("~"):  # 7/22～ says only from when on
        return ()
    return tuple(replace(one, start=start) for one in found) if start is not None else tuple(found)


def serial_day(text: str) -> tuple[Named, ...]:
    """Return the day of a date that a spreadsheet lost the form of (45423), counted from 1899-12-30."""
    bare = _plain(text[:_LONGEST_SERIAL])
    if not bare.isascii() or not bare.isdecimal() or not _SERIALS[0] <= int(bare) <= _SERIALS[1]:
        return ()
    day = date(1899, 12, 30) + timedelta(days=int(bare))
    return (Named(YearlyDay(day.month, day.day, day.year)),)


_LONGEST_SERIAL = 8
_SERIALS = 36526, 73050
"""The years 2000 to 2099."""


def _without_time(text: str) -> tuple[str, int | None]:
    """Part the time from a single full date, as books hold it: 2025/4/19 10:30."""
    found = _TIMED.fullmatch(text)
    if not found or int(found[2]) > _LAST_HOUR:
        return text, None
    return found[1], int(found[2]) * 60 + int(found[3])


@lru_cache(maxsize=4096)
def stretch_in(text: str, month: int = 0) -> tuple[YearlyDay, YearlyDay] | None:
    """Return the first and the last day of a text that is a period (7/22~8/29) and no list of days."""
    if len(text) > _LONGEST or named_days(text, month):
        return None
    ends = _plain(text).split("~")
    first = named_days(ends[0], month) if len(ends) == 2 else ()
    last = named_days(ends[1], first[0].day.month) if len(first) == 1 else ()
    return (first[0].day, last[0].day) if len(last) == 1 else None


def _after(first: Named, last: Named) -> Named:
    """Return the end of a stretch in the year of its beginning where it names none: 2024/8/13～8/15."""
    if first.day.year is None or last.day.year is not None:
        return last
    year = first.day.year + ((last.day.month, last.day.day) < (first.day.month, first.day.day))
    return replace(last, day=replace(last.day, year=year))


def _is_short(first: Named, last: Named) -> bool:
    """Tell a stretch whose days are all meant from a period: a week at most, within one month."""
    return first.day.month == last.day.month and 0 <= last.day.day - first.day.day < _MOST_DAYS


@lru_cache(maxsize=4096)
def is_run_of_days(text: str) -> bool:
    """Tell 28～31 in a month's cell from 2～3, which may as well be a number of sessions."""
    found = _RUN.fullmatch(_plain(text[:_LONGEST]))
    return found is not None and int(found[1]) < int(found[2]) and int(found[2]) > _MOST_A_MONTH


_RUN = re.compile(r"(\d{1,2})~(\d{1,2})")
_MOST_A_MONTH = 10
"""A number above this in a month's cell is no number of sessions."""


def _plain(text: str) -> str:
    """Return a text in one width, with years written 2024/4/18 and ~ for every dash and tilde."""
    plain = _WESTERN.sub(r"\1/\2/\3", _ERA.sub(_with_year, narrow(text).strip()))
    plain = re.sub(r"(?<=[\d日)])\s*から\s*(?=\d)", "~", re.sub(r"(?<=[\d日)])まで$", "", plain))
    plain = re.sub(r"\s*[-~]\s*", "~", plain)
    return re.sub(r"(?<=[月/])\s+|\s+(?=\()", "", plain)


def _with_year(found: re.Match[str]) -> str:
    count = 1 if found[2] == "元" else int(found[2])
    return f"{_ERAS[found[1]] + count}/{found[3]}/{found[4]}"


def _named(item: re.Match[str], before: YearlyDay | None, month: int) -> Named | None:
    number = int(item["month"]) if item["month"] else before.month if before else month
    if not 1 <= number <= 12 or not 1 <= int(item["day"]) <= 31:
        return None
    kept = before.year if before and not item["month"] else None
    year = int(item["year"]) if item["year"] else kept
    return Named(YearlyDay(number, int(item["day"]), year), item["weekday"] or item["beside"] or "")


def _between(first: Named, last: Named) -> Iterator[Named]:
    """Yield the days between two of a stretch, 28~31; none where it is no stretch of days."""
    start, end = _real(first.day), _real(last.day)
    if start is None or end is None:
        return
    for number in range(1, (end - start).days):
        day = start + timedelta(days=number)
        yield Named(YearlyDay(day.month, day.day, day.year if first.day.year else None))


def _real(day: YearlyDay) -> date | None:
    """Return the day as a date, in a leap year where it names no year."""
    try:
        return date(day.year or 2000, day.month, day.day)
    except ValueError:
        return None
