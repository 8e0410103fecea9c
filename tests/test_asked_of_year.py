"""What a frequency asks of this year: months, exclusions and closures are heeded by all who ask.

Counted out on a calendar by hand. In 令和6年度 (2024-04-01, a Monday, to 2025-03-31) there are 52
Wednesdays, of which one, 2025-01-01, is a holiday, and 53 Mondays, of which ten are.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from ortools.sat.python import cp_model

from ksolve.expand.asked_of_year import asked_of_part
from ksolve.expand.series import parts_of
from ksolve.solver import Options, Verdict
from ksolve.solver.model import Model
from ksolve.verified import solve
from tiny import tiny


def _dates(folder: Path, plan: str) -> dict[str, list[str]]:
    """The dates of each series in a schedule that costs nothing."""
    answer = solve(tiny(folder, plan).problem, Options(limit_s=20))
    assert answer.verdict is Verdict.OPTIMAL
    assert answer.schedule is not None
    assert not any(tier.value for tier in answer.tiers)
    dates = defaultdict[str, list[str]](list)
    for session in answer.schedule.sessions:
        dates[session.series].append(session.day.isoformat())
    return dates


GUEST = """
programmes:
  - {id: a, name: 教室, frequency: '%s', session: hour, together: [{with: b}]%s}
  - {id: b, name: 相談, frequency: '%s', session: hour}
"""


@pytest.mark.parametrize(
    ("guest", "months", "host", "held"),
    [
        ("月1回", ", months: 5月・6月", "月1回", 2),
        ("毎週水曜日", "", "毎週水曜日", 51),
        ("年2～3回", "", "年3回", 2),
        ("月1回(8月を除く)", "", "月1回", 11),
    ],
)
def test_all_sessions_are_held_together_however_many_the_year_has(
    guest: str, months: str, host: str, held: int, tmp_path: Path
) -> None:
    dates = _dates(tmp_path, GUEST % (guest, months, host))
    assert len(dates["a"]) >= held
    assert set(dates["a"]) <= set(dates["b"])


def test_a_fifth_friday_is_held_together_where_a_month_has_one(tmp_path: Path) -> None:
    dates = _dates(tmp_path, GUEST % ("第5金曜日", "", "毎週金曜日"))
    assert dates["a"] == ["2024-05-31", "2024-08-30", "2024-11-29", "2025-01-31"]


def test_components_with_months_of_their_own_add_up_to_the_whole_year(tmp_path: Path) -> None:
    plan = """
programmes:
  - id: p
    name: 講座
    frequency: 年12回
    session: hour
    components:
      - {id: a, name: 前期, frequency: 月1回, months: 4月～9月}
      - {id: b, name: 後期, frequency: 月1回, months: 10月～3月}
"""
    dates = _dates(tmp_path, plan)
    assert len(dates["p.a"]) == len(dates["p.b"]) == 6


def test_every_wednesday_is_as_many_as_its_components_have_in_a_year_with_a_closed_one(
    tmp_path: Path,
) -> None:
    plan = """
programmes:
  - id: p
    name: 講座
    frequency: 毎週水曜日
    session: hour
    components:
      - {id: a, name: 奇数週, frequency: 第1・3・5水曜日(祝日の場合は休み)}
      - {id: b, name: 偶数週, frequency: 第2・4水曜日}
"""
    dates = _dates(tmp_path, plan)
    assert len(dates["p.a"]) + len(dates["p.b"]) == 51


@pytest.mark.parametrize(
    ("frequency", "months"),
    [("月1回", ", months: 5月・6月"), ("年4～6回", ""), ("年11回", "")],
)
def test_a_perfect_pace_costs_nothing(frequency: str, months: str, tmp_path: Path) -> None:
    """Eleven in eleven months, as August is closed."""
    plan = f"""
programmes:
  - {{id: a, name: 教室, frequency: "{frequency}", session: hour{months}, rules: [{{rule: even_pace}}]}}
centre:
  calendar: {{open: {{月-金: '9:00-17:00'}}, closed: [{{days: 8/1〜8/31, why: 工事}}]}}
"""
    months_held = {day[5:7] for day in _dates(tmp_path, plan)["a"]}
    assert "08" not in months_held


OPEN = "centre: {calendar: {open: {月-日: '9:00-17:00'}, holidays: open}}"
MONDAYS = (
    "2024-04-08 2024-05-13 2024-06-10 2024-07-08 2024-08-19 2024-09-09 "
    "2024-10-21 2024-11-11 2024-12-09 2025-01-20 2025-02-10 2025-03-10"
)


@pytest.mark.parametrize(
    ("frequency", "days"),
    [
        ("毎週水曜日(7/10〜8/20)", "2024-07-10 2024-07-17 2024-07-24 2024-07-31 2024-08-07 2024-08-14"),
        ("第2月曜日(祝日の場合は翌週)", MONDAYS),
        (
            "8月～10月第2月曜日(祝日の場合は翌日)",
            "2024-08-13 2024-09-09 2024-10-15",
        ),
        ("8月～10月第2月曜日(祝日を除く)", "2024-09-09"),
    ],
)
def test_a_centre_that_opens_on_holidays_holds_what_leaves_them_out(
    frequency: str, days: str, tmp_path: Path
) -> None:
    plan = f"programmes: [{{id: a, name: 教室, frequency: '{frequency}', session: hour}}]\n{OPEN}"
    assert _dates(tmp_path, plan)["a"] == days.split()


@pytest.mark.parametrize(
    ("frequency", "low", "high"),
    [
        ("毎週月曜日(祝日を除く)", 43, 43),
        ("毎週水曜日", 52, 52),
        ("毎週水曜日(8月を除く)", 48, 48),
        ("週1回(7/10〜8/20)", 7, 7),
        ("月1～2回", 12, 24),
        ("月1回×5か月", 5, 5),
        ("年6回以上", 6, None),
        ("年3回(各学期1回)", 3, 3),
        ("第5金曜日", 4, 4),
        ("偶数月最終火曜日", 6, 6),
        ("5月・8月・11月", 3, 3),
        ("2か月に1回", 6, 6),
        ("4月又は5月に1回", 1, 1),
    ],
)
def test_a_schedule_has_what_is_asked_of_the_year(
    frequency: str, low: int, high: int | None, tmp_path: Path
) -> None:
    """The fewest sessions that the rules of the frequency let a schedule have are those asked."""
    case = tiny(
        tmp_path, f"programmes: [{{id: a, name: 教室, frequency: '{frequency}', session: hour}}]\n{OPEN}"
    )
    (part,) = parts_of(case.plan)
    asked = asked_of_part(part, case.problem.calendar)
    assert (asked.low, asked.high) == (low, high)
    model = Model(case.problem)
    model.build()
    model.cp.minimize(sum(model.at["a"].values()))
    solver = cp_model.CpSolver()
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    assert solver.objective_value == low
