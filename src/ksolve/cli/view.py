"""What the reports draw of a schedule."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ksolve.api import Prepared
from ksolve.files import read_bytes
from ksolve.findings import Finding
from ksolve.fit import fit
from ksolve.problem.schedule import Schedule
from ksolve.report import View
from ksolve.report.calendar_file import Published
from ksolve.text import Text


def make_view(
    case: Prepared, schedule: Schedule, verdict: tuple[Text, ...], findings: tuple[Finding, ...] = ()
) -> View:
    """Return what the reports draw; sessions of series that the plan does not have are left out."""
    known = {series.id for series in case.problem.series}
    drawn = Schedule(tuple(session for session in schedule.sessions if session.series in known))
    report = fit(case.published, case.plan, case.problem, drawn) if case.published else None
    return View(case.plan, case.problem, drawn, case.published, report, verdict, findings)


def published_last(path: Path, deadlines: Path | None = None) -> Published:
    """Return a calendar file that people have, to be updated now; and that of the deadlines, if it is there.

    Raises PlanError where it cannot be read.
    """
    stamp = datetime.now(UTC).replace(microsecond=0)
    due = read_bytes(deadlines) if deadlines and deadlines.is_file() else None
    return Published(read_bytes(path), stamp, due)
