"""Rules that count sessions in periods, or hold programmes against one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, floor

from oracle.days import DAYS, months, period
from oracle.of_days import fixed_pattern
from oracle.plan import Plan, Rule, belongs, listed, month_list, weekday_set
from oracle.view import Held, View, by_period, excess, sentence

NEVER = 1_000
"""What it costs where there is no way at all."""


@lru_cache(4096)
def _asked(
    plan: Plan, named: tuple[int, ...], counted: frozenset[int], per: str, low: int
) -> Mapping[object, int]:
    """The fewest sessions of each period that has a day counted; a week or day asks for its open days."""
    days = [day for day in DAYS if day.month in named and day.weekday() in counted]
    if per not in {"week", "day"}:
        return dict.fromkeys((period(day, per) for day in days), low)
    are_open = Counter(period(day, per) for day in days if day in plan.is_open)
    return {period(day, per): min(low, are_open[period(day, per)]) for day in days}


@sentence
def count(view: View) -> int:
    per, low, high = view.args.get("per", "year"), view.number("low"), view.args.get("high")
    named, counted = month_list(view.args), weekday_set(view.args)
    mine = [one for one in view.held if one.day.month in named and one.day.weekday() in counted]
    held = by_period(mine, per)
    units = 0
    for when, least in _asked(view.own, named, counted, per, low).items():
        number = len(held.get(when, ()))
        units += max(0, least - number) + (max(0, number - int(high)) if high is not None else 0)
    return units


@sentence
def windows(view: View) -> int:
    """One session fills one place of one window: the places that no choice fills are lacking."""
    places = [wanted for window in view.args["windows"] for wanted in _places(window)]
    taken: dict[int, int] = {}

    def find(session: int, seen: set[int]) -> bool:
        for place, wanted in enumerate(places):
            if view.held[session].day.month in wanted and place not in seen:
                seen.add(place)
                if place not in taken or find(taken[place], seen):
                    taken[place] = session
                    return True
        return False

    return len(places) - sum(find(session, set()) for session in range(len(view.held)))


def _places(window: str | dict[str, str]) -> list[tuple[int, ...]]:
    if isinstance(window, str):
        return [months(window)]
    return [months(window["months"])] * int(window.get("sessions", 1))


@sentence
def month_runs(view: View) -> int:
    """The least over every choice of runs, one after the other where groups are held in turn."""
    named, length = month_list(view.args), view.number("length")
    low, high = view.number("low", 1), view.number("high", 1)
    runs = [named[at : at + length] for at in range(len(named) - length + 1)]

    def cost(held: Sequence[Held], run: tuple[int, ...]) -> int:
        inside = [sum(one.day.month == month for one in held) for month in run]
        outside = sum(one.day.month not in run for one in held)
        return outside + sum(max(0, low - number, number - high) for number in inside)

    groups = [[cost(held, run) for run in runs] for held in view.each_series()]
    if not view.flag("in_turn"):
        return sum(min(costs, default=NEVER) for costs in groups)
    before = [0] * (len(named) + 1)  # the least of the groups so far, if the next may begin at this month
    for costs in groups:
        after = [NEVER] * (len(named) + 1)
        for begin, paid in enumerate(costs):
            after[begin + length] = before[begin] + paid
        before = list(accumulate(after, min))
    return before[-1]


@sentence
def most(view: View) -> int:
    return excess(_numbers(view), view.number("sessions"))


@sentence
def level_load(view: View) -> int:
    return excess(_numbers(view), view.number("sessions"))


def _numbers(view: View) -> list[int]:
    return [len(held) for held in by_period(view.held, view.args.get("per", "day")).values()]


def _programmes(view: View) -> Iterator[list[Held]]:
    """The sessions of each programme as the rule names them, or of each there is."""
    plan = view.plan
    named = listed(view.args.get("programmes", ())) or list(
        dict.fromkeys(plan.series[name].programme for name in view.rule.series)
    )
    for name in named:
        yield [one for one in view.held if belongs(plan.series[one.series], name)]


def _meant(view: View, one: Held) -> str:
    """The component of a session where the rule names it by itself, else its programme."""
    series = view.plan.series[one.series]
    component = f"{series.programme}.{series.component}"
    return component if component in listed(view.args.get("programmes", ())) else series.programme


@sentence
def apart(view: View) -> int:
    named: dict[str, list[Held]] = defaultdict(list)
    for one in view.held:
        named[_meant(view, one)].append(one)
    programmes = [by_period(held, view.args.get("per", "day")) for held in named.values()]
    whens = {when for held in programmes for when in held}
    return excess([sum(when in held for held in programmes) for when in whens], 1)


@sentence
def in_order(view: View) -> int:
    days, programmes = view.number("days", 1), list(_programmes(view))
    units = 0
    for before, after in pairwise(programmes):
        if view.flag("each"):
            units += sum((b.day - a.day).days < days for a, b in zip(before, after, strict=False))
            units += max(0, len(after) - len(before))  # a third after no third is too early
        elif before:
            units += sum((one.day - before[-1].day).days < days for one in after)
    return units


@sentence
def even_pace(view: View) -> int:
    """Each month's end, or any months in a row, against the even share of the fewest and of the most."""
    named = month_list(view.args) if "months" in view.args else months_held(view)
    rules = told(view)
    least = view.number("sessions") or sum(asked_least(view.plan, rule) for rule in rules)
    most = (
        view.number("most") or view.number("sessions") or sum(asked_most(view.plan, rule) for rule in rules)
    )
    units = 0
    for first in range(len(named)) if view.flag("gaps") else (0,):
        for size in range(1, len(named) - first + 1):
            low, high = (Fraction(whole * size, len(named)) for whole in (least, max(least, most)))
            number = sum(one.day.month in named[first : first + size] for one in view.held)
            units += max(0, floor(low) - number, number - ceil(high))
    return units


