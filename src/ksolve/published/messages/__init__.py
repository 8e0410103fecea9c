"""Every finding of the reader: its stable name, severity, sentence, resolution and remedy."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from ksolve.findings import Finding, Place
from ksolve.published.messages.about_counts import COUNTS
from ksolve.published.messages.about_dates import DATES
from ksolve.published.messages.about_files import FILES
from ksolve.published.messages.about_marks import MARKS
from ksolve.published.messages.about_tables import TABLES
from ksolve.published.messages.message import Message
from ksolve.text import Text

GROUPS: tuple[tuple[Text, dict[str, Message]], ...] = (
    (Text("ファイル", "Files"), FILES),
    (Text("表の形", "The table"), TABLES),
    (Text("回数", "Counts"), COUNTS),
    (Text("月の印", "Marks"), MARKS),
    (Text("日付", "Dates"), DATES),
)
MESSAGES: dict[str, Message] = {name: message for _, group in GROUPS for name, message in group.items()}

__all__ = ["GROUPS", "MESSAGES", "Message", "finding"]


def finding(name: str, place: Place, /, **values: Hashable) -> Finding:
    """Return the finding `name` with its sentences filled in."""
    text, resolution, remedy = _worded(name, **values)
    return Finding(name, MESSAGES[name].severity, text, place, resolution=resolution, remedy=remedy)


@lru_cache(maxsize=4096, typed=True)  # a table has few different things to say, each of many rows
def _worded(name: str, /, **values: Hashable) -> tuple[Text, Text | None, Text | None]:
    """Return the sentence, the resolution and the remedy of a finding."""
    message = MESSAGES[name]
    return (
        message.text.fill(**values),
        message.resolution and message.resolution.fill(**values),
        message.remedy and message.remedy.fill(**values),
    )
