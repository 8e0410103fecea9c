"""Usual places first, and the search without them: verdicts and optima must agree, whatever the order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from campaign.middling_trials import at_odds
from campaign.outcome import AGREED, PASSED_OVER, REFUSED, WRONG, Outcome
from campaign.tiny_trials import write
from campaign.yearly_plans import yearly_plan
from ksolve import api
from ksolve.errors import PlanError
from ksolve.problem import Problem
from ksolve.solver import Answer, Options, Tuning, Verdict
from ksolve.solver.answer import Step
from ksolve.verified import solve

PLAIN = (Step.ANY, Step.SWEEP, Step.TIERS)
"""The search that knows nothing of patterns."""
LIMIT_S = 20.0
"""What one run is given; what is not proven by then is compared as far as it is known."""
_LOOSE = ("min_gap", "audience_apart", "usual_place", "even_pace")
"""Rules that a plan can do without."""


def yearly_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Try the plan of a seed, the same plan turned around, and the plan without one of its rules."""
    chance = Random(seed)
    given = yearly_plan(chance)
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError:
        yield "yearly", Outcome(REFUSED)
        return
    first = _solved(problem)
    yield "yearly", _compared(first, _solved(problem, PLAIN))
    turned = api.prepare(write(folder, _turned_around(given))).problem
    yield "turned", _compared(first, _solved(turned))
    loose = [posted for posted in problem.rules if posted.rule.name in _LOOSE]
    if loose:
        gone = chance.choice(loose)
        relaxed = replace(problem, rules=tuple(posted for posted in problem.rules if posted is not gone))
        yield "relaxed", _no_worse(first, _solved(relaxed), problem)


def _solved(problem: Problem, steps: tuple[Step, ...] = tuple(Step)) -> Answer:
    return solve(problem, Options(limit_s=LIMIT_S, tuning=Tuning(workers=1), steps=steps))


def _turned_around(given: dict[str, Any]) -> dict[str, Any]:
    """Return a plan with its programmes and kinds of sessions in the opposite order."""
    resources = {**given["resources"], "sessions": given["resources"]["sessions"][::-1]}
    return {**given, "resources": resources, "programmes": given["programmes"][::-1]}


def _compared(first: Answer, second: Answer) -> Outcome:
    wrong = "; ".join(at_odds(first, second))
    known = all(answer.verdict in (Verdict.OPTIMAL, Verdict.INFEASIBLE) for answer in (first, second))
    return Outcome(WRONG, wrong) if wrong else Outcome(AGREED if known else PASSED_OVER)


def _no_worse(first: Answer, relaxed: Answer, problem: Problem) -> Outcome:
    """A plan with a rule less has every schedule of the plan: nothing may be proven to cost more."""
    if first.schedule is None:
        return Outcome(AGREED)
    if relaxed.verdict is Verdict.INFEASIBLE:
        return Outcome(WRONG, "infeasible with a rule less")
    reached = {tier.tier: tier.value for tier in first.tiers}
    for tier in relaxed.tiers:
        if tier.bound > reached[tier.tier]:
            return Outcome(WRONG, f"{tier.tier.name}: {tier.bound} with a rule less of {problem.id}")
        if tier.value < reached[tier.tier] or not tier.proven:
            break
    return Outcome(AGREED)
