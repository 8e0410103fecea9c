"""Clauses to terms: what the parts of a frequency text mean together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ksolve.calendar import YearlyDay
from ksolve.frequency.meaning import (
    LAST,
    Bond,
    Closing,
    Hedge,
    Months,
    Pattern,
    Per,
    Range,
    Service,
    Term,
    count_of_year,
    hedged,
)
from ksolve.text import Text, plain

Fields = dict[str, Any]
"""Fields of a Term, and three that `complete` resolves: `uncounted` (no count is implied),
`each_of` (windows that hold a session each) and `without_nths` (第5週を除く)."""


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
    months another weekday.
    """

    fields: Fields = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    inner: Folded | None = None
    exception: tuple[Months, Pattern] | None = None


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

    @property
    def beside(self) -> dict[str, Any]:
        """What stands beside the terms, as a clause that holds this text as its bracket says it."""
        return {
            "services": self.services,
            "remarks": [*([self.label] if self.label else []), *self.remarks],
            "closed": self.closed,
            "after_holidays": self.after_holidays,
            "ditto": self.ditto,
            "bond": self.bond,
        }

    def join(self, other: Folded) -> None:
        """Add another text's terms and what stands beside them."""
        self.terms += other.terms
        self.take(other.beside)


def fold(clauses: Iterable[Clause]) -> Folded:
    """Join clauses into terms: one that says again what its term says begins the next term."""
    folded = Folded()
    current: Fields = {}
    for clause in clauses:
        folded.take(clause.beside)
        if clause.inner is not None:
            folded.take(clause.inner.beside)
            *done, current = _bracketed(current, clause.inner, clause.fields)
            folded.terms += done
        elif clause.exception:
            current = {**current, "exceptions": [*current.get("exceptions", []), clause.exception]}
        elif set(clause.fields) & set(current) - {"hedges"}:
            folded.terms.append(current)
            current = dict(clause.fields)
        else:
            hedges = current.get("hedges", frozenset()) | clause.fields.get("hedges", frozenset())
            current = {**current, **clause.fields, **({"hedges": hedges} if hedges else {})}
    folded.terms = list(_whole_terms(folded, current))
    return folded


def _whole_terms(folded: Folded, last: Fields) -> Iterator[Fields]:
    """Yield a text's terms: exceptions apart, a trailing hedge at its term, no total beside parts."""
    terms = [*folded.terms, *([last] if last else [])]
    if len(terms) > 1 and set(last) == {"hedges"}:
        hedges = terms[-2].get("hedges", frozenset()) | last["hedges"]
        terms[-2:] = [{**terms[-2], "hedges": hedges}]
    if folded.services:
        terms = [{**term, "uncounted": True} for term in terms if set(term) != {"hedges"}]
    yield from _without_total([part for term in terms for part in _excepted(term)])


def _bracketed(current: Fields, inner: Folded, factors: Fields) -> list[Fields]:
    """Take a bracket's terms into the term before it; the factors behind it go with them."""
    if len(inner.terms) > 1:
        if current and not _is_total(current):
            raise ContradictionError(TWICE)
        parts = _without_total([*([current] if current else []), *inner.terms])
        return [_merged(part, factors) for part in parts]
    found = inner.terms[0] if inner.terms else {}
    if "per" in found and found["per"] is not current.get("per", Per.YEAR):
        found = {"count": Range(1, 1), **found}  # 年6回(隔月): once in each
    if "count" in found and "count" in current:
        return [_merged(_reconciled(current, found), factors)]
    return [_merged(_merged(current, found), factors)]


def _merged(one: Fields, other: Fields) -> Fields:
    both = set(one) & set(other) - {"hedges"}
    if any(one[key] != other[key] for key in both):
        raise ContradictionError(TWICE)
    hedges = one.get("hedges", frozenset()) | other.get("hedges", frozenset())
    return {**one, **other, **({"hedges": hedges} if hedges else {})}


_COUNTED = ("count", "per", "every")


