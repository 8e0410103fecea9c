"""Months with another weekday or count than the rest: 基本火曜日 5、2月は金曜日, 月1回(8月は2回)."""

from __future__ import annotations

from ksolve.frequency.completing import NO_WEEKDAY, implied
from ksolve.frequency.fields import TWICE, ContradictionError, Fields
from ksolve.frequency.meaning import Months, Pattern, Per, Range
from ksolve.text import Text


def excepted(fields: Fields) -> list[Fields]:
    """Split ``基本火曜日 5、2月は金曜日`` into the rule without its exceptions, and the exceptions."""
    usual = dict(fields)
    if usual.pop("others", False) and "count" in usual:
        usual.setdefault("per", Per.MONTH)  # 4月は2回、その他の月は1回
    exceptions: list[tuple[Months, Pattern | Range]] = usual.pop("exceptions", [])
    if not exceptions or not set(usual) - BESIDE:
        return [fields]  # alone in a bracket: the exceptions are those of the term before it
    days: Pattern | None = usual.get("pattern")
    patterns = [other for _, other in exceptions if isinstance(other, Pattern)]
    if any(not pattern.weekdays for pattern in patterns) and not (days and days.weekdays):
        raise ContradictionError(NO_WEEKDAY)
    if "count" not in usual and "pattern" not in usual:
        usual |= implied(usual) or {"uncounted": True}
    if "count" not in usual:
        pattern: Pattern | None = usual.get("pattern")
        usual["uncounted"] = not (pattern and pattern.nths)
    elif usual.get("per") not in (Per.MONTH, Per.WEEK) or usual.get("every", 1) > 1:
        raise ContradictionError(_EXCEPTED)
    before: Months | None = usual.get("without")
    if before and any(set(before.values) & set(months.values) for months, _ in exceptions):
        raise ContradictionError(TWICE)
    same = {key: value for key, value in usual.items() if key != "without"}
    others: list[Fields] = [
        {**same, "months": months, **_otherwise(other, days)} for months, other in exceptions
    ]
    left_out = [*(before.values if before else ()), *(m for months, _ in exceptions for m in months.values)]
    return [{**usual, "without": Months(tuple(left_out))}, *others]


BESIDE = {"without", "holidays", "moved", "moved_from", "left_out", "hedges"}
"""What may stand beside exceptions in a bracket: 第1日曜(1月は第2日曜、5月は休み)."""


def spelled_out(fields: Fields) -> list[Fields]:
    """Return 4月～9月は第2火曜、10月～3月は第3火曜 as terms: the two say of all their months.

    Of one stretch of months alone it would be said what it is an exception to. Raises
    ContradictionError for that, and where two speak of one month.
    """
    beside = dict(fields)
    exceptions: list[tuple[Months, Pattern | Range]] = beside.pop("exceptions", [])
    if not exceptions:
        return [fields]
    named = [month for months, _ in exceptions for month in months.values]
    if len(exceptions) == 1 or len(named) != len(set(named)):
        raise ContradictionError(_EXCEPTED_ALONE)
    fixed = all(isinstance(other, Range) or (other.weekdays and other.nths) for _, other in exceptions)
    uncounted = {} if fixed else {"uncounted": True}
    return [
        {**beside, "months": months, **_otherwise(other, None), **uncounted} for months, other in exceptions
    ]


def of_the_others(current: Fields) -> Fields:
    """Return what stands before その他は as the exception that it is to what follows."""
    if set(current) <= BESIDE | {"exceptions"} and current.get("exceptions"):
        return {**current, "others": True}
    rest = {
        key: value for key, value in current.items() if key not in ("months", "count", "per", "course_of")
    }
    months: Months | None = current.get("months") or current.get("course_of")
    count: Range | None = current.get("count")
    if months is None or count is None or current.get("per") is not Per.MONTH or set(rest) - BESIDE:
        raise ContradictionError(_WHICH_OTHERS)
    return {**rest, "exceptions": [(months, count)], "others": True}


_WHICH_OTHERS = Text(
    "「その他」がどの月のことかわかりません。8月は月2回、その他の月は月1回 のように書きます",
    "which the others are is not clear: write 8月は月2回、その他の月は月1回",
)
_EXCEPTED_ALONE = Text(
    "一部の月だけのことで、ほかの月のことが書かれていません",
    "says something of some months and nothing of the others",
)


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
