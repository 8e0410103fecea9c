"""What words are said of: the last part, all parts, some months of it, each of its days or places."""

from __future__ import annotations

from itertools import takewhile

from ksolve.frequency.draft import COUNTED, TWICE, ContradictionError, Draft, Says, merged
from ksolve.frequency.implied import days_named, implied, with_implied
from ksolve.frequency.terms import NO_WEEKDAY
from ksolve.frequency.values import EVERY_MONTH, Months, Pattern, Per, Range
from ksolve.text import Text

Parts = tuple[Draft, ...]

# --- all parts ------------------------------------------------------------------------------------------

SHARED = ("without", "left_out", "holidays", "moved", "hours")
"""What may be said of several parts at once: 第1火曜、第3木曜、8月は休み."""


def shared(parts: Parts, said: Draft, *, bracketed: bool) -> tuple[Parts, ...] | None:
    """Return the parts with what is said of all of them, None where it is the last one's alone.

    What stands apart (、8月は休み) is said of every part that it could concern. A bracket behind the
    last could be that one's own, or be said of all: both are ways.
    """
    *done, last = parts
    if bracketed and done and _is_pace(said) and all(map(_is_yearly_count, parts)):
        raise ContradictionError(_PACE)
    if len(said.stated) != 1 or said.says or not done or not said.stated <= set(SHARED):
        return None
    (name,) = said.stated
    concerned = _concerned(name, parts, said)
    if concerned == [len(done)]:
        return None
    of_all = tuple(merged(part, said) if at in concerned else part for at, part in enumerate(parts))
    if bracketed and len(done) in concerned:
        return of_all, (*done, merged(last, said))
    return (of_all,)


def _is_pace(said: Draft) -> bool:
    """Tell the (週1回) behind 前期12回、後期12回."""
    return said.per in (Per.WEEK, Per.MONTH) and said.stated <= set(COUNTED)


def _is_yearly_count(part: Draft) -> bool:
    return bool(part.count) and part.pace is None and part.is_yearly


def _concerned(name: str, parts: Parts, said: Draft) -> list[int]:
    """Return the places of the parts that words could be said of; the last one's if of none."""
    last = len(parts) - 1
    places = [at for at, part in enumerate(parts) if at == last or not part.is_total]
    if name != "without" or said.without is None:
        own = any(name in parts[at].stated for at in places[:-1])
        return [last] if own else places
    left_out = set(said.without.values)
    months = [(part.months or part.half or EVERY_MONTH).values for part in parts]
    return [at for at in places if left_out & set(months[at])] or [last]


def each_period(parts: Parts, said: Draft) -> Parts | None:
    """Return 前期(5～7月)・後期(10～12月) 各3回 as so many in each of the periods named, else None."""
    if Says.EACH not in said.says or not said.stated <= {"count", "per"}:
        return None
    bare = list(takewhile(_is_bare_period, reversed(parts)))
    if not bare:
        return None
    first = len(parts) - len(bare)
    held = (part._replace(count=said.count, per=Per.YEAR if part.half else None) for part in parts[first:])
    return (*parts[:first], *held)


def _is_bare_period(part: Draft) -> bool:
    named = part.half or part.numbered
    return bool(named) and not (part.count or part.pattern or part.dates or part.days or part.per)


# --- each of its days -----------------------------------------------------------------------------------


def times_a_day(current: Draft, said: Draft) -> Draft | None:
    """Return a part that says on which days, and how often on each; None where only one is said.

    毎週土曜日 1日2回 is twice on each Saturday; 年20回(1日2回) stays a total, two a day at most.
    """
    if said.per is Per.DAY and said.count:
        days, daily = current, said
    elif current.per is Per.DAY and (Says.IN_DAYS in said.says or (said.pattern and said.pattern.nths)):
        days, daily = said, current
    else:
        return None
    both = _over(daily.unsaid(*COUNTED), days)
    if _each_of_weekdays(days):
        return both._replace(count=daily.count, per=Per.DAY)
    nths = days.pattern and days.pattern.nths
    named = nths or days.dates or days.days or Says.IN_DAYS in days.says or days.per is Per.MONTH
    return both._replace(a_day=daily.count) if named else None


