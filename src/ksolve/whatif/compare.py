"""Two schedules of the same centre: what moved, what is new, what is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ksolve.schedule import Schedule, Session


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
    kept = 0
    rehoused: list[Session] = []
    moved: list[tuple[Session, Session]] = []
    added: list[Session] = []
    dropped: list[Session] = []
    before, after = _by_series(base.sessions), _by_series(other.sessions)
    for series in sorted(before.keys() | after.keys()):
        places = {_place(session) for session in before[series]} & {_place(s) for s in after[series]}
        kept += len(places)
        rooms = {(_place(session), session.rooms) for session in before[series]}
        rehoused += [s for s in after[series] if _place(s) in places and (_place(s), s.rooms) not in rooms]
        gone = [session for session in before[series] if _place(session) not in places]
        come = [session for session in after[series] if _place(session) not in places]
        pairs = min(len(gone), len(come))
        moved += zip(gone[:pairs], come[:pairs], strict=True)
        dropped += gone[pairs:]
        added += come[pairs:]
    return Difference(kept, tuple(moved), tuple(added), tuple(dropped), tuple(rehoused))


def _by_series(sessions: Iterable[Session]) -> dict[str, list[Session]]:
    found: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        found[session.series].append(session)
    return found


def _place(session: Session) -> tuple[object, int]:
    return session.day, session.start
