"""What parts and programmes ask of this year: how many sessions, and in which months they may be.

Whoever compares, adds up or spreads sessions asks here, as the words of a frequency know neither the
plan's months nor the year's closures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ksolve.calendar import MONTHS, Calendar
from ksolve.expand.frequencies import asked_of_year, months_held
from ksolve.expand.series import Part
from ksolve.frequency import Months, Range, Term
from ksolve.plan.schema import Component, Programme


def asked_of_part(part: Part, calendar: Calendar) -> Range:
    """Return how many sessions a part asks of this year, over all its groups; a remainder takes any."""
    if not part.terms:
        return Range(0, None)
    own = calendar.opening(part.all_series[0].opened)
    return _asked(part.terms, part.node, part.kind.weekdays, own)


def asked_of_programme(programme: Programme, parts: Sequence[Part], calendar: Calendar) -> Range:
    """Return how many sessions a programme's own frequency asks of this year, held by some of its parts."""
    terms = programme.frequency.terms if programme.frequency else ()
    return _asked(terms, programme, weekdays_of(parts), calendar)


def months_of_parts(parts: Iterable[Part], calendar: Calendar) -> Months:
    """Return the months in which any of some parts may be held; a part without a frequency may in all."""
    found = {
        month for part in parts for month in _months(part.terms, part.node, part.kind.weekdays, calendar)
    }
    return Months(tuple(found))


def _asked(
    terms: Iterable[Term], node: Component, weekdays: frozenset[int] | None, calendar: Calendar
) -> Range:
    return sum((asked_of_year(term, node, weekdays, calendar) for term in terms), Range(0, 0))


def _months(
    terms: Sequence[Term], node: Component, weekdays: frozenset[int] | None, calendar: Calendar
) -> Iterable[int]:
    if not terms:
        return MONTHS
    return [month for term in terms for month in months_held(term, node, weekdays, calendar)]


def weekdays_of(parts: Sequence[Part]) -> frozenset[int] | None:
    """Return the weekdays of some parts together, None where any of them may be on all."""
    kinds = [part.kind.weekdays for part in parts]
    narrowed = [weekdays for weekdays in kinds if weekdays is not None]
    return frozenset[int]().union(*narrowed) if len(narrowed) == len(kinds) else None
