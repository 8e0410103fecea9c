"""Rooms and staff that a file leaves out are filled in so that the rules of their date are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ksolve.api import prepare
from ksolve.checker import check
from ksolve.schedule import Schedule
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


def _read(folder: Path, rules: list[dict[str, Any]], lines: str) -> tuple[Schedule, list[str]]:
    programmes = [{"id": n, "name": n, "frequency": "年1回", "session": "hour"} for n in "ab"]
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
