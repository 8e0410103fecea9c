"""Columns that a user names (事業=教室名): their headings are read as the word for what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ksolve.errors import PlanError, fault
from ksolve.findings import Place
from ksolve.published.cell.grid import Grid, Remark, Row
from ksolve.published.cell.header_words import Role, plain, read_head
from ksolve.text import Text

_ENGLISH = {
    "programme": "事業名",
    "category": "区分",
    "content": "内容",
    "frequency": "頻度",
    "period": "時期",
    "date": "日付",
    "start": "開始時刻",
    "end": "終了時刻",
    "hours": "時刻",
    "weekday": "曜日",
    "place": "会場",
    "facility": "施設",
    "people": "定員",
    "audience": "対象",
    "remark": "備考",
}
_JAPANESE = {
    "事業": "事業名",
    "開始": "開始時刻",
    "終了": "終了時刻",
    "時間": "時刻",
    "場所": "会場",
    "回数": "回数",
}


def with_columns(grid: Grid, stated: Sequence[str]) -> Grid:
    """Return the grid with the headings that `stated` names (``事業=教室名``) read as our words for them.

    They are looked for in the first row that holds all of them, and in each that repeats it.
    Raises PlanError where one is not of this form, or no row holds all of them.
    """
    if not stated:
        return grid
    words = dict(_named(text) for text in stated)
    first = next((row for row in grid.rows if words.keys() <= set(map(plain, row.texts.values()))), None)
    if first is None:
        missing = [word for word in words if not any(word in map(plain, r.texts.values()) for r in grid.rows)]
        text = _NO_ROW.fill(found="、".join(missing or words))
        raise PlanError([fault("unknown-column", text, Place(grid.file), _HOW)])
    rows = tuple(_renamed(row, words) if row.cells == first.cells else row for row in grid.rows)
    remarks = [
        Remark(
            "column-named",
            first.line,
            column + 1,
            {"found": text, "word": words[plain(text)]},
            is_beside=True,
        )
        for column, text in first.texts.items()
        if plain(text) in words
    ]
    return replace(grid, rows=rows, remarks=(*grid.remarks, *remarks))


def _named(text: str) -> tuple[str, str]:
    """Return the file's word and ours of ``事業=教室名``."""
    ours, equals, theirs = text.partition("=")
    word = _JAPANESE.get(plain(ours)) or _ENGLISH.get(ours.strip().lower()) or plain(ours)
    role = read_head(word).role
    if not equals or not theirs.strip() or role is None or role is Role.TOTAL:
        known = "、".join(
            [*_JAPANESE, "頻度", "時期", "日付", "曜日", "施設", "定員", "対象", "内容", "区分", "備考"]
        )
        raise PlanError([fault("unknown-column", _UNKNOWN.fill(found=text, known=known), None)])
    return plain(theirs), word


def _renamed(row: Row, words: Mapping[str, str]) -> Row:
    return replace(row, cells=tuple(words.get(plain(text), text) if text else text for text in row.cells))


_NO_ROW = Text("見出し「{found}」のある行がありません", "no row has the headings {found}")
_HOW = Text("表の見出しのとおりに書いてください: --column 事業=教室名", "write them as the table has them")
_UNKNOWN = Text(
    "「{found}」は --column の書き方ではありません。事業=教室名 のように書きます(左に書けるもの: {known})",
    "{found} is not how --column is written: programme=教室名 (to the left, also in English: {known})",
)
