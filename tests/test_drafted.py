"""What a plan drafted from a table says of its rows: rules that move, what is left out, days by name."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from ksolve.api import Prepared, prepare
from ksolve.calendar import FiscalYear
from ksolve.plan.drafted import findings_of_draft
from ksolve.plan.skeleton import skeleton
from ksolve.published import parse_grid, read_published, survey
from ksolve.solver import Options
from ksolve.verified import solve
from running import ksolve

YEAR = FiscalYear(2026)


def _case(folder: Path, *rows: str, heading: str = "事業名,実施回数") -> Prepared:
    table, target = folder / "t.csv", folder / "plan.yaml"
    table.write_text("\n".join(["令和8年度 行事", heading, *rows]) + "\n", encoding="utf-8")
    target.write_text(skeleton(read_published(table), YEAR, target), encoding="utf-8")
    return prepare(target)


def _days(case: Prepared) -> list[date]:
    answer = solve(case.problem, Options(limit_s=60))
    assert answer.schedule is not None, answer.verdict
    return sorted(session.day for session in answer.schedule.sessions)


def _said(*rows: str, heading: str = "事業名,実施回数") -> list[tuple[str, str, int]]:
    plan = survey(parse_grid("\n".join(["令和8年度 行事", heading, *rows]) + "\n", "t.csv"))
    return [
        (one.rule, one.text.ja, one.place.line if one.place else 0) for one in findings_of_draft(plan, YEAR)
    ]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        # Mondays that are holidays in 令和8年度: 5/4 (to 5/7 behind 5/5 and 5/6), 7/20, 9/21 (to 9/24 behind
        # 9/22 and 9/23), 10/12, 11/23, 1/11, 3/22
        (
            "毎週月曜日(祝日の場合は翌日)",
            {"5-7", "7-21", "9-24", "10-13", "11-24", "1-12", "3-23"},
        ),
        # the 15th is a Saturday in August and a Sunday in November
        ("毎月15日(土・日・祝の場合は翌平日)", {"8-17", "11-16"}),
    ],
)
def test_a_rule_that_moves_on_holidays_is_kept_in_the_plan(
    text: str, moved: set[str], tmp_path: Path
) -> None:
    days = _days(_case(tmp_path, f"相談,{text}"))
    usual = {day for day in days if (day.weekday() == 0 if "月曜" in text else day.day == 15)}
    assert {f"{day.month}-{day.day}" for day in set(days) - usual} == moved
    assert len(days) == (52 if "月曜" in text else 12)
    assert _said(f"相談,{text}") == []  # nothing is left out


def test_a_week_that_would_hold_two_sessions_is_said() -> None:
    ((rule, text, line),) = _said("相談,毎週月曜日(祝日の場合は翌週)")
    assert (rule, line) == ("not-carried-over", 3)
    assert "翌週への移動" in text


def test_what_a_plan_cannot_say_is_a_finding_with_its_line() -> None:
    ((rule, text, line),) = _said("講座,年2回", "教室,連続6回×年2クール")
    assert (rule, line) == ("not-carried-over", 4)
    assert "「連続6回×年2クール」のうち連続であること" in text


@pytest.mark.parametrize(
    ("row", "first", "last"),
    [
        ("七夕会,7月", date(2026, 7, 7), date(2026, 7, 7)),  # a Tuesday
        ("豆まき,2月", date(2027, 2, 3), date(2027, 2, 3)),
        ("ひなまつり会,年1回", date(2027, 3, 3), date(2027, 3, 3)),
        ("こどもの日の会,5月", date(2026, 5, 1), date(2026, 5, 2)),  # 5/3 to 5/6 are closed
        ("入園式,4月", date(2026, 4, 1), date(2026, 4, 10)),
        ("卒園式,3月", date(2027, 3, 14), date(2027, 3, 26)),
        ("クリスマス会,12月", date(2026, 12, 24), date(2026, 12, 24)),
        ("バレンタインクッキング,2月", date(2027, 2, 8), date(2027, 2, 13)),  # the 14th is a Sunday
        ("夏休みクッキング,7月", date(2026, 7, 21), date(2026, 7, 31)),
        ("春休み映画会,3月", date(2027, 3, 25), date(2027, 3, 31)),
        ("母の日の工作,5月", date(2026, 5, 1), date(2026, 5, 8)),
    ],
)
def test_an_event_is_held_on_the_day_that_its_name_tells(
    row: str, first: date, last: date, tmp_path: Path
) -> None:
    (day,) = _days(_case(tmp_path, row))
    assert first <= day <= last
    assert day.weekday() != 6
    assert [rule for rule, _, _ in _said(row)] == ["fixed-day-offered"]


def test_ceremonies_of_several_months_are_each_in_their_own_days(tmp_path: Path) -> None:
    summer, winter = _days(_case(tmp_path, '終業式,"7月、12月"'))
    assert date(2026, 7, 17) <= summer <= date(2026, 7, 24)
    assert date(2026, 12, 20) <= winter <= date(2026, 12, 26)


@pytest.mark.parametrize("row", ["七夕会,8月", "クリスマス工作,毎月", "七夕会,8/7"])
def test_a_name_that_the_table_contradicts_tells_nothing(row: str) -> None:
    assert _said(row) == []


@pytest.mark.parametrize(
    ("row", "weekdays"),
    [
        ("図書館まつり,5月,", {5, 6}),
        ("冬の工作,1月,小学生", {5, 6}),
        ("卓球大会,年2回,", {5, 6}),
        ("2歳児歯科健診,年3回,", {0, 1, 2, 3, 4}),
        ("乳児健診,月1回,", {0, 1, 2, 3, 4}),
        ("運営委員会,年2回,", {0, 1, 2, 3, 4}),
        ("出前授業,年8回,", {0, 1, 2, 3, 4}),
        ("一輪車教室,全5回,小学生", {5, 6}),
    ],
)
def test_a_name_and_for_whom_it_is_tell_the_weekdays(row: str, weekdays: set[int], tmp_path: Path) -> None:
    days = _days(_case(tmp_path, row, heading="事業名,実施回数,対象"))
    assert days
    assert {day.weekday() for day in days} <= weekdays
    assert [rule for rule, _, _ in _said(row, heading="事業名,実施回数,対象")] == ["weekdays-offered"]


@pytest.mark.parametrize(
    ("row", "count", "gap"),
    [
        ("講座,連続3回(6月)", 3, 14),
        ("講座,連続3回", 3, 14),
        ("講座,連続5回(5月～6月)", 5, 14),
        ("講座,全4回連続", 4, 14),
        ("講座,5回連続講座(10月～11月)", 5, 14),
        ("講座,連続6回(6月～11月)", 6, 35),  # a month for each
        ("講座,連続4回(10月)", 4, 7),  # every week, as there is no holiday but a Monday
        ("講座,4日間連続(8月)", 4, 1),
    ],
)
def test_sessions_that_run_on_are_close_together(row: str, count: int, gap: int, tmp_path: Path) -> None:
    days = _days(_case(tmp_path, row))
    assert len(days) == count
    assert all((b - a).days <= gap for a, b in pairwise(days))
    assert gap == 1 or len({day.weekday() for day in days}) == 1
    assert [rule for rule, _, _ in _said(row)] == ["run-offered"]


@pytest.mark.parametrize(
    ("row", "dates"),
    [
        # June 2026 has five Tuesdays
        ("講座,連続5回(毎週火曜日、6月)", "6/2 6/9 6/16 6/23 6/30"),
        # September 2026 has five Wednesdays, of which the 23rd is a holiday
        ("講座,全4回連続(毎週水曜日、9月)", "9/2 9/9 9/16 9/30"),
        # the whole stretch is four days
        ("講座,4日間連続(8/3～8/6)", "8/3 8/4 8/5 8/6"),
    ],
)
def test_the_dates_of_a_run_are_those_that_it_can_have(row: str, dates: str, tmp_path: Path) -> None:
    days = _days(_case(tmp_path, row))
    assert " ".join(f"{day.month}/{day.day}" for day in days) == dates


def test_a_run_that_is_listed_under_a_month_begins_in_it(tmp_path: Path) -> None:
    case = _case(tmp_path, "6月,絵本で子育て講座,連続 3 回", heading="時期,行事名,内容")
    days = _days(case)
    assert len(days) == 3
    assert len({day.weekday() for day in days}) == 1
    assert days[0].month == 6
    assert all((b - a).days <= 14 for a, b in pairwise(days))


def test_a_ceremony_is_on_a_workday_and_like_a_whole_day_event_in_the_morning(tmp_path: Path) -> None:
    rows = ("小学校卒業式,3月", "運動会,10月", "夏まつり,年1回(14:00～16:00)", "運動会,10/17", "料理教室,5月")
    case = _case(tmp_path, *rows)
    answer = solve(case.problem, Options(limit_s=60))
    assert answer.schedule is not None
    ceremony, sports, summer, dated, _ = (answer.schedule.of_series([one])[0] for one in case.problem.series)
    assert (ceremony.day.weekday() < 5, ceremony.start) == (True, 600)
    assert 14 <= ceremony.day.day <= 26
    assert (sports.start, summer.start, dated.start) == (600, 840, 600)
    assert dated.day == date(2026, 10, 17)
    wished = [posted for posted in case.problem.rules if posted.rule.name == "start_times"]
    assert sorted(posted.who for posted in wished if posted.tier) == ["小学校卒業式", "運動会", "運動会"]


@pytest.mark.parametrize(
    "row",
    [
        "図書館まつり,第2火曜日,",  # the table names the weekday
        "夏の工作,8月,小学生",  # no school
        "まつり実行委員会,年2回,",
        "卓球クラブ,月1回,小学生",
        "健診,第4土曜日,",
    ],
)
def test_weekdays_are_told_by_no_other_name(row: str) -> None:
    assert _said(row, heading="事業名,実施回数,対象") == []


def test_the_command_says_what_is_left_out_and_wished_for(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "令和8年度 行事\n事業名,実施回数\n教室,連続6回×年2クール\n七夕会,7月\n", encoding="utf-8"
    )
    done = ksolve("read", table, "-o", tmp_path / "plan.yaml")
    assert done.returncode == 0
    assert f"{table}:3: 注意[not-carried-over]" in done.stdout
    assert f"{table}:4: 参考[fixed-day-offered]" in done.stdout


CLOSINGS = [
    ("市立図書館 年間行事", "月1回", "closing-assumed", {0}),
    ("郷土博物館 事業計画", "年6回", "closing-assumed", {0}),
    ("みどり児童館 行事", "月1回", "closing-assumed", {6}),
    ("北公民館 講座", "毎週月曜日", "", {6}),  # a row is on Mondays: as other bodies
    ("事業計画", "月1回", "", {6}),
]


@pytest.mark.parametrize(("title", "frequency", "said", "closed"), CLOSINGS)
def test_a_kind_of_body_has_its_closed_weekday_where_the_table_names_none(
    title: str, frequency: str, said: str, closed: set[int], tmp_path: Path
) -> None:
    table, target = tmp_path / "t.csv", tmp_path / "plan.yaml"
    table.write_text(f"令和8年度 {title}\n事業名,実施回数\n集い,{frequency}\n", encoding="utf-8")
    published = read_published(table)
    text = skeleton(published, YEAR, target)
    target.write_text(text, encoding="utf-8")
    open_days = prepare(target).problem.calendar.open_days
    assert set(range(7)) - {day.weekday() for day in open_days} == closed
    assert [found.rule for found in findings_of_draft(published, YEAR)] == [said] * bool(said)
    assert ("休館日が表にないので" in text) == bool(said)


def test_the_workday_after_a_holiday_monday_is_closed_as_well(tmp_path: Path) -> None:
    """Monday 20 July 2026 is a holiday, so Tuesday 21 July is closed; 4 to 6 May are, so Thursday 7 May."""
    table, target = tmp_path / "t.csv", tmp_path / "plan.yaml"
    table.write_text("令和8年度 市立図書館\n事業名,実施回数\n集い,月1回\n", encoding="utf-8")
    target.write_text(skeleton(read_published(table), YEAR, target), encoding="utf-8")
    is_open = prepare(target).problem.calendar.hours
    days = [date(2026, 7, 20), date(2026, 7, 21), date(2026, 5, 7), date(2026, 7, 19), date(2026, 7, 22)]
    assert [bool(is_open(day)) for day in days] == [False, False, False, True, True]


def test_a_body_that_says_when_it_is_closed_is_open_on_the_other_weekdays(tmp_path: Path) -> None:
    table, target = tmp_path / "t.csv", tmp_path / "plan.yaml"
    text = "令和8年度 市立図書館\n事業名,実施回数\n集い,月1回\n※毎週火曜日は休館\n"
    table.write_text(text, encoding="utf-8")
    published = read_published(table)
    target.write_text(skeleton(published, YEAR, target), encoding="utf-8")
    open_days = prepare(target).problem.calendar.open_days
    assert set(range(7)) - {day.weekday() for day in open_days} == {1}
    assert list(findings_of_draft(published, YEAR)) == []