def _reconciled(one: Fields, other: Fields) -> Fields:
    """年3回(各学期1回) says one count twice; 年11回(月1回) says a total and a pace."""
    totals = [fields for fields in (one, other) if fields.get("per", Per.YEAR) is Per.YEAR]
    if len(totals) != 1:
        return _merged(one, other)
    total = totals[0]
    pace = other if total is one else one
    rest = _merged(*({k: v for k, v in fields.items() if k not in _COUNTED} for fields in (one, other)))
    paced = {**rest, **{key: pace[key] for key in _COUNTED if key in pace}}
    held = count_of_year(complete({**paced, "groups": 1, "courses": 1})[0])
    count: Range = total["count"]
    if held == count:
        return paced
    most = pace["count"].high
    if not pace.get("every", 1) == 1 or (held.high is not None and held.high < (count.high or count.low)):
        raise ContradictionError(_TOTAL.fill(total=count, held=held))
    return {**rest, "count": count, "per": Per.YEAR, "pace": (most, pace["per"])}


def _is_total(fields: Fields) -> bool:
    """Whether a term states a yearly count and nothing else."""
    bare = set(fields) <= {"count", "per", "hedges", "groups", "courses"}
    return bare and "count" in fields and fields.get("per", Per.YEAR) is Per.YEAR


def _without_total(terms: list[Fields]) -> list[Fields]:
    """年2回 7月1回 12月1回: a total beside its parts is left out, and must be their sum."""
    totals = [term for term in terms if _is_total(term)]
    parts = [term for term in terms if not _is_total(term)]
    if len(totals) != 1 or not parts:
        return terms
    total = count_of_year(complete(totals[0])[0])
    held = sum((count_of_year(term) for part in parts for term in complete(part)), Range(0, 0))
    if held != total:
        raise ContradictionError(_TOTAL.fill(total=total, held=held))
    return parts


_TOTAL = Text(
    "全体の{total}回と、そのほかに書かれた{held}回が合いません",
    "the total of {total} and the {held} stated beside it do not agree",
)


def _excepted(fields: Fields) -> list[Fields]:
    """Split ``基本火曜日 5、2月は金曜日`` into the rule without its exceptions, and the exceptions."""
    usual = dict(fields)
    exceptions: list[tuple[Months, Pattern]] = usual.pop("exceptions", [])
    if not exceptions or not usual:
        return [fields]  # alone in a bracket: the exceptions are those of the term before it
    if "count" not in usual:
        pattern: Pattern | None = usual.get("pattern")
        usual["uncounted"] = not (pattern and pattern.nths)
    elif usual.get("per") not in (Per.MONTH, Per.WEEK):
        raise ContradictionError(_EXCEPTED)
    others: list[Fields] = [{**usual, "months": months, "pattern": pattern} for months, pattern in exceptions]
    before: Months | None = usual.get("without")
    left_out = [*(before.values if before else ()), *(m for months, _ in exceptions for m in months.values)]
    return [{**usual, "without": Months(tuple(left_out))}, *others]


_EXCEPTED = Text(
    "一部の月だけ曜日が違うので、年の回数を月ごとに分けられません",
    "some months have another weekday: the yearly count cannot be shared out between them",
)


_EXCEPTED_ALONE = Text(
    "一部の月だけのことで、ほかの月のことが書かれていません",
    "says something of some months and nothing of the others",
)


def complete(fields: Mapping[str, Any]) -> tuple[Term, ...]:
    """Return the terms of one term's fields, with the count that a pattern, dates or months imply."""
    given = dict(fields)
    if "exceptions" in given:
        raise ContradictionError(_EXCEPTED_ALONE)
    uncounted = given.pop("uncounted", False)
    _count_out(given)
    _check_factors(given)
    windows = given.pop("each_of", ())
    each = given.pop("each_count", None)
    if windows and not uncounted:
        return _one_each(given, windows, each)
    if "count" not in given and not uncounted:
        given |= _implied(given)
    _check_pattern(given)
    _simplify_hedges(given)
    return (Term(**given),)


def _check_factors(given: Fields) -> None:
    """×5か月 goes with a monthly count, ×3クール with one of a course."""
    if given.get("periods") and given.get("per") is not Per.MONTH:
        raise ContradictionError(_MONTHS_LONG)
    several = given.get("courses", 1) != 1 and "count" in given
    if several and given.setdefault("per", Per.COURSE) is not Per.COURSE:
        raise ContradictionError(_COURSES)


_MONTHS_LONG = Text(
    "×か月 は 月1回×5か月 のように月の回数に付けます", "months multiply a monthly count: 月1回×5か月"
)
_COURSES = Text(
    "×クール は 1クール6回×年3クール のようにクールの回数に付けます",
    "courses multiply the count of a course: 1クール6回×年3クール",
)


