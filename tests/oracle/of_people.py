"""Rules that look at rooms, staff, audiences, and sessions held together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations

from oracle.days import period, stretches
from oracle.plan import Plan, Series, listed
from oracle.view import Held, View, by_period, excess, of_people

ONE = timedelta(1)


@of_people
def needs(view: View) -> int:
    """A guest follows its host, whose rooms and staff are asked for."""
    return sum(
        not one.host and not furnished(view.plan, view.plan.series[one.series], one) for one in view.held
    )


def furnished(plan: Plan, series: Series, one: Held) -> bool:
    """Whether the units that a session names hold all that it needs, and no more of its pools."""
    rooms, staff = needed(plan, series, one.rooms), needed(plan, series, one.staff)
    wanted = room_needs(plan, series)
    amounts = series.kind.get("staff", {})
    return (
        len(rooms) == len(wanted)
        and _rooms_do(plan, wanted, rooms)
        and seated(plan, series, rooms)
        and len(staff) == sum(int(amount) for amount in amounts.values())
        and all(len(set(staff) & able(plan, series, pool)) == int(amount) for pool, amount in amounts.items())
    )


def needed(plan: Plan, series: Series, names: Sequence[str]) -> list[str]:
    """What is named of the pools that a session needs."""
    kind = series.kind
    pools = {*kind.get("staff", {}), *listed(kind.get("rooms", ()))}
    pools |= {pool for more in listed(kind.get("more_rooms", ())) for pool in listed(more)}
    return [name for name in dict.fromkeys(names) if name in plan.units and plan.units[name].pool in pools]


def room_needs(plan: Plan, series: Series) -> list[frozenset[str]]:
    """The names of the rooms that will do, for each room that is needed at once."""
    kind = series.kind
    wanted = frozenset(listed(kind.get("features", ())))
    found = []
    if kind.get("rooms"):
        pools = listed(kind["rooms"])
        fit = [unit.name for unit in plan.units.values() if unit.pool in pools and wanted <= unit.features]
        found.append(frozenset(fit))
    found.extend(
        frozenset(u.name for u in plan.units.values() if u.pool in listed(more))
        for more in listed(kind.get("more_rooms", ()))
    )
    return found


def seated(plan: Plan, series: Series, rooms: Sequence[str]) -> bool:
    """Whether the rooms of a session have seats enough together."""
    seats = [plan.units[room].seats for room in rooms]
    people = int(series.kind.get("people", 0)) if series.kind.get("rooms") else 0
    return None in seats or sum(filter(None, seats)) >= people


def able(plan: Plan, series: Series, pool: str) -> frozenset[str]:
    """The members of a pool who have the skills that a session asks for."""
    skills = frozenset(listed(series.kind.get("skills", {}).get(pool, ())))
    return frozenset(u.name for u in plan.units.values() if u.pool == pool and skills <= u.features)


def _rooms_do(plan: Plan, wanted: Sequence[frozenset[str]], rooms: list[str]) -> bool:
    if not wanted:
        return True
    rest = wanted[1:]
    return any(room in wanted[0] and _rooms_do(plan, rest, [r for r in rooms if r != room]) for room in rooms)


@of_people
def capacity(view: View) -> int:
    units = view.plan.units
    absent = sum(
        not units[name].is_there(one.day, one.start, one.end) for one in view.held for name in one.units
    )
    pairs = sum(
        bool(set(a.units) & set(b.units)) and a.meets(b) and view.event(a) != view.event(b)
        for a, b in combinations(view.held, 2)
    )
    return absent + pairs


@of_people
def led_by(view: View) -> int:
    member, series = view.args["member"], view.plan.series
    return sum(
        not one.host and member not in needed(view.plan, series[one.series], one.staff) for one in view.held
    )


@of_people
def held_in(view: View) -> int:
    room, units = view.args["room"], view.plan.units
    days = stretches(view.args["days"]) if "days" in view.args else None
    there = {name for name, unit in units.items() if room in (name, unit.pool)}
    asked = [one for one in view.held if not one.host and (days is None or one.day in days)]
    return sum(not there & set(needed(view.plan, view.plan.series[one.series], one.rooms)) for one in asked)


@of_people
def most_use(view: View) -> int:
    users = set(view.units_of(view.args["of"]))
    using = [one for one in view.held if users & set(one.units) and not one.host]
    held = by_period(using, view.args.get("per", "day"))
    return excess([len(mine) for mine in held.values()], view.number("sessions"))


@of_people
def fair_share(view: View) -> int:
    members = [unit for name in listed(view.args["members"]) for unit in view.units_of(name)]
    series = view.plan.series
    times = Counter(
        name for one in view.held if not one.host for name in needed(view.plan, series[one.series], one.staff)
    )
    numbers = [times[member] for member in members]
    return max(0, max(numbers) - min(numbers) - view.number("difference", 1))


@of_people
def turnaround(view: View) -> int:
    spare, found = view.number("minutes"), 0
    for unit in view.units_of(view.args["of"]):
        events = view.events([one for one in view.held if unit in one.units and not one.host])
        found += sum(
            any(a.day == b.day and b.start < a.end + spare for a in events[:at])
            for at, b in enumerate(events)
        )
    return found


@of_people
def travel(view: View) -> int:
    minutes, between, found = view.number("minutes"), set(view.args["between"]), 0
    for name in listed(view.args["of"]):
        for unit in view.units_of(name):
            held = [one for one in view.held if unit in one.staff and not one.host]
            at = [(one, site) for one in held if (site := _site(view, one)) in between]
            found += sum(
                any(a.day == b.day and there != here and b.start < a.end + minutes for a, there in at[:index])
                for index, (b, here) in enumerate(at)
            )
    return found


def _site(view: View, one: Held) -> str:
    sites = [view.plan.units[room].site for room in one.rooms]
    return (sites[0] if sites else view.plan.series[one.series].kind.get("site")) or ""


@of_people
def most_parallel(view: View) -> int:
    events, most = view.events(), view.number("sessions")
    return sum(
        sum(a.day == b.day and a.end > b.start for a in events[:at]) >= most for at, b in enumerate(events)
    )


@of_people
def audience_apart(view: View) -> int:
    within = view.args.get("apart", "moment")
    events = view.events()
    if within == "moment":
        return sum(
            any(a.day == b.day and a.end > b.start for a in events[:at]) for at, b in enumerate(events)
        )
    return excess(list(Counter(period(event.day, within) for event in events).values()), 1)


@of_people
def together(view: View) -> int:
    guests, hosts = view.rule.series
    mine = [one for one in view.held if one.series == guests]
    wanted = view.number("sessions", len(mine))
    if str(view.args.get("shared", "true")).lower() == "true":
        return abs(wanted - sum(shares(view, one, hosts) for one in mine))
    days = {one.day for one in view.held if one.series == hosts}
    return max(0, wanted - sum(one.day in days for one in mine))


def shares(view: View, one: Held, hosts: str) -> bool:
    """Whether a session begins with the host's that it names, in its rooms and with its staff."""
    host = view.by_id.get(one.host)
    if host is None or host.series != hosts:
        return False
    return (host.day, host.start, set(host.units)) == (one.day, one.start, set(one.units))


