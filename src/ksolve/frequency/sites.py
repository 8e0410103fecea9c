"""How often at each of several places: 4会場 各会場2回, 各校1回(10校), 2クラス 月2回ずつ."""

from __future__ import annotations

from ksolve.frequency.fields import ContradictionError, Fields
from ksolve.frequency.meaning import Per, Range
from ksolve.text import Text


def with_sites(fields: Fields) -> Fields:
    """Return a term with its places as groups where it says both how many and how often."""
    return at_sites(fields) if "sites" in fields and "count" in fields else fields


def at_sites(fields: Fields) -> Fields:
    """Return a term whose places are counted as groups.

    Raises ContradictionError where places are named and it is not said whether the count is of
    each (月1回(2会場)), and where each of an unknown number is to have its own count (各館月1回).
    """
    given = dict(fields)
    sites: int | None = given.pop("sites", None)
    each = given.pop("each_site", False)
    apiece = given.pop("apiece", False)
    if each and sites is None:
        raise ContradictionError(_HOW_MANY)
    if sites is None:
        return given
    if "groups" in given or "count" not in given:
        raise ContradictionError(_WHICH.fill(sites=sites))
    if given.get("per") is Per.SITE:
        return {**given, "per": Per.YEAR, "groups": sites}
    if each or apiece or sites == 1:
        return {**given, "groups": sites}
    if given.get("whole") == "計":
        return given  # 2会場で計3回
    raise ContradictionError(_EACH_OR_ALL.fill(sites=sites))


def sites_of_total(total: Fields, of_each: Fields) -> Fields | None:
    """Return 各小学校区1回(計5回) as once at each of five places, None where it does not come out even."""
    count: Range = total["count"]
    one: Range = of_each["count"]
    if of_each.get("per") is not Per.SITE or one.low != one.high or count.low != count.high:
        return None
    if not one.low or count.low % one.low:
        return None
    return {**of_each, "per": Per.YEAR, "groups": count.low // one.low}


_HOW_MANY = Text(
    "いくつあるのかが書かれていません。月1回×3会場 のように書きます",
    "it is not said how many there are: write 月1回×3会場",
)
_WHICH = Text(
    "{sites}か所の回数が書かれていません。年3回×{sites}会場 のように書きます",
    "it is not said how often at the {sites} places: write 年3回×{sites}会場",
)
_EACH_OR_ALL = Text(
    "{sites}か所のそれぞれの回数なのか、合わせた回数なのかわかりません。"
    "それぞれなら 月1回×{sites}会場、合わせてなら 月1回 とだけ書きます",
    "at each of {sites} places, or in all? Write 月1回×{sites}会場 for each, 月1回 alone for all",
)
