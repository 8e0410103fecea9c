"""Letters to items: each place of a text is taken by the longest words of the table, or is not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ksolve.frequency.draft import ContradictionError, Says, merged
from ksolve.frequency.items import Item, Kind
from ksolve.frequency.values import Per
from ksolve.frequency.word_table import PARTS, ROWS, Row, expanded
from ksolve.frequency.words import item_of
from ksolve.text import Text

LABELS = tuple(row for row in ROWS if row.says[0] == Kind.LABEL.name)
LOOSE = tuple(row for row in ROWS if "loose" in row.says)
SURE = tuple(row for row in ROWS if row not in LABELS and row not in LOOSE)
_OF_THEM = re.compile("(?:この|その)?(?:うち|内)")
_BETWEEN_NAMES = re.compile("及び|および|並びに|と|や")
_BEGUN = re.compile(expanded("(?:×|全|合?計|延べ|連続)?(?:(?!日)<PER>)?(?:<N>(?:か月間?|週間?)?)?", PARTS))
"""What is understood of words that do not go on as they should: 年20."""
_MOST_BRACKETS = 20

Names = dict[int, tuple[int, tuple[str, ...]]]
"""The names in a text by the place where they begin, with where they end."""


class SlipError(Exception):
    """A place of a text that no words of the table cover."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(at)


class _Text(NamedTuple):
    """A text in its one spelling, the names in it, and the rows of which it has the letters."""

    plain: str
    names: Names
    rows: Sequence[Row]


def scan(plain: str, names: Names) -> tuple[Item, ...]:
    """Return the items of a text in its one spelling.

    Raises SlipError where no words match, ContradictionError where those of one item make no sense.
    """
    letters = set(plain)
    rows = [row for row in SURE if not row.letters or not row.letters.isdisjoint(letters)]
    items, at = _inside(_Text(plain, names, rows), 0, 0)
    if at < len(plain):
        raise SlipError(at)
    return items


def _inside(text: _Text, start: int, depth: int) -> tuple[tuple[Item, ...], int]:
    """Return the items up to the end of the text or of the bracket, and where that is."""
    items: list[Item] = []
    at, plain = start, text.plain
    while at < len(plain) and plain[at] != ")":
        item = _item(text, at, depth, first=at == start)
        at = item.end
        if item.kind is Kind.FACTOR and plain[item.start] == "×":
            items[-1:] = _multiplied(items[-1:], item)
        elif len(item.ways) == 1 and item.kind is not Kind.BRACKET:
            items += item.ways[0]
        elif item.kind is not Kind.JOINT:
            items.append(item)
    return tuple(items), at


def _item(text: _Text, at: int, depth: int, *, first: bool) -> Item:
    plain = text.plain
    if at in text.names:
        end, each = text.names[at]
        return Item(Kind.NAME, names=each, start=at, end=end)
    between = _BETWEEN_NAMES.match(plain, at)
    if between and between.end() in text.names:
        return Item(Kind.JOINT, start=at, end=between.end())
    if plain[at] == "(":
        return _bracket(text, at, depth)
    found = _words(plain, at, text.rows) or _words(plain, at, LOOSE) or (first and _words(plain, at, LABELS))
    if not found:
        begun = _BEGUN.match(plain, at)
        raise SlipError(begun.end() if begun else at)
    if found.kind is Kind.OF_THEM:
        inner, end = _inside(text, found.end, depth)
        return Item(Kind.BRACKET, ways=(inner,), of_them=True, start=at, end=end)
    return found


def _bracket(text: _Text, at: int, depth: int) -> Item:
    if depth == _MOST_BRACKETS:
        raise ContradictionError(TOO_LONG, at)
    some = _OF_THEM.match(text.plain, at + 1)
    inner, end = _inside(text, some.end() if some else at + 1, depth + 1)
    if end == len(text.plain):
        raise SlipError(end)
    return Item(Kind.BRACKET, ways=(inner,), of_them=bool(some), start=at, end=end + 1)


def _words(plain: str, at: int, rows: Sequence[Row]) -> Item | None:
    """Return the item of the longest words at a place, None where no row matches."""
    row, end, found = None, at, None
    for other in rows:
        match = other.match(plain, at)
        if match and match.end() > end:
            row, end, found = other, match.end(), match
    if row is None or found is None:
        return None
    try:
        item = item_of(row, found)
    except ContradictionError as error:
        error.at = at
        raise
    if item.ways:
        ways = tuple(tuple(one._replace(start=at, end=end) for one in way) for way in item.ways)
        item = item._replace(ways=ways)
    return item._replace(start=at, end=end)


