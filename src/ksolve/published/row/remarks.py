"""Remarks beside a programme (備考) that say when or how often it is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ksolve.frequency import Months, Per, Range, Term
from ksolve.published.cell.cancelled import says_cancelled
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.grid import Row
from ksolve.published.layout.columns import Columns
from ksolve.published.row.how_often import HowOften
from ksolve.published.rows import PublishedRow


def with_months_of_remark(row: Row, columns: Columns, when: HowOften, findings: Findings) -> HowOften:
    """Take months that are all of a remark (10月～3月) where nothing else says when."""
    terms = when.frequency.terms if when.frequency else ()
    bare = [replace(term, months=None, without=None, within=(), dates=()) for term in terms]
    is_marked = when.days or any(row[column] for column in columns.months)
    if len(terms) != 1 or list(terms) != bare or terms[0].count is None or is_marked:
        return when
    for column, word, said in _remarks(row, columns):
        text = f"{when.text}、{said}"
        joined = meaning_of(text) if months_alone(said) else None
        if joined:
            findings.say("months-from-remark", row.line, column + 1, heading=word, found=said)
            return replace(when, text=text, frequency=joined)
    return when


def note_remarks(row: Row, columns: Columns, read: PublishedRow, findings: Findings) -> None:
    """Name the remarks that say when or how often, but for months in which the row is held anyway."""
    terms = read.frequency.terms if read.frequency else ()
    stated = [term.months for term in terms if term.months] + ([read.months] if read.months else [])
    held = {month for months in stated for month in months.values}
    for column, word, said in _remarks(row, columns):
        months = months_alone(said)
        if _says_when(said) and not (months and held and held <= set(months.values)):
            findings.say("remark-says-when", row.line, column + 1, heading=word, found=said)


def _remarks(row: Row, columns: Columns) -> Iterator[tuple[int, str, str]]:
    """Yield the remarks of a row as (column, heading, text), but for headings without a meaning."""
    for column, word in columns.others.items():
        said = row.texts.get(column, "")
        if said and column not in columns.unknown and column not in row.lent:
            yield column, word, said


def months_alone(text: str) -> Months | None:
    """Return the months of a text that says nothing else (10月～3月), None where it says more or less."""
    meaning = meaning_of(text)
    if not meaning or len(meaning.terms) != 1 or meaning.services:
        return None
    term = meaning.terms[0]
    each = Term(count=Range(1, 1), per=Per.MONTH, months=term.months)  # 5月・11月 is one in each
    is_alone = term.months and not term.months.either and term in (Term(months=term.months), each)
    return term.months if is_alone else None


def _says_when(text: str) -> bool:
    """Tell a remark that would change the sessions: 8月は休み, 10月は中止, and not 午前中 or 10時."""
    if says_cancelled(text):
        return True
    meaning = meaning_of(text)
    return any(
        term.count is not None or term.without or term.months or term.within
        for term in (meaning.terms if meaning else ())
    )
