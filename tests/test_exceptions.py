"""What becomes of a named day: frequency, plan, solver and checker say one and the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ksolve.api import prepare
from ksolve.calendar import FiscalYear, holidays
from ksolve.checker import check
from ksolve.errors import PlanError
from ksolve.frequency import read_frequency
from ksolve.plan.encodable import frequency_to_hold
from ksolve.plan.skeleton import skeleton
from ksolve.problem.schedule import Schedule
from ksolve.published import read_published
from ksolve.solver import Options, Verdict
from ksolve.verified import solve
from tiny import bare, write_plan

EVERY_DAY = {"open": {"月-日": "9:00-17:00"}, "holidays": "open"}
WEEKDAYS = {"open": {"月-金": "9:00-17:00"}, "holidays": "closed"}


def _held(
    folder: Path,
    frequency: str,
    calendar: dict[str, Any] = EVERY_DAY,
    year: str = "令和8年度",
    **programme: Any,
) -> list[date]:
    """The dates of a solved plan; the checker finds nothing, and something once a session is elsewhere."""
    stated = {"id": "a", "name": "甲", "frequency": frequency, "session": "hour", **programme}
    kinds = [{"id": "hour", "minutes": "60", "starts": ["10:00"]}]
    case: dict[str, Any] = {"year": year, "programmes": [stated]}
    case["centre"] = {"calendar": calendar, "sessions": kinds}
    problem = prepare(write_plan(folder, case)).problem
    answer = solve(problem, Options(limit_s=60))
    assert answer.verdict is Verdict.OPTIMAL, answer.verdict
    assert answer.schedule is not None
    days = [session.day for session in answer.schedule.sessions]
    free = next(day for day in FiscalYear(problem.year.start).days if day not in days)
    one, *others = [(session.day, session.start) for session in answer.schedule.sessions]
    (series,) = problem.series
    elsewhere = bare(problem, {series.id: [(free, one[1]), *others]})
    assert not check(problem, answer.schedule)
    assert check(problem, elsewhere)
    return days


def _days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def _of(days: Sequence[date], *months: int) -> list[date]:
    return [day for day in days if day.month in months]


# 令和8年度: 7/20 is 海の日, 9/21 敬老の日, 9/22 between two holidays, 9/23 秋分の日, 10/12 スポーツの日,
# 11/23 勤労感謝の日, 1/11 成人の日, 3/22 振替休日 (all but 9/22 and 9/23 Mondays); 5/4 to 5/6 too.
THIRD_MONDAY = [
    ("第3月曜日(祝日の場合は翌日)", "2026-07-21", "2026-09-24"),
    ("第3月曜日(祝日の場合は翌週)", "2026-07-27", "2026-09-28"),
    ("第3月曜日(祝日の場合は前日)", "2026-07-19", "2026-09-20"),  # Sundays
    ("第3月曜日(祝日の場合は翌平日)", "2026-07-21", "2026-09-24"),
    ("第3月曜日(祝日の場合は前平日)", "2026-07-17", "2026-09-18"),  # Fridays
    ("第3月曜日", "2026-07-20", "2026-09-21"),  # the centre is open, and nothing else is said
]


@pytest.mark.parametrize(("frequency", "july", "september"), THIRD_MONDAY, ids=[t[0] for t in THIRD_MONDAY])
def test_a_holiday_is_no_closed_day_and_moves_what_says_so(
    frequency: str, july: str, september: str, tmp_path: Path
) -> None:
    days = _held(tmp_path, frequency)
    assert _of(days, 7, 9) == _days(july, september)
    assert len(days) == 12
    assert _of(days, 4) == _days("2026-04-20")


def test_a_third_monday_that_is_left_out_on_holidays_is_held_ten_times(tmp_path: Path) -> None:
    for frequency in ("第3月曜日(祝日の場合は休み)", "第3月曜日(祝日を除く)"):
        days = _held(tmp_path, frequency)
        assert len(days) == 10
        assert _of(days, 7, 9) == []


def test_every_monday_moves_to_the_day_after_a_holiday(tmp_path: Path) -> None:
    days = _held(tmp_path, "毎週月曜日(祝日の場合は翌日)")
    # 52 Mondays, 7 of them holidays, each of which has a day in its week
    assert len(days) == 52
    assert [day for day in days if day.weekday() != 0] == _days(
        "2026-05-07",  # 5/4 to 5/6 are holidays
        "2026-07-21",
        "2026-09-24",
        "2026-10-13",
        "2026-11-24",
        "2027-01-12",
        "2027-03-23",
    )


def test_every_monday_is_left_out_on_a_holiday(tmp_path: Path) -> None:
    days = _held(tmp_path, "毎週月曜日(祝日の場合は休み)")
    assert len(days) == 52 - 7
    assert not set(days) & set(holidays(FiscalYear(2026)))


@pytest.mark.parametrize(
    ("frequency", "sessions"),
    [
        ("毎週火曜日(祝日を除く)", 52 - 4),  # 5/5, 8/11, 9/22, 11/3 and 2/23 are Tuesdays: see below
        ("月～金(祝日を除く)", 261 - 17),
        ("毎週火曜日(8月13日～15日は休み)", 52),  # none of them is a Tuesday in 令和8年度
        ("毎週木曜日(8月13日～15日は休み)", 51),
        ("毎週水曜日(4月1日～7月31日)", 18),
    ],
)
def test_a_count_forgives_what_its_own_words_leave_out(frequency: str, sessions: int, tmp_path: Path) -> None:
    days = _held(tmp_path, frequency)
    year = FiscalYear(2026)
    if "祝日を除く" in frequency:
        weekdays = {1} if "火" in frequency else {0, 1, 2, 3, 4}
        expected = [d for d in year.days if d.weekday() in weekdays and d not in holidays(year)]
        assert days == expected
    else:
        assert len(days) == sessions


def test_a_date_is_left_out_of_a_stretch(tmp_path: Path) -> None:
    # in 令和5年度 8 May and 17 July are Mondays; 17 July is 海の日 as well
    days = _held(tmp_path, "5月8日～7月31日の毎週月曜日(7月17日を除く)", year="令和5年度")
    assert days == [date(2023, 5, 8) + timedelta(weeks=n) for n in range(13) if n != 10]


def test_the_fifteenth_moves_to_the_next_working_day(tmp_path: Path) -> None:
    days = _held(tmp_path, "毎月15日(土・日・祝の場合は翌平日)")
    assert days == _days(
        "2026-04-15",
        "2026-05-15",
        "2026-06-15",
        "2026-07-15",
        "2026-08-17",  # a Saturday
        "2026-09-15",
        "2026-10-15",
        "2026-11-16",  # a Sunday
        "2026-12-15",
        "2027-01-15",
        "2027-02-15",
        "2027-03-15",
    )


def test_the_fifteenth_moves_to_the_working_day_before(tmp_path: Path) -> None:
    days = _held(tmp_path, "毎月15日(土・日・祝の場合は前平日)")
    assert _of(days, 8, 11) == _days("2026-08-14", "2026-11-13")


# Every n weeks.


def test_every_other_wednesday_keeps_one_rhythm_all_year(tmp_path: Path) -> None:
    days = _held(tmp_path, "隔週水曜日")
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=14)}
    assert days[0] in _days("2026-04-01", "2026-04-08")
    assert len(days) == (27 if days[0].day == 1 else 26)  # 1 April 2026 and 31 March 2027 are Wednesdays


@pytest.mark.parametrize("year", ["令和6年度", "令和7年度", "令和8年度", "令和9年度"])
def test_every_other_monday_leaves_holidays_out_and_goes_on(year: str, tmp_path: Path) -> None:
    days = _held(tmp_path, "隔週月曜日", WEEKDAYS, year)
    assert {day.weekday() for day in days} == {0}
    assert all((day - days[0]).days % 14 == 0 for day in days)
    start = int(year[2]) + 2018
    closed = holidays(FiscalYear(start))
    free = [days[0] + timedelta(days=14 * n) for n in range(-1, 27)]
    assert days == [day for day in free if day in FiscalYear(start) and day not in closed]


def test_the_first_date_of_a_rhythm_is_told(tmp_path: Path) -> None:
    days = _held(tmp_path, "隔週火曜日(4月14日から)")
    assert days == [date(2026, 4, 14) + timedelta(days=14 * n) for n in range(26)]  # until 30 March


def test_a_rhythm_moves_a_holiday_and_goes_on(tmp_path: Path) -> None:
    days = _held(tmp_path, "隔週月曜日(4月20日から)(祝日の場合は翌日)")
    # 5/4, 9/21, 1/11 and 3/22 are holidays of this rhythm
    expected = [date(2026, 4, 20) + timedelta(days=14 * n) for n in range(25)]
    moved = {"2026-05-04": "2026-05-07", "2026-09-21": "2026-09-24", "2027-01-11": "2027-01-12"}
    moved |= {"2026-10-12": "2026-10-13", "2026-07-20": "2026-07-21", "2026-11-23": "2026-11-24"}
    moved |= {"2027-03-22": "2027-03-23"}
    assert days == [date.fromisoformat(moved.get(str(day), str(day))) for day in expected]


def test_a_day_that_is_not_of_the_rhythm_is_no_beginning(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as error:
        _held(tmp_path, "隔週火曜日(4月15日から)")  # a Wednesday
    assert [found.rule for found in error.value.findings] == ["rhythm-start"]


def test_twenty_sessions_in_a_rhythm_run_on(tmp_path: Path) -> None:
    days = _held(tmp_path, "全20回(隔週水曜日)")
    assert len(days) == 20
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=14)}


def test_every_fourth_week_without_a_weekday_is_one_week_in_four(tmp_path: Path) -> None:
    days = _held(tmp_path, "4週間に1回", WEEKDAYS)
    mondays = [day - timedelta(days=day.weekday()) for day in days]
    assert all((monday - mondays[0]).days % 28 == 0 for monday in mondays)
    assert len(days) in (13, 14)


def test_a_weekly_session_that_would_move_onto_the_next_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as error:
        _held(tmp_path, "毎週月曜日(祝日の場合は翌週)")
    assert [found.rule for found in error.value.findings] == ["frequency-not-held"]


@pytest.mark.parametrize(
    "frequency",
    [
        "毎週月曜日(祝日の場合は翌日)",
        "隔週水曜日",
        "全20回(隔週水曜日)",
        "隔週火曜日(4月14日から)",
        "毎月15日(土・日・祝の場合は翌平日)",
        "毎週火曜日(8月13日～15日は休み)",
    ],
)
def test_read_hands_on_to_the_plan_what_a_frequency_says(frequency: str) -> None:
    text, why = frequency_to_hold(read_frequency(frequency), None, "ja")
    assert (text, why) == (frequency, "")


def test_a_programme_that_is_opened_on_a_holiday_is_held_there_and_no_other(tmp_path: Path) -> None:
    closed = {"open": {"月-日": "9:00-17:00"}}
    days = _held(tmp_path, "毎週火曜日", closed, opened="5/5")
    # 5/5, 8/11, 9/22, 11/3, 2/23 are Tuesdays
    assert date(2026, 5, 5) in days
    assert len(days) == 52 - 4


def test_an_empty_schedule_breaks_a_rhythm(tmp_path: Path) -> None:
    stated = {"id": "a", "name": "甲", "frequency": "隔週水曜日", "session": "hour"}
    problem = prepare(write_plan(tmp_path, {"programmes": [stated]})).problem
    assert check(problem, Schedule(()))


def test_days_that_follow_one_another_are_said_with_day_runs(tmp_path: Path) -> None:
    """年3回(2日間) is refused, and this is what the refusal names."""
    with pytest.raises(PlanError) as error:
        _held(tmp_path, "年3回(2日間)")
    assert "年6回" in error.value.findings[0].line("ja")
    assert "{rule: day_runs, length: 2}" in error.value.findings[0].line("ja")
    days = _held(tmp_path, "年6回", rules=[{"rule": "day_runs", "length": "2"}])
    assert [later - earlier for earlier, later in zip(days[::2], days[1::2], strict=True)] == [
        timedelta(days=1)
    ] * 3


def test_a_table_a_plan_and_a_schedule_give_one_answer(tmp_path: Path) -> None:
    """The exception of a frequency goes through read -o as it is written, and nothing opens a holiday."""
    table, plan = tmp_path / "table.csv", tmp_path / "plan.yaml"
    rows = ["相談,毎週月曜日(祝日の場合は翌日),", "講座,第3月曜日(祝日の場合は翌日),", "教室,隔週水曜日,"]
    rows += ["配布,毎月15日(土・日・祝の場合は翌平日),", "こどもの日の会,年1回,5/5"]
    table.write_text("\n".join(["事業名,実施回数,日程", *rows, ""]), encoding="utf-8")
    plan.write_text(skeleton(read_published(table), FiscalYear(2026), plan), encoding="utf-8")
    text = plan.read_text(encoding="utf-8")
    assert "frequency: 毎週月曜日(祝日の場合は翌日)" in text.replace('"', "")
    case = prepare(plan)
    answer = solve(case.problem, Options(limit_s=60))
    assert answer.schedule is not None
    talks, lessons, classes, paper, party = (
        [session.day for session in answer.schedule.of_series([series])] for series in case.problem.series
    )
    assert [day for day in talks if day.weekday() != 0][:2] == _days("2026-05-07", "2026-07-21")
    assert _of(lessons, 7, 9) == _days("2026-07-21", "2026-09-24")
    assert all((day - classes[0]).days % 14 == 0 for day in classes)
    assert _of(paper, 8, 11) == _days("2026-08-17", "2026-11-16")
    assert party == _days("2026-05-05")
    assert not set(holidays(FiscalYear(2026))) & {*talks, *lessons, *classes, *paper}
