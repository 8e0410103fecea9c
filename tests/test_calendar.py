"""Fiscal years, eras, weekdays, holidays and days as planners write them."""

from __future__ import annotations

import csv
from datetime import date

import holidays as oracle
import pytest

from conftest import SHARED
from ksolve.calendar import (
    Calendar,
    FiscalYear,
    days_within,
    holidays,
    parse_day,
    parse_days,
    parse_fiscal_year,
    parse_weekdays,
    show_day,
    week_of_month,
)
from ksolve.clock import clock, covers, parse_clock, parse_span
from ksolve.text import plain


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("令和6年度", 2024),
        ("令和６年度", 2024),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("H27", 2015),
        ("R7", 2025),
        ("2024年度", 2024),
        ("FY2025", 2025),
        ("2026", 2026),
    ],
)
def test_a_fiscal_year_is_read_in_every_spelling(text: str, start: int) -> None:
    assert parse_fiscal_year(text) == FiscalYear(start)


@pytest.mark.parametrize("text", ["", "令和", "来年度", "令和6.5年度", "24年度"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_fiscal_year(text)


def test_a_fiscal_year_runs_from_april_to_march_and_prints_its_era() -> None:
    year = FiscalYear(2023)
    assert (year.first, year.last) == (date(2023, 4, 1), date(2024, 3, 31))
    assert len(year.days) == 366  # 29 February 2024 lies in it
    assert str(year) == "令和5年度"
    assert str(FiscalYear(2019)) == "令和元年度"
    assert year.month(2) == (date(2024, 2, 1), date(2024, 2, 29))
    assert year.month(12) == (date(2023, 12, 1), date(2023, 12, 31))


@pytest.mark.parametrize("start", range(2000, 2027))
def test_holidays_equal_those_of_another_library(start: int) -> None:
    other = oracle.country_holidays("JP", years=(start, start + 1))
    expected = {day for day in other if FiscalYear(start).first <= day <= FiscalYear(start).last}
    assert set(holidays(FiscalYear(start))) == expected


def test_holidays_equal_the_official_list_where_it_is_at_hand() -> None:
    path = SHARED / "data" / "syukujitsu.csv"
    if not path.exists():
        pytest.skip("the Cabinet Office's list is not at hand")
    rows = list(csv.reader(path.read_bytes().decode("cp932", errors="replace").splitlines()))[1:]
    official = {date(*map(int, row[0].split("/"))) for row in rows}
    for start in range(2000, 2027):
        year = FiscalYear(start)
        assert set(holidays(year)) == {day for day in official if day in year}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("月-金", {0, 1, 2, 3, 4}),
        ("月〜金", {0, 1, 2, 3, 4}),
        ("火・木曜日", {1, 3}),
        ("土日", {5, 6}),
        ("土-月", {5, 6, 0}),
        ("水", {2}),
    ],
)
def test_weekdays_are_read(text: str, days: set[int]) -> None:
    assert parse_weekdays(text) == days


@pytest.mark.parametrize("text", ["", "Mon", "月x", "-"])
def test_what_is_no_weekday_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_weekdays(text)


def test_days_without_a_year_belong_to_the_fiscal_year() -> None:
    year = FiscalYear(2024)
    assert parse_day("12/29").within(year) == date(2024, 12, 29)
    assert parse_day("1/3").within(year) == date(2025, 1, 3)
    assert parse_day("2024-12-29").within(FiscalYear(2030)) == date(2024, 12, 29)
    assert parse_day("3月5日").within(year) == date(2025, 3, 5)
    closed = days_within([parse_days("12/29〜1/3")], year)
    assert (closed[0], closed[-1], len(closed)) == (date(2024, 12, 29), date(2025, 1, 3), 6)


@pytest.mark.parametrize("text", ["13/1", "2/30", "2024-02-30", "4-1", "明日", "4/1〜5/1〜6/1"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_days(text)


def test_a_date_is_shown_with_its_weekday() -> None:
    assert show_day(date(2024, 6, 12)) == "2024-06-12(水)"
    assert [week_of_month(date(2024, 6, day)) for day in (1, 7, 8, 29)] == [1, 1, 2, 5]


def test_a_calendar_is_closed_outside_its_year_its_weekdays_and_on_its_closed_days() -> None:
    year = FiscalYear(2024)
    calendar = Calendar(year, (((540, 1020),),) * 5 + ((), ()), {date(2024, 4, 29): plain("昭和の日")})
    assert calendar.hours(date(2024, 4, 1)) == ((540, 1020),)
    assert calendar.hours(date(2024, 4, 6)) == ()
    assert calendar.hours(date(2024, 4, 29)) == ()
    assert calendar.hours(date(2025, 4, 1)) == ()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9:30", 570),
        ("09:30", 570),
        ("９：３０", 570),
        ("9時半", 570),
        ("9時5分", 545),
        ("午後1時30分", 810),
        ("午前0時", 0),
    ],
)
def test_times_are_read(text: str, minutes: int) -> None:
    assert parse_clock(text) == minutes


@pytest.mark.parametrize("text", ["25:00", "9:60", "630", "午後13時", "", "九時"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_clock(text)


def test_spans_and_cover() -> None:
    assert parse_span("9:00-17:00") == (540, 1020)
    assert parse_span("9:00〜12:30") == (540, 750)
    with pytest.raises(ValueError):
        parse_span("17:00-9:00")
    assert clock(570) == "9:30"
    assert covers(((540, 720), (780, 1020)), 780, 840)
    assert not covers(((540, 720), (720, 1020)), 700, 740)
