"""Of schedules that cost the same, the one whose sessions are worth most on average."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from ortools.sat.python import cp_model

from ksolve.problem import Problem, Tier
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Options
from ksolve.solver.model import Model
from ksolve.solver.model.extract import extract
from ksolve.solver.search.equals import Equals, beside, ended_alone, own_places
from ksolve.solver.search.hinting import hint_dates
from ksolve.solver.search.interrupting import listening
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.run import Status

_NEAR_WORK = 1.0
"""The most work of a run that looks near what is known."""


class Worth(Protocol):
    """What a session of a series is worth on each date; `points` and `sessions` are those of a schedule."""

    @property
    def points(self) -> int:
        """What the sessions of the schedule are worth."""

    @property
    def sessions(self) -> int:
        """How many sessions of it are counted."""

    def of(self, series: str, cell: Cell) -> int | None:
        """Return what a session there is worth, None where it is not counted."""

    def allows(self, series: str, cell: Cell) -> bool:
        """Whether a session may be there at all."""


@dataclass(frozen=True, slots=True)
class Worthier:
    """A schedule whose sessions are worth more on average; None: there is none, or none was found.

    `is_most` says that no schedule within the limits has sessions that are worth more: proven.
    """

    schedule: Schedule | None
    is_most: bool


def worthiest(
    problem: Problem,
    limits: Mapping[Tier, int],
    known: Schedule,
    worth: Worth,
    options: Options,
    *,
    near: bool = False,
) -> Iterator[Worthier]:
    """Yield schedules within the limits of each tier, each worth more on average than the one before.

    Of a schedule with points p and n sessions the average is at most P/N just where N p - P n is at most 0
    (Dinkelbach, Management Science 13, 1967): a run that cannot raise this above 0 is the proof, and the
    last one. `near` looks at the weekdays and starts that each family has already, for little work, and
    proves nothing.
    """
    with listening() as stop:
        ledger = Ledger(problem, options, lambda _progress: None, stop)
        space = Equals(problem, limits)
        model = space.model(_candidates(space, known, worth, near=near))
        tuning = replace(options.tuning, most_work=_NEAR_WORK) if near else options.tuning
        points, sessions = worth.points, worth.sessions
        best = known
        while ledger.left_s > 0 and not stop.asked and sessions:
            gain = [(sessions * one - points, held) for one, held in _counted(model, worth)]
            model.cp.maximize(cp_model.LinearExpr.weighted_sum([v for _, v in gain], [w for w, _ in gain]))
            hint_dates(model, best)
            ended = ended_alone(ledger, model, tuning, ledger.left_s)
            if ended.values is None:
                return
            values = ended.values
            raised = sum(weight * values[held.index] for weight, held in gain)
            if raised > 0:
                best = extract(model, values)
                counted = [one for one, held in _counted(model, worth) if values[held.index]]
                points, sessions = sum(counted), len(counted)
            is_most = raised <= 0 and ended.status is Status.OPTIMAL and not near
            yield Worthier(best if raised > 0 else None, is_most)
            if raised <= 0:
                return


def _candidates(space: Equals, known: Schedule, worth: Worth, *, near: bool) -> dict[str, frozenset[Cell]]:
    """Return where sessions may be. Near by, what is worth nothing is there only where it is held already."""
    kept: Mapping[str, frozenset[Cell]] = space.master.cells
    if near:
        own = own_places(space.master, known)
        dear = {name: frozenset(c for c in cells if worth.of(name, c) != 0) for name, cells in own.items()}
        kept = beside(dear, known)
    return {
        name: frozenset(cell for cell in cells if worth.allows(name, cell)) for name, cells in kept.items()
    }


def _counted(model: Model, worth: Worth) -> Iterator[tuple[int, cp_model.IntVar]]:
    """Yield what each session that could be is worth, where it is counted at all."""
    for series, cells in model.at.items():
        for cell, held in cells.items():
            points = worth.of(series, cell)
            if points is not None:
                yield points, held
