"""A few families at a time: placed one after the other, then dated anew with those in their way."""

from __future__ import annotations

from pathlib import Path

from ksolve.checker import check
from ksolve.problem import Problem, Tier
from ksolve.solver import Options, Verdict, solve
from ksolve.solver.answer import Answer, Step
from ksolve.solver.search.groups import Groups
from tiny import THREE_IN_ONE_ROOM, tiny

TWO_ROOMS = """
centre:
  calendar: {open: {火: "9:00-12:00"}}
  rooms: [{id: one, name: 一室}, {id: two, name: 二室}]
  sessions:
    - {id: here, minutes: 60, starts: ["10:00", "11:00"], rooms: one}
    - {id: there, minutes: 60, starts: ["10:00"], rooms: two}
wishes: {usual_place: 1}
programmes:
  - {id: a, name: 甲, frequency: 月1回, session: here}
  - {id: b, name: 乙, frequency: 月1回, session: here}
  - {id: c, name: 丙, frequency: 月1回, session: there}
"""


def searched(problem: Problem, *steps: Step) -> Answer:
    """Return what some steps find."""
    answer = solve(problem, Options(limit_s=60, steps=steps), lambda _: None)
    assert answer.schedule is None or not check(problem.hard, answer.schedule)
    return answer


def test_the_optimum_is_found_by_few_families_at_a_time_where_not_all_have_their_place(
    tmp_path: Path,
) -> None:
    problem = tiny(tmp_path, THREE_IN_ONE_ROOM).problem
    assert searched(problem, Step.PATTERNS).verdict is Verdict.UNKNOWN  # the goal is out of reach
    answer = searched(problem, Step.PATTERNS, Step.FITTING, Step.REARRANGING)
    assert answer.verdict is Verdict.OPTIMAL
    assert {tier.tier: tier.value for tier in answer.tiers if tier.value} == {Tier.PATTERN: 1}


def test_from_any_schedule_those_who_pay_come_to_the_optimum(tmp_path: Path) -> None:
    """No patterns are chosen and nobody is placed: what any schedule costs is taken back step by step."""
    problem = tiny(tmp_path, THREE_IN_ONE_ROOM).problem
    answer = searched(problem, Step.ANY, Step.REARRANGING)
    assert answer.verdict is Verdict.OPTIMAL
    assert {tier.tier: tier.value for tier in answer.tiers if tier.value} == {Tier.PATTERN: 1}


def test_who_holds_a_wanted_place_of_the_same_room_is_near(tmp_path: Path) -> None:
    problem = tiny(tmp_path, TWO_ROOMS).problem
    names = {one.programme: one.id for one in problem.series}
    groups = Groups(problem, ())
    days = [day for day in problem.year.days if day.weekday() == 1]
    held = {names["b"]: frozenset({(days[0], 600)}), names["c"]: frozenset({(days[0], 600)})}
    mine = frozenset({names["a"]})
    wants = {names["a"]: frozenset({(days[0], 600), (days[1], 600)})}
    assert groups.near(mine, wants, held, 3) == {names["b"]}  # the other is in the other room
    later = {names["a"]: frozenset({(days[0], 660)})}
    assert groups.near(mine, later, held, 3) == frozenset()  # an hour later nobody is in the way
