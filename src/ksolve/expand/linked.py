"""Parts of a plan that have to do with one another: one centre, where a plan has several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ksolve.expand.series import Part


def linked(parts: Iterable[Part]) -> list[list[Part]]:
    """Return the parts in groups that share no room, pool, audience, programme or host, in their order.

    A group's weeks are levelled by themselves: what another centre does is not its load.
    """
    groups: list[tuple[set[str], list[Part]]] = []
    for part in parts:
        links = set(_links(part))
        touching = [group for group in groups if group[0] & links]
        groups = [group for group in groups if group not in touching]
        members = [member for _, of_group in touching for member in of_group]
        groups.append((links.union(*(names for names, _ in touching)), [*members, part]))
    return [members for _, members in groups]


def _links(part: Part) -> Iterator[str]:
    kind, node = part.kind, part.node
    yield f"programme {part.programme.id}"
    yield from (f"programme {bond.host.partition('.')[0]}" for bond in node.together)
    yield from (f"pool {pool}" for pools in (kind.rooms, *kind.more_rooms) for pool in pools)
    yield from (f"pool {pool}" for pool in kind.staff)
    yield from (f"audience {name}" for name in (*kind.audiences, *node.audiences))
