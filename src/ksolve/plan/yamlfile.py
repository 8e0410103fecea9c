"""YAML to plain values: every scalar keeps its spelling, every mapping knows its place."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ksolve.errors import PlanError, fault
from ksolve.files import MOST_PLAN, read_text
from ksolve.findings import Finding, Place
from ksolve.text import Text, plain

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null")
_DEEPEST = 60
"""Lists and mappings within one another; a plan needs about ten."""


@dataclass
class Document:
    """A YAML file as values (text, None, lists and mappings), and its nodes for error messages."""

    file: str
    node: Node
    value: Any = None
    faults: list[Finding] = field(default_factory=list)

    def place(self, path: tuple[int | str, ...], *, key: bool = False, offset: int = 0) -> Place:
        """Return where the value at a path of keys and indexes stands (`key`: its last key).

        Steps that name nothing in the file, such as the tags of a union, are passed over. `offset`
        is the number of letters before the one that is meant.
        """
        node, name = self.node, None
        for step in path:
            found = _step(node, step)
            if found:
                name, node = found
        place = _place(name if key and name is not None else node)
        return replace(place, column=place.column + offset)

    def key_text(self, path: tuple[int | str, ...]) -> Text:
        """Return the key at the end of a path; an item of a list goes by the name of its list."""
        return plain(next((step for step in reversed(path) if isinstance(step, str)), ""))

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
    return parse_yaml(read_text(path, MOST_PLAN), str(path))


def parse_yaml(text: str, file: str) -> Document:
    """Return YAML text as a document; duplicate keys and aliases are collected as its faults.

    Raises PlanError when the text is no YAML at all.
    """
    try:
        _refuse_deep(text, file)
        node = yaml.compose(_Named(text, file), Loader=_LOADER)
    except yaml.YAMLError as error:
        raise PlanError([_syntax_fault(error, text, file)]) from error
    if node is None:
        raise PlanError([fault("empty-file", _EMPTY, Place(file))])
    document = Document(file, node)
    document.value = _value(node, document.faults, set())
    return document


def _refuse_deep(text: str, file: str) -> None:
    """Raise PlanError for brackets within brackets so deep that the composer, which recurses, would crash."""
    depth = 0
    for event in yaml.parse(_Named(text, file), Loader=_LOADER):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            raise PlanError([fault("yaml-depth", _DEEP.fill(depth=_DEEPEST), _at(event.start_mark, file))])


def _at(mark: Any, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _syntax_fault(error: yaml.YAMLError, text: str, file: str) -> Finding:
    """Return what PyYAML says, in the planner's words where these are known, and where."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return fault("yaml-syntax", _SYNTAX.fill(why=_LETTER), place)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = _at(mark, file)
    problem = str(getattr(error, "problem", error))
    line = [*text.split("\n"), ""][place.line - 1] if place.line else ""
    tab = "tab character" in problem or line[place.column - 1 :].startswith("\t")
    why = _TAB_FOUND if tab else _PROBLEMS.get(problem, plain(problem))
    return fault("yaml-syntax", _SYNTAX.fill(why=why), place, _TAB if tab else _INDENT)


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
_UNCLOSED = Text("括弧が閉じていないか、「,」が足りません", "a bracket is not closed, or a comma is missing")
_KEY_WANTED = Text("ここには「項目: 値」が必要です", "a key and its value are wanted here")
_PROBLEMS = {
    "did not find expected ',' or ']'": _UNCLOSED,
    "did not find expected ',' or '}'": _UNCLOSED,
    "did not find expected node content": _UNCLOSED,
    "found unexpected end of stream": Text("引用符が閉じていません", "a quote is not closed"),
    "mapping values are not allowed in this context": Text(
        "ここに「:」は書けません", "a colon is not possible here"
    ),
    "did not find expected key": _KEY_WANTED,
    "could not find expected ':'": _KEY_WANTED,
    "did not find expected '-' indicator": Text("ここには「- 」が必要です", "a dash is wanted here"),
    "block sequence entries are not allowed in this context": Text(
        "ここに「- 」は書けません", "a dash is not possible here"
    ),
    "found character that cannot start any token": Text(
        "この文字で値を始められません。引用符で囲んでください",
        "a value cannot begin with this character; put it in quotes",
    ),
    "found undefined alias": Text(
        "「*」で始まる値は引用符で囲んでください", "put a value that begins with * in quotes"
    ),
    "did not find expected alphabetic or numeric character": Text(
        "「*」や「&」で始まる値は引用符で囲んでください", "put a value that begins with * or & in quotes"
    ),
    "found unknown escape character": Text(
        "二重引用符の中の「\\」は「\\\\」と書いてください", "write a backslash in double quotes twice"
    ),
    "did not find expected <document start>": Text("閉じ括弧が多すぎます", "there is one bracket too many"),
    "but found another document": Text(
        "「---」で二つの計画に分かれています", "--- divides the file into two plans"
    ),
}
"""What PyYAML says, in words for a planner."""
_LETTER = Text("使えない制御文字があります", "it holds a control character")
_DEEP = Text(
    "括弧や一覧の入れ子が深すぎます({depth}段まで)",
    "lists and mappings are nested too deeply (at most {depth})",
)
_TAB_FOUND = Text("字下げにタブがあります", "it is indented with a tab")
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
