"""A schedule's file by itself, without its plan: what its own columns say of its programmes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ksolve.calendar import Calendar, FiscalYear, parse_date
from ksolve.errors import PlanError, fault
from ksolve.findings import Place
from ksolve.letters import narrow
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Schedule
from ksolve.schedules import read_schedule
from ksolve.schedules.headers import headers_of
from ksolve.schedules.lines import Line
from ksolve.schedules.source import read_lines
from ksolve.text import Text


def problem_of(path: Path, columns: Sequence[str] = (), sheet: str = "") -> Problem:
    """Return a problem of the series that a schedule names, with no rules: enough to read the schedule.

    A series is known by its id, else by its programme's name. The year is that of the first date that
    has one. Raises PlanError where none has, and as `read_schedule` does.
    """
    lines = read_lines(path, headers_of(columns), sheet)
    series = {one.id: one for one in map(_series, lines)}
    year = next((found for line in lines if (found := _year(line.cells.get("date", "")))), None)
    if year is None:
        raise PlanError([fault("no-year", _NO_YEAR, Place(str(path)), _GIVE_PLAN)])
    return Problem(path.stem, path.stem, Calendar(year, ((),) * 7), tuple(series.values()), (), (), ())


def read_alone(path: Path, problem: Problem | None = None) -> tuple[Problem, Schedule]:
    """Return a schedule as its file says it, nothing filled in, with the problem of its own year.

    `problem`, which may be of another year, tells its series; without one its columns do. Raises
    PlanError as `read_schedule` does.
    """
    own = problem_of(path)
    if problem is None:
        problem = own
    elif own.year != problem.year:  # another year of its programmes, and of some that it has no more
        ids, names = {one.id for one in problem.series}, {one.name for one in problem.series}
        gone = tuple(one for one in own.series if one.id not in ids and one.name not in names)
        problem = replace(problem, calendar=own.calendar, series=(*problem.series, *gone))
    bare = tuple(replace(series, needs=()) for series in problem.series)
    return problem, read_schedule(path, replace(problem, rules=(), series=bare))


def _series(line: Line) -> Series:
    name = line.cells.get("name", "")
    id_ = line.cells.get("series") or line.cells.get("session", "").partition("#")[0] or name
    programme, _, component = _GROUP.sub("", id_).partition(".")
    programme, component = programme.removesuffix(_RESERVE), component.removesuffix(_RESERVE)
    of = id_.removesuffix(_RESERVE) if id_.endswith(_RESERVE) else ""
    return Series(id_, programme, name or id_, 60, (), component=component, reserve_of=of)


def _year(text: str) -> FiscalYear | None:
    plain = re.sub(r"\s*\(.*$|[ T]\d.*$", "", narrow(text).strip())
    try:
        day: date = parse_date(plain)
    except ValueError:
        return None
    return FiscalYear(day.year - (day.month < 4))


_RESERVE = "-reserve"
"""How the id of a series of reserve dates ends."""
_GROUP = re.compile(r"(-t\d+)?(-g\d+)?$")
"""How the id of a series ends that is one of several terms or groups."""
_NO_YEAR = Text("どの日付にも年がありません", "no date says its year")
_GIVE_PLAN = Text(
    "--plan で計画を指定するか、日付を年から書いてください",
    "name the plan with --plan, or write dates with years",
)
