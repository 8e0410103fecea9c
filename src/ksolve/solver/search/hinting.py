"""Where a run starts: a schedule, or the values of an earlier run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from ksolve.problem.schedule import Schedule
from ksolve.solver.model import Model


def hint_schedule(model: Model, schedule: Schedule) -> None:
    """Start from a schedule: its dates, rooms and staff, and who is held with whom.

    What a guest names is its host's: it takes nothing of its own.
    """
    hint_each(model.cp, [(model, schedule)])


def hint_each(cp: cp_model.CpModel, starts: Iterable[tuple[Model, Schedule]]) -> None:
    """Start from a schedule in each of some models that stand in one, as in `hint_schedule`."""
    cp.clear_hints()  # type: ignore[no-untyped-call]
    for model, schedule in starts:
        _hint_dates(model, schedule)
        _hint_units(model, schedule)


def _hint_units(model: Model, schedule: Schedule) -> None:
    held = {(s.series, (s.day, s.start)): s for s in schedule.sessions if not s.held_with}
    for key, shares in model.chosen.items():
        session = held.get(key)
        units = set(session.units) if session else set[str]()
        for _, resource, taken in shares:
            if not isinstance(taken, int):
                model.cp.add_hint(taken, len(units & set(resource.units)))


def hint_dates(model: Model, schedule: Schedule) -> None:
    """Start from the dates of a schedule, and who is held with whom."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    _hint_dates(model, schedule)


def _hint_dates(model: Model, schedule: Schedule) -> None:
    held = {(s.series, (s.day, s.start)): s for s in schedule.sessions}
    for name, cells in model.at.items():
        for cell, variable in cells.items():
            model.cp.add_hint(variable, (name, cell) in held)
    for name, hosts in model.held.items():
        for (cell, host), variable in hosts.items():
            session = held.get((name, cell))
            model.cp.add_hint(variable, bool(session and session.held_with.startswith(f"{host}#")))


def hint_values(model: Model, values: Sequence[int]) -> None:
    """Start from a value for each variable."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in enumerate(values):
        model.cp.add_hint(model.cp.get_int_var_from_proto_index(index), value)
