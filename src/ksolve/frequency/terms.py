"""Drafts to terms: the counts that a pattern, dates or months imply, and what cannot all be meant."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from ksolve.calendar import month_position
from ksolve.frequency.counts import INTERVAL
from ksolve.frequency.draft import TOTAL, TWICE, ContradictionError, Draft, Says, every, merged
from ksolve.frequency.implied import ONE, WEEKS, days_named, implied
from ksolve.frequency.meaning import Term, hedged
from ksolve.frequency.values import HOLIDAYS, LAST, Hedge, Moved, Pattern, Per, Range
from ksolve.text import Text, plain


def completed(draft: Draft) -> tuple[tuple[Term, ...], ...]:
    """Return the terms of a draft, once for each way in which it can be meant.

    Raises ContradictionError where there is none.
    """
    found = every(partial(_terms, way) for way in _ways(_in_its_months(draft)))
    return tuple(dict.fromkeys(found))


def _in_its_months(draft: Draft) -> Draft:
    """Return a draft with the months of its half (前期), and the period of its course (第1期 4回)."""
    if draft.numbered and draft.count is None:
        raise ContradictionError(_NO_COUNT_OF_COURSE)
    if draft.numbered and not draft.per:
        timed = draft.months or draft.within or draft.half
        draft = draft._replace(per=Per.YEAR if timed else Per.COURSE)
    half, own = draft.half, draft.months
    if half and own and not set(half.values) & set(own.values):
        raise ContradictionError(_OUTSIDE.fill(months=own, period=half))
    if half and not (own or draft.within or draft.dates or draft.windows):
        draft = draft._replace(months=half)
    if Says.PARITY in draft.says and draft.count == ONE and not draft.per:
        draft = draft._replace(per=Per.MONTH)  # 1回(偶数月)
    if Says.RANGED in draft.says and (draft.months or draft.without or draft.within or draft.periods):
        raise ContradictionError(INTERVAL)
    return draft._replace(half=None, numbered=0)


def _ways(draft: Draft) -> Iterator[Draft]:
    """Yield a draft once for each way in which it can be meant."""
    pattern, count = draft.pattern, draft.count
    monthly = draft.per is Per.MONTH or Says.PART_OF_MONTH in draft.says
    if (
        count is None
        and monthly
        and pattern
        and pattern.weekdays
        and not pattern.nths
        and Says.UNCOUNTED not in draft.says
    ):
        if Says.PART_OF_MONTH in draft.says:
            raise ContradictionError(_EACH_OR_ONE.fill(days=pattern))
        yield draft._replace(count=Range(*[len(pattern.weekdays)] * 2), per=Per.WEEK)  # 毎月火曜日: each,
        yield draft._replace(count=ONE, per=Per.MONTH)  # or one
    elif Says.STRETCH in draft.says and count is None and (draft.per or draft.months):
        yield draft._replace(count=Range(*[len(draft.days)] * 2))  # 毎月1日～7日: each of the days,
        yield draft._replace(count=ONE)  # or one of them
    elif draft.courses > 1 and Says.LOOSE in draft.says:
        yield from _of_courses(draft)
    elif count and pattern and not draft.per and not _is_timed(draft) and _is_named(draft, pattern):
        yield draft._replace(per=implied(Draft(pattern=pattern)).per)  # 第2・4土曜日 2回: of a month,
        yield draft._replace(per=Per.YEAR)  # or of the year
    else:
        yield draft


def _is_timed(draft: Draft) -> bool:
    return bool(draft.months or draft.within or draft.dates or draft.days or draft.windows)


def _is_named(draft: Draft, pattern: Pattern) -> bool:
    named = implied(Draft(pattern=pattern)).count
    return draft.count == named and bool(pattern.nths or len(pattern.weekdays) > 1)


def _of_courses(draft: Draft) -> Iterator[Draft]:
    """年3クール 計12回 is four in each; 年3クール 全12回 could be that, or twelve in each.

    年40回(7講座) does not say how many of one course: it is the total.
    """
    courses, count = draft.courses, draft.count
    if count is None:
        raise ContradictionError(_NO_COUNT_OF_COURSES)
    if Says.WHOLE in draft.says:
        yield draft._replace(per=Per.COURSE)
        yield draft._replace(courses=0, per=Per.YEAR)
    elif Says.TOTAL in draft.says or draft.per is Per.YEAR:
        even = count.high is not None and not (count.low % courses or count.high % courses)
        if even and not draft.pace:
            share = Range(count.low // courses, (count.high or 0) // courses)
            yield draft._replace(count=share, per=Per.COURSE)
        else:
            yield draft._replace(courses=0, per=Per.YEAR)
    else:
        yield draft


def _terms(draft: Draft) -> tuple[tuple[Term, ...]]:
    """Return the terms of a draft that is meant in one way."""
    draft = _one_of_them(draft)
    uncounted = Says.UNCOUNTED in draft.says
    _check_weeks(draft)
    draft = _count_each(draft)
    if Says.PART_OF_MONTH in draft.says:  # once in each month, unless 2回 stands beside it
        if draft.per not in (None, Per.MONTH):
            raise ContradictionError(TWICE)
        draft = draft._replace(per=Per.MONTH, count=draft.count or ONE)
    uncounted |= Says.STRETCH in draft.says and draft.count is None
    draft = _every_other(_weeks_left_out(draft))
    if draft.periods and draft.per is not Per.MONTH:
        raise ContradictionError(_MONTHS_LONG)
    if draft.courses > 1 and draft.count:
        draft = draft._replace(per=draft.per or Per.COURSE)
    if draft.windows and not uncounted:
        return (_one_each(draft),)
    if draft.count is None and not uncounted:
        said = implied(draft)
        draft = draft._replace(count=said.count, per=said.per or draft.per)
    one_of = Says.EITHER in draft.says and bool(draft.pattern and draft.pattern.nths)
    return ((_term(draft, one_of_nths=one_of),),)


def _term(draft: Draft, *, one_of_nths: bool) -> Term:
    draft = _agreed(_in_courses(draft))
    if not one_of_nths:
        _check_pattern(draft)
    count, hedges = _simple(draft)
    return Term(
        count=count,
        per=draft.per or Per.YEAR,
        every=draft.every or 1,
        periods=draft.periods,
        groups=draft.groups or 1,
        courses=draft.courses or 1,
        pace=draft.pace,
        months=draft.months,
        without=draft.without,
        within=draft.within,
        pattern=draft.pattern,
        dates=draft.dates,
        days=draft.days,
        hours=draft.hours,
        consecutive=Says.RUNNING in draft.says,
        day_by_day=Says.DAY_BY_DAY in draft.says,
        holidays=draft.holidays,
        left_out=draft.left_out,
        moved=draft.moved[0] if draft.moved else None,
        moved_from=draft.moved[1] if draft.moved else HOLIDAYS,
        hedges=hedges,
    )


def _one_of_them(draft: Draft) -> Draft:
    """第1又は第2土曜日 is one a month; 土曜日か日曜日 has its count beside it."""
    if Says.EITHER not in draft.says:
        return draft
    pattern = draft.pattern
    if pattern is None or (draft.count is None and not pattern.nths and draft.per is not Per.MONTH):
        raise ContradictionError(_EITHER)
    if draft.count is None:
        draft = draft._replace(count=ONE, per=Per.MONTH)
    one = draft.count or ONE
    sure = pattern.nths and draft.per is Per.MONTH and one.high and one.high < days_named(pattern).low
    return draft if sure else draft.unmarked(Says.EITHER)


def _check_weeks(draft: Draft) -> None:
    """火曜日(第1・3) has its weekday; 第1・3 alone has none, and weeks of the month are not every week."""
    pattern = draft.pattern
    if Says.OF_WEEKDAY in draft.says and pattern and not pattern.weekdays:
        raise ContradictionError(NO_WEEKDAY)
    weekly = draft.per is Per.WEEK and draft.every < 2
    if pattern and pattern.nths and weekly and draft.count:
        raise ContradictionError(_WEEKLY_NTHS)


def _count_each(draft: Draft) -> Draft:
    """各1回 is for each of the months or spans that are named; without any it says nothing."""
    if Says.EACH not in draft.says or draft.count is None:
        return draft
    draft = draft.unmarked(Says.EACH)
    pattern, each = draft.pattern, draft.count or ONE
    if pattern and pattern.nths and pattern.weekdays:
        times = each.low if each.low == each.high else 1  # 第1・3土曜 各2回
        return draft._replace(count=days_named(pattern), groups=(draft.groups or 1) * times)
    if draft.spans:
        windows = tuple(Draft(months=span) for span in draft.spans)
        return draft._replace(windows=windows, window_count=each, count=None, months=None, per=None, spans=())
    if draft.windows:
        return draft._replace(window_count=each, count=None, per=None)
    timed = draft.months or draft.within or draft.dates
    if draft.courses and not timed and not pattern:
        return draft._replace(per=Per.COURSE)  # 年2コース(各6回)
    if not (timed or draft.groups):
        raise ContradictionError(_EACH_OF_WHAT)
    return draft


def _weeks_left_out(draft: Draft) -> Draft:
    """毎週土曜日(第5週を除く) is 第1～第4土曜日."""
    nths, pattern = draft.left_nths, draft.pattern
    if not nths:
        return draft
    if pattern is None or not pattern.weekdays or pattern.nths or LAST in nths:
        raise ContradictionError(_WITHOUT_NTHS)
    if draft.left_weekdays and draft.left_weekdays != pattern.weekdays:
        raise ContradictionError(_WITHOUT_NTHS)
    draft = draft._replace(pattern=Pattern(pattern.weekdays, tuple(n for n in WEEKS if n not in nths)))
    return draft._replace(count=None, per=None, every=0) if draft.per is Per.WEEK else draft


def _every_other(draft: Draft) -> Draft:
    """隔月(奇数月) names its months, 隔週(第2・4火曜) its weeks: the interval is said already.

    A day of the month that is a holiday is left out where 祝日を除く is all that is said of it.
    """
    months, pattern = draft.months, draft.pattern
    if draft.every > 1 and draft.per is Per.MONTH and months and months.each:
        places = sorted(month_position(month) for month in months.values)
        if any(later - earlier < draft.every for earlier, later in pairwise(places)):
            raise ContradictionError(_TOO_NEAR.fill(every=draft.every, months=months))
        draft = draft._replace(every=0)
    if draft.every > 1 and draft.per is Per.WEEK and pattern and pattern.nths:
        draft = draft._replace(count=None, per=None, every=0)
    if not draft.holidays and pattern and pattern.nths and draft.moved is None:
        draft = draft._replace(moved=(Moved.LEFT_OUT, HOLIDAYS))
    return draft


def _one_each(draft: Draft) -> tuple[Term, ...]:
    """春・秋: one session in each, or as many as 各2回 says; a total must be just that."""
    windows, each = draft.windows, draft.window_count
    if each is not None and draft.count is not None:
        raise ContradictionError(TWICE)
    total = draft.count or ONE * len(windows)
    if each is None and total != ONE * len(windows):
        if len(windows) > 1:
            raise ContradictionError(TOTAL.fill(total=total, held=plain(len(windows))))
        each = total
    rest = draft._replace(windows=(), window_count=None, count=None)
    count = Draft(count=each or ONE)
    per = Per.YEAR
    return tuple(
        term
        for window in windows
        for term in completed(merged(rest, merged(window._replace(per=window.per or per), count)))[0]
    )


def _in_courses(draft: Draft) -> Draft:
    """毎週水曜日 全12回×3クール is 36 a year, one a week: a course has no weeks of its own."""
    if draft.courses > 1 and draft.count and draft.pace and draft.per in (Per.YEAR, Per.COURSE):
        return draft._replace(count=draft.count * draft.courses, courses=0, per=Per.YEAR)
    return draft


def _agreed(draft: Draft) -> Draft:
    """Return a draft without what goes with another count than it has."""
    if draft.is_yearly and not draft.pace:
        draft = draft._replace(every=0)  # 隔月 5/7・7/7
    if draft.courses > 1 and draft.count and draft.per is not Per.COURSE:
        raise ContradictionError(_COURSES)
    if draft.count:
        return draft
    if draft.groups > 1 or draft.courses > 1 or draft.periods:
        raise ContradictionError(_NOTHING_TIMES)
    monthly = draft.per is Per.MONTH and draft.every < 2
    return draft._replace(groups=0, courses=0, per=draft.per if monthly else None, every=0)


def _check_pattern(draft: Draft) -> None:
    """月1回(第1・3木曜) says two different counts."""
    pattern, count = draft.pattern, draft.count
    monthly = draft.per is Per.MONTH and draft.every < 2
    if pattern and pattern.nths and count and monthly:
        named = days_named(pattern)
        stated = hedged(count, draft.hedges)
        if named.low not in stated and (named.high or 0) not in stated:
            raise ContradictionError(_PATTERN.fill(named=named, count=count))


def _simple(draft: Draft) -> tuple[Range | None, frozenset[Hedge]]:
    """6回以上10回以下 is the range 6 to 10; 4～5回以上 is 4以上."""
    count, hedges = draft.count, draft.hedges
    if count is None or count.low == count.high:
        return count, hedges
    if hedged(count, hedges) == count:
        return count, hedges - {Hedge.AT_MOST}
    return Range(count.low, count.low), hedges


_OUTSIDE = Text(
    "{months}は、そばに書かれた時期({period})の中にありません",
    "{months} do not lie in the period beside them, {period}",
)
_NO_COUNT_OF_COURSE = Text(
    "回数の書かれていない期があります。第1期4回、第2期6回 のように期ごとに書きます",
    "a course has no count: write one for each, as in 第1期4回、第2期6回",
)
_NO_COUNT_OF_COURSES = Text(
    "クールの回数が書かれていません。1クール6回×3クール のように書きます",
    "it is not said how many sessions a course has: write 1クール6回×3クール",
)
_EITHER = Text(
    "どちらかにする回数が書かれていません。月1回(土曜日か日曜日) のように書きます",
    "it is not said how often one of them is taken: write 月1回(土曜日か日曜日)",
)
_NOTHING_TIMES = Text(
    "何回の何倍なのかが書かれていません。年3回×2グループ のように回数に付けます",
    "it is not said what is multiplied: write the count before it, as in 年3回×2グループ",
)
_EACH_OR_ONE = Text(
    "その時期の{days}のすべてなのか、1回なのか分かりません。1回なら 月1回({days}) のように回数を書きます",
    "every {days} of that part of the month, or one: write the count, as in 月1回({days})",
)
_EACH_OF_WHAT = Text("「各」が何ごとなのか書かれていません", "it is not said what each is each of")
NO_WEEKDAY = Text("第何の曜日かが書かれていません", "it is not said which weekday")
_WEEKLY_NTHS = Text(
    "毎週の回数と、第1・3 のような週の指定が両方あります。その週だけなら 第1・3火曜日 と書きます",
    "every week, and some weeks of the month: for those alone write 第1・3火曜日",
)
_TOO_NEAR = Text(
    "{every}か月に1回と、{months} が合いません",
    "once in {every} months, and the months {months}: these do not agree",
)
_WITHOUT_NTHS = Text(
    "第5週を除く、のように除けるのは「毎週土曜日」のような曜日だけです",
    "weeks can be left out of a weekly weekday only, as in 毎週土曜日(第5週を除く)",
)
_PATTERN = Text(
    "曜日の指定は月{named}回、回数は月{count}回です",
    "the weekdays name {named} a month, the count says {count}",
)
_MONTHS_LONG = Text(
    "×か月 は 月1回×5か月 のように月の回数に付けます", "months multiply a monthly count: 月1回×5か月"
)
_COURSES = Text(
    "×クール は 1クール6回×年3クール のようにクールの回数に付けます",
    "courses multiply the count of a course: 1クール6回×年3クール",
)
