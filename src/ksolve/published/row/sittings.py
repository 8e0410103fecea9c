"""Several times of day in one cell (11:00～/14:00～): so many sessions on each day of a row."""

from __future__ import annotations

from dataclasses import replace

from ksolve.frequency import Frequency, Per, Term
from ksolve.frequency.algebra import summed
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import Role
from ksolve.published.layout.columns import Columns
from ksolve.published.row.how_often import HowOften
from ksolve.published.row.particulars import sittings_in


def with_sittings(row: Row, columns: Columns, when: HowOften, findings: Findings) -> HowOften:
    """Return a row with a session at each of the times that its cell of hours lists.

    Only where its days are named (毎週土曜日, 第3日曜日): of days still to be found it could not be
    held that two sessions are on one of them.
    """
    column = columns.single.get(Role.HOURS)
    spans = sittings_in(row[column]) if column is not None else ()
    if column is None or not spans:
        return when
    at, found = (row.line, column + 1), row[column][:80]
    stated = when.frequency
    if not stated or when.days or not _names_days(stated):
        findings.say("unreadable-hours", *at, found=found)
        return when
    each = [Frequency("", tuple(replace(term, hours=span) for term in stated.terms)) for span in spans]
    findings.say("several-hours", *at, found=found, count=len(spans))
    frequency = summed(each)
    return replace(when, text=frequency.text, frequency=frequency)


def _names_days(frequency: Frequency) -> bool:
    """Whether a frequency says on which days all its sessions are, and nothing of their hours."""
    bare = frequency.meaning == Frequency("", frequency.terms)
    return bare and bool(frequency.terms) and all(map(_is_named, frequency.terms))


def _is_named(term: Term) -> bool:
    pattern = term.pattern
    if (
        pattern is None
        or term.hours
        or term.every > 1
        or term.count is None
        or term.count.low != term.count.high
    ):
        return False
    nth = term.per is Per.MONTH and term.count.low == len(pattern.nths) * max(1, len(pattern.weekdays))
    return nth or (term.per is Per.WEEK and term.count.low == len(pattern.weekdays))