def told(view: View) -> list[Rule]:
    """What the frequencies of the bound series ask for, once for each series."""
    return [
        rule
        for name in dict.fromkeys(view.rule.series)
        for rule in view.plan.rules
        if "rule" not in rule.args and rule.tier == "hard"
        if (rule.series == (name,) and rule.name in {"count", "fixed_pattern"})
        or (name in rule.series and rule.name == "month_runs")
    ]


def asked_least(plan: Plan, rule: Rule) -> int:
    """The fewest sessions of a year, which are what a schedule without any lacks."""
    if rule.name == "month_runs":
        return int(rule.args["length"]) * int(rule.args["low"])
    nobody = View(plan, rule, ())
    return count(nobody) if rule.name == "count" else fixed_pattern(nobody)


def asked_most(plan: Plan, rule: Rule) -> int:
    """The most sessions that a frequency allows in a year."""
    if rule.name == "month_runs":
        return int(rule.args["length"]) * int(rule.args["high"])
    if rule.name == "fixed_pattern":
        return asked_least(plan, rule)
    per, counted = rule.args.get("per", "year"), weekday_set(rule.args)
    days = [day for day in DAYS if day.month in month_list(rule.args) and day.weekday() in counted]
    if per in {"week", "day"}:
        days = [day for day in days if day in plan.opened_for(rule.series).is_open]
    return int(rule.args["high"]) * len({period(day, per) for day in days})


def months_held(view: View) -> tuple[int, ...]:
    """The months, April first, with an open day on which a session of a bound series may be."""
    found = {day.month for name in view.rule.series for day in view.own.open_days if _may_be(view, name, day)}
    return tuple(dict.fromkeys(day.month for day in DAYS if day.month in found))


def _may_be(view: View, name: str, day: date) -> bool:
    """Whether the kind of session and the frequency of a series, with its programme's months, allow a day."""
    one = Held(name, 1, day, 0, 0)
    for rule in view.plan.rules:
        if "rule" in rule.args or name not in rule.series:
            continue
        if rule.name == "weekdays" and day.weekday() not in weekday_set(rule.args):
            return False
        if rule.name in {"in_months", "count", "month_runs"} and day.month not in month_list(rule.args):
            return False
        if rule.name == "fixed_pattern":
            alone = View(view.plan, replace(rule, series=(name,)), ())
            if fixed_pattern(View(view.plan, alone.rule, (one,))) > fixed_pattern(alone):
                return False
    return True
