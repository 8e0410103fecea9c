"""What the words for when say: months, weekdays, dates, hours."""

from __future__ import annotations

import re

from lark import Token, Transformer, v_args

from ksolve.calendar import MONTHS, WEEKDAYS, YearlyDay, month_position
from ksolve.clock import parse_clock
from ksolve.frequency.clauses import Clause
from ksolve.frequency.days import (
    Run,
    continued,
    day_of,
    day_of_month,
    days_of_part,
    joined,
    month_of_year,
    month_run,
    run_of_years,
    same_month,
    season_of,
    stretches,
    weekdays_of,
)
from ksolve.frequency.fields import ContradictionError, Fields
from ksolve.frequency.meaning import (
    LAST,
    Days,
    Hedge,
    Months,
    Pattern,
    Per,
    Range,
)
from ksolve.letters import number
from ksolve.text import Text

_BAD_RANGE = Text("範囲の終わりが始まりより小さくなっています", "the range ends below its beginning")
_PARTS_OF_WHICH = Text(
    "上旬・下旬がどの月のことかわかりません。5月上旬・6月上旬 のように月ごとに書きます",
    "it is not clear of which months the part is meant: write 5月上旬・6月上旬",
)
_WHOLE_MONTHS = Text("除くのは月の全体だけです", "only whole months can be left out")
_SEASON_LEFT_OUT = Text(
    "「{season}」がいつからいつまでかは所によって違います。8月を除く のように、除く月で書きます",
    "when {season} begins and ends differs from place to place: name the months, as in 8月を除く",
)
_OVER_NEW_YEAR = Text(
    "年度(4月～3月)をまたぐ期間です。4/1～4/5 か 3/28～3/31 のように、年度の中の期間で書きます",
    "the period runs over the end of the fiscal year: write the part within it, 4/1～4/5 or 3/28～3/31",
)
_WEEKEND = weekdays_of("土日")
_NTH_OF_SEVERAL = Text(
    "{nths}が{first}曜日だけのことなのか、{other}曜日までのことなのかわかりません。"
    "どちらもなら 第1火・木曜日、{first}曜日だけなら 第1火曜日、毎週木曜日 のように書きます",
    "{nths} for {first} alone, or for {other} as well: write 第1火・木曜日 for both,"
    " 第1火曜日、毎週木曜日 for one",
)
_EITHER_DAYS = Text(
    "別の曜日のどちらかにすることは守らせられません。"
    "月1回(土・日曜日) のように曜日を並べるか、どちらかに決めます",
    "one of two different weekdays cannot be held: name the weekdays (月1回(土・日曜日)), or one",
)
_DAYS_APART = Text(
    "月の日の範囲は、1日～7日 のように一続きだけ書けます", "one run of days of the month at a time: 1日～7日"
)


