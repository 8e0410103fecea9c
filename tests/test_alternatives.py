"""A choice of good plans: each is as far as enumeration says one can be, and fewer are proven to be all."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import pytest

from ksolve.alternatives import Choice, End, by_parts, choose
from ksolve.alternatives.by_parts import separable
from ksolve.alternatives.contrast import contrasts
from ksolve.alternatives.seeing import sight
from ksolve.alternatives.table import ending
from ksolve.changes.distance import SCALE, Distance, distance, nearest
from ksolve.checker import check, costs
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver import Farther, Options, TierValue
from ksolve.solver.search import parts
from ksolve.solver.search.farthest import SMALL
from ksolve.verified import accepted, solve
from running import ksolve
from tiny import Cell, cell, holding, tiny

SAME = Fraction(0)
WEEKS = """
centre:
  calendar: {open: {月-火: "9:00-12:00"}, closed: 4/24〜3/31}
  rooms: [{id: room, name: 会議室}]
  sessions: [{id: hour, minutes: 60, starts: "10:00", rooms: room}]
"""
"""Four weeks with a Monday and a Tuesday, one room, and one start."""
DAYS = [cell(f"2024-04-{day:02d} 10:00") for day in (1, 2, 8, 9, 15, 16, 22, 23)]


def plans_of(problem: Problem, counts: dict[str, int]) -> list[Schedule]:
    """Every schedule with so many sessions of each series on the days of WEEKS."""
    choices = [combinations(DAYS, count) for count in counts.values()]
    datings: list[dict[str, tuple[Cell, ...]]] = [
        dict(zip(counts, chosen, strict=True)) for chosen in product(*choices)
    ]
    found = (holding(problem, dating) for dating in datings)
    return [schedule for schedule in found if schedule is not None]


def agrees(problem: Problem, choice: Choice, plans: list[Schedule]) -> None:
    """Each plan of a choice is as far from those before it as any of these, in rhythm and then in dates."""
    for number, plan in enumerate(choice.plans[1:], start=1):
        known = [sight(problem, before.schedule) for before in choice.plans[:number]]
        others = [one for schedule in plans if (one := nearest(known, sight(problem, schedule))).dates]
        most = max(others)
        assert nearest(known, sight(problem, plan.schedule)) == most
        assert (plan.bound, plan.dates_bound) == (most.rhythm, most.dates)
        assert not check(problem, plan.schedule)


@pytest.mark.parametrize("slack", [0, 1])
def test_each_plan_is_as_far_as_enumeration_says(tmp_path: Path, slack: int) -> None:
    case = tiny(
        tmp_path,
        f"""{WEEKS}
programmes:
  - id: kai
    name: 朝の会
    frequency: 年5回
    session: hour
    rules: [{{rule: min_gap, days: 7, tier: spread}}]
  - {{id: sodan, name: 相談, frequency: 年1回, session: hour}}
""",
    )
    problem = case.problem
    plans = plans_of(problem, {"kai": 5, "sodan": 1})
    paid = [sum(costs(problem, schedule).values()) for schedule in plans]
    # five sessions in four weeks: two of one week are a day apart, so the best costs 1 and the slack adds 1
    assert min(paid) == 1
    cheap = [plan for plan, cost in zip(plans, paid, strict=True) if cost <= 1 + slack]
    choice = choose(problem, 4, Fraction(slack), Options(30))
    assert (choice.end, len(choice.plans)) == (End.FULL, 4)
    agrees(problem, choice, cheap)


def test_fewer_plans_than_wanted_are_proven_to_be_all(tmp_path: Path) -> None:
    case = tiny(
        tmp_path,
        f"""{WEEKS}
programmes:
  - {{id: kai, name: 会, frequency: 年4回, session: hour}}
  - {{id: sodan, name: 話, frequency: 年1回, session: hour}}
rules:
  - {{rule: weekdays, weekdays: 月, tier: fit, programmes: kai}}
  - {{rule: in_dates, days: [4/15〜4/23], programmes: sodan}}
