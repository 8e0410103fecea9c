"""Names in a plan that name nothing, and ids that name two things."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ksolve.errors import fault, nearest
from ksolve.findings import Finding, Place
from ksolve.letters import name_key
from ksolve.plan.centre import Named, Room, StaffPool, unit_names
from ksolve.plan.groups import group_names
from ksolve.plan.schema import Component, Plan, Programme
from ksolve.plan.yamlfile import Document
from ksolve.problem.rule import Rule
from ksolve.spelling import Node
from ksolve.text import Text

if TYPE_CHECKING:
    from ksolve.plan.form.reading import FormDocument

Stated = list[tuple[str, Place | None]]
"""Ids that must differ, each with its place."""


def reference_faults(plan: Plan, known: Known, ids: list[Stated] | None = None) -> list[Finding]:
    """Return a fault for each duplicate id and each reference to what is not known.

    `ids` are those of the file as it was written, where items may have been dropped for another fault.
    """
    groups = _ids_in_plan(plan) if ids is None else ids
    twice = [found for group in groups for found in _duplicates(group)]
    return [*twice, *_rooms_and_staff(plan), *_same_names(plan), *_unknown(plan, known)]


def component_ids(programme: Programme) -> dict[str, Component]:
    """Return what a reference may name in a programme: its id, and id.component for each part."""
    named: dict[str, Component] = {programme.id: programme}
    return named | {f"{programme.id}.{part.id}": part for part in programme.components}


@dataclass(frozen=True, slots=True)
class Known:
    """Every name that a reference may use, by kind."""

    sessions: frozenset[str]
    rooms: frozenset[str]
    staff: frozenset[str]
    audiences: frozenset[str]
    programmes: frozenset[str]
    tags: frozenset[str]
    units: frozenset[str]
    """Ids of rooms and pools, and the names of single rooms and members."""
    sites: frozenset[str]
    """Where rooms are, and kinds of sessions that take none."""


def known_in_plan(plan: Plan) -> Known:
    """Return the names that a plan defines."""
    centre = plan.resources
    nodes = {name: part for programme in plan.programmes for name, part in component_ids(programme).items()}
    pools: tuple[Room | StaffPool, ...] = (*centre.rooms, *centre.staff)
    return Known(
        frozenset(kind.id for kind in centre.sessions),
        frozenset(room.id for room in centre.rooms),
        frozenset(pool.id for pool in centre.staff),
        frozenset(audience.id for audience in centre.audiences),
        frozenset(nodes),
        frozenset(tag for node in nodes.values() for tag in node.tags),
        frozenset(pool.id for pool in pools) | {name for pool in pools for name in pool.units},
        frozenset({room.site for room in centre.rooms} | {kind.site for kind in centre.sessions}) - {""},
    )


def known_in_raw(raw: dict[str, Any]) -> Known:
    """Return the names that a plan defines as written, faulty items included.

    So an item that was dropped for a fault of its own is not reported a second time as unknown.
    """
    given = raw.get("resources")
    centre: dict[str, Any] = given if isinstance(given, dict) else {}
    programmes = [item for item in raw.get("programmes") or () if isinstance(item, dict)]
    parts = [(p, c) for p in programmes for c in p.get("components") or () if isinstance(c, dict)]
    items = [*programmes, *(part for _, part in parts)]
    return Known(
        frozenset(_ids(centre, "sessions")),
        frozenset(_ids(centre, "rooms")),
        frozenset(_ids(centre, "staff")),
        frozenset(_ids(centre, "audiences")),
        frozenset([*_ids(raw, "programmes"), *(f"{p.get('id')}.{c.get('id')}" for p, c in parts)]),
        frozenset(str(tag) for item in items for tag in item.get("tags") or ()),
        frozenset(name for kind in ("rooms", "staff") for name in _units_in_raw(centre.get(kind))),
        frozenset(_values(centre, "rooms", "site")) | frozenset(_values(centre, "sessions", "site")),
    )


def _units_in_raw(items: Any) -> Iterator[str]:
    """Yield every name that a room, pool or member could have, as far as the file can be read."""
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            numbers = [item, *(s for s in item.get("shifts") or () if isinstance(s, dict))]
            most = sum(_count(str(one.get("count"))) for one in numbers)
            members = [m for m in item.get("members") or () if isinstance(m, dict)]
            yield from (str(item.get("id")), str(item.get("name")), *(str(m.get("name")) for m in members))
            yield from unit_names(str(item.get("name")), min(most + len(numbers), _MOST_UNITS))
            if item.get("more"):
                extra = (f"{item.get('name')}({word})" for word in ("追加", "応援"))
                yield from (name for one in extra for name in (one, *unit_names(one, _MOST_EXTRA)))


def _count(text: str) -> int:
    """Return how many units a count names, 0 for none or what is no count of them."""
    return int(text) if text.isdecimal() and len(text) <= len(str(_MOST_UNITS)) else 0


_MOST_UNITS = 999
_MOST_EXTRA = 99


def _ids(values: dict[str, Any], key: str) -> Iterator[str]:
    return _values(values, key, "id")


def _values(values: dict[str, Any], key: str, of: str) -> Iterator[str]:
    for item in values.get(key) or ():
        if isinstance(item, dict):
            yield str(item.get(of))


def _duplicates(stated: Stated) -> Iterator[Finding]:
    first: dict[str, Place | None] = {}
    for name, place in stated:
        if name in first:
            line = (first[name] or Place("")).line
            yield fault("duplicate-id", _TWICE.fill(id=name, line=line), place)
        first.setdefault(name, place)


def ids_in_file(document: Document | FormDocument) -> Iterator[Stated]:
    """Yield the ids that must differ from one another, faulty items included."""
    value = document.value
    programmes = [("programmes", index) for index, _ in enumerate(value.get("programmes") or ())]
    lists: list[tuple[int | str, ...]] = [("resources", kind) for kind in _KINDS_OF_RESOURCES]
    for path in (*lists, ("programmes",), *((*programme, "components") for programme in programmes)):
        found: Any = value
        for step in path:
            found = found.get(step) if isinstance(found, dict) else _item(found, step)
        if isinstance(found, list):
            items = [(index, item) for index, item in enumerate(found) if isinstance(item, dict)]
            yield [
                (item["id"], document.place((*path, index, "id")))
                for index, item in items
                if isinstance(item.get("id"), str)
            ]


_KINDS_OF_RESOURCES = ("rooms", "staff", "audiences", "sessions", "external")


def _item(found: Any, step: int | str) -> Any:
    return found[step] if isinstance(found, list) and isinstance(step, int) else None


def _ids_in_plan(plan: Plan) -> Iterator[Stated]:
    resources = plan.resources
    named: tuple[tuple[Named, ...], ...] = (
        resources.rooms,
        resources.staff,
        resources.audiences,
        resources.sessions,
        plan.programmes,
        *(programme.components for programme in plan.programmes),
    )
    for items in named:
        yield [(item.id, item.at("id")) for item in items]


def _rooms_and_staff(plan: Plan) -> Iterator[Finding]:
    both = {room.id for room in plan.resources.rooms} & {pool.id for pool in plan.resources.staff}
    for pool in plan.resources.staff:
        if pool.id in both:
            yield fault("duplicate-id", _ROOM_AND_STAFF.fill(id=pool.id), pool.at("id"))


def _same_names(plan: Plan) -> Iterator[Finding]:
    """Rooms and staff are told apart by name in a schedule, and listed with semicolons."""
    first: dict[str, Place | None] = {}
    named: tuple[Room | StaffPool, ...] = (*plan.resources.rooms, *plan.resources.staff)
    for item in named:
        again = next((name for name in (item.name, *item.units) if name in first), None)
        twice = _twice(item.units)
        if twice:
            line = (item.at("members") or Place("")).line
            yield fault("duplicate-name", _SAME_NAME.fill(name=twice, line=line), item.at("members"))
        if again:
            line = (first[again] or Place("")).line
            yield fault("duplicate-name", _SAME_NAME.fill(name=again, line=line), item.at("name"))
        spoiled = next((name for name in (item.name, *item.units) if ";" in name), None)
        if spoiled:
            yield fault("wrong-value", _SEMICOLON.fill(name=spoiled), item.at("name"))
        for name in (item.name, *item.units):
            first.setdefault(name, item.at("name"))


def _twice(names: tuple[str, ...]) -> str | None:
    """Return the first name that is written more than once."""
    if len(set(names)) == len(names):
        return None  # as almost always, and counting each of 900 rooms takes time
    return next(name for name in names if names.count(name) > 1)


def _unknown(plan: Plan, known: Known) -> Iterator[Finding]:
    bindable = _Bindable.of(plan, known)
    missing = partial(_missing, called=_called(plan))
    for kind in plan.resources.sessions:
        yield from missing("room", kind.rooms, known.rooms, kind, "rooms")
        further = [room for either in kind.more_rooms for room in either]
        yield from missing("room", further, known.rooms, kind, "more_rooms")
        yield from missing("staff", kind.staff, known.staff, kind, "staff")
        yield from missing("audience", kind.audiences, known.audiences, kind, "audiences")
        yield from missing("staff", kind.skills, kind.staff, kind, "skills")
    there = known.rooms | known.staff
    yield from missing("room", plan.resources.shares, there, plan.resources, "shares")
    for calendar in plan.resources.external:
        yield from missing("programme", calendar.programmes, known.programmes, calendar, "programmes")
        yield from missing("tag", calendar.tags, known.tags, calendar, "tags")
        yield from missing("audience", calendar.audiences, known.audiences, calendar, "audiences")
    for lead in plan.resources.lead_times:
        yield from missing("programme", lead.programmes, known.programmes, lead, "programmes")
        yield from missing("tag", lead.tags, known.tags, lead, "tags")
        yield from missing("room", lead.rooms, known.rooms, lead, "rooms")
        yield from missing("staff", lead.staff, known.staff, lead, "staff")
    for programme in plan.programmes:
        for part in component_ids(programme).values():
            yield from missing(
                "session", [part.session] if part.session else [], known.sessions, part, "session"
            )
            yield from missing("audience", part.audiences, known.audiences, part, "audiences")
            for bond in part.together:
                yield from missing("programme", [bond.host], known.programmes, bond, "with")
            yield from _rules(part.rules, known, bindable, missing)
    yield from _rules(plan.rules, known, bindable, missing)
    risks = plan.resources.risks
    yield from missing("staff", risks.outside, known.staff, risks, "outside")
    yield from missing("unit", risks.each, known.rooms | known.staff, risks, "each")


def _called(plan: Plan) -> dict[str, str]:
    """Return what each thing with an id is called, a part by the name of its programme, too."""
    centre = plan.resources
    items: tuple[Named, ...] = (*centre.rooms, *centre.staff, *centre.audiences, *centre.sessions)
    parts = (found for programme in plan.programmes for found in component_ids(programme).items())
    return {item.id: item.name for item in items} | {ident: node.name for ident, node in parts}


@dataclass(frozen=True, slots=True)
class _Bindable:
    """What a rule may bind: programmes, and groups by any of their names."""

    names: frozenset[str]
    keys: frozenset[str]
    dropped: tuple[str, ...]
    """How the ids of groups begin whose programme was left out for a fault of its own."""

    @classmethod
    def of(cls, plan: Plan, known: Known) -> _Bindable:
        groups = group_names(plan)
        there = {name for programme in plan.programmes for name in component_ids(programme)}
        dropped = tuple(f"{name}-" for name in known.programmes - there)
        return cls(known.programmes.union(groups), frozenset(map(name_key, groups)), dropped)

    def has(self, name: str) -> bool:
        return name in self.names or name_key(name) in self.keys or name.startswith(self.dropped)


def _rules(
    rules: Iterable[Rule], known: Known, bindable: _Bindable, missing: Callable[..., Iterator[Finding]]
) -> Iterator[Finding]:
    for rule in rules:
        unknown = [name for name in rule.programmes if not bindable.has(name)]
        yield from missing("programme", unknown, bindable.names, rule, "programmes")
        yield from missing("tag", rule.tags, known.tags, rule, "tags")
        key = next((key for key in ("member", "members", "room") if key in rule.places), "of")
        yield from missing("unit", rule.units, known.units, rule, key)
        yield from missing("site", rule.sites, known.sites, rule, "between")


def _missing(
    kind: str,
    names: Iterable[str],
    known: Collection[str],
    node: Node,
    key: str,
    called: Mapping[str, str] | None = None,
) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            text = _UNKNOWN.fill(kind=_KINDS[kind], name=name)
            yield fault(f"unknown-{kind}", text, node.at(key), _near(name, known, called or {}))


def _near(name: str, known: Collection[str], called: Mapping[str, str]) -> Text:
    """Return what is near a name: names where it is written as one, those of groups among them, else ids."""
    names = {called.get(one) or one for one in known}
    said = {one for one in names if not one.isascii()}
    return nearest(name, known if name.isascii() or not said else said)


_KINDS = {
    "room": Text("部屋", "room"),
    "staff": Text("職種", "staff pool"),
    "audience": Text("対象者", "audience"),
    "session": Text("回の種類(sessions)", "kind of session"),
    "programme": Text("事業", "programme"),
    "tag": Text("目印(tags)", "tag"),
    "site": Text(
        "拠点(部屋や回の種類の site、記入表では「場所」)",
        "site (of a room or a kind of session; in a form: site)",
    ),
    "unit": Text("部屋・職員", "room or member of staff"),
}
_UNKNOWN = Text("{kind}「{name}」は見つかりません", "there is no {kind} {name}")
_SAME_NAME = Text(
    "名前「{name}」は{line}行目の部屋・職種と同じで、予定の中で見分けられません",
    "the name {name} is also that of a room or pool in line {line}; a schedule could not tell them apart",
)
_SEMICOLON = Text("名前「{name}」に「;」は使えません", "the name {name} must not hold a semicolon")
_TWICE = Text("id「{id}」は{line}行目でも使われています", "the id {id} is also used in line {line}")
_ROOM_AND_STAFF = Text(
    "id「{id}」は部屋と職種の両方に使われています", "the id {id} names both a room and a staff pool"
)
