"""Plans to choose from of a tiny plan: each is right and as good as the first, and "no others" means none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from random import Random

from campaign.outcome import AGREED, PASSED_OVER, REFUSED, WRONG, Outcome
from campaign.tiny_plans import tiny_plan
from campaign.tiny_trials import as_held, difference, write
from ksolve import api
from ksolve.alternatives.choosing import Choice, End, choose
from ksolve.errors import PlanError
from ksolve.problem import Problem
from ksolve.solver import Options, Tuning
from oracle.looks import TooManyError
from oracle.plan import Plan
from oracle.searching import Search
from oracle.view import Held

WANTED = 4
"""So many plans are asked for."""


def choice_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Try the plan of a seed: four plans of it, or all that there are."""
    given = tiny_plan(Random(seed))
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError:
        yield "choices", Outcome(REFUSED)
        return
    plan = Plan(given)
    choice = choose(problem, WANTED, Fraction(0), Options(limit_s=20, tuning=Tuning(workers=1)))
    if not choice.plans:
        yield "choices", Outcome(PASSED_OVER)
        return
    wrong = "; ".join(_wrong(plan, problem, choice))
    yield "choices", Outcome(WRONG, wrong) if wrong else _all_told(plan, choice)


def _wrong(plan: Plan, problem: Problem, choice: Choice) -> Iterator[str]:
    """Yield what is wrong with the plans by themselves."""
    for number, one in enumerate(choice.plans, 1):
        why = difference(plan, problem, one.schedule)
        if why:
            yield f"plan {number}: {why}"
        if {tier.tier: tier.value for tier in one.answer.tiers} != choice.limits:
            yield f"plan {number} costs {one.answer.tiers}, and may cost {choice.limits}"
    if len({_seen(plan, as_held(one.schedule)) for one in choice.plans}) < len(choice.plans):
        yield "two plans have the same dates"


def _all_told(plan: Plan, choice: Choice) -> Outcome:
    """Count the plans that cost as little: there are no fewer than were found, and no more than is said."""
    if choice.end not in {End.FULL, End.EXHAUSTED} or not all(tier.proven for tier in choice.first.tiers):
        return Outcome(PASSED_OVER)
    search = Search(plan)
    try:
        best = search.best()
        there = {_seen(plan, dating) for dating in search.equals(best[0])} if best else set()
    except TooManyError:
        return Outcome(PASSED_OVER)
    told = f"{len(choice.plans)} found ({choice.end}), {len(there)} there"
    is_right = len(there) >= len(choice.plans) and (choice.end is End.FULL or len(there) == len(choice.plans))
    return Outcome(AGREED) if is_right else Outcome(WRONG, told)


def _seen(plan: Plan, held: Iterable[Held]) -> object:
    """The dates of a schedule as people see them: those of groups of one component are one calendar."""
    series = plan.series
    return tuple(
        sorted(
            (series[one.series].programme, series[one.series].component, one.day, one.start) for one in held
        )
    )
