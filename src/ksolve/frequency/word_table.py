"""The table of words, as it stands in words.tsv: the parts of expressions, and the rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files


@dataclass(frozen=True, eq=False)
class Row:
    """A way of saying something: an example, what it says, and the expression of its words.

    A text that it matches has one of its `letters`, where these are given.
    """

    example: str
    says: tuple[str, ...]
    letters: frozenset[str]
    expression: str

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """What finds the expression at a place of a text; it is compiled when it is first needed."""
        return re.compile(self.expression).match


def expanded(expression: str, parts: dict[str, str]) -> str:
    """Return an expression with its parts in place of their names, <COUNT> and so on."""
    return re.sub("<([A-Z_]+)>", lambda name: parts[name[1]], expression)


def _read() -> tuple[dict[str, str], tuple[Row, ...]]:
    parts: dict[str, str] = {}
    rows: list[Row] = []
    for line in files("ksolve.frequency").joinpath("words.tsv").read_text(encoding="utf-8").splitlines():
        if part := re.match("([A-Z_]+) = (.*)", line):
            parts[part[1]] = expanded(part[2], parts)
        elif line and not line.startswith("#"):
            example, words, expression = line.split("\t")
            says, _, letters = words.partition(" if=")
            rows.append(Row(example, tuple(says.split()), frozenset(letters), expanded(expression, parts)))
    return parts, tuple(rows)


PARTS, ROWS = _read()
