"""Frequency text to meaning, or an error with the column of what is not understood."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import cast

from lark import UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from ksolve.frequency.clauses import Folded, check_years, closing_of
from ksolve.frequency.completing import complete
from ksolve.frequency.exceptions import spelled_out
from ksolve.frequency.exclusions import UnsureError, spread
from ksolve.frequency.fields import ContradictionError
from ksolve.frequency.interpreting import Interpreter
from ksolve.frequency.meaning import Frequency, Term, months_of
from ksolve.frequency.naming import named
from ksolve.frequency.parsing import parser
from ksolve.frequency.respelling import respelled
from ksolve.frequency.sites import at_sites
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
    plain, columns = bare(text)
    if len(plain) <= _MOST_WAYS * _LONGEST:
        plain, columns = respelled(text, *named(text, plain, columns))
    try:
        plain, columns = spread(plain, columns)
    except UnsureError as error:
        raise FrequencyError(text, columns[error.at], error.reason) from error
    ways = [(match.start(), match[0]) for match in _WAYS.finditer(plain)]
    if len(ways) > _MOST_WAYS:
        raise FrequencyError(text, columns[ways[_MOST_WAYS][0]], _TOO_MANY_WAYS)
    read = [_read(text, start, way, columns) for start, way in ways]
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
    return all(term == Term(hours=term.hours) for term in way.terms) and way.meaning == Frequency(
        "", way.terms
    )


def in_turn(first: Frequency, second: Frequency) -> bool:
    """Whether two ways speak of different months (4月～9月 月2回／10月～3月 月1回): then both hold."""
    bare = all(way.meaning == Frequency("", way.terms) for way in (first, second))
    months = [{month for term in way.terms for month in months_of(term)} for way in (first, second)]
    stated = all(term.months or term.within for way in (first, second) for term in way.terms)
    return bare and stated and bool(first.terms and second.terms) and not months[0] & months[1]


_WAYS = re.compile(r"(?:[^/]|(?<=\d)/(?=\d)|(?<=回)/(?=[年月週](?!\d)|\d+か月))+")
"""第4火曜日/直接日程調整 is two ways; the slash of 5/11 or 3回/年 is none."""
_MOST_WAYS = 2
_DEEPEST = 20
_LONGEST = 400
"""A text of more characters is no frequency."""

_NOT_UNDERSTOOD = Text("ここから先が読み取れません", "not understood from here on")
_NOTHING = Text("回数も時期も書かれていません", "states neither a count nor a time")
_TOO_MANY_WAYS = Text("三通り以上に分かれています", "names three ways or more")
_TWO_HOURS = Text(
    "時刻が二つあります。同じ日に2回なら 毎週土曜日 1日2回、どちらか一方なら一つの時刻だけを書きます",
    "two times: write 毎週土曜日 1日2回 for both on one day, or one time alone",
)
_TOO_LONG = Text("長すぎて頻度とは読めません", "too long for a frequency")
_BAD_VALUE = Text("数・時刻・曜日として読めないところがあります", "a number, time or weekday that is none")


def _read(text: str, start: int, plain: str, columns: tuple[int, ...]) -> Frequency:
    """Read one way of a normalised text that begins at an offset of it."""
    if len(plain) > _LONGEST or plain.count("(") > _DEEPEST:
        raise FrequencyError(text, columns[start + min(_LONGEST, len(plain))], _TOO_LONG)
    try:
        folded = cast(Folded, Interpreter().transform(parser().parse(plain)))
        check_years(folded)
        closing = closing_of(folded)
        terms = () if closing else _terms(folded)
    except UnexpectedInput as error:
        column = columns[start + _stopped(error, len(plain))]
        raise FrequencyError(text, column, _NOT_UNDERSTOOD, is_slip=True) from error
    except VisitError as error:
        if not isinstance(error.orig_exc, ContradictionError | ValueError):
            raise
        at = getattr(getattr(error.obj, "meta", None), "start_pos", 0)
        reason = getattr(error.orig_exc, "reason", _BAD_VALUE)
        raise FrequencyError(text, columns[start + at], reason) from error
    except ContradictionError as error:
        raise FrequencyError(text, columns[start], error.reason) from error
    if not any((terms, folded.services, closing, folded.ditto, folded.bond)):
        raise FrequencyError(text, columns[start], _NOTHING)
    return Frequency(
        text,
        terms,
        frozenset(folded.services),
        folded.bond,
        closing,
        folded.ditto,
        None,
        folded.label,
        tuple(folded.remarks),
    )


def _terms(folded: Folded) -> tuple[Term, ...]:
    """Return the terms; one that says nothing (隔週 beside 随時) is none."""
    each = (one for fields in folded.terms for one in spelled_out(fields))
    terms = (term for one in each for term in complete(at_sites(one)))
    return tuple(term for term in terms if not folded.services or term != Term())


def _stopped(error: UnexpectedInput, end: int) -> int:
    """Return where reading stopped; lark names the last token's place when more was wanted."""
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    position = error.pos_in_stream
    return end if at_end or position is None or position < 0 else position
