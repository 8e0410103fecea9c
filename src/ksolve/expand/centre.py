"""The centre of a plan: its calendar, and its rooms and staff as interchangeable units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ksolve.calendar import Calendar, FiscalYear, days_within, holidays
from ksolve.clock import Spans, join_spans
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
        closed |= dict.fromkeys(closure.days.within(plan.year), plain(closure.reason))
    for external in plan.resources.external:
        for entry in external.entries if external.effect == "closed" else ():
            if entry.hours:
                continue  # the centre is open then, though no session may be
            reason = plain(f"{external.name} {entry.name}".strip())
            closed |= dict.fromkeys(entry.days.within(plan.year), reason)
    seasonal = {
        day: weekly_hours(season.open)[day.weekday()]
        for season in node.seasons
        for day in days_within(season.days, plan.year)
    }
    quiet = {day: avoided.weight for avoided in node.quiet for day in days_within([avoided.days], plan.year)}
    calendar = Calendar(plan.year, weekly_hours(node.open), closed, seasonal=seasonal, quiet=quiet)
    return calendar.opening(days_within(node.opened, plan.year))


_HOLIDAY = Text("祝日({name})", "national holiday ({name})")


def calendar_of_all(plan: Plan, calendar: Calendar) -> Calendar:
    """Return the calendar with the dates on which the centre opens for some programme alone."""
    nodes = (node for programme in plan.programmes for node in (programme, *programme.components))
    return calendar.opening(days_within((days for node in nodes for days in node.opened), plan.year))


def weekly_hours(weekly: Mapping[frozenset[int], Spans]) -> tuple[Spans, ...]:
    """Return ``{月-金: 9:00-17:00}`` as the spans of Monday to Sunday."""
    return tuple(
        join_spans(span for weekdays, spans in weekly.items() if weekday in weekdays for span in spans)
        for weekday in range(7)
    )


def resources_of(plan: Plan, calendar: Calendar) -> tuple[Resource, ...]:
    """Return every room and staff pool as resources of interchangeable units.

    `calendar` is that of `calendar_of_all`. Whom a rule names is a resource alone; all others stay
    together while nothing tells them apart.
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
    """All that may tell one room or member from another; `alone` is its name where a rule names it.

    Whoever has no `weekly` hours keeps the centre's.
    """

    weekly: tuple[Spans, ...] | None
    missing: frozenset[date]
    features: frozenset[str]
    alone: str


def _own_hours(weekly: Mapping[frozenset[int], Spans] | None, calendar: Calendar) -> tuple[Spans, ...] | None:
    """Return the hours of a room or member; None where they are the centre's, whatever the season."""
    hours = weekly_hours(weekly) if weekly else None
    return None if hours == calendar.weekly and not calendar.seasonal else hours


def _rooms(room: Room, calendar: Calendar, named: frozenset[str]) -> Iterator[Resource]:
    weekly = _own_hours(room.weekly, calendar)
    missing = _missing(room, room.closed, calendar.year)
    units = {
        name: _Unit(weekly, missing[index], frozenset(room.features), name if name in named else "")
        for index, name in enumerate(room.own_units)
    }
    units |= _extra(room, frozenset(room.features), calendar, named)
    yield from _classes(room, "room", units, calendar, room.seats)


def _staff(pool: StaffPool, calendar: Calendar, named: frozenset[str]) -> Iterator[Resource]:
    usual = _own_hours(pool.weekly, calendar)
    shifts: list[tuple[int, tuple[Spans, ...] | None]] = [
        (shift.count, _own_hours(shift.weekly, calendar)) for shift in pool.shifts
    ] or [(pool.count, usual)]
    hours = [weekly for count, weekly in shifts for _ in range(count)]
    missing = _missing(pool, pool.absent, calendar.year)
    own = {member.name: member for member in pool.members}
    units = {}
    for index, name in enumerate(pool.own_units):
        member = own.get(name) or Member(name=name)
        weekly = _own_hours(member.weekly, calendar) if member.weekly else usual if own else hours[index]
        away = missing[index] | frozenset(days_within(member.absent, calendar.year))
        if member.available:
            away |= frozenset(calendar.year.days) - frozenset(days_within(member.available, calendar.year))
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
        weekly = _own_hours(extra.weekly, calendar)
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
        # who keeps the centre's hours is there when it opens specially, and in its seasons
        exceptions: dict[date, Spans] = (
            {**calendar.seasonal, **calendar.opened} if unit.weekly is None else {}
        )
        exceptions |= dict.fromkeys(sorted(unit.missing), ())
        yield Resource(
            name,
            node.id,
            kind,
            node.name,
            tuple(names),
            unit.weekly or calendar.weekly,
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
