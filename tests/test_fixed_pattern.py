"""Where a fixed pattern puts sessions whose day is closed: dates counted out on a calendar by hand.

Both readings of the rule could share a mistake that their agreement never shows. 2024-04-01 is a
Monday; the centre is open on weekdays that are no holidays.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ksolve.api import prepare
from ksolve.rules.fixed_pattern import FixedPattern
from ksolve.solver.model import Model
from tiny import write_plan

NEW_YEAR = "12/28〜1/4"
EVEN = "4月・6月・8月・10月・12月・2月"
EVEN_LAST = "2024-04-30 2024-06-25 2024-08-27 2024-10-29 2024-12-24 2025-02-25"

CASES = [
    ("into a month that is not allowed", "火", -1, EVEN, "next_week", [NEW_YEAR], EVEN_LAST),
    ("by days into such a month", "火", -1, "12月・2月", "next_open", [NEW_YEAR], "2024-12-27 2025-02-25"),
    (
        "into the next month, which is allowed",
        "火",
        -1,
        "12月～1月",
        "next_week",
        [NEW_YEAR],
        "2025-01-07 2025-01-28",
    ),
    (
        "by days into an allowed month",
        "火",
        -1,
        "12月～1月",
        "next_open",
        [NEW_YEAR],
        "2025-01-06 2025-01-28",
    ),
    ("the open day before the new year", "火", -1, "12月", "previous_open", [NEW_YEAR], "2024-12-27"),
    ("left out", "火", -1, "12月～1月", "skip", [NEW_YEAR], "2025-01-28"),
    (
        "back into a month that is not allowed",
        "木",
        1,
        "5月・8月",
        "previous_open",
        ["8/1"],
        "2024-05-02 2024-08-02",
    ),
    ("back into an allowed month", "木", 1, "7月～8月", "previous_open", ["8/1"], "2024-07-04 2024-07-31"),
    ("by weeks beyond the end of the year", "月", -1, "3月", "next_week", ["3/31"], "2025-03-24"),
    (
        "by days beyond it, with April allowed",
        "月",
        -1,
        "3月・4月",
        "next_open",
        ["3/31"],
        "2024-04-30 2025-03-28",
    ),
    ("back beyond the beginning of the year", "月", 1, "4月", "previous_open", ["4/1"], "2024-04-02"),
    ("over two holidays, a week apart", "月", -1, "4月～5月", "next_week", [], "2024-05-13 2024-05-27"),
    ("over two closures in a row", "火", 2, "6月", "next_week", ["6/11", "6/18"], "2024-06-25"),
    ("by days over a fortnight", "火", 2, "6月", "next_open", ["6/11〜6/24"], "2024-06-25"),
    ("back over a weekend", "火", 2, "6月", "previous_open", ["6/10〜6/11"], "2024-06-07"),
    (
        "back to the beginning of the month, and on",
        "火",
        2,
        "6月",
        "previous_open",
        ["6/1〜6/20"],
        "2024-06-21",
    ),
    ("on to the end of the month, and back", "火", 2, "6月", "next_open", ["6/11〜6/30"], "2024-06-10"),
    ("by weeks to the end of the month, and back", "火", 2, "6月", "next_week", ["6/11〜6/30"], "2024-06-04"),
    ("in a month without an open day", "火", 2, "6月～7月", "next_week", ["6/1〜7/31"], ""),
    ("a month of closures, the next allowed", "火", 2, "6月～7月", "next_week", ["6/1〜7/9"], "2024-07-16"),
    ("a month without such a weekday", "月", 5, "8月～9月", "next_week", ["9/30"], "2024-09-09"),
]


@pytest.mark.parametrize(
    ("weekday", "nth", "months", "moved", "closed", "dates"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_a_closed_day_moves_as_the_page_says(
    weekday: str, nth: int, months: str, moved: str, closed: list[str], dates: str, tmp_path: Path
) -> None:
    rule = {
        "rule": "fixed_pattern",
        "weekdays": weekday,
        "nths": [str(nth)],
        "months": months,
        "closed": moved,
    }
    programme = {"id": "a", "name": "甲", "frequency": "年6回", "session": "hour", "rules": [rule]}
    calendar = {"open": {"月-金": "9:00-17:00"}, "closed": [{"days": days, "why": "休館"} for days in closed]}
    plan: dict[str, Any] = {"programmes": [programme], "centre": {"calendar": calendar}}
    problem = prepare(write_plan(tmp_path, plan)).problem
    pattern = next(posted.rule for posted in problem.rules if isinstance(posted.rule, FixedPattern))
    assert [day.isoformat() for day in pattern.dates(problem.calendar)] == dates.split()
    model = Model(problem)
    model.build()
    assert [day.isoformat() for day in model.by_day["a"]] == dates.split()
