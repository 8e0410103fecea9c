"""What the header of a table has to say for itself: its years, and columns that are odd."""

from __future__ import annotations

import re

from ksolve.calendar import MONTHS, FiscalYear, find_fiscal_years
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.header_words import Role
from ksolve.published.cell.holds import says_when
from ksolve.published.cell.years import fiscal_years_in
from ksolve.published.layout.blocks import Block
from ksolve.published.layout.columns import is_other_matter
from ksolve.text import Text

_ERA = re.compile(r"令和|平成|昭和")
_LONGEST = 60
"""An era is looked for in so many characters of a cell."""


def read_header(block: Block, titled: FiscalYear | None, findings: Findings) -> None:
    """Hold the eras that the header names against the title's year, name odd columns."""
    eras: list[tuple[str, FiscalYear, int]] = []
    for row in block.headers:
        for column, text in row.texts.items():
            named = find_fiscal_years(text[:_LONGEST]) if _ERA.search(text) else ()
            eras += [(spelled, found, column) for spelled, found in named]
    if titled and {found.start for _, found, _ in eras} - {titled.start, titled.start + 1}:
        findings.say(
            "era-contradiction",
            block.line,
            eras[0][2] + 1,
            found="/".join(spelled for spelled, _, _ in eras),
            title=titled,
            first=titled.start,
            second=titled.start + 1,
        )
    _note_columns(block, findings)
    if not block.body:
        findings.say("empty-table", block.line, 1)


def note_another_year(block: Block, heading: str, year: FiscalYear | None, findings: Findings) -> None:
    """Say that a table is headed by another year (令和5年度 実績) than that of the plan."""
    named = fiscal_years_in(heading)
    if year and named and year not in named:
        findings.say("another-year", block.line, 1, found=heading, year=year)


def _note_columns(block: Block, findings: Findings) -> None:
    columns = block.columns
    for column in columns.unknown:
        _note_unknown(block, column, findings)
    for column, role in columns.told.items():
        found = block.headers[-1][column]
        findings.say("column-by-content", block.line, column + 1, found=found, role=_ROLES[role])
    labels = [(months, columns.parts.get(column)) for column, months in columns.months.items()]
    if columns.labels != len(set(labels)) and not any(row.covered for row in block.headers):
        findings.say("month-label-repeated", block.line, columns.first_month + 1)
    if columns.month_cells > columns.labels == len(MONTHS):
        at = block.line, columns.first_month + 1
        findings.say("wide-body", *at, cells=columns.month_cells, labels=columns.labels)


def _note_unknown(block: Block, column: int, findings: Findings) -> None:
    """Say of a column without a meaning what is kept of it; among the months its cells are lost."""
    columns, at = block.columns, (block.line, column + 1)
    word, texts = columns.others[column], [row[column] for row in block.body if row[column]]
    said = next((text for text in texts if says_when(text)), "")
    among = columns.first_month < column < max(columns.months, default=-1) and not word.endswith("計")
    if texts and (among or (_LIKE_MONTH.search(word) and not columns.told)):
        findings.say("month-label-unread", *at, found=word, cells=len(texts))
    elif said and not is_other_matter(word):
        findings.say("column-says-when", *at, found=word, example=said)
    else:
        findings.say("unknown-column", *at, found=word)


_LIKE_MONTH = re.compile(r"^[(]?(?:R|H|令和|平成|20\d\d).*\d{1,2}月?$|\d月[^日]*$")


_ROLES = {
    Role.NAME: Text("事業の名前", "the programmes"),
    Role.DATES: Text("日付", "dates"),
    Role.FREQUENCY: Text("回数や頻度", "how often"),
    Role.PERIOD: Text("時期", "when"),
    Role.HOURS: Text("時刻", "the hours"),
    Role.WEEKDAY: Text("日付の曜日", "the weekdays of the dates"),
}
