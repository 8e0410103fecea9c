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


CENTRE = """\
schema: 1
id: named
title: 名前で書いた計画
year: 令和6年度
resources:
  calendar: {open: {月-金: "9:00-17:00"}}
  rooms: [{id: koza, name: 講座室}, {id: sodan, name: 相談室, count: 2}, {id: hall, name: ホール}]
  staff:
    - {id: hokenshi, name: 保健師, members: [{name: 田中}, {name: 林}]}
    - {id: hoikushi, name: 保育士, count: 2}
  audiences: [{id: oyako, name: 0歳児の親子}]
  sessions:
    - id: class
      name: 親子の教室
      minutes: 60
      starts: ["10:00", "13:30"]
      rooms: [講座, ホール]
      staff: {保健: 1, hoikushi: 1}
      audiences: [親子]
  lead_times: [{what: 原稿, due: 14日前, programmes: ひだまり, rooms: 講座}]
  risks: {outside: 保健師}
programmes:
  - {id: salon, name: 育児不安親支援事業(ひだまり), frequency: 年2回, session: 親子の教室}
  - {id: baby, name: 赤ちゃんの会, frequency: 年2回, session: class, together: {with: ひだまり}}
  - id: school
    name: 育児教室
    components:
      - {id: angel, name: エンジェル教室, frequency: 年2回, session: class}
rules:
  - {rule: in_order, programmes: [ひだまり, エンジェル]}
  - {rule: led_by, member: 田, programmes: 育児教室}
  - {rule: held_in, room: ホール, programmes: エンジェル, tier: rooms}
  - {rule: most_use, of: 相談, sessions: 9, per: month}
"""


def test_a_plan_names_rooms_staff_and_programmes_as_people_say_them(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(CENTRE, encoding="utf-8")
    plan = prepare(path).plan
    (kind,), (lead,) = plan.resources.sessions, plan.resources.lead_times
    assert (kind.rooms, kind.staff, kind.audiences) == (
        ("koza", "hall"),
        {"hokenshi": 1, "hoikushi": 1},
        ("oyako",),
    )
    assert (lead.programmes, lead.rooms, plan.resources.risks.outside) == (
        ("salon",),
        ("koza",),
        ("hokenshi",),
    )
    assert (plan.programmes[0].session, plan.programmes[1].together[0].host) == ("class", "salon")
    assert [rule.programmes for rule in plan.rules] == [
        ("salon", "school.angel"),
        ("school",),
        ("school.angel",),
        (),
    ]
    assert [rule.units for rule in plan.rules] == [(), ("田中",), ("ホール",), ("sodan",)]


def test_a_name_in_a_plan_that_several_have_or_none_is_told_with_its_place_and_those_near(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.yaml"
    for old, new, rule, remedy in (
        ("rooms: [講座, ホール]", "rooms: [室]", "unclear-room", "どれかを書いてください: koza、sodan"),
        (
            "rooms: [講座, ホール]",
            "rooms: [講義室]",
            "unknown-room",
            "「講座室」ではありませんか",
        ),
        ("{with: ひだまり}", "{with: ひだまい}", "unknown-programme", "育児不安親支援事業(ひだまり)"),
        ("[ひだまり, エンジェル]", "[育児, エンジェル]", "unclear-programme", "salon、school"),
    ):
        path.write_text(CENTRE.replace(old, new), encoding="utf-8")
        with pytest.raises(PlanError) as told:
            prepare(path)
        (found,) = told.value.findings
        assert found.rule == rule
        assert found.remedy is not None
        assert remedy in found.remedy.ja, found.remedy.ja
        assert found.place is not None
        assert found.place.line > 7


def test_a_scenario_names_rooms_and_staff_as_people_say_them(tmp_path: Path) -> None:
    plan, scenario = tmp_path / "plan.yaml", tmp_path / "s.yaml"
    plan.write_text(CENTRE, encoding="utf-8")
    changes = """\
schema: 1
id: names
title: 名前で
changes:
  - {do: close_room, room: 講座, days: 8/1〜8/31, why: 工事}
  - {do: absent, staff: 保健師, member: 林, days: 5/7, why: 研修}
  - {do: capacity, of: 相談, count: 3, why: 増やす}
  - {do: session, of: 親子, rooms: [ホール], why: 広い部屋}
  - {do: audience, of: 親子, apart: day, why: 別の日に}
  - {do: rules, rules: {rule: max_gap, days: 200, programmes: 赤ちゃん}, why: 間を空けない}
"""
    scenario.write_text(changes, encoding="utf-8")
    made = prepare(plan, (scenario,)).plan
    koza, sodan, _ = made.resources.rooms
    assert (len(koza.closed), sodan.count) == (1, 3)
    assert made.resources.sessions[0].rooms == ("hall",)
    assert made.resources.audiences[0].apart == "day"
    assert made.rules[-1].programmes == ("baby",)
    done = ksolve("apply", plan, "-s", scenario, "-o", tmp_path / "applied.yaml")
    assert done.returncode == 0, done.stderr
    scenario.write_text(changes.replace("of: 相談", "of: 保"), encoding="utf-8")
    with pytest.raises(PlanError, match="unclear-pool"):
        prepare(plan, (scenario,))
