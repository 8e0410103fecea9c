"""The text of a cell as a frequency, and the nearest form of one that is none."""

from __future__ import annotations

from functools import lru_cache

from ksolve.clock import Span
from ksolve.frequency import Frequency, FrequencyError, Term, read_frequency
from ksolve.frequency.nearest import nearest
from ksolve.text import Text

LONGEST = 500
"""A text of more characters is no frequency: it is refused before it is taken apart."""


def meaning_of(text: str) -> Frequency | None:
    """Return a text as a frequency, None where it is none."""
    return read_text(text)[0]


@lru_cache(maxsize=8192)  # a column says few different things, and what is no frequency is met again too
def read_text(text: str) -> tuple[Frequency | None, FrequencyError | None]:
    """Return a text as a frequency, or else why it is none."""
    if len(text) > LONGEST or text.count("(") + text.count("（") > _DEEPEST:
        return None, FrequencyError(text, 0, _TOO_LONG)
    try:
        return read_frequency(text), None
    except FrequencyError as error:
        return None, error


_DEEPEST = 20
"""A text with more brackets is no frequency."""
_TOO_LONG = Text("長すぎて実施回数とは読めません", "too long for a frequency")


@lru_cache(maxsize=1024)
def nearest_to(text: str) -> str:
    """Return the form of a frequency that is nearest to a text that is none; empty where none is near."""
    error = read_text(text)[1]
    return nearest(error) if error else ""


def span_of(text: str) -> Span | None:
    """Return 9:30~12:00 or 10:30~ as minutes of the day, None where it says anything else."""
    meaning = meaning_of(text)
    if not meaning or len(meaning.terms) != 1 or meaning.services or meaning.otherwise or meaning.remarks:
        return None
    term = meaning.terms[0]
    return (
        term.hours
        if term == Term(hours=term.hours, per=term.per, count=term.count) and not term.count
        else None
    )
