"""Rows and notes that say when the place is closed: no programmes, but days of the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ksolve.calendar import YearlyDay
from ksolve.frequency.closures import parse_closed_days
from ksolve.published.cell.findings import Findings
from ksolve.published.rows import Closure, Note, PublishedRow

_CLOSING = re.compile(
    r"(?:(?:休館|閉館|休室|休所|休業|閉庁|休園|休校|休診)(?:日|期間|中)?|定休日|(?:特別|図書|館内)整理(?:日|期間)|蔵書点検)"
    r"(?:\s*[(（][^()（）]*[)）])?\s*"
)
_LONGEST = 40


def is_closing(name: str) -> bool:
    """Tell the name of closed days (月例整理休館日, 学校閉庁日) from a programme's."""
    found = [*_CLOSING.finditer(name)] if len(name) <= _LONGEST else []
    return bool(found) and found[-1].end() == len(name)


def closures_of(row: PublishedRow, findings: Findings) -> Iterator[Closure]:
    """Yield the closed days that a row names: its dates, or else what its frequency says.

    Where it says only in which months, or nothing that a calendar can hold, that is an error.
    """
    texts = [*_stretches(row.dates)] or [row.frequency_text]
    for text in texts:
        if days := _readable(text):
            findings.say("closed-days", row.line, 1, name=row.name, days=days)
            yield Closure(days, row.name, row.line, 1)
        else:
            findings.say("closed-days-unknown", row.line, 1, name=row.name)


def closures_of_notes(notes: Sequence[Note], findings: Findings) -> Iterator[Closure]:
    """Yield the closed days that notes name (※月曜日は休館); one that cannot be read is said."""
    for note in notes:
        text = note.text.lstrip("※＊* ")
        days = _readable(text) if note.closing or _SAYS_CLOSED.search(text) else ""
        if days:
            findings.say_printed("closed-days", note.line, note.column, name=note.text, days=days)
            yield Closure(days, note.text, note.line, note.column)
        elif note.closing or _SAYS_CLOSED.search(note.text):
            findings.say_printed("closed-days-unknown", note.line, note.column, name=note.text)


_SAYS_CLOSED = re.compile(
    r"(?:は|を|も|が)(?:休館|閉館|休室|休所|休業|閉庁|お休み)|(?:休館|閉館|休室|休所|休業)日[:：は]"
)


def _readable(text: str) -> str:
    """Return a text as the calendar of a plan can hold it, nothing where it cannot."""
    for days in (text, *_IN_BRACKETS.findall(text)):
        try:
            return parse_closed_days(days).text
        except ValueError:
            continue
    return ""


_IN_BRACKETS = re.compile(r"[(（](\d[^()（）]*\d日?)[)）]")
"""The dates in 年末年始(12月29日～1月3日)は休館."""


def _stretches(days: Sequence[YearlyDay]) -> Iterator[str]:
    """Yield the dates as stretches: 2/1〜2/5."""
    ordered = list(dict.fromkeys(days))
    for _, run in groupby(enumerate(ordered), key=lambda item: (item[1].month, item[1].day - item[0])):
        found = [day for _, day in run]
        ends = dict.fromkeys((found[0], found[-1]))
        yield "〜".join(_written(day) for day in ends)


def _written(day: YearlyDay) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day.year else f"{day.month}/{day.day}"
