"""Every schedule of a tiny plan: whether there is one, and the best in the order of tiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import heappop, heappush
from operator import add

from oracle.days import period
from oracle.furnishing import Furnishing
from oracle.judging import broken, costs
from oracle.looks import Looks
from oracle.plan import Plan, Rule, month_list, weekday_set
from oracle.view import PEOPLE, SENTENCES, Held, View

EACH = {"opening", "in_months", "in_dates", "month_days", "weekdays", "start_times", "off_dates"}
EACH |= {"beside_closures"}
"""The rules that look at one session by itself."""
GROWING = {"most", "distinct_starts", "min_gap"}
"""The rules that no further session mends, once they are broken."""

Cell = tuple[date, int]
Dating = tuple[Held, ...]
Cost = tuple[int, ...]


@dataclass(frozen=True)
class Choice:
    """Dates of one series, and what they cost by the wishes that bind this series alone."""

    paid: Cost
    held: Dating


class Search:
    """The schedules of one plan, the cheapest dates first; raises TooManyError after `limit` looks."""

    def __init__(self, plan: Plan, limit: int = 3_000) -> None:
        self.plan, self.looks = plan, Looks(limit)
        # people are named when dates are settled: their tier is none of these
        self.tiers = [tier for tier in plan.tiers if tier != "people"]
        rules = [rule for rule in plan.rules if rule.series and rule.tier != "people"]
        self.rules = [rule for rule in rules if rule.name not in PEOPLE]
        self.furnishing = Furnishing(plan, [rule for rule in rules if rule.name in PEOPLE], self.looks)

    def best(self) -> tuple[Cost, Dating] | None:
        """The least costs in the order of tiers with a schedule that has them, None where none holds."""
        best: tuple[Cost, Dating] | None = None
        for least, dating in self._cheapest_first():
            if best is not None and least >= best[0]:
                break
            for schedule in self.furnishing.of(dating):
                cost = self._plus(least, self.furnishing.wishes, schedule)
                if best is None or cost < best[0]:
                    best = (cost, schedule)
                if cost == least:
                    break
        if best is not None:  # what was left out by construction is asked for once more
            counted = costs(self.plan, best[1])
            assert not broken(self.plan, best[1])
            assert best[0] == tuple(counted[tier] for tier in self.tiers)
        return best

    def equals(self, best: Cost) -> Iterator[Dating]:
        """Yield the dates of every schedule that costs the least in each tier, once."""
        for least, dating in self._cheapest_first():
            if least > best:
                return
            ways = (self._plus(least, self.furnishing.wishes, held) for held in self.furnishing.of(dating))
            if any(cost == best for cost in ways):
                yield dating

    def least_of_people(self, told: Sequence[Held]) -> int:
        """The least that the tier of people costs, over all who could be named in a schedule.

        Its dates, starts, hosts and rooms stay, and so does what the tiers before it cost.
        """
        counted = costs(self.plan, told)
        before = [counted[tier] for tier in self.tiers]
        as_told = {(one.id, one.host, one.rooms) for one in told}
        dating = tuple(replace(one, rooms=(), staff=(), host="") for one in told)
        found = [counted["people"]]
        for named in self.furnishing.of(dating):
            if {(one.id, one.host, one.rooms) for one in named} == as_told:
                paid = costs(self.plan, named)
                if [paid[tier] for tier in self.tiers] == before:
                    found.append(paid["people"])
        return min(found)

    def _cheapest_first(self) -> Iterator[tuple[Cost, Dating]]:
        """Yield the dates that break no rule of dates, with what they cost, in the order of that."""
        none: Cost = (0,) * len(self.tiers)
        choices = [self._of_series(name) for name in self.plan.series]
        hard = [rule for rule in self.rules if rule.tier == "hard" and len(set(rule.series)) > 1]
        soft = [rule for rule in self.rules if rule.tier != "hard" and len(set(rule.series)) > 1]
        ready: list[tuple[Cost, int, Dating]] = []
        for number, (least, chosen) in enumerate(_combined(none, choices)):
            while ready and ready[0][0] <= least:
                cost, _, dating = heappop(ready)
                yield cost, dating
            self.looks.look()
            held = tuple(one for choice in chosen for one in choice.held)
            if self._keeps(hard, held):
                heappush(ready, (self._plus(least, soft, held), number, held))
        while ready:
            cost, _, dating = heappop(ready)
            yield cost, dating

    def _plus(self, cost: Cost, rules: Sequence[Rule], held: Sequence[Held]) -> Cost:
        """What is paid already, and what some wishes cost."""
        paid = dict.fromkeys(self.tiers, 0)
        for rule in rules:
            self.looks.look()
            paid[rule.tier] += rule.weight * SENTENCES[rule.name](View(self.plan, rule, held))
        return tuple(map(add, cost, paid.values()))

    def _keeps(self, rules: Sequence[Rule], held: Sequence[Held]) -> bool:
        self.looks.look(len(rules))
        return not any(SENTENCES[rule.name](View(self.plan, rule, held)) for rule in rules)

    def _of_series(self, name: str) -> list[Choice]:
        """Every choice of dates of one series that breaks none of the rules that bind it alone."""
        mine = [rule for rule in self.rules if set(rule.series) == {name}]
        alone = [rule for rule in mine if rule.tier == "hard"]
        wishes = [rule for rule in mine if rule.tier != "hard"]
        growing = [rule for rule in alone if rule.name in GROWING]
        others = [rule for rule in alone if rule.name not in GROWING | EACH]
        cells = self._cells(name, alone)
        least, most = self._least(alone), min(self._most(alone, cells), len(cells))
        none: Cost = (0,) * len(self.tiers)

        def grown(held: Dating, at: int) -> Iterator[Dating]:
            if len(held) >= least:
                yield held
            for place in range(at, len(cells)) if len(held) < most else ():
                more = (*held, self._held(name, len(held) + 1, cells[place]))
                if self._keeps(growing, more):
                    yield from grown(more, place + 1)

        found = [
            Choice(self._plus(none, wishes, held), held) for held in grown((), 0) if self._keeps(others, held)
        ]
        return sorted(found, key=lambda choice: choice.paid)

    def _held(self, name: str, number: int, cell: Cell) -> Held:
        return Held(name, number, *cell, self.plan.series[name].minutes)

    def _cells(self, name: str, alone: Sequence[Rule]) -> list[Cell]:
        """The days and starts at which a session of a series may be."""
        each = [r for r in self.rules if r.tier == "hard" and name in r.series and r.name in EACH]
        patterns = [rule for rule in alone if rule.name == "fixed_pattern"]
        cells = []
        for day in self.plan.opened_for((name,)).open_days:
            for start in self.plan.series[name].starts:
                one = self._held(name, 1, (day, start))
                if (
                    self._keeps(each, [one])
                    and all(self._is_on_pattern(rule, one) for rule in patterns)
                    and self.furnishing.is_possible(one)
                ):
                    cells.append((day, start))
        return cells

    def _is_on_pattern(self, rule: Rule, one: Held) -> bool:
        """What lies on no day of a fixed pattern is one too many wherever the others are."""
        none, with_it = (SENTENCES[rule.name](View(self.plan, rule, held)) for held in ((), (one,)))
        return with_it < none

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


def _combined(none: Cost, choices: Sequence[Sequence[Choice]]) -> Iterator[tuple[Cost, list[Choice]]]:
    """Yield one choice of each series, in every way, in the order of what they cost together.

    Each list begins with its cheapest. From a way, the next ones take one later choice in one place, at or
    after the place in which it was made itself: so that each comes once.
    """
    if not all(choices):
        return

    def entry(places: tuple[int, ...], at: int) -> tuple[Cost, tuple[int, ...], int]:
        paid = none
        for mine, place in zip(choices, places, strict=True):
            paid = tuple(map(add, paid, mine[place].paid))
        return paid, places, at

    waiting = [entry((0,) * len(choices), 0)]
    while waiting:
        paid, places, at = heappop(waiting)
        yield paid, [mine[place] for mine, place in zip(choices, places, strict=True)]
        for later in range(at, len(places)):
            if places[later] + 1 < len(choices[later]):
                moved = (*places[:later], places[later] + 1, *places[later + 1 :])
                heappush(waiting, entry(moved, later))
