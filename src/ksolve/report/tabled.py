"""A data frame as rows of text for people, and as CSV, Markdown and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from ksolve.files.separated import csv_bytes
from ksolve.frames import DIMENSIONS, TOTAL, VALUES
from ksolve.report.labels import LABELS
from ksolve.schedules.tidy import COLUMNS
from ksolve.text import Lang, Text

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = 1
"""The version of the JSON; it is raised when a key changes its meaning or goes."""

_WORDS: dict[str, Text] = {
    **{column.key: column.label for column in COLUMNS},
    **DIMENSIONS,
    **VALUES,
    **{key: LABELS[key] for key in ("line", "frequency", "dated", "outside")},
    TOTAL: LABELS["count"],
    "name": Text("名前", "name"),
    "marks": Text("印", "marks"),
    "public": Text("公開", "public"),
    "promised": Text("約束の回", "promised"),
    "kept": Text("守られた回", "kept"),
    "honoured": Text("守られた印", "marks honoured"),
    "is_kept": Text("すべて守られた", "all kept"),
    "sentence": Text("いつもの日", "usual place"),
    "on_it": Text("そのとおりの回", "just there"),
    "text": Text("説明", "in words"),
    "kind": Text("種別", "kind"),
    **{
        f"{key}_{side}": Text(f"{when}の{name.ja}", f"{name.en} {side}")
        for side, when in (("before", "変更前"), ("after", "変更後"))
        for key, name in (
            ("date", DIMENSIONS["date"]),
            ("start", DIMENSIONS["start"]),
            ("rooms", DIMENSIONS["room"]),
            ("staff", DIMENSIONS["staff"]),
        )
    },
}


def rows(table: pd.DataFrame, lang: Lang, *, share: bool = False, raw: bool = False) -> list[tuple[str, ...]]:
    """Return a header and the rows; `share` says that all numbers are parts of a whole: 0.034 is 3.4 %.

    `raw` leaves numbers as they are, for programs that calculate.
    """
    flat = _flat(table)
    keys = [str(key) for key in flat.columns]
    header = tuple(_WORDS[key](lang) if key in _WORDS else _heading(key, table, lang) for key in keys)
    of_share = [key == "share" or (share and key not in table.index.names) for key in keys]
    body = [
        tuple(_cell(value, raw=raw, share=part) for value, part in zip(row, of_share, strict=True))
        for row in flat.itertuples(index=False, name=None)
    ]
    if body and body[-1][0] == TOTAL:
        body[-1] = (_WORDS[TOTAL](lang), *body[-1][1:])
    return [header, *body]


def numeric(cells: list[tuple[str, ...]]) -> frozenset[int]:
    """Return the columns of such rows that hold numbers alone, which people read right-aligned."""
    return frozenset(
        column for column in range(len(cells[0])) if all(_NUMBER.fullmatch(row[column]) for row in cells[1:])
    )


_NUMBER = re.compile(r"-?[\d,]*\.?\d*%?")


def table_csv(table: pd.DataFrame, lang: Lang) -> bytes:
    """Return a frame as CSV in UTF-8 with a byte order mark, numbers as they are."""
    return csv_bytes(rows(table, lang, raw=True))


def table_markdown(table: pd.DataFrame, lang: Lang, *, share: bool = False) -> str:
    """Return a frame as a Markdown table."""
    header, *body = rows(table, lang, share=share)
    lines = [header, tuple("---" for _ in header), *body]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines)


def table_json(table: pd.DataFrame) -> str:
    """Return a frame as JSON: the version, and one object for each row, under the columns' own names."""
    flat = _flat(table)
    records = [
        {str(key): _plain(value) for key, value in zip(flat.columns, row, strict=True)}
        for row in flat.itertuples(index=False, name=None)
    ]
    return json.dumps({"schema": SCHEMA, "rows": records}, ensure_ascii=False, indent=2)


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose rows' names, where they have any, are columns."""
    if table.index.names == [None]:
        return table
    names = table.index.to_frame(index=False).astype(object)
    body = table.reset_index(drop=True)
    body.columns = [_text(key) for key in table.columns]
    return names.join(body)


def _heading(key: str, table: pd.DataFrame, lang: Lang) -> str:
    """Return what stands above a column of a pivot: 4月 where months stand across."""
    if table.columns.name == "month" and key.isdecimal():
        return f"{key}月" if lang == "ja" else key
    return key


def _cell(value: Any, *, raw: bool, share: bool) -> str:
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "✓" if plain else ""
    if isinstance(plain, float) and not raw:
        return f"{plain:.1%}" if share else f"{plain:,.1f}"
    return f"{plain:.6g}" if isinstance(plain, float) else str(plain)


def _plain(value: Any) -> Any:
    """Return a value of a frame as JSON has it; None for what is missing."""
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT equal nothing
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value


def _text(value: Any) -> str:
    return str(_plain(value))


def listed(text: str) -> Iterator[str]:
    """Yield the words of a list as people write it: 職員,月 or 職員、月."""
    yield from (word.strip() for word in text.replace("、", ",").split(",") if word.strip())
