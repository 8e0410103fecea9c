"""How far the schedules of a model are from one that is known, as ksolve.changes.distance counts it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ortools.sat.python import cp_model

from ksolve.changes.distance import Family, Sight, family_of
from ksolve.problem.patterns import Cell
from ksolve.solver.model import Model

Total = cp_model.LinearExpr


Counted = list[tuple[int, cp_model.IntVar]]
"""What each session counts, with its variable."""


def rhythm_elsewhere(model: Model, known: Sequence[Sight]) -> Counted:
    """Return the points of rhythm of each session against the schedules that are known, added up."""
    counted: Counted = []
    for series in model.problem.counted:
        seen = [one.of(family_of(series)) for one in known]
        for cell, variable in model.at[series.id].items():
            if points := sum(one.points(cell) for one in seen):
                counted.append((points, variable))
    return counted


def total(counted: Counted) -> cp_model.LinearExprT:
    """Return what sessions count together."""
    return Total.weighted_sum([variable for _, variable in counted], [points for points, _ in counted])


def most(counted: Counted) -> int:
    """Return what they would count if all were held."""
    return sum(points for points, _ in counted)


def dates_elsewhere(model: Model, known: Sight) -> cp_model.LinearExprT:
    """Return how many dates and starts only one of the two schedules has, family by family."""
    held: dict[Family, dict[Cell, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
    for series in model.problem.counted:
        for cell, variable in model.at[series.id].items():
            held[family_of(series)][cell].append(variable)
    terms: list[cp_model.LinearExprT] = []
    constant = 0
    for family in sorted(held.keys() | known.families.keys()):
        there: Counter[Cell] = known.of(family).cells
        constant += there.total()
        for cell, variables in held[family].items():
            terms += variables
            if there[cell]:
                terms += [-2 * _common(model, variables, there[cell])]
    return constant + Total.sum(terms)


def _common(model: Model, variables: list[cp_model.IntVar], there: int) -> cp_model.LinearExprT:
    """Return at least the lesser of `there` and the number of sessions: exactly that where less is better."""
    here = Total.sum(variables)
    if len(variables) <= there:
        return here
    common, all_there = model.cp.new_int_var(0, there, ""), model.cp.new_bool_var("")
    model.cp.add(common >= there * all_there)
    model.cp.add(common >= here - len(variables) * all_there)
    return common
