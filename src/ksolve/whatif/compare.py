"""Two schedules of the same centre: what moved, what is new, what is gone."""

from __future__ import annotations

from dataclasses import dataclass

from ksolve.changes import Change, Kind, changes
from ksolve.problem.schedule import Schedule, Session


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between a base and another schedule.

    `moved` pairs a session of the base with the one that takes its place (in date order within
    its series); `added` and `dropped` are sessions beyond those pairs. `rehoused` are sessions
    that keep their date and start in another room.
    """

    kept: int
    moved: tuple[tuple[Session, Session], ...]
    added: tuple[Session, ...]
    dropped: tuple[Session, ...]
    rehoused: tuple[Session, ...]


def compare(base: Schedule, other: Schedule) -> Difference:
    """Return how `other` differs from `base`; a session is kept where series, date and start are."""
    of: dict[Kind, list[Change]] = {kind: [] for kind in Kind}
    for change in changes(base, other):
        of[change.kind].append(change)
    gone = len(of[Kind.MOVED]) + len(of[Kind.DROPPED])
    return Difference(
        len(base.sessions) - gone,
        tuple((c.before, c.after) for c in of[Kind.MOVED] if c.before and c.after),
        tuple(change.either for change in of[Kind.ADDED]),
        tuple(change.either for change in of[Kind.DROPPED]),
        tuple(change.either for change in of[Kind.ROOM]),
    )
