"""One event of an external file as it stands there, before its year is known."""

from __future__ import annotations

from dataclasses import dataclass

from ksolve.calendar import YearlyDay
from ksolve.clock import Spans
from ksolve.findings import Place


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of days with its name; the days may leave out their year.

    `concerned` are programmes, tags or audiences that the file names for it.
    """

    first: YearlyDay
    last: YearlyDay
    name: str
    place: Place
    hours: Spans | None = None
    tentative: bool = False
    concerned: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The days as plans write them: 6/2〜6/24."""
        return str(self.first) if self.first == self.last else f"{self.first}〜{self.last}"
