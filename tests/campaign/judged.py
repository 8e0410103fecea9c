"""One tiny plan, and schedules of it, held against the oracle: verdict, optimum, breaches and costs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from campaign.mutations import mutated, somehow
from campaign.tiny_plans import tiny_plan
from ksolve import api
from ksolve.checker import check, costs
from ksolve.errors import PlanError
from ksolve.problem import Problem
from ksolve.schedule import Schedule, Session
from ksolve.solver import Options, Tuning, Verdict
from oracle import judging
from oracle.plan import Plan
from oracle.searching import Search, TooManyError
from oracle.view import Held


@dataclass(frozen=True)
class Outcome:
    """What came of one trial: ``agreed``, ``refused``, ``passed over`` or ``wrong``, and why."""

    came: str
    why: str = ""


def write(folder: Path, plan: Mapping[str, Any]) -> Path:
    """Write a plan as YAML; JSON is YAML as well."""
    path = folder / "plan.yaml"
    path.write_text(json.dumps(plan, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def judge_plan(seed: int, folder: Path) -> tuple[Outcome, Mapping[str, Any], Problem | None]:
    """Try the plan of a seed: the program's verdict and least costs against those of the oracle."""
    given = tiny_plan(Random(seed))
    plan = Plan(given)
    try:
        found = Search(plan).best()
    except TooManyError:
        return Outcome("passed over"), given, _prepared(folder, given)
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError as error:
        first = error.findings[0]
        return Outcome("refused" if found is None else "refused though it holds", first.text.en), given, None
    answer = api.solve(problem, Options(limit_s=60, tuning=Tuning(workers=1)))
    if found is None:
        right = answer.verdict is Verdict.INFEASIBLE
        return _outcome(right, f"{answer.verdict.name}, but there is no schedule"), given, problem
    best = dict(zip(plan.tiers, found[0], strict=True))
    theirs = {tier.tier.name.lower(): tier.value for tier in answer.tiers}
    if answer.schedule is None or answer.verdict is not Verdict.OPTIMAL:
        return _outcome(False, f"{answer.verdict.name}, but {found[1]} holds at {best}"), given, problem
    mine = _difference(plan, problem, answer.schedule)
    right = _paid(theirs) == _paid(best) and not mine
    return _outcome(right, f"costs {theirs}, least {best}; {mine}"), given, problem


def _prepared(folder: Path, given: Mapping[str, Any]) -> Problem | None:
    try:
        return api.prepare(write(folder, given)).problem
    except PlanError:
        return None


def _outcome(right: bool, why: str) -> Outcome:  # noqa: FBT001 - agreed or wrong
    return Outcome("agreed") if right else Outcome("wrong", why)


def judge_schedules(
    seed: int, given: Mapping[str, Any], problem: Problem, number: int, start: Schedule | None = None
) -> Iterator[Outcome]:
    """Yield what comes of schedules of a plan: made anyhow, or mutated, a few steps each."""
    chance, plan = Random(f"{seed} schedules"), Plan(given)
    for _ in range(number):
        schedule = mutated(chance, plan, as_held(start) if start else somehow(chance, plan))
        why = _difference(plan, problem, as_schedule(schedule))
        yield _outcome(not why, why)


def _difference(plan: Plan, problem: Problem, schedule: Schedule) -> str:
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
    at one start) or share a unit, what else follows is not asked.
    """
    if broken & {"held-with", "distinct_starts"}:
        return {"broken"}
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
