"""The centre of a plan: its calendar, and its rooms and staff as interchangeable units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ksolve.calendar import Calendar, FiscalYear, days_within, holidays
from ksolve.clock import Span, Spans
from ksolve.plan.centre import Absence, Member, Room, StaffPool
from ksolve.plan.schema import Plan, rules_in
from ksolve.problem import Resource
from ksolve.text import Text, plain


def calendar_of(plan: Plan) -> Calendar:
    """Return the open days and hours of the plan's year."""
    node = plan.resources.calendar
    closed: dict[date, Text] = {}
    if node.holidays == "closed":
        closed |= {day: _HOLIDAY.fill(name=name) for day, name in holidays(plan.year).items()}
    for closure in node.closed:
        closed |= dict.fromkeys(days_within([closure.days], plan.year), plain(closure.why))
    weekly = weekly_hours(node.open)
    usual = next((spans for spans in weekly if spans), ())
    opened = days_within(node.opened, plan.year)
    for day in opened:
        closed.pop(day, None)
    special = {day: usual for day in opened if not weekly[day.weekday()]}
    return Calendar(plan.year, weekly, closed, special)


_HOLIDAY = Text("祝日({name})", "national holiday ({name})")


def weekly_hours(weekly: Mapping[frozenset[int], Span]) -> tuple[Spans, ...]:
    """Return ``{月-金: 9:00-17:00}`` as the spans of Monday to Sunday."""
    return tuple(
        _joined(span for weekdays, span in weekly.items() if weekday in weekdays) for weekday in range(7)
    )


def _joined(spans: Iterable[Span]) -> Spans:
    """Join spans that touch or overlap: open from 9:00 to 12:00 and from 12:00 on is open at noon."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def resources_of(plan: Plan, calendar: Calendar) -> tuple[Resource, ...]:
    """Return every room and staff pool as resources of interchangeable units.

    Whom a rule names is a resource alone; all others stay together while nothing tells them apart.
    """
    named = frozenset(_named(plan))
    rooms = (resource for room in plan.resources.rooms for resource in _rooms(room, calendar, named))
    staff = (resource for pool in plan.resources.staff for resource in _staff(pool, calendar, named))
    return (*rooms, *staff)


def _named(plan: Plan) -> Iterator[str]:
    """Yield whom a rule names, and the units of pools of which it means each."""
    nodes: tuple[Room | StaffPool, ...] = (*plan.resources.rooms, *plan.resources.staff)
    units = {node.id: node.units for node in nodes}
    for rule in rules_in(plan):
        for name in rule.units:
            yield from units.get(name, (name,)) if rule.each_unit else (name,)
    for room in plan.resources.rooms:
        yield from room.units if room.turnaround else ()


@dataclass(frozen=True, slots=True)
class _Unit:
    """All that may tell one room or member from another; `alone` is its name where a rule names it."""

    weekly: tuple[Spans, ...]
    missing: frozenset[date]
    features: frozenset[str]
    alone: str


def _rooms(room: Room, calendar: Calendar, named: frozenset[str]) -> Iterator[Resource]:
    weekly = weekly_hours(room.weekly) if room.weekly else calendar.weekly
    missing = _missing(room, room.closed, calendar.year)
    units = {
        name: _Unit(weekly, missing[index], frozenset(room.features), name if name in named else "")
        for index, name in enumerate(room.own_units)
    }
    units |= _extra(room, frozenset(room.features), calendar, named)
    yield from _classes(room, "room", units, calendar, room.seats)


def _staff(pool: StaffPool, calendar: Calendar, named: frozenset[str]) -> Iterator[Resource]:
    usual = weekly_hours(pool.weekly) if pool.weekly else calendar.weekly
    shifts = [(shift.count, weekly_hours(shift.weekly)) for shift in pool.shifts] or [(pool.count, usual)]
    hours = [weekly for count, weekly in shifts for _ in range(count)]
    missing = _missing(pool, pool.absent, calendar.year)
    own = {member.name: member for member in pool.members}
    units = {}
    for index, name in enumerate(pool.own_units):
        member = own.get(name) or Member(name=name)
        weekly = weekly_hours(member.weekly) if member.weekly else usual if own else hours[index]
        away = missing[index] | frozenset(days_within(member.absent, calendar.year))
        units[name] = _Unit(weekly, away, frozenset(member.skills), name if name in named else "")
    units |= _extra(pool, frozenset(), calendar, named)
    yield from _classes(pool, "staff", units, calendar, None)


def _extra(
    node: Room | StaffPool, features: frozenset[str], calendar: Calendar, named: frozenset[str]
) -> dict[str, _Unit]:
    """Return the further units, which are missing on all but their days."""
    of_each = [extra for extra in node.more for _ in range(extra.count)]
    units = {}
    for name, extra in zip(node.units[len(node.own_units) :], of_each, strict=True):
        weekly = weekly_hours(extra.weekly) if extra.weekly else calendar.weekly
        days = days_within(extra.days, calendar.year) if extra.days else calendar.year.days
        missing = frozenset(calendar.year.days) - frozenset(days)
        units[name] = _Unit(weekly, missing, features, name if name in named else "")
    return units


def _missing(node: Room | StaffPool, absences: Iterable[Absence], year: FiscalYear) -> list[frozenset[date]]:
    """Return the days on which each unit is missing: the last ones of the pool are the first to go."""
    there = frozenset(days_within(node.present, year))
    units = len(node.own_units)
    away = {day: count for day, count in _away(absences, units, year).items() if day not in there}
    return [frozenset(day for day, count in away.items() if index >= units - count) for index in range(units)]


def _classes(
    node: Room | StaffPool,
    kind: Literal["room", "staff"],
    units: Mapping[str, _Unit],
    calendar: Calendar,
    seats: int | None,
) -> Iterator[Resource]:
    """Put units that nothing tells apart together."""
    classes: dict[_Unit, list[str]] = defaultdict(list)
    for name, unit in units.items():
        classes[unit].append(name)
    for number, (unit, names) in enumerate(classes.items(), start=1):
        name = node.id if len(classes) == 1 else f"{node.id}/{number}"
        # who keeps the centre's hours is there when it opens specially
        follows = unit.weekly == calendar.weekly
        exceptions: dict[date, Spans] = dict(calendar.opened) if follows else {}
        exceptions |= dict.fromkeys(sorted(unit.missing), ())
        yield Resource(
            name,
            node.id,
            kind,
            node.name,
            tuple(names),
            unit.weekly,
            exceptions,
            seats,
            unit.features,
            node.place,
            node.site if isinstance(node, Room) else "",
        )


def _away(absences: Iterable[Absence], units: int, year: FiscalYear) -> dict[date, int]:
    """Return how many units are missing on each date; absences of the same date add up."""
    away: dict[date, int] = defaultdict(int)
    for absence in absences:
        for day in days_within([absence.days], year):
            away[day] += absence.count or units
    return away
