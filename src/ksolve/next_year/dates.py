"""Days that name their year, some years later: a festival keeps its weekday, a stretch of days its dates."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from ksolve.calendar import FiscalYear, YearlyDay, holidays, parse_days, show_day, span_of_days, week_of_month
from ksolve.findings import Place
from ksolve.next_year.said import Change, Question, Said
from ksolve.plan.yaml_edit import YamlText
from ksolve.plan.yamlfile import Document
from ksolve.text import Text, plain

_DATE = re.compile(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}")


def later(text: str, years: int) -> str | None:
    """Move days that name their year by some years, None where the text is no such days.

    A single day goes to the same weekday (a Saturday's festival stays on a Saturday), a stretch
    of days keeps its dates (12/29 to 1/3, all of August).
    """
    try:
        first, last = parse_days(text)
    except ValueError:
        return None
    if first.year is None and last.year is None:
        return None
    if first == last:
        return same_weekday(date(first.year or 0, first.month, first.day), years).isoformat()
    return f"{_same_date(first, years)}〜{_same_date(last, years)}"


def same_weekday(day: date, years: int) -> date:
    """Return the date nearest to a day some years later that has its weekday."""
    return day + timedelta(weeks=round(years * 365.25 / 7))


def in_other_year(day: YearlyDay, old: FiscalYear, new: FiscalYear) -> YearlyDay:
    """Return a day without a year as another year has it: the same holiday, or the nth weekday of its month.

    A Sunday counts as a Sunday, holiday or not; a fifth becomes the last.
    """
    there = day.within(old)
    name = holidays(old).get(there)
    same = [one for one, other in holidays(new).items() if other == name and one.month == day.month]
    if name and same and there.weekday() != _SUNDAY:
        moved = same[0]
    else:
        days = [one for one in span_of_days(*new.month(day.month)) if one.weekday() == there.weekday()]
        moved = days[min(week_of_month(there), len(days)) - 1]
    return YearlyDay(moved.month, moved.day)


_SUNDAY = 6


def _same_date(day: YearlyDay, years: int) -> YearlyDay:
    """Return a day some years later; 2/29 becomes 2/28 where the year has none."""
    if day.year is None:
        return day
    year = day.year + years
    return YearlyDay(day.month, min(day.day, monthrange(year, day.month)[1]), year)


def move_dates(
    text: YamlText, years: tuple[FiscalYear, FiscalYear], stay: Collection[str] = frozenset()
) -> Said:
    """Move every day of a file that names its year, and say so; one within a sentence is asked about.

    A 2/29 without a year is 2/28 where the new year has none. What is among `stay` is of the new year.
    """
    said = list(_dates(text.document, years, stay))
    for node in sorted(text.document.scalars(), key=lambda node: -node.start_mark.index):
        moved = None if node.value in stay else _later(node.value, years)
        if moved:
            text.replace_scalar(node, moved)
    changes = tuple(one for one in said if isinstance(one, Change))
    return Said(changes, tuple(one for one in said if isinstance(one, Question)))


def _later(text: str, years: tuple[FiscalYear, FiscalYear]) -> str | None:
    old, new = years
    return later(text, new.start - old.start) or _without_29_february(text, new)


def _without_29_february(text: str, year: FiscalYear) -> str | None:
    """Return days without a year of which one is 2/29 as a year has them that has none; else None."""
    try:
        days = parse_days(text)
    except ValueError:
        return None
    if isleap(year.last.year) or not any((day.month, day.day) == (2, 29) for day in days):
        return None
    first, last = (YearlyDay(2, 28) if (day.month, day.day) == (2, 29) else day for day in days)
    return str(first) if first == last else f"{first}〜{last}"


def _dates(
    document: Document, years: tuple[FiscalYear, FiscalYear], stay: Collection[str]
) -> Iterator[Change | Question]:
    for node in (one for one in document.scalars() if one.value not in stay):
        place = Place(document.file, node.start_mark.line + 1, node.start_mark.column + 1)
        moved = _later(node.value, years)
        if moved and _without_29_february(node.value, years[1]):
            yield Change("date-moved", "", node.value, moved, _NO_LEAP_YEAR, place)
            yield Question(f"date:{node.value}", "", _STILL.fill(days=plain(moved)), moved, place=place)
        elif moved and "〜" in moved:
            yield Change("date-moved", "", node.value, moved, _SAME_DATES, place)
            yield Question(f"date:{node.value}", "", _STILL.fill(days=plain(moved)), moved, place=place)
        elif moved:
            shown = show_day(date.fromisoformat(moved))
            yield Change("date-moved", "", node.value, shown, _SAME_WEEKDAY, place)
            yield Question(f"date:{node.value}", "", _STILL.fill(days=plain(shown)), moved, place=place)
        elif _DATE.search(node.value):
            yield Question(f"text:{node.value}", "", _LEFT.fill(text=plain(node.value)), place=place)


_SAME_DATES = Text("期間なので、今年度の同じ日付としました", "a stretch of days keeps its dates")
_NO_LEAP_YEAR = Text("今年度に 2/29 はないため", "this year has no 2/29")
_SAME_WEEKDAY = Text("同じ曜日に移しました", "moved to the same weekday")
_STILL = Text("{days} でよいですか(前年度の日付から)", "is {days} right? It comes from last year's date")
_LEFT = Text(
    "「{text}」の中の日付はそのままにしました。今年度もこの日付でよいですか",
    "the date within {text} is left as it was: does it still hold?",
)
