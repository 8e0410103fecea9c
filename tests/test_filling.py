"""Rooms and staff that a file leaves out are filled in so that the rules of their date are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ksolve.api import prepare
from ksolve.checker import check
from ksolve.problem.schedule import Schedule
from ksolve.schedules import read_schedule
from tiny import write_plan

CENTRE: dict[str, Any] = {
    "calendar": {"open": {"月-金": "9:00-17:00"}},
    "rooms": [{"id": "room", "name": "会議室", "count": "2"}],
    "staff": [{"id": "pool", "name": "保育士", "members": [{"name": "鈴木"}, {"name": "田中"}]}],
    "sessions": [
        {"id": "hour", "minutes": "60", "starts": ["10:00", "11:00"], "rooms": "room", "staff": {"pool": "1"}}
    ],
}


def _read(
    folder: Path, rules: list[dict[str, Any]], lines: str, frequency: str = "年1回"
) -> tuple[Schedule, list[str]]:
    programmes = [{"id": n, "name": n, "frequency": frequency, "session": "hour"} for n in "ab"]
    problem = prepare(
        write_plan(folder, {"programmes": programmes, "centre": CENTRE, "rules": rules})
    ).problem
    path = folder / "schedule.csv"
    path.write_text("series,date,start\n" + lines, encoding="utf-8")
    schedule = read_schedule(path, problem)
    return schedule, [found.rule for found in check(problem, schedule)]


def test_who_leads_a_programme_is_named(tmp_path: Path) -> None:
    rules = [{"rule": "led_by", "member": "田中", "programmes": "a"}]
    schedule, found = _read(tmp_path, rules, "a,2024-06-03,10:00\nb,2024-06-03,10:00\n")
    assert {s.series: s.staff for s in schedule.sessions} == {"a": ("田中",), "b": ("鈴木",)}
    assert not found


def test_the_time_between_two_sessions_in_a_room_is_kept(tmp_path: Path) -> None:
    rules = [{"rule": "turnaround", "of": "room", "minutes": "30"}]
    schedule, found = _read(tmp_path, rules, "a,2024-06-03,10:00\nb,2024-06-03,11:00\n")
    assert len({s.rooms for s in schedule.sessions}) == 2
    assert not found


def test_what_cannot_keep_the_time_between_is_filled_all_the_same(tmp_path: Path) -> None:
    rules = [{"rule": "turnaround", "of": "pool", "minutes": "30"}, {"rule": "led_by", "member": "田中"}]
    schedule, found = _read(tmp_path, rules, "a,2024-06-03,10:00\nb,2024-06-03,11:00\n")
    assert all(session.staff for session in schedule.sessions)
    # one of the two has to be broken, and is said
    assert len(found) == 1


FOUR = "a,2024-06-04,10:00\nb,2024-06-03,10:00\na,2024-06-05,10:00\nb,2024-06-06,10:00\n"


def test_whoever_was_named_least_is_named_next(tmp_path: Path) -> None:
    rules = [{"rule": "fair_share", "members": "pool", "difference": "0"}]
    schedule, found = _read(tmp_path, rules, FOUR, "年2回")
    assert sorted(s.staff for s in schedule.sessions) == [("田中",), ("田中",), ("鈴木",), ("鈴木",)]
    assert not found


def test_who_has_reached_a_limit_is_named_last(tmp_path: Path) -> None:
    rules = [{"rule": "most_use", "of": "鈴木", "sessions": "1", "per": "week"}]
    schedule, found = _read(tmp_path, rules, FOUR, "年2回")
    assert [s.staff for s in schedule.sessions].count(("鈴木",)) == 1
    assert not found


def test_a_limit_of_the_day_is_kept_where_it_can_be(tmp_path: Path) -> None:
    rules = [{"rule": "most_use", "of": "鈴木", "sessions": "1", "per": "day"}]
    lines = "a,2024-06-03,10:00\nb,2024-06-03,11:00\na,2024-06-04,10:00\nb,2024-06-04,11:00\n"
    schedule, found = _read(tmp_path, rules, lines, "年2回")
    assert not found
    busy = [*rules, {"rule": "most_use", "of": "田中", "sessions": "0", "per": "month"}]
    schedule, found = _read(tmp_path, busy, lines, "年2回")
    assert all(session.staff for session in schedule.sessions)
    assert found
