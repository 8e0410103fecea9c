"""What somebody changed in a printed schedule by hand, as wishes that are to hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ksolve.changes import Change, Kind, changes
from ksolve.findings import Place
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session
from ksolve.revise.wishes import Asking, Wish, WishKind

_KINDS = {Kind.MOVED: WishKind.MOVE, Kind.ADDED: WishKind.ADD, Kind.DROPPED: WishKind.DROP}
WHY = "手で直した回"


def by_hand(
    printed: Schedule, edited: Schedule, problem: Problem, file: str, history: date | None
) -> tuple[Schedule, tuple[Wish, ...]]:
    """Return the schedule to keep to, and a wish for each row that was changed by hand.

    What lies before `history` was held as the edited schedule says; the rest is kept as printed.
    """
    before = history or date.min
    base = Schedule.of(
        [*(s for s in edited.sessions if s.day < before), *(s for s in printed.sessions if s.day >= before)]
    )
    coming = Schedule(tuple(s for s in edited.sessions if s.day >= before))
    kept = Schedule(tuple(s for s in printed.sessions if s.day >= before))
    return base, tuple(_wishes(changes(kept, coming), problem, file))


def _wishes(found: tuple[Change, ...], problem: Problem, file: str) -> Iterator[Wish]:
    owners = {series.id: series for series in problem.series}
    for change in found:
        owner = owners.get(change.series)
        if owner is None:
            continue  # a series that the plan does not have is refused when the file is read
        after = change.after
        at = Place(file, after.line) if after and after.line else None
        kind = _KINDS.get(change.kind, WishKind.PIN)
        asking = Asking(kind, change.either.id, at, WHY)
        if after is None:
            yield Wish(asking, (owner,), change.before)
        else:
            yield Wish(asking, (owner,), change.before, after.day, after.start, _chosen(change.before, after))


def _chosen(before: Session | None, after: Session) -> tuple[str, ...]:
    """Return the rooms and staff that were chosen by hand: those of a session that merely moved were not."""
    if before is None:
        return ()
    rooms = after.rooms if set(after.rooms) != set(before.rooms) else ()
    staff = after.staff if set(after.staff) != set(before.staff) else ()
    return (*rooms, *staff)
