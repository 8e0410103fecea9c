"""Staff by name: who is told from the others, and what a plan may not say about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.errors import PlanError
from ksolve.solver import Options, Verdict
from ksolve.solver.search.parts import parts
from ksolve.verified import solve
from tiny import tiny

PLAN = """
programmes: [{id: a, name: 甲, frequency: 年2回, session: talk%s}]
centre:
  staff: [{id: nurse, name: 保健師, members: [%s]}]
  rooms: [{id: room, name: 部屋, features: 防音}]
  sessions: [{id: talk, minutes: '60', starts: ['10:00'], rooms: room, staff: {nurse: '1'}%s}]
"""
THREE = "{name: 田中}, {name: 鈴木}, {name: 佐藤}"


@pytest.mark.parametrize(
    ("members", "rule", "together"),
    [
        (THREE, "", [("田中", "鈴木", "佐藤")]),
        (THREE, ", rules: [{rule: led_by, member: 鈴木}]", [("田中", "佐藤"), ("鈴木",)]),
        (
            "{name: 田中, skills: 手話}, {name: 鈴木, absent: [4/1]}, {name: 佐藤}",
            "",
            [("田中",), ("鈴木",), ("佐藤",)],
        ),
    ],
)
def test_members_whom_nothing_tells_apart_are_one_resource(
    tmp_path: Path, members: str, rule: str, together: list[tuple[str, ...]]
) -> None:
    problem = tiny(tmp_path, PLAN % (rule, members, "")).problem
    assert [r.units for r in problem.of_pool("nurse")] == together


def test_the_schedule_names_the_member_who_can(tmp_path: Path) -> None:
    members = "{name: 田中}, {name: 鈴木, skills: [手話, 点字]}"
    case = tiny(tmp_path, PLAN % ("", members, ", features: 防音, skills: {nurse: [手話]}"))
    answer = solve(case.problem, Options(limit_s=20))
    assert answer.verdict is Verdict.OPTIMAL
    assert answer.schedule is not None
    assert [session.staff for session in answer.schedule.sessions] == [("鈴木",), ("鈴木",)]


@pytest.mark.parametrize(
    ("rule", "members", "kind", "found", "words"),
    [
        ("", "{name: 田中}, {name: 田中}", "", "duplicate-name", "田中"),
        (
            ", rules: [{rule: travel, of: nurse, between: [本館, 分館], minutes: 30}]",
            THREE,
            ", site: 分館",
            "unknown-site",
            "「本館」",
        ),
        ("", "{name: 田;中}", "", "wrong-value", "田;中"),
        ("", "{name: 田中, absent: [13/1]}", "", "wrong-value", "13/1 という日はありません"),
        ("", "{name: 田中, absent: [2/29]}", "", "no-such-day", "2/29"),
        ("", THREE, ", skills: {nurse: 手話}", "too-few-staff", "手話 のできる 保健師 が1人"),
        ("", THREE, ", skills: {nurs: 手話}", "unknown-staff", "nurs"),
        ("", THREE, ", features: 調理台", "no-such-room", "調理台"),
        (", rules: [{rule: led_by, member: 高橋}]", THREE, "", "unknown-unit", "高橋"),
        (", rules: [{rule: most_use, of: 田仲, sessions: '1'}]", THREE, "", "unknown-unit", "田仲"),
        ("", "{name: 田中}], count: '2', absent: [", "", "wrong-value", "count と shifts"),
    ],
)
def test_what_cannot_be_about_members_is_refused(
    tmp_path: Path, rule: str, members: str, kind: str, found: str, words: str
) -> None:
    with pytest.raises(PlanError) as caught:
        tiny(tmp_path, PLAN % (rule, members, kind))
    assert [fault.rule for fault in caught.value.findings] == [found]
    assert words in caught.value.findings[0].line("ja")


SETUP = """
programmes: [{id: a, name: 甲, frequency: 年2回, session: hour}]
centre:
  calendar: {open: {月: '9:00-17:00'}, closed: [{days: 4/2〜3/31, why: 閉館}]}
  rooms: [{id: hall, name: ホール, count: %s, turnaround: '%s'}]
  sessions: [{id: hour, minutes: '60', starts: ['10:00', '11:30'], rooms: hall, per_day: '2'}]
