"""Two years side by side: 第2火曜 against 第2火曜 is unchanged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ksolve.calendar import month_position, week_of_month
from ksolve.changes.pairing import Change, series_by_series
from ksolve.problem.schedule import Schedule, Session

Slot = tuple[int, int, int, int]
"""Month of the fiscal year, which of its weekday in the month, weekday, start."""


def changes_of_years(before: Schedule, after: Schedule) -> tuple[Change, ...]:
    """Return what a reader would call different between the schedules of two years.

    Sessions of a series are paired where month, nth weekday and start are the same: these have not
    changed. What is left is paired within its month; else it is gone, or new.
    """
    found = series_by_series(before, after, _of_series)
    return tuple(
        sorted(found, key=lambda c: (month_position(c.either.day.month), c.either.day.day, c.series))
    )


def _of_series(old: list[Session], new: list[Session]) -> Iterator[Change]:
    slots: dict[Slot, list[Session]] = defaultdict(list)
    for session in new:
        slots[_slot(session)].append(session)
    left = [session for session in old if not slots[_slot(session)] or not slots[_slot(session)].pop(0)]
    come = sorted((s for sessions in slots.values() for s in sessions), key=lambda s: (s.day, s.start))
    for gone in left:
        near = next((s for s in come if s.day.month == gone.day.month), None)
        if near is not None:
            come.remove(near)
            yield Change(gone, near)
        else:
            yield Change(gone, None)
    yield from (Change(None, session) for session in come)


def _slot(session: Session) -> Slot:
    day = session.day
    return month_position(day.month), week_of_month(day), day.weekday(), session.start
