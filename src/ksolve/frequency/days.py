"""Months, dates, seasons and weekdays as a frequency names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ksolve.calendar import ERAS, MONTHS, WEEKDAYS, YearlyDay, month_position, parse_day, parse_weekdays
from ksolve.frequency.fields import ContradictionError
from ksolve.frequency.meaning import Days, Months
from ksolve.letters import number
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Run:
    """Months named together; `days` where only a part of them is meant (7月下旬～8月上旬).

    `vague` is set where the part is a guess (6月末), `bare` where no 月 is written.
    """

    months: tuple[int, ...]
    is_span: bool = False
    days: Days | None = None
    vague: bool = False
    bare: bool = False


_SEASONS = {
    "春休み": (4, 3),
    "夏休み": (7, 8),
    "冬休み": (12, 1),
    "春": (4, 5, 3),
    "夏": (6, 7, 8),
    "秋": (9, 10, 11),
    "冬": (12, 1, 2),
}
_HALVES = {"上": MONTHS[:6], "前": MONTHS[:6], "下": MONTHS[6:], "後": MONTHS[6:]}
_PARTS = {"上旬": (1, 10), "初旬": (1, 10), "初め": (1, 10), "中旬": (11, 20), "半ば": (11, 20)}
_LATE = ("下旬", "末")
_VAGUE = ("初め", "半ば", "末")
_DAYS_OF_MONTH = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}


def season_of(name: str) -> Months:
    """Return the months of a season, or of the school holidays named after it."""
    return Months(next(months for start, months in _SEASONS.items() if name.startswith(start)))


def halves_of(names: tuple[str, ...]) -> Months:
    """Return the months of some halves of the year."""
    return Months(tuple(month for half in names for month in _HALVES[half[0]]))


def month_run(first: str, last: str = "") -> Run:
    """Return the months from ``4月`` or ``7月下旬`` to another, or that one. Raises ContradictionError."""
    start, from_days, vague = _month(first)
    if not last:
        return Run((start,), days=from_days, vague=vague, bare="月" not in first)
    end, to_days, also_vague = _month(last)
    if month_position(end) < month_position(start):
        raise ContradictionError(_BAD_RUN)
    months = MONTHS[month_position(start) : month_position(end) + 1]
    partial = ((from_days or _whole_month(start))[0], (to_days or _whole_month(end))[1])
    days = partial if from_days or to_days else None
    bare = "月" not in first + last
    return Run(months, is_span=True, days=days, vague=vague or also_vague, bare=bare)


def _month(name: str) -> tuple[int, Days | None, bool]:
    """Read ``翌年2月``, ``7月下旬`` or the bare number before a list's 月."""
    name = {"年度末": "3月末"}.get(name, "4月初め" if name.startswith("年度") else name)
    named, _, part = re.sub(r"^翌年?", "", name).partition("月")
    month = number(named)
    if month not in MONTHS:
        raise ContradictionError(_BAD_MONTH)
    if not part:
        return month, None, False
    if part in _LATE:
        return month, (YearlyDay(month, 21), _whole_month(month)[1]), part in _VAGUE
    first, last = _PARTS[part]
    return month, (YearlyDay(month, first), YearlyDay(month, last)), part in _VAGUE


def _whole_month(month: int) -> Days:
    """Return the first and last day of a month; of February the 28th, which every year has."""
    return YearlyDay(month, 1), YearlyDay(month, _DAYS_OF_MONTH.get(month, 31))


def month_of_year(name: str) -> Run:
    """Return 令和7年2月 as the days of that month. Raises ContradictionError."""
    first = day_of(f"{name}1日")
    last = date(first.year or 0, first.month, 1).replace(day=28)
    while (last + timedelta(days=1)).month == last.month:
        last += timedelta(days=1)
    return Run((first.month,), days=(first, YearlyDay(last.month, last.day, last.year)))


def run_of_years(first: str, last: str) -> Run:
    """Return 令和6年5月～令和7年2月 as the days from the one to the other. Raises ContradictionError."""
    start, end = month_of_year(first), month_of_year(last)
    (from_day, _), (_, to_day) = start.days or _whole_month(4), end.days or _whole_month(3)
    years = [(day.year or 0) - (day.month < MONTHS[0]) for day in (from_day, to_day)]
    places = [month_position(run.months[0]) for run in (start, end)]
    if years[0] != years[1] or places[1] < places[0]:
        raise ContradictionError(_BAD_RUN)
    return Run(MONTHS[places[0] : places[1] + 1], is_span=True, days=(from_day, to_day))


def days_of_part(name: str) -> range:
    """Return the days of 毎月下旬."""
    first, last = next((days for part, days in _PARTS.items() if name.endswith(part)), (21, 31))
    return range(first, last + 1)


