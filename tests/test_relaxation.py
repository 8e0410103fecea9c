"""Bounds from the linear relaxation: its optimum rounded up, and never above what a solution costs."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from ortools.sat.python import cp_model

from ksolve.problem import Tier
from ksolve.solver import Options, Verdict, solve
from ksolve.solver.answer import Source, Step
from ksolve.solver.model.linear import bounds, rows
from ksolve.solver.search.relaxation import proven, relaxed
from tiny import THREE_IN_ONE_ROOM, tiny


def _triangle() -> cp_model.CpModel:
    """Of three booleans each two need one: 1.5 by the relaxation, so 2."""
    cp = cp_model.CpModel()
    x, y, z = (cp.new_bool_var("") for _ in range(3))
    for one, other in ((x, y), (y, z), (z, x)):
        cp.add(one + other >= 1)
    cp.minimize(x + y + z)
    return cp


def test_a_relaxation_is_rounded_up() -> None:
    assert relaxed(_triangle(), 10).bound == 2


def test_half_of_each_row_proves_it_and_none_of_them_nothing() -> None:
    cp = _triangle()
    half = 1 << 31
    assert proven(cp, list(rows(cp)), [half] * 3, bounds(cp)) == 2
    assert proven(cp, list(rows(cp)), [0] * 3, bounds(cp)) == 0


@pytest.mark.parametrize("seed", range(20))
def test_no_multipliers_prove_more_than_a_solution_costs(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - not for secrets
    cp = cp_model.CpModel()
    variables = [cp.new_int_var(0, chance.randint(1, 3), "") for _ in range(4)]
    for _ in range(4):
        total = cp_model.LinearExpr.weighted_sum(variables, [chance.randint(-2, 3) for _ in variables])
        low = chance.randint(-3, 2)
        cp.add_linear_constraint(total, low, low + chance.randint(2, 6))
    cp.add_at_most_one([cp.new_bool_var(""), cp.new_bool_var("")])
    cp.minimize(cp_model.LinearExpr.weighted_sum(variables, [chance.randint(0, 4) for _ in variables]))
    solver = cp_model.CpSolver()
    if solver.solve(cp) != cp_model.OPTIMAL:
        return
    stated = list(rows(cp))
    for _ in range(50):
        multipliers = [chance.randint(-(1 << 33), 1 << 33) for _ in stated]
        assert proven(cp, stated, multipliers, bounds(cp)) <= solver.objective_value
    assert relaxed(cp, 10).bound <= solver.objective_value


def test_what_several_families_cost_together_is_proven_by_the_relaxation_and_said_to_be(
    tmp_path: Path,
) -> None:
    problem = tiny(tmp_path, THREE_IN_ONE_ROOM).problem
    steps = (Step.PATTERNS, Step.ANY, Step.REARRANGING)
    answer = solve(problem, Options(limit_s=60, steps=steps), lambda _: None)
    assert answer.verdict is Verdict.OPTIMAL
    (cost,) = (tier for tier in answer.tiers if tier.tier is Tier.PATTERN)
    assert (cost.value, cost.bound, cost.source) == (1, 1, Source.RELAXATION)


def test_where_the_relaxation_leads_there_is_a_schedule_that_costs_no_more(tmp_path: Path) -> None:
    """No patterns are chosen, no wish is freed: one run on the weekdays of the relaxation proves all."""
    problem = tiny(tmp_path, THREE_IN_ONE_ROOM).problem
    answer = solve(problem, Options(limit_s=60, steps=(Step.RELAXATION,)), lambda _: None)
    assert answer.verdict is Verdict.OPTIMAL
    assert {tier.tier: tier.value for tier in answer.tiers if tier.value} == {Tier.PATTERN: 1}
