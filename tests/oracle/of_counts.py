"""Rules that count sessions in periods, or hold programmes against one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor

from oracle.days import DAYS, MONTHS, months, period
from oracle.of_days import fixed_pattern
from oracle.plan import Plan, belongs, listed, month_list, weekday_set
from oracle.view import Held, View, by_period, excess, sentence


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
    for when, least in _asked(view.plan, named, counted, per, low).items():
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

    def least(groups: list[list[Held]], begin: int) -> int | None:
        if not groups:
            return 0
        found = []
        for at in range(begin, len(runs)):
            after = at + length if view.flag("in_turn") else 0
            rest = least(groups[1:], after)
            if rest is not None:
                found.append(cost(groups[0], runs[at]) + rest)
        return min(found, default=None)

    groups = list(view.each_series())
    best = least(groups, 0)
    return 1_000 if best is None else best


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


@sentence
def apart(view: View) -> int:
    programmes = [by_period(held, view.args.get("per", "day")) for held in _programmes(view)]
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
    """Each month's end against the even share of the whole, rounded down and up."""
    named = month_list(view.args) if "months" in view.args else _months_held(view)
    low, high = asked(view)
    if "sessions" in view.args and view.number("sessions"):
        low, high = view.number("sessions"), view.number("most") or view.number("sessions")
    units = 0
    for at in range(1, len(named) + 1):
        by_now = sum(one.day.month in named[:at] for one in view.held)
        least, most = floor(low * at / len(named) + 1e-9), ceil(high * at / len(named) - 1e-9)
        units += max(0, least - by_now, by_now - most)
    return units


def _months_held(view: View) -> tuple[int, ...]:
    """The months in which the programme may be held and the centre is open."""
    plan = view.plan
    may = {month for name in view.rule.series for month in plan.series[name].months}
    return tuple(month for month in MONTHS if month in may and any(d.month == month for d in plan.open_days))


def asked(view: View) -> tuple[int, int]:
    """How many sessions, at least and at most, the frequencies of the bound series ask for this year."""
    low = high = 0
    for name in dict.fromkeys(view.rule.series):
        for rule in view.plan.rules:
            if name not in rule.series or "rule" in rule.args or rule.tier != "hard":
                continue
            empty = View(view.plan, rule, ())
            if rule.name == "count" and rule.series == (name,):
                low += count(empty)
                high += count(
                    View(view.plan, replace(rule, args={**rule.args, "low": rule.args["high"]}), ())
                )
            elif rule.name == "fixed_pattern":
                low, high = low + fixed_pattern(empty), high + fixed_pattern(empty)
            elif rule.name == "month_runs":
                low += int(rule.args["length"]) * int(rule.args["low"])
                high += int(rule.args["length"]) * int(rule.args["high"])
    return low, high
