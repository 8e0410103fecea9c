"""事業内容 of a printed row: what the table said, with the components as the plan has them now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ksolve.frequency import FrequencyError, read_frequency
from ksolve.published import PublishedRow
from ksolve.published.rows import Component
from ksolve.report.view import Line

NEW = "【新規】"
"""Stands before the name of a programme in its first year."""


def content_of(row: PublishedRow | None, parts: Sequence[Line]) -> str:
    """Return the content cell of a programme with these components.

    The text of the row that it was read from stays; a component with another frequency gets that one,
    one that the plan has no more goes, and one that the text does not name is added after the word 内訳.
    """
    text = _own(row) if row else ""
    known = {_squeezed(part.name): part for part in parts}
    for old in row.components if row else ():
        part = known.get(_squeezed(old.name))
        if part is None and parts:
            text = _without(text, old)
        elif part and part.frequency and not _same(part.frequency, old):
            text = text.replace(f"{old.name}{old.text}", f"{old.name}({in_brackets(part.frequency)})", 1)
    said = _squeezed(" ".join([text, *(mark.text for mark in row.marks)])) if row else ""
    added = [part for name, part in known.items() if name not in said]
    named = [f"{_squeezed(part.name)}({in_brackets(part.frequency)})" for part in added]
    return " ".join([text, *(["内訳", *named] if named else [])]).strip()


def _own(row: PublishedRow) -> str:
    """Return a row's content without the name, where both stand in one cell."""
    return row.content.removeprefix(NEW).strip().removeprefix(row.name).strip()


def _without(text: str, old: Component) -> str:
    note = f"[:：]{re.escape(old.note)}" if old.note else ""
    return re.sub(rf"{re.escape(old.name)}{re.escape(old.text)}(?:{note})?\s*", "", text, count=1)


def _same(frequency: str, old: Component) -> bool:
    try:
        return read_frequency(frequency).meaning == old.frequency.meaning
    except FrequencyError:
        return False


def _squeezed(name: str) -> str:
    return "".join(name.split())


def in_brackets(frequency: str) -> str:
    """Return a frequency as one word; a colon would begin a note (10:30 becomes 10時30分)."""
    return re.sub(r"(\d{1,2})[:：](\d\d)", r"\1時\2分", "".join(frequency.split()))
