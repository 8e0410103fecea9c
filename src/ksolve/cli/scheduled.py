"""A schedule's file, read and held against its plan: what several commands begin with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksolve.findings import Finding
    from ksolve.problem import Problem
    from ksolve.problem.schedule import Schedule


def read_checked(
    problem: Problem, path: Path, columns: Sequence[str] = (), sheet: str = ""
) -> tuple[Schedule, tuple[Finding, ...]]:
    """Read a schedule, and hold it against every hard rule of its plan."""
    from ksolve.checker import check
    from ksolve.schedules import read_schedule

    schedule = read_schedule(path, problem, columns, sheet)
    return schedule, check(problem, schedule, str(path))
