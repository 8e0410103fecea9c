"""A problem searched in this process: as one model, or part by part where few resources link its parts."""

from __future__ import annotations

from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, Options, Watch
from ksolve.solver.search.interrupting import listening
from ksolve.solver.search.part_by_part import solve_in_turn
from ksolve.solver.search.sharing import sharing
from ksolve.solver.search.whole import solve_whole


def solve_here(problem: Problem, options: Options, watch: Watch, baseline: Schedule | None = None) -> Answer:
    """Return the best schedule of a problem that has no independent parts; see `solve` in `solving`."""
    linked = sharing(problem) if baseline is None else None
    if linked is None:
        return solve_whole(problem, options, watch, baseline)
    with listening() as stop:
        return solve_in_turn(problem, linked, options, watch, stop)
