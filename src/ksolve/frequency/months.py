"""Months, halves, school terms and seasons as a frequency names them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from ksolve.calendar import MONTHS, YearlyDay
from ksolve.frequency.dates import day_of
from ksolve.frequency.draft import TWICE, ContradictionError, Draft
from ksolve.frequency.values import TERMS, Days, Hedge, Months, Range
from ksolve.frequency.word_table import PARTS, expanded
from ksolve.letters import number
from ksolve.text import Text

_RUN = re.compile(expanded("(?P<first><MONTH>|<BARE>)(?:<TO>(?P<last><MONTH>|<BARE>))?", PARTS))
_OF_YEAR = re.compile(expanded("<MONTH_OF_YEAR>(?=<TO>|まで|\\Z)", PARTS))
_SEASONS = {"春": (4, 5, 3), "夏": (6, 7, 8), "秋": (9, 10, 11), "冬": (12, 1, 2)}
_HOLIDAYS = {"春": (4, 3), "夏": (7, 8), "冬": (12, 1)}
_HALVES = {"上": MONTHS[:6], "前": MONTHS[:6], "下": MONTHS[6:], "後": MONTHS[6:]}
_PARTS = {"上旬": (1, 10), "初旬": (1, 10), "初め": (1, 10), "中旬": (11, 20), "半ば": (11, 20)}
_VAGUE = ("初め", "半ば", "末")
_LENGTHS = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
"""Of February the 28 days that every year has."""
_SURELY_MONTHS = 3


class _Run(NamedTuple):
    """Months named together; `days` where only a part of them is meant (7月下旬～8月上旬)."""

    months: tuple[int, ...]
    is_span: bool = False
    days: Days | None = None
    vague: bool = False
    bare: bool = False


def months(words: str) -> Draft:
    """5月・8月 are named one by one, 7月～9月 is a span; 7月下旬 is a stretch of days."""
    if words.endswith("数月"):
        odd = int(words.startswith("奇"))
        return Draft(months=Months(tuple(month for month in MONTHS if month % 2 == odd), each=True))
    listed = words.rstrip(",…")
    runs = _runs(listed)
    if listed != words:
        return Draft(months=_continued(runs))
    hedges = frozenset({Hedge.ABOUT} if any(run.vague for run in runs) else ())
    if not any(run.days for run in runs):
        spans = tuple(Months(run.months) for run in runs) if any(run.is_span for run in runs) else ()
        return Draft(months=_together(runs), spans=spans if len(spans) > 1 else (), hedges=hedges)
    if any(run.bare and not run.days for run in runs):
        raise ContradictionError(_PARTS_OF_WHICH)
    partial = tuple(run.days or _days_of(run.months) for run in runs)
    if len(runs) == 1 and runs[0].is_span:
        return Draft(within=partial, hedges=hedges)
    return Draft(windows=tuple(Draft(within=(days,)) for days in partial), hedges=hedges)


def whole_months(words: str) -> Months:
    """Return months of which no part is meant (7月下旬). Raises ContradictionError."""
    said = months(f"{MONTHS[0]}月{words}" if words.startswith("~") else words)
    if said.months is None:
        raise ContradictionError(_WHOLE_MONTHS)
    return said.months


def _runs(words: str) -> tuple[_Run, ...]:
    return tuple(_run(run["first"], run["last"] or "") for run in _RUN.finditer(words))


def _run(first: str, last: str = "") -> _Run:
    """Return the months from ``4月`` or ``7月下旬`` to another, or that one. Raises ContradictionError."""
    start, from_days, vague = _month(first)
    if not last:
        return _Run((start,), days=from_days, vague=vague, bare="月" not in first)
    end, to_days, also_vague = _month(last)
    if MONTHS.index(end) < MONTHS.index(start):
        raise ContradictionError(_BAD_RUN)
    named = MONTHS[MONTHS.index(start) : MONTHS.index(end) + 1]
    days = ((from_days or _days_of((start,)))[0], (to_days or _days_of((end,)))[1])
    partial = days if from_days or to_days else None
    return _Run(named, True, partial, vague or also_vague, "月" not in first + last)  # noqa: FBT003


def _month(name: str) -> tuple[int, Days | None, bool]:
    """Read ``翌年2月``, ``7月下旬`` or the bare number before a list's 月."""
    name = {"年度末": "3月末"}.get(name, "4月初め" if name.startswith("年度") else name)
    named, _, part = re.sub("^翌年?", "", name).partition("月")
    month = number(named)
    if month not in MONTHS:
        raise ContradictionError(_BAD_MONTH)
    if not part:
        return month, None, False
    first, last = _PARTS.get(part, (21, _days_of((month,))[1].day))
    return month, (YearlyDay(month, first), YearlyDay(month, last)), part in _VAGUE


def _days_of(named: tuple[int, ...]) -> Days:
    return YearlyDay(named[0], 1), YearlyDay(named[-1], _LENGTHS.get(named[-1], 31))


def _together(runs: tuple[_Run, ...]) -> Months:
    """Return the months of some runs; numbers without 月 are months from the third on (4.6.7.10.12.2)."""
    in_order = [MONTHS.index(run.months[0]) for run in runs]
    sure = len(runs) >= _SURELY_MONTHS and in_order == sorted(in_order)
    if all(run.bare for run in runs) and not sure:
        raise ContradictionError(_NO_MONTH)
    named = tuple(month for run in runs for month in run.months)
    if len(set(named)) < len(named):
        raise ContradictionError(TWICE)
    return Months(named, each=not any(run.is_span for run in runs))


