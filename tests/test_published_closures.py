"""Closed days, places and numbers of people in a table reach the plan that is written from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ksolve.api import Prepared, prepare
from ksolve.calendar import FiscalYear
from ksolve.findings import Severity
from ksolve.frequency.closures import parse_closed_days
from ksolve.plan.drafted import findings_of_draft
from ksolve.plan.skeleton import skeleton
from ksolve.problem.schedule import Session
from ksolve.published import PublishedPlan, parse_grid, read_published, survey
from ksolve.solver import Options
from ksolve.verified import solve


def _read(*lines: str) -> PublishedPlan:
    return survey(parse_grid("\n".join(["令和8年度 行事", *lines]) + "\n", "t.csv"))


def _case(folder: Path, *lines: str) -> Prepared:
    table, target = folder / "t.csv", folder / "plan.yaml"
    table.write_text("\n".join(["令和8年度 行事", *lines]) + "\n", encoding="utf-8")
    plan = read_published(table)
    target.write_text(skeleton(plan, FiscalYear(2026), target), encoding="utf-8")
    return prepare(target)


def _sessions(case: Prepared) -> tuple[Session, ...]:
    answer = solve(case.problem, Options(limit_s=60))
    assert answer.schedule is not None, answer.verdict
    return answer.schedule.sessions


def _errors(plan: PublishedPlan) -> list[str]:
    return [found.rule for found in plan.findings if found.severity is Severity.ERROR]


CLOSED = (
    ("月例整理休館日,毎月第3木曜日,", ["毎月第3木曜日"]),
    ("特別整理休館,,2/1～2/5", ["2/1〜2/5"]),
    ("学校閉庁日,,8/12～8/16", ["8/12〜8/16"]),
    ("振替休業日,,5/25・6/8", ["5/25", "6/8"]),
    ("年末年始休館,,12/28～1/4", ["12/28～1/4"]),
    ("特別整理休館,,令和9年2月1日～5日", ["2027年2月1日〜2027年2月5日"]),
    ("休館日,毎週月曜日、祝日の翌日,", ["毎週月曜日、祝日の翌日"]),
    ("蔵書点検(6月1日～6月5日),,6/1～6/5", ["6/1〜6/5"]),
)


NOTES = [
    (
        "※毎週月曜日（祝日の場合は翌日）と年末年始（12/28～1/4）は休館",
        ["毎週月曜日(祝日の場合は翌日)", "年末年始(12/28~1/4)"],
    ),
    (
        "※休館日は日曜日、祝日、年末年始（12月29日～1月3日）です",
        ["日曜日", "祝日", "年末年始(12月29日~1月3日)"],
    ),
    ("※休館日：第1・第3月曜日、年末年始", ["第1・第3月曜日"]),  # a drafted plan closes New Year in any case
    ("※土・日・祝日は休館です", ["土・日・祝日は休館です"]),
    (
        "※休館日は毎週月曜日(月曜日が祝日の場合はその翌平日)、第3木曜日(館内整理日)です。",
        ["毎週月曜日(月曜日が祝日の場合はその翌平日)", "第3木曜日"],
    ),
    ("※毎月最終火曜日（施設点検日）は休館", ["毎月最終火曜日"]),
    (
        "※休館日：月曜日（祝日の場合は開館し、翌平日休館）",
        ["休館日：月曜日（祝日の場合は開館し、翌平日休館）"],
    ),
    (
        "※毎週火曜日は休館日です。ただし、火曜日が祝日の場合は翌日",
        ["毎週火曜日(火曜日が祝日の場合は翌日)"],
    ),
]


@pytest.mark.parametrize(("note", "days"), NOTES, ids=[note for note, _ in NOTES])
def test_each_of_the_days_that_a_note_lists_is_closed(note: str, days: list[str]) -> None:
    plan = _read("行事名,頻度", "おはなし会,年3回", note)
    assert [one.days for one in plan.closures] == days
    assert _errors(plan) == []


@pytest.mark.parametrize(
    "days",
    [
        "月曜日(月曜日が祝日の場合はその翌平日)",
        "月曜日（祝日の場合は開館し、翌平日休館）",
        "月曜日（その日が休日に当たるときは、その日後の最も近い休日でない日）",
    ],
)
def test_a_closed_monday_that_is_a_holiday_is_made_up_for_however_it_is_said(days: str) -> None:
    """5 May 2025 is a Monday and a holiday, and 6 May one in lieu: closed is Wednesday the 7th."""
    closed = parse_closed_days(days).within(FiscalYear(2025))
    assert [day for day in closed if day.month == 5][:2] == [date(2025, 5, 7), date(2025, 5, 12)]


def test_words_that_only_move_closed_days_are_none() -> None:
    with pytest.raises(ValueError, match="火曜日"):
        parse_closed_days("火曜日が祝日の場合は翌日")


def test_a_day_in_a_list_that_cannot_be_read_is_an_error_beside_those_that_can() -> None:
    plan = _read("行事名,頻度", "おはなし会,年3回", "※休館日：毎週月曜日（祝日の場合は翌日）、館長が定める日")
    assert [one.days for one in plan.closures] == ["毎週月曜日(祝日の場合は翌日)"]
    assert _errors(plan) == ["closed-days-unknown"]
    assert "館長が定める日" in "".join(found.text.ja for found in plan.findings)


@pytest.mark.parametrize(("row", "days"), CLOSED, ids=[row.split(",")[0] for row, _ in CLOSED])
def test_a_row_of_closed_days_is_no_programme(row: str, days: list[str]) -> None:
    plan = _read("行事名,頻度,実施日", "おはなし会,年3回,", row)
    assert [one.name for one in plan.rows] == ["おはなし会"]
    assert [one.days for one in plan.closures] == days
    assert {found.rule for found in plan.findings} == {"closed-days"}


@pytest.mark.parametrize(
    ("note", "days"),
    [
        ("※月曜日は休館", "月曜日は休館"),
        ("休館日:毎週月曜日、祝日の翌日", "休館日:毎週月曜日、祝日の翌日"),
        ("※年末年始(12月29日～1月3日)は休館します", "年末年始(12月29日～1月3日)は休館します"),
    ],
)
def test_a_note_of_closed_days_closes_them(note: str, days: str) -> None:
    plan = _read("行事名,頻度", "おはなし会,年3回", note)
    assert [one.days for one in plan.closures] == [days]


@pytest.mark.parametrize(
    "name", ["夏休み工作教室", "休館日を知るクイズ", "休日開館コンサート", "閉館記念コンサート"]
)
def test_a_programme_whose_name_speaks_of_holidays_stays_one(name: str) -> None:
    plan = _read("行事名,頻度", f"{name},年1回")
    assert [row.name for row in plan.rows] == [name]


@pytest.mark.parametrize("row", ["蔵書点検,2月", "特別整理期間,年1回", "※改修のため休館する期間は館内掲示"])
def test_closed_days_that_cannot_be_told_are_an_error(row: str) -> None:
    plan = _read("行事名,頻度", "おはなし会,年3回", row)
    assert plan.closures == ()
    assert _errors(plan) in (["closed-days-unknown"], [])
    if "※" not in row:
        assert _errors(plan) == ["closed-days-unknown"]


def test_nothing_is_held_on_the_closed_days_of_a_table(tmp_path: Path) -> None:
    case = _case(
        tmp_path,
        "行事名,頻度,実施日",
        "おはなし会,年35回(木曜日),",
        "体操,年40回(月～水曜日),",
        "月例整理休館日,毎月第3木曜日,",
        "特別整理休館,,2/1～2/5",
        "※月曜日は休館",
    )
    days = [session.day for session in _sessions(case)]
    third = {date(2026 + (month < 4), month, day) for month, day in THIRD_THURSDAYS}
    assert len(days) == 35 + 40
    assert not third & set(days)
    assert not {date(2027, 2, day) for day in range(1, 6)} & set(days)
    assert 0 not in {day.weekday() for day in days}


THIRD_THURSDAYS = [
    (4, 16), (5, 21), (6, 18), (7, 16), (8, 20), (9, 17),
    (10, 15), (11, 19), (12, 17), (1, 21), (2, 18), (3, 18),
]  # fmt: skip
"""Of 令和8年度, counted off in a calendar: 2026-04-01 is a Wednesday."""


def test_one_date_on_a_holiday_opens_it_for_no_other(tmp_path: Path) -> None:
    case = _case(tmp_path, "行事名,実施回数,実施日", "こどもの日の会,年1回,5/5", "相談,毎週火曜日,")
    held = {(session.series.partition(".")[0], session.day) for session in _sessions(case)}
    on = {day for name, day in held if name == "line-3"}
    others = {day for name, day in held if name == "line-4"}
    assert on == {date(2026, 5, 5)}  # a Tuesday and a holiday
    assert date(2026, 5, 5) not in others


def test_new_year_and_holidays_are_closed_for_all_but_what_is_on_them(tmp_path: Path) -> None:
    """毎月30日 is on 30 December, and on no day of February: for one row New Year was open to all."""
    case = _case(tmp_path, "行事名,実施日", "集い,毎月10日・20日・30日", "相談,毎週水曜日")
    held = {(session.series.partition(".")[0], session.day) for session in _sessions(case)}
    assert date(2026, 12, 30) in {day for name, day in held if name == "line-3"}  # a Wednesday
    assert date(2026, 12, 30) not in {day for name, day in held if name == "line-4"}
    assert len([day for name, day in held if name == "line-3"]) == 35


@pytest.mark.parametrize(
    ("note", "holidays"),
    [
        ("※毎週月曜日（祝日の場合は翌日）は休館", "open"),
        ("※毎週月曜日は休館", "closed"),
        ("※休館日は日曜日、祝日です", "closed"),
    ],
)
def test_a_place_that_closes_another_day_for_a_holiday_is_open_on_it(note: str, holidays: str) -> None:
    plan = _read("行事名,頻度", "おはなし会,第4日曜日", note)
    assert f"    holidays: {holidays}" in skeleton(plan, FiscalYear(2026), Path("plan.yaml"))


def test_a_house_of_many_rooms_is_a_plan_that_loads(tmp_path: Path) -> None:
    rooms = [f"講座{n},年1回,会議室{n}" for n in range(1, 8)]
    case = _case(tmp_path, "事業名,実施回数,会場", *rooms, "まつり,年1回,全館")
    assert len(case.problem.series) == 8


def test_words_for_the_holidays_of_schools_are_wishes_for_their_days() -> None:
    plan = _read("行事名,時期,回数", "講座,夏休み期間中,5回", "工作,7月～8月,5回")
    text = skeleton(plan, FiscalYear(2026), Path("plan.yaml"))
    assert text.count("in_dates, days: [7/21〜7/31, 8/1〜8/25], tier: fit") == 1


def test_a_weekly_course_that_says_when_it_begins_is_wished_for_from_then() -> None:
    """Six Saturdays from 9 May 2026 end on 13 June; of eight Thursdays that begin in May the last is 16 July.

    Any six Saturdays of the year in a row were as good: a course from May was held in February.
    """
    plan = _read(
        "行事名,実施日", "水泳,5/9から毎週土曜 全6回", "体操,毎週木曜 全8回、5月開始", "俳句,毎週水曜 全8回"
    )
    text = skeleton(plan, FiscalYear(2026), Path("plan.yaml"))
    wished = [line.split("days: ")[1].split(", tier")[0] for line in text.splitlines() if "in_dates" in line]
    assert wished == ["[5/9〜6/13]", "[5/1〜7/16]"]
    assert [found.rule for found in findings_of_draft(plan, FiscalYear(2026))] == ["run-offered"] * 2


def test_a_sunday_is_open_only_for_what_has_a_date_on_it(tmp_path: Path) -> None:
    # 2026-10-11 is a Sunday
    case = _case(tmp_path, "行事名,実施回数,実施日", "まつり,,10/11", "講座,年50回,")
    sundays = [session.day for session in _sessions(case) if session.day.weekday() == 6]
    assert sundays == [date(2026, 10, 11)]


def test_places_and_people_reach_the_plan(tmp_path: Path) -> None:
    case = _case(
        tmp_path,
        "事業名,実施回数,施設,会場,定員,講師",
        "おはなし会,年2回,中央館,集会室,30名,田中",
        "おはなし会,年3回,東館,,各15組,",
        "体操,年2回,中央館,集会室,先着順,",
        "映画会,年1回,,市民センター,100人,",
    )
    rooms = {room.name: (room.count, room.site) for room in case.plan.resources.rooms}
    assert rooms["中央館 集会室"] == (1, "中央館")
    assert rooms["東館"] == (5, "東館")
    assert rooms["市民センター"] == (5, "市民センター")
    kinds = {kind.id: kind for kind in case.plan.resources.sessions}
    used = [kinds[programme.session or ""] for programme in case.plan.programmes]
    names = {room.id: room.name for room in case.plan.resources.rooms}
    assert [(names[kind.rooms[0]], kind.people) for kind in used] == [
        ("中央館 集会室", 30),
        ("東館", 0),  # so many families, not people
        ("中央館 集会室", 0),
        ("市民センター", 100),
    ]
    text = (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    assert "# 講師: 田中" in text
    assert "# 定員: 先着順" in text
    assert "# 定員: 各15組" in text
    assert [one.name for one in case.plan.programmes][:3] == [
        "おはなし会(中央館)",
        "おはなし会(東館)",
        "体操",
    ]
    assert _sessions(case)
