"""A total beside what it is made of: 年3回(各学期1回), 年11回(月1回), 年2回 7月1回 12月1回."""

from __future__ import annotations

from collections.abc import Sequence

from ksolve.frequency.completing import complete, implied
from ksolve.frequency.fields import COUNTED, TOTAL, ContradictionError, Fields, merged
from ksolve.frequency.meaning import Months, Pattern, Per, Range, count_of_year
from ksolve.frequency.sites import sites_of_total
from ksolve.text import Text


def is_yearly(fields: Fields) -> bool:
    """Whether a count is that of the year, as it is where nothing else is said."""
    return fields.get("per", Per.YEAR) is Per.YEAR


def reconciled(one: Fields, other: Fields, *, apart: bool = False) -> Fields:
    """年3回(各学期1回) says one count twice; 年11回(月1回) says a total and a pace.

    Where they stand apart (月1回、年2回), a total far below the pace could be one more programme.
    """
    totals = [fields for fields in (one, other) if fields.get("per", Per.YEAR) is Per.YEAR]
    if not totals and (monthly := month_of_weeks(one, other)):
        return monthly
    if len(totals) != 1:
        return merged(one, other)
    total = totals[0]
    pace = other if total is one else one
    if (at_each := sites_of_total(total, pace)) is not None:
        return at_each
    if pace.get("per") is Per.SITE:
        raise ContradictionError(TOTAL.fill(total=total["count"], held=pace["count"]))
    if "per" not in total and "whole" not in total and total["count"] == pace["count"]:
        return merged(pace, total)  # 第2・4土曜日(2回): what it says already
    rest = merged(*({k: v for k, v in fields.items() if k not in COUNTED} for fields in (one, other)))
    paced = {**rest, **{key: pace[key] for key in COUNTED if key in pace}}
    held = count_of_year(complete({**paced, "groups": 1, "courses": 1})[0])
    count: Range = total["count"]
    if held == count:
        return paced
    if apart and _is_far_below(total, pace, held):
        raise ContradictionError(TOTAL.fill(total=count, held=held))
    most = pace["count"].high
    short = held.high is not None and held.high < (count.high or count.low)
    every, once = pace.get("every", 1), pace["count"] == Range(1, 1)
    rare = count.high is None or count.high * 2 < held.low
    if short or (every > 1 and (rare or not (pace["per"] is Per.WEEK and once))):
        raise ContradictionError(TOTAL.fill(total=count, held=held))
    if count.high is not None and count.high < pace["count"].low:
        raise ContradictionError(TOTAL.fill(total=count, held=pace["count"]))  # 年2回(月4回)
    rhythm = {"every": every} if every > 1 else {}  # 全20回(隔週水曜日)
    return {**rest, "count": count, "per": Per.YEAR, "pace": (most, pace["per"]), **rhythm}


def _is_far_below(total: Fields, pace: Fields, held: Range) -> bool:
    """Tell 月1回、年2回, and 毎週土曜日2回, which could be twice on each Saturday."""
    count: Range = total["count"]
    if pace["per"] is Per.MONTH:
        return count.high is not None and count.high * 2 < held.low and "whole" not in total
    bare = pace["per"] is Per.WEEK and not {"per", "whole"} & set(total)
    return bare and count.high is not None and 1 < count.high <= _OF_ONE_DAY


_OF_ONE_DAY = 3
"""So many sessions could be those of one day: 毎週土曜日2回, but not 毎週土曜日10回."""


def month_of_weeks(one: Fields, other: Fields) -> Fields:
    """Return the count of a month for 月4回(毎週水曜), nothing where month and week do not agree."""
    pers = {fields.get("per"): fields for fields in (one, other) if fields.get("every", 1) == 1}
    if set(pers) != {Per.MONTH, Per.WEEK}:
        return {}
    month, week = pers[Per.MONTH], pers[Per.WEEK]
    weekly: Range = week.get("count", Range(1, 1))
    if (
        "count" not in month
        or weekly.low != weekly.high
        or month["count"] not in (weekly * 4, Range(4 * weekly.low, 5 * weekly.low))
    ):
        return {}
    rest = {key: value for key, value in week.items() if key not in COUNTED}
    return merged(month, rest)


def of_total(total: Fields, found: Fields) -> Fields:
    """Return what a bracket says of each group, where it comes to the total before it."""
    stated, held = (count_of_year(complete(fields)[0]) for fields in (total, found))
    if stated != held:
        raise ContradictionError(TOTAL.fill(total=stated, held=held))
    return found


