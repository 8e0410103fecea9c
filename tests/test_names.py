"""Names as people say them: a part of a programme's name is enough where no other has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SMALL
from ksolve.api import Prepared, prepare
from ksolve.errors import PlanError, nearest
from ksolve.schedules.naming import find_series
from running import ksolve

NAMED = SMALL.replace(
    "  - {id: a, name: 健診, frequency: 月1回, session: hour}\n",
    """\
  - {id: salon, name: ひだまりサロン, frequency: 年2回, session: hour}
  - {id: expert, name: 専門相談, frequency: 年2回×2グループ, session: hour}
  - {id: child, name: 育児相談, frequency: 年2回, session: hour}
  - id: school
    name: 育児教室
    components:
      - {id: angel, name: エンジェル教室, frequency: 年2回, session: hour}
      - {id: papa, name: パパ教室, frequency: 年2回, session: hour}
""",
)
SCENARIO = """\
schema: "1"
id: less
title: 減らす
changes:
  - {do: remove, programme: PROGRAMME, why: 試しに}
"""


@pytest.fixture
def case(tmp_path: Path) -> Prepared:
    path = tmp_path / "plan.yaml"
    path.write_text(NAMED, encoding="utf-8")
    return prepare(path)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("ひだまり", {"salon"}),
        ("ﾋﾀﾞﾏﾘ", set()),  # half-width katakana is no hiragana
        ("専門", {"expert-g1", "expert-g2"}),
        ("エンジェル", {"school.angel"}),
        ("育児教室", {"school.angel", "school.papa"}),
        ("パパ教室", {"school.papa"}),
    ],
)
def test_the_part_of_a_name_that_no_other_has_is_enough(case: Prepared, name: str, ids: set[str]) -> None:
    try:
        found = {series.id for series in find_series(name, case.problem)}
    except PlanError:
        found = set()
    assert found == ids


def test_a_part_that_several_have_is_refused_with_all_of_them(case: Prepared) -> None:
    with pytest.raises(PlanError, match="相談 is part of several programmes' names") as told:
        find_series("相談", case.problem)
    remedy = told.value.findings[0].remedy
    assert remedy is not None
    assert remedy("ja") == "近い名前: 専門相談、育児相談"
    with pytest.raises(PlanError, match="the plan has no programme 専問相談"):
        find_series("専問相談", case.problem)


def test_a_wrong_name_lists_all_that_are_about_as_near() -> None:
    assert (
        nearest("月曜会", ["火曜会", "水曜会", "講座"])("ja")
        == "「火曜会」「水曜会」のどれかではありませんか"
    )
    assert nearest("nme", ["name", "frequency"])("en") == "did you mean name?"
    assert nearest("xyz", ["b", "a"])("en") == "known: a, b"


@pytest.mark.parametrize(
    ("name", "left"), [("ひだまり", "salon"), ("エンジェル", "angel"), ("school.papa", "papa")]
)
def test_a_scenario_names_programmes_as_people_say_them(tmp_path: Path, name: str, left: str) -> None:
    plan, scenario = tmp_path / "plan.yaml", tmp_path / "less.yaml"
    plan.write_text(NAMED, encoding="utf-8")
    scenario.write_text(SCENARIO.replace("PROGRAMME", name), encoding="utf-8")
    assert len(prepare(plan, (scenario,)).problem.series) == len(prepare(plan).problem.series) - 1
    applied = ksolve("apply", plan, "-s", scenario, "--diff")
    assert applied.returncode == 0, applied.stderr
    assert [line for line in applied.stdout.splitlines() if line.startswith("-") and f"id: {left}," in line]


def test_a_scenario_that_names_several_programmes_is_refused_with_their_ids(tmp_path: Path) -> None:
    plan, scenario = tmp_path / "plan.yaml", tmp_path / "less.yaml"
    plan.write_text(NAMED, encoding="utf-8")
    scenario.write_text(SCENARIO.replace("PROGRAMME", "相談"), encoding="utf-8")
    with pytest.raises(PlanError, match=r"less.yaml:5:.*相談 is part of several.*expert、child"):
        prepare(plan, (scenario,))
