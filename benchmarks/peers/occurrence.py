"""One set of literals for each session, as most timetabling models are written.

Session k of a series has a literal for each candidate and takes exactly one (at most one where the count
is a range); the sessions of a series are in order of their dates. Every rule is stated on these literals:
wherever the series model has a candidate's boolean, the sum over the sessions stands instead.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from ortools.sat.python import cp_model

from ksolve.frequency import Per
from ksolve.problem import Problem
from ksolve.problem.periods import days_of_months, periods_of_year
from ksolve.problem.rule import Rule
from ksolve.rules.count import Count
from ksolve.rules.month_runs import MonthRuns
from ksolve.solver.model import Model
from ksolve.solver.model.linear import Row, bounds, objective, rows
from peers.outcome import Outcome, Tell, built, checked
from peers.searching import search


def run(problem: Problem, limit_s: float, seed: int, tell: Tell) -> Outcome:
    """Minimise the weighted sum of all tiers with the default parameters of CP-SAT and two workers."""
    began = time.perf_counter()
    model, _ = built(problem)
    cp, places = per_occurrence(model)
    build_s = time.perf_counter() - began
    verdict, bound, found, worked_s = search(cp, limit_s - build_s, seed, tell)
    if found is None:
        return Outcome(build_s, verdict, bound, None, worked_s=worked_s)
    values = [sum(found[index] for index in indexes) for indexes in places]
    return Outcome(build_s, verdict, bound, checked(problem, model, values), worked_s=worked_s)


def per_occurrence(model: Model) -> tuple[cp_model.CpModel, list[list[int]]]:
    """Return the model with a literal set for each session, and the variables whose sum is each old one."""
    cp = cp_model.CpModel()
    instead: dict[int, list[cp_model.IntVar]] = {}
    counts = sessions(model.problem)
    for series in model.problem.series:
        cells = model.at[series.id]
        low, high = counts[series.id]
        taken = [[cp.new_bool_var("") for _ in cells] for _ in range(high)]
        _in_order(
            cp, taken, [day.toordinal() - model.problem.year.first.toordinal() for day, _ in cells], low
        )
        for column, variable in enumerate(cells.values()):
            instead[variable.index] = [session[column] for session in taken]
    for index, (low, high) in enumerate(bounds(model.cp)):
        if index not in instead:
            instead[index] = [cp.new_int_var(low, high, "")]
    for cells in model.at.values():
        for variable in cells.values():
            cp.add_at_most_one(instead[variable.index])
    for row in rows(model.cp):
        _state(cp, row, instead)
    cp.minimize(
        cp_model.LinearExpr.sum([weight * x for index, weight in objective(model.cp) for x in instead[index]])
    )
    return cp, [[x.index for x in instead[index]] for index in range(len(instead))]


def _in_order(
    cp: cp_model.CpModel, taken: Sequence[Sequence[cp_model.IntVar]], ordinals: Sequence[int], low: int
) -> None:
    """Let each session take a candidate, the first `low` surely, in the order of dates."""
    for place, literals in enumerate(taken):
        (cp.add_exactly_one if place < low else cp.add_at_most_one)(literals)
        if place == 0 or not ordinals:
            continue
        date = cp_model.LinearExpr.weighted_sum(list(literals), [ordinal + 1 for ordinal in ordinals])
        before = cp_model.LinearExpr.weighted_sum(
            list(taken[place - 1]), [ordinal + 1 for ordinal in ordinals]
        )
        if place < low:
            cp.add(before <= date)
        else:  # a session that is not held has no date, and none after it is held
            held = cp_model.LinearExpr.sum(list(literals))
            cp.add(held <= cp_model.LinearExpr.sum(list(taken[place - 1])))
            cp.add(before <= date + 400 * (1 - held))


def sessions(problem: Problem) -> dict[str, tuple[int, int]]:
    """Return the fewest and most sessions of each series that its counts and runs of months allow."""
    days = len(problem.year.days)
    found = {series.id: (0, days) for series in problem.series}
    hard = [posted for posted in problem.rules if posted.tier is None]
    for posted in hard + hard:  # a joint count leaves one series what the others do not take
        fewest, most = _limits(posted.rule, problem)
        names = [series.id for series in posted.series]
        each = isinstance(posted.rule, MonthRuns)
        for name in names:
            others = [found[other] for other in names if other != name and not each]
            low = fewest - sum(high for _, high in others)
            high = most - sum(low for low, _ in others)
            found[name] = max(found[name][0], low), min(found[name][1], high)
    return found


def _limits(rule: Rule, problem: Problem) -> tuple[int, int]:
    """Return the bounds of a rule on the sessions of the year."""
    days = len(problem.year.days)
    if isinstance(rule, MonthRuns):
        return rule.low * rule.length, rule.high * rule.length
    if not isinstance(rule, Count) or rule.per in (Per.WEEK, Per.DAY) or rule.weekdays is not None:
        return 0, days
    months = set(days_of_months(rule.months.values, problem.year))
    periods = sum(not months.isdisjoint(period) for period in periods_of_year(rule.per, problem.year))
    bounded = rule.high is not None and months == set(problem.year.days)
    return rule.low * periods, (rule.high or 0) * periods if bounded else days


def _state(cp: cp_model.CpModel, row: Row, instead: dict[int, list[cp_model.IntVar]]) -> None:
    variables = [x for index in row.variables for x in instead[index]]
    factors = [
        factor for index, factor in zip(row.variables, row.coefficients, strict=True) for _ in instead[index]
    ]
    total = cp_model.LinearExpr.weighted_sum(variables, factors)
    if row.low is not None and row.high is not None:
        cp.add_linear_constraint(total, row.low, row.high)
    elif row.low is not None:
        cp.add(total >= row.low)
    elif row.high is not None:
        cp.add(total <= row.high)
