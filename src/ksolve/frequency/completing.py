"""Fields to terms: the counts that a pattern, dates or months imply, and what cannot all be meant."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from ksolve.calendar import WEEKDAYS, month_position
from ksolve.frequency.courses import agreed, check_factors, share_out
from ksolve.frequency.fields import COUNTED, TOTAL, TWICE, ContradictionError, Fields, merged
from ksolve.frequency.meaning import LAST, Hedge, Months, Moved, Pattern, Per, Range, Term, hedged
from ksolve.text import Text, plain


def complete(fields: Mapping[str, Any]) -> tuple[Term, ...]:
    """Return the terms of one term's fields, with the count that a pattern, dates or months imply."""
    given = dict(fields)
    uncounted = given.pop("uncounted", False)
    _numbered(given)
    half: Months | None = given.pop("course_of", None)
    own: Months | None = given.get("months")
    if half and own and not set(half.values) & set(own.values):
        raise ContradictionError(_OUTSIDE.fill(months=own, period=half))
    if half and not {"months", "within", "dates", "each_of"} & set(given):
        given["months"] = half
    if given.pop("parity", False) and given.get("count") == Range(1, 1):
        given.setdefault("per", Per.MONTH)  # 1回(偶数月)
    given.pop("of_days", None)
    share_out(given)
    _one_of_them(given)
    _interval(given)
    _weeks_of_weekday(given)
    _each_weekday(given)
    _period_of_days(given)
    _count_each(given)
    uncounted |= _in_stretch(given)
    _count_out(given)
    _every_other(given)
    check_factors(given)
    windows = given.pop("each_of", ())
    each = given.pop("each_count", None)
    if windows and not uncounted:
        return _one_each(given, windows, each)
    if "count" not in given and not uncounted:
        given |= implied(given)
    given = agreed(given)
    if not given.pop("one_of_nths", False):
        _check_pattern(given)
    _simplify_hedges(given)
    return (Term(**given),)


_OUTSIDE = Text(
    "{months}は、そばに書かれた時期({period})の中にありません",
    "{months} do not lie in the period beside them, {period}",
)


def _numbered(given: Fields) -> None:
    """第1期 4回 is a course; 第1期 alone says nothing."""
    if given.pop("nth_course", None) is None:
        return
    if "count" not in given:
        raise ContradictionError(_NO_COUNT_OF_COURSE)
    given.setdefault("per", Per.YEAR if {"months", "within", "course_of"} & set(given) else Per.COURSE)


_NO_COUNT_OF_COURSE = Text(
    "回数の書かれていない期があります。第1期4回、第2期6回 のように期ごとに書きます",
    "a course has no count: write one for each, as in 第1期4回、第2期6回",
)


def _one_of_them(given: Fields) -> None:
    """第1又は第2土曜日 is one a month; 土曜日か日曜日 has its count beside it."""
    if not given.pop("either", False):
        return
    pattern: Pattern | None = given.get("pattern")
    if pattern is None or ("count" not in given and not pattern.nths and given.get("per") is not Per.MONTH):
        raise ContradictionError(_EITHER)
    if "count" not in given:
        given |= {"count": Range(1, 1), "per": Per.MONTH}
    one: Range = given["count"]
    if pattern.nths and given.get("per") is Per.MONTH and one.high and one.high < _named(pattern).low:
        given["one_of_nths"] = True


_EITHER = Text(
    "どちらかにする回数が書かれていません。月1回(土曜日か日曜日) のように書きます",
    "it is not said how often one of them is taken: write 月1回(土曜日か日曜日)",
)


def _interval(given: Fields) -> None:
    """1～2か月に1回 is 6 to 12 in a whole year; in some months it comes to another count."""
    if given.pop("interval", False) and {"months", "without", "within", "periods"} & set(given):
        raise ContradictionError(INTERVAL)


INTERVAL = Text(
    "間隔に幅があります。年4～6回 のように年の回数で書きます",
    "the interval is a range: write the count of the year, as in 年4～6回",
)


def _count_each(given: Fields) -> None:
    """各1回 is for each of the months or spans that are named; without any it says nothing."""
    spans = given.pop("spans", ())
    if not given.pop("each", False):
        return
    pattern: Pattern | None = given.get("pattern")
    if pattern and pattern.nths and pattern.weekdays:
        each: Range = given["count"]
        given["count"] = _named(pattern)
        if each.low == each.high:
            given["groups"] = given.get("groups", 1) * each.low  # 第1・3土曜 各2回
        return
    if spans:
        given |= {"each_of": tuple({"months": span} for span in spans), "each_count": given.pop("count")}
        for key in ("months", "per"):
            given.pop(key, None)
    elif "courses" in given and not {"months", "within", "dates", "pattern"} & set(given):
        given["per"] = Per.COURSE  # 年2コース(各6回)
    elif not {"months", "each_of", "within", "dates", "groups"} & set(given):
        raise ContradictionError(_EACH_OF_WHAT)


