"""What the words of a header row say about the column below them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from ksolve.calendar import MONTHS, month_position
from ksolve.frequency import TERMS
from ksolve.letters import narrow, number
from ksolve.letters.heading_words import (
    DAYS,
    ENDS,
    FIRST_DAYS,
    HOURS,
    LAST_DAYS,
    NAMES,
    PLACES,
    STAFF,
    STARTS,
)


class Role(StrEnum):
    """What a column holds."""

    NAME = "name"
    CATEGORY = "category"
    CONTENT = "content"
    FREQUENCY = "frequency"
    PERIOD = "period"
    DATES = "dates"
    FIRST_DAY = "first day"
    LAST_DAY = "last day"
    START = "start"
    END = "end"
    HOURS = "hours"
    WEEKDAY = "weekday"
    PLACE = "place"
    FACILITY = "facility"
    PEOPLE = "people"
    AUDIENCE = "audience"
    TOTAL = "total"
    REMARK = "remark"


_WORDS = {
    Role.NAME: NAMES,
    Role.CATEGORY: "区分 事業区分 講座区分 分類 分野 種別 カテゴリ",
    Role.CONTENT: "事業内容 内容 実施内容 活動内容 概要 事業概要 説明",
    Role.FREQUENCY: "実施回数 開催回数 年間回数 計画回数 予定回数 実施予定回数 開催予定回数 回数 頻度 "
    "実施曜日 開催曜日 活動曜日 実施頻度 開催頻度 規則 開催規則 曜日 曜",
    Role.PERIOD: "時期 期間 実施期間 実施時期 開催時期 開催期間 開催月 実施月 月 年月",
    Role.DATES: f"{DAYS} 日",
    Role.FIRST_DAY: FIRST_DAYS,
    Role.LAST_DAY: LAST_DAYS,
    Role.START: STARTS,
    Role.END: ENDS,
    Role.HOURS: HOURS,
    Role.PLACE: PLACES,
    Role.FACILITY: "施設 施設名 館 館名 実施施設 開催施設 学校名 校名 園名 実施校",
    Role.PEOPLE: "定員 募集人数 人数 定員数 募集定員 定員等",
    Role.AUDIENCE: "対象 対象者 対象年齢 参加対象 対象児",
    Role.TOTAL: "計 合計 年間計 総回数 年間 年計 総計 回数計 合計回数 年間合計 通算",
    Role.REMARK: "備考 摘要 注 注記 メモ 転記メモ その他 費用 参加費 "
    f"申込 申込方法 主催 問合せ 問い合わせ {STAFF}",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split()}
RANK = {word: rank for words in _WORDS.values() for rank, word in enumerate(words.split())}
"""Of two words of one role in a header, the one with the lower rank names the column."""

_MONTH = re.compile(r"(\d{1,2})月")
_MONTHS = re.compile(r"(\d{1,2})月?[~-](\d{1,2})月")
_DAYS_OF = re.compile(r"(\d{1,2})月(?:分)?の?(?:公表日|開催日|実施日|実施予定日|開催予定日|日程|日)")
_PERIODS = {
    **dict.fromkeys(("前期", "上半期", "上期"), MONTHS[:6]),
    **dict.fromkeys(("後期", "下半期", "下期"), MONTHS[6:]),
    **{f"{word}{n + 1}四半期": MONTHS[3 * n : 3 * n + 3] for n in range(4) for word in ("", "第")},
    **{f"{n}学期": months for n, months in enumerate(TERMS, start=1)},
}


@dataclass(frozen=True, slots=True)
class Head:
    """What a header cell says: the role of its column, and a second one in brackets (事業名(時期)).

    `months` are those of a month column, `part` the part of it that is meant (第2週, 上旬);
    `days_of` is the month of a column of days (4月の公表日).
    """

    word: str
    role: Role | None = None
    also: Role | None = None
    months: tuple[int, ...] = ()
    days_of: int = 0
    part: str = ""
    is_known: bool = field(init=False)
    """Whether the column has a meaning."""

    def __post_init__(self) -> None:
        """Find out whether the head says anything."""
        object.__setattr__(self, "is_known", bool(self.role or self.months))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text in one width, without spaces, with ~ for every dash and tilde."""
    return "".join(narrow(text).split()).replace("-", "~")


