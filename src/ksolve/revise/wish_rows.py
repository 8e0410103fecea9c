"""Wishes as the rows of a table: 事業, 回 or 日付, 新しい日付, 時刻, 部屋, 職員, 理由."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.files import decode_text, read_bytes
from ksolve.findings import Finding, Place
from ksolve.letters import name_key, narrow
from ksolve.revise.wishes import Asking, WishKind
from ksolve.schedules.lines import Cells
from ksolve.schedules.source import text_rows
from ksolve.text import Text

SHEETS = ("希望", "wishes")
"""The sheet of a book that holds the wishes, else its first."""
_COLUMNS = {
    "name": ("事業", "事業名", "programme", "name"),
    "number": ("回", "number"),
    "old": ("日付", "date"),
    "new": ("新しい日付", "new date"),
    "start": ("時刻", "開始", "start", "time"),
    "room": ("部屋", "room"),
    "staff": ("職員", "staff"),
    "why": ("理由", "why", "reason"),
}
_KEYS = {name_key(word): key for key, words in _COLUMNS.items() for word in words}
_GONE = ("中止", "取りやめ", "なし", "drop", "dropped", "cancelled")


def read_wishes(path: Path, sheet: str = "") -> tuple[Asking, ...]:
    """Return the wishes of a CSV, tab-separated text or xlsx, each with its place.

    A row with a session and a new date, time, room or member moves or pins it, one with 中止 as new
    date drops it, one without a session adds one. Raises PlanError with every row that says nothing.
    """
    place, rows = _table(path, sheet)
    header = next((n for n, (_, cells) in enumerate(rows) if _has_header(cells)), None)
    if header is None:
        raise PlanError([fault("missing-column", _NO_HEADER, Place(place.file, 1, sheet=place.sheet))])
    keys = [_KEYS.get(name_key(cell), "") for cell in rows[header][1]]
    askings: list[Asking] = []
    faults: list[Finding] = []
    for line, cells in rows[header + 1 :]:
        row = {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if key and cell.strip()}
        at = Place(place.file, line, 1, place.sheet)
        if not row:
            continue
        found = _asking(row, at)
        if found is None:
            faults.append(fault("unreadable-wish", _NOTHING, at, _HOW))
        else:
            askings.append(found)
    if faults:
        raise PlanError(faults)
    return tuple(askings)


def _has_header(cells: Sequence[str]) -> bool:
    keys = {_KEYS.get(name_key(cell)) for cell in cells}
    return "name" in keys and bool(keys & {"new", "start", "room", "staff"})


def _asking(row: Mapping[str, str], at: Place) -> Asking | None:
    """Return the wish of a row in the words of the command line, None where it says nothing."""
    if "name" not in row:
        return None
    who, why = row["name"], row.get("why", "")
    if "number" in row:
        who += "#" + re.sub(r"^第|回$", "", narrow(row["number"]))
    elif "old" in row:
        who += f"@{row['old']}"
    is_known = "number" in row or "old" in row
    if row.get("new") in _GONE:
        return Asking(WishKind.DROP, who, at, why) if is_known else None
    where = " ".join(_where(row))
    if not where or not (is_known or "new" in row):
        return None
    kind = WishKind.ADD if not is_known else WishKind.MOVE if "new" in row else WishKind.PIN
    return Asking(kind, f"{who}={where}", at, why)


def _where(row: Mapping[str, str]) -> Iterator[str]:
    yield from (row[key] for key in ("new", "start") if key in row)
    units = "、".join(row[key] for key in ("room", "staff") if key in row)
    if units:
        yield units


def _table(path: Path, sheet: str) -> tuple[Place, list[Cells]]:
    data = read_bytes(path)
    if data.startswith(b"PK\x03\x04"):
        from ksolve.schedules.books import rows_of_sheet

        name, rows = rows_of_sheet(data, str(path), (sheet,) if sheet else SHEETS)
        return Place(str(path), sheet=name), rows
    return Place(str(path)), list(text_rows(decode_text(data, str(path)), path))


_NO_HEADER = Text(
    "希望の表の見出しがありません。事業、回(または日付)、新しい日付、時刻、部屋、職員、理由 の列を"
    "作ってください",
    "the table of wishes has no header: 事業, 回 (or 日付), 新しい日付, 時刻, 部屋, 職員, 理由",
)
_NOTHING = Text("この行に何を希望するのかが書かれていません", "this row does not say what is wanted")
_HOW = Text(
    "動かすなら 回 か 日付 と 新しい日付 を、やめるなら 新しい日付 に 中止 を、"
    "加えるなら 事業 と 新しい日付 を書いてください",
    "to move a session write 回 or 日付 and 新しい日付; to drop it 中止 there;"
    " to add one only 事業 and 新しい日付",
)
