"""The parser of frequencies: built from the grammar once, then kept in the user's cache directory."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import lark
from lark import Lark

from ksolve.frequency.scanning import StateLexer

_PLUGINS = {"ContextualLexer": StateLexer}


@cache
def parser() -> Lark:
    """Return the parser of grammar.lark: the one kept, or one built from it and then kept.

    Building takes five times as long as loading. What is kept begins with a digest of itself, the
    grammar, the lexer, and the versions of lark and Python: where that differs, the file is stale
    or damaged and is not looked at. Where no file can be read or written, the parser is built
    each time.
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
        _keep(kept, grammar, saved.getvalue())
    return built


def _kept_in() -> Path | None:
    """Return the file in the user's cache directory, None where there is no such directory."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        folder = Path(named) if named else Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        return None
    return folder / "ksolve" / "frequency.parser" if folder.is_absolute() else None


def _digest(grammar: bytes, table: bytes) -> bytes:
    made_by = f"{lark.__version__} {sys.version} {_PLUGINS}".encode()
    return sha256(b"\0".join((sha256(grammar).digest(), made_by, table))).digest()


def load_table(kept: Path, grammar: bytes) -> bytes | None:
    """Return the table that was kept, None where it is missing, damaged or another grammar's."""
    try:
        data = kept.read_bytes()
    except OSError:
        return None
    size = sha256().digest_size
    digest, table = data[:size], data[size:]
    return table if digest == _digest(grammar, table) else None


def _keep(kept: Path, grammar: bytes, table: bytes) -> None:
    """Write the table whole or not at all; a directory that takes no file is no fault."""
    with suppress(OSError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=kept.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(grammar, table) + table)
            Path(name).replace(kept)
        except OSError:
            Path(name).unlink()
            raise
