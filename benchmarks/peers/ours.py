"""ksolve as its users get it: parts, usual places first, tiers in order, checked."""

from __future__ import annotations

from ksolve.problem import Problem
from ksolve.solver import Options, Progress, Tuning
from ksolve.solver.answer import Step
from ksolve.verified import solve
from peers.outcome import Outcome, Tell, cost_of, weighted


def run(
    problem: Problem, limit_s: float, seed: int, tell: Tell, steps: tuple[Step, ...] = tuple(Step)
) -> Outcome:
    """Solve. Several models are built on the way, for patterns, dates and proofs: no time is told of one."""

    def watch(progress: Progress) -> None:
        counted = {tier.tier: tier.value for tier in progress.tiers}
        # the first schedule of centres that share comes without tiers: nobody has counted its costs yet
        tell(weighted(counted) if counted else cost_of(problem, progress.schedule), None)

    answer = solve(problem, Options(limit_s, Tuning(seed=seed), steps=steps), watch)
    tiers = {tier.tier.name: (tier.value, tier.bound) for tier in answer.tiers}
    worked_s = answer.worked_s or None  # not told where processes of their own search the parts
    return Outcome(None, str(answer.verdict), None, answer.schedule, tiers, worked_s)
