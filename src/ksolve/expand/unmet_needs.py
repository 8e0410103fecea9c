"""What a kind of session needs that a centre does not have: rooms, seats, features, staff, skills."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ksolve.errors import fault
from ksolve.expand.series import Part
from ksolve.findings import Finding
from ksolve.problem import Resource
from ksolve.text import Text


def kind_faults(part: Part, resources: tuple[Resource, ...]) -> Iterator[Finding]:
    """Yield a fault for each need of a part's sessions that no resource could ever meet."""
    yield from _rooms(part, resources)
    yield from _rooms_at_once(part, resources)
    yield from _staff(part, resources)


def _rooms(part: Part, resources: tuple[Resource, ...]) -> Iterator[Finding]:
    kind = part.kind
    rooms = [resource for resource in resources if resource.pool in kind.rooms]
    most = _most_seats(part, resources)
    if rooms and most is not None and most < kind.people:
        yield fault(
            "too-few-seats", _SEATS.fill(who=part.name, people=kind.people, most=most), kind.at("people")
        )

    equipped = [room for room in rooms if room.features.issuperset(kind.features)]
    if rooms and not equipped:
        text = _EQUIPPED.fill(who=part.name, features="・".join(kind.features))
        yield fault("no-such-room", text, kind.at("features"))


def _most_seats(part: Part, resources: tuple[Resource, ...]) -> int | None:
    """Return how many seats the rooms of a session have at most, together; None where no limit is known."""
    total = 0
    for pools in (part.kind.rooms, *part.kind.more_rooms):
        seats = [resource.seats for resource in resources if resource.pool in pools]
        if None in seats:
            return None
        total += max((number for number in seats if number is not None), default=0)
    return total


def _rooms_at_once(part: Part, resources: tuple[Resource, ...]) -> Iterator[Finding]:
    """Some of the rooms that a session takes at the same time are fewer than it takes (Hall 1935)."""
    known = {resource.pool for resource in resources}
    both = (part.kind.rooms, *part.kind.more_rooms)
    wanted = [pools for pools in both if pools and known.issuperset(pools)]
    for size in range(2, len(wanted) + 1):
        for some in combinations(wanted, size):
            mine = [
                resource
                for resource in resources
                if resource.pool in {pool for pools in some for pool in pools}
            ]
            units = sum(len(resource.units) for resource in mine)
            if units < size:
                names = "・".join(dict.fromkeys(resource.name for resource in mine))
                text = _AT_ONCE.fill(who=part.name, names=names, wanted=size, units=units)
                yield fault("too-few-rooms", text, part.kind.at("more_rooms"))
                return


def _staff(part: Part, resources: tuple[Resource, ...]) -> Iterator[Finding]:
    for pool, amount in part.kind.staff.items():
        mine = [resource for resource in resources if resource.pool == pool]
        members = sum(len(resource.units) for resource in mine)
        skills = part.kind.skills.get(pool, ())
        able = sum(len(resource.units) for resource in mine if resource.features.issuperset(skills))
        if 0 < members < amount:
            text = _STAFF.fill(who=part.name, pool=mine[0].name, amount=amount, members=members)
            yield fault("too-few-staff", text, part.kind.at("staff"))
        elif mine and able < amount:
            values = {"who": part.name, "pool": mine[0].name, "skills": "・".join(skills)}
            text = _SKILLS.fill(**values, amount=amount, able=able)
            yield fault("too-few-staff", text, part.kind.at("skills"))


_SEATS = Text(
    "{who}: {people}人が入る部屋がありません(最大で定員{most}人)",
    "{who}: no room seats {people} (at most {most})",
)
_EQUIPPED = Text(
    "{who}: 使える部屋のどれにも {features} がそろっていません", "{who}: none of its rooms has {features}"
)
_AT_ONCE = Text(
    "{who}: 一度に{names}が{wanted}室必要ですが、{units}室しかありません",
    "{who}: {wanted} of {names} are needed at once, there are {units}",
)
_STAFF = Text(
    "{who}: {pool} が{amount}人必要ですが、{members}人しかいません",
    "{who}: needs {amount} of {pool}, which has {members}",
)
_SKILLS = Text(
    "{who}: {skills} のできる {pool} が{amount}人必要ですが、{able}人しかいません",
    "{who}: needs {amount} of {pool} with {skills}, there are {able}",
)
