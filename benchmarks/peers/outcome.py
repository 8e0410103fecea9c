"""What every way of solving an instance tells the benchmark, and the one cost that all of them minimise."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from ksolve.checker import check, costs
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver.model import Model
from ksolve.solver.model.extract import extract
from ksolve.solver.search.weighing import SWEEP


@dataclass(frozen=True)
class Step:
    """The cost of a better schedule and a lower bound, `seconds` after the problem was handed over."""

    seconds: float
    cost: float
    bound: float | None


@dataclass(frozen=True)
class Outcome:
    """How a way ended: its verdict in the words of `Verdict`, and its best schedule."""

    build_s: float | None
    verdict: str
    bound: float | None
    schedule: Schedule | None
    tiers: Mapping[str, tuple[int, int]] | None = None
    worked_s: float | None = None
    """CP-SAT's deterministic time, which other programs do not disturb."""


Tell = Callable[[float, float | None], None]
"""Takes the cost of each better schedule, and the bound of that moment where one is known."""
Way = Callable[[Problem, float, int, Tell], Outcome]
"""Solves a problem within a limit in seconds, with a seed."""


def built(problem: Problem) -> tuple[Model, float]:
    """Return the series model with the weighted sum of its tiers as objective, and the seconds it took."""
    began = time.perf_counter()
    model = Model(problem)
    model.build()
    terms = [
        SWEEP[tier] * weight * variable
        for tier, costs_ in sorted(model.costs.items())
        for weight, variable in costs_
    ]
    if terms:
        model.cp.minimize(cp_model.LinearExpr.sum(terms))
    return model, time.perf_counter() - began


def weighted(values: Mapping[Tier, int]) -> int:
    """Return the cost of a schedule from its costs in each tier."""
    return sum(SWEEP[tier] * value for tier, value in values.items())


def checked(problem: Problem, model: Model, values: Sequence[int]) -> Schedule:
    """Return the schedule of a solution after the same check that every answer of ksolve passes."""
    schedule = extract(model, values)
    if findings := check(problem, schedule):
        raise RuntimeError("\n".join(finding.line("en") for finding in findings[:20]))
    return schedule


def cost_of(problem: Problem, schedule: Schedule) -> int:
    """Return what the checker, not the model, counts of what all ways minimise.

    Who is named is no part of it: ksolve names people once the dates are there (docs/decisions/0021).
    """
    return weighted(costs(problem.to_date, schedule))
