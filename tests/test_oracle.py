"""Every schedule of small problems, enumerated in plain Python, against the solver's answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import comb, prod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from ksolve.api import prepare
from ksolve.checker import costs
from ksolve.problem import Problem, Tier
from ksolve.solver import Options, Verdict
from ksolve.solver.model import Model
from ksolve.verified import solve
from tiny import Cell, holdings, tiers_of, write_plan

OPEN = ("2024-04-01", "2024-04-05")
"""The centre is open from a Monday to a Friday, and never again."""

RULES = st.sampled_from(
    [
        {"rule": "min_gap", "days": "2"},
        {"rule": "weekdays", "weekdays": "月-水"},
        {"rule": "weekdays", "weekdays": "木金", "tier": "pattern"},
        {"rule": "min_gap", "days": "3", "tier": "spread", "weight": "2"},
        {"rule": "steady_pattern"},
        {"rule": "off_dates", "days": ["4/3"]},
        {"rule": "habit", "days": "月 10:00"},
        {"rule": "start_times", "starts": ["13:00"], "tier": "fit"},
        {"rule": "in_dates", "days": ["4/1〜4/3", "4/5"], "tier": "fit"},
        {"rule": "month_days", "days": ["1", "3", "4"]},
        {"rule": "weekdays", "weekdays": "月-木", "nths": ["1"]},
        {"rule": "max_gap", "days": "2"},
        {"rule": "max_gap", "days": "1", "tier": "spread"},
        {"rule": "day_runs", "length": "2", "tier": "pattern"},
    ]
)
WHOLE: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"rule": "level_load", "sessions": "1"},
        {"rule": "most", "sessions": "2", "per": "day"},
        {"rule": "most", "sessions": "1", "per": "day", "tier": "level"},
        {"rule": "apart"},
        {"rule": "apart", "per": "week", "tier": "spread"},
        {"rule": "most_parallel", "sessions": "1"},
        {"rule": "most_use", "of": "pool", "sessions": "1"},
        {"rule": "most_use", "of": "one", "sessions": "1", "per": "week", "tier": "level"},
        {"rule": "turnaround", "of": "one", "minutes": "90"},
        {"rule": "turnaround", "of": "pool", "minutes": "60", "tier": "level"},
        {"rule": "travel", "of": "pool", "between": ["東館", "西館"], "minutes": "90"},
        {"rule": "travel", "of": "職員1", "between": ["東館", "西館"], "minutes": "60", "tier": "spread"},
        {"rule": "fair_share", "members": "pool", "difference": "0"},
        {"rule": "fair_share", "members": "pool", "tier": "level"},
        {"rule": "led_by", "member": "職員2", "tier": "fit"},
        {"rule": "held_in", "room": "one", "tier": "rooms"},
        {"rule": "in_order", "programmes": ["p0", "p1"]},
        {"rule": "in_order", "programmes": ["p0", "p1"], "tier": "pattern", "days": "2"},
        {"rule": "in_order", "programmes": ["p1", "p0"], "tier": "spread", "each": "true"},
        {"rule": "most_parallel", "sessions": "1", "tier": "level"},
    ]
)


EXTERNAL: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"effect": "blocked", "dates": ["4/2〜4/3"]},
        {"effect": "blocked", "dates": [{"days": "4/1〜4/4", "hours": "10:30-13:00"}], "programmes": "p0"},
        {"effect": "avoided", "dates": ["4/1", "4/4〜4/5"], "weight": "2"},
        {"effect": "avoided", "dates": [{"days": "4/2", "hours": "9:00-11:00"}], "audiences": ["people"]},
        {"effect": "closed", "dates": ["4/4"]},
        {"effect": "info", "dates": ["4/1〜4/5"]},
    ]
)
BONDS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"sessions": "1"},
        {"sessions": "1", "shared": "false"},
        {"sessions": "1", "tier": "fit"},
        {"sessions": "2", "shared": "false", "tier": "fit"},
    ]
)
AUDIENCES: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"apart": "moment"},
        {"apart": "day"},
        {"apart": "moment", "tier": "fit"},
        {"apart": "day", "tier": "spread", "weight": "2"},
        {"apart": "week", "tier": "level"},
    ]
)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Two or three programmes of one to three sessions in a week, with few rooms and staff."""
    kinds = []
    for number in range(draw(st.integers(1, 2))):
        kind: dict[str, Any] = {
            "id": f"kind{number}",
            "minutes": draw(st.sampled_from(["60", "120", "180"])),
            "starts": draw(st.sampled_from([["10:00"], ["10:00", "13:00"], ["10:00", "11:00"]])),
            "per_day": draw(st.sampled_from(["1", "2"])),
        }
        if draw(st.booleans()):
            kind["rooms"] = draw(st.sampled_from([["one"], ["one", "two"]]))
            kind["more_rooms"] = draw(st.sampled_from([[], [], ["two"], [["one", "two"]]]))
        if draw(st.booleans()):
            kind["staff"] = {"pool": draw(st.sampled_from(["1", "2"]))}
        if draw(st.booleans()):
            kind["audiences"] = ["people"]
        kinds.append(kind)
    programmes = []
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(kinds))
        programmes.append(
            {
                "id": f"p{number}",
                "name": f"事業{number}",
                "frequency": f"年{draw(st.integers(1, 3 if number == 0 else 2))}回",
                "session": kind["id"],
                "rules": draw(st.lists(RULES, min_size=1, max_size=3)),
            }
        )
    if draw(st.integers(0, 3)) == 0:
        programmes[-1]["frequency"] = "年1回"
        programmes[-1]["reserve"] = draw(st.sampled_from(["1", {"dates": "1", "within": "2"}]))
    for bond in draw(st.lists(BONDS, max_size=1)):
        if len(programmes) > 1 and programmes[0]["session"] == programmes[1]["session"]:
            programmes[1]["together"] = {"with": "p0", **bond}
    named = {item["id"] for item in programmes}
    whole = [
        rule
        for rule in draw(st.lists(WHOLE, min_size=1, max_size=3))
        if named.issuperset(rule.get("programmes", ()))
    ]
    away = draw(st.sampled_from([[], [{"days": "4/2", "count": "1"}], [{"days": "4/4〜4/5"}]]))
    return {
        "programmes": programmes,
        "rules": whole,
        "centre": {
            "calendar": {
                "open": {"月-金": "9:00-17:00"},
                "closed": [{"days": "4/6〜3/31", "why": "閉館"}],
            },
            "rooms": [
                {"id": "one", "name": "一室", "site": "東館"},
                {"id": "two", "name": "二室", "site": "西館", "closed": away},
            ],
            "staff": [
                {
                    "id": "pool",
                    "name": "職員",
                    "shifts": [
                        {"count": "1", "weekly": {"月-金": "9:00-17:00"}},
                        {
                            "count": "1",
                            "weekly": {"月-水": draw(st.sampled_from(["9:00-17:00", "9:00-12:00"]))},
                        },
                    ],
                }
            ],
            "audiences": [{"id": "people", "name": "人", **draw(AUDIENCES)}],
            "sessions": kinds,
            "external": [
                {"id": "x", "name": "よその行事", **one} for one in draw(st.lists(EXTERNAL, max_size=1))
            ],
        },
    }


