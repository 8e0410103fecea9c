"""Small plans for tests, and every schedule that they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import yaml

from ksolve.api import Prepared, prepare
from ksolve.checker import check
from ksolve.clock import covers, parse_clock
from ksolve.problem import Need, Problem, Resource, Series, Tier
from ksolve.problem.schedule import Schedule, Session, numbered
from ksolve.rules.together import Together

Cell = tuple[date, int]
Cells = Mapping[str, Sequence[Cell]]

CENTRE: dict[str, Any] = {
    "calendar": {"open": {"月-金": "9:00-17:00"}},
    "sessions": [{"id": "hour", "minutes": "60", "starts": ["10:00", "13:00"]}],
}


class _Plain(yaml.SafeDumper):
    """Writes shared values twice instead of as an alias, which plans do not know."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


THREE_IN_ONE_ROOM = """
centre:
  calendar: {open: {火: "9:00-17:00"}}
  rooms: [{id: one, name: 一室, closed: [{days: 7/2}, {days: 6/11}]}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: one}]
wishes: {usual_place: 1}
programmes:
  - {id: a, name: 甲, frequency: 月1回, session: hour}
  - {id: b, name: 乙, frequency: 月1回, session: hour}
  - {id: c, name: 丙, frequency: 月1回, session: hour}
"""
"""The room is away on a first and on a second Tuesday. One programme has the third or the fourth for itself;
of three, one has to have the first or the second, and is elsewhere in one month."""


def write_plan(folder: Path, given: Mapping[str, Any]) -> Path:
    """Write a plan with a small centre, whose parts `given` may replace under ``centre``."""
    plan = {
        "schema": "1",
        "id": "tiny",
        "title": "小さな計画",
        "year": given.get("year", "令和6年度"),
        "resources": {**CENTRE, **given.get("centre", {})},
        "wishes": given.get("wishes", "none"),
        "programmes": given["programmes"],
        "rules": given.get("rules", []),
    }
    path = folder / "plan.yaml"
    path.write_text(yaml.dump(plan, Dumper=_Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def tiny(folder: Path, text: str) -> Prepared:
    """Return a plan written as YAML with ``programmes``, and ``centre`` and ``rules`` if wanted."""
    return prepare(write_plan(folder, yaml.load(text, Loader=yaml.BaseLoader)))  # noqa: S506 - text only


def cell(text: str) -> Cell:
    """Return ``2024-04-01 10:00`` as a date and minutes."""
    day, _, start = text.partition(" ")
    return date.fromisoformat(day), parse_clock(start)


def datings(cells: Cells) -> Iterator[dict[str, tuple[Cell, ...]]]:
    """Yield every choice of any number of cells for each series."""
    names = sorted(cells)
    choices = [[c for size in range(len(cells[n]) + 1) for c in combinations(cells[n], size)] for n in names]
    for chosen in product(*choices):
        yield dict(zip(names, chosen, strict=True))


def bare(problem: Problem, dating: Mapping[str, Sequence[Cell]]) -> Schedule:
    """Return dated sessions without rooms, staff or hosts."""
    series = {one.id: one for one in problem.series}
    sessions = [
        Session(name, 0, day, start, series[name].minutes)
        for name, cells in dating.items()
        for day, start in cells
    ]
    return numbered(sessions)


def furnished(problem: Problem, dating: Mapping[str, Sequence[Cell]]) -> Iterator[Schedule]:
    """Yield every way to name hosts, rooms and staff for dated sessions, as far as units are free."""
    plain = bare(problem, dating)
    series = {one.id: one for one in problem.series}
    for hosts in _hostings(problem, plain):
        alone = [session for session in plain.sessions if session.id not in hosts]
        for named in _name(problem, series, alone, {}):
            by_id = {session.id: session for session in named}
            guests = [
                _beside(session, by_id[hosts[session.id]])
                for session in plain.sessions
                if session.id in hosts
            ]
            yield Schedule.of([*named, *guests])


def _beside(guest: Session, host: Session) -> Session:
    return replace(guest, rooms=host.rooms, staff=host.staff, held_with=host.id)


def _hostings(problem: Problem, schedule: Schedule) -> Iterator[dict[str, str]]:
    """Yield each choice of which sessions are held with a host's."""
    pairs: dict[str, list[str]] = {}
    for posted in problem.rules:
        if isinstance(posted.rule, Together) and posted.rule.shared:
            guest, host = posted.series
            for mine in schedule.of_series([guest]):
                for theirs in schedule.of_series([host]):
                    if (mine.day, mine.start) == (theirs.day, theirs.start):
                        pairs.setdefault(mine.id, [""]).append(theirs.id)
    for chosen in product(*pairs.values()):
        hosts = {guest: host for guest, host in zip(pairs, chosen, strict=True) if host}
        if not set(hosts.values()) & set(hosts):
            yield hosts


def _name(
    problem: Problem,
    series: Mapping[str, Series],
    sessions: Sequence[Session],
    taken: dict[str, list[Session]],
) -> Iterator[list[Session]]:
    if not sessions:
        yield []
        return
    first, *rest = sessions
    for named in _furnishings(problem, series[first.series], first, taken):
        units = named.units
        for unit in units:
            taken.setdefault(unit, []).append(named)
        for others in _name(problem, series, rest, taken):
            yield [named, *others]
        for unit in units:
            taken[unit].remove(named)


def _furnishings(
    problem: Problem, owner: Series, session: Session, taken: Mapping[str, list[Session]]
) -> Iterator[Session]:
    """Yield a session with each choice of free units for its needs."""
    choices = []
    for need in owner.needs:
        resources = [r for pool in need.pools for r in problem.of_pool(pool) if _suits(r, session, need)]
        free = [
            u for r in resources for u in r.units if not any(session.overlaps(s) for s in taken.get(u, ()))
        ]
        choices.append(list(combinations(free, need.amount)))
    for chosen in product(*choices):
        if len({unit for units in chosen for unit in units}) < sum(map(len, chosen)):
            continue
        room = [
            unit
            for need, units in zip(owner.needs, chosen, strict=True)
            if need.kind == "room"
            for unit in units
        ]
        staff = [
            u for need, units in zip(owner.needs, chosen, strict=True) if need.kind == "staff" for u in units
        ]
        yield replace(session, rooms=tuple(room), staff=tuple(staff))


def _suits(resource: Resource, session: Session, need: Need) -> bool:
    seats = resource.seats is None or resource.seats >= need.seats
    return (
        need.features <= resource.features
        and seats
        and covers(resource.hours(session.day), session.start, session.end)
    )


def holding(problem: Problem, dating: Mapping[str, Sequence[Cell]]) -> Schedule | None:
    """Return one schedule of a dating that the checker passes, None where no naming of units does."""
    return next(holdings(problem, dating), None)


def holdings(problem: Problem, dating: Mapping[str, Sequence[Cell]]) -> Iterator[Schedule]:
    """Yield every schedule of a dating that the checker passes."""
    unnamed = {found.rule for found in check(problem, bare(problem, dating))}
    if unnamed <= {"needs", "together", "audience_apart", "most_parallel"}:
        yield from (schedule for schedule in furnished(problem, dating) if not check(problem, schedule))


def tiers_of(problem: Problem) -> list[Tier]:
    """Return the tiers that any rule of the problem costs in."""
    return sorted({posted.tier for posted in problem.rules if posted.tier is not None})
