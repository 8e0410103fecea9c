"""How full a pool is, counted by hand, and what is looked for first where one nearly is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.problem import Tier
from ksolve.solver import Options, Verdict, solve
from ksolve.solver.answer import Step
from ksolve.solver.search.fullness import fullest
from ksolve.solver.search.whole import in_turn
from tiny import tiny

ROOM = """
centre:
  calendar: {{open: {{火: "9:00-17:00"}}, closed: ["4/2"]}}
  rooms: [{{id: one, name: 一室{closed}}}]
  sessions: [{{id: long, minutes: 90, starts: ["10:00", "10:30", "14:00"], rooms: one}}]
wishes: {{usual_place: 1}}
programmes:
  - {{id: talk, name: 相談, frequency: 年{count}回, session: long}}
  - {{id: play, name: ひろば, frequency: 月{monthly}回, session: long}}
"""
"""Of 52 Tuesdays one is closed and one a holiday (2/11). The other 50 have two sessions each: 10:00 and 10:30
overlap. Three of them are quiet days (4/30, 5/7, 8/13)."""


@pytest.mark.parametrize(
    ("count", "monthly", "closed", "expected"),
    [(39, 1, "", 51 / 100), (48, 3, "", 84 / 100), (39, 1, ", closed: [{days: 5/7}]", 51 / 98)],
)
def test_a_day_holds_the_sessions_that_lie_one_after_the_other(
    count: int, monthly: int, closed: str, expected: float, tmp_path: Path
) -> None:
    text = ROOM.format(count=count, monthly=monthly, closed=closed)
    assert fullest(tiny(tmp_path, text).problem) == pytest.approx(expected)


def test_any_schedule_comes_first_where_a_room_is_nearly_full(tmp_path: Path) -> None:
    roomy, full = (
        tiny(tmp_path, ROOM.format(count=48, monthly=monthly, closed="")).problem for monthly in (1, 3)
    )
    steps = (Step.PATTERNS, Step.FITTING, Step.ANY, Step.TIERS)
    assert in_turn(steps, roomy) == steps
    assert in_turn(steps, full) == (Step.ANY, Step.FITTING, Step.TIERS)
    assert in_turn((Step.PATTERNS,), full) == (Step.PATTERNS,)


def test_the_wishes_of_a_full_room_are_met_as_far_as_they_can_be(tmp_path: Path) -> None:
    """Who meets 48 times on 50 days cannot leave out three; three times a month has a place each time."""
    full = tiny(tmp_path, ROOM.format(count=48, monthly=3, closed="")).problem
    answer = solve(full, Options(limit_s=60), lambda _: None)
    assert answer.verdict is Verdict.OPTIMAL
    costs = {tier.tier: tier.value for tier in answer.tiers}
    assert (costs[Tier.QUIET], costs[Tier.PATTERN]) == (1, 0)
