"""Whether the hard rules of a problem can hold at all: the question that a diagnosis asks."""

from __future__ import annotations

from ksolve.problem import Problem
from ksolve.solver.model import Model
from ksolve.solver.run import Status, Tuning, run
from ksolve.solver.search import SECOND


def can_hold(problem: Problem, limit_s: float, *, other_way: bool = False) -> bool | None:
    """Return whether a schedule keeps every hard rule; None where that was not found out in time.

    `other_way` asks with other parameters: what is called infeasible is asked both ways.
    """
    if limit_s <= 0:
        return None
    model = Model(problem.hard)
    model.build()
    status = run(model.cp, SECOND if other_way else Tuning(), limit_s, lambda _values, _bound: None).status
    return {Status.UNKNOWN: None, Status.INFEASIBLE: False}.get(status, True)
