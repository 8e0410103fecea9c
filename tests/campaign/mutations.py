"""Schedules made anyhow, and schedules changed at random: dates, starts, rooms, staff, hosts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from oracle.days import FIRST, LAST
from oracle.of_people import able, room_needs
from oracle.plan import Plan, Series
from oracle.view import Held


def numbered(held: Sequence[Held]) -> list[Held]:
    """Number the sessions of each series by date; hosts are named by their new numbers."""
    counts: Counter[str] = Counter()
    new: dict[str, str] = {}
    done = []
    for one in sorted(held, key=lambda one: one.place):
        counts[one.series] += 1
        done.append(replace(one, number=counts[one.series]))
        new[one.id] = done[-1].id
    return [replace(one, host=new.get(one.host, "")) for one in done]


def somehow(chance: Random, plan: Plan) -> list[Held]:
    """Return sessions of each series on open days, with rooms and staff that would do, if free."""
    held = []
    for series in plan.series.values():
        for number in range(1, chance.randint(1, 4)):
            start = chance.choice(series.starts)
            one = Held(series.id, number, chance.choice(plan.open_days), start, series.minutes)
            held.append(furnish(chance, plan, series, one))
    return numbered(held)


def furnish(chance: Random, plan: Plan, series: Series, one: Held) -> Held:
    """Give a session the rooms and staff that it needs, whether they are free or not."""
    rooms: list[str] = []
    for wanted in room_needs(plan, series):
        rooms += chance.sample(sorted(wanted - set(rooms)), min(1, len(wanted - set(rooms))))
    staff: list[str] = []
    for pool, amount in series.kind.get("staff", {}).items():
        them = sorted(able(plan, series, pool))
        staff += chance.sample(them, min(int(amount), len(them)))
    return replace(one, rooms=tuple(rooms), staff=tuple(staff))


def mutated(chance: Random, plan: Plan, held: Sequence[Held]) -> list[Held]:
    """Return a schedule that was changed in up to three places."""
    changed = list(held)
    for _ in range(chance.randint(0, 3)):
        if changed:
            at = chance.randrange(len(changed))
            changed = _changed(chance, plan, changed, at)
    return numbered(changed)


def _changed(chance: Random, plan: Plan, held: list[Held], at: int) -> list[Held]:
    one = held[at]
    series = plan.series[one.series]
    others = [other for other in held if other.series != one.series]
    how = chance.choice(["day", "day", "near", "start", "room", "staff", "drop", "twice", "host", "beside"])
    rest = [*held[:at], *held[at + 1 :]]
    if how == "drop":
        return [replace(other, host="") if other.host == one.id else other for other in rest]
    if how == "twice":
        return [*held, replace(one, number=99, day=chance.choice(plan.open_days), host="")]
    if how == "host" and others:
        return [*rest, _hosted(one, chance.choice(others))]
    if how == "beside" and others:
        other = chance.choice(others)
        return [*rest, replace(one, day=other.day, start=other.start)]
    fresh = furnish(chance, plan, series, one)
    changes = {
        "day": replace(one, day=chance.choice(plan.open_days)),
        "near": replace(one, day=min(max(one.day + timedelta(chance.choice([-7, -1, 1, 7])), FIRST), LAST)),
        "start": replace(one, start=chance.choice([*series.starts, 600, 780])),
        "room": replace(one, rooms=fresh.rooms),
        "staff": replace(one, staff=fresh.staff),
    }
    return [*rest, changes.get(how, one)]


def _hosted(one: Held, host: Held) -> Held:
    return replace(
        one, day=host.day, start=host.start, rooms=host.rooms, staff=host.staff, host=host.host or host.id
    )
