"""Rows as CSV and tab-separated text, of which no spreadsheet runs a cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 with a byte order mark; no cell of it is a formula to Excel.

    A cell that begins with =, +, - or @ gets an apostrophe in front, which `unguarded` takes away; a number
    below 0 stays one.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(map(_guarded, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def tsv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as tab-separated text in UTF-8 with a byte order mark, no cell a formula (see `csv_bytes`).

    White space within a cell becomes one space.
    """
    lines = ("\t".join(_guarded(" ".join(cell.split())) for cell in row).rstrip("\t") for row in rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8-sig")


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell of a CSV file as it was before `csv_bytes` guarded it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


_FORMULA = re.compile(r"(?!-\d+(?:\.\d+)?\Z)'*[=+\-@＝＋－＠\t\r].", re.DOTALL | re.ASCII)
"""What a spreadsheet may run, and what looks guarded already. A dash alone, or a number, is harmless."""
