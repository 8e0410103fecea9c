"""Meaning to plain data, for JSON."""

from __future__ import annotations

from typing import Any

from ksolve.calendar import show_weekdays
from ksolve.clock import clock
from ksolve.frequency.meaning import Frequency, Term, count_of_year, months_of
from ksolve.frequency.values import Months, Range
from ksolve.frequency.wording import canonical, off_days_in_words


def as_data(frequency: Frequency) -> dict[str, Any]:
    """Return a frequency as mappings, lists, strings and numbers; what is not stated is left out.

    Months are 1 to 12 in fiscal order, days ISO or M/D, clocks H:MM, an open upper end null.
    """
    stated = {
        "text": frequency.text,
        "canonical": canonical(frequency),
        "sessions_per_year": _range(frequency.year_count),
        "is_service": frequency.is_service,
        "services": sorted(frequency.services),
        "terms": [_term(term) for term in frequency.terms],
        "bond": {"kind": frequency.bond[0], "programme": frequency.bond[1]} if frequency.bond else None,
        "closing": {
            "weekdays": show_weekdays(frequency.closing.weekdays),
            "monthly": [str(pattern) for pattern in frequency.closing.monthly],
            "after_holidays": frequency.closing.after_holidays,
            "days": _stretches(frequency.closing.dates),
            "moved": frequency.closing.moved,
        }
        if frequency.closing
        else None,
        "ditto": frequency.ditto,
        "otherwise": as_data(frequency.otherwise) if frequency.otherwise else None,
        "label": frequency.label,
        "remarks": list(frequency.remarks),
    }
    always = ("text", "canonical", "sessions_per_year", "is_service", "terms")
    return {key: value for key, value in stated.items() if value or key in always}


def _term(term: Term) -> dict[str, Any]:
    pattern = term.pattern
    stated = {
        "sessions_per_year": _range(count_of_year(term)),
        "count": _range(term.count) if term.count else None,
        "per": term.per,
        "every": term.every,
        "periods": term.periods,
        "groups": term.groups,
        "courses": term.courses,
        "pace": {"most": term.pace[0], "per": term.pace[1]} if term.pace else None,
        "window": {"months": list(months_of(term)), "kind": _kind(term.months)},
        "within": _stretches(term.within),
        "weekdays": show_weekdays(pattern.weekdays) if pattern else None,
        "nths": list(pattern.nths) if pattern else None,
        "dates": [str(day) for day in term.dates],
        "days": list(term.days),
        "hours": [clock(minute) for minute in term.hours] if term.hours else None,
        "consecutive": term.consecutive,
        "day_by_day": term.day_by_day,
        "not_on_holidays": not term.holidays,
        "left_out": _stretches(term.left_out),
        "moved": term.moved,
        "moved_from": off_days_in_words(term.moved_from) if term.moved else None,
        "certainty": sorted(term.hedges),
    }
    always = ("sessions_per_year", "per", "every", "groups", "window")
    return {key: value for key, value in stated.items() if value or key in always}


def _range(count: Range) -> dict[str, int | None]:
    return {"low": count.low, "high": count.high}


def _kind(months: Months | None) -> str:
    if months is None:
        return "year"
    if months.either:
        return "either"
    return "each" if months.each else "span"


def _stretches(days: Any) -> list[list[str]]:
    return [[str(first), str(last)] for first, last in days]
