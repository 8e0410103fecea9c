"""Whom a date's sessions get: whoever is free, all that can be had, and an end to every search."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from itertools import combinations, product
from pathlib import Path

import pytest

from conftest import SMALL
from ksolve.api import prepare
from ksolve.calendar import FiscalYear
from ksolve.checker import check
from ksolve.problem import Need
from ksolve.problem.case import UnitLimits
from ksolve.problem.schedule import Session
from ksolve.schedules import choosing, read_schedule
from ksolve.schedules.choosing import Day, Gap

DAY = date(2024, 6, 12)
NOTHING = UnitLimits(FiscalYear(2024))
UNITS = "甲乙丙丁"


def _sessions(starts: list[int], taken: list[str]) -> list[Session]:
    return [Session("a", n, DAY, 60 * at, 60, staff=tuple(taken[n])) for n, at in enumerate(starts)]


def _gaps(units: list[str]) -> list[Gap]:
    return [Gap(place, Need("staff", ("x",)), tuple(able)) for place, able in enumerate(units)]


def _can_be_filled(sessions: list[Session], gaps: list[Gap], minutes: int) -> bool:
    """Try every choice: nobody is in two sessions whose times, and the minutes between, overlap."""

    def clash(one: Session, other: Session) -> bool:
        return one.start < other.end + minutes and other.start < one.end + minutes

    named = [(unit, session) for session in sessions for unit in session.staff]
    for choice in product(*(gap.units for gap in gaps)):
        chosen = [(unit, sessions[gap.place]) for unit, gap in zip(choice, gaps, strict=True)]
        pairs = [*combinations(chosen, 2), *product(chosen, named)]
        if not any(unit == other and clash(one, two) for (unit, one), (other, two) in pairs):
            return True
    return False


@pytest.mark.parametrize("minutes", [0, 30])
def test_all_are_filled_where_any_choice_fills_them(minutes: int) -> None:
    chance = random.Random(minutes)  # noqa: S311 - the same days each time
    kept = UnitLimits(FiscalYear(2024), between=dict.fromkeys(UNITS, minutes))
    found = []
    for _ in range(400):
        size = chance.randint(1, 5)
        starts = [chance.choice([9, 9.5, 10, 10.5, 13]) for _ in range(size)]
        taken = [chance.choice(["", "", *UNITS]) for _ in range(size)]
        sessions = _sessions([int(2 * at) for at in starts], taken)
        sessions = [Session("a", s.number, DAY, s.start // 2, 60, staff=s.staff) for s in sessions]
        gaps = _gaps(["".join(chance.sample(UNITS, chance.randint(1, 3))) for _ in range(size)])
        day = Day(sessions, {n: n for n in range(size)}, kept)
        filled = day.fill(gaps)
        assert (filled is not None) == _can_be_filled(sessions, gaps, minutes)
        assert not day.gave_up
        if filled is not None:
            chosen = [Gap(gap.place, gap.need, (unit,)) for gap, unit in filled]
            assert sorted(gap.place for gap in chosen) == list(range(size))
            assert _can_be_filled(sessions, chosen, minutes)
        found.append(filled is not None)
    assert 50 < sum(found) < 350  # both are tried


def test_a_search_without_an_end_is_given_up_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "_MOST_CHECKS", 10)
    monkeypatch.setattr(choosing, "_CHECKS_A_GAP", 0)
    # three need one of two, but each of other two: no moment shows it
    sessions = _sessions([10, 10, 10], ["", "", ""])
    day = Day(sessions, {n: n for n in range(3)}, NOTHING)
    assert day.fill(_gaps(["甲乙", "乙甲", "甲"])) is None
    gaps = _gaps(["甲乙丙", "甲乙", "乙甲"])
    assert Day(sessions, {n: n for n in range(3)}, NOTHING).fill(gaps) is not None
    hard = _gaps(["甲乙", "甲丙", "乙丙", "丙乙甲"])
    day = Day(_sessions([10] * 4, [""] * 4), {n: n for n in range(4)}, NOTHING)
    assert day.fill(hard) is None
    assert day.gave_up


def test_six_hundred_rows_on_one_date_are_not_filled_and_that_is_said_once(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(SMALL, encoding="utf-8")
    path = tmp_path / "s.csv"
    path.write_text("name,date,start\n" + "健診,2024-04-03,10:00\n" * 600, encoding="utf-8")
    schedule = read_schedule(path, prepare(plan).problem)
    (found,) = [one for one in schedule.contradictions if one.rule == "not-filled"]
    assert "2024-04-03" in found.text.en
    assert not [unit for session in schedule.sessions for unit in session.units]


def test_six_hundred_rows_on_one_date_are_filled_where_there_are_as_many_rooms(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    text = SMALL.replace("name: 部屋}", "name: 部屋, count: 600}").replace("count: 1,", "count: 600,")
    plan.write_text(text, encoding="utf-8")
    path = tmp_path / "s.csv"
    path.write_text("name,date,start\n" + "健診,2024-04-03,10:00\n" * 600, encoding="utf-8")
    schedule = read_schedule(path, prepare(plan).problem)
    assert not [one for one in schedule.contradictions if one.rule == "not-filled"]
    assert len({unit for session in schedule.sessions for unit in session.units}) == 1200


def test_ten_thousand_rows_that_name_one_room_are_each_named_once(tmp_path: Path) -> None:
    """Not every pair of them: there are fifty million."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(SMALL.replace("session: hour}", "session: hour, rules: [{rule: min_gap, days: 2}]}"))
    problem = prepare(plan).problem
    path = tmp_path / "s.csv"
    path.write_text("name,date,start,room\n" + "健診,2024-04-03,10:00,部屋\n" * 10_000, encoding="utf-8")
    found = Counter(one.rule for one in check(problem, read_schedule(path, problem)))
    assert (found["capacity"], found["min_gap"]) == (9_999, 9_999)