_EACH_OF_WHAT = Text("「各」が何ごとなのか書かれていません", "it is not said what each is each of")


def _weeks_of_weekday(given: Fields) -> None:
    """火曜日(第1・3) has its weekday; 第1・3 alone has none."""
    pattern: Pattern | None = given.get("pattern")
    if given.pop("of_weekday", False) and pattern and not pattern.weekdays:
        raise ContradictionError(NO_WEEKDAY)
    weekly = given.get("per") is Per.WEEK and given.get("every", 1) == 1
    if pattern and pattern.nths and weekly and "count" in given:
        raise ContradictionError(_WEEKLY_NTHS)


def _each_weekday(given: Fields) -> None:
    """毎月火曜日 could be each Tuesday, or one of a month; 毎月第2火曜日 and 毎月1回(火曜日) say which."""
    pattern: Pattern | None = given.get("pattern")
    monthly = given.get("per") is Per.MONTH or "part_of_month" in given
    if monthly and "count" not in given and pattern and pattern.weekdays and not pattern.nths:
        days = f"{'・'.join(WEEKDAYS[day] for day in sorted(pattern.weekdays))}曜日"
        raise ContradictionError(_EACH_OR_ONE.fill(days=days))


_EACH_OR_ONE = Text(
    "毎月の{days}のすべてなのか、月に1回なのかわかりません。"
    "すべてなら 毎週{days}、1回なら 月1回({days}) と書きます",
    "every {days}, or one in each month: write 毎週{days} or 月1回({days})",
)
NO_WEEKDAY = Text("第何の曜日かが書かれていません", "it is not said which weekday")
_WEEKLY_NTHS = Text(
    "毎週の回数と、第1・3 のような週の指定が両方あります。その週だけなら 第1・3火曜日 と書きます",
    "every week, and some weeks of the month: for those alone write 第1・3火曜日",
)


def _period_of_days(given: Fields) -> None:
    """第2・4土曜日 2回 could be two a month or two a year; 11月第2土曜日 1回 is one."""
    pattern: Pattern | None = given.get("pattern")
    if pattern is None or "count" not in given or {"per", *_WHEN} & set(given):
        return
    named = implied({"pattern": pattern})
    if given["count"] == named["count"] and (pattern.nths or len(pattern.weekdays) > 1):
        period = "月" if named["per"] is Per.MONTH else "週"
        raise ContradictionError(_PERIOD.fill(count=given["count"], period=period))


_WHEN = ("months", "within", "dates", "days", "each_of", "course_of")
_PERIOD = Text(
    "{count}回が{period}の回数か年の回数かわかりません。{period}{count}回 か 年{count}回 と書きます",
    "{count} for each period of those days, or for the year: write {period}{count}回 or 年{count}回",
)


def _in_stretch(given: Fields) -> bool:
    """28日～31日 without a count is a window; 毎月1日～7日 could be each of the days, or one of them."""
    if given.pop("part_of_month", False):  # once in each month, unless 2回 stands beside it
        if given.setdefault("per", Per.MONTH) is not Per.MONTH:
            raise ContradictionError(TWICE)
        given.setdefault("count", Range(1, 1))
    if not given.pop("stretch", False) or "count" in given:
        return False
    if "per" in given or "months" in given:
        first, last = given["days"][0], given["days"][-1]
        raise ContradictionError(_STRETCH.fill(days=f"{first}日～{last}日", all=plain(last - first + 1)))
    return True


_STRETCH = Text(
    "{days} の毎日なのか、そのうちの1日なのかわかりません。毎日なら 月{all}回({days})、"
    "1日なら 月1回({days}) と書きます",
    "each of {days}, or one day of them: write 月{all}回({days}) or 月1回({days})",
)


def _every_other(given: Fields) -> None:
    """隔月(奇数月) names its months, 隔週(第2・4火曜) its weeks: the interval is said already.

    A day of the month that is a holiday is left out where 祝日を除く is all that is said of it.
    """
    months: Months | None = given.get("months")
    pattern: Pattern | None = given.get("pattern")
    if given.get("every", 1) > 1 and given.get("per") is Per.MONTH and months and months.each:
        places = sorted(month_position(month) for month in months.values)
        if any(later - earlier < given["every"] for earlier, later in pairwise(places)):
            raise ContradictionError(_TOO_NEAR.fill(every=given["every"], months=months))
        given["every"] = 1
    if given.get("every", 1) > 1 and given.get("per") is Per.WEEK and pattern and pattern.nths:
        for key in COUNTED:
            given.pop(key, None)
    if given.get("holidays") is False and pattern and pattern.nths and "moved" not in given:
        given["moved"] = Moved.LEFT_OUT


