"""A tiny plan with what others decide and with reserve dates, held against the oracle as tiny plans are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from campaign.outcome import REFUSED, Outcome
from campaign.tiny_plans import CALENDARS, NEW_YEAR, QUARTER, SEASONS, SPRING, WEEK, tiny_plan
from campaign.tiny_trials import judged, write
from ksolve import api
from ksolve.errors import PlanError
from oracle.plan import Plan

OPENED = {
    WEEK: ["4/8", "4/8〜4/9"],
    SPRING: ["4/24", "4/29", "5/9"],
    QUARTER: ["4/16", "6/11", "7/2"],
    NEW_YEAR: ["12/19", "12/31", "1/2"],
    SEASONS: ["5/6", "8/26", "10/7"],
}
"""Closed days of each calendar, on weekdays on which it opens."""
HOURS = ["9:00-10:30", "10:00-11:00", "12:00-17:00"]


def outside_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Try the plan of a seed, and schedules of it."""
    chance = Random(f"{seed} outside")
    given = with_others(chance, tiny_plan(Random(seed)))
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError:
        yield "outside", Outcome(REFUSED)
        return
    plan = Plan(given)
    yield from judged("outside", chance, plan, problem)


def with_others(chance: Random, plan: dict[str, Any]) -> dict[str, Any]:
    """Return a plan with calendars of others (closed, blocked, avoided, shown) and reserve dates."""
    days = _days(plan)
    resources = plan["resources"]
    resources["external"] = [_calendar(chance, days, n) for n in range(chance.choice([0, 1, 1, 2]))]
    if not resources["external"] or chance.random() < 0.5:
        programme = chance.choice(plan["programmes"])
        is_plain = not {"components", "together"} & set(programme)
        hosts = {one["together"]["with"] for one in plan["programmes"] if "together" in one}
        if is_plain and programme["id"] not in hosts:
            within = chance.choice([1, 2, 7, 14])
            programme["reserve"] = chance.choice([1, {"dates": 1, "within": within}])
    if chance.random() < 0.4:
        programme = chance.choice(plan["programmes"])
        programme["opened"] = chance.choice(OPENED[_where(plan)])
    return plan


def _days(plan: dict[str, Any]) -> list[str]:
    """The dates of interest of the plan's calendar."""
    return CALENDARS[_where(plan)][1]


def _where(plan: dict[str, Any]) -> str:
    """The name of the plan's calendar."""
    given = plan["resources"]["calendar"]["open"]
    return next(name for name, (calendar, *_) in CALENDARS.items() if calendar["open"] == given)


def _calendar(chance: Random, days: list[str], number: int) -> dict[str, Any]:
    effect = chance.choice(["closed", "blocked", "blocked", "avoided", "avoided", "info"])
    first, last = sorted(chance.sample(range(len(days)), 2))
    stretch = chance.choice([days[first], f"{days[first]}〜{days[last]}"])
    entry: Any = stretch
    if effect != "closed" and chance.random() < 0.4:
        entry = {"days": stretch, "hours": chance.choice(HOURS)}
    whom = chance.choice([{}, {}, {"programmes": ["p0"]}, {"tags": ["tagged"]}, {"audiences": ["people"]}])
    weighed = {"weight": chance.choice([1, 2])} if effect == "avoided" else {}
    return {
        "id": f"others{number}",
        "name": f"外部{number}",
        "effect": effect,
        "dates": [entry],
        **({} if effect == "closed" else whom),
        **weighed,
    }
