"""Ways out of every kind: in natural quantities, as small as can be, and enough for the whole plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from ksolve.api import prepare
from ksolve.checker import check
from ksolve.expand import expand
from ksolve.explain.causes import causes
from ksolve.explain.conflict import Judge
from ksolve.explain.elements import Subject
from ksolve.explain.explanation import explain
from ksolve.explain.repair import Repair
from ksolve.explain.repairs import repaired, repairs_of, scenario_of
from ksolve.plan import load
from ksolve.plan.schema import Plan
from ksolve.verified import can_hold
from tiny import write_plan

CASES = sorted((ROOT / "scenarios" / "infeasible").glob("*.yaml"))
OPEN = {"calendar": {"open": {"月-金": "9:00-17:00"}}}
HOUR = {"id": "hour", "name": "会", "minutes": "60", "starts": "10:00"}
JUNE = {"months": "6月", "session": "hour"}


def _programme(name: str, frequency: str = "年4回", **more: Any) -> dict[str, Any]:
    return {"id": name, "name": f"事業{name}", "frequency": frequency, **JUNE, **more}


def _plan(folder: Path, kind: dict[str, Any], *programmes: dict[str, Any], **centre: Any) -> Path:
    rules = centre.pop("rules", [])
    given = {
        "centre": {**OPEN, "sessions": [{**HOUR, **kind}], **centre},
        "programmes": programmes,
        "rules": rules,
    }
    return write_plan(folder, given)


def _repairs(plan: Plan) -> list[Repair]:
    """Return all that are offered for the only cause."""
    subject = Subject(plan)
    judge = Judge(subject, 60)
    (conflict,) = causes(subject, judge)
    return list(repairs_of(subject, conflict, judge))


def _offered(path: Path) -> dict[str, Repair]:
    """Return the repairs by their text, each of which was laid over the plan as a file and holds."""
    plan = load(path)
    found = _repairs(plan)
    for number, repair in enumerate(found):
        scenario = path.parent / f"repair{number}.yaml"
        scenario.write_text(
            yaml.safe_dump(scenario_of([repair], plan.id), allow_unicode=True), encoding="utf-8"
        )
        assert can_hold(prepare(path, (scenario,)).problem, 30, other_way=True), repair.text.ja
    return {repair.text.ja: repair for repair in found}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_shipped_case_has_three_ways_out_besides_giving_a_programme_up(path: Path) -> None:
    found = explain(load(path), 60)
    for cause in range(len(found.conflicts)):
        proved = [way.repair for way in found.ways if way.cause == cause and way.schedule]
        real = {r.text.ja for r in proved if r.changes[0]["do"] != "remove"}
        assert len(real) >= 3


def test_another_start_of_a_kind_of_session(tmp_path: Path) -> None:
    # June 2024 has 20 weekdays. In one room with one start 24 sessions do not fit; the first
    # start that does not overlap 10:00-11:00 is 9:00, in the morning
    found = _offered(
        _plan(
            tmp_path,
            {"rooms": "room"},
            _programme("a", "年12回"),
            _programme("b", "年12回"),
            rooms=[{"id": "room", "name": "会議室"}],
        )
    )
    assert found["会の回を9:00にも始められるようにする"].changes == (
        {
            "do": "session",
            "of": "hour",
            "starts": ["9:00", "10:00"],
            "why": "成り立たない計画の解決策 / a way out",
        },
    )
    assert "会議室をもう1室、月曜日に使えるようにする" in found  # four Mondays: 20 + 4 = 24
    assert "会議室をもう1室、月・火曜日に使えるようにする" not in found


def test_a_second_room_on_as_few_weekdays_as_suffice(tmp_path: Path) -> None:
    # 27 sessions: 20 + 4 Mondays are too few, 4 Mondays and 4 Tuesdays more are enough
    rooms = [{"id": "room", "name": "会議室"}]
    found = _offered(
        _plan(tmp_path, {"rooms": "room"}, _programme("a", "年14回"), _programme("b", "年13回"), rooms=rooms)
    )
    assert "会議室をもう1室、月・火曜日に使えるようにする" in found
    assert "会議室をもう1室、月曜日に使えるようにする" not in found


def test_another_room_that_is_large_enough(tmp_path: Path) -> None:
    rooms = [
        {"id": "small", "name": "小部屋", "seats": "4"},
        {"id": "one", "name": "講座室", "seats": "20", "closed": [{"days": "6/1〜6/30"}]},
        {"id": "two", "name": "会議室", "seats": "30"},
    ]
    found = _offered(_plan(tmp_path, {"rooms": "one", "people": "20"}, _programme("a"), rooms=rooms))
    assert "会の回に会議室も使えるようにする" in found
    assert not any("小部屋" in text for text in found)
    assert any("講座室の代わりの部屋" in text for text in found)


def test_fewer_people_where_the_seats_are_too_few(tmp_path: Path) -> None:
    rooms = [
        {"id": "small", "name": "小部屋", "seats": "4"},
        {"id": "one", "name": "講座室", "seats": "20", "closed": [{"days": "6/1〜6/30"}]},
    ]
    found = _offered(
        _plan(tmp_path, {"rooms": ["one", "small"], "people": "20"}, _programme("a"), rooms=rooms)
    )
    assert "会の一回の人数を 20人 から 4人 に減らす" in found


def test_one_more_weekday_and_longer_hours_of_a_pool(tmp_path: Path) -> None:
    # Wednesdays until 12:30 hold no session from 12:00 to 13:00; another day is as long as one needs
    staff = [{"id": "pool", "name": "助産師", "weekly": {"水": "9:00-12:30"}}]
    kind = {"starts": "12:00", "staff": {"pool": "1"}}
    found = _offered(_plan(tmp_path, kind, _programme("a"), staff=staff))
    assert found["助産師の勤務を 水 9:00-13:00 に延ばす"].cost.ja == "その曜日は30分長くなる"
    assert "助産師が火曜日(9:00-13:00)にも勤務する" in found


def test_the_hours_of_one_shift_and_of_one_member(tmp_path: Path) -> None:
    shifts = [{"count": "2", "weekly": {"月": "9:00-17:00"}}, {"count": "1", "weekly": {"火": "9:00-17:00"}}]
    kind = {"staff": {"pool": "1"}}
    two = _programme("a", "年9回")  # four Mondays and four Tuesdays
    found = _offered(_plan(tmp_path, kind, two, staff=[{"id": "pool", "name": "保育士", "shifts": shifts}]))
    assert found["保育士(1人の組)が水曜日(9:00-17:00)にも勤務する"].changes[0]["shift"] == "2"
    members = [
        {"name": "田中", "weekly": {"月": "9:00-17:00"}},
        {"name": "鈴木", "weekly": {"火": "9:00-17:00"}},
    ]
    found = _offered(_plan(tmp_path, kind, two, staff=[{"id": "pool", "name": "保育士", "members": members}]))
    assert found["鈴木が水曜日(9:00-17:00)にも勤務する"].changes[0]["member"] == "鈴木"


def test_one_more_member_of_a_pool_with_shifts(tmp_path: Path) -> None:
    shifts = [{"count": "1", "weekly": {"月-金": "9:00-17:00"}}]
    kind = {"staff": {"pool": "1"}, "weekdays": "月"}
    path = _plan(
        tmp_path,
        kind,
        _programme("a"),
        _programme("b"),
        staff=[{"id": "pool", "name": "保育士", "shifts": shifts}],
    )
    found = _offered(path)
    assert "保育士を1人増やす" in found
    assert "保育士の応援を1人、月曜日に頼む" in found


def test_the_centre_opens_on_usually_closed_days(tmp_path: Path) -> None:
    # 20 weekdays in June 2024, 22 sessions: two days more, whatever closes them
    found = _offered(_plan(tmp_path, {}, _programme("a", "年22回")))
    (text,) = [text for text in found if text.endswith("に開館する")]
    assert text.count("2024-06-") == 2
    assert "会の回を1日2回まで行えるようにする(二つ目の開始は9:00)" in found


@pytest.mark.parametrize(
    ("rule", "sessions", "wanted"),
    [
        # 20 weekdays in 4 weeks of June
        ({"rule": "most", "sessions": "1", "per": "week"}, "年8回", "1週2回まで"),
        ({"rule": "most", "sessions": "1", "per": "week"}, "年11回", "1週3回まで"),
        ({"rule": "most_use", "of": "room", "sessions": "2", "per": "month"}, "年4回", "1か月4回まで"),
        ({"rule": "max_gap", "days": "1"}, "年6回", "3日以内"),  # over a weekend
        ({"rule": "most_hours", "of": "room", "hours": "2", "per": "month"}, "年4回", "1か月4時間まで"),
        ({"rule": "most_days_in_row", "of": "room", "days": "3"}, "年20回", "続けて5日まで"),
        # from 11:00 to 10:00 of the next day
        ({"rule": "min_rest", "of": "room", "hours": "30"}, "年20回", "23時間空ける"),
    ],
)
def test_a_limit_is_raised_just_as_far_as_needed(
    tmp_path: Path, rule: dict[str, Any], sessions: str, wanted: str
) -> None:
    path = _plan(
        tmp_path,
        {"rooms": "room"},
        _programme("a", sessions),
        rooms=[{"id": "room", "name": "部屋"}],
        rules=[rule],
    )
    found = _offered(path)
    (said,) = [text for text in found if "緩める" in text]
    assert f"{wanted}" in said.partition("を「")[2]


def test_the_minutes_between_two_sessions_are_cut(tmp_path: Path) -> None:
    # 10:00-11:00 and 12:00-13:00 leave 60 minutes; 40 sessions on 20 days need both
    rules = [{"rule": "turnaround", "of": "room", "minutes": "90"}]
    kind = {"rooms": "room", "starts": ["10:00", "12:00"]}
    both = [_programme("a", "年20回"), _programme("b", "年20回")]
    found = _offered(_plan(tmp_path, kind, *both, rooms=[{"id": "room", "name": "部屋"}], rules=rules))
    (said,) = [repair for text, repair in found.items() if "緩める" in text]
    assert said.changes[0]["minutes"] == "60"
    assert said.cost.en == "looser by 30 minutes"


def test_a_pinned_date_moves_to_the_nearest_that_is_possible(tmp_path: Path) -> None:
    # pinned to Wednesday the 5th; the pool is away from the 3rd to the 6th, and on Friday nobody works
    staff = [
        {"id": "pool", "name": "職員", "weekly": {"月-木": "9:00-17:00"}, "absent": [{"days": "6/3〜6/6"}]}
    ]
    pin = {"rule": "on_dates", "days": ["2024-06-05", "6/20"]}
    path = _plan(tmp_path, {"staff": {"pool": "1"}}, _programme("a", "年2回", rules=[pin]), staff=staff)
    found = _offered(path)
    moved = found["事業aの日付を 2024-06-05(水) から 2024-06-10(月) に移す"]
    assert moved.changes[0]["dates"] == ["2024-06-10", "6/20"]


def test_an_audience_may_be_called_twice_on_a_day(tmp_path: Path) -> None:
    audiences = [{"id": "oyako", "name": "親子", "apart": "week"}]
    kind = {"audiences": "oyako", "starts": ["10:00", "13:00"]}
    kind = {**kind, "audiences": ["oyako"]}
    both = [_programme("a", "年4回"), _programme("b", "年4回")]
    found = _offered(_plan(tmp_path, kind, *both, audiences=audiences))
    assert "親子の参加する回が同じ週に二つあってもよいことにする(同じ日は不可)" in found


def test_giving_a_programme_up_comes_last() -> None:
    found = _repairs(load(ROOT / "scenarios/infeasible/one-room.yaml"))
    removed = [repair.changes[0]["do"] == "remove" for repair in found]
    assert sorted(removed) == removed
    assert sum(removed) == 2


def test_no_repair_is_offered_that_does_not_suffice(tmp_path: Path) -> None:
    path = _plan(
        tmp_path,
        {"staff": {"pool": "1"}},
        _programme("a"),
        staff=[{"id": "pool", "name": "職員", "absent": [{"days": "6/1〜6/30"}]}],
    )
    plan = load(path)
    for repair in _repairs(plan):
        assert can_hold(Subject(repaired(plan, [repair])).problem, 30), repair.text.ja


def test_a_way_out_of_several_causes_at_once_needs_nothing_beside(tmp_path: Path) -> None:
    path = _plan(
        tmp_path,
        {"weekdays": "月火", "staff": {"pool": "1"}},
        _programme("a", "年1回"),
        _programme("b", "年1回"),
        staff=[
            {
                "id": "pool",
                "name": "職員",
                "shifts": [{"count": "2", "weekly": {"月-金": "9:00-17:00"}}],
                "absent": [{"days": "6/1〜6/30", "why": "休暇"}],
            }
        ],
    )
    found = explain(load(path), 60)
    assert len(found.conflicts) == 2
    beside = {way.repair.text.ja: [one.text.ja for one in way.beside] for way in found.ways}
    # two members on one day of June serve both programmes; another month for one leaves the other
    assert any(not others for others in beside.values()), beside
    months = [text for text in beside if "月にも行えるようにする" in text]
    assert months
    assert all(beside[text] for text in months)
    for way in found.ways:
        if way.schedule is not None:
            assert can_hold(prepare(path).problem, 60) is False
            assert not check(expand(way.plan).hard, way.schedule)


def test_a_repair_of_several_causes_is_said_once_and_undone_by_none(tmp_path: Path) -> None:
    rooms = [{"id": name, "name": f"{name}室"} for name in "abc"]
    rooms[0]["closed"] = [{"days": "6/1〜6/30", "why": "工事"}]  # type: ignore[assignment]
    path = _plan(tmp_path, {"rooms": "a"}, _programme("x"), _programme("y"), rooms=rooms)
    found = explain(load(path), 60)
    assert len(found.conflicts) == 2
    made = [frozenset(repair.text.ja for repair in way.repairs) for way in found.ways]
    assert len(made) == len(set(made))
    assert all(len(way.repairs) == len(texts) for way, texts in zip(found.ways, made, strict=True))
    for way in found.ways:
        kinds = [
            change["of"] for repair in way.repairs for change in repair.changes if change["do"] == "session"
        ]
        assert len(kinds) == len(set(kinds)), way.repair.text.ja
