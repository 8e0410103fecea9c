"""Wishes about who is named once the dates are settled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from oracle.days import MONTHS
from oracle.of_wishes import families
from oracle.view import Held, View, of_people


@of_people
def share_work(view: View) -> int:
    """By each month's end, among those of the pool with the same hours and skills."""
    alike: dict[object, list[str]] = defaultdict(list)
    for unit in view.plan.units.values():
        if unit.pool == view.args["of"]:
            alike[tuple(sorted(unit.weekly.items())), unit.features].append(unit.name)
    units = 0
    for names in alike.values():
        for at in range(1, len(MONTHS) + 1):
            so_far = [one for one in view.held if one.day.month in MONTHS[:at] and not one.host]
            had = Counter(name for one in so_far for name in one.staff if name in names)
            share = Fraction(had.total() * view.number("percent", 125), 100 * len(names))
            units += sum(max(0, number - ceil(share)) for number in had.values())
    return units


@of_people
def same_staff(view: View) -> int:
    """The places of each pool that are not taken by those who take most of them."""
    units = 0
    for *_, held in families(view):
        teams: dict[object, list[tuple[str, Held]]] = defaultdict(list)
        for one in held:
            when = (one.day.weekday(), one.start) if view.flag("by_weekday") else None
            for name in one.staff if not one.host else ():
                teams[when, view.plan.units[name].pool].append((name, one))
        units += sum(map(_others, teams.values()))
    return units


def _others(places: list[tuple[str, Held]]) -> int:
    size = max(Counter(one.id for _, one in places).values())
    often: Mapping[str, int] = Counter(name for name, _ in places)
    return len(places) - sum(sorted(often.values(), reverse=True)[:size])
