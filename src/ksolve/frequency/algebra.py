"""Meanings to meanings: added up, and held in some months or without some."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ksolve.frequency.meaning import Frequency, Term
from ksolve.frequency.values import Months, Range
from ksolve.frequency.wording import canonical


def summed(parts: Iterable[Frequency]) -> Frequency:
    """Return the frequency that asks for what all parts ask for (月2回(4月)＋月1回(5月))."""
    return _written(tuple(term for part in parts for term in part.terms))


def in_months(frequency: Frequency, months: Months) -> Frequency:
    """Return a frequency in some months only; its terms name none of their own."""
    return _written(tuple(replace(term, months=months) for term in frequency.terms))


def counted(frequency: Frequency, sessions: int) -> Frequency:
    """Return a frequency that asks for so many sessions in each of its periods."""
    return _written(tuple(replace(term, count=Range(sessions, sessions)) for term in frequency.terms))


def without(frequency: Frequency, months: Months) -> Frequency:
    """Return a frequency with some more months left out."""
    before = (term.without.values if term.without else () for term in frequency.terms)
    left_out = (Months((*values, *months.values)) for values in before)
    terms = zip(frequency.terms, left_out, strict=True)
    return _written(tuple(replace(term, without=named) for term, named in terms))


def _written(terms: tuple[Term, ...]) -> Frequency:
    meaning = Frequency("", terms)
    return replace(meaning, text=canonical(meaning))
