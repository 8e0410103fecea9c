"""An answer's costs are those that the checker counts, and a large problem is answered like a small one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from ortools.sat.python.cp_model import CpModel

from ksolve import verified
from ksolve.problem import Tier
from ksolve.solver import Answer, Options, TierValue, Verdict
from ksolve.solver.answer import Step, Tuning
from ksolve.solver.search.run import Ended, Seen, run
from tiny import tiny

PLAN = """
programmes: [{id: a, name: 甲, frequency: 年3回, session: hour}]
rules:
  - {rule: in_dates, days: [4/1, 4/9, 5/15], programmes: a}
  - {rule: steady_pattern, programmes: a, tier: pattern}
"""


@pytest.mark.parametrize(("bound", "verdict"), [(2, Verdict.OPTIMAL), (1, Verdict.FEASIBLE)])
def test_a_cost_that_the_search_left_too_high_is_counted_again(
    bound: int, verdict: Verdict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = tiny(tmp_path, PLAN).problem
    found = verified.solve(problem, Options(limit_s=20))
    # a Monday, a Tuesday and a Wednesday: two are off the usual weekday
    assert (found.verdict, found.tiers) == (Verdict.OPTIMAL, (TierValue(Tier.PATTERN, 2, 2),))

    def search(*_: object) -> Answer:
        return replace(found, verdict=Verdict.FEASIBLE, tiers=(TierValue(Tier.PATTERN, 3, bound),))

    monkeypatch.setattr(verified, "search", search)
    again = verified.solve(problem)
    assert (again.verdict, again.tiers) == (verdict, (TierValue(Tier.PATTERN, 2, bound),))


@pytest.mark.parametrize(("days", "verdict"), [("[4/1, 4/9, 5/15]", "optimal"), ("[4/1, 4/9]", "infeasible")])
@pytest.mark.parametrize(("large", "way"), [(1, "quick_restart_no_lp"), (1_000_000, "max_lp")])
def test_a_schedule_of_any_cost_is_looked_for_without_the_relaxation_in_a_large_problem(
    days: str, verdict: str, large: int, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksolve.solver.search.whole.LARGE", large)
    asked: list[tuple[bool, bool, tuple[str, ...]]] = []

    def spy(cp: CpModel, tuning: Tuning, limit_s: float, seen: Seen, enough_s: float | None) -> Ended:
        asked.append((cp.has_objective(), tuning.first_only, tuning.subsolvers))
        return run(cp, tuning, limit_s, seen, enough_s)

    monkeypatch.setattr("ksolve.solver.search.ledger.run", spy)
    answer = verified.solve(
        tiny(tmp_path, PLAN.replace("[4/1, 4/9, 5/15]", days)).problem,
        Options(limit_s=20, steps=(Step.ANY, Step.SWEEP, Step.TIERS)),
    )
    assert str(answer.verdict) == verdict
    assert asked[0] == (False, True, (way,))
    assert sum(tier.value for tier in answer.tiers) == (2 if verdict == "optimal" else 0)
