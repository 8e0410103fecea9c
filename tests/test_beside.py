"""Plans that share: each round places what does not clash, and nothing is claimed that the whole denies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ksolve.api import prepare
from ksolve.checker import check, costs
from ksolve.problem import Problem
from ksolve.problem.common import Common
from ksolve.problem.schedule import Schedule
from ksolve.solver import Options, Verdict
from ksolve.solver.answer import Answer
from ksolve.solver.model.uses import Standing
from ksolve.solver.search import beside
from ksolve.solver.search.beside import Rounds, fitted
from ksolve.solver.search.run import now
from ksolve.solver.search.sharing import Sharing, sharing
from ksolve.solver.search.whole import solve_whole
from test_oracle import plans
from test_sharing import centres, split
from tiny import tiers_of, write_plan


def here(some: Sequence[Problem], limit_s: float, standing: tuple[Standing, ...] = ()) -> tuple[Answer, ...]:
    """Search one plan after the other in this process."""
    options = Options(max(20.0, limit_s))
    return tuple(solve_whole(one, options, lambda _: None, None, standing) for one in some)


def fitted_here(
    problem: Problem, linked: Sharing, places: int, alone: Sequence[Answer] = ()
) -> tuple[Answer, ...]:
    pools = frozenset(one.pool for one in problem.resources if one.id in linked.shared)
    common = Common(tuple(map(str, range(len(linked.parts)))), linked.parts, pools)
    return fitted(common, alone or here(linked.parts, 20.0), Rounds(here, places, now() + 60))


def together(answers: Sequence[Answer]) -> Schedule:
    return Schedule.of(one for answer in answers if answer.schedule for one in answer.schedule.sessions)


def test_two_that_want_the_same_days_have_days_of_their_own(tmp_path: Path) -> None:
    """The doctor comes on two Mondays and two Tuesdays: A wants two of these days, and B two."""
    problem = centres(tmp_path, when="月火", count=2)
    answers = fitted_here(problem, split(problem), places=2)
    assert all(answer.schedule for answer in answers)
    assert not check(problem, together(answers))


def test_what_is_not_known_alone_is_looked_for_once_more_beside_the_others(tmp_path: Path) -> None:
    problem = centres(tmp_path)
    linked = split(problem)
    first, _ = here(linked.parts, 20.0)
    unknown = Answer(Verdict.UNKNOWN, None, (), 1.0, interrupted=False)
    answers = fitted_here(problem, linked, 2, (first, unknown))
    assert all(answer.schedule for answer in answers)
    assert not check(problem, together(answers))


def test_that_there_is_no_place_is_proven_by_a_model_of_all_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = centres(tmp_path, when="月-水", count=5)  # 7 sessions on 6 days; either centre alone fits
    answers = fitted_here(problem, split(problem), places=2)
    assert {answer.verdict for answer in answers} == {Verdict.OPTIMAL, Verdict.INFEASIBLE}
    assert [answer.together for answer in answers if answer.schedule is None] == [True]
    monkeypatch.setattr(beside, "is_small", lambda _problems: False)
    answers = fitted_here(problem, split(problem), places=2)
    assert {answer.verdict for answer in answers} == {Verdict.OPTIMAL, Verdict.UNKNOWN}


@settings(max_examples=25)
@given(plans(), st.integers(1, 3))
def test_rounds_claim_nothing_that_the_whole_denies(plan: dict[str, Any], places: int) -> None:
    with TemporaryDirectory() as folder:
        problem = prepare(write_plan(Path(folder), {**plan, "rules": []})).problem
    linked = sharing(problem, large=0, small=1)
    assume(linked)
    assert linked is not None
    whole = solve_whole(problem, Options(limit_s=20), lambda _: None)
    answers = fitted_here(problem, linked, places)
    if any(answer.verdict is Verdict.INFEASIBLE for answer in answers):
        assert whole.verdict is Verdict.INFEASIBLE
    if any(answer.schedule is None for answer in answers):
        return
    assert whole.schedule is not None
    assert not check(problem, together(answers))
    reached, best = costs(problem, together(answers)), {tier.tier: tier.value for tier in whole.tiers}
    for tier in tiers_of(problem):
        told = [one for answer in answers for one in answer.tiers if one.tier is tier]
        assert sum(one.value for one in told) >= reached[tier]
        assert sum(one.bound for one in told) <= best[tier]
        if reached[tier] != best[tier]:
            break  # a bound holds under what was reached in the tiers before
