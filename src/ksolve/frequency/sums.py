"""A total beside what it is made of: 年3回(各学期1回), 年11回(月1回), 年2回 7月1回 12月1回."""

from __future__ import annotations

from collections.abc import Sequence

from ksolve.frequency.draft import COUNTED, TOTAL, ContradictionError, Draft, Says, merged
from ksolve.frequency.implied import implied, with_implied
from ksolve.frequency.meaning import count_of_year
from ksolve.frequency.terms import completed
from ksolve.frequency.values import Months, Pattern, Per, Range
from ksolve.text import Text

NONE = Range(0, 0)


def held_in_year(draft: Draft) -> Range:
    """Return how many sessions a draft comes to in a year."""
    return sum((count_of_year(term) for term in completed(draft)[0]), NONE)


def reconciled(one: Draft, other: Draft, *, apart: bool = False) -> Draft:
    """年3回(各学期1回) says one count twice; 年11回(月1回) says a total and a pace.

    Where they stand apart (月1回、年2回), a total far below the pace could be one more programme.
    """
    totals = [draft for draft in (one, other) if draft.is_yearly]
    if not totals and (monthly := month_of_weeks(one, other)):
        return monthly
    if len(totals) != 1:
        return merged(one, other)
    total, pace = (one, other) if totals[0] is one else (other, one)
    count, of_pace = total.count or NONE, pace.count or Range(1, 1)
    if (at_each := _sites_of_total(total, pace)) is not None:
        return at_each
    if pace.per is Per.SITE:
        raise ContradictionError(TOTAL.fill(total=count, held=of_pace))
    if not total.per and not total.has(Says.WHOLE, Says.TOTAL) and count == of_pace:
        return merged(pace, total)  # 第2・4土曜日(2回): what it says already
    rest = merged(total.unsaid(*COUNTED), pace.unsaid(*COUNTED))
    paced = rest._replace(count=pace.count, per=pace.per, every=pace.every)
    held = held_in_year(paced._replace(groups=0, courses=0).unmarked(Says.LOOSE, Says.WHOLE, Says.TOTAL))
    if held == count:
        return paced
    once = pace.per is Per.WEEK and of_pace == Range(1, 1)  # 全20回(隔週水曜日)
    rare = count.high is None or count.high * 2 < held.low
    uneven = pace.every > 1 and (rare or not once)
    short = held.high is not None and held.high < (count.high or count.low)
    fewer = count.high is not None and count.high < of_pace.low  # 年2回(月4回)
    if (apart and _is_far_below(total, pace, held)) or uneven or short or fewer:
        raise ContradictionError(TOTAL.fill(total=count, held=of_pace if fewer else held))
    most = (of_pace.high or of_pace.low, pace.per or Per.YEAR)
    return rest._replace(count=count, per=Per.YEAR, pace=most, every=pace.every if pace.every > 1 else 0)


def _is_far_below(total: Draft, pace: Draft, held: Range) -> bool:
    """Tell 月1回、年2回, and 毎週土曜日2回, which could be twice on each Saturday."""
    count = total.count or NONE
    whole = total.has(Says.WHOLE, Says.TOTAL)
    if pace.per is Per.MONTH:
        return count.high is not None and count.high * 2 < held.low and not whole
    bare = pace.per is Per.WEEK and not total.per and not whole
    return bare and count.high is not None and 1 < count.high <= _OF_ONE_DAY


_OF_ONE_DAY = 3
"""So many sessions could be those of one day: 毎週土曜日2回, but not 毎週土曜日10回."""


def _sites_of_total(total: Draft, of_each: Draft) -> Draft | None:
    """Return 各小学校区1回(計5回) as once at each of five places, None where it does not come out even."""
    count, one = total.count or NONE, of_each.count or NONE
    even = one.low == one.high and count.low == count.high and one.low and not count.low % one.low
    if of_each.per is not Per.SITE or not even:
        return None
    groups = count.low // one.low
    if total.sites not in (0, groups):
        raise ContradictionError(TOTAL.fill(total=count, held=one * total.sites))
    rest = total.unsaid(*COUNTED)._replace(sites=0).unmarked(Says.WHOLE, Says.TOTAL)
    return merged(of_each._replace(per=Per.YEAR, groups=groups), rest)


def month_of_weeks(one: Draft, other: Draft) -> Draft | None:
    """Return the count of a month for 月4回(毎週水曜), None where month and week do not agree."""
    pers = {draft.per: draft for draft in (one, other) if draft.every < 2}
    if set(pers) != {Per.MONTH, Per.WEEK}:
        return None
    month, week = pers[Per.MONTH], pers[Per.WEEK]
    weekly = week.count or Range(1, 1)
    agree = month.count in (weekly * 4, Range(4 * weekly.low, 5 * weekly.low))
    if month.count is None or weekly.low != weekly.high or not agree:
        return None
    return merged(month, week.unsaid(*COUNTED))


