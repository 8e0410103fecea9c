"""Whom the usual wishes concern, from the table under *Wishes* in docs/plan.md: the plain cases of it.

Plain is a programme that is held so many times a year (年4回), whose months nothing names, which is held with
no other, in a plan that states no rules. What the page leaves to the case (marks, windows, courses, guests,
visits) is not said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from oracle.plan import Plan, Series, weekday_set

NAMES = (
    "quiet_days",
    "usual_place",
    "weekly_rhythm",
    "even_pace",
    "mid_month",
    "even_visits",
    "level_weeks",
    "level_load",
    "same_staff",
    "share_work",
)
"""The wishes of the table."""
WEIGHED_AS = {"steady_pattern": "usual_place"}
"""What keeps one start where a usual place is not asked for, and whose weight it has."""


def concerned(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield each wish with a series that it concerns."""
    guests = {programme["id"] for programme in plan.given["programmes"] if "together" in programme}
    for programme in plan.given["programmes"]:
        if programme["id"] in guests:
            continue
        for part in programme.get("components") or [{}]:
            node = {**programme, **part}
            for series in plan.series.values():
                is_mine = (series.programme, series.component) == (programme["id"], part.get("id", ""))
                if is_mine and not series.id.endswith("-reserve"):
                    yield from ((wish, series.id) for wish in _wishes(plan, series, node))


def _wishes(plan: Plan, series: Series, node: Mapping[str, Any]) -> Iterator[str]:
    yield "level_weeks"
    if not node["frequency"].startswith("毎月第"):
        yield "quiet_days"
    yearly = re.fullmatch(r"年(\d+)回(×\d+グループ)?", node["frequency"])
    if yearly and int(yearly[1]) > 1 and series.kind.get("staff"):  # one session has one team anyway
        yield "same_staff"
    for pool in series.kind.get("staff", {}):
        if sum(unit.pool == pool for unit in plan.units.values()) > 1:
            yield "share_work"
    if yearly and not {"months", "marks", "windows"} & set(node):
        number = int(yearly[1])
        if number <= 3:
            yield "mid_month"
        is_often = number > 3 * _months_open(plan, series)
        if is_often:
            yield "weekly_rhythm"
        if number >= 2 and not is_often:
            yield "even_pace"
        if number >= 4 and not is_often:
            yield "usual_place"


def _months_open(plan: Plan, series: Series) -> int:
    """How many months have an open day on which a series can be held."""
    counted = weekday_set(series.kind)
    return len({day.month for day in plan.open_days if day.weekday() in counted})
