"""When a centre is open: closed days that recur, seasons, stretches of hours, days for one programme."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ksolve.api import prepare
from ksolve.calendar import FiscalYear
from ksolve.errors import PlanError
from ksolve.frequency.closures import parse_closed_days
from ksolve.problem import Problem
from ksolve.solver import Options, Verdict
from ksolve.verified import solve
from tiny import write_plan

R8 = FiscalYear(2026)


def _problem(folder: Path, calendar: dict[str, Any], *programmes: dict[str, Any], **centre: Any) -> Problem:
    kinds = [{"id": "hour", "minutes": "60", "starts": ["10:00"], **centre.pop("kind", {})}]
    stated = programmes or ({"id": "a", "name": "甲", "frequency": "年1回", "session": "hour"},)
    case: dict[str, Any] = {"year": "令和8年度", "programmes": stated}
    case["centre"] = {"calendar": calendar, "sessions": kinds, **centre}
    return prepare(write_plan(folder, case)).problem


def _days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "count", "some"),
    [
        ("毎月第3木曜日", 12, ["2026-04-16", "2026-08-20", "2027-03-18"]),
        ("第3木曜", 12, ["2026-04-16"]),
        ("7・8月の毎週月曜日", 9, ["2026-07-06", "2026-08-31"]),
        # 19 days are a holiday in 令和8年度: each has a next day, 5/4 and 5/5 among them
        ("祝日の翌日", 19, ["2026-04-30", "2026-05-04", "2026-05-07", "2026-09-24"]),
        ("第3木曜日は休館日", 12, ["2026-04-16"]),
        ("月曜日と第3木曜日", 52 + 12, ["2026-04-06", "2026-04-16"]),
        ("月曜日と祝日の翌日", 52 + 17, ["2026-04-06", "2026-05-07"]),
        ("令和9年2月1日～5日", 5, ["2027-02-01", "2027-02-05"]),
        ("R9.2.1～R9.2.5", 5, ["2027-02-01", "2027-02-05"]),
        ("2027/2/1-2/5", 5, ["2027-02-01", "2027-02-05"]),
        ("8/13-15", 3, ["2026-08-13", "2026-08-15"]),
        ("8月13日から15日まで", 3, ["2026-08-13", "2026-08-15"]),
        ("12/29–1/3", 6, ["2026-12-29", "2027-01-03"]),
        # open on the holiday 5/4; 5/5 and 5/6 are holidays too, so closed on 5/7
        ("月曜日(祝日の場合は翌日)", 52, ["2026-04-06", "2026-05-07", "2026-07-21", "2026-09-24"]),
        ("毎週月曜日(祝日を除く)", 52 - 7, ["2026-04-06"]),
        # 52 Saturdays, 52 Sundays, 19 holidays, of which 5/3 and 3/21 are Sundays
        ("土・日・祝日は休み", 104 + 17, ["2026-04-04", "2026-04-05", "2026-04-29"]),
        ("土日祝日休館", 104 + 17, ["2026-04-04", "2026-04-29"]),
        # seven of the holidays are Mondays
        ("月・祝", 52 + 12, ["2026-04-06", "2026-04-29"]),
        ("祝日", 19, ["2026-04-29", "2027-03-22"]),
    ],
)
def test_closed_days_are_written_as_centres_print_them(text: str, count: int, some: list[str]) -> None:
    found = parse_closed_days(text).within(R8)
    assert set(_days(*some)) <= set(found)
    assert len(found) == count


@pytest.mark.parametrize("text", ["月1回", "八月", "年3回", "第4火曜日/直接日程調整", "随時", "毎月"])
def test_what_does_not_say_which_days_are_closed_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_closed_days(text)


def test_closed_days_stand_alone_or_with_a_reason(tmp_path: Path) -> None:
    closed = ["毎月第3木曜日", {"days": "12/29〜1/3", "why": "年末年始"}]
    calendar = _problem(tmp_path, {"open": {"月-日": "9:00-17:00"}, "closed": closed}).calendar
    assert str(calendar.closed[date(2026, 4, 16)].ja) == "毎月第3木曜日"
    assert str(calendar.closed[date(2027, 1, 1)].ja) == "年末年始"
    one = _problem(tmp_path, {"open": {"月-日": "9:00-17:00"}, "closed": "毎月第3木曜日"}).calendar
    assert not one.hours(date(2026, 4, 16))


def test_a_closure_that_falls_on_no_day_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as error:
        _problem(tmp_path, {"open": {"月-日": "9:00-17:00"}, "closed": ["2/29は休館"]})
    assert [found.rule for found in error.value.findings] == ["no-such-day"]


def test_opening_hours_may_come_in_two_stretches_and_change_with_the_season(tmp_path: Path) -> None:
    calendar = _problem(
        tmp_path,
        {
            "open": {"月-金": "9:00-12:00, 13:00-17:00", "土": ["9:00-12:00"]},
            "seasons": [{"days": "7/1〜8/31", "open": {"火-土": "9:00-19:00"}}],
        },
    ).calendar
    assert calendar.hours(date(2026, 4, 6)) == ((540, 720), (780, 1020))
    assert calendar.hours(date(2026, 4, 11)) == ((540, 720),)
    assert calendar.hours(date(2026, 7, 7)) == ((540, 1140),)  # a Tuesday in the season
    assert calendar.hours(date(2026, 7, 6)) == ()  # a Monday, which the season does not name


def test_no_session_runs_through_the_lunch_hour(tmp_path: Path) -> None:
    calendar = {"open": {"月-金": "9:00-12:00, 13:00-17:00"}}
    with pytest.raises(PlanError) as error:
        _problem(tmp_path, calendar, kind={"starts": ["11:30"]})
    assert [found.rule for found in error.value.findings] == ["closed-hours"]


def test_staff_keep_the_hours_of_the_season_unless_they_have_their_own(tmp_path: Path) -> None:
    problem = _problem(
        tmp_path,
        {
            "open": {"月-金": "9:00-17:00"},
            "seasons": [{"days": "7/1〜8/31", "open": {"月-金": "9:00-19:00"}}],
        },
        staff=[
            {"id": "s", "name": "職員"},
            {"id": "p", "name": "短時間", "weekly": {"月-金": "9:00-17:00"}},
        ],
    )
    hours = {resource.pool: resource.hours(date(2026, 7, 7)) for resource in problem.resources}
    assert hours == {"s": ((540, 1140),), "p": ((540, 1020),)}


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({"月-金": "9:00-12:00", "月〜金": "13:00-17:00"}, ("月-金", "月〜金")),
        ({"月-土": "9:00-12:00", "土": "9:00-17:00"}, ("月-土", "土")),
    ],
)
def test_a_weekday_in_two_keys_is_an_error_that_names_both(
    tmp_path: Path, hours: dict[str, str], words: tuple[str, str]
) -> None:
    with pytest.raises(PlanError) as error:
        _problem(tmp_path, {"open": hours})
    (found,) = error.value.findings
    assert all(f"「{word}」" in found.line("ja") for word in words)
    assert found.place
    assert found.place.line > 1


@pytest.mark.parametrize("hours", ["9:00-12:00, 11:00-17:00", "12:00-9:00", "9:00", ""])
def test_hours_that_overlap_or_end_before_they_begin_are_refused(tmp_path: Path, hours: str) -> None:
    with pytest.raises(PlanError):
        _problem(tmp_path, {"open": {"月-金": hours}})


def test_a_day_is_opened_for_one_programme_alone(tmp_path: Path) -> None:
    party = {"id": "kodomo", "name": "こどもの日の会", "frequency": "年1回(5/5)", "session": "hour"}
    other = {"id": "b", "name": "乙", "frequency": "毎週火曜日", "session": "hour"}
    calendar = {"open": {"月-日": "9:00-17:00"}}
    problem = _problem(tmp_path, calendar, {**party, "opened": "5/5"}, other)
    mine, others = problem.series
    assert problem.calendar_of(mine).hours(date(2026, 5, 5))
    assert not problem.calendar_of(others).hours(date(2026, 5, 5))
    assert not problem.calendar_of(mine).hours(date(2026, 5, 4))
    with pytest.raises(PlanError):
        _problem(tmp_path, calendar, party, other)


def test_a_day_that_is_opened_for_a_programme_is_an_open_day_of_its_runs(tmp_path: Path) -> None:
    # 4/29 is a holiday: the three open days from the 28th to the 30th are a run for whom it is opened alone
    rules = [
        {"rule": "day_runs", "length": "3", "over": "open"},
        {"rule": "in_dates", "days": ["4/28〜4/30"]},
    ]
    course = {"id": "a", "name": "甲", "frequency": "年3回", "session": "hour", "rules": rules}
    problem = _problem(tmp_path, {"open": {"月-金": "9:00-17:00"}}, {**course, "opened": "4/29"})
    schedule = solve(problem, Options(limit_s=10)).schedule
    assert schedule is not None
    assert [one.day for one in schedule.sessions] == _days("2026-04-28", "2026-04-29", "2026-04-30")
    closed = _problem(tmp_path, {"open": {"月-金": "9:00-17:00"}}, course)
    assert solve(closed, Options(limit_s=10)).verdict is Verdict.INFEASIBLE


def test_a_member_is_there_on_the_stated_days_only(tmp_path: Path) -> None:
    members = [{"name": "田中", "available": ["6/12", "7/10"]}, {"name": "佐藤"}]
    problem = _problem(
        tmp_path, {"open": {"月-日": "9:00-17:00"}}, staff=[{"id": "v", "name": "有志", "members": members}]
    )
    tanaka = next(resource for resource in problem.resources if "田中" in resource.units)
    there = [day for day in R8.days if tanaka.hours(day)]
    assert there == _days("2026-06-12", "2026-07-10")
