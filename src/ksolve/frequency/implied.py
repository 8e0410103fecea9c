"""What dates, days, a pattern, a period or a list of months say of how often, by themselves."""

from __future__ import annotations

from ksolve.frequency.draft import Draft
from ksolve.frequency.values import Pattern, Per, Range

ONE = Range(1, 1)
WEEKS = tuple(range(1, 6))
"""The weeks of a month; the last of them not every month has."""


def with_implied(draft: Draft) -> Draft:
    """Return a draft with the count and period that its dates, days, pattern or months state."""
    said = implied(draft)
    return draft._replace(count=draft.count or said.count, per=draft.per or said.per)


def implied(draft: Draft) -> Draft:
    """Return the count that dates, days, a pattern, a period or a list of months states by itself."""
    pattern, months = draft.pattern, draft.months
    monthly = draft.per is Per.MONTH
    if draft.dates:
        return _exactly(len(draft.dates), Per.YEAR)
    if draft.days:
        return _exactly(len(draft.days), Per.MONTH if months or monthly else Per.YEAR)
    if pattern and pattern.nths:
        return Draft(count=days_named(pattern), per=Per.MONTH)
    if pattern and not monthly:
        return _exactly(len(pattern.weekdays), Per.WEEK)
    named = months is not None and (months.each or months.either)
    return _exactly(1, draft.per or Per.MONTH) if draft.per or named else Draft()


def days_named(pattern: Pattern) -> Range:
    """Return how many days of a month a pattern names; not every month has a fifth Tuesday."""
    days = max(1, len(pattern.weekdays))
    sure = sum(n != WEEKS[-1] for n in pattern.nths)
    return Range(days * sure, days * len(pattern.nths))


def _exactly(count: int, per: Per) -> Draft:
    return Draft(count=Range(count, count), per=per)
