"""The name of a programme: dates and frequencies within it, and several programmes in one cell."""

from __future__ import annotations

import re
from dataclasses import replace

from ksolve.frequency import Frequency
from ksolve.published.cell.dates import named_days
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import LONGEST, meaning_of
from ksolve.published.cell.grid import Row
from ksolve.published.layout.columns import Columns
from ksolve.published.row.how_often import HowOften
from ksolve.published.rows import Component

_IN_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_EVENT = re.compile(
    r".{1,10}(?:会|訓練|測定|検査|健診|検診|相談|教室|講座|遠足|式|まつり|祭り|祭|大会|点検|体験|見学|参観|懇談|面談|清掃|体操|遊び|あそび|コンサート|映画)"
)
_FEWEST_EVENTS = 3
"""So many events in a row are several programmes; two may be the name of one."""


def programmes_in_name(
    row: Row, when: HowOften, columns: Columns, findings: Findings
) -> tuple[HowOften, str, tuple[Component, ...]]:
    """Return how often, the name, and the programmes that a name cell itself lists.

    Brackets after a name say how often where nothing else does; several events (誕生会・身体測定・避難訓練)
    with one frequency are each held as often.
    """
    own = row[columns.name]
    if columns.is_tree:
        return when, own, ()
    if when.pieces or when.days:
        return _each_as_often(row, when, columns, findings)
    found = in_brackets(own, surely=columns.in_brackets)
    if not found:
        return when, own, ()
    text = "＋".join(text for _, text, _ in found)
    meaning = found[0][2] if len(found) == 1 else meaning_of(text)
    parts = tuple(Component(name, text, one, one.year_count) for name, text, one in found)
    name = "、".join(part.name for part in parts)
    return replace(when, text=text, frequency=meaning, column=columns.name), name, parts[1:] and parts


def _each_as_often(
    row: Row, when: HowOften, columns: Columns, findings: Findings
) -> tuple[HowOften, str, tuple[Component, ...]]:
    """Return each of several events with the frequency of their row, where it counts sessions."""
    own = row[columns.name]
    events = _events(own)
    if len(events) < 2:
        return when, own, ()
    counted = when.frequency and any(term.count or term.pattern for term in when.frequency.terms)
    whole = meaning_of("＋".join([when.text] * len(events))) if counted and not when.days else None
    is_listed = len(events) >= _FEWEST_EVENTS and not any(map(str.isspace, own))
    if not is_listed or whole is None or when.frequency is None:
        findings.say("several-in-name", row.line, columns.name + 1, name=own)
        return when, own, ()
    each = when.frequency
    parts = tuple(Component(name, when.text, each, each.year_count) for name in events)
    findings.say("events-in-name", row.line, columns.name + 1, name=own, events=len(events), each=when.text)
    return replace(when, frequency=whole), own, parts


def _events(name: str) -> list[str]:
    """Return the events that a name lists, none where any of its parts is no name of an event."""
    parts = [
        part.strip() for part in re.split(r"[・、,，/／\s](?![^(（]*[)）])", name[:LONGEST]) if part.strip()
    ]
    return parts if all(_EVENT.fullmatch(part) for part in parts) else []


def in_brackets(name: str, *, surely: bool) -> list[tuple[str, str, Frequency]]:
    """Return the programmes of a name cell with their frequencies: 鼓笛ドリル大会(11月)、鼓笛まつり(3月).

    Where the header does not say that brackets hold one (`surely`), only a bracket with a count
    or a month is taken. Empty where one of several has no frequency.
    """
    found = []
    for part in _split(name[:LONGEST]):
        read = [(match, meaning_of(match[1])) for match in _IN_BRACKETS.finditer(part)]
        good = [(match, one) for match, one in read if one and (surely or re.search(r"[回月]", match[1]))]
        if not good:
            return []
        match, meaning = good[-1]
        bare = (part[: match.start()] + part[match.end() :]).strip()
        found.append((bare, match[1], meaning))
    return found if all(bare for bare, _, _ in found) else []


def _split(name: str) -> list[str]:
    """Split at 、 outside brackets."""
    return [part for part in re.split(r"[、,，](?![^(（]*[)）])", name) if part.strip()]


def note_name(row: Row, columns: Columns, name: str, findings: Findings) -> None:
    """Say that a name holds dates that are not used (映画会 8/6・20, 入園式(8日)), or several programmes.

    A list of names of which one has a day is several, in a table that says only in which month they are.
    """
    words = name[-_LONGEST_DATES:].split()
    last = words[-1:] if len(words) > 1 and ("/" in words[-1] or "月" in words[-1]) else []
    for found in [*last, *_DATES_IN_BRACKETS.findall(name[-_LONGEST_DATES:])]:
        if named_days(found, month=1):
            findings.say("dates-in-name", row.line, columns.name + 1, found=found)
    if columns.frequency is None and not columns.months and _LISTED.search(name):
        findings.say("several-in-name", row.line, columns.name + 1, name=name)


_LONGEST_DATES = 60
_DATES_IN_BRACKETS = re.compile(r"[(（]([^()（）]*[日/][^()（）]*)[)）]")
_LISTED = re.compile(r"[日)][)）][、，,・]|[、，,・][^、，,・]+日[)）]$")
