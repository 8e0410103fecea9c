"""Every rule: its case file, its hand-written schedules, and the agreement of its two readings."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from ortools.sat.python import cp_model

from ksolve.api import prepare
from ksolve.plan.scenario import RELAXED
from ksolve.problem import Posted, Problem, Tier
from ksolve.problem.case import Case
from ksolve.problem.rule import Chapter, Rule, rule_name
from ksolve.problem.schedule import Schedule
from ksolve.revise import keeping
from ksolve.rules.as_held import AsHeld
from ksolve.rules.catalogue import BY_NAME, RULES, WRITTEN
from ksolve.rules.in_dates import InDates
from ksolve.rules.pinned import Pinned
from ksolve.rules.short_notice import ShortNotice
from ksolve.solver.model import Model
from ksolve.verified.people import name_people
from tiny import Cells, bare, cell, datings, furnished, write_plan

CASES = Path(__file__).parent / "rules"
TEMPLATES = Path(__file__).parents[1] / "docs" / "templates"
NAMES = sorted(rule_name(rule) for rule in RULES)


def _case(name: str) -> dict[str, Any]:
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - all scalars stay text


def _problem(case: dict[str, Any], name: str, folder: Path) -> Problem:
    """The case's plan with no rules but the one under test, and those that it needs beside it."""
    problem = prepare(write_plan(folder, case)).problem
    if "baseline" in case:
        base = _baseline(problem, case)
        problem = keeping(problem, base)
        problem = replace(problem, rules=(*problem.rules, *_revising(name, case, problem, base)))
    kept = {name, *case.get("also", [])}
    return replace(problem, rules=tuple(posted for posted in problem.rules if posted.rule.name in kept))


def _revising(name: str, case: dict[str, Any], problem: Problem, base: Schedule) -> Iterator[Posted]:
    """The rules that a revision posts for each series, where one of them is under test."""
    for series in problem.series:
        sessions = base.of_series([series])
        kept = tuple((session.day, session.start) for session in sessions)
        if name == "as_held":
            before = date.fromisoformat(case["before"])
            held = tuple((s.day, s.start, s.minutes, s.units, "") for s in sessions if s.day < before)
            yield Posted(AsHeld(before=before, held=held), (series,), series.name)
        if name == "short_notice":
            first, last = map(date.fromisoformat, case["near"])
            yield Posted(ShortNotice(first=first, last=last, kept=kept), (series,), series.name, Tier.NOTICE)
        if name == "pinned" and series.id in case["pinned"]:
            day, start = cell(case["pinned"][series.id])
            named = tuple(case.get("named", ()))
            yield Posted(Pinned(day=day, start=start, named=named), (series,), series.name)


def _baseline(problem: Problem, case: dict[str, Any]) -> Schedule:
    """The schedule that a case's rule wants to stay near."""
    dating = {series: tuple(map(cell, cells)) for series, cells in case["baseline"].items()}
    units = {resource.pool: resource.units[0] for resource in problem.resources}
    rooms = {series: (units[room],) for series, room in case.get("rooms", {}).items()}
    return Schedule.of(replace(s, rooms=rooms.get(s.series, ())) for s in bare(problem, dating).sessions)


def _cells(case: dict[str, Any]) -> Cells:
    return {series: tuple(map(cell, cells)) for series, cells in case["cells"].items()}


def _own(problem: Problem, name: str) -> tuple[Posted, ...]:
    return tuple(posted for posted in problem.rules if posted.rule.name == name)


def _amount(problem: Problem, name: str, schedule: Schedule) -> int:
    case = Case(problem, schedule)
    return sum(breach.amount for posted in _own(problem, name) for breach in posted.rule.check(posted, case))


def test_rules_files_and_cases_are_the_same_set() -> None:
    folder = Path(__file__).parents[1] / "src" / "ksolve" / "rules"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "catalogue", "moving"}
    assert files == set(NAMES) == {path.stem for path in CASES.glob("*.yaml")}


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_says_itself_what_explain_and_the_pages_have_to_know_of_it(name: str, tmp_path: Path) -> None:
    rule, case = BY_NAME[name], _case(name)
    posted = _own(_problem(case, name, tmp_path), name)[0]
    missing = "\n".join(_missing(rule, posted, _problem(case, name, tmp_path), _cells(case)))
    assert missing == ""