_TOO_NEAR = Text(
    "{every}か月に1回と、{months} が合いません",
    "once in {every} months, and the months {months}: these do not agree",
)


def _one_each(given: Fields, windows: tuple[Fields, ...], each: Range | None) -> tuple[Term, ...]:
    """春・秋: one session in each, or as many as 各2回 says; a total must be just that."""
    one = Range(1, 1)
    if each is not None and "count" in given:
        raise ContradictionError(TWICE)
    total: Range = given.pop("count", one * len(windows))
    if each is None and total != one * len(windows):
        if len(windows) > 1:
            raise ContradictionError(TOTAL.fill(total=total, held=plain(len(windows))))
        each = total
    count = {"count": each or one, "per": Per.YEAR}
    return tuple(term for window in windows for term in complete(merged(given, {**count, **window})))


def _count_out(given: Fields) -> None:
    """毎週土曜日(第5週を除く) is 第1～第4土曜日."""
    nths, weekdays = given.pop("without_nths", ((), frozenset()))
    if not nths:
        return
    pattern: Pattern | None = given.get("pattern")
    if pattern is None or not pattern.weekdays or pattern.nths or LAST in nths:
        raise ContradictionError(_WITHOUT_NTHS)
    if weekdays and weekdays != pattern.weekdays:
        raise ContradictionError(_WITHOUT_NTHS)
    given["pattern"] = Pattern(pattern.weekdays, tuple(n for n in range(1, 6) if n not in nths))
    if given.get("per") is Per.WEEK:
        for key in COUNTED:
            given.pop(key, None)


_WITHOUT_NTHS = Text(
    "第5週を除く、のように除けるのは「毎週土曜日」のような曜日だけです",
    "weeks can be left out of a weekly weekday only, as in 毎週土曜日(第5週を除く)",
)


def implied(given: Fields) -> Fields:
    """Return the count that dates, days, a pattern, a period or a list of months states by itself."""
    pattern: Pattern | None = given.get("pattern")
    months: Months | None = given.get("months")
    monthly = given.get("per") is Per.MONTH
    if given.get("dates"):
        return _exactly(len(given["dates"]), Per.YEAR)
    if given.get("days"):
        return _exactly(len(given["days"]), Per.MONTH if months or monthly else Per.YEAR)
    if pattern and pattern.nths:
        return {"count": _named(pattern), "per": Per.MONTH}
    if pattern and not monthly:
        return _exactly(len(pattern.weekdays), Per.WEEK)
    named = months is not None and (months.each or months.either)
    return _exactly(1, given.get("per", Per.MONTH)) if "per" in given or named else {}


def _named(pattern: Pattern) -> Range:
    """Return how many days of a month a pattern names; not every month has a fifth Tuesday."""
    days = max(1, len(pattern.weekdays))
    sure = sum(n != 5 for n in pattern.nths)
    return Range(days * sure, days * len(pattern.nths))


def _exactly(count: int, per: Per) -> Fields:
    return {"count": Range(count, count), "per": per}


def _check_pattern(given: Mapping[str, Any]) -> None:
    """月1回(第1・3木曜) says two different counts."""
    pattern: Pattern | None = given.get("pattern")
    count: Range | None = given.get("count")
    monthly = given.get("per") is Per.MONTH and given.get("every", 1) == 1
    if pattern and pattern.nths and count and monthly:
        named = _named(pattern)
        stated = hedged(count, given.get("hedges", frozenset()))
        if named.low not in stated and (named.high or 0) not in stated:
            raise ContradictionError(_PATTERN.fill(named=named, count=count))


_PATTERN = Text(
    "曜日の指定は月{named}回、回数は月{count}回です",
    "the weekdays name {named} a month, the count says {count}",
)


def _simplify_hedges(given: Fields) -> None:
    """6回以上10回以下 is the range 6 to 10; 4～5回以上 is 4以上."""
    count: Range | None = given.get("count")
    if count is None or count.low == count.high:
        return
    exact = hedged(count, given.get("hedges", frozenset()))
    if exact == count:
        given["hedges"] = given.get("hedges", frozenset()) - {Hedge.AT_MOST}
    else:
        given["count"] = Range(count.low, count.low)
