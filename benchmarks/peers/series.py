"""The series model of ksolve with the default parameters of CP-SAT and two workers."""

from __future__ import annotations

from ksolve.problem import Problem
from peers.outcome import Outcome, Tell, built, checked
from peers.searching import search


def run(problem: Problem, limit_s: float, seed: int, tell: Tell) -> Outcome:
    """Minimise the weighted sum of all tiers."""
    model, build_s = built(problem)
    verdict, bound, values, worked_s = search(model.cp, limit_s - build_s, seed, tell)
    schedule = checked(problem, model, values) if values else None
    return Outcome(build_s, verdict, bound, schedule, worked_s=worked_s)
