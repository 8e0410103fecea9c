"""HiGHS on the same model as linear rows (see `linear` for what is converted and what is not)."""

from __future__ import annotations

import time
from collections.abc import Sequence

import highspy
import numpy as np

from ksolve.problem import Problem
from ksolve.solver.model import Model
from ksolve.solver.model.linear import bounds, objective, rows
from peers.outcome import Outcome, Tell, built, checked

_VERDICTS = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
}


def run(problem: Problem, limit_s: float, seed: int, tell: Tell) -> Outcome:
    """Minimise the weighted sum of all tiers with two threads."""
    began = time.perf_counter()
    model, _ = built(problem)
    highs = _model(model)
    build_s = time.perf_counter() - began
    options = {
        "threads": 2,
        "random_seed": seed,
        "time_limit": max(0.1, limit_s - build_s),
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.999,  # costs are whole numbers
    }
    for name, value in options.items():
        highs.setOptionValue(name, value)

    def improved(event: highspy.HighsCallbackEvent) -> None:
        tell(event.data_out.objective_function_value, event.data_out.mip_dual_bound)

    highs.cbMipImprovingSolution.subscribe(improved)
    highs.run()
    info = highs.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    verdict = _VERDICTS.get(highs.getModelStatus(), "feasible" if found else "unknown")
    if not found:
        return Outcome(build_s, verdict, None, None)
    values = [round(value) for value in highs.getSolution().col_value]
    return Outcome(build_s, verdict, info.mip_dual_bound, checked(problem, model, values))


def _model(model: Model) -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003 - named by the option before it
    limits = np.array(bounds(model.cp), dtype=float)
    count = len(limits)
    costs = np.zeros(count)
    for variable, coefficient in objective(model.cp):
        costs[variable] += coefficient
    lines = list(rows(model.cp))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, len(lines)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = costs, limits[:, 0], limits[:, 1]
    lp.row_lower_ = np.array(
        [-highspy.kHighsInf if row.low is None else row.low for row in lines], dtype=float
    )
    lp.row_upper_ = np.array(
        [highspy.kHighsInf if row.high is None else row.high for row in lines], dtype=float
    )
    lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    merged = [_merged(row.variables, row.coefficients) for row in lines]
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row) for row in merged)]).astype(np.int32)
    matrix.index_ = np.array([variable for row in merged for variable in row], dtype=np.int32)
    matrix.value_ = np.array([factor for row in merged for factor in row.values()], dtype=float)
    if highs.passModel(lp) == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS calls the model invalid")
    return highs


def _merged(variables: Sequence[int], coefficients: Sequence[int]) -> dict[int, int]:
    """Add up what a row says of one variable more than once: HiGHS takes each only once."""
    total: dict[int, int] = {}
    for variable, coefficient in zip(variables, coefficients, strict=True):
        total[variable] = total.get(variable, 0) + coefficient
    return total
