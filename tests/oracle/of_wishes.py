"""The usual wishes: what makes a calendar that can be sent round."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, product

from oracle.days import DAYS, monday, nth
from oracle.of_days import DAY
from oracle.plan import Plan, month_list
from oracle.view import View, sentence

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


@sentence
def usual_place(view: View) -> int:
    """The least over all places: a weekday, a start, and weeks of the month; one for all groups in turn."""
    starts = {start for name in view.rule.series for start in view.plan.series[name].starts}
    found = []
    for weekday, start, weeks in product(range(7), starts, WEEKS[view.number("per_month")]):
        days = usual_days(view.plan, weekday, weeks)
        same = [one.day.weekday() == weekday and one.start == start for one in view.held]
        found.append(
            sum(2 - here - (here and one.day in days) for here, one in zip(same, view.held, strict=True))
        )
    return min(found)


@sentence
def weekly_rhythm(view: View) -> int:
    """The least over all choices of weekdays with a start each."""
    series = [view.plan.series[name] for name in view.rule.series]
    starts = sorted({start for one in series for start in one.starts})
    held = {(one.day, one.start) for one in view.held}
    found = []
    for chosen in combinations(range(7), view.number("slots")):
        for at in product(starts, repeat=len(chosen)):
            slots = dict(zip(chosen, at, strict=True))
            away = sum(slots.get(one.day.weekday()) != one.start for one in view.held)
            lacking: dict[object, int] = {}
            for day in view.plan.open_days:
                if day.weekday() in slots and day.month in month_list(view.args):
                    missing = (day, slots[day.weekday()]) not in held
                    lacking[monday(day)] = lacking.get(monday(day), 0) + missing
            found.append(away + sum(max(0, number - 1) for number in lacking.values()))
    return min(found)
