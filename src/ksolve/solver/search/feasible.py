"""Whether the hard rules of a problem can hold at all: the question that a diagnosis asks."""

from __future__ import annotations

from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Tuning, Verdict
from ksolve.solver.model import Model
from ksolve.solver.model.extract import extract
from ksolve.solver.search.heavy import hard_alone
from ksolve.solver.search.run import Status, run
from ksolve.solver.search.whole import SECOND


def any_schedule(
    problem: Problem, limit_s: float, *, other_way: bool = False
) -> tuple[Verdict, Schedule | None]:
    """Return whether the hard rules can hold, with a schedule that keeps them where they can.

    `other_way` asks with other parameters: what is called infeasible is asked both ways.
    """
    if limit_s <= 0:
        return Verdict.UNKNOWN, None
    model = Model(hard_alone(problem))
    model.build()
    ended = run(model.cp, SECOND if other_way else Tuning(), limit_s, lambda _values, _bound: None)
    if ended.values is None:
        return Verdict.INFEASIBLE if ended.status is Status.INFEASIBLE else Verdict.UNKNOWN, None
    return Verdict.FEASIBLE, extract(model, ended.values)
