"""One tiny plan, and schedules of it, held against the oracle: verdict, optimum, breaches and costs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from campaign.known import with_known
from campaign.mutations import mutated, somehow
from campaign.outcome import PASSED_OVER, REFUSED, WRONG, Outcome, agreed
from campaign.tiny_plans import tiny_plan
from ksolve import api
from ksolve.checker import check, costs
from ksolve.errors import PlanError
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.solver import Options, Tuning, Verdict
from oracle import judging
from oracle.looks import TooManyError
from oracle.plan import Plan
from oracle.searching import Search
from oracle.view import Held

SCHEDULES = 4
"""How many schedules of each plan are judged."""


def tiny_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Try the plan of a seed, and schedules of it."""
    given = tiny_plan(Random(seed))
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError as error:
        yield "plans", _refused(given, error)
        return
    plan, chance = Plan(given), Random(f"{seed} schedules")
    problem = with_known(chance, plan, problem)
    yield from judged("plans", chance, plan, problem)


def judged(kind: str, chance: Random, plan: Plan, problem: Problem) -> Iterator[tuple[str, Outcome]]:
    """Hold the optimum of a plan against the oracle, as an outcome of this kind, then schedules of it."""
    outcome, schedule = judge_plan(plan, problem)
    yield kind, outcome
    for outcome in judge_schedules(chance, plan, problem, schedule):
        yield "schedules", outcome


def write(folder: Path, plan: Mapping[str, Any]) -> Path:
    """Write a plan as YAML; JSON is YAML as well."""
    path = folder / "plan.yaml"
    path.write_text(json.dumps(plan, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _refused(given: Mapping[str, Any], error: PlanError) -> Outcome:
    """A plan that is not taken must be one that cannot be held, or that asks for what there is not."""
    faults = {found.rule for found in error.findings}
    try:
        found = None if faults & SENSELESS else Search(Plan(given)).best()
    except TooManyError:
        return Outcome(PASSED_OVER)
    told = error.findings[0].line("en")
    return (
        Outcome(REFUSED) if found is None else Outcome(WRONG, f"refused: {told}; but {show(found[1])} holds")
    )


SENSELESS = {"wrong-value", "unknown-unit", "pinned-closed", "together-minutes", "too-few-seats"}
"""Faults that say that something asks for what there is not, whether or not a schedule would hold."""


def judge_plan(plan: Plan, problem: Problem) -> tuple[Outcome, Schedule | None]:
    """Hold the program's verdict and least costs against those of the oracle."""
    try:
        found = Search(plan).best()
    except TooManyError:
        return Outcome(PASSED_OVER), None
    answer = api.solve(problem, Options(limit_s=60, tuning=Tuning(workers=1)))
    if found is None:
        right = answer.verdict is Verdict.INFEASIBLE
        return agreed(right, f"{answer.verdict.name}, but there is no schedule"), answer.schedule
    best = dict(zip([tier for tier in plan.tiers if tier != "people"], found[0], strict=True))
    if answer.schedule is None or answer.verdict is not Verdict.OPTIMAL:
        return Outcome(WRONG, f"{answer.verdict.name}, but {show(found[1])} holds at {best}"), None
    theirs = {tier.tier.name.lower(): tier.value for tier in answer.tiers if tier.tier is not Tier.PEOPLE}
    mine = difference(plan, problem, answer.schedule)
    right = _paid(theirs) == _paid(best) and not mine
    return agreed(right, f"costs {theirs}, least {best}, {show(found[1])}; {mine}"), answer.schedule


def judge_schedules(
    chance: Random, plan: Plan, problem: Problem, solved: Schedule | None = None
) -> Iterator[Outcome]:
    """Yield what comes of schedules of a plan: made anyhow, or the solved one, changed in a few places."""
    for number in range(SCHEDULES):
        start = as_held(solved) if solved and number % 2 else somehow(chance, plan)
        why = difference(plan, problem, as_schedule(mutated(chance, plan, start)))
        yield agreed(not why, why)


def difference(plan: Plan, problem: Problem, schedule: Schedule) -> str:
    """Say how check and oracle differ on a schedule; nothing where they agree."""
    held = as_held(schedule)
    broken = {found.rule for found in check(problem, schedule)}
    mine = judging.broken(plan, held)
    counted = {tier.name.lower(): value for tier, value in costs(problem, schedule).items()}
    paid = judging.costs(plan, held)
    if _told(broken) == _told(mine) and (mine or _paid(counted) == _paid(paid)):
        return ""
    return (
        f"check: {sorted(broken - mine)} more, {sorted(mine - broken)} less;"
        f" costs {counted}, oracle {paid}; {show(held)}"
    )


def _told(broken: set[str]) -> set[str]:
    """What two readers of a broken schedule have to agree on.

    A unit that is away lacks or is taken too often; where sessions are no sessions (a host that is none, two
    at one start) or share a unit, what else follows is not asked; nor who is held with whom where some lack.
    """
    if broken & {"held-with", "distinct_starts"}:
        return {"broken"}
    if broken & {"count", "fixed_pattern", "month_runs"}:
        broken = broken - {"together"}
    if "most" in broken:
        broken = broken - {"audience_apart"}
    if broken & {"needs", "capacity"}:
        return (broken - {"needs", "capacity", "turnaround", "travel"}) | {"units"}
    return broken


def _paid(tiers: Mapping[str, int]) -> Mapping[str, int]:
    return {tier: cost for tier, cost in tiers.items() if cost}


def show(held: Sequence[Held]) -> str:
    """Show sessions, one after the other."""
    return "; ".join(
        f"{one.id} {one.day} {one.start // 60}:{one.start % 60:02} {','.join(one.units)} {one.host}"
        for one in held
    )


def as_held(schedule: Schedule) -> list[Held]:
    """The sessions of a schedule as the oracle sees them."""
    return [
        Held(s.series, s.number, s.day, s.start, s.minutes, s.rooms, s.staff, s.held_with)
        for s in schedule.sessions
    ]


def as_schedule(held: Sequence[Held]) -> Schedule:
    """The same as the program sees them."""
    return Schedule.of(
        Session(s.series, s.number, s.day, s.start, s.minutes, s.rooms, s.staff, s.host) for s in held
    )
