"""What a clause says, before it is a term: fields, how two are merged, and what cannot be meant."""

from __future__ import annotations

from typing import Any

from ksolve.frequency.meaning import Months
from ksolve.text import Text

Fields = dict[str, Any]
"""Fields of a Term, and some that `complete` resolves: `uncounted` (no count is implied),
`each_of` (windows that hold a session each) `without_nths` (第5週を除く), `stretch` (28日～31日),
`part_of_month` (毎月下旬), `of_weekday` (第1・3, of a weekday beside it),
`of_days` (水曜日2回: a count that follows its weekdays), `parity` (奇数月), `course_of` (前期, whose
months give way to those beside it), `whole` (計 or 全: a total), `apart` (10講座: courses that are not
a factor), `sites` (4会場), `each_site` (各クラス月2回), `apiece` (ずつ), `in_days` (年10日), `a_day`
(1日2回), `either` (第1又は第2), `named` (総会3回: a part), `exceptions` (8月は2回) and `others`
(その他の月は)."""


class ContradictionError(Exception):
    """A text whose parts cannot all be meant; becomes a FrequencyError."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


TWICE = Text("同じことが二通りに書かれています", "says the same thing in two ways")


TOTAL = Text(
    "全体の{total}回と、そのほかに書かれた{held}回が合いません",
    "the total of {total} and the {held} stated beside it do not agree",
)


COUNTED = ("count", "per", "every")
"""What states a count and its period."""


def merged(one: Fields, other: Fields) -> Fields:
    """Return the fields of both. Raises ContradictionError where they differ on one."""
    both = set(one) & set(other) - {"hedges", "without", "whole", "left_out"}
    if any(one[key] != other[key] for key in both):
        raise ContradictionError(TWICE)
    hedges = one.get("hedges", frozenset()) | other.get("hedges", frozenset())
    left_out = [fields["without"] for fields in (one, other) if fields.get("without")]
    days = (*one.get("left_out", ()), *other.get("left_out", ()))
    without = Months(tuple(month for months in left_out for month in months.values))
    return {
        **one,
        **other,
        **({"hedges": hedges} if hedges else {}),
        **({"without": without} if left_out else {}),
        **({"left_out": days} if days else {}),
    }
