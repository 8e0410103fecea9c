"""What an explanation claims, held against plain Python and the checker alone, without the solver."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations, islice, product
from math import comb, prod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from ksolve.api import prepare
from ksolve.checker import check
from ksolve.explain.conflict import Conflict
from ksolve.explain.elements import Element, Subject
from ksolve.explain.explanation import Explanation, explain
from ksolve.explain.repairs import scenario_of
from ksolve.problem import Problem, Series
from ksolve.rules import Count, Needs
from ksolve.schedule import Schedule
from test_oracle import plans
from tiny import Cell, bare, holding, write_plan

MOST = 400
"""More datings than this are not enumerated to show that none holds."""
TRIED = 400
"""So many datings are tried to find one that holds."""
NEAR = 8
"""So many dates and starts of each series are tried: what is found there holds, whatever else there is."""
SMALL = 5
"""Of a conflict with so many statements at most, every proper subset is looked at."""


@settings(max_examples=20)
@given(plans(), st.integers(1, 3))
def test_a_conflict_cannot_hold_and_each_of_its_proper_subsets_can(plan: dict[str, Any], times: int) -> None:
    with TemporaryDirectory() as folder:
        path = _tight(Path(folder), plan, times)
        subject = Subject(prepare(path).plan)
        found = explain(subject.plan, 60, wanted=3)
        assume(found.conflicts)
        _each_way_holds(found, path, Path(folder))
    for conflict in found.conflicts:
        assert conflict.minimal
        _cannot_hold(subject, conflict)
        for some in _proper_subsets(conflict):
            assert _some_schedule(_stated(subject, some)), [e.text.en for e in some]


def _tight(folder: Path, plan: dict[str, Any], times: int) -> Path:
    """Write a plan with so many times the sessions, so that more of them cannot be held."""
    for programme in plan["programmes"]:
        programme["frequency"] = f"年{min(4, int(programme['frequency'][1]) * times)}回"
    return write_plan(folder, plan)


def _each_way_holds(found: Explanation, path: Path, folder: Path) -> None:
    """The scenario that is written allows the schedule that is the proof."""
    for way in found.ways:
        if way.schedule is not None:
            scenario = folder / "repair.yaml"
            told = scenario_of(way.repairs, "tiny")
            scenario.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
            assert not check(prepare(path, (scenario,)).problem, way.schedule), way.repair.text.en


def _stated(subject: Subject, elements: Collection[Element]) -> Problem:
    """Return what some statements say; sessions that need not have a room or staff are given none."""
    problem = subject.stating({other for other in subject.elements if other in elements})
    needy = {one.id for p in problem.rules if isinstance(p.rule, Needs) for one in p.series}
    series = (one if one.id in needy else replace(one, needs=()) for one in problem.series)
    return replace(problem, series=tuple(series))


def _proper_subsets(conflict: Conflict) -> Iterator[tuple[Element, ...]]:
    """Yield all of them where they are few, else those that lack one statement."""
    elements = conflict.elements
    sizes = range(len(elements)) if len(elements) <= SMALL else [len(elements) - 1]
    return chain.from_iterable(combinations(elements, size) for size in sizes)


def _cannot_hold(subject: Subject, conflict: Conflict) -> None:
    problem = _stated(subject, conflict.elements)
    days = [day for day in problem.year.days if problem.calendar.hours(day)]
    sizes = [_sizes(one, problem, len(days)) for one in problem.series]
    numbers = [len(days) * len(one.starts) for one in problem.series]
    total = prod(sum(comb(n, k) for k in some) for n, some in zip(numbers, sizes, strict=True))
    event("enumerated" if total <= MOST else "too large")
    if total <= MOST:
        cells = {one.id: [(day, start) for day in days for start in one.starts] for one in problem.series}
        assert not any(holding(problem, dating) for dating in _datings(problem, cells))


def _some_schedule(problem: Problem) -> Schedule | None:
    """Try dates far apart, then the first ones, then the first ones at every start."""
    possible = {one.id: list(islice(_possible(one, problem), 12 * NEAR)) for one in problem.series}
    first = {name: [c for c in some if c[1] == some[0][1]] for name, some in possible.items()}
    far = {name: some[::7][:NEAR] for name, some in first.items()}
    for cells in (far, first, possible):
        near = {name: some[:NEAR] for name, some in cells.items()}
        for dating in islice(_datings(problem, near), TRIED):
            found = holding(problem, dating)
            if found:
                return found
    return None


def _possible(series: Series, problem: Problem) -> Iterator[Cell]:
    """Yield the dates and starts at which a session by itself breaks no rule but those that ask for more."""
    for day in problem.year.days:
        for start in series.starts:
            found = {f.rule for f in check(problem, bare(problem, {series.id: [(day, start)]}))}
            if not found & ALONE:
                yield day, start


ALONE = {"opening", "weekdays", "month_days", "off_dates", "in_dates", "start_times", "in_months"}


def _datings(problem: Problem, cells: Mapping[str, list[Cell]]) -> Iterator[dict[str, tuple[Cell, ...]]]:
    """Yield the choices of as many sessions as are counted, of any number where none are."""
    choices = []
    for one in problem.series:
        sizes = _sizes(one, problem, len(cells[one.id]))
        choices.append([chosen for size in sizes for chosen in combinations(cells[one.id], size)])
    for chosen in product(*choices):
        yield {one.id: some for one, some in zip(problem.series, chosen, strict=True)}


def _sizes(series: Series, problem: Problem, most: int) -> list[int]:
    counts = [p.rule.low for p in problem.rules if isinstance(p.rule, Count) and series in p.series]
    return counts[:1] or list(range(min(most, 3) + 1))
