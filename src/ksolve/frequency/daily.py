"""Several sessions on one day: 第2土曜日(1日2回), 1日2回、年10日."""

from __future__ import annotations

from ksolve.frequency.completing import implied
from ksolve.frequency.fields import COUNTED, ContradictionError, Fields
from ksolve.frequency.meaning import Pattern, Per, Range
from ksolve.text import Text


def times_a_day(current: Fields, fields: Fields) -> Fields | None:
    """Return a term that says on which days, and how often on each; None where only one is said.

    毎週土曜日 1日2回 is twice on each Saturday; 年20回(1日2回) stays a total, two a day at most.
    """
    if fields.get("per") is Per.DAY and "count" in fields:
        days, daily = current, fields
    elif current.get("per") is Per.DAY and ("in_days" in fields or _nths(fields)):
        days, daily = fields, current
    else:
        return None
    both = {**_without_count(daily), **days}
    if _each_of_weekdays(days):
        return {**_without_count(both), "count": daily["count"], "per": Per.DAY}
    names_days = _nths(days) or {"dates", "days", "in_days"} & set(days) or days.get("per") is Per.MONTH
    return {**both, "a_day": daily["count"]} if names_days else None


def held_daily(fields: Fields) -> Fields:
    """Give a count for each day to named days as groups, and refuse it for days still to be found."""
    given = dict(fields)
    daily: Range | None = given.pop("a_day", None)
    if daily is None or daily == Range(1, 1):
        return given
    named = implied({key: value for key, value in given.items() if key != "count"})
    stated = {**named, **given}
    whole = bool(given.get("dates") or given.get("days") or _nths(given))
    if not whole or stated.get("count") != named.get("count") or daily.low != daily.high:
        raise ContradictionError(_SAME_DAY.fill(daily=daily))
    return {**given, "groups": given.get("groups", 1) * daily.low}


def _nths(fields: Fields) -> bool:
    pattern: Pattern | None = fields.get("pattern")
    return pattern is not None and bool(pattern.nths)


def _each_of_weekdays(fields: Fields) -> bool:
    pattern: Pattern | None = fields.get("pattern")
    weekly = fields.get("per") is Per.WEEK and fields.get("every", 1) == 1
    if pattern is None or pattern.nths or not weekly:
        return False
    return fields.get("count") == Range(len(pattern.weekdays), len(pattern.weekdays))


def _without_count(fields: Fields) -> Fields:
    return {key: value for key, value in fields.items() if key not in COUNTED}


_SAME_DAY = Text(
    "日付の決まっていない日に{daily}回ずつ行うことは守らせられません。年20回 のように合わせた回数で書くか、"
    "第2土曜日(1日2回) のように日を決めます",
    "{daily} on each of days still to be found cannot be held: write the sum (年20回), or name the days"
    " (第2土曜日(1日2回))",
)
