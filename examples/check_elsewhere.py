"""A check in another program (python examples/check_elsewhere.py).

Some other program dates the sessions: a spreadsheet, a booking system. They are held against the plan
here, without any solver; each finding has a rule, a sentence in two languages, and the place in the plan.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from ksolve import api
from ksolve.problem.schedule import Schedule, Session, numbered

PLAN = Path(__file__).with_name("centre.yaml")


def main() -> int:
    """Print what is wrong with the bookings; 1 where anything is, as a test wants it."""
    problem = api.prepare(PLAN).problem
    findings = api.check(problem, booked())
    for finding in findings:
        print(finding.line("en"))
    return 1 if findings else 0


def booked() -> Schedule:
    """Return what the booking system holds: every Wednesday, one thing after the other.

    Times are minutes after midnight; `numbered` gives the sessions of each series 1, 2, ... by date.
    """
    first = date(2024, 4, 3)
    wednesdays = [first + timedelta(weeks=week) for week in range(52)]
    monthly = {day.month: day for day in reversed(wednesdays)}
    angel = [Session("angel", 0, day, 600, 90, ("集会室",), ("保健師1",)) for day in monthly.values()]
    karugamo = [Session("karugamo", 0, day, 810, 90, ("集会室",), ("保健師1",)) for day in wednesdays[:10]]
    sodan = [Session("sodan", 0, day, 600, 60, ("相談室",), ("保健師1",)) for day in wednesdays[1::2]]
    return numbered([*angel, *karugamo, *sodan])


if __name__ == "__main__":
    sys.exit(main())
