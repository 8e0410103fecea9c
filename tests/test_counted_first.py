"""What a sum shows to be impossible is said before anything is searched, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.errors import Exit
from ksolve.explain.decided import decided
from running import ksolve
from tiny import tiny, write_plan

CENTRE = {
    "staff": [{"id": "s", "name": "保健師", "members": [{"name": "甲"}]}],
    "sessions": [
        {
            "id": "k",
            "minutes": "120",
            "starts": ["9:00", "10:00", "13:00"],
            "per_day": "3",
            "staff": {"s": "1"},
        }
    ],
}
PROGRAMMES = [{"id": f"p{n}", "name": f"事業{n}", "frequency": "年104回", "session": "k"} for n in range(100)]


def test_ten_thousand_sessions_of_one_member_are_one_sum(tmp_path: Path) -> None:
    """10,400 are wanted. Of 9 to 11, 10 to 12 and 13 to 15 o'clock a day holds two; 247 days are open."""
    plan = write_plan(tmp_path, {"programmes": PROGRAMMES, "centre": CENTRE})
    ended = ksolve("solve", plan, "-o", tmp_path / "out", "--lang", "en")
    assert ended.returncode == Exit.INFEASIBLE, ended.stderr
    assert "proven by counting" in ended.stdout
    # the fewest programmes that are too many by themselves: five have 520 sessions
    assert "520 needed" in ended.stdout
    assert "494" in ended.stdout
    checked = ksolve("check", plan, "--lang", "en")
    assert checked.returncode == Exit.INFEASIBLE
    assert "494" in checked.stdout


ONE = """
programmes: [{id: a, name: 甲, frequency: %s, session: k}]
centre:
  calendar: {open: {月: '9:00-12:00'}, closed: [{days: 4/30〜3/31, why: 休館}]}
  rooms: [{id: r, name: 部屋, count: %s}]
  sessions: [{id: k, minutes: '60', starts: ['9:00', '10:00'], rooms: r, per_day: '2'}]
"""


@pytest.mark.parametrize(
    ("frequency", "rooms", "is_decided"),
    [
        ("年8回", 1, False),  # four Mondays (29 April is a holiday: 1, 8, 15, 22), two on each
        ("年9回", 1, True),
        ("年2回×5グループ", 1, True),
        ("年2回×5グループ", 2, False),
        ("年0～9回", 1, False),  # none need be held
        ("毎週月曜日", 1, False),  # closed weeks ask for nothing
    ],
)
def test_a_pool_is_full_at_its_number_and_not_before(
    frequency: str, rooms: int, tmp_path: Path, *, is_decided: bool
) -> None:
    problem = tiny(tmp_path, ONE % (frequency, f"'{rooms}'")).problem
    assert (decided(problem) is not None) is is_decided


def test_guests_take_nothing(tmp_path: Path) -> None:
    plan = """
programmes:
  - {id: a, name: 甲, frequency: 年8回, session: k}
  - {id: b, name: 乙, frequency: 年8回, session: k, together: {with: a}}
centre:
  calendar: {open: {月: '9:00-12:00'}, closed: [{days: 4/30〜3/31, why: 休館}]}
  rooms: [{id: r, name: 部屋}]
  sessions: [{id: k, minutes: '60', starts: ['9:00', '10:00'], rooms: r, per_day: '2'}]
"""
    assert decided(tiny(tmp_path, plan).problem) is None
