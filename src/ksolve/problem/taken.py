"""What sessions that stay where they are leave of rooms and staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ksolve.clock import Span, spans_without
from ksolve.problem.data import Resource
from ksolve.problem.schedule import Session


def left_beside(resources: Iterable[Resource], sessions: Iterable[Session]) -> tuple[Resource, ...]:
    """Return resources without the hours in which sessions name their units.

    A unit that is taken at times becomes a resource of its own, with the hours that are left. Guests take
    nothing: they use their host's.
    """
    taken = _busy(sessions)
    return tuple(part for one in resources for part in _left_of(one, taken))


def _busy(sessions: Iterable[Session]) -> dict[str, dict[date, list[Span]]]:
    """Return when each unit is taken."""
    taken: dict[str, dict[date, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for session in sessions:
        for unit in session.units if not session.held_with else ():
            taken[unit][session.day].append((session.start, session.end))
    return taken


def _left_of(resource: Resource, taken: Mapping[str, Mapping[date, list[Span]]]) -> Iterator[Resource]:
    """Yield each unit that is taken at times as a resource of its own, with the hours that are left."""
    free = tuple(unit for unit in resource.units if unit not in taken)
    if free:
        yield replace(resource, units=free)
    for unit in resource.units:
        if unit in taken:
            hours = {day: spans_without(resource.hours(day), spans) for day, spans in taken[unit].items()}
            exceptions = {**resource.exceptions, **hours}
            yield replace(resource, id=f"{resource.id}/{unit}", units=(unit,), exceptions=exceptions)
