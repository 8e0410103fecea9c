"""Plans that share, dated in one model: where one finds no place beside the others as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from ortools.sat.python import cp_model

from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Tuning, Verdict
from ksolve.solver.model import Model
from ksolve.solver.model.extract import extract
from ksolve.solver.model.uses import Standing, Use, busiest, gross, taken
from ksolve.solver.search.heavy import HEAVY, weight
from ksolve.solver.search.hinting import hint_each
from ksolve.solver.search.run import Ended, Status, run
from ksolve.solver.search.weighing import swept
from ksolve.solver.search.whole import SECOND

_ENOUGH_SHARE = 0.5
"""The part of the time after which any schedule of all is enough, where some cost less than others."""


def is_small(problems: Iterable[Problem]) -> bool:
    """Whether some problems can be taken together: a model of more takes too long to build."""
    return sum(map(weight, problems)) < HEAVY


def dated_together(
    problems: Sequence[Problem],
    shared: Collection[str],
    limit_s: float,
    tuning: Tuning,
    standing: Iterable[Standing] = (),
    starts: Sequence[Schedule] = (),
) -> tuple[Verdict, tuple[Schedule, ...]]:
    """Return schedules of several problems that take no more of the shared pools (ids) than there is.

    The pools' resources are told apart alike (see `told_apart_alike`); `standing` are units that are taken
    already, `starts` schedules to start from. What wishes cost in sum is kept low, and nothing is proven of
    it.
    That there are none is said only after a second run, with other parameters, agrees.
    """
    if limit_s <= 0:
        return Verdict.UNKNOWN, ()
    cp = cp_model.CpModel()
    models = [Model(problem, cp=cp) for problem in problems]
    for model in models:
        model.build()
    _share(cp, models, shared, standing)
    hint_each(cp, zip(models, starts, strict=False))
    if any(model.costs for model in models):
        cp.minimize(cp_model.LinearExpr.sum([swept(model) for model in models]))
    ended = _run(cp, tuning, limit_s)
    if ended.values is not None:
        return Verdict.FEASIBLE, tuple(extract(model, ended.values) for model in models)
    if ended.status is Status.INFEASIBLE and _run(cp, SECOND, limit_s).status is Status.INFEASIBLE:
        return Verdict.INFEASIBLE, ()
    return Verdict.UNKNOWN, ()


def _run(cp: cp_model.CpModel, tuning: Tuning, limit_s: float) -> Ended:
    return run(cp, tuning, limit_s, lambda _values, _bound: None, limit_s * _ENOUGH_SHARE)


def _share(
    cp: cp_model.CpModel, models: Sequence[Model], shared: Collection[str], standing: Iterable[Standing]
) -> None:
    """At each moment all models together take no more units of what is shared than there are."""
    units: dict[str, set[str]] = defaultdict(set)
    for one in (each for model in models for each in model.problem.resources if each.pool in shared):
        units[one.id].update(one.units)
    days: dict[tuple[str, date], list[Use]] = defaultdict(list)
    for model in models:
        for name in units.keys() & model.uses.keys():
            for day, uses in model.uses[name].items():
                days[name, day] += uses
    for use in standing:
        days[use.resource, use.day].append(Use(use.start, use.end, 1, cp.new_constant(1)))
    for (name, _), uses in sorted(days.items(), key=lambda pair: pair[0]):
        for moment in busiest(uses):
            if gross(moment) > len(units[name]):
                cp.add(taken(moment) <= len(units[name]))