def _times(view: View, unit: str) -> list[Held]:
    """The sessions of one member or room, in order of time; those held together are the host's."""
    return [one for one in view.held if unit in one.units and not one.host]


@of_people
def most_hours(view: View) -> int:
    """Each hour too many, or a part of one."""
    found = 0
    for unit in view.units_of(view.args["of"]):
        for held in by_period(_times(view, unit), view.args.get("per", "week")).values():
            over = sum(one.minutes for one in held) - 60 * view.number("hours")
            found += max(0, -(-over // 60))
    return found


@of_people
def most_days_in_row(view: View) -> int:
    found = 0
    for unit in view.units_of(view.args["of"]):
        days = {one.day for one in _times(view, unit)}
        for first in (day for day in days if day - ONE not in days):
            row = next(n for n in range(1, 400) if first + n * ONE not in days)
            found += max(0, row - view.number("days"))
    return found


@of_people
def min_rest(view: View) -> int:
    """Against every session of an earlier day."""
    found = 0
    for unit in view.units_of(view.args["of"]):
        held = _times(view, unit)
        for at, one in enumerate(held):
            earlier = [other for other in held[:at] if other.day < one.day]
            found += any(_minutes(other, one) < 60 * view.number("hours") for other in earlier)
    return found


def _minutes(first: Held, then: Held) -> int:
    return (then.day - first.day).days * 24 * 60 + then.start - first.end
