"""An answer's costs are those that the checker counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ksolve import verified
from ksolve.problem import Tier
from ksolve.solver import Answer, Options, TierValue, Verdict
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
