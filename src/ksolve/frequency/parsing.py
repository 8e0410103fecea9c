"""The parser of frequencies: built from the grammar once, then kept in the user's cache directory."""

from __future__ import annotations

import io
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path

import lark
from lark import Lark

from ksolve.cache import cache_folder, keep, recall
from ksolve.frequency.scanning import StateLexer

_PLUGINS = {"ContextualLexer": StateLexer}


@cache
def parser() -> Lark:
    """Return the parser of grammar.lark: the one kept, or one built from it and then kept.

    Building takes five times as long as loading. It is kept under the grammar, the lexer, and the
    versions of lark and Python. Where no file can be read or written, the parser is built each time.
    """
    grammar = files("ksolve.frequency").joinpath("grammar.lark").read_bytes()
    kept = _kept_in()
    table = load_table(kept, grammar) if kept else None
    if table is not None:
        return Lark.load(io.BytesIO(table))
    built = Lark(
        grammar.decode(),
        parser="lalr",
        maybe_placeholders=True,
        propagate_positions=True,
        _plugins=_PLUGINS,
    )
    if kept:
        saved = io.BytesIO()
        built.save(saved)
        keep(kept, _key(grammar), saved.getvalue())
    return built


def _kept_in() -> Path | None:
    folder = cache_folder()
    return folder / "frequency.parser" if folder else None


def _key(grammar: bytes) -> bytes:
    return grammar + f"{lark.__version__} {sys.version} {_PLUGINS}".encode()


def load_table(kept: Path, grammar: bytes) -> bytes | None:
    """Return the table that was kept, None where it is missing, damaged or another grammar's."""
    return recall(kept, _key(grammar))
