"""Which session of a schedule became which of another: what moved, came, went, or has another room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ksolve.problem.schedule import Schedule, Session
from ksolve.text import Text


class Kind(StrEnum):
    """What happened to a session, the most that can be said of it."""

    MOVED = "moved"
    ADDED = "added"
    DROPPED = "dropped"
    ROOM = "room"
    STAFF = "staff"

    @property
    def text(self) -> Text:
        """The kind for people."""
        return _KINDS[self]


_KINDS = {
    Kind.MOVED: Text("日時変更", "moved"),
    Kind.ADDED: Text("追加", "added"),
    Kind.DROPPED: Text("中止", "dropped"),
    Kind.ROOM: Text("部屋変更", "other room"),
    Kind.STAFF: Text("職員変更", "other staff"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A session before and after; one of the two is None where it was added or dropped.

    `why` is the reason, where it is known.
    """

    before: Session | None
    after: Session | None
    why: Text | None = None

    @property
    def kind(self) -> Kind:
        """Moved (perhaps to another room as well), added, dropped, or at its time with other units."""
        if self.before is None:
            return Kind.ADDED
        if self.after is None:
            return Kind.DROPPED
        if place(self.before) != place(self.after):
            return Kind.MOVED
        return Kind.ROOM if set(self.before.rooms) != set(self.after.rooms) else Kind.STAFF

    @property
    def series(self) -> str:
        """The series that the session belongs to."""
        return self.either.series

    @property
    def either(self) -> Session:
        """The session as it is, or as it was where it is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError(self)
        return found


def changes(before: Schedule, after: Schedule) -> tuple[Change, ...]:
    """Return what differs, in order of the dates.

    Sessions of a series are interchangeable, as nobody tells one third session of a course from
    another on the same date: one that is at a date and start of the series before has not moved. What is
    left is paired by its uid; where uids are missing, in order of date.
    """
    found = series_by_series(before, after, _of_series)
    return tuple(sorted(found, key=lambda c: (c.either.day, c.either.start, c.series)))


def series_by_series(
    before: Schedule, after: Schedule, of_series: Callable[[list[Session], list[Session]], Iterable[Change]]
) -> Iterator[Change]:
    """Yield the changes that `of_series` finds between the sessions of each series, before and after."""
    olds, news = before.by_series, after.by_series
    for series in sorted(olds.keys() | news.keys()):
        yield from of_series([*olds.get(series, ())], [*news.get(series, ())])


def _of_series(old: list[Session], new: list[Session]) -> Iterator[Change]:
    for key in (place, lambda session: session.uid):
        pairs, old, new = _paired(old, new, key)
        for one, other in pairs:
            if place(one) != place(other) or not _has_same_units(one, other):
                yield Change(one, other)
    all_known = all(session.uid for session in (*old, *new))
    both = 0 if all_known else min(len(old), len(new))  # of those that are known none is another
    yield from (Change(one, other) for one, other in zip(old[:both], new[:both], strict=True))
    yield from (Change(one, None) for one in old[both:])
    yield from (Change(None, other) for other in new[both:])


def _paired(
    old: Iterable[Session], new: Iterable[Session], key: Callable[[Session], Hashable]
) -> tuple[list[tuple[Session, Session]], list[Session], list[Session]]:
    """Pair what has the same key, one to one, and return what is left of both; no key pairs with nothing."""
    waiting: dict[Hashable, list[Session]] = defaultdict(list)
    for session in new:
        waiting[key(session)].append(session)
    pairs: list[tuple[Session, Session]] = []
    left: list[Session] = []
    for session in old:
        same = waiting[key(session)] if key(session) else []
        if same:
            pairs.append((session, same.pop(0)))
        else:
            left.append(session)
    rest = [session for sessions in waiting.values() for session in sessions]
    return pairs, left, sorted(rest, key=lambda s: (s.day, s.start))


def place(session: Session) -> tuple[object, int]:
    """Return a session's date and start."""
    return session.day, session.start


def _has_same_units(one: Session, other: Session) -> bool:
    return set(one.rooms) == set(other.rooms) and set(one.staff) == set(other.staff)