"""


@pytest.mark.parametrize(
    ("rooms", "minutes", "verdict"),
    [(1, 30, Verdict.OPTIMAL), (1, 31, Verdict.INFEASIBLE), (2, 31, Verdict.OPTIMAL)],
)
def test_a_room_is_cleared_and_set_up_between_two_sessions(
    tmp_path: Path, rooms: int, minutes: int, verdict: Verdict
) -> None:
    # both sessions fall on the one open day; from 11:00 to 11:30 there are 30 minutes
    problem = tiny(tmp_path, SETUP % (rooms, minutes)).problem
    assert solve(problem, Options(limit_s=60)).verdict is verdict


def test_members_of_a_pool_share_its_sessions_evenly(tmp_path: Path) -> None:
    rule = ", rules: [{rule: fair_share, members: nurse, difference: 0}]"
    apart = "{name: 田中}, {name: 鈴木, absent: [4/1〜9/30]}"
    found = solve(tiny(tmp_path, PLAN % (rule, apart, "")).problem, Options(limit_s=60))
    assert found.schedule
    assert {member for session in found.schedule.sessions for member in session.staff} == {"田中", "鈴木"}


ELSEWHERE = """
programmes:
  - {id: a, name: 甲, frequency: 年%s回, session: one, rules: [{rule: fair_share, members: [田中, 山田]}]}
  - {id: b, name: 乙, frequency: 年1回, session: two}
centre:
  staff:
    - {id: nurse, name: 保健師, members: [{name: 田中}]}
    - {id: doctor, name: 医師, members: [{name: 山田}]}
  sessions:
    - {id: one, minutes: '60', starts: ['10:00'], staff: {nurse: '1'}}
    - {id: two, minutes: '60', starts: ['10:00'], staff: {doctor: '1'}}
"""


@pytest.mark.parametrize(("sessions", "verdict"), [(1, Verdict.OPTIMAL), (2, Verdict.INFEASIBLE)])
def test_who_can_take_none_of_the_sessions_has_none_of_them(
    tmp_path: Path, sessions: int, verdict: Verdict
) -> None:
    # 山田 is never among the staff of 甲: 田中 may have one session more, and has all; so in a part alone
    problem = tiny(tmp_path, ELSEWHERE % sessions).problem
    assert solve(problem, Options(limit_s=60)).verdict is verdict
    assert solve(parts(problem, small=0)[0], Options(limit_s=60)).verdict is verdict


BUSY = """
programmes:
  - {id: a, name: 教室, frequency: 年12回, session: hour, months: 7月}
  - {id: b, name: 相談, frequency: 年8回, session: hour, months: 7月}
centre:
  staff: [{id: s, name: 保健師, %s}]
  sessions: [{id: hour, minutes: '60', starts: ['10:00'], staff: {s: '2'}}]
"""


@pytest.mark.parametrize(
    "people",
    [
        "members: [{name: 甲}, {name: 乙}, {name: 丙, absent: [7/8]}]",
        "count: '3', absent: [{days: 7/8, count: '1'}]",
        "shifts: [{count: '2', weekly: {月-金: '9:00-17:00'}}, {count: '1', weekly: {月-金: '9:00-16:00'}}]",
        "members: [{name: 甲}, {name: 乙}, {name: 丙, skills: 手話}]",
    ],
)
def test_sessions_that_take_two_of_three_are_never_at_once(tmp_path: Path, people: str) -> None:
    """July has 22 open days, 20 sessions at 10:00 need two people each, and no day has four."""
    case = tiny(tmp_path, BUSY % people)
    answer = solve(case.problem, Options(limit_s=20))
    assert answer.verdict is Verdict.OPTIMAL
    assert answer.schedule is not None
    assert len({session.day for session in answer.schedule.sessions}) == 20
