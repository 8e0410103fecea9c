"""For a text that has no meaning: the nearest one that has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from ksolve.frequency.forms import forms
from ksolve.frequency.reading import FrequencyError, read_frequency
from ksolve.letters import bare

_INSERTED = ("回", "月", "曜日", ")", "を除く", "か月", "年", "グループ")
_CLOSE = 0.6
"""How alike a text and a form must be, from 0 to 1, for the form to be named."""


def nearest(error: FrequencyError) -> str:
    """Return a text near the one that was not understood which is, empty where none is near.

    For a slip only: what was read and makes no sense is for its author to decide. First the
    text with one slip mended where reading stopped, then the form most like it with its numbers.
    Neither drops a number or a word: what is near says no less than the text.
    """
    if not error.is_slip:
        return ""
    return next((text for text in _mended(error) if _is_read(text)), "") or _alike(error.text)


def _mended(error: FrequencyError) -> Iterator[str]:
    """Yield the text with one sign less, or one word more, around the place of the error."""
    text, column = error.text, error.column
    for at in (column, column - 1, column + 1):
        if 0 <= at < len(text) and (not text[at].isalnum() or text[at : at + 1] == text[at - 1 : at]):
            yield text[:at] + text[at + 1 :]
    for at in (column, len(text)):
        for word in _INSERTED:
            yield text[:at] + word + text[at:]


def _alike(text: str) -> str:
    """Return the form most like a text, with the text's own numbers where they fit."""
    plain = _shape(bare(text)[0])
    rated = [(SequenceMatcher(None, plain, _shape(form.example)).ratio(), form.example) for form in forms()]
    likeness, example = max(rated)
    if likeness < _CLOSE:
        return ""
    numbers = re.findall(r"\d+", bare(text)[0])
    if len(numbers) != len(re.findall(r"\d+", example)):
        return ""
    own = iter(numbers)
    filled = re.sub(r"\d+", lambda found: next(own, found[0]), example)
    return filled if _is_read(filled) else example


def _shape(plain: str) -> str:
    return re.sub(r"\d+|[一二三四五六七八九十]+(?=[回月か年])", "0", plain)


def _is_read(text: str) -> bool:
    try:
        meaning = read_frequency(text)
    except FrequencyError:
        return False
    return bool(meaning.terms or meaning.services)
