"""Limits hold whatever a search does: what builds a model for minutes is ended, and wishes delay nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ksolve.checker import check
from ksolve.cli.options import capped
from ksolve.errors import PlanError
from ksolve.problem import Problem
from ksolve.solver import Options, Progress, Verdict
from ksolve.solver.search import solving, whole
from ksolve.solver.search.heavy import HEAVY, hard_alone, weight
from ksolve.verified import solve
from tiny import tiny

SHARED = """
programmes: [%s]
centre:
  staff: [%s]
  sessions: [%s]
rules: [%s]
"""
FAIR = "{{rule: fair_share, members: s{0}, tier: level}}"
KIND = "{{id: k{0}, minutes: '60', starts: ['9:00', '10:00', '13:00'], staff: {{s{0}: '1'}}}}"


def _shared(
    folder: Path, programmes: int, yearly: int, pools: int, members: int, *, wished: bool = True
) -> Problem:
    """Programmes that take one of some pools, whose members share its sessions fairly, if they can."""
    named = [", ".join(f"{{name: 職{p}-{m}}}" for m in range(members)) for p in range(pools)]
    plan = SHARED % (
        ", ".join(
            f"{{id: p{n}, name: 事業{n}, frequency: 年{yearly}回, session: k{n % pools}}}"
            for n in range(programmes)
        ),
        ", ".join(f"{{id: s{p}, name: 職種{p}, members: [{named[p]}]}}" for p in range(pools)),
        ", ".join(KIND.format(p) for p in range(pools)),
        ", ".join(FAIR.format(p) for p in range(pools) if wished),
    )
    return tiny(folder, plan).problem


def test_a_model_that_takes_minutes_to_build_is_ended_soon_after_the_limit(tmp_path: Path) -> None:
    """Three million choices of members: a search in this process would hear of no limit for minutes."""
    problem = _shared(tmp_path, 100, 50, 10, 40)
    assert weight(problem) > 10 * HEAVY
    answer = solve(problem, Options(limit_s=2))
    assert answer.verdict in (Verdict.UNKNOWN, Verdict.FEASIBLE)
    assert not answer.interrupted


def test_wishes_weigh_nothing_in_the_first_schedule(tmp_path: Path) -> None:
    """Ten members whom only a wish tells apart are one resource of ten, as they are without the wish."""
    wished, plain = (_shared(tmp_path, 4, 6, 2, 10, wished=wished) for wished in (True, False))
    assert len(wished.resources) == 20
    alone = hard_alone(wished)
    assert [len(resource.units) for resource in alone.resources] == [10, 10]
    assert weight(alone) == weight(plain)


def test_what_a_hard_rule_tells_apart_stays_apart(tmp_path: Path) -> None:
    plan = """
programmes: [{id: a, name: 甲, frequency: 年2回, session: one, rules: [{rule: led_by, member: 鈴木}]}]
centre:
  staff: [{id: s, name: 保健師, members: [{name: 田中}, {name: 鈴木}, {name: 佐藤}]}]
  sessions: [{id: one, minutes: '60', starts: ['10:00'], staff: {s: '1'}}]
rules: [{rule: fair_share, members: s, tier: level}]
"""
    alone = hard_alone(tiny(tmp_path, plan).problem)
    assert [resource.units for resource in alone.resources] == [("田中", "佐藤"), ("鈴木",)]


def test_a_heavy_search_shows_a_schedule_before_it_counts_what_it_costs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "HEAVY", 0)
    problem = _shared(tmp_path, 3, 5, 1, 4)
    seen: list[Progress] = []
    answer = solve(problem, Options(limit_s=30), seen.append)
    assert not seen[0].counted
    assert not check(problem, seen[0].schedule)
    assert all(progress.counted for progress in seen[1:])
    # 15 sessions among four: 4, 4, 4 and 3
    assert (answer.verdict, [tier.value for tier in answer.tiers]) == (Verdict.OPTIMAL, [0])


@pytest.mark.parametrize("yearly", [3, 1000])
def test_a_search_in_a_process_of_its_own_answers_as_one_in_this(
    yearly: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand sessions do not go onto the open days of a year."""
    problem = _shared(tmp_path, 2, yearly, 1, 2)
    here = solve(problem, Options(limit_s=30))
    monkeypatch.setattr(solving, "HEAVY", 0)
    there = solve(problem, Options(limit_s=30))
    assert (there.verdict, there.tiers) == (here.verdict, here.tiers)
    assert there.verdict is (Verdict.OPTIMAL if yearly == 3 else Verdict.INFEASIBLE)


def test_groups_beyond_all_reason_are_refused_before_any_is_made(tmp_path: Path) -> None:
    plan = "programmes: [{id: a, name: 甲, frequency: 年2回×99999グループ, session: hour}]"
    with pytest.raises(PlanError) as refused:
        tiny(tmp_path, plan)
    (finding,) = refused.value.findings
    assert finding.rule == "too-many-groups"
    assert "99999" in finding.text.ja


def test_more_workers_than_the_processor_bears_are_fewer_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    cores = len(os.sched_getaffinity(0))
    assert capped(4 * cores) == 4 * cores
    assert capsys.readouterr().err == ""
    assert capped(4 * cores + 1) == 4 * cores
    assert f"--workers {4 * cores + 1}" in capsys.readouterr().err
