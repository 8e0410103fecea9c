"""A bound from the linear relaxation of a model: GLOP finds multipliers, whole numbers count the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import inf

from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from ksolve.solver.model.linear import Row, bounds, objective, rows

_SCALE = 1 << 32
"""Multipliers are rounded to whole numbers of this part: so nothing is lost that decides."""


def least_by_relaxation(cp: cp_model.CpModel, limit_s: float) -> int:
    """Return a lower bound of what a model minimises; 0, which costs never go below, where time was short.

    Raises NotLinearError where the model says something that linear rows do not.
    """
    stated = [row for row in rows(cp) if row.variables]
    multipliers = _multipliers(cp, stated, limit_s)
    return max(0, proven(cp, stated, multipliers)) if multipliers else 0


def proven(cp: cp_model.CpModel, stated: Sequence[Row], multipliers: Sequence[int]) -> int:
    """Return the bound that rows prove together, each taken so many parts of `_SCALE` times.

    What rows add up to is at least (a negative multiple: at most) their own bounds, and what the objective
    has beyond it is at least what the bounds of the variables leave. Any multipliers are a proof
    (Neumaier & Shcherbina 2004), good ones a good one: floating point has no part in it.
    """
    left = Counter[int]()
    for variable, coefficient in objective(cp):
        left[variable] += coefficient * _SCALE
    total = 0
    for row, times in zip(stated, multipliers, strict=True):
        end = row.low if times > 0 else row.high
        if not times or end is None:
            continue
        total += times * end
        for variable, coefficient in zip(row.variables, row.coefficients, strict=True):
            left[variable] -= times * coefficient
    limits = bounds(cp)
    total += sum(min(beyond * limit for limit in limits[variable]) for variable, beyond in left.items())
    return -(-total // _SCALE)


def _multipliers(cp: cp_model.CpModel, stated: Sequence[Row], limit_s: float) -> list[int]:
    """Return how often GLOP takes each row; nothing where it comes to no end in time."""
    model = model_builder.Model()  # type: ignore[no-untyped-call]
    variables = [model.new_num_var(low, high, "") for low, high in bounds(cp)]
    for row in stated:
        terms = [variables[index] for index in row.variables]
        total = model_builder.LinearExpr.weighted_sum(terms, list(row.coefficients))
        low, high = -inf if row.low is None else row.low, inf if row.high is None else row.high
        model.add_linear_constraint(total, low, high)
    costs = objective(cp)
    model.minimize(
        model_builder.LinearExpr.weighted_sum([variables[index] for index, _ in costs], [c for _, c in costs])
    )
    solver = model_builder.Solver("GLOP")
    solver.set_time_limit_in_seconds(max(0.1, limit_s))
    if solver.solve(model) != model_builder.SolveStatus.OPTIMAL:
        return []
    return [round(value * _SCALE) for value in solver.dual_values(model.get_linear_constraints())]
