"""What an explanation claims, held against plain Python and the checker alone, without the solver."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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
from ksolve.problem import Problem, Resource, Series
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.capacity import Capacity
from ksolve.rules.count import Count
from ksolve.rules.needs import Needs
from tiny import Cell, bare, holdings, write_plan

MOST = 1500
"""More datings than this are not enumerated to show that none holds."""
TRIED = 1000
"""So many datings are tried to find one that holds."""
NEAR = 8
"""So many dates and starts of each series are tried: what is found there holds, whatever else there is."""
NAMED = 40
"""So many ways to name rooms and staff are looked at for one dating."""
SMALL = 5
"""Of a conflict with so many statements at most, every proper subset is looked at."""


RULES = st.sampled_from(
    [
        {"rule": "min_gap", "days": "2"},
        {"rule": "min_gap", "days": "3"},
        {"rule": "weekdays", "weekdays": "月-水"},
        {"rule": "weekdays", "weekdays": "木金"},
        {"rule": "off_dates", "days": ["4/3"]},
        {"rule": "month_days", "days": ["1", "3", "4"]},
    ]
)
WHOLE: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"rule": "most", "sessions": "1", "per": "day"},
        {"rule": "most_parallel", "sessions": "1"},
        {"rule": "apart"},
    ]
)


@st.composite
def tight(draw: st.DrawFn) -> dict[str, Any]:
    """One to three programmes in the first week of April, with one room and the same people."""
    kind = {
        "id": "kind",
        "minutes": "60",
        "starts": draw(st.sampled_from([["10:00"], ["10:00", "13:00"]])),
        "rooms": draw(st.sampled_from([[], ["one"]])),
        "audiences": draw(st.sampled_from([[], ["people"]])),
    }
    programmes = [
        {
            "id": f"p{number}",
            "name": f"事業{number}",
            "frequency": f"年{draw(st.integers(1, 4))}回",
            "session": "kind",
            "rules": draw(st.lists(RULES, max_size=2)),
        }
        for number in range(draw(st.integers(1, 3)))
    ]
    centre = {
        "calendar": {"open": {"月-金": "9:00-17:00"}, "closed": [{"days": "4/6〜3/31", "why": "閉館"}]},
        "rooms": [{"id": "one", "name": "一室"}],
        "audiences": [{"id": "people", "name": "人", "apart": draw(st.sampled_from(["day", "moment"]))}],
        "sessions": [kind],
    }
    return {"programmes": programmes, "rules": draw(st.lists(WHOLE, max_size=1)), "centre": centre}


@settings(max_examples=8)
@given(tight())
def test_a_conflict_cannot_hold_and_each_of_its_proper_subsets_can(plan: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        path = write_plan(Path(folder), plan)
        subject = Subject(prepare(path).plan)
        found = explain(subject.plan, 60, wanted=3)
        assume(found.conflicts)
        _each_way_holds(found, path, Path(folder))
    for conflict in found.conflicts:
        assert conflict.minimal
        _cannot_hold(subject, conflict)
        for some in _proper_subsets(conflict):
            assert _some_schedule(_stated(subject, some)), [e.text.en for e in some]


def _each_way_holds(found: Explanation, path: Path, folder: Path) -> None:
    """The scenario that is written allows the schedule that is the proof."""
    for way in found.ways:
        if way.schedule is not None:
            scenario = folder / "repair.yaml"
            told = scenario_of(way.repairs, "tiny")
            scenario.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
            assert not check(prepare(path, (scenario,)).problem, way.schedule), way.repair.text.en


def _stated(subject: Subject, elements: Collection[Element]) -> Problem:
    """Return what some statements say, for an enumeration that names rooms and staff.

    Sessions that need not have any are given none; units that may be used twice at once are several.
    """
    problem = subject.stating({other for other in subject.elements if other in elements})
    needy = {one.id for p in problem.rules if isinstance(p.rule, Needs) for one in p.series}
    series = (one if one.id in needy else replace(one, needs=()) for one in problem.series)
    bounded = {p.rule.pool for p in problem.rules if isinstance(p.rule, Capacity)}
    resources = (one if one.pool in bounded else _several(one) for one in problem.resources)
    return replace(problem, series=tuple(series), resources=tuple(resources))


def _held(problem: Problem, dating: Mapping[str, Sequence[Cell]]) -> Schedule | None:
    """Return a schedule of a dating in which no session takes one unit twice."""
    every = islice(holdings(problem, dating), NAMED)
    return next((found for found in every if all(map(_takes_each_once, found.sessions))), None)


def _takes_each_once(session: Session) -> bool:
    units = [unit.partition("/")[0] for unit in session.units]
    return len(units) == len(set(units))


def _several(resource: Resource) -> Resource:
    return replace(resource, units=tuple(f"{unit}/{n}" for unit in resource.units for n in range(3)))


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
        assert not any(_held(problem, dating) for dating in _datings(problem, cells))


def _some_schedule(problem: Problem) -> Schedule | None:
    """Try dates far apart, then the first ones, then the first ones at every start."""
    possible = {one.id: list(islice(_possible(one, problem), 12 * NEAR)) for one in problem.series}
    first = {name: [c for c in some if c[1] == some[0][1]] for name, some in possible.items()}
    far = {name: some[::7][:NEAR] for name, some in first.items()}
    for cells in (far, first, possible):
        near = {name: some[:NEAR] for name, some in cells.items()}
        for dating in islice(_datings(problem, near), TRIED):
            found = _held(problem, dating)
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
    mine = [p for p in problem.rules if any(one.id == series.id for one in p.series)]
    counts = [p.rule.low for p in mine if isinstance(p.rule, Count)]
    return counts[:1] or list(range(min(most, 3) + 1))
