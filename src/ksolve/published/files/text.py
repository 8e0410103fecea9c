"""Tab-separated text and CSV to a grid."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from ksolve.errors import PlanError, fault
from ksolve.files.separated import unguarded
from ksolve.findings import Place
from ksolve.published.cell.grid import Grid, Row
from ksolve.published.messages import finding
from ksolve.text import Text

_MOST_LINES = 30_000
_LONG = Text("{most}行を超える表は読みません", "a table of more than {most} lines is not read")
_SMALLER = Text("表の部分だけを保存してください", "save the table alone")


def parse_grid(text: str, file: str) -> Grid:
    """Return text as a grid: comma-separated where its name ends in .csv or it holds no tab.

    Raises PlanError when there is no text in it or too much, or a quoted cell that is too long to be one.
    """
    if not text.strip():
        raise PlanError([finding("empty-file", Place(file))])
    if text.count("\n") > _MOST_LINES:
        raise PlanError([fault("too-large", _LONG.fill(most=f"{_MOST_LINES:,}"), Place(file), _SMALLER)])
    named_csv = PurePath(file).suffix.lower() == ".csv" and "," in text
    try:
        rows = tuple(_tab_rows(text) if "\t" in text and not named_csv else _comma_rows(text))
    except csv.Error as error:
        raise PlanError([finding("broken-csv", Place(file))]) from error
    if "'" in text:
        rows = tuple(replace(row, cells=tuple(map(unguarded, row.cells))) for row in rows)
    return Grid(file, rows)


def _tab_rows(text: str) -> Iterator[Row]:
    for line, content in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        yield Row(line, tuple(cell.strip() for cell in content.split("\t")))


def _comma_rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    start = 1
    for record in reader:
        yield Row(start, tuple(" ".join(cell.split()) for cell in record))
        start = reader.line_num + 1
