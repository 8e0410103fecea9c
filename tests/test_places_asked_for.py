"""What is asked of usual places before all sessions are dated: guests, turns, and a few families alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.calendar import FiscalYear
from ksolve.problem import Problem, Tier
from ksolve.problem.patterns import Cell
from ksolve.solver import Options, Verdict, solve
from ksolve.solver.answer import Source, Step
from ksolve.solver.model.choosing import Chosen
from ksolve.solver.model.master import Master
from ksolve.solver.search.fitting import Fitting
from ksolve.solver.search.goals import Goals
from ksolve.solver.search.interrupting import listening
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.proving import Proving
from ksolve.solver.search.run import Status, run
from tiny import tiny

GUESTS = """
centre:
  calendar: {open: {火: "9:00-17:00", 木: "9:00-17:00", 金: "9:00-17:00"}}
  rooms: [{id: one, name: 一室}, {id: two, name: 二室}]
  sessions:
    - {id: small, minutes: 60, starts: ["10:00"], rooms: one}
    - {id: large, minutes: 60, starts: ["10:00"], rooms: two}
  audiences: [{id: twins, name: 双子の親子, apart: day}]
rules:
  - {rule: steady_pattern, tier: pattern}
programmes:
  - {id: host, name: つどい, frequency: 年2回, session: large, audiences: [twins]}
  - {id: guest, name: クラブ, frequency: 年6回, session: small, audiences: [twins],
     together: {with: host, sessions: 2}}
"""
"""Two of the guest's six sessions are the host's; else the two are on different days."""

TURNS = """
centre:
  calendar: {open: {火: "9:00-17:00"}}
  rooms: [{id: one, name: 一室}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: one}]
rules: [{rule: steady_pattern, weeks: yes, tier: pattern}]
programmes:
  - {id: young, name: 一歳, frequency: (月1回×5か月)×2グループ, session: hour, in_turn: yes}
  - {id: older, name: 二歳, frequency: (月1回×5か月)×2グループ, session: hour, in_turn: yes}
"""
"""Four groups on Tuesdays; few months have a fifth, and no five of these follow one another."""

TALK = """
centre:
  calendar: {open: {火: "9:00-17:00"}}
  rooms: [{id: one, name: 一室, closed: [{days: 6/11}]}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: one}]
rules: [{rule: steady_pattern, weeks: yes, tier: pattern}]
programmes: [{id: talk, name: 相談, frequency: 月1回, session: hour}]
"""

_TUESDAYS = frozenset((day, 600) for day in FiscalYear(2024).days if day.weekday() == 1)
_SECONDS = frozenset((day, start) for day, start in _TUESDAYS if 8 <= day.day <= 14)
_THIRDS = frozenset((day, start) for day, start in _TUESDAYS if 15 <= day.day <= 21)
_TALK = frozenset({"talk"})


def _chosen(problem: Problem) -> tuple[Master, Chosen]:
    master = Master(problem)
    master.build()
    master.prefer_anew(0, by_chance=False)
    ended = run(master.cp, Options().tuning, 20, lambda _values, _bound: None)
    assert ended.status is Status.OPTIMAL
    assert ended.values is not None
    return master, master.choice(ended.values)


def test_a_guest_of_some_sessions_has_a_place_where_its_host_has_one(tmp_path: Path) -> None:
    """By themselves their audience would keep them on different weekdays."""
    problem = tiny(tmp_path, GUESTS).problem
    _, choice = _chosen(problem)
    ((host,), (guest,)) = choice.columns.values()
    assert (host.pattern.weekday, host.start) == (guest.pattern.weekday, guest.start)
    goal = solve(problem, Options(limit_s=30, steps=(Step.PATTERNS,)), lambda _: None)
    assert goal.verdict is Verdict.OPTIMAL
    assert sum(tier.value for tier in goal.tiers) == 0


def test_groups_in_turn_have_places_in_as_many_months_in_a_row_as_they_meet(tmp_path: Path) -> None:
    """Fifth weeks and the middle of the month would be chosen before the first and the fourth."""
    problem = tiny(tmp_path, TURNS).problem
    _, choice = _chosen(problem)
    weeks = [column.pattern.weeks for columns in choice.columns.values() for column in columns]
    assert sorted(week for mine in weeks for week in mine or ()) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("frequency", "kept", "wide", "least"),
    [
        ("月1回", _THIRDS, set(), 0),  # each month has a third Tuesday
        ("月1回", _SECONDS, {_TALK}, 0),  # in June the room is closed on the second; on others it fits
        ("月2回", _TUESDAYS, set(), 12),  # one week of the month has twelve of the 24
        ("月2回", _THIRDS, {_TALK}, 12),  # ... and the others are not among these
    ],
)
def test_a_family_is_freed_from_its_place_only_where_it_does_not_fit(
    frequency: str, kept: frozenset[Cell], wide: set[frozenset[str]], least: int, tmp_path: Path
) -> None:
    problem = tiny(tmp_path, TALK.replace("月1回", frequency)).problem
    with listening() as stop:
        ledger = Ledger(problem, Options(limit_s=60), lambda _: None, stop)
        master, choice = _chosen(problem)
        goals = Goals(problem, master.cells)
        fitting = Fitting(ledger, goals, Proving(ledger, goals, ()), ())
        changed = fitting.fit(choice.columns, {"talk": kept})
    assert fitting.wide == wide
    assert fitting.short == set()
    assert goals.bounds[Tier.PATTERN] == least
    assert changed == bool(wide or least)


def test_what_is_left_to_a_family_is_not_asked_before_every_rule_is_posted(tmp_path: Path) -> None:
    """Koganei was searched for a while with every date of the year open to all.

    Of the second Tuesdays the room is closed on 11 June, and 11 February is a holiday.
    """
    master = Master(tiny(tmp_path, TALK).problem)
    with pytest.raises(RuntimeError, match="before every rule"):
        _ = master.cells
    master.build()
    assert {day.month for day, _ in master.cells["talk"] if 8 <= day.day <= 14} == set(range(1, 13)) - {2, 6}


def test_wishes_of_a_family_that_cannot_all_be_met_are_proven_by_the_family_alone(tmp_path: Path) -> None:
    """Only third Tuesdays have the room in every month, and that of October is to be avoided.

    Each wish alone costs nothing. Together, the days to avoid first, one session is off its place.
    """
    text = TALK.replace("{days: 6/11}", "{days: 6/11}, {days: 7/2}, {days: 9/24}").replace(
        "tier: pattern}]", 'tier: pattern}, {rule: quiet_days, days: ["10/15"], tier: quiet}]'
    )
    answer = solve(tiny(tmp_path, text).problem, Options(limit_s=30, steps=(Step.PATTERNS,)), lambda _: None)
    assert answer.verdict is Verdict.OPTIMAL
    costing = [(tier.tier, tier.value, tier.bound, tier.source) for tier in answer.tiers if tier.value]
    assert costing == [(Tier.PATTERN, 1, 1, Source.SERIES)]
