"""A session that is pinned in two rooms of one pool has both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from ksolve import api
from ksolve.checker import check
from ksolve.problem import Posted
from ksolve.problem.schedule import Schedule
from ksolve.rules.pinned import Pinned
from ksolve.solver import Options, Tuning

PLAN = """\
schema: 1
id: x
title: t
year: 令和6年度
wishes: none
resources:
  schema: 1
  calendar: {open: {月-金: "9:00-17:00"}}
  rooms: [{id: one, name: 一室}, {id: two, name: 二室, count: 2}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: [one, two], more_rooms: [[one, two]]}]
programmes:
  - {id: a, name: 教室, frequency: 年1回, session: hour, months: 6月}
"""


def test_a_session_pinned_in_two_rooms_of_a_pool_is_held_in_both_and_one_of_them_is_not_enough(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    problem = api.prepare(path).problem
    pinned = Pinned(day=date(2024, 6, 4), start=600, named=("二室1", "二室2"))
    series = problem.series[0]
    problem = replace(problem, rules=(*problem.rules, Posted(pinned, (series,), series.name)))
    found = api.solve(problem, Options(5, Tuning(workers=1))).schedule
    assert found is not None
    assert [(one.day, sorted(one.rooms)) for one in found.sessions] == [
        (date(2024, 6, 4), ["二室1", "二室2"])
    ]
    one_of_them = Schedule((replace(found.sessions[0], rooms=("一室", "二室1")),))
    assert [fault.rule for fault in check(problem, one_of_them)] == ["pinned"]
