"""A schedule as people see it: when each programme meets, and in which rhythm."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ksolve.changes.distance import SCALE, Family, Seen, Sight, family_of, held
from ksolve.fit.regularity import Rhythm, regularity
from ksolve.problem import Problem
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule


def sight(problem: Problem, schedule: Schedule) -> Sight:
    """Return what people see of a schedule; the rhythms are those of its regularity."""
    rhythms: dict[Family, list[Rhythm]] = defaultdict(list)
    owners = {series.id: family_of(series) for series in problem.series}
    for rhythm in regularity(problem, schedule).rhythms:
        rhythms[owners[rhythm.series[0]]].append(rhythm)
    families = held(problem, schedule).families
    return Sight({family: _seen(seen.cells, rhythms[family]) for family, seen in families.items()})


def _seen(cells: Counter[Cell], rhythms: Sequence[Rhythm]) -> Seen:
    if not rhythms:
        return Seen(cells)
    places = {(*slot, week) for rhythm in rhythms for slot in rhythm.slots for week in rhythm.weeks or (0,)}
    half = max(1, round(SCALE / 2 / cells.total()))
    return Seen(cells, frozenset(weekday for weekday, _, _ in places), frozenset(places), half)
