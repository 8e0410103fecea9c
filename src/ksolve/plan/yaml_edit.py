"""YAML text with single values changed: every other byte, comments and spelling included, stays.

Values stand where the nodes of the file say (PyYAML's marks); no library is asked to write the file
anew, as that would also rewrite quotes, spaces and brackets that nobody wanted changed.
"""

from __future__ import annotations

import re
from typing import Any, cast

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ksolve.plan.yaml_text import flow, one_line
from ksolve.plan.yamlfile import Document, parse_yaml

Path = tuple[int | str, ...]
"""Keys and indexes from the root of a file to a value."""

_LONGEST = 110
"""An item of more letters than this is written with a line for each key."""


class YamlText:
    """The text of a YAML file; each method changes one place, with a comment above if given.

    The file must be free of duplicate keys and aliases, as every plan that can be loaded is.
    """

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.document: Document = parse_yaml(text, file)
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def value(self, path: Path) -> Any:
        """Return the value at a path, None where there is none."""
        found = self.document.value
        for step in path:
            if isinstance(found, dict):
                found = found.get(step)
            else:
                is_there = isinstance(found, list) and isinstance(step, int) and step < len(found)
                found = found[step] if is_there else None
        return found

    def set(self, path: Path, value: Any, comment: str = "", *, after: str = "") -> None:
        """Give the last key of a path a value in the place of the one that it has.

        A key that is not there is written below the key `after`, or below all.
        """
        *above, key = path
        mapping = cast("MappingNode", self.document.node_at(tuple(above)))
        old = next((pair for pair in mapping.value if pair[0].value == key), None)
        if old is None:
            last = next((pair for pair in mapping.value if pair[0].value == after), None)
            self._add_key(mapping, last, f"{key}: {flow(value)}", comment)
        else:
            kept = self._comments_within(*old)
            start, end = self._span(*old)
            self._replace(start, end, f" {flow(value)}" if start == end else flow(value))
            for line in (comment, *kept):
                self.note(path, line)

    def replace_scalar(self, node: ScalarNode, text: str) -> None:
        """Write a scalar of the file anew, in the quotes that it had."""
        quote = node.style if node.style in ("'", '"') else ""
        self._replace(node.start_mark.index, node.end_mark.index, f"{quote}{text}{quote}")

    def append(self, path: Path, item: Any, comment: str = "") -> None:
        """Add an item to the list at a path, made if need be."""
        node = self.document.node_at(path)
        if isinstance(node, SequenceNode) and not node.flow_style:
            lead = " " * node.start_mark.column
            lines = _block(item, lead)
            self._insert_lines(self._end(node), [*_comment(comment, lead), *lines])
        elif isinstance(node, SequenceNode):
            at = self._end(node.value[-1]) if node.value else node.start_mark.index + 1
            self._replace(at, at, f"{', ' if node.value else ''}{flow(item)}")
            self.note(path, comment, at)
        elif node is None and len(path) == 1 and not self._root.flow_style:
            lines = [f"{path[0]}:", *_comment(comment, "  "), *_block(item, "  ")]
            self._insert_lines(self._end(self._root), lines)
        else:
            old = self.value(path)
            self.set(path, [*([] if old is None else [old]), item], comment)

    def remove(self, path: Path, comment: str = "") -> None:
        """Take out an item, or a key with its value; a list that would be empty goes with its key."""
        *above, last = path
        parent = cast("MappingNode | SequenceNode", self.document.node_at(tuple(above)))
        if isinstance(parent, SequenceNode) and len(parent.value) == 1 and above:
            self.remove(tuple(above), comment)
            return
        nodes = [pair if isinstance(pair, tuple) else (pair, pair) for pair in parent.value]
        at = last if isinstance(last, int) else [key.value for key, _ in nodes].index(last)
        start, end = self._start(parent, nodes, at), self._end(nodes[at][1], nodes[at][0])
        if parent.flow_style:
            if at + 1 < len(nodes):
                end = nodes[at + 1][0].start_mark.index
            elif at:
                start = self._end(nodes[at - 1][1], nodes[at - 1][0])
            self._replace(start, end, "")
            self.note(tuple(above), comment, start)
            return
        begins = self._line_start(start)
        if self.text[begins:start].strip():  # the key stands after the dash of its item
            self._replace(start, nodes[at + 1][0].start_mark.index, "")
            self.note(tuple(above), comment, start)
            return
        lead = self.text[begins:start]
        said = "".join(line + self._newline for line in _comment(comment, lead))
        self._replace(begins, self._next_line(end), said)

    def note(self, path: Path, comment: str, at: int | None = None) -> None:
        """Write a comment on a line of its own above the value at a path, or above the character `at`."""
        if not comment:
            return
        node = self.document.node_at(path)
        start = at if at is not None else (node or self._root).start_mark.index
        above = self._line_start(start)
        for scalar in self.document.scalars():  # within a text of several lines it would be part of the text
            if scalar.start_mark.index < above < scalar.end_mark.index:
                above = self._line_start(scalar.start_mark.index)
        lead = re.match(r"[ ]*", self.text[above:])
        said = _comment(comment, lead.group() if lead else "")
        self._replace(above, above, "".join(line + self._newline for line in said))

    @property
    def _root(self) -> MappingNode:
        return cast("MappingNode", self.document.node)

    def _add_key(
        self, mapping: MappingNode, after: tuple[Node, Node] | None, text: str, comment: str
    ) -> None:
        key, value = after or (mapping.value or [(None, mapping)])[-1]
        if not mapping.flow_style:
            lead = " " * mapping.start_mark.column
            self._insert_lines(self._end(value, key), [*_comment(comment, lead), lead + text])
            return
        at = self._end(value, key) if key else mapping.start_mark.index + 1
        self._replace(at, at, f"{', ' if key else ''}{text}")
        self.note((), comment, at)

    def _span(self, key: Node, value: Node) -> tuple[int, int]:
        """Return where a key's value stands on the key's own line, or from there to its end."""
        end = self._end(value, key)
        own_line = (
            value.start_mark.line == key.end_mark.line and value.start_mark.index < value.end_mark.index
        )
        if own_line and not _is_block(value):
            return value.start_mark.index, end
        after = self._after_colon(key)
        if value.start_mark.index < value.end_mark.index:
            self._replace(after, end, " ~")  # what stood on the lines below becomes one word beside the key
            return after + 1, after + 2
        return after, after

    def _comments_within(self, key: Node, value: Node) -> list[str]:
        """Return the comments beside a key, and on lines of their own, where its value is a block."""
        if not _is_block(value) or isinstance(value, ScalarNode):
            return []
        inside = self.text[self._after_colon(key) : self._end(value)]
        return [line.strip()[1:].strip() for line in inside.splitlines() if line.strip().startswith("#")]

    def _start(self, parent: Node, nodes: list[tuple[Node, Node]], at: int) -> int:
        """Return where an item begins, that of a list with its dash."""
        start = nodes[at][0].start_mark.index
        if not isinstance(parent, SequenceNode) or parent.flow_style:
            return start
        before = self._end(nodes[at - 1][1]) if at else parent.start_mark.index
        return self.text.rindex("-", before, start)

    def _end(self, node: Node, key: Node | None = None) -> int:
        """Return where a node ends, without the blank lines and comments that follow it."""
        if isinstance(node, MappingNode) and not node.flow_style:
            last, value = node.value[-1]
            return self._end(value, last)
        if isinstance(node, SequenceNode) and not node.flow_style:
            return self._end(node.value[-1])
        if key is not None and key is not node and node.start_mark.index == node.end_mark.index:
            return self._after_colon(key)
        return len(self.text[: node.end_mark.index].rstrip())

    def _after_colon(self, key: Node) -> int:
        return self.text.index(":", key.end_mark.index) + 1

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _next_line(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def _insert_lines(self, after: int, lines: list[str]) -> None:
        """Write lines below the one on which a character stands."""
        at = self._next_line(after)
        first = "" if self.text[:at].endswith("\n") else self._newline
        self._replace(at, at, first + "".join(line + self._newline for line in lines))

    def _replace(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]
        self.document = parse_yaml(self.text, self.file)


def _is_block(node: Node) -> bool:
    if isinstance(node, ScalarNode):
        return node.style in ("|", ">")
    return isinstance(node, MappingNode | SequenceNode) and not node.flow_style


def _comment(text: str, lead: str) -> list[str]:
    return [f"{lead}# {one_line(text)}"] if text else []


def _block(item: Any, lead: str) -> list[str]:
    """Return an item of a list as lines: one, or one for each key where it would be long."""
    written = f"{lead}- {flow(item)}"
    if len(written) <= _LONGEST or not isinstance(item, dict):
        return [written]
    keys = [f"{key}: {flow(value)}" for key, value in item.items()]
    return [f"{lead}- {keys[0]}", *(f"{lead}  {key}" for key in keys[1:])]
