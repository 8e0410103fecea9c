"""What the words for how many sessions say: 年20回, 2か月に1回, ×5か月."""

from __future__ import annotations

import re
from collections.abc import Callable

from ksolve.frequency.draft import ContradictionError, Draft, Says
from ksolve.frequency.values import Per, Range
from ksolve.frequency.word_table import PARTS
from ksolve.letters import number
from ksolve.text import Text

_NUMBERS = re.compile(r"[0-9]+(?:,[0-9]{3}(?![0-9]))*|[一二三四五六七八九十百〇]+")
_PERIODS = {"四半": Per.QUARTER, "4半": Per.QUARTER, "半": Per.HALF, "学": Per.TERM, "週": Per.WEEK}
_PERIODS |= {"月": Per.MONTH, "年": Per.YEAR, "日": Per.DAY}
"""Signs of periods; the first that is found in the words counts."""
_INTERVAL = re.compile(f"{PARTS['N']}(?:{PARTS['TO']}{PARTS['N']})?(?=か月|週)")
_YEAR = {Per.MONTH: (12, 12), Per.WEEK: (52, 53)}


def range_of(text: str) -> Range:
    """Return ``5``, ``4~5``, ``5、6`` or ``2回又は3`` as a range. Raises ContradictionError."""
    if text.isdecimal():
        return Range(int(text), int(text))
    first, *others = [number(found) for found in _NUMBERS.findall(text)]
    last = others[0] if others else first
    if last < first:
        raise ContradictionError(BAD_RANGE)
    if others and re.search("[,又まもか](?!ら)", text) and last != first + 1:
        raise ContradictionError(_NOT_NEXT.fill(low=first, high=last))
    return Range(first, last)


def times_of(text: str) -> int:
    """Return a single number of at least 1. Raises ContradictionError."""
    span = range_of(text)
    if span.low != span.high or not span.low:
        raise ContradictionError(_BAD_TIMES)
    return span.low


def period_of(words: str) -> Draft:
    """Return what 毎月, 2か月に, 隔週, ひと月おき or 1～2か月に says: a period, and how many of them."""
    per = next(per for sign, per in _PERIODS.items() if sign in words)
    if words[0] == "隔" or "おき" in words:
        return Draft(per=per, every=2)
    interval = _INTERVAL.match(words)
    if not interval:
        return Draft(per=per)
    span = range_of(interval[0])
    if span.low != span.high:
        return Draft(per=per, every=span.low, longest=span.high or 0)
    return Draft(per=per, every=times_of(interval[0]))


def ranged(draft: Draft) -> Draft:
    """Return 1～2か月に1回 as 6 to 12 in a year, and one a month at most."""
    span, per = draft.count, draft.per
    if draft.every != 1 or span is None or span.high is None or per not in _YEAR:
        raise ContradictionError(INTERVAL)
    fewest, most = _YEAR[per]
    count = Range(fewest // draft.longest * span.low, most * span.high)
    paced = Draft(count=count, per=Per.YEAR, pace=(span.high, per), says=frozenset({Says.RANGED}))
    return paced._replace(hedges=draft.hedges)


def _periods(text: str) -> Draft:
    if times_of(text) > _YEAR[Per.MONTH][0]:
        raise ContradictionError(_MORE_MONTHS.fill(periods=text))
    return Draft(periods=times_of(text))


def _course_list(text: str) -> Draft:
    """第1期～第3期."""
    numbers = [number(one) for one in _NUMBERS.findall(text)]
    several = numbers[-1] - numbers[0] + 1 if "~" in text else len(set(numbers))
    if several < 1:
        raise ContradictionError(BAD_RANGE)
    return Draft(courses=several)


READERS: dict[str, Callable[[str], Draft]] = {
    "count": lambda text: Draft(count=range_of(text)),
    "per": period_of,
    "periods": _periods,
    "weeks": lambda text: Draft(weeks=times_of(text)),
    "groups": lambda text: Draft(groups=times_of(text)),
    "courses": lambda text: Draft(courses=times_of(text)),
    "course_list": _course_list,
    "sites": lambda text: Draft(sites=times_of(text)),
    "numbered": lambda text: Draft(numbered=number(text)),
}
"""What reads the words of a group of an expression, by its name."""

BAD_RANGE = Text("範囲の終わりが始まりより小さくなっています", "the range ends below its beginning")
_NOT_NEXT = Text(
    "「{low}、{high}回」は {low}～{high}回 のことか、{low}回か{high}回のどちらかなのか分かりません。"
    "{low}～{high}回 のように書きます",
    "{low}, {high} is not one number and the next: write {low}～{high}回 for a range",
)
_BAD_TIMES = Text("×の後は1以上の一つの数です", "after × stands one number of at least 1")
_MORE_MONTHS = Text("1年に{periods}か月はありません", "a year does not have {periods} months")
INTERVAL = Text(
    "間隔に幅があります。年4～6回 のように年の回数で書きます",
    "the interval is a range: write the count of the year, as in 年4～6回",
)
