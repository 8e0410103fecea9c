"""The same model written in CPMpy, which hands it to CP-SAT with two workers and default parameters."""

from __future__ import annotations

import time

import cpmpy

from ksolve.problem import Problem
from ksolve.solver.model.linear import bounds, objective, rows
from peers.outcome import Outcome, Tell, built, checked
from peers.searching import Watch


def run(problem: Problem, limit_s: float, seed: int, tell: Tell) -> Outcome:
    """Minimise the weighted sum of all tiers; CPMpy's own rewriting counts as building."""
    began = time.perf_counter()
    model, _ = built(problem)
    variables = [
        cpmpy.boolvar() if (low, high) == (0, 1) else cpmpy.intvar(low, high)
        for low, high in bounds(model.cp)
    ]
    solver = cpmpy.SolverLookup.get("ortools")
    for row in rows(model.cp):
        if not row.variables:
            continue
        total = cpmpy.sum(
            factor * variables[index] for index, factor in zip(row.variables, row.coefficients, strict=True)
        )
        if row.low is not None:
            solver += total >= row.low
        if row.high is not None:
            solver += total <= row.high
    solver.minimize(cpmpy.sum(factor * variables[index] for index, factor in objective(model.cp)))
    build_s = time.perf_counter() - began
    solved = solver.solve(
        time_limit=max(0.1, limit_s - build_s),
        num_workers=2,
        random_seed=seed,
        solution_callback=Watch(tell),
    )
    status = str(solver.status().exitstatus.name).lower()
    verdict = {"unsatisfiable": "infeasible"}.get(status, status)
    if not solved:
        return Outcome(build_s, verdict, None, None)
    values = [int(variable.value() or 0) for variable in variables]
    bound = solver.ort_solver.best_objective_bound
    return Outcome(build_s, verdict, bound, checked(problem, model, values))
