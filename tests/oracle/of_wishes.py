"""The usual wishes: what makes a calendar that can be sent round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations, product

from oracle.days import DAYS, monday, nth
from oracle.of_days import DAY
from oracle.plan import Plan, month_list
from oracle.view import Held, View, sentence

WEEKS = {
    1: ((1,), (2,), (3,), (4,)),
    2: ((1, 3), (2, 4)),
    3: ((1, 2, 3), (2, 3, 4)),
}
"""The weeks of the month that so many sessions a month have."""


@lru_cache(4096)
def usual_days(plan: Plan, weekday: int, weeks: tuple[int, ...]) -> frozenset[object]:
    """The dates of a usual place; where one is closed, a week later or earlier in the month is as good."""
    found = set()
    for day in DAYS:
        if day.weekday() == weekday and nth(day) in weeks:
            near = (day,) if day in plan.is_open else (day + 7 * DAY, day - 7 * DAY)
            found |= {one for one in near if one.month == day.month}
    return frozenset(found)


def families(view: View) -> Iterator[tuple[list[int], list[Held]]]:
    """Yield starts and sessions of each series, of groups that meet one after the other together."""
    names: dict[object, list[str]] = {}
    for name in dict.fromkeys(view.rule.series):
        one = view.plan.series[name]
        key = (one.programme, one.component) if one.in_turn else name
        names.setdefault(key, []).append(name)
    for mine in names.values():
        starts = sorted({start for name in mine for start in view.plan.series[name].starts})
        yield starts, [one for one in view.held if one.series in mine]


@sentence
def usual_place(view: View) -> int:
    """The least over all places: a weekday, a start, and weeks of the month."""
    return sum(
        min(
            _beside(view.plan, held, weekday, start, weeks)
            for weekday, start, weeks in product(range(7), starts, WEEKS[view.number("per_month")])
        )
        for starts, held in families(view)
    )


def _beside(plan: Plan, held: Sequence[Held], weekday: int, start: int, weeks: tuple[int, ...]) -> int:
    days = usual_days(plan, weekday, weeks)
    same = [one.day.weekday() == weekday and one.start == start for one in held]
    return sum(2 - here - (here and one.day in days) for here, one in zip(same, held, strict=True))


@lru_cache(4096)
def open_by_weekday(plan: Plan, months: tuple[int, ...]) -> dict[int, tuple[date, ...]]:
    """The open days of some months, by weekday."""
    days = [day for day in plan.open_days if day.month in months]
    return {weekday: tuple(d for d in days if d.weekday() == weekday) for weekday in range(7)}


@sentence
def weekly_rhythm(view: View) -> int:
    """The least over all choices of weekdays with a start each; one that is never open lacks nothing."""
    days = open_by_weekday(view.plan, month_list(view.args))
    return sum(
        min(_out_of_step(days, held, dict(chosen)) for chosen in _choices(days, starts, view.number("slots")))
        for starts, held in families(view)
    )


def _out_of_step(days: Mapping[int, Sequence[date]], held: Sequence[Held], slots: Mapping[int, int]) -> int:
    there = {(one.day, one.start) for one in held}
    away = sum(slots.get(one.day.weekday()) != one.start for one in held)
    missing = Counter(
        monday(day) for weekday, start in slots.items() for day in days[weekday] if (day, start) not in there
    )
    return away + sum(number - 1 for number in missing.values())


def _choices(
    days: dict[int, tuple[date, ...]], starts: list[int], slots: int
) -> Iterator[list[tuple[int, int]]]:
    """Yield so many weekdays, each with a start; those that are never open differ in nothing."""
    are_open = [weekday for weekday in days if days[weekday]]
    for size in range(max(0, slots - (7 - len(are_open))), min(slots, len(are_open)) + 1):
        for chosen in combinations(are_open, size):
            for at in product(starts, repeat=size):
                yield list(zip(chosen, at, strict=True))
