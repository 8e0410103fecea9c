"""Which column of a schedule's file holds what: by our names, by those of municipal lists, or as told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ksolve.errors import PlanError, fault
from ksolve.findings import Finding, Place
from ksolve.letters import name_key
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
from ksolve.schedules.tidy import COLUMNS
from ksolve.text import Text

_OTHERS: dict[str, str] = {
    "series": "系列ID",
    "name": f"{NAMES} 件名 タイトル 題名 subject title summary event",
    "number": "回 回数 回次 no.",
    "date": f"{DAYS} {FIRST_DAYS} startdate day",
    "last_day": f"{LAST_DAYS} enddate",
    "start": f"{STARTS} {HOURS} starttime time",
    "end": f"{ENDS} endtime",
    "minutes": "所要時間 所要時間(分)",
    "room": f"{PLACES} location place venue",
    "staff": STAFF,
    "held_with": "併催",
}
"""Other words for our columns, as municipal lists of events and calendars use them."""
_NEEDED = ("date",)
_HEADER_WITHIN = 20
"""A header is looked for in so many lines from the top."""


@dataclass(frozen=True)
class Headers:
    """The columns that a user names: the key of each of ours by the file's word for it."""

    named: Mapping[str, str]

    def key(self, word: str) -> str | None:
        """Return the key of the column with a header, None where it says nothing that is needed."""
        plain = name_key(word)
        return self.named.get(plain) or (_KEYS.get(plain) if plain not in self.named else None)


def headers_of(stated: Sequence[str]) -> Headers:
    """Read ``事業=講座名`` and the like: our word for a column, and the file's. Raises PlanError."""
    named: dict[str, str] = {}
    faults: list[Finding] = []
    for text in stated:
        ours, equals, theirs = text.partition("=")
        key = _KEYS.get(name_key(ours))
        if not equals or not theirs.strip() or key is None:
            faults.append(fault("unknown-column", _UNKNOWN.fill(found=text, known=_known()), None))
        else:
            named[name_key(theirs)] = key
    if faults:
        raise PlanError(faults)
    return Headers(named)


def find_header(
    rows: Sequence[tuple[int, Sequence[str]]], headers: Headers, place: Place
) -> tuple[int, Mapping[str, int]]:
    """Return which of the first rows is the header, counted from 0, and the column of each key, from 1.

    Raises PlanError where none has the columns that are needed, or lacks one that the user named.
    """
    for number, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
        columns = _columns(cells, headers)
        if _is_header(columns) and not _missing(cells, headers):
            return number, columns
    line, cells = rows[0] if rows else (1, ())
    columns = _columns(cells, headers)
    absent = [*(key for key in _NEEDED if key not in columns)]
    if not {"series", "name", "session"} & set(columns):
        absent.append("name")
    values = {
        "wanted": "、".join([*_missing(cells, headers), *(_label(key) for key in absent)]),
        "found": "、".join(cell for cell in cells if cell)[:_SHOWN] or "-",
    }
    at = Place(place.file, line, sheet=place.sheet)
    raise PlanError([fault("missing-column", _MISSING.fill(**values), at, _MAP)])


def _columns(cells: Sequence[str], headers: Headers) -> dict[str, int]:
    """Return the column of each key, the first where several have its name; the user's word comes first."""
    found: dict[str, int] = {}
    for own in (True, False):
        for column, cell in enumerate(cells, start=1):
            key = headers.key(cell)
            if key and (name_key(cell) in headers.named) == own:
                found.setdefault(key, column)
    return found


def _is_header(columns: Mapping[str, int]) -> bool:
    return all(key in columns for key in _NEEDED) and bool({"series", "name", "session"} & set(columns))


def _missing(cells: Sequence[str], headers: Headers) -> list[str]:
    """Return the words that the user named and the header lacks."""
    there = {name_key(cell) for cell in cells}
    return [word for word in headers.named if word not in there]


def _label(key: str) -> str:
    return next((column.label.ja for column in COLUMNS if column.key == key), key)


def _known() -> str:
    return "、".join(_label(key) for key in _OTHERS if key != "last_day")


def _keys() -> Iterable[tuple[str, str]]:
    for key, words in _OTHERS.items():
        for word in words.split():
            yield word, key
    for column in COLUMNS:
        for word in (column.key, column.label.ja, column.label.en):
            yield word, column.key


_KEYS = {name_key(word): key for word, key in _keys()}
_SHOWN = 200
_MISSING = Text(
    "列「{wanted}」がありません(このファイルの列: {found})",
    "the columns {wanted} are missing (the file has: {found})",
)
_MAP = Text(
    "別の名前の列なら --column 日付=開催日 --column 事業=講座名 のように対応させてください",
    "where they have other names, say which: --column date=開催日 --column programme=講座名",
)
_UNKNOWN = Text(
    "「{found}」は --column の書き方ではありません。事業=講座名 のように書きます(左に書けるもの: {known})",
    "{found} is not how --column is written: programme=講座名 (to the left: {known})",
)
