"""Of schedules that cost the same, those that keep more natural replacement dates free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ortools.sat.python import cp_model

from ksolve.problem import Problem, Tier
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Options
from ksolve.solver.model.extract import extract
from ksolve.solver.model.master import Master
from ksolve.solver.model.sparing import replaceable
from ksolve.solver.search.equals import Equals, beside, ended_alone, own_places
from ksolve.solver.search.hinting import hint_dates
from ksolve.solver.search.interrupting import listening
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.patterns import kept_on

_TRIES = 2
"""How many choices of usual places are tried: those of the schedule that is known, then others."""
_CHOICE_WORK = 5.0
_SHARE = 0.5
"""The part of the time that is left which one of them may take."""
_NEAR = 0.01
"""The part of the replacement dates that is not looked for."""


def sparing(
    problem: Problem, limits: Mapping[Tier, int], known: Schedule, options: Options
) -> Iterator[Schedule]:
    """Yield schedules within the limits of each tier, each with more sessions whose replacement date is free.

    On the usual places of the known schedule first, then on others. Each choice is searched by itself: more
    may be possible.
    """
    with listening() as stop:
        ledger = Ledger(problem, options, lambda _progress: None, stop)
        space = Equals(problem, limits)
        reached = -1
        for attempt in range(_TRIES):
            if ledger.left_s <= 0 or stop.asked:
                return
            kept = _others(space.master, ledger, attempt) if attempt else own_places(space.master, known)
            model = space.model(beside(kept, known))
            free = replaceable(model, space.master.cells)
            count = model.cp.new_int_var(reached + 1, max(len(free), reached + 1), "")
            model.cp.add(count == cp_model.LinearExpr.sum(free))
            model.cp.maximize(count)
            hint_dates(model, known)
            ended = ended_alone(
                ledger, model, replace(ledger.options.tuning, gap=_NEAR), ledger.left_s * _SHARE
            )
            if ended.values is not None:
                reached = ended.values[count.index]
                yield extract(model, ended.values)


def _others(master: Master, ledger: Ledger, attempt: int) -> dict[str, frozenset[Cell]]:
    """Return the candidates on usual places that are chosen anew."""
    master.prefer_anew(ledger.options.tuning.seed + attempt)
    tuning = replace(ledger.options.tuning, most_work=_CHOICE_WORK)
    chosen = ledger.spend(master.cp, tuning, ledger.left_s / 4)
    return kept_on(master.choice(chosen.values), master) if chosen.values is not None else {}
