"""One row of a table to one programme: which cells it uses, its count and its components."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ksolve.frequency import Frequency, FrequencyError, Hedge, Range, read_frequency
from ksolve.frequency.nearest import nearest
from ksolve.published.cells import Row
from ksolve.published.content import Content, is_description, read_content
from ksolve.published.layout import Columns
from ksolve.published.marks import mark_kind, read_mark
from ksolve.published.notes import Notes
from ksolve.published.promises import promises_of
from ksolve.published.rows import Component, Mark, PublishedRow
from ksolve.text import Text, plain

NEW = "【新規】"
_NOT_STATED = Range(0, None)
_SHORT = 12
"""An unreadable text of up to this many characters is a bad frequency, not a moved description."""


@dataclass(frozen=True, slots=True)
class _Where:
    """The columns that one row really uses; `shift` is how far it has moved to the right."""

    content: int | None
    described: int | None
    frequency: int
    shift: int = 0


def read_programme(row: Row, columns: Columns, category: str, notes: Notes) -> PublishedRow:
    """Return the programme of one row; `category` is the last one named above it, or its own."""
    where = _where(row, columns, notes)
    own = notes.take(row, columns.name, "name")
    content_text = notes.take(row, where.content, "content")
    described = notes.take(row, where.described, "content")
    stated = notes.take(row, where.frequency, "frequency")
    content, facts = read_content(content_text), read_content(described)
    name = (content.name or content_text) if where.shift else content.name
    frequency = _frequency(row, where.frequency, notes)
    count, counted_from = _count(row, where, frequency, facts, notes)
    read = PublishedRow(
        line=row.line,
        category="" if not name else category,
        name=(name or own or category).replace(NEW, ""),
        content=content_text,
        frequency_text=stated,
        frequency=frequency,
        count=count,
        counted_from=counted_from,
        components=_components(row, where, content, count, frequency, notes),
        parts=facts.parts,
        marks=tuple(_marks(row, columns, where.shift, notes)),
        binding=facts.binding,
        is_new=NEW in own + content_text,
    )
    _note_bindings(read, (where.described or 0) + 1, notes)
    return replace(read, promises=promises_of(read, columns, where.shift, notes))


def _note_bindings(row: PublishedRow, column: int, notes: Notes) -> None:
    bound = [(row.name, row.binding), *((part.name, part.binding) for part in row.components)]
    for name, binding in bound:
        if binding:
            count = plain(binding.sessions) if binding.sessions else Text("すべての", "all")
            notes.say("held-together", row.line, column, name=name, partner=binding.name, count=count)


def _where(row: Row, columns: Columns, notes: Notes) -> _Where:
    """Find the row whose cells stand one column later, or one earlier, than the header says."""
    content, frequency = columns.content, columns.frequency
    usual = _Where(content, content, frequency)
    stated = row[frequency]
    if content is None or not row[content] or (stated and _meaning(stated)):
        return usual
    if stated and (is_description(stated) or _meaning(row[frequency + 1]) or len(stated) > _SHORT):
        notes.say("column-shifted", row.line, frequency + 1)
        return _Where(content, frequency, frequency + 1, shift=1)
    if not stated and row[columns.name] and _meaning(row[content]):
        notes.say("lost-cell", row.line, content + 1, name=row[columns.name])
        return _Where(None, None, content)
    return usual


def _meaning(text: str) -> Frequency | None:
    try:
        return read_frequency(text)
    except FrequencyError:
        return None


def _frequency(row: Row, column: int, notes: Notes) -> Frequency | None:
    text = row[column]
    if not text:
        return None
    try:
        meaning = read_frequency(text)
    except FrequencyError as error:
        notes.say(
            "unreadable-frequency",
            row.line,
            column + 1,
            found=text,
            character=error.column + 1,
            reason=error.reason,
            near=_near(error, notes),
        )
        return None
    _note_hedges(text, meaning, row, column, notes)
    return meaning


def _near(error: FrequencyError, notes: Notes) -> Text:
    """Name the nearest form; of a table with nothing but unreadable frequencies, for the first ones."""
    so_far = sum(found.rule == "unreadable-frequency" for found in notes.findings)
    near = nearest(error) if so_far < _MOST_NEAREST else ""
    return Text(f"。近い書き方: {near}", f"; nearest form: {near}") if near else Text("", "")


_MOST_NEAREST = 20


def _note_hedges(text: str, meaning: Frequency, row: Row, column: int, notes: Notes) -> None:
    if any(term.hedges - {Hedge.USUALLY} for term in meaning.terms):
        notes.say("tentative-count", row.line, column + 1, found=text, count=meaning.year_count)


def _count(
    row: Row,
    where: _Where,
    frequency: Frequency | None,
    facts: Content,
    notes: Notes,
) -> tuple[Range, str]:
    """Return the sessions of a year and what says so: the frequency, the places named, nothing."""
    if frequency:
        _note_restated(row, where, frequency, facts, notes)
        return frequency.year_count, "frequency"
    if row[where.frequency]:
        return _NOT_STATED, "nothing"
    if facts.sites:
        total = sum(count for _, count in facts.sites)
        units = "・".join(f"{kind}{count}" for kind, count in facts.sites)
        notes.say("derived-count", row.line, where.frequency + 1, units=units, count=total)
        return Range(total, total), "sites"
    notes.say("missing-frequency", row.line, where.frequency + 1)
    return _NOT_STATED, "nothing"


def _note_restated(row: Row, where: _Where, frequency: Frequency, facts: Content, notes: Notes) -> None:
    for text in facts.restated:
        same = read_frequency(text).year_count == frequency.year_count
        name = "restated-frequency" if same else "frequency-contradiction"
        notes.say(name, row.line, (where.described or 0) + 1, found=text)


def _components(
    row: Row,
    where: _Where,
    content: Content,
    count: Range,
    frequency: Frequency | None,
    notes: Notes,
) -> tuple[Component, ...]:
    """Hold the components' sum against the row's count; an open one takes the remainder."""
    column = (where.content or 0) + 1
    counted = [part for part in content.components if part.frequency.terms]
    for part in counted:
        _note_hedges(part.text, part.frequency, row, column - 1, notes)
    if frequency and frequency.is_service:
        for part in counted:
            notes.say("optional-sessions", row.line, column, name=part.name, count=part.count)
    if not frequency or frequency.is_service or not counted:
        return content.components
    total = sum((part.count for part in counted), Range(0, 0))
    opened = [part for part in content.components if part.open]
    if len(opened) == 1 and total.high is not None and count.high is not None and total.high <= count.low:
        rest = Range(count.low - total.high, count.high - total.low)
        notes.say("open-component", row.line, column, name=opened[0].name, count=rest)
        return tuple(replace(part, count=rest) if part.open else part for part in content.components)
    if total != count:
        notes.say("component-sum", row.line, column, sum=total, count=count)
    return content.components


def _marks(row: Row, columns: Columns, shift: int, notes: Notes) -> list[Mark]:
    """Read every month cell; one that holds no mark is an error."""
    marks: list[Mark] = []
    for column in row.filled:
        if (row.line, column + 1) in notes.ledger:
            continue
        cell = row.cell(column)
        kind = mark_kind(cell.text)
        if column < columns.first_month + shift:
            notes.take(row, column, "finding")
            notes.say("cell-not-read", row.line, column + 1, found=cell.text)
        elif kind is None:
            notes.take(row, column, "finding")
            notes.say("unknown-mark", row.line, column + 1, mark=cell.text)
        else:
            notes.take(row, column, "mark")
            marks.append(read_mark(cell, kind, columns, shift))
    return marks