def _over(one: Draft, other: Draft) -> Draft:
    """Return what both say, `other` where they differ."""
    return merged(one.unsaid(*(one.stated & other.stated)), other)


def held_daily(part: Draft) -> Draft:
    """Give a count for each day to named days as groups, and refuse it for days still to be found.

    Places are groups as well where it is said both how many they are and how often they have it.
    """
    ways = at_sites(part) if part.sites and part.count else (part,)
    part = ways[0] if len(ways) == 1 else part
    daily = part.a_day
    given = part._replace(a_day=None)
    if daily is None or daily == Range(1, 1):
        return given
    named = implied(given._replace(count=None))
    whole = given.dates or given.days or (given.pattern and given.pattern.nths)
    if not whole or with_implied(given).count != named.count or daily.low != daily.high:
        raise ContradictionError(_SAME_DAY.fill(daily=daily))
    return given._replace(groups=(given.groups or 1) * daily.low)


def _each_of_weekdays(days: Draft) -> bool:
    pattern = days.pattern
    if pattern is None or pattern.nths or days.per is not Per.WEEK or days.every > 1:
        return False
    return days.count == Range(len(pattern.weekdays), len(pattern.weekdays))


# --- each of its places ---------------------------------------------------------------------------------


def at_sites(part: Draft) -> Parts:
    """Return a part whose places are counted as groups; 月1回(2会場) in both ways: of each, or of all.

    Raises ContradictionError where each of an unknown number is to have its own count (各館月1回).
    """
    sites = part.sites
    each = part.has(Says.EACH_SITE, Says.APIECE)
    given = part.unmarked(Says.EACH_SITE, Says.APIECE)._replace(sites=0)
    if Says.EACH_SITE in part.says and not sites:
        raise ContradictionError(_HOW_MANY)
    if not sites:
        return (given,)
    if given.groups or given.count is None:
        raise ContradictionError(_WHICH_SITES.fill(sites=sites))
    if given.per is Per.SITE:
        return (given._replace(per=Per.YEAR, groups=sites),)
    if each or sites == 1:
        return (given._replace(groups=sites),)
    if Says.TOTAL in given.says:
        return (given,)  # 2会場で計3回
    return given._replace(groups=sites), given


# --- some of its months ---------------------------------------------------------------------------------

_BESIDE = {"without", "left_out", "holidays", "moved"}
"""What may stand beside exceptions in a bracket: 第1日曜(1月は第2日曜、5月は休み)."""


def excepted(part: Draft) -> Parts:
    """Split 基本火曜日 5、2月は金曜日 into the rule without its exceptions, and the exceptions."""
    usual = part.unmarked(Says.OTHERS)
    if Says.OTHERS in part.says and usual.count:
        usual = usual._replace(per=usual.per or Per.MONTH)  # 4月は2回、その他の月は1回
    exceptions, usual = usual.exceptions, usual._replace(exceptions=())
    if not exceptions or (usual.stated <= _BESIDE and not usual.says):
        return (part,)  # alone in a bracket: the exceptions are those of the part before it
    days = usual.pattern
    if any(isinstance(other, Pattern) and not other.weekdays for _, other in exceptions) and not (
        days and days.weekdays
    ):
        raise ContradictionError(NO_WEEKDAY)
    if not usual.count and not usual.pattern:
        usual = with_implied(usual) if implied(usual).count else usual.marked(Says.UNCOUNTED)
    if not usual.count:
        usual = usual if usual.pattern and usual.pattern.nths else usual.marked(Says.UNCOUNTED)
    elif usual.per not in (Per.MONTH, Per.WEEK) or usual.every > 1:
        raise ContradictionError(_EXCEPTED)
    before = usual.without.values if usual.without else ()
    named = [month for months, _ in exceptions for month in months.values]
    if set(before) & set(named):
        raise ContradictionError(TWICE)
    same = usual._replace(without=None)
    others = tuple(_otherwise(same, months, other) for months, other in exceptions)
    return (usual._replace(without=Months((*before, *named))), *others)


