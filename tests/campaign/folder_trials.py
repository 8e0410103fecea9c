"""A tiny plan taken apart into two that share its rooms and people: together they book nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from campaign.outcome import AGREED, PASSED_OVER, REFUSED, WRONG, Outcome
from campaign.tiny_plans import tiny_plan
from campaign.tiny_trials import as_held, difference, show, write
from ksolve import api
from ksolve.errors import PlanError
from ksolve.problem import Problem
from ksolve.solver import Answer, Options, Tuning, Verdict
from ksolve.verified import solve_apart
from oracle.judging import broken
from oracle.looks import TooManyError
from oracle.plan import Plan
from oracle.searching import Search

SHARED = ("pool", "one", "two")
"""The pools that both plans have."""


def folder_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Try the plan of a seed in two halves."""
    halves = _halves(Random(f"{seed} folder"), tiny_plan(Random(seed)))
    try:
        problems = [api.prepare(write(folder, half)).problem for half in halves]
    except PlanError:
        yield "folders", Outcome(REFUSED)
        return
    options = Options(limit_s=10, tuning=Tuning(workers=1))
    answers = solve_apart(problems, options, SHARED)
    plans = [Plan(half) for half in halves]
    whole = Plan({**halves[0], "programmes": [one for half in halves for one in half["programmes"]]})
    wrong = [*_wrong(plans, problems, answers), *_twice(whole, answers)]
    if wrong:
        yield "folders", Outcome(WRONG, "; ".join(wrong))
        return
    for plan, answer in zip(plans, answers, strict=True):
        yield "folders", _verdict(plan, whole, answer)


def _halves(chance: Random, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Return two plans with the same rooms and people, each with some of the programmes.

    What would bind programmes of both is cut: bonds, rules over all, audiences.
    """
    programmes = [{key: v for key, v in one.items() if key != "together"} for one in given["programmes"]]
    if len(programmes) == 1:
        programmes.append({**programmes[0], "id": "again", "name": "事業again"})
    kinds = [{k: v for k, v in kind.items() if k != "audiences"} for kind in given["resources"]["sessions"]]
    given = {**given, "rules": [], "resources": {**given["resources"], "sessions": kinds}}
    chance.shuffle(programmes)
    cut = chance.randint(1, len(programmes) - 1)
    return [
        {**given, "id": name, "programmes": mine}
        for name, mine in (("first", programmes[:cut]), ("second", programmes[cut:]))
    ]


def _wrong(plans: Sequence[Plan], problems: Sequence[Problem], answers: Sequence[Answer]) -> Iterator[str]:
    for plan, problem, answer in zip(plans, problems, answers, strict=True):
        why = difference(plan, problem, answer.schedule) if answer.schedule else ""
        if why:
            yield why


def _twice(whole: Plan, answers: Sequence[Answer]) -> Iterator[str]:
    """Yield what both plans book at one moment, or without the time to clear a room."""
    held = [one for answer in answers if answer.schedule for one in as_held(answer.schedule)]
    found = broken(whole, held) & {"capacity", "turnaround"}
    if found:
        yield f"{found} of both: {show(held)}"


def _verdict(plan: Plan, whole: Plan, answer: Answer) -> Outcome:
    """A plan that is called impossible is so, alone or with the other; no bound is above its cost alone."""
    if answer.schedule is None and answer.verdict is not Verdict.INFEASIBLE:
        return Outcome(PASSED_OVER)
    try:
        best = Search(plan).best()
        together = Search(whole).best() if best and answer.verdict is Verdict.INFEASIBLE else None
    except TooManyError:
        return Outcome(PASSED_OVER)
    if answer.verdict is Verdict.INFEASIBLE or best is None:
        is_right = answer.verdict is Verdict.INFEASIBLE and together is None
        return Outcome(AGREED) if is_right else Outcome(WRONG, f"{answer.verdict.name}, but {best} holds")
    least = dict(zip([tier for tier in plan.tiers if tier != "people"], best[0], strict=True))
    told = {one.tier.name.lower(): one for one in answer.tiers}
    for tier, cost in least.items():
        if tier in told and told[tier].bound > cost:
            return Outcome(WRONG, f"{tier}: {told[tier]} is said, alone it costs {least}")
        if tier in told and told[tier].value > cost:
            return Outcome(AGREED)  # the other plan is in the way: what follows is not to be compared
    return Outcome(AGREED)
