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
def shut_days(plan: Plan, weekday: int, weeks: tuple[int, ...]) -> tuple[date, ...]:
    """The days of a usual place that are closed or avoided."""
    named = (day for day in DAYS if day.weekday() == weekday and nth(day) in weeks)
    return tuple(day for day in named if day not in plan.is_open - plan.quiet)


def families(view: View) -> Iterator[tuple[list[str], list[int], list[Held]]]:
    """Yield names, starts and sessions of each series, of groups that meet one after the other together."""
    names: dict[object, list[str]] = {}
    for name in dict.fromkeys(view.rule.series):
        one = view.plan.series[name]
        key = (one.programme, one.component) if one.in_turn else name
        names.setdefault(key, []).append(name)
    for mine in names.values():
        starts = sorted({start for name in mine for start in view.plan.series[name].starts})
        yield mine, starts, [one for one in view.held if one.series in mine]


@sentence
def usual_place(view: View) -> int:
    """The least over all places: a weekday, a start, and weeks of the month."""
    return sum(
        min(
            _beside(view.plan, held, weekday, start, weeks)
            for weekday, start, weeks in product(range(7), starts, WEEKS[view.number("per_month")])
        )
        for _, starts, held in families(view)
    )


def _beside(plan: Plan, held: Sequence[Held], weekday: int, start: int, weeks: tuple[int, ...]) -> int:
    """What is on another weekday or start costs two; in another week one, but for those that stand in."""
    same = [one.day for one in held if one.day.weekday() == weekday and one.start == start]
    shut = [day for day in shut_days(plan, weekday, weeks) if day not in same]
    return 2 * (len(held) - len(same)) + _left([day for day in same if nth(day) not in weeks], shut)


def _left(odd: Sequence[date], shut: Sequence[date]) -> int:
    """The fewest that stand in for no day: each tries to, for any one that is left, or for none."""
    if not odd:
        return 0
    first, *others = odd
    near = [day for day in shut if abs(day - first) == 7 * DAY and day.month == first.month]
    return min([1 + _left(others, shut), *(_left(others, [d for d in shut if d != day]) for day in near)])


@lru_cache(4096)
def weeks_of(plan: Plan, months: tuple[int, ...]) -> Mapping[date, Mapping[int, bool]]:
    """The days of each week on which the centre opens by the weekday: whether it does, and is not avoided."""
    found: dict[date, dict[int, bool]] = {}
    for day in DAYS:
        if day.month in months and day.weekday() in plan.open_weekly:
            usual = day in plan.is_open and day not in plan.quiet
            found.setdefault(monday(day), {})[day.weekday()] = usual
    return found


@lru_cache(4096)
def lacking(plan: Plan, months: tuple[int, ...], slots: tuple[int, ...]) -> Mapping[date, int]:
    """What each week lacks beyond the first while nothing is held in it."""
    return {
        week: max(0, sum(days.get(weekday, False) for weekday in slots) - 1)
        for week, days in weeks_of(plan, months).items()
    }


@sentence
def weekly_rhythm(view: View) -> int:
    """The least over all choices of weekdays with a start each."""
    units = 0
    for mine, _, of_family in families(view):
        own = {month for name in mine for month in view.plan.series[name].months}
        months = month_list(view.args) if "months" in view.args else tuple(m for m in MONTHS if m in own)
        held = [one for one in of_family if one.day.month in months]
        starts = [sorted({one.start for one in held if one.day.weekday() == n}) or [0] for n in range(7)]
        units += min(
            _out_of_step(view.plan, months, held, dict(zip(chosen, at, strict=True)))
            for chosen in combinations(range(7), view.number("slots"))
            for at in product(*(starts[weekday] for weekday in chosen))
        )
    return units


def _out_of_step(plan: Plan, months: tuple[int, ...], held: Sequence[Held], slots: Mapping[int, int]) -> int:
    """What is on no slot, but for one a week for each slot on a day that is closed; and what weeks lack."""
    weeks, empty = weeks_of(plan, months), lacking(plan, months, tuple(slots))
    there = Counter(monday(one.day) for one in held)
    away = Counter(monday(one.day) for one in held if slots.get(one.day.weekday()) != one.start)
    units = sum(empty.values())
    for week, number in there.items():
        spare = sum(weeks.get(week, {}).get(weekday, True) is False for weekday in slots)
        less = empty.get(week, 0)
        units += max(0, away[week] - spare) + max(0, less - number) - less
    return units


@sentence
def mid_month(view: View) -> int:
    """One too early or too late in its month; the first and the last day of it are two."""
    first, last = view.number("first", 6), view.number("last", 25)
    edges = [one.day for one in view.held if not first <= one.day.day <= last]
    return len(edges) + sum(day.day == 1 or (day + DAY).day == 1 for day in edges)


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
