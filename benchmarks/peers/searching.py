"""A run of CP-SAT as it comes."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from peers.outcome import Tell


class Watch(cp_model.CpSolverSolutionCallback):
    """Tells each better solution."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def on_solution_callback(self) -> None:
        """Tell the cost and the bound of this moment."""
        self._tell(self.objective_value, self.best_objective_bound)


def search(
    cp: cp_model.CpModel, limit_s: float, seed: int, tell: Tell
) -> tuple[str, float | None, Sequence[int] | None, float]:
    """Return the verdict, the bound, a value for each variable (None without a solution), and the work."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, limit_s)
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = seed
    status = solver.solve(cp, Watch(tell))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return solver.status_name(status).lower(), None, None, solver.response_proto.deterministic_time
    return (
        solver.status_name(status).lower(),
        solver.best_objective_bound,
        list(solver.response_proto.solution),
        solver.response_proto.deterministic_time,
    )
