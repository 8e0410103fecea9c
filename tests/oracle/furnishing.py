"""Every way to hold sessions together and to give them rooms and staff, once their dates are settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations, product

from oracle.looks import Looks
from oracle.of_people import able, room_needs, seated
from oracle.plan import Plan, Rule
from oracle.view import SENTENCES, Held, View

BY_CONSTRUCTION = {"needs", "capacity"}
"""Units are chosen free, and as many as are needed; only sessions held together are asked about that."""
GROWING = {"led_by", "held_in", "most_use", "most_hours", "most_days_in_row"}
"""The rules that no further session mends, once they are broken."""

Dating = tuple[Held, ...]


class Furnishing:
    """Names hosts, rooms and staff of sessions whose dates are given."""

    def __init__(self, plan: Plan, rules: Sequence[Rule], looks: Looks) -> None:
        self.plan, self.looks = plan, looks
        self.wishes = [rule for rule in rules if rule.tier != "hard"]
        self.hard = [rule for rule in rules if rule.tier == "hard"]
        self.growing = [rule for rule in self.hard if rule.name in GROWING]
        self.last = [rule for rule in self.hard if rule.name not in GROWING | BY_CONSTRUCTION]
        self.bonds = [rule.series for rule in plan.rules if _is_shared(rule)]
        self.guests = {guest for guest, _ in self.bonds}
        self._units = cache(self._units_of)

    def is_possible(self, one: Held) -> bool:
        """Whether a session has rooms and staff where it is the only one; a guest may have its host's."""
        return one.series in self.guests or next(self._furnishings(one, ()), None) is not None

    def of(self, dating: Dating) -> Iterator[Dating]:
        """Yield every choice of hosts, rooms and staff that breaks no hard rule."""
        for hosts in self._hostings(dating):
            alone = [one for one in dating if one.id not in hosts]
            rules = self.hard if hosts else self.last
            for named in self._furnished(alone, ()):
                by_id = {one.id: one for one in named}
                guests = [_beside(one, by_id[hosts[one.id]]) for one in dating if one.id in hosts]
                schedule = (*named, *guests)
                if self._keeps(rules, schedule):
                    yield schedule

    def _keeps(self, rules: Sequence[Rule], held: Sequence[Held]) -> bool:
        self.looks.look(len(rules) + 1)
        return not any(SENTENCES[rule.name](View(self.plan, rule, held)) for rule in rules)

    def _hostings(self, dating: Dating) -> Iterator[dict[str, str]]:
        """Yield each choice of which sessions are held with which of a host's."""
        may: dict[str, list[str]] = {}
        for guest, host in self.bonds:
            for one in dating:
                for other in dating:
                    same = (one.day, one.start) == (other.day, other.start)
                    if one.series == guest and other.series == host and same:
                        may.setdefault(one.id, [""]).append(other.id)
        for chosen in product(*may.values()):
            hosts = {guest: host for guest, host in zip(may, chosen, strict=True) if host}
            if not set(hosts) & set(hosts.values()):
                yield hosts

    def _furnished(self, left: Sequence[Held], done: Dating) -> Iterator[Dating]:
        if not left:
            yield done
            return
        for named in self._furnishings(left[0], done):
            if self._keeps(self.growing, (*done, named)):
                yield from self._furnished(left[1:], (*done, named))

    def _furnishings(self, one: Held, done: Dating) -> Iterator[Held]:
        """Yield a session with each choice of free rooms and staff."""
        busy = {name for other in done if other.meets(one) for name in other.units}
        for rooms, staff in self._units(one.series, one.day, one.start, one.minutes):
            if busy.isdisjoint(rooms) and busy.isdisjoint(staff):
                yield Held(one.series, one.number, one.day, one.start, one.minutes, rooms, staff)

    def _units_of(
        self, name: str, day: date, start: int, minutes: int
    ) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Rooms and staff that a session of a series may have on a day, if it is the only one."""
        series = self.plan.series[name]
        there = {u.name for u in self.plan.units.values() if u.is_there(day, start, start + minutes)}
        rooms = [sorted(wanted & there) for wanted in room_needs(self.plan, series)]
        staff = [
            list(combinations(sorted(able(self.plan, series, pool) & there), int(amount)))
            for pool, amount in sorted(series.kind.get("staff", {}).items())
        ]
        return [
            (chosen, tuple(name for team in teams for name in team))
            for chosen in product(*rooms)
            if len(set(chosen)) == len(chosen) and seated(self.plan, series, chosen)
            for teams in product(*staff)
        ]


def _is_shared(rule: Rule) -> bool:
    return rule.name == "together" and str(rule.args.get("shared", "true")).lower() == "true"


def _beside(guest: Held, host: Held) -> Held:
    return Held(
        guest.series, guest.number, guest.day, guest.start, guest.minutes, host.rooms, host.staff, host.id
    )
