"""The components of a row held against its count, and what its description restates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ksolve.frequency import Frequency, Range
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.grid import Row
from ksolve.published.row.content import Content
from ksolve.published.row.how_often import HowOften, note_certainty
from ksolve.published.rows import Component, PublishedRow
from ksolve.text import Text, plain


def components_of(
    row: Row,
    column: int,
    found: Sequence[Component],
    count: Range,
    frequency: Frequency | None,
    findings: Findings,
) -> tuple[Component, ...]:
    """Hold the components' sum against the row's count; an open one takes the remainder.

    `column` (from 0) is where they stand.
    """
    counted = [part for part in found if part.frequency.terms]
    for part in counted:
        note_certainty(row, HowOften(column=column), part.frequency, findings)
    if frequency and frequency.is_service:
        for part in counted:
            findings.say("optional-sessions", row.line, column + 1, name=part.name, count=part.count)
    if not frequency or frequency.is_service or not counted:
        return tuple(found)
    total = sum((part.count for part in counted), Range(0, 0))
    opened = [part for part in found if part.open]
    if len(opened) == 1 and total.high is not None and count.high is not None and total.high <= count.low:
        rest = Range(count.low - total.high, count.high - total.low)
        findings.say("open-component", row.line, column + 1, name=opened[0].name, count=rest)
        return tuple(replace(part, count=rest) if part.open else part for part in found)
    if total != count:
        findings.say("component-sum", row.line, column + 1, sum=total, count=count)
    return tuple(found)


def note_restated(row: Row, column: int, frequency: Frequency, facts: Content, findings: Findings) -> None:
    """Say what the description restates, and whether it agrees with the frequency column."""
    for text in facts.restated:
        restated = meaning_of(text)
        same = restated is not None and restated.year_count == frequency.year_count
        name = "restated-frequency" if same else "frequency-contradiction"
        findings.say(name, row.line, column + 1, found=text)


def note_bindings(row: PublishedRow, column: int, findings: Findings) -> None:
    """Say which sessions are held together with another programme's."""
    bound = [(row.name, row.binding), *((part.name, part.binding) for part in row.components)]
    for name, binding in bound:
        if binding:
            count = plain(binding.sessions) if binding.sessions else Text("すべての", "all")
            findings.say("held-together", row.line, column + 1, name=name, partner=binding.name, count=count)