def _otherwise(part: Draft, months: Months, other: Pattern | Range) -> Draft:
    """Return a part with an exception's count, or its pattern: on the usual weekday where it names none."""
    if isinstance(other, Range):
        return part._replace(months=months, count=other, per=Per.MONTH)
    usual = part.pattern
    named = other if other.weekdays or not usual else Pattern(usual.weekdays, other.nths)
    fixed = usual and usual.nths and part.count == days_named(usual) and Says.EACH not in part.says
    if named.nths and (
        part.per is Per.WEEK or fixed
    ):  # 毎週土曜日(8月は第1・3のみ): its days state their count
        part = part.unsaid(*COUNTED)
    return part._replace(months=months, pattern=named)


def spelled_out(part: Draft) -> Parts:
    """Return 4月～9月は第2火曜、10月～3月は第3火曜 as parts: the two say of all their months.

    Of one stretch of months alone it would be said what it is an exception to. Raises
    ContradictionError for that, and where two speak of one month.
    """
    exceptions, beside = part.exceptions, part._replace(exceptions=())
    if not exceptions:
        return (part,)
    named = [month for months, _ in exceptions for month in months.values]
    if len(exceptions) == 1 or len(named) != len(set(named)):
        raise ContradictionError(_EXCEPTED_ALONE)
    fixed = all(isinstance(other, Range) or (other.weekdays and other.nths) for _, other in exceptions)
    beside = beside if fixed else beside.marked(Says.UNCOUNTED)
    return tuple(_otherwise(beside, months, other) for months, other in exceptions)


def of_the_others(current: Draft) -> Draft:
    """Return what stands before その他は as the exception that it is to what follows."""
    if current.exceptions and current.stated <= {*_BESIDE, "exceptions"}:
        return current.marked(Says.OTHERS)
    months, count = current.months or current.half, current.count
    rest = current.unsaid("months", "spans", "count", "per", "half")
    if months is None or count is None or current.per is not Per.MONTH or not rest.stated <= _BESIDE:
        raise ContradictionError(_WHICH_OTHERS)
    return rest._replace(exceptions=((months, count),)).marked(Says.OTHERS)


_PACE = Text(
    "週や月の回数が、最後に書かれたものだけのことなのか、すべてのことなのか分かりません。"
    "前期12回(週1回)、後期12回(週1回) のように一つずつ書きます",
    "the count of a week or month: of the last alone, or of all? Write it behind each",
)
_SAME_DAY = Text(
    "日付の決まっていない日に{daily}回ずつ行うことは扱えません。年20回 のように合わせた回数で書くか、"
    "第2土曜日(1日2回) のように日を決めます",
    "{daily} on each of days still to be found cannot be held: write the sum (年20回), or name the days"
    " (第2土曜日(1日2回))",
)
_HOW_MANY = Text(
    "いくつあるのかが書かれていません。月1回×3会場 のように書きます",
    "it is not said how many there are: write 月1回×3会場",
)
_WHICH_SITES = Text(
    "{sites}か所の回数が書かれていません。年3回×{sites}会場 のように書きます",
    "it is not said how often at the {sites} places: write 年3回×{sites}会場",
)
_WHICH_OTHERS = Text(
    "「その他」がどの月のことか分かりません。8月は月2回、その他の月は月1回 のように書きます",
    "which the others are is not clear: write 8月は月2回、その他の月は月1回",
)
_EXCEPTED_ALONE = Text(
    "一部の月だけのことで、ほかの月のことが書かれていません",
    "says something of some months and nothing of the others",
)
_EXCEPTED = Text(
    "一部の月だけ曜日や回数が違うので、年の回数を月ごとに分けられません",
    "some months have another weekday or count: the yearly count cannot be shared out between them",
)
CLOSED_WITHIN = Text(
    "休みの日は回数と一緒には書けません。"
    "除く月は 月1回(8月を除く) のように、休館日は計画の calendar(記入表では「開館日・休館日」)に書きます",
    "closed days do not go with a count: leave months out as in 月1回(8月を除く);"
    " closures stand in the calendar (in a form: open and closed)",
)
