"""A rule names one group of a programme, by the name that the schedule prints, and binds that alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ksolve.api import prepare
from ksolve.checker import check
from ksolve.problem import Problem
from ksolve.problem.schedule import numbered
from ksolve.schedules.tidy import rows_of
from ksolve.solver import Options
from ksolve.verified import solve
from running import PLAN, ksolve
from test_rules import agree
from tiny import bare, cell, write_plan

PROGRAMMES: list[dict[str, Any]] = [
    {
        "id": "k",
        "name": "育児教室",
        "session": "hour",
        "components": [
            {"id": "k", "name": "カルガモ教室", "frequency": "年2回×2グループ", "months": "6月"},
            {"id": "a", "name": "アヒル教室", "frequency": "年1回", "months": "6月"},
        ],
    },
]
NAMES = [
    "k.k-g2",
    "育児教室 カルガモ教室 第2グループ",
    "カルガモ教室 第2グループ",
    "カルガモ教室　第２グループ",
]
MONDAYS = ["2024-06-03 10:00", "2024-06-10 10:00"]
TUESDAYS = ["2024-06-04 10:00", "2024-06-11 10:00"]


def _problem(folder: Path, *rules: dict[str, Any], **given: Any) -> Problem:
    return prepare(write_plan(folder, {"programmes": PROGRAMMES, "rules": list(rules), **given})).problem


@pytest.mark.parametrize("name", NAMES)
def test_a_group_is_bound_alone_by_any_of_its_names(name: str, tmp_path: Path) -> None:
    problem = _problem(tmp_path, {"rule": "weekdays", "programmes": name, "weekdays": "火"})
    (posted,) = [p for p in problem.rules if p.rule.name == "weekdays"]
    assert [series.id for series in posted.series] == ["k.k-g2"]
    # the other group and the other component may meet on Mondays, the one that is bound may not
    kept = {"k.k-g1": MONDAYS, "k.k-g2": TUESDAYS, "k.a": MONDAYS[:1]}
    broken = {"k.k-g1": TUESDAYS, "k.k-g2": [TUESDAYS[0], MONDAYS[1]], "k.a": MONDAYS[:1]}
    assert _broken(problem, kept) == []
    assert _broken(problem, broken) == ["weekdays"]


def _broken(problem: Problem, dating: dict[str, list[str]]) -> list[str]:
    cells = {series: tuple(map(cell, days)) for series, days in dating.items()}
    return [found.rule for found in check(problem, numbered(bare(problem, cells).sessions))]


@pytest.mark.parametrize(
    "rule",
    [
        {"rule": "weekdays", "programmes": NAMES[2], "weekdays": "火"},
        {"rule": "min_gap", "programmes": NAMES[0], "days": "7"},
        {"rule": "on_dates", "programmes": NAMES[2], "days": ["6/11"]},
        {"rule": "in_order", "programmes": ["k.a", "カルガモ教室 第2グループ", "k.k-g1"], "days": "1"},
        {"rule": "apart", "programmes": [NAMES[2], "k.k-g1"]},
        {"rule": "apart", "programmes": [NAMES[2], "k.a"]},
    ],
    ids=lambda rule: f"{rule['rule']}-{len(rule['programmes'])}",
)
def test_solver_and_checker_read_a_rule_of_a_group_alike_on_every_schedule(
    rule: dict[str, Any], tmp_path: Path
) -> None:
    problem = _problem(tmp_path, rule)
    own = tuple(posted for posted in problem.rules if posted.rule.name == rule["rule"])
    cells = {"k.k-g1": MONDAYS, "k.k-g2": [MONDAYS[1], *TUESDAYS], "k.a": TUESDAYS[:1]}
    given = {series: tuple(map(cell, days)) for series, days in cells.items()}
    agree(replace(problem, rules=own), str(rule["rule"]), given)


def test_the_solver_keeps_what_a_group_alone_is_asked(tmp_path: Path) -> None:
    problem = _problem(
        tmp_path, {"rule": "on_dates", "programmes": "カルガモ教室 第2グループ", "days": ["6/4", "6/27"]}
    )
    answer = solve(problem, Options(10))
    assert answer.schedule is not None
    days = sorted(s.day.isoformat() for s in answer.schedule.sessions if s.series == "k.k-g2")
    assert days == ["2024-06-04", "2024-06-27"]
    assert check(problem, answer.schedule) == ()
    # what the schedule prints is what the rule was named by
    assert any("カルガモ教室 第2グループ" in " ".join(row) for row in rows_of(answer.schedule, problem))


def test_a_rule_within_a_programme_may_name_one_of_its_groups(tmp_path: Path) -> None:
    rule = {"rule": "weekdays", "programmes": "k-g2", "weekdays": "火"}
    programme = {
        "id": "k",
        "name": "教室",
        "session": "hour",
        "frequency": "年1回×3グループ",
        "rules": [rule],
    }
    problem = prepare(write_plan(tmp_path, {"programmes": [programme]})).problem
    bound = [p.series[0].id for p in problem.rules if p.rule.name == "weekdays"]
    assert bound == ["k-g2"]


def test_a_wish_for_one_group_leaves_the_usual_ones_to_the_others(tmp_path: Path) -> None:
    programme = {"id": "k", "name": "教室", "session": "hour", "frequency": "月1回×2グループ"}
    rule = {"rule": "usual_place", "programmes": "教室 第2グループ", "weight": "5"}
    plan = {"programmes": [programme], "rules": [rule], "wishes": "usual"}
    problem = prepare(write_plan(tmp_path, plan)).problem
    places = {(p.series[0].id, p.weight) for p in problem.rules if p.rule.name == "usual_place"}
    usual = next(weight for series, weight in places if series == "k-g1")
    assert places == {("k-g1", usual), ("k-g2", 5)}


def test_an_unknown_group_is_said_with_the_nearest_and_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    rule = {"rule": "weekdays", "programmes": "カルガモ教室 第3グループ", "weekdays": "火"}
    done = ksolve("check", write_plan(tmp_path, {"programmes": PROGRAMMES, "rules": [rule]}))
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "plan.yaml:" in said
    assert "unknown-programme" in said
    assert "カルガモ教室 第" in said.split("第3グループ", 1)[1]  # the nearest known name
    other = {**PROGRAMMES[0], "id": "z", "name": "週末教室"}
    rule = {**rule, "programmes": "カルガモ教室 第2グループ"}
    done = ksolve("check", write_plan(tmp_path, {"programmes": [*PROGRAMMES, other], "rules": [rule]}))
    assert done.returncode != 0  # which of the two is not said
    assert "教室 カルガモ教室 第" in (done.stdout + done.stderr).split("第2グループ", 1)[1]


def test_a_scenario_binds_one_group_of_koganei(tmp_path: Path) -> None:
    scenario, out = tmp_path / "s.yaml", tmp_path / "plan.yaml"
    scenario.write_text(
        "schema: 1\nid: s\ntitle: 第2グループは木曜\nchanges:\n  - why: 講\n    do: rules\n"
        "    rules: {rule: weekdays, programmes: カルガモ教室 第2グループ, weekdays: 木}\n",
        encoding="utf-8",
    )
    assert ksolve("apply", PLAN, "-s", scenario, "-o", out).returncode == 0
    assert "programmes: カルガモ教室 第2グループ" in out.read_text(encoding="utf-8")  # the spelling stays
    for case in (prepare(PLAN, (scenario,)), prepare(out)):
        (posted,) = [p for p in case.problem.rules if p.rule.name == "weekdays" and p.why == "講"]
        assert [series.id for series in posted.series] == ["ikuji-kyoshitsu.karugamo-g2"]


IN_TURN = ["年2回×2グループ", "(全3回、毎週火曜日)×2グループ", "年1回×2グループ", "(月1回×2か月)×2グループ"]


@pytest.mark.parametrize("frequency", IN_TURN)
def test_groups_in_turn_begin_when_the_one_before_has_been_held(frequency: str, tmp_path: Path) -> None:
    programme = {"id": "a", "name": "教室", "frequency": frequency, "session": "hour", "in_turn": "true"}
    problem = prepare(write_plan(tmp_path, {"programmes": [programme], "wishes": "usual"})).problem
    schedule = solve(problem, Options(limit_s=20)).schedule
    assert schedule is not None
    first, second = ([s.day for s in schedule.sessions if s.series == f"a-g{n}"] for n in (1, 2))
    assert max(first) < min(second)
    swapped = {"a-g1": "a-g2", "a-g2": "a-g1"}
    turned = numbered(replace(one, series=swapped[one.series]) for one in schedule.sessions)
    assert {found.rule for found in check(problem, turned)} & {"in_order", "month_runs"}
