"""One session moved and nothing else: whether that holds, what is in the way, what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ksolve.checker import check, costs
from ksolve.clock import clock, covers
from ksolve.explain.days import Obstacle
from ksolve.findings import Finding
from ksolve.problem import Need, Posted, Problem, Series, Tier
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule, Session, label
from ksolve.rules.capacity import Capacity
from ksolve.rules.catalogue import BY_NAME
from ksolve.rules.needs import suitable
from ksolve.text import Text, plain


@dataclass(frozen=True)
class Placing:
    """A session at another date or start, all others where they are.

    `schedule` is one that holds, with its cost in each tier; None where `in_the_way` says why not.
    """

    day: date
    start: int
    schedule: Schedule | None
    costs: dict[Tier, int]
    in_the_way: tuple[Obstacle, ...] = ()


def place(problem: Problem, base: Schedule, session: Session, day: date, start: int) -> Placing:
    """Move one session of a schedule that holds, with the first free room and staff, and check it."""
    lacks: list[Obstacle] = []
    there = moved(bearing_on(problem, session.series), base, session, (day, start), lacks)
    if there is None:
        return Placing(day, start, None, {}, tuple(dict.fromkeys(lacks)))
    schedule = _renumbered(base, session, there)
    return Placing(day, start, schedule, costs(problem, schedule))


@dataclass(frozen=True)
class Bearing:
    """The hard rules that a session of one series can break when it alone changes.

    They bind the series, or say who may share a room; nothing else changes, and a free unit is in no other
    place. `names` are the ids of all series that they look at.
    """

    problem: Problem
    series: Series
    names: frozenset[str]

    def check(self, schedule: Schedule) -> tuple[Finding, ...]:
        """Return what a schedule breaks of these rules."""
        return check(self.problem, self.within(schedule))

    def within(self, schedule: Schedule) -> Schedule:
        """Return a schedule with the sessions alone that the rules look at."""
        return Schedule(tuple(one for one in schedule.sessions if one.series in self.names))


def bearing_on(problem: Problem, name: str) -> Bearing:
    """Return the rules that bear on a series, by its id."""
    series = next(one for one in problem.series if one.id == name)
    rules = tuple(posted for posted in problem.rules if _bears_on(posted, series))
    names = {one.id for posted in rules for one in posted.series}
    return Bearing(replace(problem, rules=rules), series, frozenset(names | {name}))


def moved(
    bearing: Bearing, base: Schedule, session: Session, to: Cell, lacks: list[Obstacle]
) -> Session | None:
    """Return a session moved, with rooms and staff, None where that breaks a rule: `lacks` is told which."""
    problem = bearing.problem
    others = [other for other in base.sessions if other.id != session.id]
    bare = replace(session, day=to[0], start=to[1], rooms=(), staff=(), held_with="")
    near = bearing.within(base)
    for furnished in _furnished(bare, bearing.series, others, problem, lacks):
        found = check(problem, _renumbered(near, session, furnished))
        if not found:
            return furnished
        lacks += [
            Obstacle(_title(f.rule), f.text, f.rule, f.place)
            for f in found
            if not (lacks and f.rule in ("needs", "held-with"))
        ]
    return None


def _bears_on(posted: Posted, series: Series) -> bool:
    """Tell whether a rule binds a series, or says who may share a room, which every check asks."""
    if posted.rule.permits:
        return True
    return posted.tier is None and series in posted.series and not isinstance(posted.rule, Capacity)


def _furnished(
    bare: Session, series: Series, others: list[Session], problem: Problem, lacks: list[Obstacle]
) -> Iterator[Session]:
    """Yield the session beside each host that shares with it, then with units of its own."""
    hosts = problem.hosts.get(series.id, ())
    for host in others:
        if host.series in hosts and (host.day, host.start) == (bare.day, bare.start) and not host.held_with:
            yield replace(bare, rooms=host.rooms, staff=host.staff, held_with=host.id)
    rooms, staff = list[str](), list[str]()
    for need in series.needs:
        units = _free(need, bare, others, problem)
        if len(units) < need.amount:
            lacks.append(_taken(need, bare, others, problem))
        else:
            mine = rooms if need.kind == "room" else staff
            mine += [unit for unit in units if unit not in mine][: need.amount]
    yield replace(bare, rooms=tuple(rooms), staff=tuple(staff))


def _units(need: Need, bare: Session, problem: Problem) -> list[str]:
    """Return the units that suit a need and are there."""
    there = (r for r in suitable(need, problem) if covers(r.hours(bare.day), bare.start, bare.end))
    return [unit for resource in there for unit in resource.units]


def _free(need: Need, bare: Session, others: list[Session], problem: Problem) -> list[str]:
    used = {unit for other in others if other.overlaps(bare) for unit in other.units}
    return [unit for unit in _units(need, bare, problem) if unit not in used]


def _taken(need: Need, bare: Session, others: list[Session], problem: Problem) -> Obstacle:
    """Say who has the units that a session would need."""
    units = set(_units(need, bare, problem))
    owners = {one.id: one for one in problem.series}
    users = [o for o in others if o.overlaps(bare) and units.intersection(o.units) and not o.held_with]
    names = dict.fromkeys(r.name for pool in need.pools for r in problem.of_pool(pool))
    shown = [label(user, owners.get(user.series)) + plain(f"〜{clock(user.end)}") for user in users]
    values = {
        "names": "・".join(names),
        "wanted": need.amount,
        "has": len(units),
        "users": Text("、".join(text.ja for text in shown), ", ".join(text.en for text in shown)),
    }
    first = next((r for pool in need.pools for r in problem.of_pool(pool)), None)
    is_room = need.kind == "room"
    reason = (_BUSY_ROOM if is_room else _BUSY_STAFF).fill(names=values["names"])
    template = (_ROOM if is_room else _STAFF) if users else (_TOO_FEW_ROOMS if is_room else _TOO_FEW_STAFF)
    return Obstacle(reason, template.fill(**values), "capacity", first.place if first else None)


def _title(rule: str) -> Text:
    return BY_NAME[rule].title if rule in BY_NAME else plain(rule)


def _renumbered(base: Schedule, old: Session, new: Session) -> Schedule:
    """Put a session in the place of another, and number its series in date order again."""
    changed = [new if session.id == old.id else session for session in base.sessions]
    order = sorted((s for s in changed if s.series == new.series), key=lambda s: (s.day, s.start))
    ids = {session.id: f"{session.series}#{number}" for number, session in enumerate(order, start=1)}
    numbers = {session.id: number for number, session in enumerate(order, start=1)}
    return Schedule.of(
        replace(
            session,
            number=numbers.get(session.id, session.number),
            held_with=ids.get(session.held_with, session.held_with),
            line=0,
        )
        for session in changed
    )


_BUSY_ROOM = Text("{names}が使用中の日", "{names} in use")
_BUSY_STAFF = Text("{names}がほかの回に出ている日", "{names} busy with others")
_ROOM = Text(
    "{names}に空きがありません({has}室のうち{wanted}室が必要)。使用: {users}",
    "no room is free among {names} (needs {wanted} of {has}); used by {users}",
)
_STAFF = Text(
    "{names}が足りません({has}人のうち{wanted}人が必要)。使用: {users}",
    "too few of {names} are free (needs {wanted} of {has}); used by {users}",
)
_TOO_FEW_ROOMS = Text(
    "この時間に使える{names}が{has}室しかありません({wanted}室必要)",
    "{names}: {has} to be used then, {wanted} needed",
)
_TOO_FEW_STAFF = Text(
    "この時間に勤務している{names}が{has}人しかいません({wanted}人必要)",
    "{names}: {has} at work then, {wanted} needed",
)
