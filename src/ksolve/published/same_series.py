"""Rows of one programme with a date or some each (10 rows, 第1回 to 第10回; a row a month), made one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ksolve.calendar import month_position
from ksolve.frequency import Range
from ksolve.published.cell.findings import Findings
from ksolve.published.rows import MarkKind, PublishedRow

_NUMBER = re.compile(r"[(（【]?第?\s*[0-9０-９①-⑳一二三四五六七八九十]+\s*回(?:目)?[)）】]?[\s:：]*|[①-⑳]")
"""第3回 料理教室 is a session of 料理教室."""


def joined(rows: Sequence[PublishedRow], findings: Findings) -> Iterator[PublishedRow]:
    """Yield the rows, those that are dates of one programme as one with all of them.

    They are of one programme where name, group, place, hours and audience are the same, and the
    dates of a row that has several follow those above. The row that is left stands at the first of
    their lines.
    """
    groups: dict[object, list[PublishedRow]] = {}
    for row in rows:
        groups.setdefault(_key(row) or row.line, []).append(row)
    for found in groups.values():
        if len(found) > 1 and (all(len(row.marks) == 1 for row in found) or _is_in_turn(found)):
            yield _one(found, findings)
        else:
            yield from found


def _is_in_turn(rows: Sequence[PublishedRow]) -> bool:
    """Tell rows whose dates go on from one to the next; those of two courses would run side by side."""
    days = [[(month_position(day.month), day.day) for day in row.dates] for row in rows]
    return all(max(above) < min(below) for above, below in pairwise(days))


def _key(row: PublishedRow) -> object:
    """Return what rows of one programme have in common, nothing for a row that has not just dates."""
    days = len(row.marks)
    is_dated = all(mark.kind is MarkKind.DATE for mark in row.marks) and row.count == Range(days, days)
    name = _name(row)
    if (
        not days
        or not is_dated
        or not name
        or row.components
        or row.parts
        or row.binding
        or row.is_publication
    ):
        return None
    return name, row.category, row.place, row.facility, row.hours, row.audience, row.people


def _name(row: PublishedRow) -> str:
    return _NUMBER.sub("", row.name).strip()


def _one(rows: Sequence[PublishedRow], findings: Findings) -> PublishedRow:
    first, count = rows[0], sum(len(row.marks) for row in rows)
    findings.say("rows-joined", first.line, 1, name=_name(first), rows=len(rows), count=count)
    contents = list(dict.fromkeys(row.content for row in rows if row.content))
    remarks = [pair for row in rows for pair in row.remarks]
    if len(contents) > 1:
        remarks += [(str(row.dates[0]), row.content) for row in rows if row.content]
    return replace(
        first,
        name=_name(first),
        content=contents[0] if len(contents) == 1 else "",
        frequency_text="",
        frequency=None,
        count=Range(count, count),
        counted_from="dates",
        marks=tuple(mark for row in rows for mark in row.marks),
        promises=tuple(promise for row in rows for promise in row.promises),
        remarks=tuple(dict.fromkeys(remarks)),
        dittos=tuple(ditto for row in rows for ditto in row.dittos),
        is_new=any(row.is_new for row in rows),
    )
