"""Solution to schedule: dated sessions, with rooms and staff by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ksolve.problem import Problem, Resource, Series
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule, Session, numbered
from ksolve.solver.model import Model


@dataclass(frozen=True, slots=True)
class _Taken:
    """`amount` units of a resource that one session takes."""

    resource: Resource
    amount: int
    is_room: bool


def extract(model: Model, values: Sequence[int]) -> Schedule:
    """Return the schedule of a solution (one value for each variable of the model)."""
    dated: dict[tuple[str, Cell], Session] = {}
    hosts: dict[tuple[str, Cell], str] = {}
    taken: dict[tuple[str, Cell], list[_Taken]] = {}
    for series in model.problem.series:
        for cell, variable in model.at[series.id].items():
            if not values[variable.index]:
                continue
            minutes = model.minutes_of(series, cell)
            dated[series.id, cell] = Session(series.id, 0, cell[0], cell[1], minutes)
            host = _host(model, series, cell, values)
            if host:
                hosts[series.id, cell] = host
            else:
                taken[series.id, cell] = _takes(model, series, cell, values)
    return _finished(dated, taken, hosts)


def named_again(problem: Problem, schedule: Schedule) -> Schedule:
    """Return a schedule with units named anew, as schedules that are put together may name one twice.

    Each session keeps the resources that it takes, and so many units of each.
    """
    of = {unit: resource for resource in problem.resources for unit in resource.units}
    dated = {(one.series, (one.day, one.start)): one for one in schedule.sessions}
    hosts = {key: one.held_with.rsplit("#", 1)[0] for key, one in dated.items() if one.held_with}
    taken: dict[tuple[str, Cell], list[_Taken]] = {}
    for key, one in dated.items():
        if key not in hosts:
            amounts = Counter(of[unit].id for unit in one.units)
            resources = {of[unit].id: of[unit] for unit in one.units}
            taken[key] = [
                _Taken(resources[name], amount, resources[name].kind == "room")
                for name, amount in amounts.items()
            ]
    return _finished(dated, taken, hosts)


def _finished(
    dated: dict[tuple[str, Cell], Session],
    taken: dict[tuple[str, Cell], list[_Taken]],
    hosts: dict[tuple[str, Cell], str],
) -> Schedule:
    """Name units, number sessions, and put guests beside their hosts."""
    named = _name_units(dated, taken)
    return _hold_together(numbered(named.values()), hosts)


def _host(model: Model, series: Series, cell: Cell, values: Sequence[int]) -> str:
    for (at, host), variable in model.held.get(series.id, {}).items():
        if at == cell and values[variable.index]:
            return host
    return ""


def _takes(model: Model, series: Series, cell: Cell, values: Sequence[int]) -> list[_Taken]:
    """Return the units that a session takes, as the model shared them out."""
    return [
        _Taken(resource, amount, series.needs[index].kind == "room")
        for index, resource, amount in model.served(series, cell, values)
        if amount
    ]


def _name_units(
    dated: dict[tuple[str, Cell], Session],
    taken: dict[tuple[str, Cell], list[_Taken]],
) -> dict[tuple[str, Cell], Session]:
    """Give interchangeable units out in order of start: an interval graph needs no more (greedy).

    Where no rule bounds a pool there may be too few: then the one that is free first is given out twice.
    """
    free_at: dict[tuple[str, date], dict[str, int]] = {}
    named = dict(dated)
    for key in sorted(taken, key=lambda key: (key[1], key[0])):
        session = dated[key]
        rooms, staff = list[str](), list[str]()
        for take in taken[key]:
            units = free_at.setdefault((take.resource.id, session.day), dict.fromkeys(take.resource.units, 0))
            picked = sorted(units, key=lambda unit: max(0, units[unit] - session.start))[: take.amount]
            units.update(dict.fromkeys(picked, session.end))
            mine = rooms if take.is_room else staff
            mine += picked
        named[key] = replace(session, rooms=tuple(rooms), staff=tuple(staff))
    return named


def _hold_together(schedule: Schedule, hosts: dict[tuple[str, Cell], str]) -> Schedule:
    """Give each guest the room, staff and id of its host."""
    by_cell = {(session.series, (session.day, session.start)): session for session in schedule.sessions}
    joined: list[Session] = []
    for key, session in by_cell.items():
        host = by_cell.get((hosts.get(key, ""), key[1]))
        joined.append(_beside(session, host) if host else session)
    return Schedule.of(joined)


def _beside(guest: Session, host: Session) -> Session:
    return replace(guest, rooms=host.rooms, staff=host.staff, held_with=host.id)
