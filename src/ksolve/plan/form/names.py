"""The names by which the cells of a form speak of rooms, staff, kinds of sessions and programmes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from ksolve.errors import nearest
from ksolve.letters import name_key
from ksolve.text import Lang, Text

Kind = Literal["room", "staff", "audience", "session", "programme", "calendar"]
PART = "/"
"""Between a programme and its component, where the component's own name names another one too."""
_SEPARATORS = re.compile(r"[、;；\n/]")
_ID = re.compile(r"[a-z][a-z0-9_-]*")
_LETTERS = 10
"""Of a name that has no id: so many that no two of 2,000 names are likely to share them."""


class Unreadable(Exception):  # noqa: N818 - what a cell is, not what the program did
    """A cell that says nothing a plan could hold: what is wanted instead, and the way out."""

    def __init__(self, wanted: Text, remedy: Text | None = None, rule: str = "wrong-value") -> None:
        super().__init__(wanted.en)
        self.wanted = wanted
        self.remedy = remedy
        self.rule = rule


@dataclass
class Names:
    """Names and ids of each kind, both ways, and the language of the form's lists."""

    lang: Lang = "ja"
    _ids: dict[Kind, dict[str, str]] = field(default_factory=dict)
    _shown: dict[Kind, dict[str, str]] = field(default_factory=dict)
    _twice: dict[Kind, set[str]] = field(default_factory=dict)
    lost: set[Kind] = field(default_factory=set)
    """Kinds whose sheet cannot be read: what is unknown of them is no fault of its own."""

    def add(self, kind: Kind, name: str, ident: str, *, full: str = "") -> None:
        """Let a name (and `full`, the longer one of a component) stand for an id."""
        ids = self._ids.setdefault(kind, {})
        for key in dict.fromkeys((name_key(name), name_key(full))) if name or full else ():
            if ids.get(key, ident) != ident:
                self._twice.setdefault(kind, set()).add(key)
            if key:
                ids.setdefault(key, ident)
        self._shown.setdefault(kind, {}).setdefault(ident, full or name)

    def id_of(self, kind: Kind, text: str) -> str:
        """Return the id that a cell means by a name, a part of it that no other has, or an id.

        Raises Unreadable for none of them, or for two.
        """
        key, shown = name_key(text), self._shown.get(kind, {})
        if key in self._twice.get(kind, ()):
            raise Unreadable(_SEVERAL.fill(kind=_KINDS[kind], name=text), rule=f"unknown-{kind}")
        found = self._ids.get(kind, {}).get(key) or (text.strip() if text.strip() in shown else "")
        if not found and kind in self.lost:
            raise Unreadable(Text("", ""), rule="")
        found = found or self._of_part(kind, text)
        if not found:
            remedy = nearest(text, [name or ident for ident, name in shown.items()])
            raise Unreadable(_UNKNOWN.fill(kind=_KINDS[kind], name=text), remedy, f"unknown-{kind}")
        return found

    def _of_part(self, kind: Kind, text: str) -> str:
        """Return the id of the one name that holds a text, nothing where none does. Raises Unreadable."""
        names = self._shown.get(kind, {})
        found = [
            ident for ident, name in names.items() if name_key(text) and name_key(text) in name_key(name)
        ]
        whole = [ident for ident in found if "." not in ident]  # a part's full name holds its programme's
        found = whole if kind == "programme" and whole else found
        if len(found) > 1:
            listed = nearest(text, [names[ident] for ident in found])
            raise Unreadable(_SEVERAL_PARTS.fill(kind=_KINDS[kind], name=text), listed, f"unclear-{kind}")
        return found[0] if found else ""

    def shown(self, kind: Kind, ident: str) -> str:
        """Return the name that a cell shows for an id, or the id itself where no name would be read as it."""
        name = self._shown.get(kind, {}).get(ident, "")
        names = [name.partition(PART)[2], name] if PART in name else [name]
        for one in names if kind == "programme" else [name]:
            key = name_key(one)
            is_alone = self._ids.get(kind, {}).get(key) == ident and key not in self._twice.get(kind, ())
            if one and is_alone and not _SEPARATORS.search(one.replace(PART, "", 1)):
                return one
        return ident

    def all(self, kind: Kind) -> Iterable[str]:
        """Return the names of a kind."""
        return [name or ident for ident, name in self._shown.get(kind, {}).items()]


def made_id(prefix: str, name: str) -> str:
    """Return an id for a name that has none: the same in every year and wherever its row stands."""
    plain = re.sub(r"[^a-z0-9]+", "-", name_key(name)).strip("-")
    if name.isascii() and _ID.fullmatch(plain) and len(plain) <= 60:
        return plain
    return f"{prefix}-{sha256(name_key(name).encode()).hexdigest()[:_LETTERS]}"


_KINDS: dict[Kind, Text] = {
    "room": Text("部屋", "room"),
    "staff": Text("職種", "staff pool"),
    "audience": Text("対象者", "audience"),
    "session": Text("回の種類", "kind of session"),
    "programme": Text("事業", "programme"),
    "calendar": Text("日程", "calendar"),
}
_UNKNOWN = Text("{kind}「{name}」の行が見つかりません", "there is no {kind} {name}: no row has that name")
_SEVERAL_PARTS = Text(
    "「{name}」を名前に含む{kind}がいくつもあります", "{name} is part of the names of several {kind}s"
)
_SEVERAL = Text(
    "{kind}「{name}」は二つ以上あります。記号(id)で書いてください",
    "there are several {kind}s {name}: write the id",
)