""",
    )
    # the Mondays are taken, so the talk is on Tuesday 16 or 23 April
    choice = choose(case.problem, 5, SAME, Options(30))
    assert (choice.end, len(choice.plans)) == (End.EXHAUSTED, 2)
    days = {plan.schedule.by_series["sodan"][0].day.day for plan in choice.plans}
    assert days == {16, 23}


def test_usual_places_lead_as_far_as_the_search_of_all(tmp_path: Path) -> None:
    case = tiny(
        tmp_path,
        """
centre:
  calendar: {open: {月-木: "9:00-12:00"}}
  rooms: [{id: room, name: 会議室}]
  sessions: [{id: hour, minutes: 60, starts: ["9:00", "10:00"], rooms: room}]
programmes:
  - {id: kai, name: 会, frequency: 月1回, session: hour}
  - {id: sodan, name: 相談, frequency: 月1回, session: hour}
  - {id: koza, name: 講座, frequency: 年1回, session: hour}
wishes: usual
""",
    )
    first = solve(case.problem, Options(20))
    assert first.schedule
    known = [(first.schedule, sight(case.problem, first.schedule))]
    limits = {tier.tier: tier.value for tier in first.tiers}
    for small in (0, SMALL):
        found = Farther(case.problem.to_date, limits, Options(20), small).next(known, 20)
        assert found.schedule
        accepted(case.problem, found.schedule, limits)
        # both monthly programmes can be on other weekdays all the year, and neither can be farther
        assert found.apart
        assert found.rhythm >= found.apart.rhythm >= 1.9 * SCALE


def test_a_search_that_ends_too_early_does_not_know(tmp_path: Path) -> None:
    case = tiny(tmp_path, STORY)
    choice = choose(case.problem, 3, SAME, Options(1.0))
    assert (choice.end, len(choice.plans)) == (End.UNKNOWN, 1)
    assert "unknown" in ending(choice).en


def test_rooms_and_groups_by_name_are_no_other_plan(tmp_path: Path) -> None:
    case = tiny(
        tmp_path,
        """
centre:
  calendar: {open: {月-火: "9:00-12:00"}, closed: 4/3〜3/31}
  rooms: [{id: room, name: 会議室, count: 2}]
  sessions: [{id: hour, minutes: 60, starts: "10:00", rooms: room}]
programmes:
  - {id: kai, name: 朝の会, frequency: 年1回×2グループ, session: hour}
rules: [{rule: most, sessions: 1, per: day}]
""",
    )
    # on Monday and on Tuesday a group meets: which of them, and where, nobody sees
    choice = choose(case.problem, 2, SAME, Options(30))
    assert (choice.end, len(choice.plans)) == (End.EXHAUSTED, 1)


def test_a_distance_counts_weekdays_then_places_then_dates(tmp_path: Path) -> None:
    case = tiny(
        tmp_path,
        """
