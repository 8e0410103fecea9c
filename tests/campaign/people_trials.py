"""A tiny plan with wishes about who is named, held against the least that they cost for its dates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from campaign.outcome import PASSED_OVER, REFUSED, Outcome, agreed
from campaign.tiny_plans import tiny_plan
from campaign.tiny_trials import as_held, difference, write
from ksolve import api
from ksolve.checker import costs
from ksolve.errors import PlanError
from ksolve.problem import Tier
from ksolve.solver import Options, Tuning
from oracle.looks import TooManyError
from oracle.plan import Plan
from oracle.searching import Search


def people_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Try the plan of a seed: its names cost what the oracle counts, and what is called the least is it.

    Dearer names that nobody calls the least are told, and not wrong.
    """
    given = with_people(Random(f"{seed} people"), tiny_plan(Random(seed)))
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError:
        yield "people", Outcome(REFUSED)
        return
    plan, answer = Plan(given), api.solve(problem, Options(limit_s=60, tuning=Tuning(workers=1)))
    if answer.schedule is None:
        yield "people", Outcome(PASSED_OVER)
        return
    mine = difference(plan, problem, answer.schedule)
    spoken_of = [tier for tier in answer.tiers if tier.tier is Tier.PEOPLE]
    yield "people", agreed(not mine and not spoken_of, f"{mine}; said of people: {spoken_of}")
    paid, said = costs(problem, answer.schedule)[Tier.PEOPLE], answer.names
    yield "people", agreed(said is not None and said.value == paid, f"{said} is said, and {paid} paid")
    try:
        least = Search(plan).least_of_people(as_held(answer.schedule))
    except TooManyError:
        yield "names", Outcome(PASSED_OVER)
        return
    right = said is not None and said.bound <= least <= paid
    yield "least names" if paid == least else "dearer names", agreed(right, f"{said}, least {least}")


def with_people(chance: Random, plan: dict[str, Any]) -> dict[str, Any]:
    """Return a plan whose sessions have staff, with wishes about them."""
    several = sum(unit.kind == "staff" for unit in Plan(plan).units.values()) > 1
    for kind in plan["resources"]["sessions"]:
        kind.setdefault("staff", {"pool": chance.choice([1, 1, 2]) if several else 1})
    share = {"rule": "share_work", "of": "pool", "percent": chance.choice([100, 125, 150])}
    same = {"rule": "same_staff", "by_weekday": chance.choice(["true", "false"])}
    wishes: list[dict[str, Any]] = chance.choice(
        [[share], [same], [share, same], [share | {"weight": 2}, same]]
    )
    return plan | {"rules": plan["rules"] + wishes}
