"""ksolve without usual places: any schedule, a sweep over all tiers, then each tier by itself."""

from __future__ import annotations

from ksolve.problem import Problem
from ksolve.solver.answer import Step
from peers import ours
from peers.outcome import Outcome, Tell

_STEPS = (Step.ANY, Step.SWEEP, Step.TIERS)


def run(problem: Problem, limit_s: float, seed: int, tell: Tell) -> Outcome:
    """Search as before patterns came first (docs/decisions/0013)."""
    return ours.run(problem, limit_s, seed, tell, _STEPS)
