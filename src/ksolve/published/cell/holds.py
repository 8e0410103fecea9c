"""What the cells of a column hold, whatever its heading is: dates, counts, frequencies, times, weekdays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from ksolve.calendar import WEEKDAYS
from ksolve.published.cell.dates import named_days, stretch_in
from ksolve.published.cell.frequencies import meaning_of, span_of
from ksolve.published.cell.header_words import Role, plain, read_head
from ksolve.published.cell.signs import mark_kind
from ksolve.published.rows import MarkKind

_LONGEST = 60
_MOST = 0.6
"""A column holds what so large a part of its cells hold."""
_WHEN = (Role.DATES, Role.FREQUENCY, Role.PERIOD, Role.WEEKDAY)
_NOTHING = re.compile(r"[-~ー－※＊*\s]*")


def role_held(texts: Iterable[str]) -> Role | None:
    """Return what the cells of a column hold, None where most of them are words or signs."""
    held = [_held(text) for text in texts if text and not _NOTHING.fullmatch(text)]
    found = Counter(role for role in held if role)
    when = sum(found[role] for role in _WHEN)
    if held and when >= _MOST * len(held):
        return max(_WHEN, key=lambda role: found[role])
    return Role.HOURS if held and found[Role.HOURS] >= _MOST * len(held) else None


@lru_cache(maxsize=4096)
def says_when(text: str) -> bool:
    """Tell a cell that holds a date, a frequency or a count and nothing else."""
    return _held(text) in _WHEN


@lru_cache(maxsize=4096)
def _held(text: str) -> Role | None:
    """Return what a cell holds; a bare number says nothing."""
    bare = plain(text[:_LONGEST])
    if len(text) > _LONGEST or bare.isdecimal():
        return None
    held = {
        Role.PERIOD: bool(read_head(text).months),
        Role.WEEKDAY: not set(re.sub(r"曜日?|[()・,、/]", "", bare)) - set(WEEKDAYS),
        Role.DATES: bool(named_days(text, month=1) or stretch_in(text, month=1)),
        Role.HOURS: span_of(text) is not None,
    }
    return next((role for role, holds in held.items() if holds), None) or _held_as_frequency(text)


def _held_as_frequency(text: str) -> Role | None:
    meaning = meaning_of(text) if mark_kind(text) is MarkKind.LABEL else None
    if meaning is None or meaning.closing:
        return None
    counted = any(term.count or term.pattern or term.days for term in meaning.terms)
    if counted or meaning.services:
        return Role.FREQUENCY
    return Role.PERIOD if meaning.terms else None