def _one_each(given: Fields, windows: tuple[Fields, ...], each: Range | None) -> tuple[Term, ...]:
    """春・秋: one session in each, or as many as 各2回 says; a total must be just that."""
    one = Range(1, 1)
    if each is not None and "count" in given:
        raise ContradictionError(TWICE)
    total: Range = given.pop("count", one * len(windows))
    if each is None and total != one * len(windows):
        if len(windows) > 1:
            raise ContradictionError(_TOTAL.fill(total=total, held=plain(len(windows))))
        each = total
    count = {"count": each or one, "per": Per.YEAR}
    return tuple(term for window in windows for term in complete(_merged(given, {**count, **window})))


def _count_out(given: Fields) -> None:
    """毎週土曜日(第5週を除く) is 第1～第4土曜日."""
    nths, weekdays = given.pop("without_nths", ((), frozenset()))
    if not nths:
        return
    pattern: Pattern | None = given.get("pattern")
    if pattern is None or not pattern.weekdays or pattern.nths or LAST in nths:
        raise ContradictionError(_WITHOUT_NTHS)
    if weekdays and weekdays != pattern.weekdays:
        raise ContradictionError(_WITHOUT_NTHS)
    given["pattern"] = Pattern(pattern.weekdays, tuple(n for n in range(1, 6) if n not in nths))
    if given.get("per") is Per.WEEK:
        for key in _COUNTED:
            given.pop(key, None)


_WITHOUT_NTHS = Text(
    "第5週を除く、のように除けるのは「毎週土曜日」のような曜日だけです",
    "weeks can be left out of a weekly weekday only, as in 毎週土曜日(第5週を除く)",
)


def _implied(given: Fields) -> Fields:
    """Return the count that dates, days, a pattern, a period or a list of months states by itself."""
    pattern: Pattern | None = given.get("pattern")
    months: Months | None = given.get("months")
    monthly = given.get("per") is Per.MONTH
    if given.get("dates"):
        return _exactly(len(given["dates"]), Per.YEAR)
    if given.get("days"):
        return _exactly(len(given["days"]), Per.MONTH if months or monthly else Per.YEAR)
    if pattern and pattern.nths:
        return {"count": _named(pattern), "per": Per.MONTH}
    if pattern and not monthly:
        return _exactly(len(pattern.weekdays), Per.WEEK)
    named = months is not None and (months.each or months.either)
    return _exactly(1, given.get("per", Per.MONTH)) if "per" in given or named else {}


def _named(pattern: Pattern) -> Range:
    """Return how many days of a month a pattern names; not every month has a fifth Tuesday."""
    days = max(1, len(pattern.weekdays))
    sure = sum(n != 5 for n in pattern.nths)
    return Range(days * sure, days * len(pattern.nths))


def _exactly(count: int, per: Per) -> Fields:
    return {"count": Range(count, count), "per": per}


def _check_pattern(given: Mapping[str, Any]) -> None:
    """月1回(第1・3木曜) says two different counts."""
    pattern: Pattern | None = given.get("pattern")
    count: Range | None = given.get("count")
    monthly = given.get("per") is Per.MONTH and given.get("every", 1) == 1
    if pattern and pattern.nths and count and monthly:
        named = _named(pattern)
        stated = hedged(count, given.get("hedges", frozenset()))
        if named.low not in stated and (named.high or 0) not in stated:
            raise ContradictionError(_PATTERN.fill(named=named, count=count))


_PATTERN = Text(
    "曜日の指定は月{named}回、回数は月{count}回です",
    "the weekdays name {named} a month, the count says {count}",
)


def _simplify_hedges(given: Fields) -> None:
    """6回以上10回以下 is the range 6 to 10; 4～5回以上 is 4以上."""
    count: Range | None = given.get("count")
    if count is None or count.low == count.high:
        return
    exact = hedged(count, given.get("hedges", frozenset()))
    if exact == count:
        given["hedges"] = given.get("hedges", frozenset()) - {Hedge.AT_MOST}
    else:
        given["count"] = Range(count.low, count.low)


def closing_of(folded: Folded) -> Closing | None:
    """Return what a text says about closed days, None where it does not."""
    if not folded.closed:
        return None
    weekdays: set[int] = set()
    dates: list[tuple[YearlyDay, YearlyDay]] = []
    for term in folded.terms:
        pattern: Pattern | None = term.get("pattern")
        weekdays |= pattern.weekdays if pattern else set()
        dates += [(day, day) for day in term.get("dates", ())]
        dates += term.get("within", ())
    return Closing(frozenset(weekdays), folded.after_holidays, tuple(dates))
