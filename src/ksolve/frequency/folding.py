"""Clauses to terms: what the parts of a frequency text mean together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from ksolve.frequency.clauses import CLOSED_WITHIN, Clause, Folded
from ksolve.frequency.completing import implied
from ksolve.frequency.daily import held_daily
from ksolve.frequency.exceptions import excepted
from ksolve.frequency.fields import TWICE, ContradictionError, Fields, merged
from ksolve.frequency.joining import Parts, joined_with_all
from ksolve.frequency.meaning import Months, Pattern, Per, Range
from ksolve.frequency.parts import folded_by_name
from ksolve.frequency.sites import with_sites
from ksolve.frequency.totals import (
    is_monthly_sum,
    is_paced,
    is_total,
    is_yearly,
    month_of_weeks,
    of_total,
    reconciled,
    without_total,
)
from ksolve.text import Text


def fold(clauses: Iterable[Clause]) -> Folded:
    """Join clauses into terms, those that stand beside a name for themselves."""
    return folded_by_name(list(clauses), _fold)


def _fold(clauses: Sequence[Clause]) -> Folded:
    """Join clauses into terms: one that says again what its term says begins the next term."""
    folded = Folded()
    current: Fields = {}
    for clause in _with_their_months(list(_with_their_days(clauses))):
        folded.take(clause.beside)
        if clause.inner is not None:
            if clause.inner.closed and (current or folded.services):
                raise ContradictionError(CLOSED_WITHIN)
            folded.take(clause.inner.beside)
        folded.terms, current = _joined(folded.terms, current, clause)
    folded.terms = list(_whole_terms(folded, current))
    return folded


def _joined(terms: list[Fields], current: Fields, clause: Clause) -> Parts:
    """Return the terms that are done and the one that goes on, with one more clause."""
    if (joined := joined_with_all(terms, current, clause)) is not None:
        return joined
    if clause.inner is not None:
        *done, current = _bracketed(current, clause.inner, clause.fields)
    else:
        *done, current = _said_again(current, clause.fields)
    return [*terms, *done], current


def _with_their_months(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the clauses, a second count together with the bracket that says when it is held.

    月1回(4～7月)、月2回(9～12月) is one count in some months and another one in others.
    """
    counts = 0
    taken: Clause | None = None
    for clause, following in zip_longest(clauses, clauses[1:]):
        if clause is taken:
            continue
        counts += "count" in clause.fields
        within = following.inner if following and not following.of_them else None
        if counts > 1 and "count" in clause.fields and following and within and _is_time(within):
            taken = following
            yield Clause(merged(merged(clause.fields, within.terms[0]), following.fields), clause.beside)
        else:
            yield clause


