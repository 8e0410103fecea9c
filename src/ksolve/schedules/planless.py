"""A schedule's file by itself, without its plan: what its own columns say of its programmes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ksolve.calendar import Calendar, FiscalYear, parse_date
from ksolve.errors import PlanError, fault
from ksolve.findings import Place
from ksolve.letters import narrow
from ksolve.problem import Problem, Series
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


def _series(line: Line) -> Series:
    name = line.cells.get("name", "")
    id_ = line.cells.get("series") or line.cells.get("session", "").partition("#")[0] or name
    return Series(id_, id_.partition(".")[0], name or id_, 60, ())


def _year(text: str) -> FiscalYear | None:
    plain = re.sub(r"\s*\(.*$|[ T]\d.*$", "", narrow(text).strip())
    try:
        day: date = parse_date(plain)
    except ValueError:
        return None
    return FiscalYear(day.year - (day.month < 4))


_NO_YEAR = Text("どの日付にも年がありません", "no date says its year")
_GIVE_PLAN = Text(
    "--plan で計画を指定するか、日付を年から書いてください",
    "name the plan with --plan, or write dates with years",
)
