"""Frequency text to meaning: the lark grammar, and the fold of its clauses into terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from ksolve.calendar import MONTHS, month_position, parse_weekdays
from ksolve.clock import parse_clock
from ksolve.frequency.meaning import LAST, Frequency, Hedge, Months, Pattern, Per, Range, Service, Term
from ksolve.frequency.normalise import normalise, number
from ksolve.text import Text


class FrequencyError(ValueError):
    """A frequency text that has no meaning here; `column` counts from 0 in the text as given."""

    def __init__(self, text: str, column: int, reason: Text) -> None:
        self.text = text
        self.column = column
        self.reason = reason
        super().__init__(f"{text!r}, column {column + 1}: {reason.en}")


@lru_cache(maxsize=4096)
def read_frequency(text: str) -> Frequency:
    """Return the meaning of a frequency as a municipality writes it, such as 月1回×5か月×2グループ.

    Raises FrequencyError with the column of the first character that is not understood.
    """
    plain, columns = normalise(text)
    try:
        clauses = _fold(_parser().parse(plain))
    except UnexpectedInput as error:
        position = error.pos_in_stream if error.pos_in_stream is not None else len(plain)
        raise FrequencyError(text, columns[min(position, len(plain))], _NOT_UNDERSTOOD) from error
    except VisitError as error:
        raise FrequencyError(text, 0, cast(_Contradiction, error.orig_exc).reason) from error
    except _Contradiction as error:
        raise FrequencyError(text, 0, error.reason) from error
    if not clauses.terms and not clauses.services:
        raise FrequencyError(text, 0, _NOTHING)
    return Frequency(
        text,
        tuple(_complete(term) for term in clauses.terms),
        frozenset(clauses.services),
        tuple(clauses.remarks),
    )


_NOT_UNDERSTOOD = Text("ここから先が読み取れません", "not understood from here on")
_NOTHING = Text("回数も時期も書かれていません", "states neither a count nor a time")
_TWICE = Text("同じことが二通りに書かれています", "says the same thing in two ways")
_BAD_MONTH = Text("月は1月から12月までです", "a month is 1 to 12")


class _Contradiction(Exception):  # noqa: N818 - becomes a FrequencyError, never leaves the module
    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


@dataclass
class _Clause:
    """What one clause adds: fields of a term, services and remarks."""

    fields: dict[str, Any] = field(default_factory=dict)
    services: list[Service] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    inner: _Folded | None = None
    multiplied: bool = False


@dataclass
class _Folded:
    terms: list[Mapping[str, Any]] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@cache
def _parser() -> Lark:
    grammar = files("ksolve.frequency").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=True, propagate_positions=False)


def _fold(tree: Any) -> _Folded:
    return cast(_Folded, _Meaning().transform(tree))


def _combine(clauses: list[_Clause]) -> _Folded:
    """Join clauses into terms: a clause that repeats what the term has begins the next term."""
    folded = _Folded()
    current: dict[str, Any] = {}
    for clause in _flatten(clauses):
        folded.services += clause.services
        folded.remarks += clause.remarks
        hedges = current.get("hedges", frozenset()) | clause.fields.pop("hedges", frozenset())
        if set(clause.fields) & (set(current) - {"hedges"}):
            if clause.multiplied:
                raise _Contradiction(_TWICE)
            folded.terms.append(current)
            current, hedges = {}, hedges - current.get("hedges", frozenset())
        current |= clause.fields
        if hedges:
            current["hedges"] = hedges
    if set(current) - {"hedges"}:
        folded.terms.append(current)
    elif folded.terms and current:
        folded.terms[-1] = {**folded.terms[-1], **current}
    return folded


def _flatten(clauses: list[_Clause]) -> Iterator[_Clause]:
    """A bracket qualifies what stands before it: its single term's fields are taken as clauses."""
    for clause in clauses:
        if clause.inner is None:
            yield clause
            continue
        if len(clause.inner.terms) > 1:
            raise _Contradiction(_TWICE)
        fields = dict(clause.inner.terms[0]) if clause.inner.terms else {}
        if set(fields) & set(clause.fields):
            raise _Contradiction(_TWICE)
        yield _Clause({**fields, **clause.fields}, clause.inner.services, clause.inner.remarks)


