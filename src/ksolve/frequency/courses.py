"""Courses beside a count: 年3クール 計12回, 年40回(10講座), 1クール6回×3クール; and what ×5か月 goes with."""

from __future__ import annotations

from ksolve.frequency.fields import COUNTED, TWICE, ContradictionError, Fields
from ksolve.frequency.meaning import Per, Range
from ksolve.text import Text


def check_factors(given: Fields) -> None:
    """×5か月 goes with a monthly count, ×3クール with one of a course."""
    if given.get("periods") and given.get("per") is not Per.MONTH:
        raise ContradictionError(_MONTHS_LONG)
    several = given.get("courses", 1) != 1 and "count" in given
    if several and given.setdefault("per", Per.COURSE) is not Per.COURSE:
        raise ContradictionError(_COURSES)


def agreed(given: Fields) -> Fields:
    """Return the fields of a term without those that go with another count than it has."""
    if given.get("per", Per.YEAR) is Per.YEAR and "pace" not in given:
        given.pop("every", None)  # 隔月 5/7・7/7
    if given.get("courses", 1) != 1 and "count" in given:
        if given.get("per") is not Per.COURSE:
            raise ContradictionError(_COURSES)
        if "pace" in given:
            raise ContradictionError(TWICE)
    if "count" in given:
        return given
    monthly = given.get("per") is Per.MONTH and given.get("every", 1) == 1
    beside = {"groups", "courses", *(() if monthly else COUNTED)}
    return {key: value for key, value in given.items() if key not in beside}


def share_out(given: Fields) -> None:
    """年3クール 計12回 is four in each; 年3クール 全12回 could be that, or twelve in each.

    年40回(7講座) does not say how many of one course: it is the total.
    """
    whole = given.pop("whole", "")
    apart = given.pop("apart", False)
    if {"sites", "each_site", "a_day", "others", "exceptions", "weeks"} & set(given):
        raise ContradictionError(TWICE)  # of a part that its whole text has not made sense of
    for said in ("in_days", "named", "apiece"):
        given.pop(said, None)
    courses: int = given.get("courses", 1)
    if courses == 1 or not apart:
        return
    if "count" not in given:
        raise ContradictionError(_NO_COUNT_OF_COURSES)
    count: Range = given["count"]
    if whole == "全":
        raise ContradictionError(_OF_COURSES.fill(courses=courses, count=count))
    if whole or given.get("per") is Per.YEAR:
        even = count.high is not None and not (count.low % courses or count.high % courses)
        share = Range(count.low // courses, (count.high or 0) // courses)
        alone = even and "pace" not in given
        given |= {"count": share, "per": Per.COURSE} if alone else {"courses": 1, "per": Per.YEAR}


_NO_COUNT_OF_COURSES = Text(
    "クールの回数が書かれていません。1クール6回×3クール のように書きます",
    "it is not said how many sessions a course has: write 1クール6回×3クール",
)
_OF_COURSES = Text(
    "{courses}クールの{count}回が、1クールの回数なのか、合わせた回数なのかわかりません。"
    "1クールの回数なら 1クール{count}回×{courses}クール、合わせた回数なら 年{count}回 と書きます",
    "{count} in each of {courses} courses, or in all: write 1クール{count}回×{courses}クール or 年{count}回",
)


_MONTHS_LONG = Text(
    "×か月 は 月1回×5か月 のように月の回数に付けます", "months multiply a monthly count: 月1回×5か月"
)
_COURSES = Text(
    "×クール は 1クール6回×年3クール のようにクールの回数に付けます",
    "courses multiply the count of a course: 1クール6回×年3クール",
)
