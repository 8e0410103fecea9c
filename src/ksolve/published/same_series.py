"""Rows of one programme with one date each (10 rows, 第1回 to 第10回), made one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ksolve.frequency import Range
from ksolve.published.cell.findings import Findings
from ksolve.published.rows import MarkKind, PublishedRow

_NUMBER = re.compile(r"[(（【]?第?\s*[0-9０-９①-⑳一二三四五六七八九十]+\s*回(?:目)?[)）】]?[\s:：]*|[①-⑳]")
"""第3回 料理教室 is a session of 料理教室."""


def joined(rows: Sequence[PublishedRow], findings: Findings) -> Iterator[PublishedRow]:
    """Yield the rows, those that are single dates of one programme as one with all of them.

    They are of one programme where name, group, place, hours and audience are the same. The row
    that is left stands at the first of their lines.
    """
    groups: dict[object, list[PublishedRow]] = {}
    for row in rows:
        groups.setdefault(_key(row) or row.line, []).append(row)
    for found in groups.values():
        yield _one(found, findings) if len(found) > 1 else found[0]


def _key(row: PublishedRow) -> object:
    """Return what rows of one programme have in common, nothing for a row that has not just one date."""
    (mark, *others) = row.marks or (None,)
    is_single = mark is not None and not others and mark.kind is MarkKind.DATE and row.count == Range(1, 1)
    name = _name(row)
    if not is_single or not name or row.components or row.parts or row.binding or row.is_publication:
        return None
    return name, row.category, row.place, row.facility, row.hours, row.audience, row.people


def _name(row: PublishedRow) -> str:
    return _NUMBER.sub("", row.name).strip()


def _one(rows: Sequence[PublishedRow], findings: Findings) -> PublishedRow:
    first, count = rows[0], len(rows)
    findings.say("rows-joined", first.line, 1, name=_name(first), rows=count)
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
