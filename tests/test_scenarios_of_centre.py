"""Changes of a scenario to the centre: hours, further rooms and members, kinds of sessions, audiences."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ksolve.api import Prepared, prepare
from ksolve.errors import PlanError
from ksolve.problem import Resource
from ksolve.solver import Options
from ksolve.verified import solve
from running import ksolve
from tiny import write_plan

PLAN: dict[str, Any] = {
    "programmes": [{"id": "a", "name": "甲", "frequency": "年4回", "session": "hour", "months": "6月"}],
    "centre": {
        "calendar": {"open": {"月-金": "9:00-17:00"}, "closed": [{"days": "6/5", "why": "清掃"}]},
        "rooms": [
            {"id": "one", "name": "一室", "seats": "9", "closed": [{"days": "6/1〜6/30"}]},
            {"id": "two", "name": "二室", "count": "2", "weekly": {"月": "9:00-12:00"}},
        ],
        "staff": [
            {"id": "pool", "name": "職員", "count": "2", "absent": [{"days": "6/3"}]},
            {
                "id": "shifts",
                "name": "組",
                "shifts": [{"count": "2", "weekly": {"月": "9:00-17:00"}}, {"weekly": {"火": "9:00-17:00"}}],
            },
            {"id": "members", "name": "名簿", "members": [{"name": "田中"}, {"name": "鈴木"}]},
        ],
        "audiences": [{"id": "oyako", "name": "親子", "apart": "day"}],
        "sessions": [{"id": "hour", "minutes": "60", "starts": "10:00", "people": "5", "rooms": "one"}],
    },
}
MONDAY, TUESDAY, CLOSED = date(2024, 6, 3), date(2024, 6, 4), date(2024, 6, 5)


def _with(folder: Path, *changes: dict[str, Any]) -> Prepared:
    scenario = folder / "scenario.yaml"
    told = {"schema": "1", "id": "s", "title": "変更", "changes": [{"why": "試し", **one} for one in changes]}
    scenario.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return prepare(write_plan(folder, PLAN), (scenario,))


def _there(case: Prepared, pool: str, day: date) -> set[str]:
    resources: tuple[Resource, ...] = case.problem.of_pool(pool)
    return {unit for resource in resources if resource.hours(day) for unit in resource.units}


def test_a_further_room_on_some_weekdays_keeps_the_names_of_the_others(tmp_path: Path) -> None:
    case = _with(tmp_path, {"do": "more", "of": "one", "weekly": {"火": "9:00-12:00"}})
    assert _there(case, "one", TUESDAY) == {"一室(追加)"}  # whom the closure of June does not concern
    assert _there(case, "one", MONDAY) == set()
    assert _there(case, "one", date(2024, 7, 1)) == {"一室"}
    assert {r.seats for r in case.problem.of_pool("one")} == {9}


def test_substitutes_are_there_on_their_days_alone(tmp_path: Path) -> None:
    days = ["6/3〜6/4", "2024-07-01"]
    case = _with(tmp_path, {"do": "more", "of": "pool", "count": "2", "days": days})
    more = {"職員(応援)1", "職員(応援)2"}
    assert _there(case, "pool", MONDAY) == more
    assert _there(case, "pool", TUESDAY) == {"職員1", "職員2", *more}
    assert _there(case, "pool", date(2024, 7, 2)) == {"職員1", "職員2"}


def test_members_by_name_get_further_ones_beside_them(tmp_path: Path) -> None:
    case = _with(tmp_path, {"do": "more", "of": "members"})
    assert _there(case, "members", MONDAY) == {"田中", "鈴木", "名簿(応援)"}


def test_hours_of_a_pool_a_shift_and_a_member(tmp_path: Path) -> None:
    case = _with(
        tmp_path,
        {"do": "hours", "of": "two", "weekly": {"月火": "9:00-12:00"}},
        {"do": "hours", "of": "shifts", "shift": "2", "weekly": {"月": "9:00-17:00"}},
        {"do": "hours", "of": "members", "member": "鈴木", "weekly": {"火": "9:00-17:00"}},
    )
    assert _there(case, "two", TUESDAY) == {"二室1", "二室2"}
    assert _there(case, "shifts", MONDAY) == {"組1", "組2", "組3"}
    assert _there(case, "members", MONDAY) == {"田中"}


def test_a_kind_of_session_takes_other_rooms_and_an_audience_is_less_strict(tmp_path: Path) -> None:
    case = _with(
        tmp_path,
        {"do": "session", "of": "hour", "rooms": ["one", "two"], "people": "4", "per_day": "2"},
        {"do": "audience", "of": "oyako", "apart": "moment"},
    )
    (need,) = case.problem.series[0].needs
    assert (need.pools, need.seats) == (("one", "two"), 4)
    assert case.problem.audiences[0].apart == "moment"
    assert solve(case.problem, Options(30)).schedule is not None


def test_the_centre_opens_on_a_sunday_and_holds_a_session_there(tmp_path: Path) -> None:
    pin = {"rule": "on_dates", "programmes": "a", "days": ["2024-06-09"]}
    case = _with(
        tmp_path,
        {"do": "open", "days": "2024-06-09"},
        {"do": "present", "of": "one", "days": "6/1〜6/30"},
        {"do": "rules", "rules": [pin]},
    )
    found = solve(case.problem, Options(30)).schedule
    assert found is not None
    assert date(2024, 6, 9) in {session.day for session in found.sessions}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"do": "more", "of": "nowhere"}, "unknown-target"),
        ({"do": "hours", "of": "shifts", "weekly": {"月": "9:00-17:00"}}, "shifts"),
        ({"do": "hours", "of": "shifts", "shift": "3", "weekly": {"月": "9:00-17:00"}}, "unknown-target"),
        ({"do": "hours", "of": "one", "shift": "1", "weekly": {"月": "9:00-17:00"}}, "unknown-target"),
        (
            {"do": "hours", "of": "members", "member": "田仲", "weekly": {"月": "9:00-17:00"}},
            "unknown-target",
        ),
        ({"do": "audience", "of": "oyakko", "apart": "day"}, "unknown-target"),
        ({"do": "session", "of": "hour", "rooms": ["onne"]}, "unknown-room"),
        ({"do": "more", "of": "one", "days": "2/29"}, "no-such-day"),
        ({"do": "rules", "rules": [{"rule": "in_dates", "days": ["2/29"]}]}, "no-such-day"),
    ],
)
def test_a_change_that_names_nothing_is_an_error(tmp_path: Path, change: dict[str, Any], rule: str) -> None:
    with pytest.raises(PlanError) as caught:
        _with(tmp_path, change)
    assert [found.rule for found in caught.value.findings] == [rule]


def test_the_dates_of_a_pin_are_not_the_days_of_a_gap(tmp_path: Path) -> None:
    pin = {"rule": "on_dates", "programmes": "a", "days": ["2024-06-10"]}
    relax = {"do": "relax", "rule": "on_dates", "days": "3"}
    with pytest.raises(PlanError) as caught:
        _with(tmp_path, {"do": "rules", "rules": [pin]}, relax)
    assert [found.rule for found in caught.value.findings] == ["unknown-target"]
    moved = {"do": "relax", "rule": "on_dates", "dates": "2024-06-11"}
    case = _with(tmp_path, {"do": "rules", "rules": [pin]}, moved)
    assert any("2024-06-11" in posted.rule.sentence.ja for posted in case.problem.rules)


def test_one_member_is_away_by_name(tmp_path: Path) -> None:
    case = _with(tmp_path, {"do": "absent", "staff": "members", "member": "田中", "days": "6/3"})
    assert _there(case, "members", MONDAY) == {"鈴木"}
    assert _there(case, "members", TUESDAY) == {"田中", "鈴木"}
    for change in ({"member": "佐藤"}, {"member": "田中", "count": 1}):
        with pytest.raises(PlanError):
            _with(tmp_path, {"do": "absent", "staff": "members", "days": "6/3", **change})


def test_what_if_of_a_plan_without_a_schedule_says_that_no_scenario_was_tried(tmp_path: Path) -> None:
    centre = {**PLAN["centre"], "calendar": {"open": {"月": "9:00-12:00"}}}
    plan = write_plan(tmp_path, {**PLAN, "centre": centre})
    scenario = tmp_path / "fewer.yaml"
    change = {"do": "frequency", "programme": "a", "frequency": "年1回", "why": "試し"}
    told = {"schema": "1", "id": "s", "title": "減らす", "changes": [change]}
    scenario.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    done = ksolve("whatif", plan, scenario)
    assert done.returncode == 3
    assert "元の計画: 成り立ちません" in done.stderr + done.stdout
    assert "ksolve solve 計画 -s シナリオ" in done.stderr
