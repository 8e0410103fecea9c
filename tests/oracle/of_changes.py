"""Rules that hold a schedule against one that people know already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from oracle.days import DAYS, LAST
from oracle.of_people import needed
from oracle.plan import Plan, listed
from oracle.view import Held, View, of_people, sentence


@sentence
def as_held(view: View) -> int:
    before = view.args["before"]
    held = Counter((one.day, one.start) for one in view.held if one.day < before)
    was = Counter((day, start) for day, start in view.args["kept"] if day < before)
    return (held - was).total() + (was - held).total()


@sentence
def few_moves(view: View) -> int:
    """One at another time, and one for each session fewer."""
    kept = set(view.args["kept"])
    moved = sum((one.day, one.start) not in kept for one in view.held)
    return moved + max(0, len(kept) - len(view.held))


@sentence
def short_notice(view: View) -> int:
    first, last = view.args["first"], view.args["last"]
    held = {(one.day, one.start) for one in view.held if first <= one.day <= last}
    told = {(day, start) for day, start in view.args["kept"] if first <= day <= last}
    return len(held ^ told)


@sentence
def near_moves(view: View) -> int:
    """At the end of each week as many as there were to be."""
    sundays = [day for day in DAYS if day.weekday() == 6 or day == LAST]
    held, kept = [one.day for one in view.held], view.args["kept"]
    return sum(abs(sum(d <= sunday for d in held) - sum(d <= sunday for d in kept)) for sunday in sundays)


@of_people
def keep_units(view: View) -> int:
    of = view.args["of"]
    kept = {(day, start): names for day, start, names in view.args["kept"]}
    return sum(
        not _alike(view.plan, kept[one.day, one.start])
        <= _alike(view.plan, _own(view, one, one.rooms if of == "room" else one.staff))
        for one in view.held
        if (one.day, one.start) in kept and not one.host
    )


@of_people
def pinned(view: View) -> int:
    day, start = view.args["day"], view.args.get("start")
    wanted = _alike(view.plan, view.args["named"])

    def fits(one: Held) -> bool:
        there = one.day == day and start in {None, one.start}
        if there and one.host:
            return True  # a guest has its host's rooms and staff
        return there and wanted <= _alike(view.plan, _own(view, one, one.units))

    return int(not any(map(fits, view.held)))


def _own(view: View, one: Held, names: Sequence[str]) -> list[str]:
    """What a session names of the pools that it needs; a guest has what its host needs."""
    return list(names) if one.host else needed(view.plan, view.plan.series[one.series], names)


def _alike(plan: Plan, names: Iterable[str]) -> Counter[object]:
    """Units of one pool with the same hours, seats and skills stand for one another, if rules name none."""
    units = [plan.units[name] for name in names]
    told_apart = _named(plan)
    return Counter(
        (
            unit.name if unit.name in told_apart else "",
            unit.pool,
            tuple(sorted(unit.weekly.items())),
            unit.away,
            unit.only,
            unit.seats,
            unit.features,
            unit.site,
        )
        for unit in units
    )


EACH = {"turnaround", "most_hours", "travel", "most_days_in_row", "min_rest", "fair_share"}
"""The rules that look at each unit of a pool that they name."""


def _named(plan: Plan) -> set[str]:
    """The units that rules name, by themselves or each of a pool."""
    found: set[str] = set()
    for rule in plan.rules:
        names = {name for key in ("of", "member", "members") for name in listed(rule.args.get(key, ()))}
        found |= names
        if rule.name in EACH:
            found |= {unit.name for unit in plan.units.values() if unit.pool in names}
    return found