def _missing(rule: type[Rule], posted: Posted, problem: Problem, cells: Cells) -> Iterator[str]:
    """Say which attribute a rule lacks, and why it needs one."""
    always = {"title": "what planners call it", "japanese": "the docstring in Japanese"}
    always |= {"chapter": "where the catalogue lists it", "does": "demands, limits or relates"}
    for attribute, meaning in always.items():
        if not hasattr(rule, attribute):
            yield f"write {rule.__name__}.{attribute}: {meaning}"
    empty = [b for p in _own(problem, rule_name(rule)) for b in p.rule.check(p, Case(problem, Schedule(())))]
    if rule.does == "limits" and empty:
        yield f"write {rule.__name__}.does = 'demands' or 'relates': a schedule without sessions breaks it"
    if rule.does == "demands" and not (rule.permits or list(posted.rule.demands(posted, problem))):
        yield f"write {rule.__name__}.demands: what sessions it asks for, as it is said to demand some"
    alone = {
        _alone(posted, problem, series.id, at) for series in posted.series for at in cells.get(series.id, ())
    }
    names_units = bool(posted.rule.units) or rule.chapter is Chapter.UNITS
    if rule.does == "limits" and alone == {True, False} and not (rule.blamed or names_units or rule.given):
        yield f"write {rule.__name__}.blamed: one session by itself breaks it on some days"
    numbers = [key for key, field in rule.model_fields.items() if field.annotation in (int, float)]
    can_be_loosened = rule in WRITTEN and rule.does == "limits"
    required = [key for key in numbers if rule.model_fields[key].is_required()]
    if can_be_loosened and required and not rule.loosened:
        yield f"write {rule.__name__}.loosened: which of {required} changes by how much in one step"
    if rule.loosened and rule.loosened[0] not in rule.model_fields.keys() & set(RELAXED):
        yield f"write {rule.__name__}.loosened with a parameter that `relax` knows, not {rule.loosened[0]}"


def _alone(posted: Posted, problem: Problem, series: str, at: tuple[date, int]) -> bool:
    """Whether one session by itself keeps a rule."""
    held = bare(problem, {series: (at,)})
    return not list(posted.rule.check(posted, Case(problem, held)))


@pytest.mark.parametrize("name", NAMES)
def test_the_hand_written_schedules_pass_and_fail_as_they_say(name: str, tmp_path: Path) -> None:
    case = _case(name)
    problem = _problem(case, name, tmp_path)
    assert case["pass"]
    assert case["fail"]
    for kept in case["pass"]:
        amounts = [_amount(problem, name, s) for s in _given(problem, kept)]
        assert min(amounts) == 0, kept["title"]
    for broken in case["fail"]:
        amounts = [_amount(problem, name, s) for s in _given(problem, broken)]
        assert min(amounts) == int(broken["amount"]), broken["title"]


def _listed(rooms: str | Sequence[str]) -> tuple[str, ...]:
    return (rooms,) if isinstance(rooms, str) else tuple(rooms)


def _given(problem: Problem, written: dict[str, Any]) -> list[Schedule]:
    """The schedules that a case writes down: with rooms as it says, or furnished in every way."""
    dating = {series: tuple(map(cell, cells)) for series, cells in written["sessions"].items()}
    if "rooms" in written or "staff" in written:
        plain = bare(problem, dating)
        rooms, staff = written.get("rooms", {}), written.get("staff", {})
        return [
            Schedule.of(
                replace(s, rooms=_listed(rooms.get(s.id, s.rooms)), staff=tuple(staff.get(s.id, s.staff)))
                for s in plain.sessions
            )
        ]
    return list(furnished(problem, dating))


DATED = [name for name in NAMES if not BY_NAME[name].after_dating]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in DATED])
def test_people_are_named_with_as_few_breaches_as_any_naming_has(name: str, tmp_path: Path) -> None:
    case = _case(name)
    problem = _problem(case, name, tmp_path)
    for dating in datings(_cells(case)):
        ways = [s for s in furnished(problem, dating) if _others_hold(problem, name, s)]
        if ways:
            named = name_people(problem, ways[0])
            assert _others_hold(problem, name, named)
            assert _amount(problem, name, named) == min(_amount(problem, name, s) for s in ways), dating


@pytest.mark.parametrize("name", DATED)
def test_solver_and_checker_read_the_rule_alike_on_every_schedule(name: str, tmp_path: Path) -> None:
    case = _case(name)
    agree(_problem(case, name, tmp_path), name, _cells(case))


def test_the_template_in_the_docs_is_a_rule_whose_two_readings_agree(tmp_path: Path) -> None:
    name = "not_next_day"
    spec = importlib.util.spec_from_file_location(name, TEMPLATES / f"{name}.py")
    assert spec
    assert spec.loader
    template = importlib.util.module_from_spec(spec)
    sys.modules[name] = template
    spec.loader.exec_module(template)
    case = dict(yaml.safe_load((TEMPLATES / f"{name}.yaml").read_text(encoding="utf-8")))
    problem = prepare(write_plan(tmp_path, {**case, "rules": []})).problem
    problem = replace(problem, rules=(Posted(template.NotNextDay(), problem.series, "甲・乙"),))
    for kind in ("pass", "fail"):
        for written in case[kind]:
            amounts = [_amount(problem, name, given) for given in _given(problem, written)]
            assert amounts == [written.get("amount", 0)], written["title"]
    agree(problem, name, _cells(case))


STANDING_IN = """
programmes:
  - {id: b, name: 乙, frequency: (月1回×2か月)×2グループ, session: hour, in_turn: "true"}
  - {id: c, name: 丙, frequency: 月2回, session: hour}
rules:
  - {rule: usual_place, programmes: [b, c]}
cells:
  b-g1: [2024-06-17 10:00, 2024-07-08 10:00, 2024-07-22 10:00]
  b-g2: [2024-07-08 10:00, 2024-07-22 10:00]
  c: [2024-07-01 10:00, 2024-07-08 10:00, 2024-07-22 10:00]
"""


