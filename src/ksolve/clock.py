"""Times of day as minutes after midnight, and spans of them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ksolve.letters import narrow

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[int, int]
"""A half-open span of a day: (first minute, minute after the last)."""
Spans = tuple[Span, ...]

DAY_MINUTES = 24 * 60
_CLOCK = re.compile(
    r"(?P<half>午前|午後)?(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|時(?:(?P<jp>\d{1,2})分|(?P<semi>半))?)"
)


def clock(minutes: int) -> str:
    """Return minutes after midnight as ``9:30``."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def parse_clock(text: str) -> int:
    """Return ``9:30``, ``09:30``, ``9時半``, ``午後1時30分`` or ``正午`` as minutes after midnight.

    Raises ValueError when the text is no time of day.
    """
    plain = narrow(text).strip()
    if plain == "正午":
        return DAY_MINUTES // 2
    found = _CLOCK.fullmatch(plain)
    if not found:
        raise ValueError(text)
    minute = 30 if found["semi"] else int(found["minute"] or found["jp"] or 0)
    hour = int(found["hour"])
    if found["half"]:
        if hour > 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if found["half"] == "午後" else 0)
    if minute > 59 or hour * 60 + minute > DAY_MINUTES:
        raise ValueError(text)
    return hour * 60 + minute


def parse_span(text: str) -> Span:
    """Return ``9:00-17:00`` (any dash or 〜) as (540, 1020). Raises ValueError."""
    ends = re.split("[-~]|から", narrow(text).strip().removesuffix("まで"))
    if len(ends) != 2:
        raise ValueError(text)
    start, end = parse_clock(ends[0]), parse_clock(ends[1])
    if start >= end:
        raise ValueError(text)
    return start, end


def parse_spans(text: str) -> Spans:
    """Return ``9:00-12:00, 13:00-17:00`` as spans in order. Raises ValueError, also where they overlap."""
    parts = re.split(r"[,、・/]|と(?=[\d午正])", narrow(text))
    spans = tuple(sorted(parse_span(part) for part in parts))
    if any(second[0] < first[1] for first, second in pairwise(spans)):
        raise ValueError(text)
    return spans


def show_spans(spans: Spans) -> str:
    """Return ``9:00-12:00, 13:00-17:00``."""
    return ", ".join(f"{clock(first)}-{clock(last)}" for first, last in spans)


def join_spans(spans: Iterable[Span]) -> Spans:
    """Join spans that touch or overlap: open from 9:00 to 12:00 and from 12:00 on is open at noon."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def spans_without(spans: Spans, gone: Iterable[Span]) -> Spans:
    """Return what is left of spans when others are taken away."""
    for start, end in gone:
        spans = tuple(
            part
            for first, last in spans
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        )
    return spans


@lru_cache(maxsize=1 << 14)
def covers(spans: Spans, start: int, end: int) -> bool:
    """Tell whether one of the spans contains the whole of [start, end)."""
    return any(first <= start and end <= last for first, last in spans)
