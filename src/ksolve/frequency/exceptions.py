"""Months with another weekday or count than the rest: 基本火曜日 5、2月は金曜日, 月1回(8月は2回)."""

from __future__ import annotations

from ksolve.frequency.completing import NO_WEEKDAY, ContradictionError, Fields
from ksolve.frequency.meaning import Months, Pattern, Per, Range
from ksolve.text import Text


def excepted(fields: Fields) -> list[Fields]:
    """Split ``基本火曜日 5、2月は金曜日`` into the rule without its exceptions, and the exceptions."""
    usual = dict(fields)
    exceptions: list[tuple[Months, Pattern | Range]] = usual.pop("exceptions", [])
    if not exceptions or not usual:
        return [fields]  # alone in a bracket: the exceptions are those of the term before it
    days: Pattern | None = usual.get("pattern")
    patterns = [other for _, other in exceptions if isinstance(other, Pattern)]
    if any(not pattern.weekdays for pattern in patterns) and not (days and days.weekdays):
        raise ContradictionError(NO_WEEKDAY)
    if "count" not in usual:
        pattern: Pattern | None = usual.get("pattern")
        usual["uncounted"] = not (pattern and pattern.nths)
    elif usual.get("per") not in (Per.MONTH, Per.WEEK):
        raise ContradictionError(_EXCEPTED)
    others: list[Fields] = [
        {**usual, "months": months, **_otherwise(other, days)} for months, other in exceptions
    ]
    before: Months | None = usual.get("without")
    left_out = [*(before.values if before else ()), *(m for months, _ in exceptions for m in months.values)]
    return [{**usual, "without": Months(tuple(left_out))}, *others]


def _otherwise(other: Pattern | Range, usual: Pattern | None) -> Fields:
    """Return an exception's count, or its pattern: on the usual weekday where it names none."""
    if isinstance(other, Range):
        return {"count": other, "per": Per.MONTH}
    named = other.weekdays or not usual
    return {"pattern": other if named else Pattern(usual.weekdays if usual else frozenset(), other.nths)}


_EXCEPTED = Text(
    "一部の月だけ曜日や回数が違うので、年の回数を月ごとに分けられません",
    "some months have another weekday or count: the yearly count cannot be shared out between them",
)