MOST = 300
"""More datings than this are not enumerated."""


def _sizes(plan: dict[str, Any]) -> dict[str, int]:
    """How many sessions each series has, and how many reserve dates."""
    sizes = {item["id"]: int(item["frequency"][1]) for item in plan["programmes"]}
    return sizes | {f"{item['id']}-reserve": 1 for item in plan["programmes"] if "reserve" in item}


def _size(problem: Problem, plan: dict[str, Any]) -> int:
    sizes = _sizes(plan)
    return prod(comb(5 * len(series.starts), sizes[series.id]) for series in problem.series)


def _datings(problem: Problem, plan: dict[str, Any]) -> Iterator[dict[str, tuple[Cell, ...]]]:
    """Every choice of as many cells for each series as its frequency says."""
    sizes = _sizes(plan)
    days = [day for day in problem.year.days if problem.calendar.hours(day)]
    assert [str(days[0]), str(days[-1])] == list(OPEN)
    choices = [
        list(combinations([(day, start) for day in days for start in series.starts], sizes[series.id]))
        for series in problem.series
    ]
    for chosen in product(*choices):
        yield {series.id: cells for series, cells in zip(problem.series, chosen, strict=True)}


FEW = 12
"""Where more datings than this are optimal, they are not all asked of the solver."""


@settings(max_examples=150)
@given(plans())
def test_solver_and_enumeration_agree_on_feasibility_optimum_and_optimal_datings(
    plan: dict[str, Any],
) -> None:
    with TemporaryDirectory() as folder:
        problem = prepare(write_plan(Path(folder), plan)).problem
    assume(_size(problem, plan) <= MOST)
    found = [(cost, dating) for dating in _datings(problem, plan) if (cost := _cheapest(problem, dating))]
    best = min((cost for cost, _ in found), default=None)
    answer = solve(problem, Options(limit_s=60))
    if best is None:
        assert answer.verdict is Verdict.INFEASIBLE
    else:
        assert answer.verdict is Verdict.OPTIMAL
        assert [tier.tier for tier in answer.tiers] == tiers_of(problem)
        assert tuple(tier.value for tier in answer.tiers) == best[1:]
        optimal = {_frozen(dating) for cost, dating in found if cost == best}
        if len(optimal) <= FEW:
            assert _solutions(problem, dict(zip(tiers_of(problem), best[1:], strict=True))) == optimal


def _cheapest(problem: Problem, dating: Mapping[str, Sequence[Cell]]) -> tuple[int, ...] | None:
    """Return 0 and the least cost of each tier over all ways to name units, None where none holds."""
    every = (tuple(costs(problem, schedule).values()) for schedule in holdings(problem, dating))
    return min(((0, *cost) for cost in every), default=None)


Dating = frozenset[tuple[str, Cell]]


def _frozen(dating: Mapping[str, Sequence[Cell]]) -> Dating:
    return frozenset((name, cell) for name, cells in dating.items() for cell in cells)


def _solutions(problem: Problem, wanted: Mapping[Tier, int]) -> set[Dating]:
    """Return every dating that the solver's model has at these costs, each forbidden once it is found."""
    model = Model(problem)
    model.build()
    for tier, value in wanted.items():
        paid = [weight * amount for weight, amount in model.costs.get(tier, ())]
        model.cp.add(cp_model.LinearExpr.sum(paid) <= value)
    at = {(name, cell): x for name, cells in model.at.items() for cell, x in cells.items()}
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    found: set[Dating] = set()
    while solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        held = frozenset(key for key, x in at.items() if solver.boolean_value(x))
        found.add(held)
        model.cp.add_bool_or([~x if key in held else x for key, x in at.items()])
    return found
