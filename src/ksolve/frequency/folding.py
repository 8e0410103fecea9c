"""Clauses to terms: what the parts of a frequency text mean together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ksolve.calendar import YearlyDay
from ksolve.frequency.completing import (
    COUNTED,
    NO_WEEKDAY,
    TOTAL,
    TWICE,
    ContradictionError,
    Fields,
    complete,
    implied,
    merged,
)
from ksolve.frequency.meaning import (
    Bond,
    Closing,
    Months,
    Pattern,
    Per,
    Range,
    Service,
    count_of_year,
)
from ksolve.text import Text


@dataclass
class Clause:
    """What one clause adds: fields of a term, and what stands beside the terms.

    `inner` is a bracket's content, which qualifies the term before it. `exception` gives some
    months another weekday, or another count.
    """

    fields: Fields = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    inner: Folded | None = None
    exception: tuple[Months, Pattern | Range] | None = None


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
            if clause.inner.closed and (current or folded.services):
                raise ContradictionError(_CLOSED_WITHIN)
            folded.take(clause.inner.beside)
            *done, current = _bracketed(current, clause.inner, clause.fields)
            folded.terms += done
        elif clause.exception:
            current = {**current, "exceptions": [*current.get("exceptions", []), clause.exception]}
        else:
            *done, current = _said_again(current, clause.fields)
            folded.terms += done
    folded.terms = list(_whole_terms(folded, current))
    return folded


def _said_again(current: Fields, fields: Fields) -> list[Fields]:
    """Take a clause into the term before it, or begin the next term with it.

    What the term says already may be said again if it is the same, if the two are a week of the
    month and its weekday (第1週の月曜日), two weekdays, or a total and a pace (毎週土曜 全10回).
    Another term is begun only by other months, dates or days of the month, and by another weekday
    pattern; anything else would be a sum that nobody wrote.
    """
    fields = _of_each(current, fields)
    if "count" in current and "per" not in current and "per" in fields and "count" not in fields:
        return [_reconciled({"per": Per.YEAR, **current}, {"count": Range(1, 1), **fields})]  # 12回、毎月
    if "count" in fields and "per" not in fields and "per" in current and "count" not in current:
        return [_reconciled({"per": Per.YEAR, **fields}, {**implied(current), **current})]  # 隔月、6回
    again = {key for key in set(current) & set(fields) - {"hedges"} if current[key] != fields[key]}
    if not again:
        return [merged(current, fields)]
    of_days = "of_days" in current  # 水曜日2回 土曜日2回 are two counts
    if again == {"pattern"} and not of_days and (pattern := _one_pattern(current, fields)):
        return [merged({**current, "pattern": pattern}, {k: v for k, v in fields.items() if k != "pattern"})]
    agrees = _is_yearly(current) != _is_yearly(fields) or bool(_month_of_weeks(current, fields))
    if not again - {"count", "per", "every"} and agrees:
        return [_reconciled(current, {"count": Range(1, 1), **fields})]
    if not again & {"months", "within", "dates", "days", "pattern", "course_of"} or not _differ(
        current, fields, again
    ):
        raise ContradictionError(TWICE)
    return [current, dict(fields)]


def _of_each(current: Fields, fields: Fields) -> Fields:
    """偶数月に2回 is twice in each, 5月と10月に1回 once; 偶数月 6回 and 5月・10月 2回 are totals.

    毎月第2土曜日 1回 is once in each month, as it would be without 1回.
    """
    if "count" not in fields or "per" in fields:
        return fields
    if "per" in current and fields["count"] == {**implied(current), **current}.get("count"):
        return {**fields, "per": current["per"]}
    fields = {**fields, "of_days": True} if "pattern" in current else fields
    months: Months | None = current.get("months")
    if months is None or "count" in current:
        return fields
    one_of_each = fields["count"] == Range(len(months.values), len(months.values))
    is_each = "parity" in current or (months.each and fields["count"] == Range(1, 1))
    return {**fields, "per": Per.MONTH} if is_each and not one_of_each else fields


def _one_pattern(current: Fields, fields: Fields) -> Pattern | None:
    """Return 第1月曜日 of 第1週 and 月曜日, 火・木曜日 of 火曜日 and 木曜日; None where they stay two."""
    one, other = current["pattern"], fields["pattern"]
    weeks = [pattern for pattern in (one, other) if pattern.nths and not pattern.weekdays]
    plain = [pattern for pattern in (one, other) if not pattern.nths]
    if len(weeks) == 1 and len(plain) == 1:
        return Pattern(plain[0].weekdays, weeks[0].nths)
    weekly = "hours" in current or "per" in fields
    return Pattern(one.weekdays | other.weekdays) if len(plain) == 2 and not weekly else None


def _differ(current: Fields, fields: Fields, again: set[str]) -> bool:
    """Whether two clauses speak of different times, so that their sessions add up."""
    if "course_of" in again:
        return not set(current["course_of"].values) & set(fields["course_of"].values)
    if "months" in again:
        return not set(current["months"].values) & set(fields["months"].values)
    if "pattern" in again and not again & {"within", "dates", "days"}:
        one, other = current["pattern"], fields["pattern"]
        return bool(other.nths or "per" in fields or not one.nths)
    return True


def _is_yearly(fields: Fields) -> bool:
    return fields.get("per", Per.YEAR) is Per.YEAR


def _whole_terms(folded: Folded, last: Fields) -> Iterator[Fields]:
    """Yield a text's terms: exceptions apart, a trailing hedge at its term, no total beside parts."""
    terms = [*folded.terms, *([last] if last else [])]
    if len(terms) > 1 and set(last) == {"hedges"}:
        hedges = terms[-2].get("hedges", frozenset()) | last["hedges"]
        terms[-2:] = [{**terms[-2], "hedges": hedges}]
    if folded.services:
        terms = [{**term, "uncounted": True} for term in terms if set(term) != {"hedges"}]
    whole = _without_total([part for term in terms for part in _excepted(term)])
    if not folded.services and any("count" in term for term in whole):
        for term in whole:
            if set(term) <= _TIMES and not implied(term):
                raise ContradictionError(_UNCOUNTED)
    yield from whole


