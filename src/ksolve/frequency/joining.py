"""Clauses that are said of all the terms before them, or in another way than the next words of the last."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from ksolve.frequency.clauses import Clause
from ksolve.frequency.daily import times_a_day
from ksolve.frequency.exceptions import of_the_others
from ksolve.frequency.fields import Fields, merged
from ksolve.frequency.sharing import shared
from ksolve.frequency.totals import is_total_of_all, of_them

Parts = tuple[list[Fields], Fields]
"""The terms that are done, and the one that goes on."""


def joined_with_all(terms: list[Fields], current: Fields, clause: Clause) -> Parts | None:
    """Return the terms with a clause that is not of the last alone, None where it is."""
    fields = _alone(clause)
    found = (way(terms, current, clause, fields) for way in _WAYS)
    return next((joined for joined in found if joined is not None), None)


def _alone(clause: Clause) -> Fields:
    """Return the fields of a clause, or of the one term in its bracket."""
    if clause.inner is None:
        return clause.fields
    one = len(clause.inner.terms) == 1 and not clause.fields
    return clause.inner.terms[0] if one else {}


def _of_them(terms: list[Fields], current: Fields, clause: Clause, _fields: Fields) -> Parts | None:
    """年12回(うち土曜2回)."""
    if clause.inner is None or not clause.of_them:
        return None
    rest, inner = of_them(current, clause.inner.terms)
    return [*terms, *inner], rest


def _exception(terms: list[Fields], current: Fields, clause: Clause, _fields: Fields) -> Parts | None:
    """8月は第1土曜."""
    if not clause.exception:
        return None
    return terms, {**current, "exceptions": [*current.get("exceptions", []), clause.exception]}


def _others(terms: list[Fields], current: Fields, _clause: Clause, fields: Fields) -> Parts | None:
    """その他の月は."""
    return (terms, of_the_others(current)) if "others" in fields else None


def _total(terms: list[Fields], current: Fields, _clause: Clause, fields: Fields) -> Parts | None:
    """6月2回、8月1回 計3回."""
    return ([*terms, current], fields) if is_total_of_all(terms, current, fields) else None


def _daily(terms: list[Fields], current: Fields, _clause: Clause, fields: Fields) -> Parts | None:
    """第2土曜日 1日2回."""
    daily = times_a_day(current, fields)
    return None if daily is None else (terms, daily)


def _each_period(terms: list[Fields], current: Fields, _clause: Clause, fields: Fields) -> Parts | None:
    """前期(5～7月)・後期(10～12月) 各3回: so many in each of the periods named."""
    if "each" not in fields or not set(fields) <= {"count", "per", "each"}:
        return None
    named = [*terms, current]
    places = set(takewhile(lambda place: _is_bare_period(named[place]), range(len(named) - 1, -1, -1)))
    if len(places) < _SEVERAL:
        return None
    count = {"count": fields["count"]}
    *done, last = (merged(term, count) if place in places else term for place, term in enumerate(named))
    return done, last


def _is_bare_period(term: Fields) -> bool:
    named = {"course_of", "nth_course"} & set(term)
    return bool(named) and not {"count", "pattern", "dates", "days", "per"} & set(term)


_SEVERAL = 2


def _of_all(terms: list[Fields], current: Fields, clause: Clause, fields: Fields) -> Parts | None:
    """第1火曜、第3木曜、8月は休み."""
    return shared(terms, current, fields, bracketed=clause.inner is not None)


_WAYS: tuple[Callable[[list[Fields], Fields, Clause, Fields], Parts | None], ...] = (
    _of_them,
    _exception,
    _others,
    _each_period,
    _total,
    _daily,
    _of_all,
)