@lru_cache(maxsize=1024)  # a line is looked at as a header in several ways
def read_heads(cells: tuple[str, ...]) -> Mapping[int, Head]:
    """Return what each filled cell of a line says as a header, by its column from 0."""
    return {column: read_head(text) for column, text in enumerate(cells) if text}


def read_head(text: str) -> Head:
    """Return what a header cell says; 頻度/日程 and 内容(要約) are known by their parts."""
    return _read_head(text) if len(text) <= _LONGEST else Head(text)


_LONGEST = 24
"""A cell of more characters is no header."""


@lru_cache(maxsize=4096)
def _read_head(text: str) -> Head:
    word = plain(text)
    if months := _months(word):
        return Head(word, months=months)
    if (found := _OF_MONTH.fullmatch(word)) and (part := part_of(found[2])):
        months = _months(found[1]) if found[1] else MONTHS if part.endswith("週") else ()
        return Head(word, months=months, part=part if months else "")
    if found := _DAYS_OF.fullmatch(word):
        month = int(found[1])
        return Head(word, Role.DATES, days_of=month) if month in MONTHS else Head(word)
    outer, inner = _brackets(word)
    role = _role(outer)
    also = _role(inner)
    return Head(outer if role else word, role, also if also in (Role.FREQUENCY, Role.PERIOD) else None)


_OF_MONTH = re.compile(r"(.{1,3}月)?[(]?(.{2,5}?)[)]?")
_WEEK = re.compile(r"第?([1-5一二三四五])週目?")


def part_of(text: str) -> str:
    """Return 第2週 or 上旬 of a cell that names such a part of a month, empty where it is none."""
    word = plain(text) if len(text) <= _LONGEST_PART else ""
    if word in ("上旬", "中旬", "下旬"):
        return word
    found = _WEEK.fullmatch(word)
    return f"第{number(found[1])}週" if found else ""


_LONGEST_PART = 6

_YEAR = r"[(]?(?:(?:令和|平成|[RHrh])(?:\d{1,2}|元)年?|20\d\d年?|'?\d\d年|'\d\d)[)]?[.]?"
_MONTH_OF_YEAR = re.compile(
    rf"(?:令和|平成|[RHrh])(?:\d{{1,2}}|元)[.年/](?P<short>\d{{1,2}})|{_YEAR}(?P<month>\d{{1,2}})月分?|20\d\d[/.~](?P<bare>\d{{1,2}})|(?P<before>\d{{1,2}})月[(]{_YEAR}[)]"
)
"""A month with its year: 令和4年4月, R4.4月, (R4)4月, 2022/4, 4月(R4)."""
_KANJI_MONTH = re.compile(r"[一二三四五六七八九十]{1,2}(?=月)")


def _months(word: str) -> tuple[int, ...]:
    if word in _PERIODS:
        return _PERIODS[word]
    word = _KANJI_MONTH.sub(lambda found: str(number(found[0])), word)
    if found := _MONTH_OF_YEAR.fullmatch(word):
        word = f"{int(found['month'] or found['bare'] or found['before'] or found['short'])}月"
    if found := _MONTH.fullmatch(word):
        return (int(found[1]),) if int(found[1]) in MONTHS else ()
    if found := _MONTHS.fullmatch(word):
        first, last = int(found[1]), int(found[2])
        if first in MONTHS and last in MONTHS:
            return MONTHS[month_position(first) : month_position(last) + 1]
    return ()


def _brackets(word: str) -> tuple[str, str]:
    found = re.fullmatch(r"([^()]+)\(([^()]+)\)", word)
    return (found[1], found[2]) if found else (word, "")


def _role(word: str) -> Role | None:
    if word in _ROLES:
        return _ROLES[word]
    parts = [part for part in re.split(r"[/・,、&]|及び|と", word) if part]
    roles = {_ROLES.get(part) for part in parts}
    if len(parts) > 1 and None not in roles:
        return _ROLES[parts[0]]
    return None


def bare_month(text: str) -> int:
    """Return the month of a header cell that is a bare number, 0 where it is none."""
    word = plain(text)
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 3 and int(word) in MONTHS else 0
