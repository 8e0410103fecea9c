"""Meaning to words: the canonical Japanese form, which reads back to the same meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ksolve.calendar import WEEKDAYS, YearlyDay
from ksolve.clock import Span, clock
from ksolve.frequency.meaning import Closing, Frequency, Term
from ksolve.frequency.values import (
    LAST,
    Bond,
    Hedge,
    Months,
    Moved,
    OffDays,
    Pattern,
    Per,
    Service,
    month_runs,
)

SERVICES = {Service.CONTINUOUS: "通年", Service.ON_DEMAND: "随時", Service.IRREGULAR: "不定期"}
MOVES = {
    Moved.NEXT_WEEK: "翌週",
    Moved.NEXT_OPEN: "翌日",
    Moved.PREVIOUS_OPEN: "前日",
    Moved.NEXT_WORKDAY: "翌平日",
    Moved.PREVIOUS_WORKDAY: "前平日",
    Moved.LEFT_OUT: "休み",
}
_BONDS = {Bond.TOGETHER: "と合わせて実施", Bond.AFTER: "後"}
_PERIODS = {
    Per.YEAR: "年",
    Per.HALF: "半期に",
    Per.QUARTER: "四半期に",
    Per.TERM: "学期に",
    Per.MONTH: "月",
    Per.WEEK: "週",
    Per.DAY: "1日に",
    Per.COURSE: "1クール",
    Per.SITE: "各所",
}
_SEVERAL = {Per.MONTH: "か月に", Per.WEEK: "週間に"}
_HEDGES = {Hedge.ABOUT: "程度", Hedge.AT_LEAST: "以上", Hedge.AT_MOST: "以内", Hedge.TENTATIVE: "予定"}


def canonical(frequency: Frequency) -> str:
    """Return the one way in which ksolve itself writes a meaning.

    ``read_frequency(canonical(f)).meaning == f.meaning`` for every meaning that a text can have.
    """
    ways = [_way(frequency)]
    if frequency.otherwise:
        ways.append(_way(frequency.otherwise))
    return "／".join(ways)


def _way(frequency: Frequency) -> str:
    if frequency.closing:
        return _closing(frequency.closing)
    services = [SERVICES[service] for service in sorted(frequency.services)]
    beside = [*services, *(["〃"] if frequency.ditto else [])]
    if frequency.bond:
        kind, other = frequency.bond
        beside.append(other + _BONDS[kind])
    if not frequency.terms:
        return "、".join(beside)
    first, *others = frequency.terms
    words = [[_term(first), *beside]]
    words += [[_term(term), *services] for term in others]
    return "＋".join("、".join(parts) for parts in words)


def _closing(closing: Closing) -> str:
    days = [f"{WEEKDAYS[n]}曜日" for n in sorted(closing.weekdays)]
    days += [str(pattern) for pattern in closing.monthly]
    days += ["祝日の翌日"] if closing.after_holidays else []
    days += [f"{_date(first)}～{_date(last)}" for first, last in closing.dates]
    return "、".join(days) + "は休館" + (f"(祝日の場合は{MOVES[closing.moved]})" if closing.moved else "")


def _term(term: Term) -> str:
    usually = "原則" if Hedge.USUALLY in term.hedges else ""
    hedges = "".join(word for hedge, word in _HEDGES.items() if hedge in term.hedges)
    head = _counted(term) + hedges
    brackets = [*_in_months(term), *_on_days(term)]
    if not head and brackets:
        head, *brackets = brackets
    return usually + head + "".join(f"({part})" for part in brackets)


def _counted(term: Term) -> str:
    """Return 月1回×5か月×2グループ; without a count すべて火曜日 or 毎月, which imply none."""
    if term.count is None:
        monthly = "毎月" if term.per is Per.MONTH else ""
        return monthly + (f"すべて{pattern_in_words(term.pattern)}" if term.pattern else "")
    several = term.every > 1 and term.per in _SEVERAL
    period = f"{term.every}{_SEVERAL[term.per]}" if several else _PERIODS[term.per]
    is_run = term.consecutive and term.per in (Per.YEAR, Per.COURSE)
    words = ["連続" if is_run else period, f"{term.count}{'日間' if term.day_by_day else '回'}"]
    words += [f"×{term.periods}か月"] if term.periods else []
    words += [f"×{term.groups}グループ"] if term.groups != 1 else []
    words += [f"×{term.courses}クール"] if term.courses != 1 else []
    return "".join(words)


def _in_months(term: Term) -> Iterator[str]:
    if term.pace:
        most, per = term.pace
        yield f"{term.every}{_SEVERAL[per]}{most}回" if term.every > 1 else f"{_PERIODS[per]}{most}回"
    if term.consecutive and term.per not in (Per.YEAR, Per.COURSE):
        yield "連続"
    if term.months:
        yield months_in_words(term.months)
    if term.without:
        yield "・".join(f"{month}月" for month in term.without.values) + "を除く"
    if term.within:
        yield "・".join(f"{_date(first)}～{_date(last)}" for first, last in term.within)


def _on_days(term: Term) -> Iterator[str]:
    if term.pattern and term.count:
        yield _either_in_words(term) or pattern_in_words(term.pattern)
    if term.dates:
        yield "・".join(_date(day) for day in term.dates)
    if term.days:
        yield days_in_words(term.days)
    if term.hours:
        yield hours_in_words(term.hours)
    if not term.holidays:
        yield "祝日を除く"
    if term.left_out:
        yield (
            "・".join(_date(a) if a == b else f"{_date(a)}～{_date(b)}" for a, b in term.left_out) + "を除く"
        )
    if term.moved:
        yield f"{off_days_in_words(term.moved_from)}の場合は{MOVES[term.moved]}"


def off_days_in_words(off: OffDays) -> str:
    """Return 土・日・祝日, or 休館日 where none are named."""
    days = [WEEKDAYS[day] for day in sorted(off.weekdays)] + (["祝日"] if off.holidays else [])
    if len(days) == 1 and off.weekdays:
        return f"{days[0]}曜日"
    return "・".join(days) or "休館日"


def _either_in_words(term: Term) -> str:
    """Return 第1又は第2土曜日 where fewer sessions a month are stated than days named, else nothing."""
    pattern, count = term.pattern, term.count
    monthly = term.per is Per.MONTH and term.every == 1
    if not pattern or not pattern.weekdays or not monthly or not count or count.high is None:
        return ""
    if not count.high < sum(n != _NOT_ALWAYS for n in pattern.nths) * len(pattern.weekdays):
        return ""
    *nths, last = (str(Pattern(pattern.weekdays, (n,))) for n in pattern.nths)
    return "".join(re.sub("[月火水木金土日・]+曜日$", "", nth) + "又は" for nth in nths) + last


_NOT_ALWAYS = 5
"""Not every month has a fifth Tuesday."""


def _date(day: YearlyDay) -> str:
    return f"{day.year}/{day.month}/{day.day}" if day.year else f"{day.month}/{day.day}"


def days_in_words(days: tuple[int, ...]) -> str:
    """Return 1日～7日 for one run of three days or more, else 1日・15日."""
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{days[0]}日～{days[-1]}日"
    return "・".join(f"{day}日" for day in days)


def hours_in_words(hours: Span) -> str:
    """Return 10:00～11:30, or 10:00 where only the start is known."""
    start, end = hours
    return clock(start) if start == end else f"{clock(start)}～{clock(end)}"


def months_in_words(months: Months) -> str:
    """Return 5月・8月 for months named one by one, 7月～9月 for a span, 4月又は5月 for a choice."""
    runs = month_runs(months.values)
    if months.either or months.each or any(first != last for first, last in runs):
        return str(months)
    return "・".join(f"{month}月～{month}月" for month in months.values)


def pattern_in_words(pattern: Pattern) -> str:
    """Return 第1・3火曜日, 火・木曜日 or 最終週."""
    if pattern.nths == (LAST,) and not pattern.weekdays:
        return "最終週"
    return str(pattern)
