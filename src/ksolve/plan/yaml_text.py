"""Texts and values as YAML, as a planner would write them."""

from __future__ import annotations

import json
import re
from os.path import relpath
from pathlib import Path
from typing import Any

import yaml

_SAFE = re.compile(r"[\w・～×（）][\w・～×（）() ]*(?<! )")


def quoted(text: str) -> str:
    """Return a text as YAML, in quotes where a sign in it would mean something."""
    plain = one_line(text)
    return plain if _SAFE.fullmatch(plain) else json.dumps(plain, ensure_ascii=False)


def one_line(text: str) -> str:
    """Return a text on one line, with a space for what cannot be printed."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def flow(value: Any) -> str:
    """Return a value of a plan (text, None, a list, a mapping) as YAML on one line."""
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """Return a text as it is where YAML reads it as the same text within brackets, else in quotes."""
    is_meant = text not in ("", "~", "null") and not _CLOCK.fullmatch(text)
    is_plain = is_meant and all(_reads(form.replace("?", text)) == [text, *rest] for form, rest in _FORMS)
    return text if is_plain else json.dumps(text, ensure_ascii=False)


_CLOCK = re.compile(r"\d+:\d+")
"""10:30, which other readers of YAML take for a number of minutes."""
_FORMS: tuple[tuple[str, list[str]], ...] = (("[?]", []), ("[?, a]", ["a"]), ("{? : a}", ["a"]))


def _reads(written: str) -> list[str] | None:
    """Return the plain words that YAML reads, None where there is anything else."""
    try:
        node = yaml.compose(written, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    items = node.value if isinstance(node, yaml.SequenceNode | yaml.MappingNode) else []
    parts = [part for item in items for part in (item if isinstance(item, tuple) else (item,))]
    if all(isinstance(part, yaml.ScalarNode) and part.style is None for part in parts):
        return [part.value for part in parts]
    return None


def named_from(name: str, path: Path, out: Path) -> str:
    """Return how the file that `name` means in the file `path` is named in the file `out`."""
    return Path(relpath(path.parent / name, out.parent)).as_posix()


SCHEMA_LINE = re.compile(r"(# yaml-language-server: \$schema=)(\S+)")
"""The line that tells editors where the schema of a file is."""