def _continued(runs: tuple[_Run, ...]) -> Months:
    """Return the months of ``5.7.9…``: on by the same step to the end of the year.

    Raises ContradictionError where fewer than three months, or unequal steps, leave that open.
    """
    places = [MONTHS.index(run.months[0]) for run in runs]
    steps = {after - before for before, after in pairwise(places)}
    if len(places) < _SURELY_MONTHS or len(steps) != 1 or any(run.is_span or run.days for run in runs):
        raise ContradictionError(_OPEN_LIST)
    return Months(tuple(MONTHS[place] for place in range(places[0], 12, steps.pop())), each=True)


def either_month(words: str) -> Draft:
    """4月又は5月."""
    runs = _runs(words)
    if any(run.days for run in runs):
        return Draft(within=tuple(run.days or _days_of(run.months) for run in runs), count=Range(1, 1))
    return Draft(months=Months(_together(runs).values, either=True))


def _of_run(run: _Run) -> Draft:
    if not run.days:
        return Draft(months=Months(run.months))
    return Draft(within=(run.days,)) if run.is_span else Draft(windows=(Draft(within=(run.days,)),))


def month_of_year(words: str) -> Draft:
    """令和7年2月, R6.5～R7.2. Raises ContradictionError."""
    ends = [_whole_month(re.sub(r"^([RH]\d+),(\d+)$", r"\1年\2月", one)) for one in _OF_YEAR.findall(words)]
    (first, _), (_, last) = ends[0], ends[-1]
    years = {(day.year or 0) - (day.month < MONTHS[0]) for day in (first, last)}
    if len(years) > 1 or MONTHS.index(last.month) < MONTHS.index(first.month):
        raise ContradictionError(_BAD_RUN)
    return _of_run(_Run((first.month,), len(ends) > 1, (first, last)))


def _whole_month(name: str) -> Days:
    first = day_of(f"{name}1日")
    last = date(first.year or 0, first.month, 28)
    while (last + timedelta(days=1)).month == last.month:
        last += timedelta(days=1)
    return first, YearlyDay(last.month, last.day, last.year)


def _spans(spans: Sequence[tuple[int, ...]]) -> Draft:
    named = tuple(Months(span) for span in spans)
    whole = Months(tuple(month for span in spans for month in span))
    return Draft(months=whole, spans=named if len(named) > 1 else ())


def _one_each(windows: Sequence[tuple[int, ...]]) -> Draft:
    return Draft(windows=tuple(Draft(months=Months(window)) for window in windows))


def _quarters(words: str) -> Draft:
    """第1・第3四半期."""
    return _spans([MONTHS[3 * int(n) - 3 : 3 * int(n)] for n in re.findall("[1-4](?!半)", words)])


def _course_of_half(words: str) -> Draft:
    """前期講座; 前・後期講座 is over both."""
    return Draft(half=Months(tuple(m for half in re.findall("[前後上下]", words) for m in _HALVES[half])))


def _half(words: str) -> Draft:
    """前期 is when it is held; 上半期・下半期 is once in each."""
    named = [_HALVES[half] for half in re.findall("[前後上下]", words)]
    return Draft(half=Months(named[0])) if len(named) == 1 else _one_each(named)


def _terms(words: str) -> Draft:
    """第1学期 3回; 1・2学期各1回."""
    numbers = [int(one) for one in re.findall("[1-3]", words)]
    named = range(numbers[0], numbers[-1] + 1) if "~" in words else sorted(set(numbers))
    windows = [TERMS[n - 1] for n in named]
    return Draft(months=Months(windows[0])) if len(windows) == 1 else _one_each(windows)


def _seasons(words: str) -> Draft:
    """春・秋 is once in each; a single season is a span of months."""
    found = re.findall("([春夏秋冬])[季期]?(休)?", words)
    off = found[-1][1]  # 春・夏・冬休み are all holidays
    named = [(_HOLIDAYS if own or off else _SEASONS).get(name, _SEASONS[name]) for name, own in found]
    return Draft(half=Months(named[0])) if len(named) == 1 else _one_each(named)


READERS: dict[str, Callable[[str], Draft]] = {
    "months": months,
    "either_month": either_month,
    "from_month": lambda words: _of_run(_run(words, f"{MONTHS[-1]}月")),
    "to_month": lambda words: _of_run(_run(f"{MONTHS[0]}月", words)),
    "month_of_year": month_of_year,
    "quarters": _quarters,
    "half": _half,
    "half_course": _course_of_half,
    "terms": _terms,
    "seasons": _seasons,
    "each_season": lambda _: _one_each(list(_SEASONS.values())),
}
"""What reads the words of a group of an expression, by its name."""

_PARTS_OF_WHICH = Text(
    "上旬・下旬がどの月のことか分かりません。5月上旬・6月上旬 のように月ごとに書きます",
    "it is not clear of which months the part is meant: write 5月上旬・6月上旬",
)
_WHOLE_MONTHS = Text("除くのは月の全体だけです", "only whole months can be left out")
_OPEN_LIST = Text(
    "「…」の続きが分かりません。月をすべて書いてください",
    "it is not clear how the list goes on: name every month",
)
_NO_MONTH = Text("数の後に 月 か 回 がありません", "a number without 月 or 回")
_BAD_MONTH = Text("月は1月から12月までです", "a month is 1 to 12")
_BAD_RUN = Text(
    "月の範囲が年度の順(4月から3月)と逆です",
    "the months run against the fiscal year (April to March)",
)
