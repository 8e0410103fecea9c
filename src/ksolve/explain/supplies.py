"""How many sessions could be held at most: by room or pool, for an audience, under a limit, with a gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from ksolve.clock import Span, covers
from ksolve.explain.demands import Openings
from ksolve.problem import Posted, Problem, Resource, Series
from ksolve.problem.case import Bound
from ksolve.problem.periods import monday_of
from ksolve.rules.needs import suitable
from ksolve.text import Text, counted

Present = tuple[tuple[Series, tuple[int, ...]], ...]
"""The series that may be held on a day, each with the starts that are open to it."""


@dataclass(frozen=True)
class Supply:
    """What bounds the sessions of some series in each period: a day, a week, a month.

    `amounts` says how many of it one session of each series takes; `most` is an upper bound of what
    a period holds, given the days of the period and who may be held on each.
    """

    name: Text
    amounts: Mapping[str, int]
    most: Callable[[Mapping[date, Present]], int]
    period: Callable[[date], Hashable] = field(default=lambda day: day)
    unit: Text = field(default=Text("日", "day"))
    note: Text = field(default=Text("", ""))


def supplies(posted: Sequence[Posted], series: Sequence[Series], problem: Problem) -> Iterator[Supply]:
    """Yield what the rules of a conflict bound: its rooms and pools, its audiences, its limits."""
    for pools in _pools(series):
        yield _of_pools(pools, series, problem)
    for one in posted:
        if one.tier is None:
            yield from map(_of_bound, one.rule.bounds(one, problem))


def held_in(supply: Supply, present: Mapping[date, Present], openings: Openings) -> Counter[int]:
    """Return in how many periods at most so many could be held: {2: 3} for two on each of three days."""
    periods: dict[Hashable, dict[date, Present]] = {}
    for day in sorted(present):
        periods.setdefault(supply.period(day), {})[day] = present[day]
    found: Counter[int] = Counter()
    for days in periods.values():
        own = sum(
            supply.amounts[one.id] * openings.most(one, day)
            for day, there in days.items()
            for one, _ in there
        )
        found[min(own, supply.most(days))] += 1
    return found


def _pools(series: Sequence[Series]) -> list[tuple[str, ...]]:
    """Return the rooms that sessions choose among and the pools that they take from, alone and in pairs."""
    chosen = {tuple(sorted(need.pools)) for one in series for need in one.needs}
    overlapping = [sorted({*a, *b}) for a, b in combinations(sorted(chosen), 2) if set(a) & set(b)]
    return sorted(chosen | {tuple(both) for both in overlapping})


def _of_pools(pools: tuple[str, ...], series: Sequence[Series], problem: Problem) -> Supply:
    inside = {one.id: [need for need in one.needs if set(need.pools) <= set(pools)] for one in series}
    amounts = {name: sum(need.amount for need in needs) for name, needs in inside.items()}
    able = {name: {r.id for need in needs for r in suitable(need, problem)} for name, needs in inside.items()}
    resources = [r for pool in pools for r in problem.of_pool(pool)]
    known: dict[object, int] = {}

    def most(days: Mapping[date, Present]) -> int:
        total = 0
        for day, present in days.items():
            for resource in resources:
                mine = tuple((s.minutes, starts) for s, starts in present if resource.id in able[s.id])
                key = mine, resource.hours(day)
                if key not in known:
                    known[key] = one_after_another(_spans(mine), resource, day)
                total += known[key] * len(resource.units)
        return total

    names = "・".join(dict.fromkeys(resource.name for resource in resources))
    units = sum(len(resource.units) for resource in resources)
    is_room = all(resource.kind == "room" for resource in resources)
    note = _ROOMS if is_room else _MEMBERS
    note = note.fill(units=Text(str(units), counted(units, "room" if is_room else "member")))
    return Supply(Text(names, names), amounts, most, note=note)


def one_after_another(spans: Sequence[Span], resource: Resource, day: date) -> int:
    """Return how many of some spans one unit could take: the earliest end first (interval scheduling)."""
    free, held = 0, 0
    for end, start in sorted((end, start) for start, end in spans):
        if start >= free and covers(resource.hours(day), start, end):
            free, held = end, held + 1
    return held


def _spans(present: Sequence[tuple[int, tuple[int, ...]]]) -> list[Span]:
    return [(start, start + minutes) for minutes, starts in present for start in starts]


def _of_bound(bound: Bound) -> Supply:
    amounts = {series.id: 1 for series in bound.series}
    if bound.per == "moment":
        return Supply(bound.name, amounts, lambda days: _at_once(days, bound.most), note=bound.note)
    return Supply(bound.name, amounts, lambda _days: bound.most, *_PERIODS[bound.per], note=bound.note)


def _at_once(days: Mapping[date, Present], lanes: int) -> int:
    """So many side by side, each with sessions one after the other."""
    total = 0
    for present in days.values():
        free, held = 0, 0
        for end, start in sorted(
            (end, start) for start, end in _spans([(s.minutes, at) for s, at in present])
        ):
            if start >= free:
                free, held = end, held + 1
        total += lanes * held
    return total


_PERIODS: dict[str, tuple[Callable[[date], Hashable], Text]] = {
    "day": (lambda day: day, Text("日", "day")),
    "week": (monday_of, Text("週", "week")),
    "month": (lambda day: day.month, Text("か月", "month")),
}
_ROOMS = Text("全部で{units}室", "{units} in all")
_MEMBERS = Text("全部で{units}人", "{units} in all")


def spelled(counts: Mapping[int, int], unit: Text) -> Text:
    """Return 4日×2回分: in how many periods so many could be held."""
    parts = [(number, value) for value, number in sorted(counts.items(), reverse=True) if number]
    ja = "+".join(f"{number}{unit.ja}×{value}回分" for number, value in parts)
    en = " + ".join(f"{counted(number, unit.en)} x {value}" for number, value in parts)
    return Text(ja or "0回分", en or "none")
