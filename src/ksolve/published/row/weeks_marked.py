"""○ under a part of a month (4月の第2週, 上旬): a session in it, where a frequency can say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from ksolve.calendar import MONTHS
from ksolve.frequency import Frequency
from ksolve.frequency.algebra import counted, in_months, summed
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.layout.columns import Columns
from ksolve.published.row.how_often import HowOften
from ksolve.published.row.months_marked import agrees, named_months
from ksolve.published.rows import Mark, MarkKind

_Placed = tuple[Mark, str]
"""A mark, and the part of the month that its column is for."""


def by_marked_weeks(
    when: HowOften, marks: Sequence[Mark], columns: Columns, shift: int, findings: Findings
) -> HowOften:
    """Return what a row says with its sessions in the parts of months that carry a mark.

    Where the row states more than a count, or a mark is no ○, the marks are read by their months.
    """
    placed = [(mark, columns.parts.get(mark.column - 1 - shift, "")) for mark in marks if mark.is_placing]
    if not any(part for _, part in placed):
        return when
    first = placed[0][0]
    meaning = _meant(placed) if all(map(_can_be_said, placed)) else None
    if meaning is None or not agrees(when, meaning):
        findings.say("part-not-kept", first.line, first.column, found="」「".join(_parts(placed)))
        return when
    at = first.line, first.column
    if any(mark.months == MONTHS for mark, _ in placed):
        findings.say("week-without-month", *at, found="」「".join(_parts(placed)))
    findings.say("parts-of-months", *at, found=meaning.text, count=meaning.year_count)
    return when.said_in_cells(meaning, first.column - 1)


def _parts(placed: Sequence[_Placed]) -> list[str]:
    return list(dict.fromkeys(part for _, part in placed if part))


def _can_be_said(placed: _Placed) -> bool:
    """Whether a mark is a ○ in a known part."""
    mark, part = placed
    return bool(part) and mark.kind is MarkKind.CIRCLE and not mark.readings


def _meant(placed: Sequence[_Placed]) -> Frequency | None:
    """Return the sessions as one frequency, None where a part is none that a frequency can name.

    Each third of a month has its own sessions; a week has one in all the months that are marked. A week holds
    one session of a series, so that the second ○ in a week is one of its own.
    """
    found: list[Frequency | None] = []
    weeks: dict[tuple[str, int], list[int]] = {}
    for mark, part in placed:
        if part.endswith("旬"):
            third = meaning_of(f"{mark.months[0]}月{part}")
            if third and mark.sessions > 1:
                third = replace(counted(third, mark.sessions), text=f"{third.text}に{mark.sessions}回")
            found.append(third)
            continue
        for _ in range(mark.sessions):
            number = next(n for n in count() if not set(mark.months) & set(weeks.get((part, n), ())))
            weeks.setdefault((part, number), []).extend(mark.months)
    for (part, _), months in weeks.items():
        weekly = meaning_of(f"月1回({part})")
        if weekly and len(months) < len(MONTHS):
            named = named_months(months)
            weekly = replace(in_months(weekly, named), text=f"{weekly.text}({named})")
        found.append(weekly)
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    return replace(summed(known), text="＋".join(one.text for one in known))
