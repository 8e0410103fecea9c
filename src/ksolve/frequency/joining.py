"""How the next words of a text join those before: in the last part, beside it, or as a new part."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.frequency.draft import (
    COUNTED,
    NOTHING,
    TWICE,
    ContradictionError,
    Draft,
    Says,
    conflicts,
    differ,
    merged,
)
from ksolve.frequency.implied import ONE, with_implied
from ksolve.frequency.items import Item, Kind
from ksolve.frequency.scope import each_period, of_the_others, shared, times_a_day
from ksolve.frequency.sums import (
    is_monthly_sum,
    is_paced,
    is_total_of_all,
    month_of_weeks,
    of_them,
    of_total,
    reconciled,
    shares_of_period,
    without_total,
)
from ksolve.frequency.values import Pattern, Per, Range
from ksolve.text import Text

Parts = tuple[Draft, ...]
"""The parts of a text so far; the next words go on with the last."""


def with_item(parts: Parts, item: Item) -> Iterator[Parts]:
    """Yield the parts with what an item says, in each way that it can be meant.

    Raises ContradictionError where there is none.
    """
    if item.said == NOTHING:
        yield parts
        return
    if parts == (NOTHING,) and item.kind is not Kind.OTHERS:
        yield (in_weeks(item.said),)
        return
    *done, current = parts
    said = in_weeks(item.said)
    if item.kind is Kind.EXCEPTION:
        yield (*done, current._replace(exceptions=(*current.exceptions, *item.said.exceptions)))
    elif item.kind is Kind.OTHERS:
        yield (*done, of_the_others(current))
    elif (found := _of_several(parts, said, bracketed=False)) is not None:
        yield from found
    else:
        for again in _said_again(current, said):
            yield (*done, *again)


def _of_several(parts: Parts, said: Draft, *, bracketed: bool) -> tuple[Parts, ...] | None:
    """Return the parts with what is not said of the last alone, None where it is."""
    *done, current = parts
    if Says.EACH in said.says and (periods := each_period(parts, said)) is not None:
        return (periods,)
    if said.count and is_total_of_all(parts, said):
        return ((*parts, said),)
    if Per.DAY in (said.per, current.per) and (daily := times_a_day(current, said)) is not None:
        return ((*done, daily),)
    return shared(parts, said, bracketed=bracketed) if done else None


def _said_again(current: Draft, said: Draft) -> Iterator[Parts]:
    """Yield a part with more that is said of it, or followed by the part that it begins.

    What the part says already may be said again if it is the same, if the two are a week of the
    month and its weekday (第1週の月曜日), two weekdays, or a total and a pace (毎週土曜 全10回).
    Another part is begun only by other months, dates, days of the month or weekdays; anything else
    would be a sum that nobody wrote.
    """
    if current.is_total and said.stated == {"days"} and len(said.days) == 1:
        raise ContradictionError(_OF_WHICH_MONTH.fill(day=said.days[0]))
    current, said = _beside_dates(current, said)
    for each in _of_each(current, said):
        yield from _with_count(current, each)


def _beside_dates(current: Draft, said: Draft) -> tuple[Draft, Draft]:
    """Return two drafts; the weekday that dates are on (毎週土曜) has no count of its own beside them."""
    weekly = [one.per is Per.WEEK and one.pattern is not None for one in (current, said)]
    current, said = (
        current.unsaid(*COUNTED) if weekly[0] and said.dates else current,
        said.unsaid(*COUNTED) if weekly[1] and current.dates else said,
    )
    return current, said


def _with_count(current: Draft, said: Draft) -> Iterator[Parts]:
    if current.count and not current.per and said.per and not said.count:  # 12回、毎月
        pace = with_implied(said)
        yield (reconciled(current._replace(per=Per.YEAR), pace._replace(count=pace.count or ONE)),)
        return
    if said.count and not said.per and current.per and not current.count:  # 隔月、6回
        total = said if said == Draft(count=said.count) else said._replace(per=Per.YEAR)
        yield (reconciled(total, with_implied(current), apart=True),)
        return
    again = conflicts(current, said)
    if not again:
        yield (merged(current, said),)
        return
    pattern = (
        _one_pattern(current, said) if again == {"pattern"} and Says.OF_DAYS not in current.says else None
    )
    if again == {"pattern"} and Says.OF_DAYS in current.says and not current.is_yearly:
        raise ContradictionError(_COUNT_OF_WHICH)  # 平日・月1回土曜日
    if pattern:
        yield (merged(current._replace(pattern=pattern), said._replace(pattern=None)),)
        return
    agrees = current.is_yearly != said.is_yearly or month_of_weeks(current, said)
    if again <= {"count", "per", "every"} and agrees:
        if said.months and not current.months and not current.is_total:
            raise ContradictionError(TWICE)  # 月1回、年2回(6月・11月): a sum, or two of the twelve
        yield (reconciled(with_implied(current), said._replace(count=said.count or ONE), apart=True),)
        return
    if not differ(current, said):
        raise ContradictionError(TWICE)
    yield current, said


def _of_each(current: Draft, said: Draft) -> Iterator[Draft]:
    """偶数月に2回 is twice in each, 5月と10月に1回 once; 偶数月 6回 and 5月・10月 2回 are totals.

    毎月第2土曜日 1回 is once in each month, as it would be without 1回; 6・10月 3回 could be either.
    """
    if said.count is None or said.per:
        yield said.marked(Says.OF_DAYS) if said.count and current.pattern and not current.count else said
        return
    if current.per and said.count == with_implied(current).count:
        yield said._replace(per=current.per)
        return
    said = said.marked(Says.OF_DAYS) if current.pattern else said
    months = current.months
    if months is None or current.count:
        yield said
        return
    one_of_each = said.count == Range(len(months.values), len(months.values))
    several = months.each and len(months.values) > 1 and said.count != ONE
    parity = Says.PARITY in current.says
    if several and not one_of_each and not said.has(Says.WHOLE, Says.TOTAL, Says.EACH) and not parity:
        yield said._replace(per=Per.YEAR)
        yield said._replace(per=Per.MONTH)
        return
    is_each = parity or (months.each and said.count == ONE)
    yield said._replace(per=Per.MONTH) if is_each and not one_of_each else said


def _one_pattern(current: Draft, said: Draft) -> Pattern | None:
    """Return 第1月曜日 of 第1週 and 月曜日, 火・木曜日 of 火曜日 and 木曜日; None where they stay two."""
    if current.pattern is None or said.pattern is None:
        return None
    both = (current.pattern, said.pattern)
    weeks = [pattern for pattern in both if pattern.nths and not pattern.weekdays]
    days = [pattern for pattern in both if not pattern.nths]
    if len(weeks) == 1 and len(days) == 1:
        return Pattern(days[0].weekdays, weeks[0].nths)
    weekly = current.hours or said.per
    return Pattern(both[0].weekdays | both[1].weekdays) if len(days) == 2 and not weekly else None


# --- brackets -------------------------------------------------------------------------------------------


def with_bracket(parts: Parts, inner: Parts, item: Item) -> Iterator[Parts]:
    """Yield the parts with those of a bracket behind them, in each way that it can be meant.

    Raises ContradictionError where there is none.
    """
    *done, current = parts
    if item.of_them:
        yield (*done, *of_them(current, inner))
        return
    alone = len(inner) == 1 and item.said == NOTHING
    several = _of_several(parts, inner[0], bracketed=True) if alone else None
    yield from several or ((*done, *found) for found in _bracketed(current, inner, item.said))


def _bracketed(current: Draft, inner: Parts, factors: Draft) -> Iterator[Parts]:
    """Yield a part with a bracket behind it; the factors behind the bracket go with all of it."""
    if len(inner) > 1:
        shares = shares_of_period(current, inner)
        inner = shares or inner
        said = shares or is_monthly_sum(current, inner) or all(is_paced(current, part) for part in inner)
        if said and not current.is_total:
            current = NOTHING  # 月1回(第3日曜、12月は第2日曜)
        if current != NOTHING and not current.is_total:
            raise ContradictionError(TWICE)
        total = [] if current == NOTHING else [current.marked(Says.TOTAL)]
        yield tuple(_times(part, factors) for part in without_total([*total, *inner]))
        return
    current, found = _beside_dates(current, inner[0] if inner else NOTHING)
    if current != NOTHING and _in_some_months(found):
        raise ContradictionError(_OUT_OF_SOME)
    if found.per and found.per is not (current.per or Per.YEAR):
        found = with_implied(found)  # 年6回(隔月): once in each
        found = found._replace(count=found.count or ONE)
    if found.count and (current.per or (current.pattern and current.pattern.nths)):
        current = with_implied(current)
    if found.groups and current.is_total and found.is_total:  # 年24回(2グループ各12回)
        yield (_times(merged(of_total(current, found), Draft(hedges=current.hedges)), factors),)
        return
    if (Says.OF_WEEKDAY in current.says or Says.OF_WEEKDAY in found.says) and (
        one := _one_pattern(current, found)
    ):
        current, found = current._replace(pattern=one), found._replace(pattern=None)
    if found.count and current.count:
        yield (_times(reconciled(current, found), factors),)
    else:
        yield (_times(merged(current, found), factors),)


def _times(part: Draft, factors: Draft) -> Draft:
    """Return a part with the factors behind its count or bracket."""
    if factors == NOTHING:
        return part
    return in_weeks(merged(part, factors))


def _in_some_months(found: Draft) -> bool:
    """Tell a bracket that leaves days out of some months only: 8月第2週は休み, 8月は祝日を除く."""
    leaves_out = found.left_nths or not found.holidays
    return bool(leaves_out and found.months and not found.count and not found.pattern)


def in_weeks(said: Draft) -> Draft:
    """Return 週1回×10週 as ten in the year, one a week at most; ×3コース is three times as many."""
    if not said.weeks:
        return said
    count = said.count
    weekly = said.per is Per.WEEK and said.every < _SEVERAL
    if count is None or not weekly or count.low != count.high or said.periods:
        raise ContradictionError(_WEEKS)
    whole = count * (said.weeks * (said.courses or 1))
    return said._replace(count=whole, per=Per.YEAR, pace=(count.low, Per.WEEK), weeks=0, courses=0)


_SEVERAL = 2
_COUNT_OF_WHICH = Text(
    "回数がどの曜日のことか分かりません。毎週月～金曜日＋月1回(土曜日) のように分けて書きます",
    "of which weekdays is the count? Write 毎週月～金曜日＋月1回(土曜日)",
)
_WEEKS = Text("×週 は 週1回×10週 のように週の回数に付けます", "weeks multiply a weekly count: 週1回×10週")
_OF_WHICH_MONTH = Text(
    "{day}日がどの月の日か、日数のことなのか分かりません。5/{day} や 毎月{day}日 のように書きます",
    "of which month is {day}日, or is it a number of days? Write 5/{day}, or 毎月{day}日",
)
_OUT_OF_SOME = Text(
    "一部の月だけの休みは、毎週火曜日(8月を除く)＋月3回(8月) のように分けて書きます",
    "days left out of some months only: write two parts, as in 毎週火曜日(8月を除く)＋月3回(8月)",
)
