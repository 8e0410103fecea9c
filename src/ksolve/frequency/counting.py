"""What the words for how many sessions say: 年20回, 月1回×5か月×2グループ."""

from __future__ import annotations

import re
from typing import Any

from lark import Token, Transformer, v_args

from ksolve.frequency.clauses import Clause, Folded
from ksolve.frequency.completing import INTERVAL
from ksolve.frequency.days import halves_of
from ksolve.frequency.fields import TWICE, ContradictionError, Fields
from ksolve.frequency.meaning import (
    EVERY_MONTH,
    TERMS,
    Hedge,
    Months,
    Per,
    Range,
)
from ksolve.letters import number
from ksolve.text import Text

_NUMBER = r"[0-9]+|[一二三四五六七八九十]+"
_BAD_RANGE = Text("範囲の終わりが始まりより小さくなっています", "the range ends below its beginning")
_NOT_NEXT = Text(
    "「{low}、{high}回」は {low}～{high}回 のことか、{low}回か{high}回のどちらかなのかわかりません。"
    "{low}～{high}回 のように書きます",
    "{low}, {high} is not one number and the next: write {low}～{high}回 for a range",
)
_BAD_TIMES = Text("×の後は1以上の一つの数です", "after × stands one number of at least 1")
_MORE_MONTHS = Text("1年に{periods}か月はありません", "a year does not have {periods} months")
_COURSES_OF_YEAR = Text("クールの数は 年2クール のように書きます", "courses are counted per year: 年2クール")
_COURSE_OR_ALL = Text(
    "{courses}クール{count}回 は二通りに読めます。1クールの回数なら 1クール{count}回×{courses}クール、"
    "合わせた回数なら 年{count}回 と書きます",
    "{courses} courses, {count} sessions: in each, write 1クール{count}回×{courses}クール; in all,"
    " 年{count}回",
)


def in_weeks(clause: Clause) -> Clause:
    """Return 週1回×10週 as ten in the year, one a week at most; ×3コース is three times as many."""
    fields = clause.fields
    weeks = fields.pop("weeks", None)
    if weeks is None:
        return clause
    count: Range | None = fields.get("count")
    weekly = fields.get("per") is Per.WEEK and fields.get("every", 1) == 1
    if count is None or not weekly or count.low != count.high or "periods" in fields:
        raise ContradictionError(_WEEKS)
    times = weeks * fields.pop("courses", 1)
    clause.fields = {**fields, "count": count * times, "per": Per.YEAR, "pace": (count.low, Per.WEEK)}
    return clause


_WEEKS = Text("×週 は 週1回×10週 のように週の回数に付けます", "weeks multiply a weekly count: 週1回×10週")


