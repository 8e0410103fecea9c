"""Dates, days of the month and hours as a frequency names them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ksolve.calendar import ERAS, MONTHS, WEEKDAYS, YearlyDay, month_position, parse_day
from ksolve.clock import parse_clock
from ksolve.frequency.counts import BAD_RANGE
from ksolve.frequency.draft import TWICE, ContradictionError, Draft, Says
from ksolve.frequency.values import Days, Hedge, Per
from ksolve.frequency.word_table import PARTS, expanded
from ksolve.letters import number
from ksolve.text import Text

_ITEM = re.compile(
    expanded(
        "(?P<first><DATE>)(?:<TO>(?P<last><DATE>|<D>+日?<BESIDE>)(?:まで)?|(?P<until>まで))?"
        "|(?P<day><D>+)日?<BESIDE>(?:<TO>(?P<to><D>+)日<BESIDE>)?",
        PARTS,
    )
)
_DAY = re.compile(r"(?:(?P<era>令和|平成|R|H)(?P<count>[0-9]+|元)年)?(?P<day>[^(]+)(?:\((?P<weekday>.).*\))?")
_DOTTED = re.compile(r"((?:令和|平成|R|H)(?:[0-9]+|元)|[0-9]{4})[,/~]([0-9]+)[,/~]([0-9]+)")
"""R8.5.16, 2026.5.16 and 2026-05-16, with every dot read as a comma and every dash as a tilde."""
_PARTS_OF_MONTH = {"上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "末": (21, 31)}


def dates(words: str) -> Draft:
    """Return 5/11・18, 4/1～4/5, 28日～31日; a day without a month is in the month of the date before it."""
    named: list[YearlyDay] = []
    days: list[int] = []
    within: list[Days] = []
    for part in _ITEM.finditer(words):
        if part["to"]:
            return _run_of_days(part, words)
        if part["day"] and named:
            named.append(_same_month(named[-1], _day_of_month(part["day"])))
        elif part["day"]:
            days.append(_day_of_month(part["day"]))
        elif part["last"] or part["until"]:
            within.append(_stretch(part["first"], part["last"] or ""))
        else:
            named.append(day_of(part["first"]))
    if len(set(named)) < len(named):
        raise ContradictionError(TWICE)
    return Draft(dates=tuple(named), days=tuple(sorted(set(days))), within=tuple(within))


def days_of_stretch(words: str) -> tuple[YearlyDay, ...]:
    """Return each day of 8月5日～7日, one day for a single date. Raises ContradictionError."""
    said = dates(words)
    ends = said.within[0] if said.within else (said.dates[0], said.dates[0]) if said.dates else None
    if ends is None:
        raise ContradictionError(_WHICH_MONTHS_DAY)
    first, last = ends
    years = [(day.year or _LEAP) + (not day.year and day.month < MONTHS[0]) for day in ends]
    start, end = date(years[0], first.month, first.day), date(years[1], last.month, last.day)
    days = [start + timedelta(days=n) for n in range(min(_MOST_DAYS, (end - start).days + 1))]
    return tuple(YearlyDay(day.month, day.day, day.year if first.year else None) for day in days)


_LEAP = 2023
"""A fiscal year that has 29 February, for days without a year."""
_MOST_DAYS = 31


def _stretch(first: str, last: str) -> Days:
    """Return 5月3日～5日, 5/3～5/5, or 7月20日まで from the first of April."""
    start = day_of(first)
    if not last:
        year = start.year - (start.month < MONTHS[0]) if start.year else None
        return YearlyDay(MONTHS[0], 1, year), start
    is_day = not re.search("[,/~月]", re.sub(PARTS["BESIDE"], "", last))
    end = _same_month(start, _day_of_month(last)) if is_day else day_of(last)
    if is_day and end.day < start.day:
        raise ContradictionError(BAD_RANGE)
    if (month_position(end.month), end.day) < (month_position(start.month), start.day):
        raise ContradictionError(_OVER_NEW_YEAR)
    return start, end


def _run_of_days(part: re.Match[str], words: str) -> Draft:
    """28日～31日."""
    start, end = _day_of_month(part["day"]), _day_of_month(part["to"])
    if end <= start:
        raise ContradictionError(BAD_RANGE)
    if part[0] != words.removesuffix("まで"):
        raise ContradictionError(_DAYS_APART)
    return Draft(days=tuple(range(start, end + 1)), says=frozenset({Says.STRETCH}))


def from_date(words: str) -> Draft:
    """4月14日から: to the end of the year."""
    day = day_of(words)
    end = YearlyDay(MONTHS[-1], 31, day.year and day.year + (day.month >= MONTHS[0]))
    return Draft(within=((day, end),))


def dates_left_out(words: str) -> Draft:
    """7月17日を除く, 8月13日～15日は休み."""
    said = dates(words)
    if said.days or not (said.dates or said.within):
        raise ContradictionError(_WHICH_MONTHS_DAY)
    return Draft(left_out=(*((day, day) for day in said.dates), *said.within))


def part_of_month(words: str) -> Draft:
    """毎月下旬 is exact, 毎月末 about the last ten days; 上旬・下旬 is once in each."""
    ends = [_PARTS_OF_MONTH[part] for part in re.findall("[上初中下]旬|末", words)]
    each = [tuple(range(first, last + 1)) for first, last in ends]
    if len(each) > 1:
        return Draft(windows=tuple(Draft(days=days, per=Per.MONTH) for days in each))
    hedges = frozenset({Hedge.ABOUT} if words.endswith("末") else ())
    return Draft(days=each[0], says=frozenset({Says.PART_OF_MONTH}), hedges=hedges)


def hours(words: str) -> Draft:
    """午後1時30分～3時 ends in the afternoon as well; 10～12時."""
    first, _, last = re.sub("から|より", "~", words.removesuffix("まで")).partition("~")
    if first.isdecimal():
        first = f"{last[:2] if last.startswith(('午前', '午後')) else ''}{first}時"
    start = parse_clock(first)
    afternoon = first.startswith("午後") and not last.startswith("午") and last != "正午"
    end = parse_clock(f"午後{last}" if afternoon else last) if last else start
    if end < start:
        raise ContradictionError(BAD_RANGE)
    return Draft(hours=(start, end))


def day_of(name: str) -> YearlyDay:
    """Read 4/18(木), 令和6年4月18日 or 十月五日; a weekday must be that of a date with its year.

    Raises ContradictionError.
    """
    dotted = _DOTTED.sub(lambda day: f"{day[1]}{'/' if day[1].isdecimal() else '年'}{day[2]}/{day[3]}", name)
    found = _DAY.fullmatch(dotted)
    if not found:
        raise ContradictionError(BAD_DAY)
    plain = re.sub("[一二三四五六七八九十]+", lambda kanji: str(number(kanji[0])), found["day"])
    try:
        read = parse_day(plain)
        if found["era"]:
            era = {"R": "令和", "H": "平成"}.get(found["era"], found["era"])
            count = 1 if found["count"] == "元" else int(found["count"])
            read = parse_day(f"{ERAS[era] + count}/{read}")
    except ValueError as error:
        raise ContradictionError(BAD_DAY) from error
    said = found["weekday"] or ""  # that of 11/3(祝) is none
    if read.year and said in WEEKDAYS and said:
        own = WEEKDAYS[date(read.year, read.month, read.day).weekday()]
        if said != own:
            raise ContradictionError(_WEEKDAY.fill(day=read, weekday=own))
    return read


def _day_of_month(name: str) -> int:
    """Return 18 of ``18日(土)`` or ``18``. Raises ContradictionError."""
    day = number(name.partition("日")[0].partition("(")[0])
    if not 1 <= day <= 31:
        raise ContradictionError(BAD_DAY)
    return day


def _same_month(before: YearlyDay, day: int) -> YearlyDay:
    """Return the 18 of ``5/11・18``. Raises ContradictionError."""
    return day_of(f"{before.year}/{before.month}/{day}" if before.year else f"{before.month}/{day}")


READERS: dict[str, Callable[[str], Draft]] = {
    "dates": dates,
    "from_date": from_date,
    "left_dates": dates_left_out,
    "part": part_of_month,
    "hours": hours,
}
"""What reads the words of a group of an expression, by its name."""

BAD_DAY = Text("この日付はありません", "there is no such date")
_WEEKDAY = Text("{day} は{weekday}曜日です", "{day} is a {weekday}")
_DAYS_APART = Text(
    "月の日の範囲は、1日～7日 のように一続きだけ書けます", "one run of days of the month at a time: 1日～7日"
)
_WHICH_MONTHS_DAY = Text(
    "何月の日を除くのかが分かりません。7月17日を除く のように書きます",
    "a day of which month is left out? Write 7月17日を除く",
)
_OVER_NEW_YEAR = Text(
    "年度(4月～3月)をまたぐ期間です。4/1～4/5 か 3/28～3/31 のように、年度の中の期間で書きます",
    "the period runs over the end of the fiscal year: write the part within it, 4/1～4/5 or 3/28～3/31",
)