def joined(runs: tuple[Run, ...]) -> Months:
    """Return the months of some runs; 5月・8月 are named each, 7月～9月 is a span.

    Numbers without 月 are months from the third on (4.6.7.10.12.2). Raises ContradictionError.
    """
    in_order = [month_position(run.months[0]) for run in runs]
    sure = len(runs) >= _SURELY_MONTHS and in_order == sorted(in_order)
    if all(run.bare for run in runs) and not sure:
        raise ContradictionError(_NO_MONTH)
    each = not any(run.is_span for run in runs)
    return Months(tuple(month for run in runs for month in run.months), each=each)


def continued(runs: tuple[Run, ...]) -> Months:
    """Return the months of ``5.7.9…``: on by the same step to the end of the year.

    Raises ContradictionError where fewer than three months, or unequal steps, leave that open.
    """
    places = [month_position(run.months[0]) for run in runs]
    steps = {after - before for before, after in pairwise(places)}
    if len(places) < _SURELY_MONTHS or len(steps) != 1 or any(run.is_span or run.days for run in runs):
        raise ContradictionError(_OPEN_LIST)
    return Months(tuple(MONTHS[place] for place in range(places[0], 12, steps.pop())), each=True)


def stretches(runs: tuple[Run, ...]) -> tuple[Days, ...]:
    """Return the first and last day of each run."""
    whole = ((_whole_month(run.months[0])[0], _whole_month(run.months[-1])[1]) for run in runs)
    return tuple(run.days or days for run, days in zip(runs, whole, strict=True))


def weekdays_of(name: str) -> frozenset[int]:
    """Return 火・木曜日, 平日 or 月～金 as weekday numbers. Raises ValueError."""
    name = name.removesuffix("まで").replace("から", "~").replace("平日", "月~金")
    return parse_weekdays(name.replace("と", ","))


def day_of_month(name: str) -> int:
    """Return 18 of ``18日(土)`` or ``18``. Raises ContradictionError."""
    day = number(name.partition("日")[0].partition("(")[0])
    if not 1 <= day <= 31:
        raise ContradictionError(_BAD_DAY)
    return day


_DAY = re.compile(r"(?:(?P<era>令和|平成|R|H)(?P<count>[0-9]+|元)年)?(?P<day>[^(]+)(?:\((?P<weekday>.).*\))?")


_DOTTED = re.compile(r"((?:令和|平成|R|H)(?:[0-9]+|元)|[0-9]{4})[,/]([0-9]+)[,/]([0-9]+)")
"""R8.5.16 and 2026.5.16, with every dot read as a comma."""


def _with_slashes(found: re.Match[str]) -> str:
    year = f"{found[1]}/" if found[1].isdecimal() else f"{found[1]}年"
    return f"{year}{found[2]}/{found[3]}"


def day_of(name: str) -> YearlyDay:
    """Read 4/18(木), 令和6年4月18日 or 十月五日; a weekday must be that of a date with its year.

    Raises ContradictionError.
    """
    found = _DAY.fullmatch(_DOTTED.sub(_with_slashes, name))
    if not found:
        raise ContradictionError(_BAD_DAY)
    try:
        read = parse_day(
            re.sub(r"[一二三四五六七八九十]+", lambda kanji: str(number(kanji[0])), found["day"])
        )
        if found["era"]:
            era = {"R": "令和", "H": "平成"}.get(found["era"], found["era"])
            count = 1 if found["count"] == "元" else int(found["count"])
            read = parse_day(f"{ERAS[era] + count}/{read}")
    except ValueError as error:
        raise ContradictionError(_BAD_DAY) from error
    weekday = found["weekday"] or "祝"  # 11/3(祝) names none
    if weekday in WEEKDAYS and read.year and _weekday(read) != weekday:
        raise ContradictionError(_WEEKDAY.fill(day=read, weekday=_weekday(read)))
    return read


def same_month(before: YearlyDay, number_of_day: int) -> YearlyDay:
    """Return the 18 of ``5/11・18``. Raises ContradictionError."""
    year = f"{before.year}/" if before.year else ""
    return day_of(f"{year}{before.month}/{number_of_day}")


def _weekday(stated: YearlyDay) -> str:
    return WEEKDAYS[date(stated.year or 0, stated.month, stated.day).weekday()]


_SURELY_MONTHS = 3
_OPEN_LIST = Text(
    "「…」の続きがわかりません。月をすべて書いてください",
    "it is not clear how the list goes on: name every month",
)
_NO_MONTH = Text("数の後に 月 か 回 がありません", "a number without 月 or 回")
_BAD_MONTH = Text("月は1月から12月までです", "a month is 1 to 12")
_BAD_RUN = Text(
    "月の範囲が年度の順(4月から3月)と逆です",
    "the months run against the fiscal year (April to March)",
)
_BAD_DAY = Text("この日付はありません", "there is no such date")
_WEEKDAY = Text("{day} は{weekday}曜日です", "{day} is a {weekday}")
