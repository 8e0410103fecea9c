"""Countings: what decides is true of every schedule, and the smallest set is the one that is said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from ksolve.api import prepare
from ksolve.explain.conflict import Conflict
from ksolve.explain.counting import Tally, tallies
from ksolve.explain.elements import Subject
from ksolve.plan import load
from ksolve.rules.fixed_pattern import FixedPattern
from test_oracle import MOST, _datings, _size, plans
from tiny import holding, write_plan

HOUR = {"id": "hour", "minutes": "60", "starts": "10:00"}


def _tallies(path: Path) -> tuple[Tally, ...]:
    """Count over everything that a plan states, as if it were one conflict."""
    subject = Subject(load(path))
    return tallies(subject, Conflict(subject.elements, minimal=False))


def _said(folder: Path, kind: dict[str, Any], *programmes: dict[str, Any], **more: Any) -> Tally:
    calendar = {"open": {"月-金": "9:00-17:00"}}
    rules = more.pop("rules", [])
    centre = {"calendar": calendar, "sessions": [{**HOUR, **kind}], **more}
    given_plan = {"programmes": programmes, "centre": centre, "rules": rules}
    return _tallies(write_plan(folder, given_plan))[0]


def _programme(name: str, frequency: str, months: str = "6月", **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "frequency": frequency, "session": "hour", "months": months, **more}


@settings(max_examples=30)
@given(plans(), st.integers(1, 4))
def test_a_counting_that_decides_has_no_schedule(plan: dict[str, Any], times: int) -> None:
    """Every dating of a small plan is tried in plain Python; `times` makes plans tight."""
    for programme in plan["programmes"]:
        programme["frequency"] = f"年{min(5, int(programme['frequency'][1]) * times)}回"
    with TemporaryDirectory() as folder:
        path = write_plan(Path(folder), plan)
        deciding = [tally for tally in _tallies(path) if tally.decides]
        assume(deciding)
        problem = prepare(path).problem
    assume(_size(problem, plan) <= MOST)
    assert not any(holding(problem, dating) for dating in _datings(problem, plan)), deciding[0].text.en


def test_the_smallest_set_is_said_and_not_the_first(tmp_path: Path) -> None:
    # four programmes in one room over June (20 weekdays) need 24; two of them may only be on the
    # four Mondays and need 5
    monday = [{"rule": "weekdays", "weekdays": "月"}]
    tally = _said(
        tmp_path,
        {"rooms": "room"},
        _programme("a", "年10回"),
        _programme("b", "年9回"),
        _programme("c", "年3回", rules=monday),
        _programme("d", "年2回", rules=monday),
        rooms=[{"id": "room", "name": "部屋"}],
    )
    assert (tally.programmes, tally.days) == (("c", "d"), 4)
    assert (tally.needs, tally.has) == (5, 4)


def test_one_month_is_said_where_every_month_is_short(tmp_path: Path) -> None:
    staff = [{"id": "pool", "name": "職員", "absent": [{"days": "9/2〜11/30"}]}]
    tally = _said(tmp_path, {"staff": {"pool": "1"}}, _programme("a", "月1回", "4月～3月"), staff=staff)
    # the first of September 2024 is a Sunday: no day is left in September, October or November
    assert (tally.needs, tally.has) == (1, 0)
    assert tally.text.ja.startswith("a: 9月に1回必要。30日のうち使えない日は 職員がいない日")


@pytest.mark.parametrize(
    ("apart", "has", "note"),
    [
        ("day", 20, "同じ日に二つは行わない"),  # weekdays of June 2024
        ("week", 4, "同じ週に二つは行わない"),  # its weeks, from the 3rd to the 28th
        ("moment", 40, "同じ時刻に二つは行わない"),  # two starts on each day
    ],
)
def test_an_audience_against_its_days_weeks_and_moments(
    tmp_path: Path, apart: str, has: int, note: str
) -> None:
    audiences = [{"id": "oyako", "name": "親子", "apart": apart}]
    kind = {"audiences": ["oyako"], "starts": ["10:00", "13:00"], "per_day": "2"}
    half = has // 2
    both = [_programme("a", f"年{half}回"), _programme("b", f"年{half + 1}回")]
    tally = _said(tmp_path, kind, *both, audiences=audiences)
    assert (tally.needs, tally.has) == (has + 1, has)
    assert note in tally.text.ja


def test_two_rooms_that_may_stand_in_for_one_another(tmp_path: Path) -> None:
    # either of two rooms, 20 days: 40; a needs the first alone, b either
    rooms = [{"id": "one", "name": "一室"}, {"id": "two", "name": "二室"}]
    kinds = [{**HOUR, "rooms": "one"}, {**HOUR, "id": "either", "rooms": ["one", "two"]}]
    programmes = [
        _programme("a", "年19回"),
        {**_programme("b", "年20回"), "session": "either"},
        {**_programme("c", "年2回"), "session": "either"},
    ]
    centre = {"calendar": {"open": {"月-金": "9:00-17:00"}}, "rooms": rooms, "sessions": kinds}
    tally = _tallies(write_plan(tmp_path, {"programmes": programmes, "centre": centre}))[0]
    assert (tally.needs, tally.has) == (41, 40)
    assert tally.text.ja.startswith("一室・二室: ")


def test_members_taken_two_at_a_time(tmp_path: Path) -> None:
    # three members, two starts, each session takes two: 6 places a day, 5 Wednesdays in October
    kind = {"staff": {"pool": "2"}, "starts": ["10:00", "13:00"], "per_day": "2", "weekdays": "水"}
    both = [_programme("a", "年8回", "10月"), _programme("b", "年8回", "10月")]
    tally = _said(tmp_path, kind, *both, staff=[{"id": "pool", "name": "職員", "count": "3"}])
    assert (tally.needs, tally.has) == (32, 30)
    assert "a 10月に8回×2 + b 10月に8回×2 で32回分必要" in tally.text.ja


@pytest.mark.parametrize(
    ("rule", "frequency", "needs", "has"),
    [
        ({"rule": "most", "sessions": "1", "per": "week"}, "年5回", 5, 4),
        ({"rule": "most", "sessions": "3", "per": "month"}, "年4回", 4, 3),
        ({"rule": "most_use", "of": "room", "sessions": "2", "per": "week"}, "年9回", 9, 8),
        ({"rule": "min_gap", "days": "14"}, "年3回", 3, 2),
    ],
)
def test_limits_and_gaps(tmp_path: Path, rule: dict[str, Any], frequency: str, needs: int, has: int) -> None:
    rooms = [{"id": "room", "name": "部屋"}]
    tally = _said(tmp_path, {"rooms": "room"}, _programme("a", frequency), rooms=rooms, rules=[rule])
    assert (tally.needs, tally.has) == (needs, has)


def test_most_of_the_shipped_cases_are_decided_by_counting_alone() -> None:
    """Not the order of two programmes, nor that two are held together: there is nothing to count."""
    undecided = set()
    for path in sorted((ROOT / "scenarios" / "infeasible").glob("*.yaml")):
        if not any(tally.decides for tally in _tallies(path)):
            undecided.add(path.stem)
    assert undecided == {"order", "together"}


def test_the_sum_can_be_redone_from_what_is_printed(tmp_path: Path) -> None:
    staff = [{"id": "pool", "name": "職員", "count": "2", "absent": [{"days": "6/10", "count": "1"}]}]
    kind = {"staff": {"pool": "1"}, "weekdays": "月"}
    three = [_programme(name, "年3回") for name in "abc"]
    tally = _said(tmp_path, kind, *three, staff=staff)
    # four Mondays, on one of which one of the two members is away
    assert "多くて 3日×2回分+1日×1回分=7回分" in tally.text.ja
    assert (tally.needs, tally.has) == (9, 7)


def test_sessions_that_may_be_the_same_are_not_summed(tmp_path: Path) -> None:
    # 年20回 and, of them, so many in a month: 20 days suffice
    rules = [{"rule": "count", "low": "20", "months": "6月", "programmes": "a"}]
    tally = _said(tmp_path, {}, _programme("a", "年20回"), rules=rules)
    assert not tally.decides


def test_the_dates_of_a_pattern_are_those_of_its_check(tmp_path: Path) -> None:
    plan = {"programmes": [{"id": "a", "name": "a", "frequency": "毎月第2月曜日", "session": "hour"}]}
    centre = {"calendar": {"open": {"月-金": "9:00-17:00"}}, "sessions": [HOUR]}
    problem = prepare(write_plan(tmp_path, {**plan, "centre": centre})).problem
    rule = next(p.rule for p in problem.rules if isinstance(p.rule, FixedPattern))
    assert Counter(day.month for day in rule.dates(problem.calendar)) == Counter(range(1, 13))
