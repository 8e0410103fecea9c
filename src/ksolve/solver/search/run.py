"""One run of CP-SAT: in a thread, so that Ctrl-C is heard, with its best solution kept."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ortools.sat.python import cp_model

from ksolve.solver.answer import Tuning
from ksolve.solver.search.interrupting import Stop, listening


class Status(StrEnum):
    """How a run ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.UNKNOWN,
}


@dataclass(frozen=True)
class Ended:
    """The end of a run: its status, best solution (a value for each variable), bound and work done.

    `worked_s` is CP-SAT's deterministic time, about as many seconds as the run took.
    """

    status: Status
    values: Sequence[int] | None
    bound: float
    worked_s: float = 0.0


Seen = Callable[[Sequence[int], float], None]
"""Called with the values and the bound of each better solution, in the calling thread."""

_POLL_S = 0.1
_SETTLED_S = 1.0
"""So long after its first solution a repeatable run is not stopped: docs/decisions/0034."""


def run(
    cp: cp_model.CpModel, tuning: Tuning, limit_s: float, seen: Seen, enough_s: float | None = None
) -> Ended:
    """Solve a model for at most `limit_s` seconds, or `enough_s` where there is a solution by then.

    An interrupt ends it and keeps the best solution. What is to be repeated knows no clock: there
    `enough_s` is its limit.
    Raises KeyboardInterrupt at a second interrupt, with the solver's thread still running, and
    RuntimeError when CP-SAT calls the model invalid, which is a bug of this program.
    """
    with listening() as stop:
        if stop.asked:
            return Ended(Status.UNKNOWN, None, 0.0)
        solver = cp_model.CpSolver()
        enough_s = limit_s if enough_s is None else enough_s
        _set_parameters(solver, tuning, enough_s if tuning.reproducible else limit_s)
        keeper = _Keeper(every=tuning.reproducible)
        threading.Thread(target=lambda: keeper.solve(solver, cp), daemon=True).start()
        _wait(solver, keeper, stop, seen, now() + enough_s)
        if keeper.error:
            raise keeper.error
        if keeper.status not in _STATUS:
            raise RuntimeError(f"CP-SAT calls the model invalid: {cp.validate()}")
        return Ended(_STATUS[keeper.status], keeper.values, keeper.bound, keeper.worked_s)


def _wait(solver: cp_model.CpSolver, keeper: _Keeper, stop: Stop, seen: Seen, enough_at: float) -> None:
    """Hand over solutions until the worker has really ended.

    Only the worker's own word counts for that: an interrupted Thread.join marks a running thread
    as ended (Python 3.11), and leaving native code alone at exit aborts the process.
    """
    try:
        while not keeper.ended.wait(_POLL_S):
            stop.raise_if_at_once()
            enough = keeper.values is not None and now() > enough_at and not keeper.every
            if stop.asked or enough:
                keeper.stop(solver)  # again and again: it is lost on a search that has not begun
            keeper.report(seen)
        stop.raise_if_at_once()  # it may be asked for in the very moment in which the worker ends
        keeper.report(seen)
    except Exception:
        while not keeper.ended.wait(_POLL_S):
            keeper.stop(solver)
        raise


def _set_parameters(solver: cp_model.CpSolver, tuning: Tuning, limit_s: float) -> None:
    parameters = solver.parameters
    limit = max(0.1, limit_s)
    if tuning.reproducible:
        parameters.max_deterministic_time = min(limit, tuning.most_work)
        parameters.interleave_search = True
    else:
        parameters.max_deterministic_time = tuning.most_work
        parameters.max_time_in_seconds = limit
    parameters.relative_gap_limit = tuning.gap
    parameters.num_workers = tuning.workers
    parameters.random_seed = tuning.seed
    parameters.catch_sigint_signal = False
    parameters.log_to_stdout = False
    parameters.subsolvers.extend(tuning.subsolvers)
    # With workers taken in turn CP-SAT aborts where it is to stop at a hint that is a solution (see `stop`).
    # There it is not asked to: without an objective the first solution ends the search anyway.
    parameters.stop_after_first_solution = tuning.first_only and not tuning.reproducible
    parameters.fix_variables_to_their_hinted_value = tuning.fixed
    if tuning.light_presolve:
        # The relaxation is tight: whoever solves the LP early wins (docs/decisions/0002).
        parameters.max_presolve_iterations = 1
        parameters.symmetry_level = 0
        parameters.cp_model_probing_level = 0
        parameters.find_big_linear_overlap = False  # new variables for common sums spoil the LP (0008)


class _Keeper(cp_model.CpSolverSolutionCallback):
    """Keeps the best solution of a run, and hands over the latest once, or `every` one in turn."""

    def __init__(self, *, every: bool) -> None:
        super().__init__()
        self.every = every
        self.status: cp_model.CpSolverStatus = cp_model.UNKNOWN
        self.values: Sequence[int] | None = None
        self.bound = 0.0
        self.worked_s = 0.0
        self.error: BaseException | None = None
        self.ended = threading.Event()
        self._first_at: float | None = None
        self._fresh: deque[tuple[Sequence[int], float]] = deque(maxlen=None if every else 1)
        self._lock = threading.Lock()

    def solve(self, solver: cp_model.CpSolver, cp: cp_model.CpModel) -> None:
        """Run the solver; an exception is kept for the calling thread."""
        try:
            self.status = solver.solve(cp, self)
            self.bound = solver.best_objective_bound
            self.worked_s = solver.response_proto.deterministic_time
            if self.status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                self._keep(list(solver.response_proto.solution), self.bound)
        except BaseException as error:  # noqa: BLE001 - raised again by the calling thread
            self.error = error
        finally:
            self.ended.set()

    def on_solution_callback(self) -> None:
        """Keep a better solution."""
        self._keep(list(self.response_proto.solution), self.best_objective_bound)

    def _keep(self, values: Sequence[int], bound: float) -> None:
        with self._lock:
            self._first_at = now() if self._first_at is None else self._first_at
            self.values, self.bound = values, bound
            self._fresh.append((values, bound))

    def stop(self, solver: cp_model.CpSolver) -> None:
        """Ask the solver to end, but not in the moment after the first solution of a repeatable run.

        A hint that is a solution is taken before any worker has begun. Where workers are taken in turn and
        there is an objective, CP-SAT 9.15 aborts the process when it is stopped just then: "Check failed:
        solution->size() == postsolve_mapping.size()" (docs/decisions/0034).
        """
        with self._lock:
            is_settled = self._first_at is None or now() > self._first_at + _SETTLED_S
            if is_settled or not self.every:
                solver.stop_search()

    def report(self, seen: Seen) -> None:
        """Hand over the solutions that have not been."""
        with self._lock:
            fresh = list(self._fresh)
            self._fresh.clear()
        for values, bound in fresh:
            seen(values, bound)


def now() -> float:
    """Return seconds on a clock that only runs forward."""
    return time.monotonic()
