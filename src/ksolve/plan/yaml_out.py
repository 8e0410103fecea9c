"""The values of a plan as the text of its YAML file, as a planner would write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ksolve.plan.yaml_text import flow, one_line
from ksolve.spelling import bare

NoteOf = Callable[[Any], str]
"""The comment that belongs above an item of a list; nothing where there is none."""

_LONGEST = 110
"""What is longer than this is written with a line for each key, or each item."""
_BLOCKS = ("resources", "calendar", "rooms", "staff", "sessions", "audiences", "programmes", "components")
"""Keys whose values are always written over several lines."""
_HEADED = ("resources", "programmes", "rules", "wishes")
"""Keys with an empty line above."""


def plan_yaml(value: Mapping[str, Any], note_of: NoteOf) -> str:
    """Return a plan as YAML text."""
    lines: list[str] = []
    for key, item in bare(value).items():
        lines += [""] if key in _HEADED else []
        lines += _entry(key, item, "", note_of)
    return "\n".join([*lines, ""])


def _entry(key: str, value: Any, lead: str, note_of: NoteOf) -> Iterator[str]:
    short = f"{lead}{flow(key)}: {flow(plain(value))}"
    is_block = _is_deep(value) and (key in _BLOCKS or len(short) > _LONGEST or _has_note(value, note_of))
    if not is_block:
        yield short
        return
    yield f"{lead}{flow(key)}:"
    if isinstance(value, dict):
        for name, item in bare(value).items():
            yield from _entry(name, item, f"{lead}  ", note_of)
    else:
        for item in value:
            yield from _item(item, f"{lead}  ", note_of)


def _item(value: Any, lead: str, note_of: NoteOf) -> Iterator[str]:
    for line in note_of(value).splitlines():
        yield f"{lead}# {one_line(line)}"
    short = f"{lead}- {flow(plain(value))}"
    inner = list(bare(value).values()) if isinstance(value, dict) else []
    if not inner or (len(short) <= _LONGEST and not any(_has_note(one, note_of) for one in inner)):
        yield short
        return
    lines = [line for key, one in bare(value).items() for line in _entry(key, one, f"{lead}  ", note_of)]
    yield f"{lead}- {lines[0].strip()}"
    yield from lines[1:]


def _is_deep(value: Any) -> bool:
    """Tell a list of mappings, or a mapping that holds more than words."""
    inner = value if isinstance(value, list) else bare(value).values() if isinstance(value, dict) else ()
    return any(isinstance(one, dict | list if isinstance(value, dict) else dict) for one in inner)


def _has_note(value: Any, note_of: NoteOf) -> bool:
    """Tell whether an item of a list within a value has a comment above it."""
    if isinstance(value, list):
        return any(note_of(item) or _has_note(item, note_of) for item in value)
    return isinstance(value, dict) and any(_has_note(item, note_of) for item in bare(value).values())


def plain(value: Any) -> Any:
    """Return a value of a file without the places of its mappings."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in bare(value).items()}
    return [plain(item) for item in value] if isinstance(value, list) else value
