"""The usual wishes: what makes a calendar that can be sent round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import ceil, floor

from oracle.days import DAYS, MONTHS, monday, nth, stretches
from oracle.of_days import DAY
from oracle.plan import Plan, month_list, weekday_set
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
            near = () if day in plan.is_open - plan.quiet else (day + 7 * DAY, day - 7 * DAY)
            found |= {day, *(one for one in near if one.month == day.month)}
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
    """The open days of some months that are not avoided, by weekday."""
    days = [day for day in plan.open_days if day.month in months and day not in plan.quiet]
    return {weekday: tuple(d for d in days if d.weekday() == weekday) for weekday in range(7)}


@sentence
def weekly_rhythm(view: View) -> int:
    """The least over all choices of weekdays with a start each; one that is never open lacks nothing."""
    units = 0
    days = open_by_weekday(view.plan, month_list(view.args))
    for starts, held in families(view):
        usable = sorted({day for day in days if days[day]} | {one.day.weekday() for one in held})
        choices = _choices(usable, starts, view.number("slots"))
        units += min(_out_of_step(days, held, dict(chosen)) for chosen in choices)
    return units


def _out_of_step(days: Mapping[int, Sequence[date]], held: Sequence[Held], slots: Mapping[int, int]) -> int:
    there = Counter(monday(one.day) for one in held)
    wanted = Counter(monday(day) for weekday in slots for day in days[weekday])
    away = sum(slots.get(one.day.weekday()) != one.start for one in held)
    return away + sum(max(0, number - 1 - there[week]) for week, number in wanted.items())


def _choices(usable: list[int], starts: list[int], slots: int) -> Iterator[list[tuple[int, int]]]:
    """Yield so many weekdays, each with a start; those that are never open differ in nothing."""
    for size in range(max(0, slots - (7 - len(usable))), min(slots, len(usable)) + 1):
        for chosen in combinations(usable, size):
            for at in product(starts, repeat=size):
                yield list(zip(chosen, at, strict=True))


@sentence
def quiet_days(view: View) -> int:
    return sum(one.day in stretches(view.args["days"]) for one in view.held)


@lru_cache(4096)
def usual_of(plan: Plan, months: tuple[int, ...], weekdays: frozenset[int]) -> tuple[date, ...]:
    """The open days of some months and weekdays, without those that are avoided."""
    days = plan.is_open - plan.quiet
    return tuple(day for day in DAYS if day in days and day.month in months and day.weekday() in weekdays)


@sentence
def even_visits(view: View) -> int:
    """Each week's last usual day against the even share of such days, rounded down and up."""
    months = month_list(view.args)
    usual = usual_of(view.plan, months, weekday_set(view.args))
    held = [one.day for one in view.held if one.day.month in months]
    units = 0
    for at, day in enumerate(usual, 1):
        if at == len(usual) or monday(usual[at]) != monday(day):
            target, reached = Fraction(view.number("sessions") * at, len(usual)), sum(d <= day for d in held)
            units += max(0, floor(target) - reached, reached - ceil(target))
    return units


@sentence
def level_weeks(view: View) -> int:
    """Each week against its part of the year's sessions, and a little more."""
    usual = usual_of(view.plan, MONTHS, frozenset(range(7)))
    weeks = Counter(map(monday, usual))
    held = Counter(monday(one.day) for one in view.held)
    much = Fraction(view.number("sessions") * view.number("percent", 115), 100)
    each = much / max(1, len(usual))
    return sum(max(0, number - ceil(each * weeks[week])) for week, number in held.items())
