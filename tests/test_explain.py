"""Explanations: each conflict is infeasible and irreducible, each repair suffices, Unknown is Unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import KOGANEI, ROOT
from ksolve.api import prepare
from ksolve.checker import check
from ksolve.expand import expand
from ksolve.explain.counting import tallies
from ksolve.explain.elements import Element, Subject
from ksolve.explain.explanation import Explanation, explain
from ksolve.explain.others_kept import with_others_kept
from ksolve.explain.repair import Repair
from ksolve.explain.repairs import repaired, scenario_of
from ksolve.plan import load
from ksolve.problem import Problem
from ksolve.rules.count import Count
from ksolve.solver import Options, Verdict
from ksolve.text import Text
from ksolve.verified import can_hold, solve
from running import ksolve
from test_oracle import MOST, _datings, _size, plans
from tiny import Cell, holding, write_plan

CASES = sorted((ROOT / "scenarios" / "infeasible").glob("*.yaml"))


def test_at_least_ten_infeasible_cases_are_shipped() -> None:
    assert len(CASES) >= 10


def _holds(problem: Problem) -> bool:
    answer = solve(problem, Options(limit_s=30))
    assert answer.verdict is not Verdict.UNKNOWN
    return answer.verdict is not Verdict.INFEASIBLE


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_shipped_case_has_its_expected_conflict_and_repair(path: Path) -> None:
    head = path.read_text(encoding="utf-8").splitlines()
    expected, repair = (line.partition(": ")[2].split() for line in head[1:3])
    found = explain(load(path), 60)
    assert found.feasible is False
    assert all(conflict.minimal for conflict in found.conflicts)
    assert set(expected) <= {element.name for c in found.conflicts for element in c.elements}
    assert repair[0] in {way.repair.changes[0]["do"] for way in found.ways}
    for way in found.ways:
        assert way.schedule is not None
        assert not check(expand(way.plan), way.schedule)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_statement_of_a_conflict_is_needed(path: Path) -> None:
    subject = Subject(load(path))
    for conflict in explain(subject.plan, 60, wanted=0).conflicts:
        elements = {_known(subject, element) for element in conflict.elements}
        for element in elements:
            assert _resolved(subject, elements - {element})


def _known(subject: Subject, element: Element) -> Element:
    return next(other for other in subject.elements if other == element)


def _resolved(subject: Subject, elements: set[Element]) -> bool:
    return can_hold(subject.stating(elements), 30, other_way=True) is True


def test_two_independent_causes_are_both_reported() -> None:
    found = explain(load(ROOT / "scenarios/infeasible/two-causes.yaml"), 60)
    assert len(found.conflicts) == 2
    # a repair of one cause needs one of the other beside it
    assert all(len(way.repairs) == 2 for way in found.ways)


def test_a_months_absence_on_the_koganei_plan_has_three_ways_out() -> None:
    case = prepare(KOGANEI / "r6.yaml", (ROOT / "scenarios" / "psychologist-absent.yaml",))
    found = explain(case.plan, 120)
    assert [conflict.minimal for conflict in found.conflicts] == [True]
    texts = [way.repair.text.ja for way in found.ways]
    assert "育児不安親支援事業(ひだまり)を9月・10月・11月は行わない" in texts
    assert len(texts) >= 3
    for way in found.ways:
        assert way.schedule is not None
        assert not check(expand(way.plan), way.schedule)


def test_around_leaves_all_other_sessions_where_they_are() -> None:
    absent = ROOT / "scenarios" / "psychologist-absent.yaml"
    plan = prepare(KOGANEI / "r6.yaml", (absent,)).plan
    without = {
        "do": "frequency",
        "programme": "hidamari",
        "frequency": "月1回(9月～11月を除く)",
        "why": "休み",
    }
    fewer = {**without, "frequency": "月1回(8月～11月を除く)"}
    plans = [repaired(plan, [Repair(Text("", ""), Text("", ""), (way,), 1)]) for way in (without, fewer)]
    base = solve(expand(plans[0]).hard, Options(limit_s=60)).schedule
    assert base is not None
    assert with_others_kept(expand(plan), base, {"hidamari"}, 30) is None  # the plan itself cannot be held
    found = with_others_kept(expand(plans[1]), base, {"hidamari"}, 30)
    assert found is not None
    assert not check(expand(plans[1]).hard, found)
    held = [{s for s in schedule.sessions if s.series != "hidamari"} for schedule in (base, found)]
    assert held[0] == held[1]
    assert len(base.sessions) - len(found.sessions) == 1


def test_the_smallest_quantity_is_found() -> None:
    # The weekdays of June 2024 run from 3 to 28: 3 + 3*8 = 27 fits, 3 + 3*9 = 30 does not. May 2024 has
    # four Mondays, one of them a holiday.
    gap = explain(load(ROOT / "scenarios/infeasible/gap.yaml"), 60)
    assert any("「回と回の間を8日以上あける」に" in way.repair.text.ja for way in gap.ways)
    fewer = explain(load(ROOT / "scenarios/infeasible/too-few-days.yaml"), 60)
    assert any("年3回" in way.repair.text.ja for way in fewer.ways)


def test_three_programmes_need_more_than_two_members_have() -> None:
    subject = Subject(load(ROOT / "scenarios/infeasible/triple.yaml"))
    (conflict,) = explain(subject.plan, 60, wanted=0).conflicts
    tally = tallies(subject, conflict)[0]
    # three sessions of each of three programmes; four Mondays with two members
    assert (tally.needs, tally.has, tally.decides) == (9, 8, True)


def test_a_plan_that_can_be_held_is_asked_about_once() -> None:
    """The question about each of its 53 parts would take three times as long."""
    case = prepare(KOGANEI / "r6.yaml", (ROOT / "scenarios" / "hiroba-260.yaml",))
    said: list[str] = []
    found = explain(case.plan, 120, lambda text: said.append(text.en))
    assert found.feasible is True
    assert said == ["asking whether the whole plan can be held …"]


def test_without_time_nothing_is_claimed() -> None:
    found = explain(load(ROOT / "scenarios/infeasible/triple.yaml"), 0.0)
    assert found.feasible is None
    assert not found.conflicts
    assert not found.ways


def test_a_hundredth_of_a_second_never_makes_a_feasible_plan_infeasible() -> None:
    """The Koganei plan has a schedule; nobody can know that so soon."""
    plan = load(KOGANEI / "r6.yaml")
    assert explain(plan, 0.01).feasible is not False
    assert can_hold(expand(plan), 0.01) is not False
    assert solve(expand(plan), Options(limit_s=0.01)).verdict is not Verdict.INFEASIBLE


def test_the_command_writes_a_scenario_that_solves(tmp_path: Path) -> None:
    case = ROOT / "scenarios/infeasible/absent.yaml"
    out = tmp_path / "repair.yaml"
    done = ksolve("explain", case, "--apply", "1", "-o", out, "--lang", "en")
    assert done.returncode == 3
    assert "proven" in done.stdout
    assert _holds(prepare(case, (out,)).problem)


@settings(max_examples=25)
@given(plans())
def test_random_conflicts_and_repairs_agree_with_enumeration(plan: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        path = write_plan(Path(folder), plan)
        case = prepare(path)
        assume(_size(case.problem, plan) <= MOST)
        found = explain(case.plan, 60, wanted=1)
        assert found.feasible is _enumerated(case.problem, plan)
        _judge(found, Subject(case.plan), path, Path(folder))


FEW = 60
"""More datings of a conflict's series than this are not enumerated."""