def _complete(fields: Mapping[str, Any]) -> Term:
    """Give a term without a count the one that its pattern or list of months implies."""
    given = dict(fields)
    months: Months | None = given.get("months")
    pattern: Pattern | None = given.get("pattern")
    per = given.get("per")
    if "count" not in given and per is not None:
        given["count"] = Range(1, 1)
    elif "count" not in given and pattern and pattern.nths:
        each = len(pattern.nths) * max(1, len(pattern.weekdays))
        given |= {"count": Range(each, each), "per": Per.MONTH}
    elif "count" not in given and pattern:
        given |= {"count": Range(len(pattern.weekdays), len(pattern.weekdays)), "per": Per.WEEK}
    elif "count" not in given and months and (months.each or months.either):
        given |= {"count": Range(1, 1), "per": Per.MONTH}
    return Term(**given)


@v_args(inline=True)
class _Meaning(Transformer):  # type: ignore[type-arg] # lark's generic is over untyped trees
    """One method per alternative of the grammar; the result is a _Folded."""

    def start(self, *clauses: _Clause) -> _Folded:
        return _combine([clause for clause in clauses if isinstance(clause, _Clause)])

    def clause(self) -> None:
        return None

    def bracket(self, inner: _Folded) -> _Clause:
        return _Clause(inner=inner)

    def product(self, operand: _Clause, *factors: dict[str, Any]) -> _Clause:
        for factor in factors:
            if set(factor) & set(operand.fields):
                raise _Contradiction(_TWICE)
            operand.fields |= factor
            operand.multiplied = True
        return operand

    def times_periods(self, span: Range) -> dict[str, Any]:
        return {"periods": _exact(span)}

    def times_groups(self, span: Range) -> dict[str, Any]:
        return {"groups": _exact(span)}

    def times_courses(self, span: Range) -> dict[str, Any]:
        return {"courses": _exact(span)}

    def span(self, low: Token, high: Token | None) -> Range:
        first = number(low)
        last = number(high) if high else first
        if last < first:
            raise _Contradiction(_TWICE)
        return Range(first, last)

    # counts
    def per_count(self, per: dict[str, Any], span: Range) -> _Clause:
        return _Clause({**per, "count": span})

    def every_count(self, per: dict[str, Any]) -> _Clause:
        return _Clause(dict(per))

    def bare_count(self, span: Range) -> _Clause:
        return _Clause({"count": span})

    whole_count = bare_count

    def running_count(self, span: Range) -> _Clause:
        return _Clause({"count": span, "consecutive": True})

    def course_count(self, _courses: Range, span: Range) -> _Clause:
        return _Clause({"count": span, "per": Per.COURSE})

    def site_count(self, span: Range) -> _Clause:
        return _Clause({"count": span, "per": Per.SITE})

    def half_count(self, halves: tuple[str, ...], span: Range) -> _Clause:
        months = tuple(month for half in halves for month in _HALVES[half])
        fields: dict[str, Any] = {"count": span, "per": Per.HALF}
        if len(months) < len(MONTHS):
            fields |= {"per": Per.YEAR, "months": Months(months)}
        return _Clause(fields)

    def halves(self, *halves: Token) -> tuple[str, ...]:
        return tuple(halves)

    def per_year(self) -> dict[str, Any]:
        return {"per": Per.YEAR}

    def per_half(self) -> dict[str, Any]:
        return {"per": Per.HALF}

    def per_quarter(self) -> dict[str, Any]:
        return {"per": Per.QUARTER}

    def per_term(self) -> dict[str, Any]:
        return {"per": Per.TERM}

    def per_month(self) -> dict[str, Any]:
        return {"per": Per.MONTH}

    def per_week(self) -> dict[str, Any]:
        return {"per": Per.WEEK}

    def per_day(self) -> dict[str, Any]:
        return {"per": Per.DAY}

    def other_month(self) -> dict[str, Any]:
        return {"per": Per.MONTH, "every": 2}

    def other_week(self) -> dict[str, Any]:
        return {"per": Per.WEEK, "every": 2}

    def per_months(self, span: Range) -> dict[str, Any]:
        return {"per": Per.MONTH, "every": _exact(span)}

    def per_weeks(self, span: Range) -> dict[str, Any]:
        return {"per": Per.WEEK, "every": _exact(span)}

    # months
    def one_month(self, name: Token) -> tuple[int, ...]:
        return (_month(name),)

    def run_of_months(self, first: Token, last: Token) -> tuple[int, ...]:
        start, end = month_position(_month(first)), month_position(_month(last))
        if end < start:
            raise _Contradiction(_BAD_RUN)
        return MONTHS[start : end + 1]

    def months(self, *runs: tuple[int, ...]) -> _Clause:
        listed = all(len(run) == 1 for run in runs)
        return _Clause({"months": Months(tuple(month for run in runs for month in run), each=listed)})

    def either(self, *runs: tuple[int, ...]) -> _Clause:
        months = Months(tuple(month for run in runs for month in run), either=True)
        return _Clause({"months": months})

    def parity(self, name: Token) -> _Clause:
        odd = int(str(name).startswith("奇"))
        return _Clause({"months": Months(tuple(m for m in MONTHS if m % 2 == odd), each=True)})

    def exclusion(self, months: _Clause) -> _Clause:
        return _Clause({"without": months.fields["months"]})

    def no_holidays(self) -> _Clause:
        return _Clause(remarks=["祝日を除く"])

    # patterns
    def nth(self, first: Token, last: Token | None) -> tuple[int, ...]:
        start = number(str(first).removeprefix("第"))
        end = number(str(last).removeprefix("第")) if last else start
        return tuple(range(start, end + 1))

    def nths(self, *parts: tuple[int, ...] | Token) -> tuple[int, ...]:
        found = {n for part in parts for n in ((LAST,) if isinstance(part, Token) else part)}
        return tuple(sorted(found))

    def nth_weekdays(self, nths: tuple[int, ...], weekdays: Token) -> _Clause:
        return _Clause({"pattern": Pattern(_weekdays(weekdays), nths)})

    def weekdays(self, weekdays: Token) -> _Clause:
        return _Clause({"pattern": Pattern(_weekdays(weekdays))})

    def weekly(self, weekdays: Token) -> _Clause:
        return _Clause({"pattern": Pattern(_weekdays(weekdays), every_weeks=1)})

    # the rest
    def service(self, name: Token) -> _Clause:
        return _Clause(services=[Service(name.type.lower())])

    def hedge(self, name: Token) -> _Clause:
        return _Clause({"hedges": frozenset({Hedge(name.type.lower())})})

    def hours(self, first: Token, last: Token | None) -> _Clause:
        start = parse_clock(first)
        return _Clause({"hours": (start, parse_clock(last) if last else start)})

    def remark(self, text: Token) -> _Clause:
        return _Clause(remarks=[str(text)])


_BAD_RUN = Text(
    "月の範囲が年度の順(4月から3月)と逆です", "the months run against the fiscal year (April to March)"
)
_HALVES = {"上半期": MONTHS[:6], "前期": MONTHS[:6], "下半期": MONTHS[6:], "後期": MONTHS[6:]}


def _month(name: Token) -> int:
    month = number(str(name).removeprefix("翌年").removeprefix("翌").removesuffix("月"))
    if month not in MONTHS:
        raise _Contradiction(_BAD_MONTH)
    return month


def _exact(span: Range) -> int:
    if span.low != span.high or not span.low:
        raise _Contradiction(_TWICE)
    return span.low


def _weekdays(name: Token) -> frozenset[int]:
    return parse_weekdays("月〜金" if name == "平日" else str(name))