centre: {sessions: [{id: hour, minutes: 60, starts: ["10:00", "13:00"]}]}
programmes: [{id: kai, name: 会, frequency: 年4回, session: hour}]
""",
    )
    first_mondays, second_mondays, afternoons, wednesdays = (
        _held(case.problem, cells)
        for cells in (
            ["2024-04-01 10:00", "2024-06-03 10:00", "2024-07-01 10:00", "2024-09-02 10:00"],
            ["2024-04-08 10:00", "2024-06-10 10:00", "2024-07-08 10:00", "2024-09-09 10:00"],
            ["2024-04-01 13:00", "2024-06-03 13:00", "2024-07-01 13:00", "2024-09-02 10:00"],
            ["2024-04-03 10:00", "2024-06-05 10:00", "2024-07-03 10:00", "2024-09-02 10:00"],
        )
    )
    seen = sight(case.problem, first_mondays)
    assert distance(seen, seen) == Distance(0, 0)
    # four sessions keep the weekday and not the week of the month: half a programme, eight dates in all
    assert distance(seen, sight(case.problem, second_mondays)) == Distance(SCALE // 2, 8)
    # three of four begin later: three eighths
    assert distance(seen, sight(case.problem, afternoons)) == Distance(SCALE * 3 // 8, 6)
    # three of four are on another weekday
    assert distance(seen, sight(case.problem, wednesdays)) == Distance(SCALE * 3 // 4, 6)
    words = contrasts(case.problem, [first_mondays, wednesdays])[0].against(0, 1)
    assert words is not None
    assert words.ja == "会 月曜 ↔ 水曜"


def _held(problem: Problem, cells: list[str]) -> Schedule:
    found = holding(problem, {"kai": [cell(text) for text in cells]})
    assert found
    return found


STORY = f"""{WEEKS}
programmes: [{{id: kai, name: 朝の会, frequency: 年4回, session: hour}}]
rules: [{{rule: min_gap, days: 6}}, {{rule: steady_pattern, weeks: no}}]
"""


def test_the_command_writes_every_plan_and_what_sets_them_apart(tmp_path: Path) -> None:
    tiny(tmp_path, STORY)
    out = tmp_path / "out"
    done = ksolve("alternatives", tmp_path / "plan.yaml", "-k", 2, "-o", out, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert ("朝の会: Mon ↔ Tue" in done.stdout) != ("朝の会: Tue ↔ Mon" in done.stdout)
    assert "2 plans." in done.stdout
    for number in ("1", "2"):
        assert ksolve("check", tmp_path / "plan.yaml", out / number / "schedule.csv").returncode == 0
        assert (out / number / "report.html").exists()
    told = json.loads((out / "alternatives.json").read_text(encoding="utf-8"))
    assert [plan["folder"] for plan in told["plans"]] == ["1", "2"]
    assert told["plans"][1]["bound"]["programmes"] >= told["plans"][1]["distances"][0]["programmes"]
    rows = list(csv.DictReader((out / "alternatives.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0]["plan 1"] != rows[0]["plan 2"]
    again = ksolve("alternatives", tmp_path / "plan.yaml", "-o", out)
    assert again.returncode == 2
    assert f"{out / '1'}: " in again.stderr


APART = """
centre:
  calendar: {open: {月火: "9:00-12:00"}, closed: 4/15〜3/31}
  rooms: [{id: east, name: 東}, {id: west, name: 西}]
  sessions:
    - {id: e, minutes: 60, starts: "10:00", rooms: east}
    - {id: w, minutes: 60, starts: "10:00", rooms: west}
programmes:
  - {id: a, name: 朝の会, frequency: 年1回, session: e}
  - {id: b, name: 昼の会, frequency: 年1回, session: w}
"""
_SPLIT = (
    "from ksolve.cli.commands import alternatives as command\n"
    "of, command.parts = command.parts, lambda problem: of(problem, small=0)\n"
    "from ksolve.__main__ import main\n"
    "main()\n"
)


def test_a_plan_of_parts_that_share_nothing_is_told_of(tmp_path: Path) -> None:
    tiny(tmp_path, APART)
    given = ["alternatives", tmp_path / "plan.yaml", "-k", 2, "-o", tmp_path / "out", "--lang", "en"]
    command = [sys.executable, "-c", _SPLIT, *map(str, given)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "this plan has 2 parts that share nothing" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--slack=-1%"], "-1%"), (["--slack", "nan"], "nan"), (["-k", "1"], "-k")],
)
def test_what_cannot_be_wanted_is_refused_before_anything_is_written(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    tiny(tmp_path, STORY)
    done = ksolve("alternatives", tmp_path / "plan.yaml", "-o", tmp_path / "out", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_plan_that_cannot_hold_has_no_alternatives(tmp_path: Path) -> None:
    tiny(tmp_path, STORY.replace("年4回", "年9回"))
    done = ksolve("alternatives", tmp_path / "plan.yaml", "-o", tmp_path / "out", "--lang", "en")
    assert done.returncode == 3
    assert "infeasible" in done.stdout
    assert not (tmp_path / "out").exists()


TWO_ROOMS = """
centre:
  calendar: {open: {月-火: "9:00-12:00"}, closed: 4/24〜3/31}
  rooms: [{id: east, name: 東}, {id: west, name: 西}]
  sessions:
    - {id: e, minutes: 60, starts: "10:00", rooms: east}
    - {id: w, minutes: 60, starts: "10:00", rooms: west}
