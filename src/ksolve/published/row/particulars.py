"""What stands beside a programme: hours, place, audience, remarks, and the printed total."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ksolve.clock import Span, clock
from ksolve.frequency import Range
from ksolve.letters import narrow
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import span_of
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import Role, plain
from ksolve.published.cell.places import WHOLE_HOUSE, rooms_in
from ksolve.published.layout.columns import Columns
from ksolve.published.row.agreement import Dated


@dataclass(frozen=True, slots=True)
class Particulars:
    """The other columns of a row; `remarks` are (heading, text)."""

    hours: Span | None
    place: str
    audience: str
    total: int | None
    facility: str
    people: int
    remarks: tuple[tuple[str, str], ...]


def read_particulars(
    row: Row, columns: Columns, unused: Sequence[tuple[str, str]], findings: Findings
) -> Particulars:
    """Read the columns that say neither what nor when; `unused` are texts that were to say when."""
    single, texts = columns.single, row.texts
    beside = {role: texts.get(column, "") for role, column in single.items()}
    remarks = [(word, texts[column]) for column, word in columns.others.items() if column in texts]
    hours, unread = _hours(row, single, findings)
    people = _people(beside.get(Role.PEOPLE, ""))
    if not people:
        unread.append(("定員", beside.get(Role.PEOPLE, "")))
    place = beside.get(Role.PLACE, "")
    _note_rooms(row, single.get(Role.PLACE), place, findings)
    return Particulars(
        hours,
        place,
        beside.get(Role.AUDIENCE, ""),
        _total(row, single.get(Role.TOTAL), findings),
        beside.get(Role.FACILITY, ""),
        people,
        tuple((word, text) for word, text in [*remarks, *unused, *unread] if text),
    )


def _note_rooms(row: Row, column: int | None, place: str, findings: Findings) -> None:
    """Say where a place is read as several rooms."""
    if column is None:
        return
    rooms = rooms_in(place)
    if place in WHOLE_HOUSE:
        findings.say("whole-house", row.line, column + 1, found=place)
    elif len(rooms.names) > 1:
        name = "any-of-rooms" if rooms.is_any else "several-rooms"
        findings.say(name, row.line, column + 1, found=place, rooms="」「".join(rooms.names))


def _hours(
    row: Row, single: Mapping[Role, int], findings: Findings
) -> tuple[Span | None, list[tuple[str, str]]]:
    """Return from when to when, and the texts that say something else."""
    columns = [
        single[role] for role in (Role.HOURS, Role.START, Role.END) if role in single and row[single[role]]
    ]
    if not columns:
        return None, []
    others: list[int] = []
    if Role.HOURS in single and row[single[Role.HOURS]]:
        columns, others = [single[Role.HOURS]], columns[1:]
    unread = [(HOURS, row[column]) for column in others]
    texts = [row[column] for column in columns]
    span = span_of("~".join(texts))
    if span:
        return span, unread
    at = columns[0]
    found = " ".join(texts)[:80]
    if not is_no_time(found) and len(sittings_in(texts[0])) < _TWO:  # those are read with the days of the row
        name = "half-day-hours" if half_of_day(found) else "unreadable-hours"
        findings.say(name, row.line, at + 1, found=found)
    return None, [*((HOURS, text) for text in texts), *unread]


HOURS = "時刻"
"""The heading under which a remark keeps hours that are no time of day."""
_TWO = 2


def half_of_day(text: str) -> str:
    """Return 午前 or 午後 of a text that says no more of the time, empty where it is another."""
    found = re.fullmatch(r"(午前|午後)(?:中|の部)?", plain(text))
    return found[1] if found else ""


def is_no_time(text: str) -> bool:
    """Tell a dash in a column of hours."""
    return not plain(text).strip("~ー－―")


def sittings_in(text: str) -> tuple[Span, ...]:
    """Return the several times of day that a cell lists (10:00～11:30/13:30～15:00, ①10:00～ ②14:00～)."""
    parts = [part for part in _BETWEEN.split(narrow(text[:_LONGEST])) if part.strip()]
    spans = [span_of(part) for part in parts]
    found = tuple(span for span in spans if span)
    in_turn = all(above[1] <= below[0] for above, below in pairwise(found))
    return found if 1 < len(found) == len(spans) and in_turn else ()


_BETWEEN = re.compile(r"[/、,・;\n①②③④]|及び|および|と|(?<=[0-9半分~])\s+(?=[0-9午])")


def with_start(particulars: Particulars, dated: Sequence[Dated], findings: Findings) -> Particulars:
    """Take the time that stands with the dates where no column says the hours; one for all dates."""
    starts = sorted({named.start for _, named in dated if named.start is not None})
    if not starts or particulars.hours:
        return particulars
    if len(starts) == 1:
        return replace(particulars, hours=(starts[0], starts[0]))
    mark = dated[0][0]
    findings.say(
        "unreadable-hours", mark.line, mark.column, found="・".join(clock(start) for start in starts)
    )
    return particulars


def _people(text: str) -> int:
    """Return how many people a text names (30名, 各20組40人): the last number, 0 where it names none."""
    found = re.findall(r"(\d{1,4})(?=人|名|$)", plain(text[:_LONGEST]))
    return int(found[-1]) if found else 0


_LONGEST = 40


def _total(row: Row, column: int | None, findings: Findings) -> int | None:
    if column is None or not row[column]:
        return None
    text = plain(row[column][:20]).rstrip("回日")
    if not text.isascii() or not text.isdecimal():
        findings.refuse(row, column, "cell-not-read", found=row[column])
        return None
    return int(text)


def note_total(row: Row, columns: Columns, total: int | None, count: Range, findings: Findings) -> None:
    """Say where the printed total is not the count that the frequency promises."""
    if total is not None and total not in count:
        column = columns.single[Role.TOTAL] + 1
        findings.say("total-mismatch", row.line, column, total=total, count=count)