def _with_their_days(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """Yield the clauses, 毎月 together with the weekdays behind it: 24回、毎月第1・3水曜日 is two in each."""
    monthly: Clause | None = None
    for clause in clauses:
        if monthly and set(clause.fields) == {"pattern"} and clause.fields["pattern"].nths:
            clause = replace(clause, fields=merged(monthly.fields, clause.fields))  # noqa: PLW2901
        elif monthly:
            yield monthly
        monthly = clause if clause == Clause({"per": Per.MONTH}) else None
        if not monthly:
            yield clause
    if monthly:
        yield monthly


def _is_time(inner: Folded) -> bool:
    """Tell a bracket that says in which months and nothing else."""
    return (
        inner == Folded(inner.terms) and len(inner.terms) == 1 and set(inner.terms[0]) <= {"months", "spans"}
    )


def _said_again(current: Fields, fields: Fields) -> list[Fields]:
    """Take a clause into the term before it, or begin the next term with it.

    What the term says already may be said again if it is the same, if the two are a week of the
    month and its weekday (第1週の月曜日), two weekdays, or a total and a pace (毎週土曜 全10回).
    Another term is begun only by other months, dates or days of the month, and by another weekday
    pattern; anything else would be a sum that nobody wrote.
    """
    if is_total(current) and set(fields) == {"days"} and len(fields["days"]) == 1:
        raise ContradictionError(_OF_WHICH_MONTH.fill(day=fields["days"][0]))
    fields = _of_each(current, fields)
    if "count" in current and "per" not in current and "per" in fields and "count" not in fields:
        return [
            reconciled({"per": Per.YEAR, **current}, {"count": Range(1, 1), **implied(fields), **fields})
        ]  # 12回、毎月
    if "count" in fields and "per" not in fields and "per" in current and "count" not in current:
        total = {"per": Per.YEAR, **fields} if set(fields) > {"count"} else fields
        return [reconciled(total, {**implied(current), **current}, apart=True)]  # 隔月、6回
    said = set(current) & set(fields) - {"hedges", "without", "whole", "left_out"}
    again = {key for key in said if current[key] != fields[key]}
    if not again:
        return [merged(current, fields)]
    of_days = "of_days" in current  # 水曜日2回 土曜日2回 are two counts
    if again == {"pattern"} and not of_days and (pattern := _one_pattern(current, fields)):
        return [merged({**current, "pattern": pattern}, {k: v for k, v in fields.items() if k != "pattern"})]
    agrees = is_yearly(current) != is_yearly(fields) or bool(month_of_weeks(current, fields))
    if not again - {"count", "per", "every"} and agrees:
        if "months" in fields and "months" not in current and not is_total(current):
            raise ContradictionError(TWICE)  # 月1回、年2回(6月・11月): a sum, or two of the twelve
        before = {**implied(current), **current}
        return [reconciled(before, {"count": Range(1, 1), **fields}, apart=True)]
    if not again & {"months", "within", "dates", "days", "pattern", "course_of", "nth_course"} or not _differ(
        current, fields, again
    ):
        raise ContradictionError(TWICE)
    return [current, dict(fields)]


_OF_WHICH_MONTH = Text(
    "{day}日がどの月の日か、日数のことなのかわかりません。5/{day} や 毎月{day}日 のように書きます",
    "of which month is {day}日, or is it a number of days? Write 5/{day}, or 毎月{day}日",
)


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
    several = months.each and len(months.values) > 1 and fields["count"] != Range(1, 1)
    if several and not one_of_each and not {"whole", "each"} & set(fields) and "parity" not in current:
        raise ContradictionError(_OF_MONTHS.fill(months=months, count=fields["count"]))
    is_each = "parity" in current or (months.each and fields["count"] == Range(1, 1))
    return {**fields, "per": Per.MONTH} if is_each and not one_of_each else fields


_OF_MONTHS = Text(
    "{months}の{count}回が、合わせた回数なのか、月ごとの回数なのかわかりません。"
    "合わせて{count}回なら 年{count}回({months})、月ごとなら {months} 各{count}回 と書きます",
    "{count} in all of {months}, or in each of them: write 年{count}回({months}) or {months} 各{count}回",
)


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
    if "nth_course" in again:
        return True
    if "course_of" in again:
        return not set(current["course_of"].values) & set(fields["course_of"].values)
    if "months" in again:
        return not set(current["months"].values) & set(fields["months"].values)
    if "pattern" in again and not again & {"within", "dates", "days"}:
        one, other = current["pattern"], fields["pattern"]
        return bool(other.nths or "per" in fields or not one.nths)
    return True


def _whole_terms(folded: Folded, last: Fields) -> Iterator[Fields]:
    """Yield a text's terms: exceptions apart, a trailing hedge at its term, no total beside parts."""
    terms = [held_daily(with_sites(term)) for term in (*folded.terms, *([last] if last else []))]
    if len(terms) > 1 and set(last) == {"hedges"}:
        hedges = terms[-2].get("hedges", frozenset()) | last["hedges"]
        terms[-2:] = [{**terms[-2], "hedges": hedges}]
    if folded.services:
        terms = [{**term, "uncounted": True} for term in terms if set(term) != {"hedges"}]
    whole = without_total([part for term in terms for part in excepted(term)])
    if not folded.services and any("count" in term for term in whole):
        for term in whole:
            if set(term) <= _TIMES and not implied(term):
                raise ContradictionError(_UNCOUNTED)
    yield from whole


_TIMES = {"months", "spans", "within", "parity", "hedges", "course_of"}
_UNCOUNTED = Text(
    "回数の書かれていない期間があります。前期5回、後期6回 のように期間ごとに書きます",
    "one of the periods has no count: write one for each, as in 前期5回、後期6回",
)


def _bracketed(current: Fields, inner: Folded, factors: Fields) -> list[Fields]:
    """Take a bracket's terms into the term before it; the factors behind it go with them."""
    if len(inner.terms) > 1:
        if (
            current
            and not is_total(current)
            and (all(is_paced(current, term) for term in inner.terms) or is_monthly_sum(current, inner.terms))
        ):
            current = {}  # 月1回(第3日曜、12月は第2日曜)
        if current and not is_total(current):
            raise ContradictionError(TWICE)
        parts = without_total([*([{**current, "whole": "計"}] if current else []), *inner.terms])
        return [merged(part, factors) for part in parts]
    found = inner.terms[0] if inner.terms else {}
    if current and _in_some_months(found):
        raise ContradictionError(_OUT_OF_SOME)
    if "per" in found and found["per"] is not current.get("per", Per.YEAR):
        found = {"count": Range(1, 1), **implied(found), **found}  # 年6回(隔月): once in each
    if "count" in found and ("per" in current or "pattern" in current):
        current = {**implied(current), **current}
    if "groups" in found and is_total(current) and is_total(found):
        hedges = {"hedges": current["hedges"]} if "hedges" in current else {}
        return [merged(merged(of_total(current, found), hedges), factors)]  # 年24回(2グループ各12回)
    pattern = _one_pattern(current, found) if "pattern" in current and "pattern" in found else None
    if pattern and "of_weekday" in {*current, *found}:
        current = {**current, "pattern": pattern}
        found = {key: value for key, value in found.items() if key != "pattern"}
    if "count" in found and "count" in current:
        return [merged(reconciled(current, found), factors)]
    return [merged(merged(current, found), factors)]


def _in_some_months(found: Fields) -> bool:
    """Tell a bracket that leaves days out of some months only: 8月第2週は休み, 8月は祝日を除く."""
    leaves_out = "without_nths" in found or found.get("holidays") is False
    return leaves_out and "months" in found and not {"count", "pattern"} & set(found)


_OUT_OF_SOME = Text(
    "一部の月だけの休みは、毎週火曜日(8月を除く)＋月3回(8月) のように分けて書きます",
    "days left out of some months only: write two parts, as in 毎週火曜日(8月を除く)＋月3回(8月)",
)
