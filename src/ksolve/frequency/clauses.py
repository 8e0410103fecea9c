"""What one clause of a frequency text says, and what a whole text comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ksolve.calendar import YearlyDay
from ksolve.frequency.fields import TWICE, ContradictionError, Fields
from ksolve.frequency.meaning import Bond, Closing, Months, Pattern, Per, Range, Service
from ksolve.text import Text


@dataclass
class Clause:
    """What one clause adds: fields of a term, and what stands beside the terms.

    `inner` is a bracket's content, which qualifies the term before it. `exception` gives some
    months another weekday, or another count. `of_them` is set where the bracket says something of
    some of the sessions (うち土曜2回). `name` is of what it is said that follows (総会1回、役員会3回).
    """

    fields: Fields = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    inner: Folded | None = None
    exception: tuple[Months, Pattern | Range] | None = None
    of_them: bool = False
    name: str = ""


@dataclass
class Folded:
    """The terms of a text as fields, and what stands beside them."""

    terms: list[Fields] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    bond: tuple[Bond, str] | None = None
    closed: bool = False
    after_holidays: bool = False
    ditto: bool = False
    other_years: bool = False
    label: str = ""

    def take(self, beside: Mapping[str, Any]) -> None:
        """Add what a clause says beside its term."""
        self.services += beside.get("services", [])
        self.remarks += beside.get("remarks", [])
        self.closed |= beside.get("closed", False)
        self.after_holidays |= beside.get("after_holidays", False)
        self.ditto |= beside.get("ditto", False)
        self.other_years |= beside.get("other_years", False)
        bond = beside.get("bond")
        if bond and self.bond:
            raise ContradictionError(TWICE)
        self.bond = bond or self.bond

    @property
    def beside(self) -> dict[str, Any]:
        """What stands beside the terms, as a clause that holds this text as its bracket says it."""
        return {
            "services": self.services,
            "remarks": [*([self.label] if self.label else []), *self.remarks],
            "closed": self.closed,
            "after_holidays": self.after_holidays,
            "ditto": self.ditto,
            "other_years": self.other_years,
            "bond": self.bond,
        }

    def join(self, other: Folded) -> None:
        """Add another text's terms and what stands beside them."""
        self.terms += other.terms
        self.take(other.beside)


def check_years(folded: Folded) -> None:
    """Refuse a count beside 隔年: whether this year is one of them is for the planner to say."""
    if folded.other_years and any("count" in term for term in folded.terms):
        raise ContradictionError(_OTHER_YEARS)


_OTHER_YEARS = Text(
    "隔年の事業を今年度に行うのかがわかりません。行う年度なら 年1回 のように回数だけを、"
    "行わない年度なら 隔年 とだけ書きます",
    "every other year: write the count alone (年1回) if it is held this year, 隔年 alone if not",
)


_OF_CLOSING = {"pattern", "dates", "within", "moved", "moved_from", "count", "per", "hedges"}
"""What may be said of closed days."""


def _each_day(term: Fields) -> bool:
    """Whether all days that are named are closed: 毎週月曜日, but not 月1回(月曜日)."""
    pattern: Pattern | None = term.get("pattern")
    if "per" in term and pattern is None:
        return False
    if "count" not in term:
        return True
    weekly = pattern is not None and not pattern.nths and term.get("per") is Per.WEEK
    return weekly and pattern is not None and term["count"].low == len(pattern.weekdays)


def closing_of(folded: Folded) -> Closing | None:
    """Return what a text says about closed days, None where it does not."""
    if not folded.closed:
        if folded.after_holidays:
            raise ContradictionError(_AFTER_HOLIDAYS)
        return None
    if any(set(term) - _OF_CLOSING or not _each_day(term) for term in folded.terms):
        raise ContradictionError(CLOSED_WITHIN)
    weekdays: set[int] = set()
    monthly: list[Pattern] = []
    moved = {term["moved"] for term in folded.terms if "moved" in term}
    dates: list[tuple[YearlyDay, YearlyDay]] = []
    for term in folded.terms:
        pattern: Pattern | None = term.get("pattern")
        if pattern and pattern.nths:
            monthly.append(pattern)
        elif pattern:
            weekdays |= pattern.weekdays
        dates += [(day, day) for day in term.get("dates", ())]
        dates += term.get("within", ())
    if len(moved) > 1:
        raise ContradictionError(TWICE)
    to = next(iter(moved), None)
    return Closing(frozenset(weekdays), folded.after_holidays, tuple(dates), to, tuple(monthly))


_AFTER_HOLIDAYS = Text(
    "「祝日の翌日」に行うのか休むのかがわかりません。休むなら 月曜日と祝日の翌日は休館 のように書きます",
    "held on the day after a holiday, or closed? Closed days are written 月曜日と祝日の翌日は休館",
)
CLOSED_WITHIN = Text(
    "休みの日は回数と一緒には書けません。"
    "除く月は 月1回(8月を除く) のように、休館日は計画の calendar に書きます",
    "closed days do not go with a count: leave months out as in 月1回(8月を除く);"
    " closures stand in the calendar",
)
