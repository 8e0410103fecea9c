"""One method for each alternative of the grammar: what its words say."""

from __future__ import annotations

import re
from typing import Any

from lark import Token, Transformer, v_args

from ksolve.calendar import MONTHS, WEEKDAYS, YearlyDay
from ksolve.clock import parse_clock
from ksolve.frequency.completing import TWICE, ContradictionError, Fields
from ksolve.frequency.days import (
    Run,
    continued,
    day_of,
    day_of_month,
    halves_of,
    joined,
    month_run,
    same_month,
    season_of,
    stretches,
    weekdays_of,
)
from ksolve.frequency.folding import Clause, Folded, fold
from ksolve.frequency.meaning import (
    EVERY_MONTH,
    LAST,
    Bond,
    Days,
    Hedge,
    Months,
    Moved,
    Pattern,
    Per,
    Range,
    Service,
)
from ksolve.frequency.normalise import number
from ksolve.text import Text

_BAD_RANGE = Text("範囲の終わりが始まりより小さくなっています", "the range ends below its beginning")
_BAD_TIMES = Text("×の後は1以上の一つの数です", "after × stands one number of at least 1")
_WHOLE_MONTHS = Text("除くのは月の全体だけです", "only whole months can be left out")
_COURSES_OF_YEAR = Text("クールの数は 年2クール のように書きます", "courses are counted per year: 年2クール")
_BOND = re.compile(
    r"(?:[とに](?:合わせて|併せて|あわせて|同時に)|の?(?:終了|実施)?後に?|と同日に?)(?:実施|開催)?(?:する)?$"
)


