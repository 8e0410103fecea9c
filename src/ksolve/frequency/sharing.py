"""What stands after several terms and may be said of them all: 第1火曜、第3木曜、8月は休み."""

from __future__ import annotations

from collections.abc import Sequence

from ksolve.frequency.fields import COUNTED, ContradictionError, Fields, merged
from ksolve.frequency.meaning import EVERY_MONTH, Months, Per
from ksolve.frequency.totals import is_total, is_yearly
from ksolve.text import Text

_SHARED = {
    "without": Text("除く月", "the months left out"),
    "holidays": Text("祝日を除くこと", "leaving holidays out"),
    "moved": Text("祝日の場合のこと", "what happens on holidays"),
    "left_out": Text("除く日", "the days left out"),
    "hours": Text("時刻", "the hours"),
}


def shared(
    terms: Sequence[Fields], current: Fields, fields: Fields, *, bracketed: bool
) -> tuple[list[Fields], Fields] | None:
    """Return the terms with what is said of all of them, None where it is the last one's alone.

    What stands apart (、8月は休み) is said of every term that it could concern. A bracket behind the
    last term could be that term's own, or all of theirs: it is refused.
    """
    if bracketed and terms and _is_pace(fields) and all(map(_is_yearly_count, [*terms, current])):
        raise ContradictionError(_SCOPE.fill(what=_PACE))
    key = next(iter(set(fields) - {"moved_from"}), "")
    if len(set(fields) - {"moved_from"}) != 1 or not terms:
        return None
    if key not in _SHARED:
        return None
    concerned = _concerned(key, [*terms, current], fields)
    if concerned[-1:] == [len(terms)] and len(concerned) == 1:
        return None
    if bracketed and len(terms) in concerned:
        raise ContradictionError(_SCOPE.fill(what=_SHARED[key]))
    *done, last = (
        merged(term, fields) if place in concerned else term for place, term in enumerate([*terms, current])
    )
    return done, last


def _is_pace(fields: Fields) -> bool:
    """Tell the (週1回) behind 前期12回、後期12回."""
    return fields.get("per") in (Per.WEEK, Per.MONTH) and set(fields) <= set(COUNTED)


def _is_yearly_count(term: Fields) -> bool:
    return "count" in term and "pace" not in term and is_yearly(term)


_PACE = Text("週や月の回数", "the count of a week or month")


def _concerned(key: str, terms: Sequence[Fields], fields: Fields) -> list[int]:
    """Return the places of the terms that a clause could be said of; the last one's if of none."""
    last = len(terms) - 1
    places = [place for place, term in enumerate(terms) if place == last or not is_total(term)]
    if key != "without":
        own = any(key in terms[place] for place in places[:-1])
        return [last] if own else places
    left_out = set(fields["without"].values)
    return [place for place in places if left_out & set(_months(terms[place]))] or [last]


def _months(term: Fields) -> tuple[int, ...]:
    months: Months = term.get("months") or term.get("course_of") or EVERY_MONTH
    return months.values


_SCOPE = Text(
    "{what}が、最後に書かれたものだけのことなのか、すべてのことなのかわかりません。"
    "すべてなら 第1火曜日(8月を除く)、第3木曜日(8月を除く) のように一つずつ書きます",
    "{what}: said of the last alone, or of all? Write it behind each,"
    " as in 第1火曜日(8月を除く)、第3木曜日(8月を除く)",
)
