"""What a frequency asks of a schedule: solved for real, and counted on the dates that come out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ksolve.api import prepare
from ksolve.errors import PlanError
from ksolve.solver import Options, Verdict
from ksolve.verified import solve
from tiny import write_plan

OPEN: dict[str, Any] = {
    "calendar": {"open": {"月-日": "9:00-17:00"}, "holidays": "open"},
    "sessions": [{"id": "hour", "minutes": "60", "starts": ["10:00"]}],
}
"""A centre that is open every day, so that nothing but the frequency decides."""


def dates_of(folder: Path, frequency: str, centre: dict[str, Any] | None = None, **more: Any) -> list[date]:
    """Solve a plan of one programme and return its dates, in order."""
    programme = {"id": "a", "name": "甲", "frequency": frequency, "session": "hour", **more}
    case = prepare(write_plan(folder, {"centre": centre or OPEN, "programmes": [programme]}))
    answer = solve(case.problem, Options(limit_s=20))
    assert answer.verdict is Verdict.OPTIMAL
    assert answer.schedule
    return sorted(session.day for session in answer.schedule.sessions)


def second_tuesday(day: date) -> bool:
    return day.weekday() == 1 and 8 <= day.day <= 14


@pytest.mark.parametrize(
    ("frequency", "sessions", "where"),
    [
        ("年12回(月1回)", 12, lambda days: len({day.month for day in days}) == 12),
        ("年11回(月1回)", 11, lambda days: len({day.month for day in days}) == 11),
        ("年6回(隔月)", 6, lambda days: len({(day.month - 4) % 12 // 2 for day in days}) == 6),
        ("年4回(3か月に1回)", 4, lambda days: len({(day.month - 4) % 12 // 3 for day in days}) == 4),
        ("年2回(第2火曜)", 2, lambda days: all(map(second_tuesday, days))),
        ("第2火曜日 年10回", 10, lambda days: all(map(second_tuesday, days))),
        ("隔月第2火曜", 6, lambda days: all(map(second_tuesday, days))),
        ("四半期に1回", 4, lambda days: len({(day.month - 4) % 12 // 3 for day in days}) == 4),
        ("1日1回", 365, lambda days: len(set(days)) == 365),
        (
            "7月下旬～8月上旬 3回",
            3,
            lambda days: all(date(2024, 7, 21) <= d <= date(2024, 8, 10) for d in days),
        ),
        ("7月下旬・9月上旬", 2, lambda days: [day.month for day in days] == [7, 9]),
        ("5/11・18", 2, lambda days: days == [date(2024, 5, 11), date(2024, 5, 18)]),
        ("奇数月1日", 6, lambda days: all(day.day == 1 and day.month % 2 for day in days)),
        ("5月・8月・11月・2月 各2回", 8, lambda days: {day.month for day in days} == {5, 8, 11, 2}),
        ("4月又は5月", 1, lambda days: days[0].month in (4, 5)),
        ("年4回(祝日を除く)(5/3・5/4・7/1・7/2・7/3・7/4)", 4, lambda days: {d.month for d in days} == {7}),
        ("年6回以内", 6, lambda _: True),
        ("1クール6回×年3クール", 18, lambda _: True),
        ("毎週土曜日(第5週を除く)(6月)", 4, lambda days: [day.day for day in days] == [1, 8, 15, 22]),
        (
            "上半期2回・下半期1回",
            3,
            lambda days: [(d.month - 4) % 12 > 5 for d in days] == [False, False, True],
        ),
        ("第2土曜(8月は第1)", 12, lambda days: date(2024, 8, 3) in days and date(2024, 7, 13) in days),
        ("毎月下旬", 12, lambda days: all(day.day > 20 for day in days)),
        ("月3回(1日～5日)", 36, lambda days: all(day.day < 6 for day in days)),
        ("1・2学期各1回", 2, lambda days: [(d.month - 4) % 12 > 4 for d in days] == [False, True]),
        ("春と秋に各1回", 2, lambda days: sum(day.month in (9, 10, 11) for day in days) == 1),
        ("令和7年2月", 1, lambda days: (days[0].year, days[0].month) == (2025, 2)),
        ("年24回(2グループ各12回)", 24, lambda _: True),
        ("年2コース(各6回)", 12, lambda _: True),
        (
            "火曜日(第1・3)",
            24,
            lambda days: all(d.weekday() == 1 and (d.day - 1) // 7 in (0, 2) for d in days),
        ),
        ("第1土曜日(1月は第2土曜日)", 12, lambda days: date(2025, 1, 11) in days),
    ],
)
def test_a_frequency_is_held(
    tmp_path: Path, frequency: str, sessions: int, where: Callable[[list[date]], bool]
) -> None:
    days = dates_of(tmp_path, frequency)
    assert len(days) == sessions
    assert where(days)


def test_every_other_friday_leaves_a_week_between(tmp_path: Path) -> None:
    days = dates_of(tmp_path, "隔週金曜日")
    assert 24 <= len(days) <= 27
    assert all((after - before).days >= 14 for before, after in pairwise(days))


def test_a_weekly_programme_passes_over_weeks_without_a_day_of_its_kind(tmp_path: Path) -> None:
    # The centre is open on Saturdays, the sessions are on weekdays only, and in the first week of
    # January all weekdays are closed.
    centre = {
        "calendar": {"open": {"月-土": "9:00-17:00"}, "closed": [{"days": "12/30〜1/3", "why": "年末年始"}]},
        "sessions": [{"id": "hour", "minutes": "60", "starts": ["10:00"], "weekdays": "月-金"}],
    }
    days = dates_of(tmp_path, "週1回", centre)
    assert len(days) == 52  # 53 weeks from Monday touch the year, and one has no weekday open
    assert not [day for day in days if date(2024, 12, 30) <= day <= date(2025, 1, 5)]


def test_the_last_tuesday_of_december_does_not_move_into_january(tmp_path: Path) -> None:
    centre = {
        "calendar": {"open": {"月-金": "9:00-17:00"}, "closed": [{"days": "12/28〜1/3", "why": "年末年始"}]},
        "sessions": OPEN["sessions"],
    }
    days = dates_of(tmp_path, "4～12月 毎月最終火曜日", centre)
    assert len(days) == 9
    assert days[-1] == date(2024, 12, 24)


def test_a_second_monday_that_is_a_holiday_is_held_on_the_open_day_before(tmp_path: Path) -> None:
    centre = {"calendar": {"open": {"月-土": "9:00-17:00"}}, "sessions": OPEN["sessions"]}
    days = dates_of(tmp_path, "第2月曜日(祝日の場合は前日)", centre)
    # The second Mondays of 2024-08, 2024-10 and 2025-01 are holidays, 11 August is one and a Sunday.
    assert len(days) == 12
    assert {date(2024, 8, 10), date(2024, 10, 12), date(2025, 1, 11)} <= set(days)
    assert sum(day.weekday() == 0 for day in days) == 9


def test_a_run_of_months_passes_over_the_month_left_out(tmp_path: Path) -> None:
    days = dates_of(tmp_path, "月1回×10か月(8月を除く)")
    assert len(days) == 10
    assert 8 not in {day.month for day in days}


@pytest.mark.parametrize(
    ("frequency", "rule", "words"),
    [
        ("毎月第2日曜日", "closed-window", "当てはまる開館日"),
        ("毎週土曜日", "closed-window", "当てはまる開館日"),
        ("年1回(9月)", "closed-window", "当てはまる開館日"),
        ("11月～2月", "unknown-count", "回数がない"),
        ("すべて火曜日", "unknown-count", "回数がない"),
        ("連続3回", "frequency-not-held", "連続であること"),
        ("年6回(火曜日)(祝日の場合は翌日)", "frequency-not-held", "移動"),
        ("第4火曜日／随時", "frequency-not-held", "もう一つの方法"),
        ("月1回×10か月(4月～8月)", "closed-window", "10か月続ける"),
    ],
)
def test_a_frequency_that_no_schedule_could_show_is_refused(
    tmp_path: Path, frequency: str, rule: str, words: str
) -> None:
    centre = {"calendar": {"open": {"月-金": "9:00-17:00"}}, "sessions": OPEN["sessions"]}
    months = {"months": "4月～8月"} if "9月" in frequency else {}
    with pytest.raises(PlanError) as caught:
        dates_of(tmp_path, frequency, centre, **months)
    assert [found.rule for found in caught.value.findings] == [rule]
    assert words in caught.value.findings[0].text.ja