programmes:
"""


@pytest.fixture
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small parts stay parts."""
    monkeypatch.setattr(by_parts, "parts", lambda problem: parts.parts(problem, small=0))


@pytest.mark.usefixtures("_apart")
def test_a_second_plan_part_by_part_is_as_far_as_enumeration_says(tmp_path: Path) -> None:
    """Each house has a class of its own: what is farthest in each is farthest in all, with its bound."""
    case = tiny(
        tmp_path,
        f"""{TWO_ROOMS}
  - id: kai
    name: 朝の会
    frequency: 年5回
    session: e
    rules: [{{rule: min_gap, days: 7, tier: spread}}]
  - {{id: sodan, name: 相談, frequency: 年2回, session: w}}
""",
    )
    problem = case.problem
    plans = plans_of(problem, {"kai": 5, "sodan": 2})
    cheap = [plan for plan in plans if sum(costs(problem, plan).values()) == 1]
    choice = choose(problem, 2, SAME, Options(30))
    assert len(separable(problem.to_date, choice.first)) == 2
    assert (choice.end, len(choice.plans)) == (End.FULL, 2)
    agrees(problem, choice, cheap)
    assert not separable(problem.to_date, replace(choice.first, tiers=(TierValue(Tier.SPREAD, 1, 0),)))


@pytest.mark.usefixtures("_apart")
def test_a_third_plan_part_by_part_is_no_farther_than_from_both_on_average(tmp_path: Path) -> None:
    """Each class keeps one weekday for all four weeks: one has three of them, the other two.

    The second plan has other weekdays in both. The third has the third weekday of the one class, which is as
    far from both; the other class is as in one of the two, and as far from them together as from one.
    """
    alike = "{rule: min_gap, days: 7}, {rule: max_gap, days: 7}"
    either = "{rule: weekdays, weekdays: 月・火}"
    case = tiny(
        tmp_path,
        f"""{TWO_ROOMS.replace("月-火", "月-水").replace("4/24", "4/25")}
  - {{id: kai, name: 会, frequency: 年4回, session: e, rules: [{alike}]}}
  - {{id: sodan, name: 話, frequency: 年4回, session: w, rules: [{alike}, {either}]}}
""",
    )
    choice = choose(case.problem, 3, SAME, Options(30))
    _, second, third = choice.plans
    one = second.bound // 2  # the points of a class that is wholly elsewhere
    assert second.distances[0].rhythm == 2 * one > 0
    assert third.bound == (2 * one + one) // 2
    assert min(distance.rhythm for distance in third.distances) == one


@pytest.mark.usefixtures("_apart")
def test_parts_that_have_two_schedules_each_make_four_plans_and_no_more(tmp_path: Path) -> None:
    """Each class is on the Monday or the Tuesday of its week."""
    case = tiny(
        tmp_path,
        f"""{TWO_ROOMS}
  - {{id: kai, name: 会, frequency: 年1回, session: e, rules: [{{rule: in_dates, days: [4/1〜4/2]}}]}}
  - {{id: sodan, name: 話, frequency: 年1回, session: w, rules: [{{rule: in_dates, days: [4/8〜4/9]}}]}}
""",
    )
    choice = choose(case.problem, 6, SAME, Options(30))
    assert (choice.end, len(choice.plans)) == (End.EXHAUSTED, 4)
    days = {tuple(one.day.day for one in plan.schedule.sessions) for plan in choice.plans}
    assert days == set(product((1, 2), (8, 9)))
    # both classes are elsewhere in the second plan; of those after it one class is as in one before
    assert [plan.dates_bound for plan in choice.plans[1:]] == [4, 2, 2]
