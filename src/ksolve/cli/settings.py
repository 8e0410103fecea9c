"""What `ksolve.toml` beside a plan says: the language, and what options are where they are not written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ksolve.cli.table import BY_NAME
from ksolve.errors import PlanError, fault, nearest
from ksolve.files import read_text
from ksolve.findings import Finding, Place
from ksolve.text import Text

NAME = "ksolve.toml"
SHARED = ("lang", "limit", "workers", "seed", "formats")
"""What may stand outside a command's table: it is for every command that has the option."""


def settings_file(arguments: Sequence[str]) -> Path | None:
    """Return the settings beside the first file that is named, which is the plan's; None where none are."""
    for one in arguments:
        path = Path(one)
        if not one.startswith("-") and path.is_file():
            beside = path.parent / NAME
            return beside if beside.is_file() else None
    return None


def read_settings(path: Path | None) -> Mapping[str, Any]:
    """Return what a settings file says. Raises PlanError with every key that means nothing."""
    if path is None:
        return {}
    text = read_text(path)
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = _position(str(error))
        place = Place(str(path), line, column)
        raise PlanError([fault("unreadable-settings", _NO_TOML.fill(why=error), place)]) from error
    if faults := list(_unknown(said, text, str(path))):
        raise PlanError(faults)
    return said


def defaults(said: Mapping[str, Any], command: str, names: Sequence[str]) -> dict[str, Any]:
    """Return what a command's options are by default; `names` are those that it has."""
    shared = {key: value for key, value in said.items() if key in SHARED and key in names}
    own = {key.replace("-", "_"): value for key, value in said.get(command, {}).items()}
    return shared | own


def unknown_options(
    path: Path | None, said: Mapping[str, Any], command: str, names: Sequence[str]
) -> Iterator[Finding]:
    """Yield the keys of a command's table that are none of its options."""
    for key in said.get(command, {}):
        if key.replace("-", "_") not in names and path is not None:
            text = _NO_OPTION.fill(key=key, command=command)
            known = [name.replace("_", "-") for name in names]
            yield fault("unknown-setting", text, _place(read_text(path), str(path), key), nearest(key, known))


def _unknown(said: Mapping[str, Any], text: str, file: str) -> Iterator[Finding]:
    for key, value in said.items():
        is_table = isinstance(value, dict)
        known = tuple(BY_NAME) if is_table else SHARED
        if key not in known:
            place = _place(text, file, f"[{key}" if is_table else key)
            yield fault("unknown-setting", _NO_KEY.fill(key=key), place, nearest(key, (*SHARED, *BY_NAME)))


def _place(text: str, file: str, begins: str) -> Place:
    """Return the first line that begins with a key."""
    lines = enumerate(text.splitlines(), start=1)
    return Place(file, next((number for number, line in lines if line.strip().startswith(begins)), 1))


def _position(message: str) -> tuple[int, int]:
    """Return the line and the column that tomllib names: ``(at line 3, column 5)``; of the end, 0 and 0."""
    found = re.search(r"at line (\d+), column (\d+)", message)
    return (int(found[1]), int(found[2])) if found else (0, 0)


_NO_TOML = Text("TOML として読めません: {why}", "it is no TOML: {why}")
_NO_KEY = Text("「{key}」という設定はありません", "there is no setting {key}")
_NO_OPTION = Text("{command} に --{key} というオプションはありません", "{command} has no option --{key}")
