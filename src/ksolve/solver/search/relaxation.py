"""A bound from the linear relaxation of a model: GLOP finds multipliers, whole numbers count the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from ksolve.solver.model.linear import Row, bounds, objective, rows

_SCALE = 1 << 32
"""Multipliers are rounded to whole numbers of this part: so nothing is lost that decides."""


@dataclass(frozen=True)
class Relaxed:
    """A lower bound of what a model minimises, and the values at which its relaxation costs the least.

    Where time was short the bound is 0, which costs never go below, and there are no values.
    """

    bound: int
    values: Sequence[float]


def relaxed(cp: cp_model.CpModel, limit_s: float) -> Relaxed:
    """Solve the linear relaxation of a model.

    Raises NotLinearError where the model says something that linear rows do not.
    """
    stated, limits = [row for row in rows(cp) if row.variables], bounds(cp)
    multipliers, values = _solved(cp, stated, limits, limit_s)
    return Relaxed(max(0, proven(cp, stated, multipliers, limits)) if multipliers else 0, values)


def proven(
    cp: cp_model.CpModel, stated: Sequence[Row], multipliers: Sequence[int], limits: Sequence[tuple[int, int]]
) -> int:
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
    total += sum(min(beyond * limit for limit in limits[variable]) for variable, beyond in left.items())
    return -(-total // _SCALE)


def _solved(
    cp: cp_model.CpModel, stated: Sequence[Row], limits: Sequence[tuple[int, int]], limit_s: float
) -> tuple[Sequence[int], Sequence[float]]:
    """Return how often GLOP takes each row, and what each variable is; nothing without an end in time."""
    model = model_builder.Model()  # type: ignore[no-untyped-call]
    variables = [model.new_num_var(low, high, "") for low, high in limits]
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
        return (), ()
    multipliers = [round(value * _SCALE) for value in solver.dual_values(model.get_linear_constraints())]
    return multipliers, list(solver.values(model.get_variables()))
