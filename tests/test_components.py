"""What a programme with components says of itself binds them; nothing of it is passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ksolve.api import prepare
from ksolve.checker import check, costs
from ksolve.errors import PlanError
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import numbered
from tiny import bare, cell, write_plan

PARTS: list[dict[str, Any]] = [
    {"id": "x", "name": "前半", "frequency": "年2回"},
    {"id": "y", "name": "後半", "frequency": "年1回"},
]
CENTRE = {"audiences": [{"id": "people", "name": "親子", "apart": "day"}]}


def problem_of(folder: Path, **told: Any) -> Problem:
    programme = {"id": "p", "name": "教室", "session": "hour", "components": PARTS, **told}
    return prepare(write_plan(folder, {"programmes": [programme], "centre": CENTRE})).problem


def broken(problem: Problem, x: tuple[str, str], y: str) -> set[str]:
    cells = {"p.x": tuple(map(cell, x)), "p.y": (cell(y),)}
    return {found.rule for found in check(problem, numbered(bare(problem, cells).sessions))}


APRIL, MAY, JUNE = "2024-04-08 10:00", "2024-05-13 10:00", "2024-06-10 10:00"  # each a Monday


@pytest.mark.parametrize(
    ("told", "rules"),
    [
        ({"rules": [{"rule": "weekdays", "weekdays": "火"}]}, {"weekdays"}),
        ({"rules": [{"rule": "most", "sessions": "0", "per": "month"}]}, {"most"}),
        ({"months": "4月～5月"}, {"in_months", "count"}),  # the one in June does not count
        ({"windows": ["7月"]}, {"windows"}),
        ({"frequency": "年3回"}, set()),
    ],
)
def test_what_a_programme_says_binds_its_components(
    tmp_path: Path, told: dict[str, Any], rules: set[str]
) -> None:
    assert broken(problem_of(tmp_path, **told), (APRIL, MAY), JUNE) == rules


def test_marks_of_a_programme_count_the_sessions_of_all_its_components(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, marks=["4月", "6月"])
    assert [
        [series.id for series in posted.series] for posted in problem.rules if posted.rule.name == "windows"
    ] == [["p.x", "p.y"]]


def test_components_have_the_audience_of_their_programme(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, audiences=["people"])
    assert broken(problem, (APRIL, MAY), "2024-04-08 13:00") == {"audience_apart"}  # twice on 8 April
    assert broken(problem, (APRIL, MAY), JUNE) == set()


def test_a_component_keeps_to_its_own_months_and_to_those_of_its_programme(tmp_path: Path) -> None:
    parts = [{**PARTS[0], "months": "4月・5月"}, PARTS[1]]
    problem = problem_of(tmp_path, months="5月～7月", components=parts)
    assert broken(problem, (MAY, "2024-05-20 10:00"), JUNE) == set()
    assert "in_months" in broken(problem, (APRIL, MAY), JUNE)


def test_together_at_a_programme_with_components_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as refused:
        problem_of(tmp_path, together={"with": "p.x"})
    assert [found.rule for found in refused.value.findings] == ["together-whole"]


def test_the_audience_of_one_series_is_kept_apart_within_the_week(tmp_path: Path) -> None:
    centre = {"audiences": [{"id": "people", "name": "親子", "apart": "week"}]}
    programme = {"id": "p", "name": "教室", "frequency": "年2回", "session": "hour", "audiences": ["people"]}
    problem = prepare(write_plan(tmp_path, {"programmes": [programme], "centre": centre})).problem
    twice = {"p": (cell("2024-04-08 10:00"), cell("2024-04-12 10:00"))}  # Monday and Friday of one week
    apart = {"p": (cell("2024-04-12 10:00"), cell("2024-04-15 10:00"))}  # Friday and the next Monday
    assert {found.rule for found in check(problem, bare(problem, twice))} == {"audience_apart"}
    assert not check(problem, bare(problem, apart))


def test_the_components_of_a_programme_that_is_named_in_order_need_no_order_among_themselves(
    tmp_path: Path,
) -> None:
    programmes = [
        {"id": "p", "name": "教室", "session": "hour", "components": PARTS},
        {"id": "q", "name": "発表会", "frequency": "年1回", "session": "hour"},
    ]
    rules = [{"rule": "in_order", "programmes": ["p", "q"]}]
    problem = prepare(write_plan(tmp_path, {"programmes": programmes, "rules": rules})).problem
    y_first = {"p.y": (cell(APRIL),), "p.x": (cell(MAY), cell("2024-05-20 10:00"))}
    assert not check(problem, bare(problem, {**y_first, "q": (cell(JUNE),)}))
    early = {**y_first, "q": (cell("2024-05-14 10:00"),)}  # before the last of p on 20 May
    assert {found.rule for found in check(problem, bare(problem, early))} == {"in_order"}


def test_a_weekly_rhythm_is_asked_in_the_months_that_it_names(tmp_path: Path) -> None:
    rule = {"rule": "weekly_rhythm", "slots": "1", "months": "6月"}
    programme = {"id": "p", "name": "教室", "frequency": "年2回", "session": "hour", "rules": [rule]}
    problem = prepare(write_plan(tmp_path, {"programmes": [programme]})).problem
    april = {"p": (cell("2024-04-08 10:00"), cell("2024-04-10 10:00"))}  # Monday and Wednesday of one week
    june = {"p": (cell("2024-06-10 10:00"), cell("2024-06-12 10:00"))}
    counted = [costs(problem, bare(problem, dating))[Tier.PATTERN] for dating in (april, june)]
    assert counted == [0, 1]  # in June one of the two is on another weekday
