"""What runs: this program's own files, Python, and the packages that it is installed with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

_READERS = ("pydantic", "pydantic_core", "yaml", "lark", "jpholiday", "openpyxl", "docx", "pdfplumber")
"""The packages that decide what a plan means."""
_DESCRIBED = (".dist-info", ".egg-info")


def identity() -> str | None:
    """Return what differs where the same files could mean something else, None where that is unknown.

    That is every byte of this program (2 ms), Python, the names and versions of all that is installed,
    and the place of each package that decides what a plan means.
    """
    try:
        parts = (sys.version, sys.flags.optimize, _code(), _installed(), [*map(_origin, _READERS)])
    except OSError:  # it runs from what is no folder
        return None
    return repr(parts)


def _code() -> str:
    found = sha256()
    for file in _files(str(Path(__file__).parent)):
        found.update(sha256(os.fsencode(file)).digest())
        found.update(sha256(Path(file).read_bytes()).digest())
    return found.hexdigest()


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        if not entry.is_dir():
            yield entry.path
        elif entry.name != "__pycache__":
            yield from _files(entry.path)


def _installed() -> list[str]:
    """Return the names of the folders that describe what is installed: they hold the versions."""
    found: list[str] = []
    for folder in sys.path:
        with suppress(OSError):
            found += [name for name in os.listdir(folder or ".") if name.endswith(_DESCRIBED)]  # noqa: PTH208 - text
    return sorted(found)


def _origin(package: str) -> str | None:
    with suppress(ValueError):  # something else put it there
        spec = find_spec(package)
        return spec.origin if spec else None
    return None
