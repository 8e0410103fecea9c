"""What `ksolve.toml` beside a plan says: the language, and what options are where they are not written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from ksolve.cli.table import BY_NAME
from ksolve.errors import PlanError, fault, nearest
from ksolve.files import is_file, read_text
from ksolve.findings import Finding, Place
from ksolve.text import Lang, Text

NAME = "ksolve.toml"
SHARED = ("lang", "limit", "workers", "seed", "formats")
"""What may stand outside a command's table: it is for every command that has the option."""


def settings_file(arguments: Sequence[str]) -> Path | None:
    """Return the settings beside the first file that is named, which is the plan's; None where none are."""
    for one in arguments:
        path = Path(one)
        if not one.startswith("-") and is_file(path):
            beside = path.parent / NAME
            return beside if is_file(beside) else None
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


def defaults(path: Path | None, command: str, options: Mapping[str, bool]) -> dict[str, Any]:
    """Return what the options of a command are by default, by the name that follows their dashes.

    `options` says of each that the command has whether it takes several values. Raises PlanError with
    every key that is no option, and every value that is one where several are wanted, or the other way.
    """
    said = read_settings(path)
    own = said.get(command, {})
    shared = {key: value for key, value in said.items() if key in SHARED and key in options}
    given: dict[str, Any] = shared | own
    text = read_text(path) if path else ""
    faults = [
        fault("unknown-setting", wrong, _place(text, str(path), key), remedy)
        for key, value in given.items()
        for wrong, remedy in _wrong(key, value, command, options)
    ]
    if faults:
        raise PlanError(faults)
    return given


def _wrong(
    key: str, value: Any, command: str, options: Mapping[str, bool]
) -> Iterator[tuple[Text, Text | None]]:
    if key not in options:
        yield _NO_OPTION.fill(key=key, command=command), nearest(key, options)
    elif isinstance(value, dict):
        yield _NO_TABLE.fill(key=key), None
    elif isinstance(value, list) is not options[key]:
        yield (_LIST if options[key] else _ONE).fill(key=key), None


def _unknown(said: Mapping[str, Any], text: str, file: str) -> Iterator[Finding]:
    if said.get("lang", "ja") not in get_args(Lang):
        yield fault("unknown-setting", _NO_LANG, _place(text, file, "lang"))
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
_NO_LANG = Text('lang には "ja" か "en" を書いてください', 'lang is "ja" or "en"')
_NO_TABLE = Text("{key} には表ではなく値を書いてください", "{key} wants a value, and no table")
_LIST = Text('{key} は ["..."] のように一覧で書いてください', '{key} wants a list: ["..."]')
_ONE = Text("{key} には値を一つだけ書いてください", "{key} wants one value, and no list")
_NO_OPTION = Text("{command} に --{key} というオプションはありません", "{command} has no option --{key}")
