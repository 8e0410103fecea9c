"""Natural replacement dates: the same weekday and start a week later, kept free for what is called off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ortools.sat.python import cp_model

from ksolve.clock import covers
from ksolve.problem import Resource, Series
from ksolve.problem.patterns import WEEK, Cell
from ksolve.rules.needs import suitable
from ksolve.solver.model import Model
from ksolve.solver.model.uses import Use, gross, taken


def replaceable(model: Model, cells: Mapping[str, frozenset[Cell]]) -> list[cp_model.IntVar]:
    """Return a boolean for each session that could be: true only where its replacement date is free for it.

    `cells` has the candidates that the hard rules leave to each series. Each replacement is looked at by
    itself: two that would need the last room at once are both free. What else would forbid one is not seen.
    """
    spare = _Spare(model)
    found = []
    for series in model.problem.counted:
        for (day, start), held in model.at[series.id].items():
            later = (day + WEEK, start)
            if later in cells[series.id] and all(
                spare.is_there(need, later) for need in _needs(model, series)
            ):
                free = model.cp.new_bool_var("")
                model.cp.add_implication(free, held)
                if (there := model.at[series.id].get(later)) is not None:
                    model.cp.add_implication(free, there.negated())
                for need in _needs(model, series):
                    for room in spare.has_room(need, later):
                        model.cp.add_implication(free, room)
                found.append(free)
    return found


_Need = tuple[tuple[Resource, ...], int, int]
"""Resources any of which will do, how many units of them, and for how many minutes."""


def _needs(model: Model, series: Series) -> list[_Need]:
    return [(tuple(suitable(need, model.problem)), need.amount, series.minutes) for need in series.needs]


class _Spare:
    """What is left of resources at a time; asked once, however many sessions want to know."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._known: dict[tuple[tuple[str, ...], int, int, Cell], list[cp_model.IntVar]] = {}

    def is_there(self, need: _Need, cell: Cell) -> bool:
        """Tell whether so many units are there at all."""
        return sum(len(one.units) for one in self._able(need, cell)) >= need[1]

    def has_room(self, need: _Need, cell: Cell) -> Sequence[cp_model.IntVar]:
        """Return booleans that are true only where so many units are left; none where they always are."""
        able = self._able(need, cell)
        key = (tuple(one.id for one in able), *need[1:], cell)
        if key not in self._known:
            moments = list(self._moments(able, need, cell))
            free = [self._model.cp.new_bool_var("")] if moments else []
            total = sum(len(one.units) for one in able)
            for uses in moments:
                self._model.cp.add(taken(uses) + need[1] * free[0] <= total)
            self._known[key] = free
        return self._known[key]

    def _moments(self, able: Sequence[Resource], need: _Need, cell: Cell) -> Iterator[list[Use]]:
        """Yield what takes units at each moment at which it may be too much."""
        day, start = cell
        uses = [use for one in able for use in self._uses(one, day) if use.start < start + need[2]]
        running = [use for use in uses if use.end > start]
        for moment in sorted({max(start, use.start) for use in running}):
            at_once = [use for use in running if use.start <= moment < use.end]
            if gross(at_once) + need[1] > sum(len(one.units) for one in able):
                yield at_once

    def _uses(self, resource: Resource, day: date) -> Sequence[Use]:
        return self._model.uses[resource.id].get(day, ())

    @staticmethod
    def _able(need: _Need, cell: Cell) -> list[Resource]:
        day, start = cell
        return [one for one in need[0] if covers(one.hours(day), start, start + need[2])]
