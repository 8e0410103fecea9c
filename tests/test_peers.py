"""The benchmark's peers solve the same problem: the same optimum, and schedules that the checker passes."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from instances import instance
from peers import way
from peers.occurrence import sessions
from peers.outcome import Step, cost_of
from solving import Row as Measured
from solving import measured, with_table

from ksolve.solver.model import Model
from ksolve.solver.model.linear import NotLinearError, Row, rows
from tiny import tiny

PLAN = """
programmes:
  - {id: a, name: 甲, frequency: 年3回, session: hour}
  - {id: b, name: 乙, frequency: 年3～4回, session: hour, together: [{with: a, sessions: 1}]}
rules:
  - {rule: in_dates, days: [4/1, 4/9, 5/15], programmes: a}
  - {rule: in_dates, days: [4/1, 5/13, 5/14, 6/3], programmes: b}
  - {rule: steady_pattern, programmes: a, tier: pattern}
centre:
  rooms: [{id: room, name: 部屋}]
  sessions: [{id: hour, minutes: '60', starts: ['10:00', '13:00'], rooms: room}]
"""
PACKAGES = {"highs": "highspy", "cpmpy": "cpmpy"}


@pytest.mark.parametrize("name", ["ksolve", "series", "occurrence", "highs", "cpmpy"])
def test_every_way_finds_the_same_optimum(name: str, tmp_path: Path) -> None:
    if find_spec(PACKAGES.get(name, "ksolve")) is None:
        pytest.skip("needs the extra [bench]")
    problem = tiny(tmp_path, PLAN).problem
    steps: list[float] = []
    outcome = way(name)(problem, 20, 0, lambda cost, _bound: steps.append(cost))
    # a Monday, a Tuesday and a Wednesday: two sessions are off the usual weekday, 3 each in the weighted sum
    assert outcome.schedule is not None
    assert (outcome.verdict, cost_of(problem, outcome.schedule), steps[-1]) == ("optimal", 6, 6)


def test_a_set_of_literals_for_each_session_that_the_counts_allow(tmp_path: Path) -> None:
    assert sessions(tiny(tmp_path, PLAN).problem) == {"a": (3, 3), "b": (3, 4)}
    counts = sessions(instance("koganei"))
    # 247 of the six in the hiroba, less 48 to 60, 12, 12, 4 and 1 of the others
    assert counts["hiroba.asobi"] == (247 - 89, 247 - 77)
    assert sum(low == high for low, high in counts.values()) == len(counts) - 3


def test_implications_and_negated_literals_become_rows(tmp_path: Path) -> None:
    model = Model(tiny(tmp_path, PLAN).problem)
    x, y = model.cp.new_bool_var(""), model.cp.new_bool_var("")
    model.cp.add_implication(x, y)
    model.cp.add_at_most_one([x, ~y])
    # y or not x: y - x >= 0; x + (1 - y) <= 1: x - y <= 0
    assert list(rows(model.cp)) == [
        Row([x.index, y.index], [-1, 1], 0, None),
        Row([x.index, y.index], [1, -1], None, 0),
    ]
    model.cp.add(x + y == 1).only_enforce_if(x)
    with pytest.raises(NotLinearError):
        list(rows(model.cp))


def test_a_run_tells_its_steps_and_its_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    problem = tiny(tmp_path, PLAN).problem
    monkeypatch.setattr("solving.instance", lambda _name, _seed: problem)
    row = measured("tiny", "ksolve", 20, 0)
    assert (row.verdict, row.cost, row.tiers) == ("optimal", 6, {"PATTERN": (2, 2)})
    assert row.steps
    assert row.as_good_s(6) == next(step.seconds for step in row.steps if step.cost == 6)
    assert row.as_good_s(5) is None
    assert row.peak_mib is not None
    assert row.peak_mib > 10


def test_what_was_measured_stands_between_the_marks_of_a_document_with_its_ratios() -> None:
    ours = Measured("koganei", "ksolve", "optimal", 0, None, 2.0, cost=0, steps=[Step(1.0, 0, None)])
    peer = Measured("koganei", "series", "optimal", 0, 0.5, 20.0, cost=0, steps=[Step(15.0, 0, None)])
    document = "Before\n<!-- solving: begin -->\nold\n<!-- solving: end -->\nAfter\n"
    written = with_table(document, "today", [ours, peer])
    assert written.startswith("Before\n<!-- solving: begin -->\ntoday:\n\n| instance | way |")
    assert "| 1.0 s (15.0 times), proven 10.0 times faster |" in written
    assert written.endswith("<!-- solving: end -->\nAfter\n")
    assert "old" not in written
    with pytest.raises(ValueError, match="solving: begin"):
        with_table("no marks", "today", [ours])


def test_who_is_named_is_no_part_of_the_cost_that_is_compared(tmp_path: Path) -> None:
    """Nobody but ksolve names people by wish, and it does so when the dates are there."""
    people = PLAN.replace(
        "centre:\n", "centre:\n  staff: [{id: all, name: 職員, members: [{name: 春}, {name: 夏}]}]\n"
    )
    people = people.replace("rooms: room}", "rooms: room, staff: {all: '1'}}")
    people = people.replace("tier: pattern}", "tier: pattern}\n  - {rule: share_work, of: all, percent: 100}")
    problem = tiny(tmp_path, people).problem
    outcome = way("series")(problem, 20, 0, lambda _cost, _bound: None)
    assert outcome.schedule is not None
    assert cost_of(problem, outcome.schedule) == 6
