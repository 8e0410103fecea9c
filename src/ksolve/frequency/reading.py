"""Frequency text to meaning: the lark grammar, one method for each of its alternatives."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from ksolve.calendar import MONTHS, YearlyDay, month_position, parse_day, parse_weekdays
from ksolve.clock import parse_clock
from ksolve.frequency.folding import TWICE, Clause, ContradictionError, Folded, closing_of, complete, fold
from ksolve.frequency.meaning import LAST, Bond, Frequency, Hedge, Months, Moved, Pattern, Per, Range, Service
from ksolve.frequency.normalise import normalise, number
from ksolve.text import Text


class FrequencyError(ValueError):
    """A frequency text that has no meaning here.

    `column` counts from 0 in the text as given; `nearest` is a text close to it that would be
    understood, empty where none is known.
    """

    def __init__(self, text: str, column: int, reason: Text, nearest: str = "") -> None:
        self.text = text
        self.column = column
        self.reason = reason
        self.nearest = nearest
        super().__init__(f"{text!r}, column {column + 1}: {reason.en}")


@lru_cache(maxsize=4096)
def read_frequency(text: str) -> Frequency:
    """Return the meaning of a frequency as a municipality writes it, such as 月1回×5か月×2グループ.

    Raises FrequencyError with the column of the first character that is not understood.
    """
    plain, columns = normalise(text)
    ways = [(match.start(), match[0]) for match in _WAYS.finditer(plain)]
    if len(ways) > _MOST_WAYS:
        raise FrequencyError(text, columns[ways[_MOST_WAYS][0]], _TOO_MANY_WAYS)
    read = [_read(text, start, way, columns) for start, way in ways]
    if not read:
        raise FrequencyError(text, 0, _NOTHING)
    first = read[0]
    other = read[1] if len(read) > 1 else None
    return Frequency(
        text,
        first.terms,
        first.services,
        first.bond,
        first.closing,
        first.ditto,
        other,
        first.label,
        first.remarks,
    )


_WAYS = re.compile(r"(?:[^/]|(?<=\d)/(?=\d))+")
"""第4火曜日/直接日程調整 is two ways; the slash of 5/11 is none."""
_MOST_WAYS = 2
_LONGEST = 400
"""A text of more characters is no frequency."""

_NOT_UNDERSTOOD = Text("ここから先が読み取れません", "not understood from here on")
_NOTHING = Text("回数も時期も書かれていません", "states neither a count nor a time")
_TOO_MANY_WAYS = Text("三通り以上に分かれています", "names three ways or more")
_TOO_LONG = Text("長すぎて頻度とは読めません", "too long for a frequency")
_BAD_MONTH = Text("月は1月から12月までです", "a month is 1 to 12")
_BAD_RUN = Text(
    "月の範囲が年度の順(4月から3月)と逆です",
    "the months run against the fiscal year (April to March)",
)
_BAD_RANGE = Text("範囲の終わりが始まりより小さくなっています", "the range ends below its beginning")
_BAD_TIMES = Text("×の後は1以上の一つの数です", "after × stands one number of at least 1")
_BAD_DAY = Text("この日付はありません", "there is no such date")


def _read(text: str, start: int, plain: str, columns: tuple[int, ...]) -> Frequency:
    """Read one way of a normalised text that begins at an offset of it."""
    if len(plain) > _LONGEST:
        raise FrequencyError(text, columns[start + _LONGEST], _TOO_LONG)
    try:
        folded = cast(Folded, _Meaning().transform(_parser().parse(plain)))
        closing = closing_of(folded)
        terms = () if closing else tuple(complete(term) for term in folded.terms)
    except UnexpectedInput as error:
        position = (
            len(plain) if error.pos_in_stream is None or error.pos_in_stream < 0 else error.pos_in_stream
        )
        column = columns[min(start + position, len(columns) - 1)]
        raise FrequencyError(text, column, _NOT_UNDERSTOOD, _prefix(plain[:position])) from error
    except (VisitError, ContradictionError) as error:
        reason = error.orig_exc if isinstance(error, VisitError) else error
        if not isinstance(reason, ContradictionError):
            raise
        raise FrequencyError(text, columns[start], reason.reason) from error
    if not any((terms, folded.services, closing, folded.ditto, folded.bond)):
        raise FrequencyError(text, columns[start], _NOTHING)
    return Frequency(
        text,
        terms,
        frozenset(folded.services),
        folded.bond,
        closing,
        folded.ditto,
        None,
        folded.label,
        tuple(folded.remarks),
    )


def _prefix(plain: str) -> str:
    """Return the longest beginning of a text that can be read by itself."""
    for end in range(len(plain), 1, -1):
        try:
            folded = cast(Folded, _Meaning().transform(_parser().parse(plain[:end])))
            terms = [complete(term) for term in folded.terms]
        except (UnexpectedInput, VisitError, ContradictionError):
            continue
        if terms or folded.services:
            return plain[:end]
    return ""


@cache
def _parser() -> Lark:
    grammar = files("ksolve.frequency").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=True, propagate_positions=False)


Fields = dict[str, Any]
Run = tuple[tuple[int, ...], bool]
"""Months, and whether they are a span (7月～9月) rather than named."""


@v_args(inline=True)
class _Meaning(Transformer):  # type: ignore[type-arg] # lark's generic is over untyped trees
    """One method per alternative of the grammar, named like it; the result is a Folded."""

    def start(self, label: Token | None, *terms: Folded) -> Folded:
        """Join the terms between the plus signs; a label may stand before them."""
        whole = Folded(label=str(label or ""))
        for term in terms:
            whole.join(term)
        return whole

    def term(self, *clauses: Clause | None) -> Folded:
        return fold(clause for clause in clauses if isinstance(clause, Clause))

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
        months = _months_of_halves(halves)
        if len(months) == len(MONTHS):
            return Clause({"count": span, "per": Per.HALF})
        return Clause({"count": span, "per": Per.YEAR, "months": Months(months)})

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
        return (_month(name),), False

    def run_of_months(self, first: Token, last: Token) -> Run:
        return _run(_month(first), _month(last)), True

    def from_month_on(self, first: Token) -> Run:
        return _run(_month(first), MONTHS[-1]), True

    def months(self, *runs: Run) -> Clause:
        return Clause({"months": _joined(runs)})

    def either(self, *runs: Run) -> Clause:
        return Clause({"months": Months(_joined(runs).values, either=True)})

    def parity(self, name: Token) -> Clause:
        odd = int(str(name).startswith("奇"))
        return Clause({"months": Months(tuple(m for m in MONTHS if m % 2 == odd), each=True)})

    def exclusion(self, months: Clause) -> Clause:
        return Clause({"without": Months(months.fields["months"].values)})

    def no_holidays(self) -> Clause:
        return Clause({"holidays": False})

    def exception(self, months: Clause, weekdays: Token) -> Clause:
        return Clause(exception=(months.fields["months"], Pattern(_weekdays(weekdays))))

    def season(self, *names: Token) -> Clause:
        """春・秋 is once in each; a single season is a span of months."""
        spans = [_SEASONS[str(name)[:3] if "休み" in name else str(name)[0]] for name in names]
        if len(spans) == 1:
            return Clause({"months": Months(spans[0])})
        return Clause(whole=[{"count": Range(1, 1), "months": Months(span)} for span in spans])

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
        return Clause({"pattern": Pattern(_weekdays(weekdays), nths)})

    def nth_week(self, nths: tuple[int, ...]) -> Clause:
        return Clause({"pattern": Pattern(nths=nths)})

    def last_week(self, _last: Token) -> Clause:
        return Clause({"pattern": Pattern(nths=(LAST,))})

    def weekdays(self, weekdays: Token) -> Clause:
        return Clause({"pattern": Pattern(_weekdays(weekdays))})

    def weekly(self, weekdays: Token) -> Clause:
        days = _weekdays(weekdays)
        return Clause({"pattern": Pattern(days), "per": Per.WEEK, "count": Range(len(days), len(days))})

    def fortnightly(self, weekdays: Token) -> Clause:
        days = _weekdays(weekdays)
        count = Range(len(days), len(days))
        return Clause({"pattern": Pattern(days), "per": Per.WEEK, "every": 2, "count": count})

    def always_on(self, weekdays: Token) -> Clause:
        """すべて金曜日 says on which weekday the sessions are, not how many."""
        return Clause({"pattern": Pattern(_weekdays(weekdays)), "uncounted": True})

    def date(self, first: Token, last: Token | None) -> tuple[YearlyDay, YearlyDay]:
        return _day(first), _day(last or first)

    def day_of_month(self, name: Token) -> int:
        day = number(re.split("日", str(name))[0])
        if not 1 <= day <= 31:
            raise ContradictionError(_BAD_DAY)
        return day

    def day_more(self, name: Token) -> int:
        return self.day_of_month(Token("DAY", f"{name}日"))

    def dates(self, *parts: tuple[YearlyDay, YearlyDay] | int) -> Clause:
        """5/11・18: a day without a month is in the month of the date before it."""
        dates: list[tuple[YearlyDay, YearlyDay]] = []
        days: list[int] = []
        for part in parts:
            if isinstance(part, tuple):
                dates.append(part)
            elif dates:
                before = dates[-1][1]
                day = _checked(YearlyDay(before.month, part, before.year))
                dates.append((day, day))
            else:
                days.append(part)
        return Clause({"dates": tuple(dates)} if dates else {"days": tuple(sorted(set(days)))})

    def hours(self, first: Token, last: Token | None = None) -> Clause:
        start = parse_clock(first)
        return Clause({"hours": (start, parse_clock(last) if last else start)})

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


_SEASONS = {
    "春": (4, 5, 3),
    "夏": (6, 7, 8),
    "秋": (9, 10, 11),
    "冬": (12, 1, 2),
    "春休み": (4, 3),
    "夏休み": (7, 8),
    "冬休み": (12, 1),
}
"""The months of a season, and of the school holidays named after it."""
_HALVES = {"上半期": MONTHS[:6], "前期": MONTHS[:6], "下半期": MONTHS[6:], "後期": MONTHS[6:]}
_BOND = re.compile(
    r"(?:[とに](?:合わせて|併せて|あわせて|同時に)|の?(?:終了|実施)?後に?|と同日に?)(?:実施|開催)?(?:する)?$"
)


def _months_of_halves(halves: tuple[str, ...]) -> tuple[int, ...]:
    return Months(tuple(month for half in halves for month in _HALVES[half])).values


def _month(name: Token) -> int:
    month = number(re.sub(r"翌年?|月.*", "", str(name)))
    if month not in MONTHS:
        raise ContradictionError(_BAD_MONTH)
    return month


def _run(first: int, last: int) -> tuple[int, ...]:
    start, end = month_position(first), month_position(last)
    if end < start:
        raise ContradictionError(_BAD_RUN)
    return MONTHS[start : end + 1]


def _joined(runs: tuple[Run, ...]) -> Months:
    each = not any(is_span for _, is_span in runs)
    return Months(tuple(month for months, _ in runs for month in months), each=each)


def _times(span: Range) -> int:
    if span.low != span.high or not span.low:
        raise ContradictionError(_BAD_TIMES)
    return span.low


def _weekdays(name: Token) -> frozenset[int]:
    plain = str(name).replace("平日", "月~金").replace("と", ",")
    return parse_weekdays(plain)


def _day(name: Token) -> YearlyDay:
    try:
        return parse_day(str(name))
    except ValueError as error:
        raise ContradictionError(_BAD_DAY) from error


def _checked(day: YearlyDay) -> YearlyDay:
    return _day(Token("DATE", f"{day.year}/{day.month}/{day.day}" if day.year else f"{day.month}/{day.day}"))
