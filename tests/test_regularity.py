"""Regularity: the program's figure against an independent count, and the sentence in words."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from counted import TOOL, counted
from ksolve.api import Prepared, prepare
from ksolve.fit.regularity import regularity
from ksolve.next_year.regular import most_regular
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.solver import Answer, Options, Verdict
from tiny import bare, write_plan

TEN = 600
needs_tool = pytest.mark.skipif(not TOOL.exists(), reason="the independent count is not beside the project")


@needs_tool
def test_koganei_is_as_regular_as_the_independent_count_says(
    koganei: Prepared, koganei_schedule: Schedule, tmp_path: Path
) -> None:
    share = regularity(koganei.problem, koganei_schedule).share
    assert share is not None
    assert f"{float(100 * share):.1f}" == f"{counted(koganei.problem, koganei_schedule, tmp_path):.1f}"


@needs_tool
@pytest.mark.parametrize("seed", range(8))
def test_schedules_at_random_are_counted_alike(seed: int, tmp_path: Path) -> None:
    """Often and seldom, in turn and side by side: on the usual place, a week off it, or anywhere."""
    random = Random(seed)  # noqa: S311
    frequencies = ["年40回", "年20回", "月1回×3グループ", "(月1回×4か月)×3グループ", "年5回"]
    plan = [
        {"id": f"p{n}", "name": f"事業{n}", "session": "hour", "frequency": text, "in_turn": str(n == 3)}
        for n, text in enumerate(frequencies)
    ]
    problem = prepare(write_plan(tmp_path, {"programmes": plan})).problem
    dating = {}
    for series in problem.series:
        days = sorted(random.sample(problem.year.days[:-7], random.randint(3, 20)))
        if random.random() < 0.7:
            weekday = random.randrange(5)
            days = [day + timedelta(days=(weekday - day.weekday()) % 7) for day in days]
        dating[series.id] = tuple((day, random.choice((TEN, TEN, 780))) for day in sorted(set(days)))
    schedule = bare(problem, dating)
    share = regularity(problem, schedule).share
    assert share is not None
    assert f"{float(100 * share):.1f}" == f"{counted(problem, schedule, tmp_path):.1f}"


def _of_days(folder: Path, *days: date) -> tuple[Problem, Schedule]:
    plan = {"programmes": [{"id": "a", "name": "甲", "session": "hour", "frequency": "月1回"}]}
    problem = prepare(write_plan(folder, plan)).problem
    return problem, bare(problem, {"a": tuple((day, TEN) for day in days)})


def test_the_sentence_says_where_a_holiday_moved_a_session(tmp_path: Path) -> None:
    """The first Friday: 5/3 is a holiday, so 5/10 is as good; 8/9 is the second one, and half as good."""
    days = [date(2024, 4, 5), date(2024, 5, 10), date(2024, 6, 7), date(2024, 7, 5), date(2024, 8, 9)]
    (rhythm,) = regularity(*_of_days(tmp_path, *days)).rhythms
    assert (rhythm.points, rhythm.on_it) == (Fraction(9, 2), 3)
    assert rhythm.text.ja == "第1金 10:00 (5回のうち3回。5月は1週後(5/3のため)、8/9(金))"
    assert rhythm.text.en.startswith(
        "Fri 10:00, week 1 of the month (3 of 5; month 5 a week later because of 5/3"
    )


def test_three_sessions_have_no_rhythm(tmp_path: Path) -> None:
    found = regularity(*_of_days(tmp_path, date(2024, 4, 5), date(2024, 5, 10), date(2024, 6, 7)))
    assert found.rhythms == ()
    assert found.share is None
    assert found.lines == ()


SECOND_TUESDAYS = [
    "4/9",
    "5/14",
    "6/11",
    "7/9",
    "8/13",
    "9/10",
    "10/8",
    "11/12",
    "12/10",
    "1/14",
    "2/18",
    "3/11",
]
"""Of FY2024; 2/11 is a holiday, and a week later it is 2/18."""
ODD = {"6/11": "6/14", "9/10": "9/26", "3/11": "3/3"}


@pytest.mark.parametrize(("closed", "most"), [([], Fraction(1)), (["8/13〜8/15"], Fraction(23, 24))])
def test_among_equal_schedules_the_most_regular_is_found_and_proven(
    closed: list[str], most: Fraction, tmp_path: Path
) -> None:
    """Three sessions are not on second Tuesdays. Without 8/13 another Tuesday of August counts half."""
    plan = {"id": "a", "name": "甲", "session": "hour", "frequency": "月1回"}
    calendar = {"open": {"月-金": "9:00-17:00"}, "closed": closed}
    case = prepare(write_plan(tmp_path, {"programmes": [plan], "centre": {"calendar": calendar}}))
    held = [ODD.get(day, day) for day in SECOND_TUESDAYS]
    held = ["8/20" if closed and day == "8/13" else day for day in held]
    days = [date(2024 + (int(day.split("/")[0]) < 4), *map(int, day.split("/"))) for day in held]
    known = bare(case.problem, {"a": tuple((day, TEN) for day in days)})
    answer = Answer(Verdict.OPTIMAL, known, (), 0.0, interrupted=False)
    found = most_regular(case.problem, answer, Options(10.0))
    assert found.answer.schedule
    assert (regularity(case.problem, found.answer.schedule).share, found.is_most) == (most, True)
    if not closed:
        there = {f"{s.day.month}/{s.day.day}" for s in found.answer.schedule.sessions}
        assert there == set(SECOND_TUESDAYS)
