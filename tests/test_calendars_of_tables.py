"""From a published table to its calendar, with nothing written by hand: as regular as published calendars."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from counted import TOOL, counted
from ksolve.api import Prepared, prepare
from ksolve.calendar import FiscalYear
from ksolve.fit.regularity import regularity
from ksolve.plan.skeleton import skeleton
from ksolve.problem.schedule import Schedule
from ksolve.published import read_published
from ksolve.solver import Options, Tuning
from ksolve.verified import solve

PLANS = Path(__file__).parent / "plans"
OFTEN = Fraction(86, 100)
"""The share of sessions that one sentence a programme predicts in calendars that Japanese towns publish."""

HEALTH = """令和7年度 保健センター 母子保健事業計画
事業名,対象,実施回数,4月,5月,6月,7月,8月,9月,10月,11月,12月,1月,2月,3月
4か月児健診,4か月児,年24回,2,2,2,2,2,2,2,2,2,2,2,2
3歳児健診,3歳児,年12回,○,○,○,○,○,○,○,○,○,○,○,○
母親学級,妊婦,全4回×年3コース,,○,,,,○,,,,○,,
離乳食教室,乳児,年6回,○,,○,,○,,○,,○,,○,
育児相談,乳幼児,毎月第2火曜日,,,,,,,,,,,,
がん検診,一般,年20回,,,↔,,,,↔,,,,,
健康まつり,一般,年1回,,,,,,,○,,,,,
"""
LIBRARY = """令和7年度 市立図書館 行事予定
事業名,対象,実施回数,時間
赤ちゃんおはなし会,0～2歳児と保護者,月2回,10:30～11:00
おはなし会,幼児,毎週土曜日,14:00～14:30
ストーリーテリングの会,小学生,隔月1回,15:00～16:00
映画会,一般,年10回,14:00～16:00
図書館まつり,,年1回(10月),
本の修理講座,一般,年4回,
ビブリオバトル,中学生・高校生,年2回,
"""
GYM = """令和7年度 市民体育館 事業計画
教室名,対象,回数,時期
健康体操,60歳以上,月3回,
幼児体操教室,年中・年長児,全10回,9月～12月
ジュニア卓球教室,小学生,全12回,6月～8月
バドミントン大会,市民,年2回,
"""


def _calendar(table: Path, folder: Path, seed: int = 0, year: int = 2024) -> tuple[Prepared, Schedule]:
    """Read a table, write its plan, and date it, as `read -o` and `solve` do."""
    published, target = read_published(table), folder / "plan.yaml"
    target.write_text(skeleton(published, published.year or FiscalYear(year), target), encoding="utf-8")
    case = prepare(target)
    answer = solve(case.problem, Options(limit_s=60, tuning=Tuning(seed=seed, workers=1)))
    assert answer.schedule is not None
    share = regularity(case.problem, answer.schedule).share
    if TOOL.exists() and share is not None:
        assert f"{float(100 * share):.1f}" == f"{counted(case.problem, answer.schedule, folder):.1f}"
    return case, answer.schedule


@pytest.mark.parametrize("name", ["01_shimojo", "04_sagamihara", "07_itako", "09_yomitan", "14_hakuba"])
def test_the_calendar_of_a_real_table_is_as_regular_as_those_published(name: str, tmp_path: Path) -> None:
    (table,) = PLANS.glob(f"{name}*.csv")
    case, schedule = _calendar(table, tmp_path)
    share = regularity(case.problem, schedule).share
    assert share is not None
    assert share >= OFTEN


@pytest.mark.parametrize("seed", range(1, 6))
def test_so_are_two_courses_whatever_the_seed(seed: int, tmp_path: Path) -> None:
    """In 令和8年度: of five months one has two of six sessions, and an avoided day may move another."""
    case, schedule = _calendar(PLANS / "07_itako_kominkan.csv", tmp_path, seed, 2026)
    share = regularity(case.problem, schedule).share
    assert share is not None
    assert share >= OFTEN


@pytest.mark.parametrize("text", [HEALTH, LIBRARY, GYM], ids=["health centre", "library", "gym"])
def test_so_is_that_of_another_body(text: str, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(text, encoding="utf-8")
    case, schedule = _calendar(table, tmp_path)
    found = regularity(case.problem, schedule)
    assert found.share is not None
    assert found.share >= OFTEN
    for series in case.problem.series:  # what a planner would change at sight
        days = [session.day for session in schedule.of_series([series])]
        assert all(day.weekday() > 4 for day in days) or not series.name.endswith(("まつり", "大会"))
        assert all(day.weekday() < 5 for day in days) or "健診" not in series.name


def test_a_course_of_six_from_may_to_september_meets_in_each_of_its_months(tmp_path: Path) -> None:
    case, schedule = _calendar(PLANS / "07_itako_kominkan.csv", tmp_path)
    for series, months in zip(case.problem.series, ({5, 6, 7, 8, 9}, {10, 11, 12, 1, 2}), strict=False):
        sessions = schedule.of_series([series])
        assert {session.day.month for session in sessions} == months
        assert len({(session.day.weekday(), session.start) for session in sessions}) == 1
        assert all((b.day - a.day).days >= 7 for a, b in pairwise(sessions))
