"""Names in a plan as people say them: each becomes the id that it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Literal, TypeVar

from ksolve.errors import fault
from ksolve.findings import Finding
from ksolve.letters import meant, name_key
from ksolve.plan.centre import Named, Resources, Room, SessionKind, StaffPool
from ksolve.plan.external import ExternalCalendar
from ksolve.plan.groups import group_names
from ksolve.plan.lead_times import LeadTime
from ksolve.plan.references import component_ids
from ksolve.plan.risks import Risks
from ksolve.plan.schema import Component, Plan, TogetherNode
from ksolve.problem.rule import Rule
from ksolve.spelling import Node
from ksolve.text import Text

Kind = Literal["room", "staff", "pool", "unit", "audience", "session", "programme"]
"""What a text may name: a `pool` is rooms or staff, a `unit` one of these or a single room or member."""
Fields = Mapping[type[Node], Mapping[str, Kind]]
N = TypeVar("N", bound=Node)

OF_PLAN: Fields = {
    SessionKind: {
        "rooms": "room",
        "more_rooms": "room",
        "staff": "staff",
        "skills": "staff",
        "audiences": "audience",
    },
    ExternalCalendar: {"programmes": "programme", "audiences": "audience"},
    LeadTime: {"programmes": "programme", "rooms": "room", "staff": "staff"},
    Risks: {"outside": "staff", "each": "pool"},
    Resources: {"shares": "pool"},
    Component: {"session": "session", "audiences": "audience"},
    TogetherNode: {"host": "programme"},
    Rule: {"programmes": "programme", "member": "unit", "members": "unit", "room": "unit", "of": "unit"},
}
"""The fields of a plan that name something."""


@dataclass
class Called:
    """What the things of a plan are called, and the names so far that mean several of them."""

    plan: Plan
    fields: Fields
    faults: list[Finding] = field(default_factory=list)
    _known: dict[Kind, list[tuple[str, str]]] = field(default_factory=dict)
    _ids: dict[Kind, frozenset[str]] = field(default_factory=dict)

    def in_ids(self, node: N) -> N:
        """Return a node with ids for the names in it, and in all that it holds."""
        made: dict[str, Any] = {}
        kinds = self._kinds(node)
        for key in type(node).model_fields:
            value = getattr(node, key)
            told = self._told(value, kinds[key], node, key) if key in kinds else self._within(value)
            if told is not value:
                made[key] = told
        return node.model_copy(update=made) if made else node

    def _within(self, value: Any) -> Any:
        if isinstance(value, Node):
            return self.in_ids(value)
        if not isinstance(value, tuple) or not any(isinstance(one, Node) for one in value):
            return value
        made = tuple(self._within(one) for one in value)
        return made if any(one is not old for one, old in zip(made, value, strict=True)) else value

    def _kinds(self, node: Node) -> Mapping[str, Kind]:
        found = next((self.fields[of] for of in type(node).__mro__ if of in self.fields), {})
        return found if not isinstance(node, Rule) or node.units else {"programmes": "programme"}

    def _told(self, value: Any, kind: Kind, node: Node, key: str) -> Any:
        """Return ids for the texts of a field: a text, some, or the keys of a mapping."""
        if isinstance(value, str):
            return self._id(value, kind, node, key)
        if isinstance(value, tuple):
            made = tuple(self._told(one, kind, node, key) for one in value)
            return made if made != value else value
        if isinstance(value, dict):
            renamed = {self._id(name, kind, node, key): told for name, told in value.items()}
            return renamed if renamed != value else value
        return value

    def _id(self, text: str, kind: Kind, node: Node, key: str) -> str:
        """Return the id that a text means, itself where it is one or means none; several are a fault."""
        found = list(dict.fromkeys(self.ids(text, kind)))
        if len(found) > 1:
            remedy = _WHICH.fill(ids="、".join(found))
            text_out = _UNCLEAR.fill(name=text, kind=_KINDS[kind])
            self.faults.append(fault(f"unclear-{kind}", text_out, node.at(key), remedy))
        return found[0] if len(found) == 1 else text

    def ids(self, text: str, kind: Kind) -> Iterable[str]:
        """Return the ids that a text may mean: itself where it is one already, none where it is no name."""
        if not text or text in self._exact(kind):
            return [text]
        if kind == "programme":
            return [text] if name_key(text) in self._groups else _programmes(self.plan, text)
        known = self._names(kind)
        names = meant(text, (name for _, name in known if name))
        return [ident for ident, name in known if name in names]

    def _exact(self, kind: Kind) -> frozenset[str]:
        if kind not in self._ids:
            known = chain(*map(component_ids, self.plan.programmes)) if kind == "programme" else ()
            units = chain.from_iterable(pool.units for pool in _pools(self.plan)) if kind == "unit" else ()
            ids = (pool.id for pool in _pools(self.plan)) if kind == "unit" else ()
            listed = () if kind == "programme" else (ident for ident, _ in self._names(kind))
            self._ids[kind] = frozenset(chain(known, units, ids, listed))
        return self._ids[kind]

    def _names(self, kind: Kind) -> list[tuple[str, str]]:
        if kind not in self._known:
            self._known[kind] = list(_names_of(self.plan, kind))
        return self._known[kind]

    @cached_property
    def _groups(self) -> frozenset[str]:
        return frozenset(map(name_key, group_names(self.plan)))


def _pools(plan: Plan) -> tuple[Room | StaffPool, ...]:
    return (*plan.resources.rooms, *plan.resources.staff)


def _names_of(plan: Plan, kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield each id of a kind with its name; a single room or member has its name for both."""
    centre = plan.resources
    lists: dict[Kind, Iterable[Named]] = {
        "room": centre.rooms,
        "staff": centre.staff,
        "pool": _pools(plan),
        "audience": centre.audiences,
        "session": centre.sessions,
    }
    if kind != "unit":
        yield from ((one.id, one.name) for one in lists[kind])
        return
    for pool in _pools(plan):
        members = pool.members if isinstance(pool, StaffPool) else ()
        is_one = pool.units == (pool.name,)
        yield (pool.name if is_one else pool.id), pool.name
        yield from ((member.name, member.name) for member in members if member.name != pool.name)


def _programmes(plan: Plan, text: str) -> Iterable[str]:
    """Return the ids (programme.component for a component) that a name may mean."""
    whole, _, part = text.partition(".")
    own = [*_of(plan.programmes, whole)]
    if part:
        nodes = [node for node in plan.programmes if node.id in own]
        return [f"{node.id}.{one}" for node in nodes for one in _of(node.components, part)]
    parts = ((f"{node.id}.{one}" for one in _of(node.components, text)) for node in plan.programmes)
    return own or chain.from_iterable(parts)


def _of(nodes: Iterable[Component], name: str) -> Iterable[str]:
    """Return the ids of the nodes of that name, or with it in theirs."""
    known = tuple(nodes)
    if any(node.id == name for node in known):
        return [name]
    names = meant(name, (node.name for node in known))
    return [node.id for node in known if node.name in names]


_KINDS: dict[Kind, Text] = {
    "room": Text("部屋", "rooms"),
    "staff": Text("職種", "staff pools"),
    "pool": Text("部屋・職種", "rooms or staff pools"),
    "unit": Text("部屋・職員", "rooms or members of staff"),
    "audience": Text("対象者", "audiences"),
    "session": Text("回の種類", "kinds of sessions"),
    "programme": Text("事業", "programmes"),
}
_UNCLEAR = Text("「{name}」を名前に含む{kind}がいくつもあります", "{name} is part of several names of {kind}")
_WHICH = Text("どれかを書いてください: {ids}", "write one of these: {ids}")