def _all_datings(problem: Problem) -> Iterator[dict[str, tuple[Cell, ...]]]:
    """Every choice of as many sessions as a count asks for, or of any number where none does."""
    for chosen in product(*_choices(problem, FEW)):
        yield {series.id: cells for series, cells in zip(problem.series, chosen, strict=True)}


def _choices(problem: Problem, most: int) -> list[list[tuple[Cell, ...]]]:
    """Return the choices of each series, one more than `most` where there are more."""
    days = [day for day in problem.year.days if problem.calendar.hours(day)]
    found = []
    for series in problem.series:
        cells = [(day, start) for day in days for start in series.starts]
        counts = [p.rule.low for p in problem.rules if isinstance(p.rule, Count) and series in p.series]
        sizes = counts[:1] or range(len(cells) + 1)
        every = (chosen for size in sizes for chosen in combinations(cells, size))
        found.append(list(islice(every, most + 1)))
    return found


PLANTED = st.sampled_from(["closure", "absence", "off_dates"])


@settings(max_examples=15)
@given(plans(), PLANTED)
def test_a_planted_cause_is_named_in_every_conflict(plan: dict[str, Any], cause: str) -> None:
    """Without it the plan has a schedule that passes the checker: no conflict can do without it."""
    with TemporaryDirectory() as folder:
        path = write_plan(Path(folder), plan)
        assume(_holds(prepare(path).problem))
        centre = plan["centre"]
        if cause == "closure":
            centre["calendar"]["closed"] = [
                *centre["calendar"]["closed"],
                {"days": "4/2〜4/5", "why": "工事"},
            ]
        elif cause == "absence":
            assume(
                "staff" in next(k for k in centre["sessions"] if k["id"] == plan["programmes"][0]["session"])
            )
            centre["staff"][0]["absent"] = [{"days": "4/2〜4/5", "why": "休み"}]
        else:
            plan["programmes"][0]["rules"] = [
                *plan["programmes"][0]["rules"],
                {"rule": "off_dates", "days": ["4/2〜4/5"]},
            ]
        found = explain(prepare(write_plan(Path(folder), plan)).plan, 60, wanted=0)
    assume(found.feasible is False)
    for conflict in found.conflicts:
        texts = [element.text.ja for element in conflict.elements if element.name == cause]
        assert any("4/2〜4/5" in text for text in texts)


def _enumerated(problem: Problem, plan: dict[str, Any]) -> bool:
    return any(holding(problem, dating) for dating in _datings(problem, plan))


def _judge(found: Explanation, subject: Subject, path: Path, folder: Path) -> None:
    for conflict in found.conflicts:
        assert conflict.minimal
        assert any(subject.demands(element) for element in conflict.elements)
        stated = subject.stating({_known(subject, element) for element in conflict.elements})
        if prod(map(len, _choices(stated, FEW))) <= FEW:  # then by the checker alone
            assert not any(holding(stated, dating) for dating in _all_datings(stated))
    for way in found.ways:
        scenario = folder / "repair.yaml"
        _dump(scenario, scenario_of(way.repairs, subject.plan.id))
        assert _holds(prepare(path, (scenario,)).problem)


def _dump(path: Path, told: dict[str, Any] | Sequence[Any]) -> None:
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