def of_total(total: Draft, found: Draft) -> Draft:
    """Return what a bracket says of each group, where it comes to the total before it."""
    stated, held = held_in_year(total), held_in_year(found)
    if stated != held:
        raise ContradictionError(TOTAL.fill(total=stated, held=held))
    return found


def is_paced(draft: Draft, term: Draft) -> bool:
    """Whether a term says itself, in more words, the count for each month that stands before it."""
    said = with_implied(term)
    return _is_bare_month(draft) and (said.per, said.count) == (Per.MONTH, draft.count)


def is_monthly_sum(draft: Draft, terms: Sequence[Draft]) -> bool:
    """Whether days of the month come to the monthly count before them: 月3回(第1火・第2水・第3木)."""
    said = [with_implied(term) for term in terms]
    monthly = all(one.per is Per.MONTH and not one.months and one.count for one in said)
    whole = sum((one.count or NONE for one in said), NONE)
    return _is_bare_month(draft) and monthly and whole == draft.count


def shares_of_period(draft: Draft, terms: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return counts of weekdays as of the period before them, none if they do not make up its count.

    月2回(平日1回・土曜1回) is once a month on weekdays, and once on Saturdays.
    """
    shares = all(
        term.stated == {"pattern", "count"} and term.pattern and not term.pattern.nths for term in terms
    )
    whole = sum((term.count or NONE for term in terms), NONE)
    period = draft.stated == {"count", "per"} and draft.per in (Per.MONTH, Per.WEEK)
    if not (shares and period and whole == draft.count):
        return ()
    return tuple(term.unmarked(Says.OF_DAYS)._replace(per=draft.per) for term in terms)


def _is_bare_month(draft: Draft) -> bool:
    return draft.stated <= {"count", "per"} and draft.per is Per.MONTH


def is_total_of_all(parts: Sequence[Draft], said: Draft) -> bool:
    """Whether a count is that of all before it: 6月2回、8月1回 計3回, 前期5回、後期5回(全10回)."""
    *terms, current = parts
    if not said.is_total:
        return False
    if current.count and current.exceptions:
        return True  # 月2回(8月は1回) 年23回
    if terms and not any(part.count or not implied(part).count for part in parts):
        return True  # 5月第4日曜、10月第2日曜の年2回: of them all, right or wrong
    if not said.has(Says.WHOLE, Says.TOTAL):
        return False
    if current.count:
        return bool(terms) or current.is_yearly
    whole = any(term.has(Says.WHOLE, Says.TOTAL) for term in terms)
    return bool(terms) and current.pattern is not None and Says.TOTAL in said.says and not whole


def without_total(parts: Sequence[Draft]) -> tuple[Draft, ...]:
    """年2回 7月1回 12月1回: a total beside its parts is left out, and must be their sum."""
    whole = [part for part in parts if part.has(Says.WHOLE, Says.TOTAL) and part.is_total]
    totals = whole if len(whole) == 1 else [part for part in parts if part.is_total]
    rest = tuple(part for part in parts if all(part is not total for total in totals))
    if len(totals) != 1 or not rest:
        return tuple(parts)
    total, held = held_in_year(totals[0]), sum((held_in_year(part) for part in rest), NONE)
    if held != total:
        raise ContradictionError(TOTAL.fill(total=total, held=held))
    return rest


def of_them(total: Draft, inner: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return the part and the rest of 年12回(うち土曜2回): two on Saturdays, ten on other weekdays.

    The rest is told from the part by its weekday or by its months, and by nothing else.
    """
    if not total.is_total or len(inner) != 1 or inner[0].count is None:
        raise ContradictionError(_OF_THEM)
    part = inner[0]._replace(per=inner[0].per or Per.YEAR, half=None, months=inner[0].months or inner[0].half)
    part = part.unmarked(Says.OF_DAYS)
    stated, held = held_in_year(total), held_in_year(part)
    if held.high is None or stated.high is None or held.high > stated.low:
        raise ContradictionError(TOTAL.fill(total=stated, held=held))
    when = part.stated - {"count", "per", "spans"}
    rest = total._replace(count=Range(stated.low - held.high, stated.high - held.low), groups=0, courses=0)
    if when == {"pattern"} and part.pattern and not part.pattern.nths:
        return part, rest._replace(pattern=Pattern(frozenset(range(7)) - part.pattern.weekdays))
    if when == {"months"} and part.months:
        return part, rest._replace(without=Months(part.months.values))
    raise ContradictionError(_OF_THEM)


_OF_THEM = Text(
    "「うち」の後には 土曜2回 や 8月2回 のように、曜日か月とその回数を書きます",
    "after うち stands a weekday or a month and its count, as in 土曜2回 or 8月2回",
)
