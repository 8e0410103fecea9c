"""Sessions that take several rooms at once, from the plan to every file and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from ksolve.api import Prepared, prepare
from ksolve.checker import check
from ksolve.errors import PlanError
from ksolve.problem.schedule import Schedule
from ksolve.schedules import read_schedule
from ksolve.solver import Options
from ksolve.verified import solve
from running import ksolve
from tiny import write_plan

PLAN = """
programmes:
  - {id: cook, name: 料理教室, frequency: 年2回, session: both}
  - {id: talk, name: 相談, frequency: 年2回, session: one}
rules: [{rule: in_dates, days: [4/1, 4/2]}]
centre:
  rooms: [{id: hall, name: 講座室, count: '2', seats: '20'}, {id: kitchen, name: 調理室, seats: '8'}]
  sessions:
    - {id: both, minutes: '90', starts: ['10:00'], rooms: hall, more_rooms: kitchen, people: '16'}
    - {id: one, minutes: '60', starts: ['10:00', '%s'], rooms: [kitchen]}
"""


def _plan(folder: Path, second: str = "11:30") -> Path:
    return write_plan(folder, yaml.load(PLAN % second, Loader=yaml.BaseLoader))  # noqa: S506 - text only


def test_no_other_session_is_in_any_of_the_rooms(tmp_path: Path) -> None:
    assert ksolve("check", _plan(tmp_path, "11:00")).returncode == 3
    assert ksolve("check", _plan(tmp_path)).returncode == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ics"])
def test_every_file_of_a_run_names_all_rooms_and_reads_back(tmp_path: Path, kind: str) -> None:
    plan = _plan(tmp_path)
    done = ksolve("solve", plan, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    problem = prepare(plan).problem
    schedule = read_schedule(tmp_path / "out" / f"schedule.{kind}", problem)
    assert check(problem, schedule) == ()
    rooms = [session.rooms for session in schedule.sessions if session.series == "cook"]
    assert [(hall in ("講座室1", "講座室2"), other) for hall, other in rooms] == [(True, "調理室")] * 2


HEAD = "系列,日付,開始,部屋\n"
TALKS = "talk,2024-04-01,11:30,調理室\ntalk,2024-04-02,11:30,調理室\n"


@pytest.mark.parametrize(
    ("written", "code", "says"),
    [
        ("講座室1; 調理室", 0, ""),
        ("調理室；講座室2", 0, ""),
        ("調理室", 0, "補って調べました"),
        ("", 0, "補って調べました"),
        ("講座室1; 講座室2", 1, "「講座室2」は使えません (使える部屋: 調理室)"),
        ("調理室; 体育館", 1, "「体育館」という部屋・職員は見つかりません"),
    ],
)
def test_rooms_are_read_in_any_order_and_missing_ones_are_filled_in(
    tmp_path: Path, written: str, code: int, says: str
) -> None:
    plan, path = _plan(tmp_path), tmp_path / "s.csv"
    path.write_text(f"{HEAD}cook,2024-04-01,10:00,{written}\ncook,2024-04-02,10:00,\n{TALKS}", "utf-8")
    done = ksolve("check", plan, path)
    assert done.returncode == code, done.stdout
    assert says in done.stdout


def test_what_else_the_rooms_would_hold_is_named(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    assert ksolve("solve", plan, "-o", tmp_path / "out").returncode == 0
    asked = ["--session", "talk#1", "--date", "2024-04-01", "--start", "10:00"]
    done = ksolve("why-not", plan, tmp_path / "out" / "schedule.csv", *asked)
    assert "調理室" in done.stdout
    assert "料理教室" in done.stdout


@pytest.mark.parametrize(
    ("more", "rule", "says"),
    [
        (f"[{', '.join(['kitchen'] * 21)}]", "", "20個まで書けます"),
        ("kitchen", "{rule: travel, of: [], between: [本館, 分館], minutes: 30}", "1個以上"),
        ("kitchen", "{rule: travel, of: x, between: [本館], minutes: 30}", "異なる二つの拠点"),
        ("kitchen", "{rule: travel, of: x, between: [本館, 本館], minutes: 30}", "異なる二つの拠点"),
    ],
)
def test_rooms_and_sites_that_make_no_sense_are_refused(
    tmp_path: Path, more: str, rule: str, says: str
) -> None:
    given = yaml.load(PLAN % "11:30", Loader=yaml.BaseLoader)  # noqa: S506 - text only
    given["rules"] += [yaml.load(rule, Loader=yaml.BaseLoader)] if rule else []  # noqa: S506 - text only
    given["centre"]["sessions"][0]["more_rooms"] = yaml.load(more, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    plan = write_plan(tmp_path, given)
    done = ksolve("check", plan)
    assert done.returncode == 2
    assert says in done.stderr + done.stdout


def test_the_seats_of_rooms_taken_together_add_up(tmp_path: Path) -> None:
    case = _halls(tmp_path, people=80)
    answer = solve(case.problem, Options(limit_s=20))
    assert answer.schedule is not None
    assert {room for session in answer.schedule.sessions for room in session.rooms} == {"半面1", "半面2"}


def test_only_rooms_with_enough_seats_together_are_taken(tmp_path: Path) -> None:
    # 40 and 40, 40 and 15, 30 and 40, 30 and 15: for 70 the halves, or the small hall and the second half
    case = _halls(tmp_path, people=70, rooms=["a1", "b"], more=[["a2", "c"]])
    answer = solve(case.problem, Options(limit_s=20))
    assert answer.schedule is not None
    for session in answer.schedule.sessions:
        assert "半面2" in session.rooms
    worse = tuple(replace(one, rooms=("半面1", "和室")) for one in answer.schedule.sessions)
    assert "半面1・和室 の定員は合わせて55人で、70人は入りません" in str(
        [found.text.ja for found in check(case.problem, Schedule.of(worse))]
    )


def test_rooms_that_have_too_few_seats_together_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as error:
        _halls(tmp_path, people=81)
    (found,) = error.value.findings
    assert found.rule == "too-few-seats"
    assert "最大で定員80人" in found.line("ja")


def _halls(
    folder: Path, *, people: int, rooms: Sequence[str] = ("a1",), more: Sequence[Any] = ("a2",)
) -> Prepared:
    names = {"a1": ("半面1", 40), "a2": ("半面2", 40), "b": ("小ホール", 30), "c": ("和室", 15)}
    kind = {"id": "big", "minutes": "60", "starts": ["10:00"], "people": str(people)}
    centre = {
        "rooms": [{"id": key, "name": name, "seats": str(seats)} for key, (name, seats) in names.items()],
        "sessions": [{**kind, "rooms": list(rooms), "more_rooms": list(more)}],
    }
    programme = {"id": "a", "name": "甲", "frequency": "年3回", "session": "big"}
    return prepare(write_plan(folder, {"programmes": [programme], "centre": centre}))


def test_rooms_that_are_filled_in_have_enough_seats_together(tmp_path: Path) -> None:
    """A list without rooms is filled with such as seat all: 和室 and 半面1 have 55 seats for 70."""
    case = _halls(tmp_path, people=70, rooms=["a1", "b"], more=[["c", "a2"]])
    path = tmp_path / "予定.csv"
    lines = [f"2024-04-0{day},10:00,甲" for day in (1, 2, 3)]
    path.write_text("\n".join(["日付,開始,事業名", *lines, ""]), encoding="utf-8")
    assert not check(case.problem, read_schedule(path, case.problem))