_TIMES = {"months", "spans", "within", "parity", "hedges"}
_UNCOUNTED = Text(
    "回数の書かれていない期間があります。前期5回、後期6回 のように期間ごとに書きます",
    "one of the periods has no count: write one for each, as in 前期5回、後期6回",
)


def _bracketed(current: Fields, inner: Folded, factors: Fields) -> list[Fields]:
    """Take a bracket's terms into the term before it; the factors behind it go with them."""
    if len(inner.terms) > 1:
        if current and not _is_total(current) and all(_is_paced(current, term) for term in inner.terms):
            current = {}  # 月1回(第3日曜、12月は第2日曜)
        if current and not _is_total(current):
            raise ContradictionError(TWICE)
        parts = _without_total([*([current] if current else []), *inner.terms])
        return [merged(part, factors) for part in parts]
    found = inner.terms[0] if inner.terms else {}
    if current and _in_some_months(found):
        raise ContradictionError(_OUT_OF_SOME)
    if "per" in found and found["per"] is not current.get("per", Per.YEAR):
        found = {"count": Range(1, 1), **found}  # 年6回(隔月): once in each
    if "count" in found and ("per" in current or "pattern" in current):
        current = {**implied(current), **current}
    if "groups" in found and _is_total(current) and _is_total(found):
        hedges = {"hedges": current["hedges"]} if "hedges" in current else {}
        return [merged(merged(_of_total(current, found), hedges), factors)]  # 年24回(2グループ各12回)
    pattern = _one_pattern(current, found) if "pattern" in current and "pattern" in found else None
    if pattern and "of_weekday" in {*current, *found}:
        current = {**current, "pattern": pattern}
        found = {key: value for key, value in found.items() if key != "pattern"}
    if "count" in found and "count" in current:
        return [merged(_reconciled(current, found), factors)]
    return [merged(merged(current, found), factors)]


def _in_some_months(found: Fields) -> bool:
    """Tell a bracket that leaves days out of some months only: 8月第2週は休み, 8月は祝日を除く."""
    leaves_out = "without_nths" in found or found.get("holidays") is False
    return leaves_out and "months" in found and not {"count", "pattern"} & set(found)


def _reconciled(one: Fields, other: Fields) -> Fields:
    """年3回(各学期1回) says one count twice; 年11回(月1回) says a total and a pace."""
    totals = [fields for fields in (one, other) if fields.get("per", Per.YEAR) is Per.YEAR]
    if not totals and (monthly := _month_of_weeks(one, other)):
        return monthly
    if len(totals) != 1:
        return merged(one, other)
    total = totals[0]
    pace = other if total is one else one
    if "per" not in total and total["count"] == pace["count"]:
        return merged(pace, total)  # 第2・4土曜日(2回): what it says already
    rest = merged(*({k: v for k, v in fields.items() if k not in COUNTED} for fields in (one, other)))
    paced = {**rest, **{key: pace[key] for key in COUNTED if key in pace}}
    held = count_of_year(complete({**paced, "groups": 1, "courses": 1})[0])
    count: Range = total["count"]
    if held == count:
        return paced
    most = pace["count"].high
    short = held.high is not None and held.high < (count.high or count.low)
    if not pace.get("every", 1) == 1 or short:
        raise ContradictionError(TOTAL.fill(total=count, held=held))
    if count.high is not None and count.high < pace["count"].low:
        raise ContradictionError(TOTAL.fill(total=count, held=pace["count"]))  # 年2回(月4回)
    return {**rest, "count": count, "per": Per.YEAR, "pace": (most, pace["per"])}


