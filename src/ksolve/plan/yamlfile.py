"""YAML to plain values: every scalar keeps its spelling, every mapping knows its place."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ksolve.errors import PlanError, fault
from ksolve.files import read_text
from ksolve.findings import Finding, Place
from ksolve.text import Text, plain

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null")


@dataclass
class Document:
    """A YAML file as values (text, None, lists and mappings), and its nodes for error messages."""

    file: str
    node: Node
    value: Any = None
    faults: list[Finding] = field(default_factory=list)

    def place(self, path: tuple[int | str, ...], *, key: bool = False) -> Place:
        """Return where the value at a path of keys and indexes stands (`key`: its last key).

        Steps that name nothing in the file, such as the tags of a union, are passed over.
        """
        node, name = self.node, None
        for step in path:
            found = _step(node, step)
            if found:
                name, node = found
        return _place(name if key and name is not None else node)

    def node_at(self, path: tuple[int | str, ...]) -> Node | None:
        """Return the node at a path, None where the file has none."""
        node = self.node
        for step in path:
            found = _step(node, step)
            if found is None:
                return None
            node = found[1]
        return node

    def scalars(self) -> Iterator[ScalarNode]:
        """Yield every scalar value of the file, in order."""
        yield from _scalars(self.node)


def read_yaml(path: Path) -> Document:
    """Read a YAML file. Raises PlanError when it is missing, undecodable, empty or no YAML."""
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, file: str) -> Document:
    """Return YAML text as a document; duplicate keys and aliases are collected as its faults.

    Raises PlanError when the text is no YAML at all.
    """
    try:
        node = yaml.compose(_Named(text, file), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        remedy = _TAB if "\\t" in str(error.problem) else _INDENT
        raise PlanError(
            [fault("yaml-syntax", _SYNTAX.fill(why=plain(error.problem)), place, remedy)]
        ) from error
    except yaml.YAMLError as error:
        raise PlanError([fault("yaml-syntax", _SYNTAX.fill(why=plain(error)), Place(file))]) from error
    if node is None:
        raise PlanError([fault("empty-file", _EMPTY, Place(file))])
    document = Document(file, node)
    document.value = _value(node, document.faults, set())
    return document


class _Named(io.StringIO):
    """Text with a file name, which PyYAML writes into every mark."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name


def _place(node: Node) -> Place:
    mark = node.start_mark
    return Place(mark.name, mark.line + 1, mark.column + 1)


def _step(node: Node, step: int | str) -> tuple[Node | None, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    return None


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    else:
        for _, item in node.value:
            yield from _scalars(item)


def _value(node: Node, faults: list[Finding], seen: set[int]) -> Any:
    again = id(node) in seen
    if again:
        faults.append(fault("yaml-alias", _ALIAS, _place(node)))
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        is_null = node.style is None and node.value in _NULLS
        return None if is_null else node.value
    if again:
        return None  # following it could take for ever
    if isinstance(node, SequenceNode):
        return [_value(item, faults, seen) for item in node.value]
    return _mapping(node, faults, seen)


def _mapping(node: Node, faults: list[Finding], seen: set[int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            faults.append(fault("wrong-type", _KEY, _place(key)))
            continue
        if key.value in values:
            first = places[key.value].line
            faults.append(fault("duplicate-key", _TWICE.fill(key=key.value, line=first), _place(key)))
            continue
        values[key.value] = _value(value, faults, seen)
        places[key.value] = _place(value)
    return {**values, "__place__": _place(node), "__places__": places}


_SYNTAX = Text("YAML として読めません ({why})", "not readable as YAML ({why})")
_TAB = Text("字下げはタブではなく空白で書いてください", "indent with spaces, not tabs")
_INDENT = Text(
    "この行と前の行の字下げと「:」の後の空白を見てください",
    "look at the indentation and the space after : here and above",
)
_EMPTY = Text("ファイルに何も書かれていません", "the file is empty")
_ALIAS = Text("YAML の別名(&と*)は使えません", "YAML anchors and aliases are not used here")
_KEY = Text("項目名は文字で書いてください", "a key must be a plain word")
_TWICE = Text(
    "「{key}」が二度書かれています(最初は{line}行目)", "{key} is written twice (first in line {line})"
)