@v_args(inline=True)
class Timing(Transformer):  # type: ignore[type-arg] # lark's generic is over untyped trees
    """The alternatives of the grammar that say when."""

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

    def run_of_years(self, first: Token, last: Token) -> Run:
        """令和6年5月～令和7年2月."""
        return run_of_years(first, last)

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

    def no_dates(self, dates: Clause) -> Clause:
        """7月17日を除く, 8月13日～15日は休み."""
        if "days" in dates.fields or not dates.fields:
            raise ContradictionError(_WHICH_MONTHS_DAY)
        days = [(day, day) for day in dates.fields.get("dates", ())]
        return Clause({"left_out": (*days, *dates.fields.get("within", ()))})

    def no_weekdays(self, weekdays: Token, too: None) -> Clause:
        """土日祝を除く: on all other weekdays."""
        left = frozenset(range(len(WEEKDAYS))) - weekdays_of(weekdays)
        return Clause({"pattern": Pattern(left), **({"holidays": False} if too is not None else {})})

    def no_nths(self, nths: tuple[int, ...], weekdays: Token | None = None) -> Clause:
        return Clause({"without_nths": (nths, weekdays_of(weekdays) if weekdays else frozenset())})

    def no_season(self, name: Token) -> Clause:
        raise ContradictionError(_SEASON_LEFT_OUT.fill(season=name))

    def others(self, _name: Token) -> Clause:
        """4月は2回、その他の月は1回."""
        return Clause({"others": True})

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
            return Clause({"course_of": spans[0]})
        count = {"each_count": each} if each is not None else {}
        return Clause({"each_of": tuple({"months": span} for span in spans), **count})

    def season_count(self, name: Token, span: Range) -> Clause:
        """夏1回: so many in that season."""
        return Clause({**self.season(name, None).fields, "count": span, "per": Per.YEAR})

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
        """第2火・木曜日; of 第1火曜・木曜 the second could be every 木曜, as it is not of 第2土曜・日曜."""
        days = weekdays_of(weekdays)
        if weekdays.count("曜") > 1 and days != _WEEKEND:
            first, *others = re.findall("[月火水木金土日](?=曜)", weekdays)
            named = {"first": first, "other": others[-1], "nths": Pattern(nths=nths)}
            raise ContradictionError(_NTH_OF_SEVERAL.fill(**named))
        return Clause({"pattern": Pattern(days, nths)})

    def nth_week(self, nths: tuple[int, ...]) -> Clause:
        return Clause({"pattern": Pattern(nths=nths)})

    def nths_alone(self, nths: tuple[int, ...]) -> Clause:
        """火曜日(第1・3): the weekday is stated beside it."""
        return Clause({"pattern": Pattern(nths=nths), "of_weekday": True})

    def weekday_nths(self, weekday: Token, nths: tuple[int, ...]) -> Clause:
        """月曜(第1・3)、木曜(第2・4): each weekday with weeks of its own."""
        return self.nth_weekdays(nths, weekday)

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

    def either_days(self, one: Token, other: Token) -> Clause:
        """月1回(土曜日か日曜日): one of them."""
        return Clause({"pattern": Pattern(weekdays_of(one) | weekdays_of(other)), "either": True})

    def weekly_either(self, one: Token, other: Token) -> Clause:
        """毎週火曜日または木曜日: once a week."""
        return Clause({**self.either_days(one, other).fields, "per": Per.WEEK, "count": Range(1, 1)})

    def either_nths(self, *parts: tuple[int, ...] | Token) -> Clause:
        """第1又は第2土曜日: one of them in each month."""
        *nths, weekdays = parts
        named = tuple(dict.fromkeys(n for part in nths if isinstance(part, tuple) for n in part))
        pattern = Pattern(weekdays_of(str(weekdays)), tuple(sorted(named, key=lambda n: (n == LAST, n))))
        return Clause({"pattern": pattern, "either": True})

    def either_nth_days(
        self, one: tuple[int, ...], day: Token, other: tuple[int, ...], other_day: Token
    ) -> Clause:
        """第1土曜日か第2土曜日; of two weekdays no one pattern could be made."""
        if weekdays_of(day) != weekdays_of(other_day):
            raise ContradictionError(_EITHER_DAYS)
        return self.either_nths(one, other, day)

    def either_of(self, _name: Token) -> Clause:
        """第2・4水曜日のいずれか."""
        return Clause({"either": True})

    def always_on(self, weekdays: Token) -> Clause:
        """すべて金曜日 says on which weekday the sessions are, not how many."""
        return Clause({"pattern": Pattern(weekdays_of(weekdays)), "uncounted": True})

    def always_on_nths(self, nths: tuple[int, ...], weekdays: Token) -> Clause:
        """すべて第2土曜日."""
        return Clause({**self.nth_weekdays(nths, weekdays).fields, "uncounted": True})

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

    def from_date(self, first: Token) -> Days:
        """4月14日から: to the end of the year."""
        day = day_of(first)
        end = day.year and day.year + (day.month > 3)
        return day, YearlyDay(3, 31, end)

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
        """毎月下旬 is exact, 毎月末 about the last ten days; 上旬・下旬 is once in each."""
        parts = re.findall(r"[上初中下]旬", name)
        if len(parts) > 1:
            each = (tuple(days_of_part(part)) for part in parts)
            return Clause({"each_of": tuple({"days": days, "per": Per.MONTH} for days in each)})
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


_WHICH_MONTHS_DAY = Text(
    "何月の日を除くのかがわかりません。7月17日を除く のように書きます",
    "a day of which month is left out? Write 7月17日を除く",
)