def _multiplied(before: list[Item], factor: Item) -> list[Item]:
    """Return a count or bracket with the factor behind it (×2グループ); days stay an item of their own."""
    if not before or before[0].kind not in (Kind.COUNT, Kind.BRACKET, Kind.WHEN, Kind.PERIOD):
        raise SlipError(factor.start)
    item = before[0]
    if item.kind in (Kind.WHEN, Kind.PERIOD):
        return [item, factor]
    said = merged(item.said, factor.said)
    if item.kind is Kind.COUNT:  # 2回×12か月; 全6回×2コース: all of one course
        said = said._replace(per=said.per or (Per.MONTH if said.periods else None))
        said = said.unmarked(Says.WHOLE, Says.TOTAL)
    return [item._replace(said=said, end=factor.end)]


TOO_LONG = Text("長すぎて実施回数とは読めません", "too long for a frequency")

# --- what is written short ------------------------------------------------------------------------------

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_LISTED = re.compile(rf"(?:[{_CIRCLED}]|第[0-9]+回|[0-9]+回目)(?:[^()]|\([月火水木金土日祝]\))*")
_MARK = re.compile(rf",?(?P<mark>[{_CIRCLED}]|第[0-9]+回|[0-9]+回目)[,:は]?")
_COURSE = re.compile(r"(?<![0-9第年×])(?P<mark>[1-5]|I{1,3}|IV|V)期(?=[0-9(:に])")
_WEEKS = "12345"
_MOVED_A_WEEK = re.compile(
    r"第(?P<nth>[1-4])(?P<day>[月火水木金土日])曜?日?\((?:祝日|休日|休館日)(?:の(?:場合|とき|時)|に当た(?:る|った)(?:場合|とき|時))?(?:は|,)*"
    r"(?P<where>第(?P<to>[2-5])(?:(?P=day)曜?日?|の?同曜日)?)(?=に|\)|へ)"
)
_MONTHS_BETWEEN_SLASHES = re.compile(r"(?<![0-9/])1?[0-9](?:/1?[0-9]){2,}(?=月)")
_PARTS_OF_ONE_MONTH = re.compile(r"(?P<month>1?[0-9]月)[上初中]旬(?:~|から)(?=[中下]旬|末)")
_WEEKDAY = re.compile(r"(?<=第[1-5一二三四五])[月日](?=\Z|\)|,第)")


def respelled(plain: str, columns: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Return a text with lists in plain words: ①5月②11月, Ⅰ期5回Ⅱ期6回, 第2土、第4日.

    So are months between slashes (4/7/10/1月), two parts of one month (5月上旬～中旬), and a week on that is
    said as the next of the weekdays: 第1月曜日(祝日の場合は第2月曜日).

    Numbers that do not run from 1 are left as they are. `columns` go with the letters.
    """
    found: list[tuple[tuple[int, int], str]] = []
    for listed in _LISTED.finditer(plain):
        marks = list(_MARK.finditer(plain, *listed.span()))
        if _runs_from_one(marks):
            found += [(mark.span(), "," if mark.start() > listed.start() else "") for mark in marks]
    courses = list(_COURSE.finditer(plain))
    if _runs_from_one(courses):
        found += [(course.span(), f"第{_place(course)}期") for course in courses]
    if re.search("第[1-5一二三四五][火水木金土]", plain):
        found += [(day.span(), f"{day[0]}曜") for day in _WEEKDAY.finditer(plain)]
    for moved in _MOVED_A_WEEK.finditer(plain):
        if _WEEKS.index(moved["to"]) == _WEEKS.index(moved["nth"]) + 1:
            found.append((moved.span("where"), "翌週"))
    for months in _MONTHS_BETWEEN_SLASHES.finditer(plain):
        found += [((at, at + 1), ",") for at in range(*months.span()) if plain[at] == "/"]
    found += [((part.end(), part.end()), part["month"]) for part in _PARTS_OF_ONE_MONTH.finditer(plain)]
    for (start, end), words in sorted(found, reverse=True):
        at = [columns[min(start + place, max(start, end - 1))] for place in range(len(words))]
        plain = plain[:start] + words + plain[end:]
        columns = (*columns[:start], *at, *columns[end:])
    return plain, columns


def _place(found: re.Match[str]) -> int:
    mark = found["mark"].strip("第回目")
    return _CIRCLED.index(mark) + 1 if mark in _CIRCLED else _ROMAN.get(mark) or int(mark)


def _runs_from_one(marks: list[re.Match[str]]) -> bool:
    return len(marks) > 1 and [_place(mark) for mark in marks] == list(range(1, len(marks) + 1))
