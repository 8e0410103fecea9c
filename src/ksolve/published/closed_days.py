"""Rows and notes that say when the place is closed: no programmes, but days of the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ksolve.calendar import YearlyDay
from ksolve.frequency.closures import parse_closed_days
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.header_words import plain
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
        read = _read(text)
        if read.days:
            findings.say("closed-days", row.line, 1, name=row.name, days="、".join(read.days))
        for _ in read.unread:
            findings.say("closed-days-unknown", row.line, 1, name=row.name)
        yield from (Closure(days, row.name, row.line, 1) for days in read.closed)


def closures_of_notes(notes: Sequence[Note], findings: Findings) -> Iterator[Closure]:
    """Yield the closed days that notes name (※月曜日は休館); one that cannot be read is said."""
    for note in notes:
        if not (note.closing or _SAYS_CLOSED.search(note.text)):
            continue
        read = _read(note.text.lstrip("※＊* "))
        if read.days:
            days = "、".join(read.days)
            findings.say_printed("closed-days", note.line, note.column, name=note.text, days=days)
        for unread in read.unread:
            findings.say_printed("closed-days-unknown", note.line, note.column, name=unread or note.text)
        yield from (Closure(days, note.text, note.line, note.column) for days in read.closed)


_SAYS_CLOSED = re.compile(
    r"(?:は|を|も|が)(?:休館|閉館|休室|休所|休業|閉庁|お休み)|(?:休館|閉館|休室|休所|休業)日[:：は]"
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text says of closed days: those for the calendar, all that is understood, and what is not."""

    closed: tuple[str, ...]
    days: tuple[str, ...]
    unread: tuple[str, ...]


def _read(text: str) -> _Read:
    """Read a text as a whole, or else each of the days that it lists (月曜日と年末年始(12/28～1/4)は休館)."""
    if whole := _readable(text):
        return _Read((whole,), (whole,), ())
    bare = _CLOSED.sub("", _LABEL.sub("", _BUT.sub(r"(\g<moved>)", plain(text))))
    pieces = [piece for part in _BETWEEN.split(bare) if part for piece in _apart(part)]
    if len(pieces) < _TWO and not any(map(_readable, pieces)):
        return _Read((), (), (text,))
    found = [(piece, _readable(piece)) for piece in pieces]
    usual = [piece for piece, days in found if not days and _ALWAYS_CLOSED.fullmatch(piece)]
    unread = tuple(piece for piece, days in found if not days and piece not in usual)
    known = tuple(days or piece for piece, days in found if days or piece in usual)
    return _Read(tuple(days for _, days in found if days), known, unread)


def _apart(piece: str) -> list[str]:
    """Return what dots divide where it cannot be read together, as 第1・第3月曜日 can."""
    is_read = _readable(piece) or _ALWAYS_CLOSED.fullmatch(piece)
    return [piece] if is_read else [part for part in _DOTS.split(piece) if part]


_TWO = 2
_LABEL = re.compile(r"^(?:(?:休館|閉館|休室|休所|休業)日|定休日|休み)\s*[:は]\s*")
_CLOSED = re.compile(
    r"(?:(?:は|を|も|が)?(?:休館|閉館|休室|休所|休業|閉庁|お?休み)日?)?(?:です|とします|します|となります)?。?$"
)
_BUT = re.compile(
    r"(?:(?:は|を)?(?:休館|閉館|休室|休所|休業)日?(?:です|とします)?)?[。,、](?:ただし|但し)[,、]?(?P<moved>[^。()]*?[祝休]日[^。()]*?)。?$"
)
"""月曜日は休館です。ただし、祝日の場合は翌日: a second sentence says what the bracket does elsewhere."""
_BETWEEN = re.compile(r"(?:、|,|と|及び|および|並びに|ならびに)(?![^()]*\))")
_DOTS = re.compile(r"・(?![^()]*\))")
"""What stands between the days of a list, outside brackets."""
_ALWAYS_CLOSED = re.compile(r"(?:国民の)?(?:祝日|祝祭日|休日)|年末年始")
"""Days on which a plan that is drafted is closed in any case."""


def _readable(text: str) -> str:
    """Return a text as the calendar of a plan can hold it, nothing where it cannot."""
    brackets = _IN_BRACKETS.findall(text) if not _ON_WEEKDAYS.search(text) else []
    for days in (text, _CALLED.sub("", text), *(brackets if len(brackets) == 1 else [])):
        try:
            return parse_closed_days(days).text
        except ValueError:
            continue
    return ""


_CALLED = re.compile(r"[(（][^()（）\d]{0,6}(?:整理|点検|清掃|工事|消毒)(?:作業)?日?等?[)）]$")
"""What a closed day is called: 第3木曜日(館内整理日)."""
_IN_BRACKETS = re.compile(r"[(（](\d[^()（）]*\d日?)[)）]")
"""The dates in 年末年始(12月29日～1月3日)は休館."""
_ON_WEEKDAYS = re.compile(r"[月火水木金土日]曜|毎週|毎月|第\d|祝")
"""Days beside a bracket, which are not to be lost: 月曜日と年末年始(12/28～1/4)."""


def _stretches(days: Sequence[YearlyDay]) -> Iterator[str]:
    """Yield the dates as stretches: 2/1〜2/5."""
    ordered = list(dict.fromkeys(days))
    for _, run in groupby(enumerate(ordered), key=lambda item: (item[1].month, item[1].day - item[0])):
        found = [day for _, day in run]
        ends = dict.fromkeys((found[0], found[-1]))
        yield "〜".join(_written(day) for day in ends)


def _written(day: YearlyDay) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day.year else f"{day.month}/{day.day}"
