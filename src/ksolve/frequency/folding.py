"""Clauses to terms: what the parts of a frequency text mean together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ksolve.calendar import YearlyDay
from ksolve.frequency.meaning import Bond, Closing, Months, Pattern, Per, Range, Service, Term
from ksolve.text import Text


class ContradictionError(Exception):
    """A text whose parts cannot all be meant; becomes a FrequencyError."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


TWICE = Text("同じことが二通りに書かれています", "says the same thing in two ways")


@dataclass
class Clause:
    """What one clause adds: fields of a term, and what stands beside the terms.

    `inner` is a bracket's content, which qualifies the term before it. `exception` gives some
    months another weekday. `whole` are terms that are complete by themselves.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    inner: Folded | None = None
    exception: tuple[Months, Pattern] | None = None
    whole: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Folded:
    """The terms of a text as fields, and what stands beside them."""

    terms: list[dict[str, Any]] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    bond: tuple[Bond, str] | None = None
    closed: bool = False
    after_holidays: bool = False
    ditto: bool = False
    label: str = ""

    def take(self, beside: Mapping[str, Any]) -> None:
        """Add what a clause says beside its term."""
        self.services += beside.get("services", [])
        self.remarks += beside.get("remarks", [])
        self.closed |= beside.get("closed", False)
        self.after_holidays |= beside.get("after_holidays", False)
        self.ditto |= beside.get("ditto", False)
        bond = beside.get("bond")
        if bond and self.bond:
            raise ContradictionError(TWICE)
        self.bond = bond or self.bond

    def join(self, other: Folded) -> None:
        """Add another text's terms and what stands beside them."""
        self.terms += other.terms
        self.take(
            {
                "services": other.services,
                "remarks": other.remarks,
                "closed": other.closed,
                "after_holidays": other.after_holidays,
                "ditto": other.ditto,
                "bond": other.bond,
            }
        )


def fold(clauses: Iterable[Clause]) -> Folded:
    """Join clauses into terms: one that says again what its term says begins the next term."""
    folded = Folded()
    current: dict[str, Any] = {}
    for clause in clauses:
        flat = _flatten(clause)
        folded.take(flat.beside)
        folded.terms += flat.whole
        if flat.exception:
            current, other = _excepted(current, *flat.exception)
            folded.terms.append(other)
            continue
        hedges = flat.fields.pop("hedges", frozenset())
        if set(flat.fields) & (set(current) - {"hedges"}):
            if clause.inner is not None:
                raise ContradictionError(TWICE)
            folded.terms.append(current)
            current = {}
        current |= flat.fields
        if hedges:
            current["hedges"] = current.get("hedges", frozenset()) | hedges
    if set(current) - {"hedges"}:
        folded.terms.append(current)
    elif current and folded.terms:
        folded.terms[-1]["hedges"] = folded.terms[-1].get("hedges", frozenset()) | current["hedges"]
    elif current and not folded.services:
        folded.terms.append(current)
    return folded


def _flatten(clause: Clause) -> Clause:
    """Take a bracket's single term as fields of the term before it, the factors behind it with it."""
    if clause.inner is None:
        return clause
    inner = clause.inner
    if len(inner.terms) > 1:
        raise ContradictionError(TWICE)
    fields = dict(inner.terms[0]) if inner.terms else {}
    if set(fields) & set(clause.fields):
        raise ContradictionError(TWICE)
    beside = {
        "services": inner.services,
        "remarks": [*([inner.label] if inner.label else []), *inner.remarks],
        "closed": inner.closed,
        "after_holidays": inner.after_holidays,
        "ditto": inner.ditto,
        "bond": inner.bond,
    }
    return Clause({**fields, **clause.fields}, beside)


def _excepted(
    current: dict[str, Any], months: Months, pattern: Pattern
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split ``基本火曜日 5、2月は金曜日`` into the rule without its exceptions, and the exceptions."""
    usual = dict(current)
    before: Months | None = usual.get("without")
    usual["without"] = Months((*(before.values if before else ()), *months.values), each=True)
    other = {**current, "months": Months(months.values, each=True), "pattern": pattern}
    other["uncounted"] = usual["uncounted"] = True
    return usual, other


def complete(fields: Mapping[str, Any]) -> Term:
    """Give a term without a count the one that its pattern, dates or list of months implies."""
    given = dict(fields)
    uncounted = given.pop("uncounted", False)
    if "count" not in given and not uncounted:
        given |= _implied(given)
    _check_pattern(given)
    return Term(**given)


def _implied(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the count that dates, days, a pattern, a period or a list of months states by itself."""
    pattern: Pattern | None = given.get("pattern")
    months: Months | None = given.get("months")
    monthly = given.get("per") is Per.MONTH
    if given.get("dates"):
        return _exactly(len(given["dates"]), Per.YEAR)
    if given.get("days"):
        return _exactly(len(given["days"]), Per.MONTH if months or monthly else Per.YEAR)
    if pattern and pattern.nths:
        return _exactly(len(pattern.nths) * max(1, len(pattern.weekdays)), Per.MONTH)
    if pattern and not monthly:
        return _exactly(len(pattern.weekdays), Per.WEEK)
    named = months is not None and (months.each or months.either)
    return _exactly(1, given.get("per", Per.MONTH)) if "per" in given or named else {}


def _exactly(count: int, per: Per) -> dict[str, Any]:
    return {"count": Range(count, count), "per": per}


def _check_pattern(given: Mapping[str, Any]) -> None:
    """月1回(第1・3木曜) says two different counts."""
    pattern: Pattern | None = given.get("pattern")
    count: Range | None = given.get("count")
    monthly = given.get("per") is Per.MONTH and given.get("every", 1) == 1
    if pattern and pattern.nths and count and monthly:
        named = len(pattern.nths) * max(1, len(pattern.weekdays))
        if named not in count:
            raise ContradictionError(_PATTERN.fill(named=named, count=count))


_PATTERN = Text(
    "曜日の指定は月{named}回、回数は月{count}回です",
    "the weekdays name {named} a month, the count says {count}",
)


def closing_of(folded: Folded) -> Closing | None:
    """Return what a text says about closed days, None where it does not."""
    if not folded.closed:
        return None
    weekdays: set[int] = set()
    dates: list[tuple[YearlyDay, YearlyDay]] = []
    for term in folded.terms:
        pattern: Pattern | None = term.get("pattern")
        weekdays |= pattern.weekdays if pattern else set()
        dates += term.get("dates", ())
    return Closing(frozenset(weekdays), folded.after_holidays, tuple(dates))
