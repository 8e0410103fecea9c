"""The parser of frequencies: built from the grammar once, then kept in the user's cache directory."""

from __future__ import annotations

import io
import sys
from functools import cache
from importlib.resources import files

import lark
from lark import Lark

from ksolve.cache import keep, recall
from ksolve.frequency.scanning import StateLexer

_KIND = "parsers"
_PLUGINS = {"ContextualLexer": StateLexer}


@cache
def parser() -> Lark:
    """Return the parser of grammar.lark: the one kept, or one built from it and then kept.

    Building takes five times as long as loading. It is kept under the grammar, the lexer, and the
    versions of lark and Python. Where no file can be read or written, the parser is built each time.
    """
    grammar = files("ksolve.frequency").joinpath("grammar.lark").read_bytes()
    table = load_table(grammar)
    if table is not None:
        return Lark.load(io.BytesIO(table))
    built = Lark(
        grammar.decode(),
        parser="lalr",
        maybe_placeholders=True,
        propagate_positions=True,
        _plugins=_PLUGINS,
    )
    saved = io.BytesIO()
    built.save(saved)
    keep(_KIND, _key(grammar), saved.getvalue())
    return built


def _key(grammar: bytes) -> bytes:
    return grammar + f"{lark.__version__} {sys.version} {_PLUGINS}".encode()


def load_table(grammar: bytes) -> bytes | None:
    """Return the table that was kept, None where it is missing, damaged or another grammar's."""
    return recall(_KIND, _key(grammar))