def test_one_session_stands_in_for_one_closed_day_and_no_other_does(tmp_path: Path) -> None:
    # 2024-07-15, the third Monday of July, is a holiday; 7/8 is the second and 7/22 the fourth
    case = dict(yaml.load(STANDING_IN, Loader=yaml.BaseLoader))  # noqa: S506 - all scalars stay text
    problem = _problem(case, "usual_place", tmp_path)
    for amount, sessions in [
        (0, {"b-g1": ["2024-06-17 10:00"], "b-g2": ["2024-07-22 10:00"]}),
        (0, {"b-g1": ["2024-06-17 10:00"], "b-g2": ["2024-07-08 10:00"]}),
        # the third Monday leaves the second of them beside it, the second and the fourth leave the others
        (1, {"b-g1": ["2024-06-17 10:00", "2024-07-08 10:00"], "b-g2": ["2024-07-22 10:00"]}),
        (0, {"c": ["2024-07-01 10:00", "2024-07-08 10:00"]}),  # the first, and a week earlier for the third
        (1, {"c": ["2024-07-01 10:00", "2024-07-08 10:00", "2024-07-22 10:00"]}),
    ]:
        given: dict[str, list[str]] = {"b-g1": [], "b-g2": [], "c": []} | sessions
        assert [_amount(problem, "usual_place", s) for s in _given(problem, {"sessions": given})] == [amount]
    agree(problem, "usual_place", _cells(case))


EITHER = sorted(rule_name(rule) for rule in RULES if not rule.always_hard)


@pytest.mark.parametrize("name", EITHER)
def test_they_read_it_alike_when_a_hard_rule_is_soft(name: str, tmp_path: Path) -> None:
    case = _case(name)
    problem = _problem(case, name, tmp_path)
    own = _own(problem, name)
    if own[0].tier is not None:
        pytest.skip("the case has it soft")
    soft = tuple(replace(p, tier=Tier.LEVEL) if p in own else p for p in problem.rules)
    agree(replace(problem, rules=soft), name, _cells(case))


def agree(problem: Problem, name: str, cells: Cells) -> None:
    own = _own(problem, name)
    assert own
    model = Model(_around(problem, cells))
    model.build()
    accepted = 0
    for dating in datings(cells):
        amounts = [
            _amount(problem, name, s) for s in furnished(problem, dating) if _others_hold(problem, name, s)
        ]
        expected = min(amounts, default=None)
        if own[0].tier is None and expected:
            expected = None
        assert _solver_amount(model, dating) == expected, dating
        accepted += expected is not None
    assert accepted


def _around(problem: Problem, cells: Cells) -> Problem:
    """The problem without the days that are far from every cell: a year of them takes minutes to solve."""
    near_by = {at + timedelta(days=n) for places in cells.values() for at, _ in places for n in range(-1, 4)}
    days = [f"{day.month}/{day.day}" for day in sorted(near_by) if day in problem.year]
    only = Posted(InDates.model_validate({"days": days}), problem.series, "")
    return replace(problem, rules=(*problem.rules, only))


def _others_hold(problem: Problem, name: str, schedule: Schedule) -> bool:
    case = Case(problem, schedule)
    others = [posted for posted in problem.rules if posted.rule.name != name]
    return not any(any(posted.rule.check(posted, case)) for posted in others)


def _solver_amount(model: Model, dating: dict[str, tuple[Any, ...]]) -> int | None:
    """The least cost of just these sessions in the solver's model, None where it refuses them."""
    cp = model.cp.clone()
    for series, cells in model.at.items():
        wanted = set(dating.get(series, ()))
        if wanted - cells.keys():
            return None
        for place, variable in cells.items():
            cp.add(cp.get_int_var_from_proto_index(variable.index) == (place in wanted))
    costs = [cp.get_int_var_from_proto_index(cost.index) for tier in model.costs.values() for _, cost in tier]
    cp.minimize(cp_model.LinearExpr.sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(cp)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL
    return round(solver.objective_value)


PLANTED = [
    ("min_gap", "days", 1),
    ("most", "sessions", -1),
    ("turnaround", "minutes", 1),
    ("fair_share", "difference", 1),
]


@pytest.mark.parametrize("side", ["post", "check"])
@pytest.mark.parametrize(("name", "parameter", "off"), PLANTED, ids=[name for name, _, _ in PLANTED])
def test_a_planted_bug_in_either_reading_is_caught(
    name: str, parameter: str, off: int, side: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One reading alone takes a parameter for one more or less than it is."""
    case = _case(name)
    problem = _problem(case, name, tmp_path)
    rule = BY_NAME[name]
    right = getattr(rule, side)

    def wrong(self: Rule, *given: Any) -> Any:
        return right(self.model_copy(update={parameter: getattr(self, parameter) + off}), *given)

    monkeypatch.setattr(rule, side, wrong)
    with pytest.raises(AssertionError):
        agree(problem, name, _cells(case))