@v_args(inline=True)
class Counting(Transformer):  # type: ignore[type-arg] # lark's generic is over untyped trees
    """The alternatives of the grammar that count."""

    def bracket(self, inner: Folded) -> Clause:
        return Clause(inner=inner)

    def of_them(self, inner: Folded) -> Clause:
        """年12回(うち土曜2回)."""
        return Clause(inner=inner, of_them=True)

    def product(self, operand: Clause, *factors: Fields) -> Clause:
        if factors:
            operand.fields.pop("whole", None)  # 全6回×2コース: all of one course
        for factor in factors:
            if set(factor) & set(operand.fields):
                raise ContradictionError(TWICE)
            operand.fields |= factor
        if "periods" in operand.fields and operand.inner is None:
            operand.fields.setdefault("per", Per.MONTH)  # 2回×12か月
        return in_weeks(operand)

    def months_first(self, months: Range, span: Range) -> Clause:
        """12か月×2回."""
        return self.product(Clause({"count": span}), self.times_periods(months))

    def times_weeks(self, span: Range) -> Fields:
        return {"weeks": _times(span)}

    def groups_first(self, groups: Range, operand: Clause) -> Clause:
        """2会場×年3回."""
        return self.product(operand, {"groups": _times(groups)})

    def groups_each(self, groups: Range, span: Range) -> Clause:
        """2グループ 各年10回, 5会場で各2回."""
        return Clause({"count": span, "per": Per.YEAR, "groups": _times(groups)})

    def courses_first(self, courses: Range, span: Range) -> Clause:
        """2クール×5回, 2クール各5回."""
        return Clause({"count": span, "per": Per.COURSE, "courses": _times(courses)})

    def courses_first_of(self, _year: Fields, courses: Range, span: Range) -> Clause:
        """年4コース×各5回."""
        return self.courses_first(courses, span)

    def times_periods(self, span: Range) -> Fields:
        periods = _times(span)
        if periods > len(EVERY_MONTH.values):
            raise ContradictionError(_MORE_MONTHS.fill(periods=periods))
        return {"periods": periods}

    def times_groups(self, span: Range) -> Fields:
        return {"groups": _times(span)}

    def times_courses(self, span: Range) -> Fields:
        return {"courses": _times(span)}

    def span(self, low: Token, high: Token | None) -> Range:
        first = number(low)
        last = number(high) if high else first
        if last < first:
            raise ContradictionError(_BAD_RANGE)
        return Range(first, last)

    def span_or(self, first: Token, second: Token) -> Range:
        """5、6回, 2回又は3回: one number and the next; 1.5回 and 2回か4回 are no range."""
        span = self.span(first, second)
        if span.high != span.low + 1:
            raise ContradictionError(_NOT_NEXT.fill(low=span.low, high=span.high))
        return span

    def per_count(self, per: Fields, span: Range) -> Clause:
        """月2回, 2か月に1回; 1～2か月に1回 is 6 to 12 in a year, and one a month at most."""
        interval: Range | int = per.get("every", 1)
        if isinstance(interval, int):
            return Clause({**per, "count": span})
        of_year = {Per.MONTH: Range(12, 12), Per.WEEK: Range(52, 53)}[per["per"]]
        if interval.low != 1 or interval.high is None or span.high is None:
            raise ContradictionError(INTERVAL)
        count = Range(of_year.low // interval.high * span.low, (of_year.high or 0) * span.high)
        return Clause({"count": count, "per": Per.YEAR, "pace": (span.high, per["per"]), "interval": True})

    def hedged_count(self, per: Fields, hedge: Token, span: Range) -> Clause:
        """年に約10回, 月最低1回."""
        counted = self.per_count(per, span)
        return Clause({**counted.fields, "hedges": frozenset({Hedge(hedge.type.lower())})})

    def every_count(self, per: Fields) -> Clause:
        return Clause(dict(per))

    def bare_count(self, span: Range) -> Clause:
        return Clause({"count": span})

    def whole_count(self, word: Token, span: Range) -> Clause:
        """全10回; 計10回 is the total of all that is counted beside it."""
        return Clause({"count": span, "whole": "全" if word == "全" else "計"})

    def slash_count(self, span: Range, per: Token) -> Clause:
        """3回/年."""
        return Clause({"count": span, "per": {"年": Per.YEAR, "月": Per.MONTH, "週": Per.WEEK}[per[1]]})

    def slash_months(self, span: Range, per: Token) -> Clause:
        """1回/2か月."""
        return Clause({"count": span, "per": Per.MONTH, "every": number(per[1:-2])})

    def each_months(self, span: Range) -> Clause:
        """3か月ごと: once in each, or what the count beside it says."""
        return Clause({"per": Per.MONTH, "every": _times(span)})

    def each_period(self, name: Token) -> Clause:
        """学期ごと: once in each, or what the count beside it says."""
        pers = {"四": Per.QUARTER, "4": Per.QUARTER, "半": Per.HALF, "学": Per.TERM}
        return Clause({"per": pers[name[0]]})

    def courses_of(self, per: Fields, span: Range) -> Clause:
        """年2クール: how many courses, the count of each stated beside it."""
        if per != {"per": Per.YEAR}:
            raise ContradictionError(_COURSES_OF_YEAR)
        return Clause({"courses": _times(span), "apart": True})

    def courses_alone(self, span: Range) -> Clause:
        """10講座 延べ40回, 年40回(10講座)."""
        return Clause({"courses": _times(span), "apart": True})

    def each_count(self, span: Range) -> Clause:
        """4・7・10・1月 各1回: so many in each of the months, or spans of months, named."""
        return Clause({"count": span, "per": Per.MONTH, "each": True})

    def running_count(self, span: Range) -> Clause:
        return Clause({"count": span, "consecutive": True})

    def course_count(self, courses: Range, span: Range) -> Clause:
        """1クール5回; 2クール5回 could be five in each or in both."""
        if courses != Range(1, 1):
            raise ContradictionError(_COURSE_OR_ALL.fill(courses=courses, count=span))
        return Clause({"count": span, "per": Per.COURSE})

    def one_course(self, *parts: Any) -> Clause:
        return Clause({"count": parts[-1], "per": Per.COURSE})

    def site_count(self, span: Range) -> Clause:
        return Clause({"count": span, "per": Per.SITE})

    def site_counts(self, per: Fields, span: Range) -> Clause:
        """各クラス月2回: how many they are stands beside it."""
        return Clause({**self.per_count(per, span).fields, "each_site": True})

    def apiece_count(self, per: Fields, span: Range) -> Clause:
        """2クラス 月2回ずつ."""
        return Clause({**self.per_count(per, span).fields, "apiece": True})

    def sites(self, span: Range) -> Clause:
        """4会場 各会場2回, 各校1回(10校)."""
        return Clause({"sites": _times(span)})

    def each_course(self, span: Range) -> Clause:
        """各クール4回."""
        return Clause({"count": span, "per": Per.COURSE})

    def week_days(self, span: Range) -> Clause:
        return Clause({"count": span, "per": Per.WEEK, "in_days": True})

    def month_days(self, span: Range) -> Clause:
        """月2日: on two days of each month, not on its second."""
        return Clause({"count": span, "per": Per.MONTH, "in_days": True})

    def year_days(self, span: Range) -> Clause:
        return Clause({"count": span, "per": Per.YEAR, "in_days": True})

    def half_count(self, halves: tuple[str, ...], span: Range) -> Clause:
        months = halves_of(halves)
        if months == EVERY_MONTH:
            return Clause({"count": span, "per": Per.HALF})
        return Clause({"count": span, "per": Per.YEAR, "course_of": months})

    def term_count(self, names: Token, span: Range) -> Clause:
        """1・2学期各1回: once in each of the terms named; 第1学期3回."""
        numbers = [int(found) for found in re.findall("[1-3]", names)]
        if "~" in names:
            numbers = list(range(numbers[0], numbers[-1] + 1))
        windows = tuple({"months": Months(TERMS[n - 1])} for n in sorted(set(numbers)))
        if len(windows) == 1:
            return Clause({"count": span, "per": Per.YEAR, **windows[0]})
        return Clause({"each_of": windows, "each_count": span})

    def nth_course(self, name: Token) -> Clause:
        """第1期 4回、第2期 6回: courses with counts of their own."""
        return Clause({"nth_course": number(re.findall(_NUMBER, name)[0])})

    def courses_count(self, names: Token, span: Range) -> Clause:
        """第1期～第3期 各4回."""
        found = [number(one) for one in re.findall(_NUMBER, names)]
        several = found[-1] - found[0] + 1 if "~" in names else len(set(found))
        if several < 1:
            raise ContradictionError(_BAD_RANGE)
        return Clause({"count": span, "per": Per.COURSE, "courses": several})

    def halves(self, *halves: Token) -> tuple[str, ...]:
        """前期, 下半期; 前・後期 names both."""
        return tuple(half for named in halves for half in re.findall("[前後上下]", named))

    def halves_alone(self, halves: tuple[str, ...]) -> Clause:
        """前期講座 names a course; where no months follow, they are those of the half."""
        return Clause({"course_of": halves_of(halves)})

    def halves_named(self, halves: tuple[str, ...]) -> Clause:
        """前期(5回): the half in which it is; 年2回(上半期・下半期): once in each."""
        if len(halves) == 1:
            return Clause({"course_of": halves_of(halves)})
        return Clause({"each_of": tuple({"months": halves_of((half,))} for half in halves)})

    def per_year(self) -> Fields:
        return {"per": Per.YEAR}

    def per_half(self) -> Fields:
        return {"per": Per.HALF}

    def per_quarter(self) -> Fields:
        return {"per": Per.QUARTER}

    def per_term(self) -> Fields:
        return {"per": Per.TERM}

    def per_month(self) -> Fields:
        return {"per": Per.MONTH}

    def per_week(self) -> Fields:
        return {"per": Per.WEEK}

    def per_day(self) -> Fields:
        return {"per": Per.DAY}

    def other_month(self) -> Fields:
        return {"per": Per.MONTH, "every": 2}

    def other_week(self) -> Fields:
        return {"per": Per.WEEK, "every": 2}

    def per_months(self, span: Range) -> Fields:
        return {"per": Per.MONTH, "every": _times(span) if span.low == span.high else span}

    def per_weeks(self, span: Range) -> Fields:
        return {"per": Per.WEEK, "every": _times(span) if span.low == span.high else span}


def _times(span: Range) -> int:
    if span.low != span.high or not span.low:
        raise ContradictionError(_BAD_TIMES)
    return span.low