def _month_of_weeks(one: Fields, other: Fields) -> Fields:
    """Return the count of a month for 月4回(毎週水曜), nothing where month and week do not agree."""
    pers = {fields.get("per"): fields for fields in (one, other) if fields.get("every", 1) == 1}
    if set(pers) != {Per.MONTH, Per.WEEK}:
        return {}
    month, week = pers[Per.MONTH], pers[Per.WEEK]
    weekly: Range = week.get("count", Range(1, 1))
    if (
        "count" not in month
        or weekly.low != weekly.high
        or month["count"] not in (weekly * 4, Range(4 * weekly.low, 5 * weekly.low))
    ):
        return {}
    rest = {key: value for key, value in week.items() if key not in COUNTED}
    return merged(month, rest)


def _of_total(total: Fields, found: Fields) -> Fields:
    """Return what a bracket says of each group, where it comes to the total before it."""
    stated, held = (count_of_year(complete(fields)[0]) for fields in (total, found))
    if stated != held:
        raise ContradictionError(TOTAL.fill(total=stated, held=held))
    return found


def _is_paced(fields: Fields, term: Fields) -> bool:
    """Whether a term says itself, in more words, the count for each month that stands before it."""
    bare = set(fields) <= {"count", "per"} and fields.get("per") is Per.MONTH
    said = {**implied(term), **term}
    return bare and (said.get("per"), said.get("count")) == (Per.MONTH, fields.get("count"))


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
        raise ContradictionError(TOTAL.fill(total=total, held=held))
    return parts


def _excepted(fields: Fields) -> list[Fields]:
    """Split ``基本火曜日 5、2月は金曜日`` into the rule without its exceptions, and the exceptions."""
    usual = dict(fields)
    exceptions: list[tuple[Months, Pattern | Range]] = usual.pop("exceptions", [])
    if not exceptions or not usual:
        return [fields]  # alone in a bracket: the exceptions are those of the term before it
    days: Pattern | None = usual.get("pattern")
    patterns = [other for _, other in exceptions if isinstance(other, Pattern)]
    if any(not pattern.weekdays for pattern in patterns) and not (days and days.weekdays):
        raise ContradictionError(NO_WEEKDAY)
    if "count" not in usual:
        pattern: Pattern | None = usual.get("pattern")
        usual["uncounted"] = not (pattern and pattern.nths)
    elif usual.get("per") not in (Per.MONTH, Per.WEEK):
        raise ContradictionError(_EXCEPTED)
    others: list[Fields] = [
        {**usual, "months": months, **_otherwise(other, days)} for months, other in exceptions
    ]
    before: Months | None = usual.get("without")
    left_out = [*(before.values if before else ()), *(m for months, _ in exceptions for m in months.values)]
    return [{**usual, "without": Months(tuple(left_out))}, *others]


def _otherwise(other: Pattern | Range, usual: Pattern | None) -> Fields:
    """Return an exception's count, or its pattern: on the usual weekday where it names none."""
    if isinstance(other, Range):
        return {"count": other, "per": Per.MONTH}
    named = other.weekdays or not usual
    return {"pattern": other if named else Pattern(usual.weekdays if usual else frozenset(), other.nths)}


_EXCEPTED = Text(
    "一部の月だけ曜日や回数が違うので、年の回数を月ごとに分けられません",
    "some months have another weekday or count: the yearly count cannot be shared out between them",
)


_OUT_OF_SOME = Text(
    "一部の月だけの休みは、毎週火曜日(8月を除く)＋月3回(8月) のように分けて書きます",
    "days left out of some months only: write two parts, as in 毎週火曜日(8月を除く)＋月3回(8月)",
)
_CLOSED_WITHIN = Text(
    "休みの日は回数と一緒には書けません。"
    "除く月は 月1回(8月を除く) のように、休館日は計画の calendar に書きます",
    "closed days do not go with a count: leave months out as in 月1回(8月を除く);"
    " closures stand in the calendar",
)


def closing_of(folded: Folded) -> Closing | None:
    """Return what a text says about closed days, None where it does not."""
    if not folded.closed:
        return None
    if any({"months", "each_of", "without"} & set(term) for term in folded.terms):
        raise ContradictionError(_CLOSED_WITHIN)
    weekdays: set[int] = set()
    dates: list[tuple[YearlyDay, YearlyDay]] = []
    for term in folded.terms:
        pattern: Pattern | None = term.get("pattern")
        weekdays |= pattern.weekdays if pattern else set()
        dates += [(day, day) for day in term.get("dates", ())]
        dates += term.get("within", ())
    return Closing(frozenset(weekdays), folded.after_holidays, tuple(dates))