def is_paced(fields: Fields, term: Fields) -> bool:
    """Whether a term says itself, in more words, the count for each month that stands before it."""
    bare = set(fields) <= {"count", "per"} and fields.get("per") is Per.MONTH
    said = {**implied(term), **term}
    return bare and (said.get("per"), said.get("count")) == (Per.MONTH, fields.get("count"))


def is_monthly_sum(fields: Fields, terms: Sequence[Fields]) -> bool:
    """Whether days of the month come to the monthly count before them: 月3回(第1火・第2水・第3木)."""
    said = [{**implied(term), **term} for term in terms]
    monthly = all(one.get("per") is Per.MONTH and "months" not in one and "count" in one for one in said)
    bare = set(fields) <= {"count", "per"} and fields.get("per") is Per.MONTH
    return bare and monthly and sum((one["count"] for one in said), Range(0, 0)) == fields["count"]


def is_total(fields: Fields) -> bool:
    """Whether a term states a yearly count and nothing else."""
    bare = set(fields) <= {"count", "per", "hedges", "groups", "courses", "whole"}
    return bare and "count" in fields and fields.get("per", Per.YEAR) is Per.YEAR


def is_total_of_all(terms: Sequence[Fields], current: Fields, fields: Fields) -> bool:
    """Whether a count is that of all before it: 6月2回、8月1回 計3回, 前期5回、後期5回(全10回)."""
    if "count" in current and "exceptions" in current and is_total(fields):
        return True  # 月2回(8月は1回) 年23回
    if not is_total(fields):
        return False
    if _is_sum_of_days(terms, current):
        return True
    if "whole" not in fields:
        return False
    if "count" in current:
        return bool(terms) or is_yearly(current)
    several = bool(terms) and "pattern" in current
    return several and fields["whole"] == "計" and not any("whole" in term for term in terms)


def _is_sum_of_days(terms: Sequence[Fields], current: Fields) -> bool:
    """Whether days that state their own count are added up: 5月第4日曜、10月第2日曜の年2回.

    A count behind several is of them all, right or wrong, and not of the last alone.
    """
    days = [*terms, current]
    return bool(terms) and not any("count" in term or not implied(term) for term in days)


def without_total(terms: list[Fields]) -> list[Fields]:
    """年2回 7月1回 12月1回: a total beside its parts is left out, and must be their sum."""
    whole = [term for term in terms if "whole" in term and is_total(term)]
    totals = whole if len(whole) == 1 else [term for term in terms if is_total(term)]
    parts = [term for term in terms if all(term is not total for total in totals)]
    if len(totals) != 1 or not parts:
        return terms
    total = count_of_year(complete(totals[0])[0])
    held = sum((count_of_year(term) for part in parts for term in complete(part)), Range(0, 0))
    if held != total:
        raise ContradictionError(TOTAL.fill(total=total, held=held))
    return parts


def of_them(total: Fields, inner: Sequence[Fields]) -> tuple[Fields, list[Fields]]:
    """Return the rest and the part of 年12回(うち土曜2回): ten on other weekdays, two on Saturdays.

    The rest is told from the part by its weekday or by its months, and by nothing else.
    """
    if not is_total(total) or len(inner) != 1 or "count" not in inner[0]:
        raise ContradictionError(_OF_THEM)
    part = {**inner[0], "per": inner[0].get("per", Per.YEAR)}
    if half := part.pop("course_of", None):
        part.setdefault("months", half)
    stated, held = (count_of_year(complete(fields)[0]) for fields in (total, part))
    if held.high is None or stated.high is None or held.high > stated.low:
        raise ContradictionError(TOTAL.fill(total=stated, held=held))
    pattern: Pattern | None = part.get("pattern")
    when = set(part) - {"count", "per", "of_days", "spans"}
    if when == {"pattern"} and pattern and not pattern.nths:
        others: Fields = {"pattern": Pattern(frozenset(range(7)) - pattern.weekdays)}
    elif when == {"months"}:
        others = {"without": Months(part["months"].values)}
    else:
        raise ContradictionError(_OF_THEM)
    rest = {**total, **others, "count": Range(stated.low - held.high, stated.high - held.low)}
    return {key: value for key, value in rest.items() if key not in ("groups", "courses")}, [part]


_OF_THEM = Text(
    "「うち」の後には 土曜2回 や 8月2回 のように、曜日か月とその回数を書きます",
    "after うち stands a weekday or a month and its count, as in 土曜2回 or 8月2回",
)
