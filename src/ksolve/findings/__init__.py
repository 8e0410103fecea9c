"""A finding: what a reader, a loader or a check has to say, and where."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from ksolve.text import Lang, Text


class Severity(StrEnum):
    """How much a finding matters: an error stops, a warning wants a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def text(self) -> Text:
        """The word for people."""
        return _SEVERITY[self]


_SEVERITY = {
    Severity.ERROR: Text("エラー", "error"),
    Severity.WARNING: Text("注意", "warning"),
    Severity.NOTE: Text("参考", "note"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: 1-based line and column, 0 where there is none to name.

    `sheet` names the part of the file that line and column count in: a sheet of a book, a
    table of a document, a page.
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""

    def __lt__(self, other: Place) -> bool:
        """Tell which of two places comes first: the sheets of a book one after the other."""
        mine = (self.file, self.sheet, self.line, self.column)
        return mine < (other.file, other.sheet, other.line, other.column)

    def __str__(self) -> str:
        """Return ``file:line:column`` as editors and CI read it, ``book.xlsx[sheet]:C5`` in a book.

        Another part of a file (a page, a table of a document) is ``file[part]:line:column``.
        """
        if self.sheet and self.line and self.column and self.file.lower().endswith(_BOOKS):
            return f"{self.file}[{self.sheet}]:{column_letters(self.column)}{self.line}"
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([f"{self.file}[{self.sheet}]" if self.sheet else self.file, *numbers])


_BOOKS = (".xlsx", ".xlsm", ".xltx")


def column_letters(column: int) -> str:
    """Return how spreadsheets name a column, from 1: A, Z, AA."""
    letters = ""
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that has to be said: its stable name, its place, and what follows from it.

    `rule` is the stable name. `resolution` says what the program took it to mean, `remedy`
    what to do about it, or what to write in the plan to overrule it. `related` are other places
    that belong to it, such as the programmes of the sessions that clash.
    """

    rule: str
    severity: Severity
    text: Text
    place: Place | None = None
    sessions: tuple[str, ...] = ()
    resolution: Text | None = None
    remedy: Text | None = None
    related: tuple[Place, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What makes it the same finding in another run: rule, sessions and text, but no line of a file."""
        identity = json.dumps([self.rule, *self.sessions, self.text.ja])
        return hashlib.sha256(identity.encode()).hexdigest()[:32]

    def line(self, lang: Lang) -> str:
        """Return the finding as one line: ``place: severity[rule]: text -> resolution; remedy``.

        Of the related places it names at most five; machines get all of them.
        """
        where = f"{self.place}: " if self.place else ""
        line = f"{where}{self.severity.text(lang)}[{self.rule}]: {self.text(lang)}"
        if self.resolution:
            line += f" → {self.resolution(lang)}"
        if self.remedy:
            line += f" ({self.remedy(lang)})"
        if self.related:
            line += f" [{self._places(lang)}]"
        return line

    def _places(self, lang: Lang) -> str:
        shown = ", ".join(map(str, self.related[:_SHOWN]))
        more = len(self.related) - _SHOWN
        return shown + (_MORE.fill(more=more)(lang) if more > 0 else "")


_SHOWN = 5
_MORE = Text(" ほか{more}件", " and {more} more")