@v_args(inline=True)
class Interpreter(Transformer):  # type: ignore[type-arg] # lark's generic is over untyped trees
    """One method per alternative of the grammar, named like it; the result is a Folded."""

    def start(self, label: Token | None, *terms: Folded) -> Folded:
        """Join the terms between the plus signs; a label may stand before them."""
        whole = Folded(label=str(label or ""))
        for term in terms:
            whole.join(term)
        return whole

    def term(self, *clauses: Clause | None) -> Folded:
        return fold(clause for clause in clauses if clause is not None)

    def __default__(self, data: Token, children: list[Any], meta: Any) -> Any:
        """Refuse an alternative that has no method: what it says would be lost."""
        raise NotImplementedError(data)

    def clause(self) -> None:
        """A separator means nothing."""

    # how many

    def bracket(self, inner: Folded) -> Clause:
        return Clause(inner=inner)

    def product(self, operand: Clause, *factors: Fields) -> Clause:
        for factor in factors:
            if set(factor) & set(operand.fields):
                raise ContradictionError(TWICE)
            operand.fields |= factor
        return operand

    def groups_first(self, groups: Range, operand: Clause) -> Clause:
        """2会場×年3回."""
        return self.product(operand, {"groups": _times(groups)})

    def times_periods(self, span: Range) -> Fields:
        return {"periods": _times(span)}

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

    def per_count(self, per: Fields, span: Range) -> Clause:
        return Clause({**per, "count": span})

    def every_count(self, per: Fields) -> Clause:
        return Clause(dict(per))

    def bare_count(self, span: Range) -> Clause:
        return Clause({"count": span})

    whole_count = bare_count

    def slash_count(self, span: Range, per: Token) -> Clause:
        """3回/年."""
        return Clause({"count": span, "per": {"年": Per.YEAR, "月": Per.MONTH, "週": Per.WEEK}[per[1]]})

    def each_period(self, name: Token) -> Clause:
        """学期ごと: once in each, or what the count beside it says."""
        pers = {"四半期": Per.QUARTER, "半期": Per.HALF, "学期": Per.TERM}
        return Clause({"per": next(per for word, per in pers.items() if name.startswith(word))})

    def courses_of(self, per: Fields, span: Range) -> Clause:
        """年2クール: how many courses, the count of each stated beside it."""
        if per != {"per": Per.YEAR}:
            raise ContradictionError(_COURSES_OF_YEAR)
        return Clause({"courses": _times(span)})

    def each_count(self, span: Range) -> Clause:
        """4・7・10・1月 各1回: so many in each of the months named."""
        return Clause({"count": span, "per": Per.MONTH})

    def running_count(self, span: Range) -> Clause:
        return Clause({"count": span, "consecutive": True})

    def course_count(self, _courses: Range, span: Range) -> Clause:
        return Clause({"count": span, "per": Per.COURSE})

    def one_course(self, *parts: Any) -> Clause:
        return Clause({"count": parts[-1], "per": Per.COURSE})

    def site_count(self, span: Range) -> Clause:
        return Clause({"count": span, "per": Per.SITE})

    def week_days(self, span: Range) -> Clause:
        return Clause({"count": span, "per": Per.WEEK})

    def half_count(self, halves: tuple[str, ...], span: Range) -> Clause:
        months = halves_of(halves)
        if months == EVERY_MONTH:
            return Clause({"count": span, "per": Per.HALF})
        return Clause({"count": span, "per": Per.YEAR, "months": months})

    def halves(self, *halves: Token) -> tuple[str, ...]:
        return tuple(halves)

    def halves_alone(self, halves: tuple[str, ...]) -> Clause:
        """前期講座 names a course; its months usually follow, so it says nothing by itself."""
        return Clause(beside={"remarks": ["・".join(halves)]})

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
        return {"per": Per.MONTH, "every": _times(span)}

    def per_weeks(self, span: Range) -> Fields:
        return {"per": Per.WEEK, "every": _times(span)}

    # in which months

    def one_month(self, name: Token) -> Run:
        return month_run(name)

    def run_of_months(self, first: Token, last: Token) -> Run:
        return month_run(first, last)

    def from_month_on(self, first: Token) -> Run:
        return month_run(first, f"{MONTHS[-1]}月")

    def months(self, *named: Run | Token) -> Clause:
        """5月・8月 are named one by one, 7月～9月 is a span; 7月下旬 is a stretch of days."""
        runs = tuple(run for run in named if isinstance(run, Run))
        if len(runs) < len(named):
            return Clause({"months": continued(runs)})
        hedges: Fields = {"hedges": frozenset({Hedge.ABOUT})} if any(run.vague for run in runs) else {}
        if not any(run.days for run in runs):
            return Clause({"months": joined(runs), **hedges})
        partial = stretches(runs)
        if len(runs) == 1 and runs[0].is_span:
            return Clause({"within": partial, **hedges})
        return Clause({"each_of": tuple({"within": (days,)} for days in partial), **hedges})

    def either(self, *runs: Run) -> Clause:
        if any(run.days for run in runs):
            return Clause({"within": stretches(runs), "count": Range(1, 1)})
        return Clause({"months": Months(joined(runs).values, either=True)})

    def parity(self, name: Token, _ellipsis: Token | None = None) -> Clause:
        odd = int(str(name).startswith("奇"))
        return Clause({"months": Months(tuple(m for m in MONTHS if m % 2 == odd), each=True)})

    def exclusion(self, months: Clause) -> Clause:
        if "months" not in months.fields:
            raise ContradictionError(_WHOLE_MONTHS)
        return Clause({"without": Months(months.fields["months"].values)})

    def no_weekdays(self, weekdays: Token, too: None) -> Clause:
        """土日祝を除く: on all other weekdays."""
        left = frozenset(range(len(WEEKDAYS))) - weekdays_of(weekdays)
        return Clause({"pattern": Pattern(left), **({"holidays": False} if too is not None else {})})

    def no_nths(self, nths: tuple[int, ...], weekdays: Token | None = None) -> Clause:
        return Clause({"without_nths": (nths, weekdays_of(weekdays) if weekdays else frozenset())})

    def no_holidays(self) -> Clause:
        return Clause({"holidays": False})

    def no_closures(self) -> Clause:
        """年末年始を除く says what the calendar of the place says."""
        return Clause(beside={"remarks": ["休館日を除く"]})

    def exception(self, months: Clause, nths: tuple[int, ...] | None, weekdays: Token) -> Clause:
        if "months" not in months.fields:
            raise ContradictionError(_WHOLE_MONTHS)
        return Clause(exception=(months.fields["months"], Pattern(weekdays_of(weekdays), nths or ())))

    def season(self, *parts: Token | Range | None) -> Clause:
        """春・秋 is once in each; a single season is a span of months."""
        *names, each = parts
        spans = [season_of(str(name)) for name in names]
        if len(spans) == 1 and each is None:
            return Clause({"months": spans[0]})
        count = {"each_count": each} if each is not None else {}
        return Clause({"each_of": tuple({"months": span} for span in spans), **count})

    # on which days, at what time

    def nth(self, first: Token, last: Token | None) -> tuple[int, ...]:
        start = number(str(first).removeprefix("第"))
        end = number(str(last).removeprefix("第")) if last else start
        if end < start:
            raise ContradictionError(_BAD_RANGE)
        return tuple(range(start, end + 1))

    def nths(self, *parts: tuple[int, ...] | Token) -> tuple[int, ...]:
        found = {n for part in parts for n in ((LAST,) if isinstance(part, Token) else part)}
        return tuple(sorted(found, key=lambda n: (n == LAST, n)))

    def nth_weekdays(self, nths: tuple[int, ...], weekdays: Token) -> Clause:
        return Clause({"pattern": Pattern(weekdays_of(weekdays), nths)})

    def nth_week(self, nths: tuple[int, ...]) -> Clause:
        return Clause({"pattern": Pattern(nths=nths)})

    def last_week(self, _last: Token) -> Clause:
        return Clause({"pattern": Pattern(nths=(LAST,))})

    def weekdays(self, weekdays: Token) -> Clause:
        return Clause({"pattern": Pattern(weekdays_of(weekdays))})

    def weekly(self, weekdays: Token) -> Clause:
        days = weekdays_of(weekdays)
        return Clause({"pattern": Pattern(days), "per": Per.WEEK, "count": Range(len(days), len(days))})

    def fortnightly(self, weekdays: Token) -> Clause:
        days = weekdays_of(weekdays)
        count = Range(len(days), len(days))
        return Clause({"pattern": Pattern(days), "per": Per.WEEK, "every": 2, "count": count})

    def always_on(self, weekdays: Token) -> Clause:
        """すべて金曜日 says on which weekday the sessions are, not how many."""
        return Clause({"pattern": Pattern(weekdays_of(weekdays)), "uncounted": True})

    def date(self, first: Token, last: Token | None) -> YearlyDay | Days:
        return (day_of(first), day_of(last)) if last else day_of(first)

    def day_of_month(self, name: Token) -> int:
        return day_of_month(name)

    day_more = day_of_month

    def dates(self, *parts: YearlyDay | Days | int) -> Clause:
        """5/11・18: a day without a month is in the month of the date before it; 4/1～4/5 is a stretch."""
        dates: list[YearlyDay] = []
        days: list[int] = []
        for part in parts:
            if isinstance(part, YearlyDay):
                dates.append(part)
            elif isinstance(part, int) and dates:
                dates.append(same_month(dates[-1], part))
            elif isinstance(part, int):
                days.append(part)
        within = tuple(part for part in parts if isinstance(part, tuple))
        stated = {"dates": tuple(dates), "days": tuple(sorted(set(days))), "within": within}
        return Clause({key: value for key, value in stated.items() if value})

    def hours(self, first: Token, last: Token | None = None) -> Clause:
        """午後1時30分～3時 ends in the afternoon as well."""
        start = parse_clock(first)
        half = str(first)[:2] if str(first).startswith(("午前", "午後")) else ""
        end = start
        if last:
            end = parse_clock(last if str(last).startswith(("午前", "午後", "正午")) else f"{half}{last}")
        if end < start:
            raise ContradictionError(_BAD_RANGE)
        return Clause({"hours": (start, end)})

    # the rest

    def service(self, name: Token) -> Clause:
        return Clause(beside={"services": [Service(name.type.lower())]})

    def hedge(self, name: Token) -> Clause:
        return Clause({"hedges": frozenset({Hedge(name.type.lower())})})

    def moved(self, name: Token) -> Clause:
        return Clause({"moved": Moved(name.type.lower())})

    def closed(self, name: Token) -> Clause:
        return Clause(beside={"after_holidays": True} if name.type == "AFTER_HOLIDAYS" else {"closed": True})

    def depend(self, name: Token) -> Clause:
        kind = Bond(name.type.lower())
        other = _BOND.sub("", str(name)).strip("()")
        if not other:
            return Clause(beside={"remarks": [str(name)]})
        return Clause(beside={"bond": (kind, other)})

    def ditto(self, _name: Token) -> Clause:
        return Clause(beside={"ditto": True})

    def remark(self, text: Token) -> Clause:
        return Clause(beside={"remarks": [str(text)]})


def _times(span: Range) -> int:
    if span.low != span.high or not span.low:
        raise ContradictionError(_BAD_TIMES)
    return span.low
