"""Regularity: the program's figure against an independent count, and the sentence in words."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from counted import TOOL, counted
from ksolve.api import Prepared, prepare
from ksolve.checker import costs
from ksolve.fit.regularity import regularity
from ksolve.next_year.comparison import LESS, WHOLE, compared
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.regular import more_regular, most_regular
from ksolve.solver import Answer, Options, TierValue, Verdict
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


@pytest.mark.parametrize(("closed", "week"), [([], 2), (["8/13〜8/15"], 3)])
def test_among_equal_schedules_the_most_regular_is_found_and_proven(
    closed: list[str], week: int, tmp_path: Path
) -> None:
    """Three sessions are not on second Tuesdays. Without 8/13 all third ones are open, not all second."""
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
    (rhythm,) = regularity(case.problem, found.answer.schedule).rhythms
    assert (rhythm.share, rhythm.weeks, found.is_most) == (Fraction(1), (week,), True)
    if not closed:
        there = {f"{s.day.month}/{s.day.day}" for s in found.answer.schedule.sessions}
        assert there == set(SECOND_TUESDAYS)


def test_a_more_regular_schedule_is_looked_for_on_the_weekdays_that_are_there(tmp_path: Path) -> None:
    """Six sessions in five months: third Thursdays lose 8/15 to the days of Obon, fourth ones lose none.

    One month has two, so one session is off any sentence: 5 and a half of 6.
    """
    plan = {"id": "a", "name": "講座", "session": "hour", "frequency": "年6回", "months": "5月～9月"}
    quiet = [{"days": "8/13〜8/16", "why": "お盆"}]
    centre = {"calendar": {"open": {"月-金": "9:00-17:00"}, "quiet": quiet}}
    case = prepare(write_plan(tmp_path, {"programmes": [plan], "centre": centre, "wishes": "usual"}))
    days = [date(2024, month, day) for month, day in ((5, 16), (6, 20), (7, 18), (8, 8), (8, 22), (9, 19))]
    known = bare(case.problem, {"a": tuple((day, TEN) for day in days)})
    (rhythm,) = regularity(case.problem, known).rhythms
    assert (rhythm.weeks, rhythm.share) == ((3,), Fraction(5, 6))
    counted = costs(case.problem, known)
    tiers = tuple(TierValue(tier, cost, cost) for tier, cost in counted.items())
    found = more_regular(
        case.problem, Answer(Verdict.OPTIMAL, known, tiers, 0.0, interrupted=False), Options(10.0)
    )
    assert found.schedule
    (rhythm,) = regularity(case.problem, found.schedule).rhythms
    assert rhythm.share == Fraction(11, 12)
    there = costs(case.problem, found.schedule)
    assert all(there[tier] <= cost for tier, cost in counted.items())


def test_visits_that_need_no_week_of_a_single_day_have_a_weekday_more(tmp_path: Path) -> None:
    """Of the Mondays of September 2024 two are holidays; 9/30 is one, and the only day of its week.

    Nine visits in five weeks have two weekdays, and on Tuesdays and Wednesdays are eight of them; in four
    weeks they have three, and 9/2 or 9/9 is one of these.
    """
    plan = {"id": "a", "name": "訪問", "session": "hour", "frequency": "年9回", "months": "9月"}
    calendar = {"open": {"月-水": "9:00-17:00"}}
    case = prepare(write_plan(tmp_path, {"programmes": [plan], "centre": {"calendar": calendar}}))
    days = [date(2024, 9, day) for day in (3, 4, 10, 11, 17, 18, 24, 25, 30)]
    known = bare(case.problem, {"a": tuple((day, TEN) for day in days)})
    assert regularity(case.problem, known).share == Fraction(8, 9)
    answer = Answer(Verdict.OPTIMAL, known, (), 0.0, interrupted=False)
    found = most_regular(case.problem, answer, Options(10.0))
    assert found.answer.schedule
    (rhythm,) = regularity(case.problem, found.answer.schedule).rhythms
    assert (rhythm.share, found.is_most) == (Fraction(1), True)
    assert rhythm.sentence.ja == "毎週 月 10:00・火 10:00・水 10:00"


def test_a_year_beside_the_one_before_says_which_programme_fell_and_why(tmp_path: Path) -> None:
    """2/11 is a holiday in both; 8/13 is closed in the second alone, and 8/20 counts half."""
    years = []
    for name, closed in (("before", []), ("after", ["8/13〜8/15"])):
        (tmp_path / name).mkdir()
        plan = {"id": "a", "name": "甲", "session": "hour", "frequency": "月1回"}
        calendar = {"open": {"月-金": "9:00-17:00"}, "closed": closed}
        case = prepare(write_plan(tmp_path / name, {"programmes": [plan], "centre": {"calendar": calendar}}))
        held = ["8/20" if closed and day == "8/13" else day for day in SECOND_TUESDAYS]
        days = [date(2024 + (int(day.split("/")[0]) < 4), *map(int, day.split("/"))) for day in held]
        years.append((case.problem, bare(case.problem, {"a": tuple((day, TEN) for day in days)})))
    (was, held_then), (now, held_now) = years
    figures = regularity(was, held_then), regularity(now, held_now)
    whole, one = compared(figures, (was.calendar, now.calendar), None)
    assert (whole.before, whole.after) == ("100.0%", "95.8%")
    assert (one.kind, one.who, one.before, one.after) == (LESS, "甲", "100% (12/12)", "96% (11.5/12)")
    assert "前年度の1日から2日に増えたため(8/13・2/11)" in one.why.ja
    assert "2 of its usual days are closed or avoided, 1 last year (8/13・2/11)" in one.why.en
    assert [change.kind for change in compared(figures[::-1], (now.calendar, was.calendar), None)] == [WHOLE]
