"""Every schedule of a tiny plan: whether there is one, and the best in the order of tiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, product
from math import comb, prod

from oracle.days import period
from oracle.judging import costs
from oracle.of_people import able, room_needs, seated
from oracle.plan import Plan, Rule, month_list, weekday_set
from oracle.view import PEOPLE, SENTENCES, Held, View

EACH = {"opening", "in_months", "in_dates", "month_days", "weekdays", "start_times", "off_dates"}
EACH |= {"beside_closures"}
"""The rules that look at one session by itself."""

Cell = tuple[date, int]
Dating = tuple[Held, ...]


class TooManyError(Exception):
    """The plan is not tiny."""


class Search:
    """The schedules of one plan; raises TooManyError where there are more than `limit` to look at."""

    def __init__(self, plan: Plan, limit: int = 1_500) -> None:
        self.plan, self.limit, self.looked = plan, limit, 0
        self.tiers = [
            tier for tier in plan.tiers if tier != "people"
        ]  # people are named when dates are settled
        self.hard = [rule for rule in plan.rules if rule.tier == "hard" and rule.series]
        self.soft = [rule for rule in plan.rules if rule.tier not in {"hard", "people"} and rule.series]

    def best(self) -> tuple[tuple[int, ...], Dating] | None:
        """The least costs in the order of tiers with a schedule that has them, None where none holds."""
        datings = sorted(self._dated(), key=lambda found: found[0])
        named_costs = any(rule.name in PEOPLE for rule in self.soft)
        best: tuple[tuple[int, ...], Dating] | None = None
        for least, dating in datings:
            if best is not None and least >= best[0]:
                break
            for schedule in self._named(dating):
                counted = costs(self.plan, schedule)
                cost = tuple(counted[tier] for tier in self.tiers)
                if best is None or cost < best[0]:
                    best = (cost, schedule)
                if cost == least or not named_costs:
                    break
        return best

    def _dated(self) -> Iterator[tuple[tuple[int, ...], Dating]]:
        """Yield the dates that break no rule of dates, with what they cost."""
        choices = [self._of_series(name) for name in self.plan.series]
        if prod(map(len, choices)) > self.limit:
            raise TooManyError
        hard = [rule for rule in self.hard if rule.name not in PEOPLE and len(set(rule.series)) > 1]
        soft = [rule for rule in self.soft if rule.name not in PEOPLE]
        for chosen in product(*choices):
            held = tuple(one for sessions in chosen for one in sessions)
            if self._keeps(hard, held):
                paid = dict.fromkeys(self.tiers, 0)
                for rule in soft:
                    paid[rule.tier] += rule.weight * SENTENCES[rule.name](View(self.plan, rule, held))
                yield tuple(paid.values()), held

    def _keeps(self, rules: Sequence[Rule], held: Sequence[Held]) -> bool:
        return not any(SENTENCES[rule.name](View(self.plan, rule, held)) for rule in rules)

    def _of_series(self, name: str) -> list[Dating]:
        """Every choice of dates of one series that breaks none of the rules that bind it alone."""
        alone = [rule for rule in self.hard if set(rule.series) == {name} and rule.name not in PEOPLE]
        each = [rule for rule in self.hard if name in rule.series and rule.name in EACH]
        series = self.plan.series[name]
        cells = [
            (day, start)
            for day in self.plan.open_days
            for start in series.starts
            if self._keeps(each, [Held(name, 1, day, start, series.minutes)])
        ]
        cells = self._on_pattern(alone, cells, name, series.minutes)
        most = min(self._most(alone, cells), len(cells))
        least = self._least(alone)
        if sum(comb(len(cells), size) for size in range(least, most + 1)) > self.limit:
            raise TooManyError
        found = []
        for size in range(least, most + 1):
            for chosen in combinations(cells, size):
                held = tuple(
                    Held(name, n, day, start, series.minutes) for n, (day, start) in enumerate(chosen, 1)
                )
                if self._keeps(alone, held):
                    found.append(held)
        return found

    def _on_pattern(self, alone: Sequence[Rule], cells: list[Cell], name: str, minutes: int) -> list[Cell]:
        """Leave out what lies on no day of a fixed pattern: it is one too many wherever the others are."""
        for rule in alone:
            if rule.name == "fixed_pattern":
                none = SENTENCES[rule.name](View(self.plan, rule, ()))
                cells = [
                    (day, start)
                    for day, start in cells
                    if SENTENCES[rule.name](View(self.plan, rule, [Held(name, 1, day, start, minutes)]))
                    < none
                ]
        return cells

    def _least(self, alone: Sequence[Rule]) -> int:
        """As many sessions are needed as units of breach there are without any."""
        told = {"count", "fixed_pattern", "month_runs"}
        return max((SENTENCES[r.name](View(self.plan, r, ())) for r in alone if r.name in told), default=0)

    def _most(self, alone: Sequence[Rule], cells: Sequence[Cell]) -> int:
        """No more sessions than the limits of each period allow together."""
        found = [len(cells)]
        for rule in alone:
            if rule.name == "count" and "high" in rule.args:
                counted = weekday_set(rule.args)
                mine = [day for day, _ in cells if day.month in month_list(rule.args)]
                mine = [day for day in mine if day.weekday() in counted]
                periods = {period(day, rule.args.get("per", "year")) for day in mine}
                found.append(len(cells) - len(mine) + len(periods) * int(rule.args["high"]))
            if rule.name == "month_runs":
                found.append(int(rule.args["length"]) * int(rule.args.get("high", 1)))
            if rule.name == "fixed_pattern":
                found.append(SENTENCES[rule.name](View(self.plan, rule, ())))
        return min(found)

    def _named(self, dating: Dating) -> Iterator[Dating]:
        """Yield every choice of hosts, rooms and staff that breaks no rule."""
        people = [rule for rule in self.hard if rule.name in PEOPLE]
        for hosts in self._hostings(dating):
            alone = [one for one in dating if one.id not in hosts]
            for named in self._furnished(alone, ()):
                by_id = {one.id: one for one in named}
                guests = [_beside(one, by_id[hosts[one.id]]) for one in dating if one.id in hosts]
                schedule = (*named, *guests)
                if self._keeps(people, schedule):
                    yield schedule

    def _hostings(self, dating: Dating) -> Iterator[dict[str, str]]:
        """Yield each choice of which sessions are held with which of a host's."""
        may: dict[str, list[str]] = {}
        for rule in self.plan.rules:
            if rule.name == "together" and str(rule.args.get("shared", "true")).lower() == "true":
                guest, host = rule.series
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
        self.looked += 1
        if self.looked > self.limit * 10:
            raise TooManyError
        for named in self._furnishings(left[0], done):
            yield from self._furnished(left[1:], (*done, named))

    def _furnishings(self, one: Held, done: Dating) -> Iterator[Held]:
        """Yield a session with each choice of free rooms and staff."""
        busy = {name for other in done if other.meets(one) for name in other.units}
        free = {
            unit.name
            for unit in self.plan.units.values()
            if unit.name not in busy and unit.is_there(one.day, one.start, one.end)
        }
        series = self.plan.series[one.series]
        rooms = [sorted(wanted & free) for wanted in room_needs(self.plan, series)]
        staff = [
            list(combinations(sorted(able(self.plan, series, pool) & free), int(amount)))
            for pool, amount in sorted(series.kind.get("staff", {}).items())
        ]
        for chosen in product(*rooms):
            if len(set(chosen)) == len(chosen) and seated(self.plan, series, chosen):
                for teams in product(*staff):
                    members = tuple(name for team in teams for name in team)
                    yield Held(one.series, one.number, one.day, one.start, one.minutes, chosen, members)


def _beside(guest: Held, host: Held) -> Held:
    return Held(
        guest.series, guest.number, guest.day, guest.start, guest.minutes, host.rooms, host.staff, host.id
    )
