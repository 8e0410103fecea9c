"""Rules that ask of each session, or of the days of one series."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from oracle.days import DAYS, is_last, minute, month_list_days, nth, nth_days, stretches
from oracle.plan import Plan, listed, month_list, weekday_set
from oracle.view import Held, View, sentence

DAY = timedelta(1)


@sentence
def opening(view: View) -> int:
    hours = view.plan.open_weekly
    return sum(
        one.day not in view.plan.is_open
        or not any(a <= one.start and one.end <= b for a, b in hours[one.day.weekday()])
        for one in view.held
    )


@sentence
def in_months(view: View) -> int:
    return sum(one.day.month not in month_list(view.args) for one in view.held)


@sentence
def in_dates(view: View) -> int:
    return sum(one.day not in stretches(view.args["days"]) for one in view.held)


@sentence
def off_dates(view: View) -> int:
    start = view.args.get("start")
    at = [one for one in view.held if start is None or one.start == minute(start)]
    return sum(one.day in stretches(view.args["days"]) for one in at)


@sentence
def month_days(view: View) -> int:
    return sum(one.day.day not in set(map(int, view.args["days"])) for one in view.held)


@sentence
def weekdays(view: View) -> int:
    nths = list(map(int, view.args.get("nths", ())))

    def allowed(day: date) -> bool:
        which = not nths or nth(day) in nths or (-1 in nths and is_last(day))
        return which and day.weekday() in weekday_set(view.args)

    return sum(not allowed(one.day) for one in view.held)


@sentence
def start_times(view: View) -> int:
    return sum(one.start not in set(map(minute, listed(view.args["starts"]))) for one in view.held)


@sentence
def beside_closures(view: View) -> int:
    side, shut = view.args.get("side", "both"), view.plan.closures

    def beside(day: date) -> bool:
        before = side in {"before", "both"} and day + DAY in shut
        after = side in {"after", "both"} and day - DAY in shut
        return before or after

    return sum(beside(one.day) for one in view.held)


@sentence
def habit(view: View) -> int:
    week = view.args.get("week")

    def usual(one: Held) -> bool:
        there = one.day.weekday() in weekday_set(view.args) and one.start == minute(view.args["start"])
        return there and (week is None or nth(one.day) == int(week))

    return sum(not usual(one) for one in view.held)


@sentence
def on_dates(view: View) -> int:
    start, wanted = view.args.get("start"), stretches(view.args["days"])
    return sum(
        len(wanted - {one.day for one in held if start is None or one.start == minute(start)})
        for held in view.each_series()
    )


@lru_cache(4096)
def pattern_days(
    plan: Plan, months: tuple[int, ...], days: frozenset[int], nths: tuple[int, ...], closed: str
) -> frozenset[date]:
    """The dates of a fixed pattern: each named weekday, moved where the centre is closed on it.

    A week on, and another; or day by day on or back; never into a month that is not named, but then the
    other way within its own month; left out where that finds nothing either. Two that come to lie on one
    date are one.
    """
    step = {"next_week": 7, "next_open": 1, "previous_open": -1}

    def moved(day: date) -> date | None:
        if day in plan.is_open or closed == "skip":
            return day if day in plan.is_open else None
        pace = timedelta(step[closed])
        on = day + pace
        while on in month_list_days(months):
            if on in plan.is_open:
                return on
            on += pace
        back = day - pace
        while back.month == day.month and back in DAYS:
            if back in plan.is_open:
                return back
            back -= pace
        return None

    targets = [moved(day) for month in months for day in nth_days(month, days, nths)]
    return frozenset(day for day in targets if day is not None)


@sentence
def fixed_pattern(view: View) -> int:
    args = view.args
    wanted = Counter(
        pattern_days(
            view.plan,
            month_list(args),
            weekday_set(args),
            tuple(map(int, args["nths"])),
            args.get("closed", "next_week"),
        )
    )
    units = 0
    for held in view.each_series():
        days = Counter(one.day for one in held)
        units += (wanted - days).total() + (days - wanted).total()
    return units


@sentence
def min_gap(view: View) -> int:
    least = view.number("days")
    return sum(
        (later.day - earlier.day).days < least
        for held in view.each_series()
        for at, later in enumerate(held)
        for earlier in held[:at]
    )


@sentence
def max_gap(view: View) -> int:
    most = view.number("days")
    return sum((b.day - a.day).days > most for held in view.each_series() for a, b in pairwise(held))


@sentence
def day_runs(view: View) -> int:
    length, step = view.number("length"), view.number("step", 1)
    counted = view.plan.open_days if view.args.get("over") == "open" else DAYS
    at = {day: index for index, day in enumerate(counted)}
    units = 0
    for held in view.each_series():
        days = sorted({at[one.day] for one in held if one.day in at})
        units += len(held) - length * _whole_runs(days, length, step)
    return units


def _whole_runs(days: list[int], length: int, step: int) -> int:
    """The most runs of `length` days that can be made of some days, each day in one."""
    left, found = set(days), 0
    for day in sorted(days):  # each day begins a run, if it belongs to none that began before it
        run = {day + step * n for n in range(length)}
        if run <= left:
            left -= run
            found += 1
    return found


@sentence
def steady_pattern(view: View) -> int:
    weeks, units = view.flag("weeks"), 0
    for held in view.each_series():
        seen = Counter((one.day.weekday(), one.start, nth(one.day) if weeks else 0) for one in held)
        units += len(held) - max(seen.values(), default=0)
    return units


@sentence
def distinct_starts(view: View) -> int:
    return sum(len(held) - len({(one.day, one.start) for one in held}) for held in view.each_series())
