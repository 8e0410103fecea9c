"""One method for each alternative of the grammar: what its words say."""

from __future__ import annotations

import re
from typing import Any

from lark import Token, Transformer, v_args

from ksolve.calendar import MONTHS, WEEKDAYS, YearlyDay, month_position
from ksolve.clock import parse_clock
from ksolve.frequency.completing import TWICE, ContradictionError, Fields
from ksolve.frequency.days import (
    TERMS,
    Run,
    continued,
    day_of,
    day_of_month,
    days_of_part,
    halves_of,
    joined,
    month_of_year,
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
_NOT_NEXT = Text(
    "「{low}、{high}回」は {low}～{high}回 のことか、{low}回か{high}回のどちらかなのかわかりません。"
    "{low}～{high}回 のように書きます",
    "{low}, {high} is not one number and the next: write {low}～{high}回 for a range",
)
_PARTS_OF_WHICH = Text(
    "上旬・下旬がどの月のことかわかりません。5月上旬・6月上旬 のように月ごとに書きます",
    "it is not clear of which months the part is meant: write 5月上旬・6月上旬",
)
_BAD_TIMES = Text("×の後は1以上の一つの数です", "after × stands one number of at least 1")
_WHOLE_MONTHS = Text("除くのは月の全体だけです", "only whole months can be left out")
_SEASON_LEFT_OUT = Text(
    "「{season}」がいつからいつまでかは所によって違います。8月を除く のように、除く月で書きます",
    "when {season} begins and ends differs from place to place: name the months, as in 8月を除く",
)
_COURSES_OF_YEAR = Text("クールの数は 年2クール のように書きます", "courses are counted per year: 年2クール")
_COURSE_OR_ALL = Text(
    "{courses}クール{count}回 は二通りに読めます。1クールの回数なら 1クール{count}回×{courses}クール、"
    "合わせた回数なら 年{count}回 と書きます",
    "{courses} courses, {count} sessions: in each, write 1クール{count}回×{courses}クール; in all,"
    " 年{count}回",
)
_OVER_NEW_YEAR = Text(
    "年度(4月～3月)をまたぐ期間です。4/1～4/5 か 3/28～3/31 のように、年度の中の期間で書きます",
    "the period runs over the end of the fiscal year: write the part within it, 4/1～4/5 or 3/28～3/31",
)
_DAYS_APART = Text(
    "月の日の範囲は、1日～7日 のように一続きだけ書けます", "one run of days of the month at a time: 1日～7日"
)
_REFUSED = {
    "WITH_HOLIDAYS": Text(
        "「祝日も行う」は予定に守らせられません。曜日だけなら 土・日曜日、祝日の日付も行うなら"
        " 5/3・5/4 のように日付を足し、祝日に行わないなら (祝日を除く) と書きます",
        "sessions on holidays as well cannot be held: write the weekdays alone (土・日曜日), add the holidays"
        " as dates (5/3・5/4), or leave holidays out (祝日を除く)",
    ),
    "HALF_DAY": Text(
        "「午前」「午後」だけでは開始時刻が決まりません。13:30～15:00 のように書くか、"
        "午前と午後の2回なら 1日に2回 と書きます",
        "morning or afternoon alone gives no start: write 13:30～15:00, or 1日に2回 for one in each",
    ),
    "DAYS_LONG": Text(
        "何日も続く1回なのか、日ごとの回なのかわかりません。1回なら 年1回、日ごとなら 年3回 のように、"
        "日付が決まっていれば 8/1・8/2・8/3 と書きます",
        "one session over several days, or one on each: write 年1回 or 年3回, or the dates as 8/1・8/2・8/3",
    ),
}
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

    def groups_each(self, groups: Range, span: Range) -> Clause:
        """2グループ 各年10回, 5会場で各2回."""
        return Clause({"count": span, "per": Per.YEAR, "groups": _times(groups)})

    def courses_first(self, courses: Range, span: Range) -> Clause:
        """2クール×5回, 2クール各5回."""
        return Clause({"count": span, "per": Per.COURSE, "courses": _times(courses)})

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

    def span_or(self, first: Token, second: Token) -> Range:
        """5、6回, 2回又は3回: one number and the next; 1.5回 and 2回か4回 are no range."""
        span = self.span(first, second)
        if span.high != span.low + 1:
            raise ContradictionError(_NOT_NEXT.fill(low=span.low, high=span.high))
        return span

    def per_count(self, per: Fields, span: Range) -> Clause:
        return Clause({**per, "count": span})

    def hedged_count(self, per: Fields, hedge: Token, span: Range) -> Clause:
        """年に約10回, 月最低1回."""
        return Clause({**per, "count": span, "hedges": frozenset({Hedge(hedge.type.lower())})})

    def every_count(self, per: Fields) -> Clause:
        return Clause(dict(per))

    def bare_count(self, span: Range) -> Clause:
        return Clause({"count": span})

    whole_count = bare_count

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
        return Clause({"courses": _times(span)})

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

    def week_days(self, span: Range) -> Clause:
        return Clause({"count": span, "per": Per.WEEK})

    def month_days(self, span: Range) -> Clause:
        """月2日: on two days of each month, not on its second."""
        return Clause({"count": span, "per": Per.MONTH})

    def year_days(self, span: Range) -> Clause:
        return Clause({"count": span, "per": Per.YEAR})

    def half_count(self, halves: tuple[str, ...], span: Range) -> Clause:
        months = halves_of(halves)
        if months == EVERY_MONTH:
            return Clause({"count": span, "per": Per.HALF})
        return Clause({"count": span, "per": Per.YEAR, "months": months})

    def term_count(self, names: Token, span: Range) -> Clause:
        """1・2学期各1回: once in each of the terms named; 第1学期3回."""
        numbers = [int(found) for found in re.findall("[1-3]", names)]
        if "~" in names:
            numbers = list(range(numbers[0], numbers[-1] + 1))
        windows = tuple({"months": Months(TERMS[n - 1])} for n in sorted(set(numbers)))
        if len(windows) == 1:
            return Clause({"count": span, "per": Per.YEAR, **windows[0]})
        return Clause({"each_of": windows, "each_count": span})

    def halves(self, *halves: Token) -> tuple[str, ...]:
        """前期, 下半期; 前・後期 names both."""
        return tuple(half for named in halves for half in re.findall("[前後上下]", named))

    def halves_alone(self, halves: tuple[str, ...]) -> Clause:
        """前期講座 names a course; where no months follow, they are those of the half."""
        return Clause({"course_of": halves_of(halves)})

    def halves_named(self, halves: tuple[str, ...]) -> Clause:
        """前期(5回): the half in which it is; 年2回(上半期・下半期): once in each."""
        if len(halves) == 1:
            return Clause({"months": halves_of(halves)})
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

    def until_month(self, last: Token) -> Run:
        """9月まで: from April."""
        return month_run(f"{MONTHS[0]}月", last)

    def month_of_year(self, name: Token) -> Run:
        return month_of_year(name)

    def months(self, *named: Run | Token) -> Clause:
        """5月・8月 are named one by one, 7月～9月 is a span; 7月下旬 is a stretch of days."""
        runs = tuple(run for run in named if isinstance(run, Run))
        if len(runs) < len(named):
            return Clause({"months": continued(runs)})
        hedges: Fields = {"hedges": frozenset({Hedge.ABOUT})} if any(run.vague for run in runs) else {}
        if not any(run.days for run in runs):
            spans = tuple(Months(run.months) for run in runs) if any(run.is_span for run in runs) else ()
            return Clause({"months": joined(runs), **({"spans": spans} if len(spans) > 1 else {}), **hedges})
        if any(run.bare and not run.days for run in runs):
            raise ContradictionError(_PARTS_OF_WHICH)
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
        months = Months(tuple(m for m in MONTHS if m % 2 == odd), each=True)
        return Clause({"months": months, "parity": True})

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

    def no_season(self, name: Token) -> Clause:
        raise ContradictionError(_SEASON_LEFT_OUT.fill(season=name))

    def no_holidays(self) -> Clause:
        return Clause({"holidays": False})

    def no_closures(self) -> Clause:
        """年末年始を除く says what the calendar of the place says."""
        return Clause(beside={"remarks": ["休館日を除く"]})

    def exception(self, months: Clause, nths: tuple[int, ...] | None, weekdays: Token) -> Clause:
        if "months" not in months.fields:
            raise ContradictionError(_WHOLE_MONTHS)
        return Clause(exception=(months.fields["months"], Pattern(weekdays_of(weekdays), nths or ())))

    def exception_nths(self, months: Clause, nths: tuple[int, ...]) -> Clause:
        """第2土曜(8月は第1): the weekday is that of the other months."""
        if "months" not in months.fields:
            raise ContradictionError(_WHOLE_MONTHS)
        return Clause(exception=(months.fields["months"], Pattern(nths=nths)))

    def exception_count(self, months: Clause, span: Range) -> Clause:
        """月1回(8月は2回): the days are those of the other months."""
        if "months" not in months.fields:
            raise ContradictionError(_WHOLE_MONTHS)
        return Clause(exception=(months.fields["months"], span))

    def season(self, *parts: Token | Range | None) -> Clause:
        """春・秋 is once in each; a single season is a span of months."""
        *names, each = parts
        holidays = "休み" if "休" in str(names[-1]) else ""
        spans = [season_of(str(name)[0] + holidays) for name in names]
        if len(spans) == 1 and each is None:
            return Clause({"months": spans[0]})
        count = {"each_count": each} if each is not None else {}
        return Clause({"each_of": tuple({"months": span} for span in spans), **count})

    def season_count(self, name: Token, span: Range) -> Clause:
        """夏1回: so many in that season."""
        return Clause({**self.season(name, None).fields, "count": span, "per": Per.YEAR})

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

    def nths_alone(self, nths: tuple[int, ...]) -> Clause:
        """火曜日(第1・3): the weekday is stated beside it."""
        return Clause({"pattern": Pattern(nths=nths), "of_weekday": True})

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
        """5月3日～5日 and 5/3～5 end in the month in which they begin."""
        if last is None:
            return day_of(first)
        start = day_of(first)
        is_day = last.type != "DATE"
        end = same_month(start, day_of_month(last)) if is_day else day_of(last)
        if is_day and end.day < start.day:
            raise ContradictionError(_BAD_RANGE)
        if (month_position(end.month), end.day) < (month_position(start.month), start.day):
            raise ContradictionError(_OVER_NEW_YEAR)
        return start, end

    def until_date(self, last: Token) -> Days:
        """7月20日まで: from the first of April."""
        end = day_of(last)
        year = end.year - (end.month < MONTHS[0]) if end.year else None
        return YearlyDay(MONTHS[0], 1, year), end

    def run_of_days(self, first: Token, last: Token) -> range:
        """28日～31日."""
        start, end = day_of_month(first), day_of_month(last)
        if end <= start:
            raise ContradictionError(_BAD_RANGE)
        return range(start, end + 1)

    def day_of_month(self, name: Token) -> int:
        return day_of_month(name)

    day_more = day_of_month

    def dates(self, *parts: YearlyDay | Days | int | range) -> Clause:
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
        runs = [part for part in parts if isinstance(part, range)]
        if runs:
            if len(parts) > 1:
                raise ContradictionError(_DAYS_APART)
            return Clause({"days": tuple(runs[0]), "stretch": True})
        within = tuple(part for part in parts if isinstance(part, tuple))
        stated = {"dates": tuple(dates), "days": tuple(sorted(set(days))), "within": within}
        return Clause({key: value for key, value in stated.items() if value})

    def part_of_month(self, name: Token) -> Clause:
        """毎月下旬 is exact, 毎月末 about the last ten days."""
        hedges: Fields = {"hedges": frozenset({Hedge.ABOUT})} if name.endswith("末") else {}
        return Clause({"days": tuple(days_of_part(name)), "part_of_month": True, **hedges})

    def hours(self, first: Token, last: Token | None = None) -> Clause:
        """午後1時30分～3時 ends in the afternoon as well."""
        start = parse_clock(first)
        half = str(first)[:2] if str(first).startswith(("午前", "午後")) else ""
        end = start
        if last:
            afternoon = half == "午後" and not str(last).startswith(("午前", "午後", "正午"))
            end = parse_clock(f"{half}{last}" if afternoon else last)
        if end < start:
            raise ContradictionError(_BAD_RANGE)
        return Clause({"hours": (start, end)})

    def whole_hours(self, first: Token, last: Token) -> Clause:
        """10～12時."""
        half = str(last)[:2] if str(last).startswith(("午前", "午後")) else ""
        return self.hours(Token("CLOCK", f"{half}{first}時"), last)

    # the rest

    def service(self, name: Token) -> Clause:
        return Clause(beside={"services": [Service(name.type.lower())]})

    def hedge(self, name: Token) -> Clause:
        return Clause({"hedges": frozenset({Hedge(name.type.lower())})})

    def moved(self, name: Token) -> Clause:
        return Clause({"moved": Moved(name.type.lower())})

    def refused(self, name: Token) -> None:
        """Refuse what has two meanings, or one that no schedule is held to, and say how to write it."""
        raise ContradictionError(_REFUSED[name.type])

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
