"""Frequency text to meaning, or an error with the column of what is not understood."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice, product

from ksolve.frequency.combine import MOST_WAYS, Reading, readings
from ksolve.frequency.draft import TWICE, ContradictionError, Draft, Says, every
from ksolve.frequency.meaning import Closing, Frequency, Term, months_of
from ksolve.frequency.names import NAMED, names_in
from ksolve.frequency.scan import TOO_LONG, SlipError, respelled, scan
from ksolve.frequency.scope import CLOSED_WITHIN, at_sites, spelled_out
from ksolve.frequency.terms import completed
from ksolve.frequency.values import Per
from ksolve.frequency.wording import canonical
from ksolve.letters import bare
from ksolve.text import Text


class FrequencyError(ValueError):
    """A frequency text that has no meaning here.

    `column` counts from 0 in the text as given; `is_slip` is set where reading stopped there, and
    not where all was read and makes no sense (2月30日).
    """

    def __init__(self, text: str, column: int, reason: Text, *, is_slip: bool = False) -> None:
        self.text = text
        self.column = column
        self.reason = reason
        self.is_slip = is_slip
        super().__init__(f"{text!r}, column {column + 1}: {reason.en}")


@lru_cache(maxsize=4096)
def read_frequency(text: str) -> Frequency:
    """Return the meaning of a frequency as a municipality writes it, such as 月1回×5か月×2グループ.

    Raises FrequencyError with the column of the first character that is not understood.
    """
    plain, columns = respelled(*bare(text))
    ways = [(match.start(), match[0]) for match in _WAYS.finditer(plain)]
    if len(ways) > _MOST_WAYS:
        raise FrequencyError(text, columns[ways[_MOST_WAYS][0]], _TOO_MANY_WAYS)
    read = [_read(text, way, columns[start:]) for start, way in ways]
    if not read:
        raise FrequencyError(text, 0, _NOTHING)
    first, *others = read
    if others and first.terms and (_is_only_hours(others[0]) or _is_only_hours(first)):
        raise FrequencyError(text, columns[ways[1][0]], _TWO_HOURS)
    if others and in_turn(first, others[0]):
        return replace(first, text=text, terms=(*first.terms, *others[0].terms))
    return replace(first, text=text, otherwise=others[0] if others else None)


def _is_only_hours(way: Frequency) -> bool:
    """Whether a second way names a time and nothing else: 毎週土曜日 11:00～／15:00～."""
    bare = way.meaning == Frequency("", way.terms)
    return bare and all(term == Term(hours=term.hours) for term in way.terms)


def in_turn(first: Frequency, second: Frequency) -> bool:
    """Whether two ways speak of different months (4月～9月 月2回／10月～3月 月1回): then both hold."""
    bare = all(way.meaning == Frequency("", way.terms) for way in (first, second))
    months = [{month for term in way.terms for month in months_of(term)} for way in (first, second)]
    stated = all(term.months or term.within for way in (first, second) for term in way.terms)
    return bare and stated and bool(first.terms and second.terms) and not months[0] & months[1]


_WAYS = re.compile(r"(?:[^/]|(?<=\d)/(?=\d)|(?<=回)/(?=[年月週](?!\d)|\d+か月))+")
"""第4火曜日/直接日程調整 is two ways; the slash of 5/11 or 3回/年 is none."""
_MOST_WAYS = 2
_LONGEST = 400
"""A text of more characters is no frequency."""


def _read(text: str, plain: str, columns: tuple[int, ...]) -> Frequency:
    """Return the meaning of one way of a text, whose letters stand at columns of it."""
    if len(plain) > _LONGEST:
        raise FrequencyError(text, columns[_LONGEST], TOO_LONG)
    try:
        items = scan(plain, names_in(text, plain, columns) if NAMED.search(plain) else {})
        meanings = every(partial(_meant, way) for way in readings(items))
    except SlipError as slip:
        raise FrequencyError(text, columns[slip.at], _NOT_UNDERSTOOD, is_slip=True) from slip
    except ContradictionError as error:
        raise FrequencyError(text, columns[error.at or 0], error.reason) from error
    except ValueError as error:
        raise FrequencyError(text, columns[0], _BAD_VALUE) from error
    if len(meanings) > 1:
        one, *others = {meaning.meaning: meaning for meaning in meanings}.values()
        if others:
            said = {"one": canonical(one), "other": canonical(others[0])}
            raise FrequencyError(text, columns[0], _TWO_MEANINGS.fill(**said))
    return replace(meanings[0], text=text)


def _meant(way: Reading) -> list[Frequency]:
    beside = way.beside
    if beside.other_years and any(part.count for part in way.parts):
        raise ContradictionError(_OTHER_YEARS)
    closing = _closing_of(way)
    parts = () if closing else way.parts
    if any(part.exceptions for part in parts):
        parts = tuple(one for part in parts for one in spelled_out(part))
    each = [[terms for place in _places(part) for terms in completed(place)] for part in parts]
    found = []
    for chosen in islice(product(*each), MOST_WAYS):
        terms = tuple(term for terms in chosen for term in terms)
        terms = tuple(term for term in terms if not beside.services or term != Term())
        if not any((terms, beside.services, closing, beside.ditto, beside.bond)):
            raise ContradictionError(_NOTHING)
        found.append(
            Frequency(
                "",
                terms,
                beside.services,
                beside.bond,
                closing,
                beside.ditto,
                None,
                way.label,
                beside.remarks,
            )
        )
    return found


def _places(part: Draft) -> tuple[Draft, ...]:
    """Return a part in each way that its places can be meant, as it is where it names none."""
    return at_sites(part) if part.sites or part.has(Says.EACH_SITE, Says.APIECE) else (part,)


def _closing_of(way: Reading) -> Closing | None:
    """Return what a text says about closed days, None where it does not."""
    if not way.beside.closed:
        if way.beside.after_holidays:
            raise ContradictionError(_AFTER_HOLIDAYS)
        return None
    if any(part.stated - _OF_CLOSING or not _is_each_day(part) for part in way.parts):
        raise ContradictionError(CLOSED_WITHIN)
    patterns = [part.pattern for part in way.parts if part.pattern]
    weekdays = {day for pattern in patterns if not pattern.nths for day in pattern.weekdays}
    monthly = tuple(pattern for pattern in patterns if pattern.nths)
    dates = [(day, day) for part in way.parts for day in part.dates]
    dates += [days for part in way.parts for days in part.within]
    moved = {part.moved[0] for part in way.parts if part.moved}
    if len(moved) > 1:
        raise ContradictionError(TWICE)
    to = next(iter(moved), None)
    return Closing(frozenset(weekdays), way.beside.after_holidays, tuple(dates), to, monthly)


_OF_CLOSING = {"pattern", "dates", "within", "moved", "count", "per"}
"""What may be said of closed days."""


def _is_each_day(part: Draft) -> bool:
    """Whether all days that are named are closed: 毎週月曜日, but not 月1回(月曜日)."""
    pattern, count = part.pattern, part.count
    if part.per and pattern is None:
        return False
    if count is None:
        return True
    weekly = pattern is not None and not pattern.nths and part.per is Per.WEEK
    return weekly and pattern is not None and count.low == len(pattern.weekdays)


_NOT_UNDERSTOOD = Text("ここから先が読み取れません", "not understood from here on")
_NOTHING = Text("回数も時期も書かれていません", "states neither a count nor a time")
_TOO_MANY_WAYS = Text("三通り以上に分かれています", "names three ways or more")
_TWO_HOURS = Text(
    "時刻が二つあります。同じ日に2回なら 毎週土曜日 1日2回、どちらか一方なら一つの時刻だけを書きます",
    "two times: write 毎週土曜日 1日2回 for both on one day, or one time alone",
)
_TWO_MEANINGS = Text(
    "二通りに読めます。「{one}」か「{other}」のどちらかを書きます",
    "can be read in two ways: write {one}, or {other}",
)
_BAD_VALUE = Text("数・時刻・曜日として読めないところがあります", "a number, time or weekday that is none")
_OTHER_YEARS = Text(
    "隔年の事業を今年度に行うのかが分かりません。行う年度なら 年1回 のように回数だけを、"
    "行わない年度なら 隔年 とだけ書きます",
    "every other year: write the count alone (年1回) if it is held this year, 隔年 alone if not",
)
_AFTER_HOLIDAYS = Text(
    "「祝日の翌日」に行うのか休むのかが分かりません。休むなら 月曜日と祝日の翌日は休館 のように書きます",
    "held on the day after a holiday, or closed? Closed days are written 月曜日と祝日の翌日は休館",
)
