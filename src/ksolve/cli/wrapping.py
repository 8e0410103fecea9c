"""Text broken into lines of a terminal, where a Japanese character is two cells wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_PIECE = re.compile(
    r"[「『（《【]*(?:[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|[^\s])[、。，．」』）》】々ーっゃゅょッャュョ！？：；]*|\s+"
)
"""What stays on one line: a word between spaces, or a Japanese character, with the signs that hang on it."""


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most `width` cells; line breaks in it stay."""
    return [line for paragraph in text.splitlines() for line in _lines(paragraph, max(width, 2))]


def _lines(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(paragraph, width):
        if cell_len(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def _pieces(paragraph: str, width: int) -> Iterator[str]:
    """Yield what must not be broken; a piece that is wider than a line is broken all the same."""
    for found in _PIECE.findall(paragraph):
        if cell_len(found) <= width:
            yield found
        else:
            yield from found


def padded(text: str, width: int) -> str:
    """Return a text with spaces behind it up to `width` cells."""
    return text + " " * max(0, width - cell_len(text))
