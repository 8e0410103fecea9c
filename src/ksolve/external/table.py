"""A table of dates: a header and rows, or rows alone in which one cell is a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from ksolve.calendar import YearlyDay, parse_days
from ksolve.clock import Spans, parse_clock, parse_span
from ksolve.errors import fault
from ksolve.external.dated import Dated
from ksolve.findings import Finding
from ksolve.letters import narrow
from ksolve.letters.heading_words import DAYS, ENDS, FIRST_DAYS, HOURS, LAST_DAYS, NAMES, STARTS
from ksolve.published.cell.grid import Grid, Row
from ksolve.spelling.absent_days import absent_day
from ksolve.text import Text


class Column(StrEnum):
    """What a column of an external table holds."""

    DAYS = "日付"
    FIRST = "開始日"
    LAST = "終了日"
    MONTH = "月"
    START = "開始時刻"
    END = "終了時刻"
    HOURS = "時間"
    NAME = "名称"
    STATE = "確定・仮"
    FOR = "対象"


_WORDS: dict[Column, str] = {
    Column.DAYS: f"{DAYS} 日 期間 会期 休館日 休業日 休日 閉館日 会議日 開会日 工事期間 国民の祝日・休日月日",
    Column.FIRST: f"{FIRST_DAYS} 自 開始",
    Column.LAST: f"{LAST_DAYS} 至 終了",
    Column.MONTH: "月",
    Column.START: STARTS.replace("開始 ", "", 1),
    Column.END: ENDS.replace("終了 ", "", 1),
    Column.HOURS: HOURS,
    Column.NAME: f"{NAMES} 内容 件名 理由 休館理由 会議 学校行事 名前 国民の祝日・休日名称",
    Column.STATE: "確定・仮 状態 確定 仮 予定区分",
    Column.FOR: "対象 対象事業 対象者 関係事業",
}
_COLUMNS = {word: column for column, words in _WORDS.items() for word in words.split()}
_TENTATIVE = re.compile(r"仮|未定|見込|予定|案|tentative", re.IGNORECASE)
_WEEKDAY = re.compile(r"\((?:[月火水木金土日](?:曜日?)?[・]?)?(?:祝日?|休)?\)")
_BARE_DAY = re.compile(r"(\d{1,2})日?")
_MONTH = re.compile(r"(?:(?:令和|R)?\d{1,4}年)?(\d{1,2})月?")
_SEPARATED = re.compile(r"[、,，・;\n]\s*(?=[\d令RH平])")


def read_table(grid: Grid, columns: Sequence[str]) -> tuple[list[Dated], list[Finding]]:
    """Return the events of a grid, and a fault for each date or time that cannot be read.

    `columns` says what headings mean (``日付=会議日``).
    """
    told = dict(_told(columns))
    found: list[Dated] = []
    faults: list[Finding] = []
    heads: Mapping[int, Column] = {}
    month = 0
    for row in grid.rows:
        new = _heads(row, told)
        if new:
            heads, month = new, 0
            continue
        month = _month(row, heads) or month
        for item in _events(row, heads, month, grid):
            if isinstance(item, Dated):
                found.append(item)
            else:
                faults.append(item)
    return found, faults


def _told(columns: Sequence[str]) -> Iterator[tuple[str, Column]]:
    for text in columns:
        ours, _, theirs = text.partition("=")
        if ours in _COLUMNS and theirs:
            yield _key(theirs), _COLUMNS[ours]


def _key(text: str) -> str:
    return "".join(narrow(text).split())


def _heads(row: Row, told: Mapping[str, Column]) -> Mapping[int, Column]:
    """Return the columns of a header row, none where the row is no header."""
    known = {_key(word): column for word, column in _COLUMNS.items()} | dict(told)
    found = {at: known[_key(text)] for at, text in row.texts.items() if _key(text) in known}
    is_header = {Column.DAYS, Column.FIRST} & set(found.values())
    return found if is_header and not any(_days(text, 0) for text in row.texts.values()) else {}


def _month(row: Row, heads: Mapping[int, Column]) -> int:
    """Return the month that a row names by itself, in a column for it: 4月 | 7日、14日."""
    for at, column in heads.items():
        found = _MONTH.fullmatch(_key(row[at])) if column is Column.MONTH else None
        if found and 1 <= int(found[1]) <= 12:
            return int(found[1])
    return 0


def _events(row: Row, heads: Mapping[int, Column], month: int, grid: Grid) -> Iterator[Dated | Finding]:
    if not heads:
        at = next((at for at, text in row.texts.items() if _days(text, 0)), None)
        heads = {} if at is None else {at: Column.DAYS}
        name = " ".join(text for other, text in row.texts.items() if other != at)
    else:
        name = next((row[at] for at, column in heads.items() if column is Column.NAME and row[at]), "")
    for at, column in heads.items():
        if column in (Column.DAYS, Column.FIRST) and row[at]:
            yield from _of_cell(row, at, heads, month, name, grid)


def _of_cell(
    row: Row, at: int, heads: Mapping[int, Column], month: int, name: str, grid: Grid
) -> Iterator[Dated | Finding]:
    place = grid.place(row.line, at + 1)
    last = _text(row, heads, Column.LAST) if heads[at] is Column.FIRST else ""
    spans = _days(f"{row[at]}～{last}" if last and last != row[at] else row[at], month)
    if not spans:
        yield fault("external-date", absent_day(row[at]) or _NO_DATE.fill(text=row[at]), place, _WRITE)
        return
    try:
        hours = _hours(row, heads)
    except ValueError:
        yield fault("external-hours", _NO_HOURS.fill(text=_text(row, heads, Column.HOURS)), place)
        return
    state = _text(row, heads, Column.STATE)
    tentative = bool(_TENTATIVE.search(state)) or row[at].strip().endswith(("(仮)", "(予定)"))
    concerned = tuple(filter(None, re.split(r"[、,・;]", _text(row, heads, Column.FOR))))
    for first, end in spans:
        yield Dated(first, end, name, place, hours, tentative, concerned)


def _text(row: Row, heads: Mapping[int, Column], wanted: Column) -> str:
    return next((row[at].strip() for at, column in heads.items() if column is wanted and row[at]), "")


def _days(text: str, month: int) -> list[tuple[YearlyDay, YearlyDay]]:
    """Return the stretches of days that a cell names, none where it names anything else."""
    plain = _WEEKDAY.sub("", narrow(text)).replace("(仮)", "").replace("(予定)", "").strip()
    plain = re.sub(r"(\d) 0?0:00(?::00)?$", r"\1", plain)
    found = []
    for part in _SEPARATED.split(plain):
        bare = _BARE_DAY.fullmatch(part.strip())
        try:
            found.append(parse_days(f"{month}/{bare[1]}" if bare and month else part.strip()))
        except ValueError:
            return []
    return found


def _hours(row: Row, heads: Mapping[int, Column]) -> Spans | None:
    """Return the hours of a row. Raises ValueError where they cannot be read."""
    start, end = _text(row, heads, Column.START), _text(row, heads, Column.END)
    if start and end:
        return ((parse_clock(start), parse_clock(end)),)
    whole = _text(row, heads, Column.HOURS)
    return (parse_span(whole),) if whole and whole not in ("終日", "全日") else None


_NO_DATE = Text("「{text}」は日付として読めません", "{text} cannot be read as a date")
_NO_HOURS = Text("「{text}」は時間として読めません", "{text} cannot be read as hours")
_WRITE = Text("6/2、6/2～6/24、令和7年6月2日 のように書いてください", "write 6/2, 6/2～6/24 or 令和7年6月2日")
