"""Plans of a middling centre searched in two ways: verdicts, optima and the oracle's judgement must agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from campaign.middling_plans import middling_plan
from campaign.outcome import AGREED, PASSED_OVER, REFUSED, WRONG, Outcome
from campaign.tiny_trials import as_held, difference, judge_schedules, write
from ksolve import api
from ksolve.errors import PlanError
from ksolve.problem import Problem, Tier
from ksolve.solver import Answer, Options, Tuning, Verdict
from ksolve.solver.answer import Step
from oracle import judging
from oracle.plan import Plan

WORK = 0.2
"""The most that one run of CP-SAT may work, in its own seconds, which no other program disturbs."""
LIMIT_S = 15.0
"""What one search is given; what is not proven by then is compared as far as it is known."""
DIRECT = Tuning(workers=1, seed=7, subsolvers=(), light_presolve=False, most_work=WORK)
WAYS = (
    Options(LIMIT_S, Tuning(workers=1, most_work=WORK)),
    Options(LIMIT_S, DIRECT, steps=(Step.ANY, Step.SWEEP, Step.TIERS)),
)
"""By usual places first, as users are served; and all dates at once, with other parameters."""


def middling_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Try the plan of a seed."""
    given = middling_plan(Random(seed))
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError:
        yield "middling", Outcome(REFUSED)
        return
    plan = Plan(given)
    first, second = (api.solve(problem, way) for way in WAYS)
    wrong = "; ".join([*at_odds(first, second), *_misjudged(plan, problem, (first, second))])
    known = all(answer.verdict in (Verdict.OPTIMAL, Verdict.INFEASIBLE) for answer in (first, second))
    yield "middling", Outcome(WRONG, wrong) if wrong else Outcome(AGREED if known else PASSED_OVER)
    for outcome in judge_schedules(Random(f"{seed} schedules"), plan, problem, first.schedule):
        yield "schedules", outcome


def at_odds(first: Answer, second: Answer) -> Iterator[str]:
    """Yield what cannot both be true."""
    for one, other in ((first, second), (second, first)):
        if one.verdict is Verdict.INFEASIBLE and other.schedule is not None:
            yield f"infeasible, and a schedule {other.tiers}"
    values = [{tier.tier: tier for tier in answer.tiers} for answer in (first, second)]
    same: list[Tier] = []
    for tier in sorted(values[0].keys() & values[1].keys()):
        mine, theirs = values[0][tier], values[1][tier]
        if mine.value < theirs.bound or theirs.value < mine.bound:
            yield f"{tier.name}: {mine.bound}..{mine.value}, {theirs.bound}..{theirs.value}, after {same}"
        if mine.value != theirs.value:
            return
        same.append(tier)


def _misjudged(plan: Plan, problem: Problem, answers: tuple[Answer, ...]) -> Iterator[str]:
    """Yield how the oracle judges a schedule otherwise; a solver's must break nothing for both."""
    for answer in answers:
        if answer.schedule is not None:
            found = difference(plan, problem, answer.schedule)
            broken = judging.broken(plan, as_held(answer.schedule))
            yield from [found] if found else [f"broken: {sorted(broken)}"] if broken else []
