"""Changes to a problem whose effect on verdict and optimum is known beforehand."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ksolve.api import prepare
from ksolve.problem import Problem
from ksolve.solver import Options, Verdict
from ksolve.verified import solve
from test_oracle import plans
from tiny import write_plan

Optimum = tuple[Verdict, tuple[int, ...]]
Change = Callable[[dict[str, Any]], None]


def problem_of(plan: dict[str, Any]) -> Problem:
    """Return the problem of a plan that is written and read back."""
    with TemporaryDirectory() as folder:
        return prepare(write_plan(Path(folder), plan)).problem


def optimum(problem: Problem) -> Optimum:
    """Return the verdict and each tier's cost; a problem this small always has an exact answer."""
    answer = solve(problem, Options(limit_s=60))
    assert answer.verdict in (Verdict.OPTIMAL, Verdict.INFEASIBLE)
    return answer.verdict, tuple(tier.value for tier in answer.tiers)


def renamed(plan: dict[str, Any]) -> None:
    """Give every programme and room another name, and the programmes other ids."""
    for number, programme in enumerate(plan["programmes"]):
        programme |= {"id": f"z{9 - number}", "name": f"別名{number}"}
        if "together" in programme:
            programme["together"] = {**programme["together"], "with": "z9"}
    for item in (*plan["rules"], *plan["centre"].get("external", ())):
        if named := item.get("programmes"):
            names = [named] if isinstance(named, str) else named
            item["programmes"] = [f"z{9 - int(name[1:])}" for name in names]
    for room in plan["centre"]["rooms"]:
        room["name"] = f"別の{room['name']}"


def reordered(plan: dict[str, Any]) -> None:
    """Turn the order of everything around."""
    plan["programmes"].reverse()
    plan["rules"].reverse()
    for programme in plan["programmes"]:
        programme["rules"].reverse()
    for kind in ("rooms", "sessions"):
        plan["centre"][kind].reverse()


def a_cycle_of_weekdays_later(plan: dict[str, Any]) -> None:
    """28 years: the same weekdays and leap days; the days that plans use are no holidays in either year."""
    plan["year"] = "2052年度"


def with_an_unused_room(plan: dict[str, Any]) -> None:
    """Add a room that no session may use."""
    plan["centre"]["rooms"].append({"id": "spare", "name": "予備室"})


_STRUCTURE = {"needs", "capacity", "distinct_starts"}
"""Rules that the model relies on; no planner can leave them out."""

SAME: tuple[Change, ...] = (renamed, reordered, a_cycle_of_weekdays_later, with_an_unused_room)


@settings(max_examples=12)
@given(plans(), st.sampled_from(SAME))
def test_what_decides_nothing_changes_neither_verdict_nor_optimum(
    plan: dict[str, Any], change: Change
) -> None:
    changed = deepcopy(plan)
    change(changed)
    assert optimum(problem_of(changed)) == optimum(problem_of(plan))


@settings(max_examples=8)
@given(plans())
def test_twice_the_weights_are_twice_the_optimum(plan: dict[str, Any]) -> None:
    problem = problem_of(plan)
    doubled = replace(
        problem, rules=tuple(replace(posted, weight=2 * posted.weight) for posted in problem.rules)
    )
    verdict, values = optimum(problem)
    assert optimum(doubled) == (verdict, tuple(2 * value for value in values))


@settings(max_examples=12)
@given(plans(), st.data())
def test_without_a_rule_no_plan_becomes_infeasible_or_worse(
    plan: dict[str, Any], data: st.DataObject
) -> None:
    problem = problem_of(plan)
    hard = [posted for posted in problem.rules if posted.tier is None and posted.rule.name not in _STRUCTURE]
    hard = [posted for posted in hard if not posted.rule.permits]
    gone = data.draw(st.sampled_from(hard))
    relaxed = replace(problem, rules=tuple(posted for posted in problem.rules if posted is not gone))
    verdict, values = optimum(problem)
    after, fewer = optimum(relaxed)
    if verdict is Verdict.OPTIMAL:
        assert after is Verdict.OPTIMAL
        assert fewer <= values
