"""Of schedules that cost the same, those that keep more natural replacement dates free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ortools.sat.python import cp_model

from ksolve.problem import Problem, Tier
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Options
from ksolve.solver.model import Model
from ksolve.solver.model.extract import extract
from ksolve.solver.model.master import Master
from ksolve.solver.model.sparing import replaceable
from ksolve.solver.search.equals import Equals, beside
from ksolve.solver.search.hinting import hint_dates
from ksolve.solver.search.interrupting import listening
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.patterns import kept_on
from ksolve.solver.search.run import Ended

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
            kept = _others(space.master, ledger, attempt) if attempt else _own_places(space.master, known)
            model = space.model(beside(kept, known))
            free = replaceable(model, space.master.cells)
            count = model.cp.new_int_var(reached + 1, max(len(free), reached + 1), "")
            model.cp.add(count == cp_model.LinearExpr.sum(free))
            model.cp.maximize(count)
            hint_dates(model, known)
            ended = _ended(ledger, model)
            if ended.values is not None:
                reached = ended.values[count.index]
                yield extract(model, ended.values)


def _ended(ledger: Ledger, model: Model) -> Ended:
    """Search one choice. What is to be repeated has one worker, ended by its work.

    Workers taken in turn abort the process here (ortools 9.15, "heuristics.fixed_search != nullptr").
    """
    tuning, limit_s = replace(ledger.options.tuning, gap=_NEAR), ledger.left_s * _SHARE
    if not tuning.reproducible:
        return ledger.spend(model.cp, tuning, limit_s)
    alone = replace(tuning, reproducible=False, workers=1, most_work=limit_s)
    return ledger.spend(model.cp, alone, _UNLIMITED_S)


_UNLIMITED_S = 1e7


def _own_places(master: Master, known: Schedule) -> dict[str, frozenset[Cell]]:
    """Return the candidates of each family at the weekdays and starts that it has in a schedule."""
    kept: dict[str, frozenset[Cell]] = {}
    for family in master.families:
        sessions = [session for name in family.names for session in known.by_series.get(name, ())]
        slots = {(session.day.weekday(), session.start) for session in sessions}
        for name in family.names:
            kept[name] = frozenset(
                (day, start) for day, start in master.cells[name] if (day.weekday(), start) in slots
            )
    return kept


def _others(master: Master, ledger: Ledger, attempt: int) -> dict[str, frozenset[Cell]]:
    """Return the candidates on usual places that are chosen anew."""
    master.prefer_anew(ledger.options.tuning.seed + attempt)
    tuning = replace(ledger.options.tuning, most_work=_CHOICE_WORK)
    chosen = ledger.spend(master.cp, tuning, ledger.left_s / 4)
    return kept_on(master.choice(chosen.values), master) if chosen.values is not None else {}
