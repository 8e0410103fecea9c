"""What was held last year, in one cell beside each programme of the printed table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ksolve.report.two_years.view import Row
from ksolve.report.view import View

_FEW = 6
"""So few sessions are listed by their dates."""


def last_year_cells(view: View) -> Mapping[str, str]:
    """Return by programme how many sessions it had last year, and when: 12回 第1月 10:00.

    Empty where it is not known what was held.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    for row in view.years.rows if view.years else ():
        if row.last.sessions:
            found[row.owner[0]].append(row)
    return {programme: _cell(rows) for programme, rows in found.items()}


def _cell(rows: list[Row]) -> str:
    total = sum(len(row.last.sessions) for row in rows)
    if len(rows) == 1:
        return f"{total}回 {_when(rows[0])}"
    return f"{total}回 " + " ".join(f"{row.name}: {_when(row)}" for row in rows)


def _when(row: Row) -> str:
    """Return the dates of a few sessions, the usual day of many."""
    sessions = row.last.sessions
    if len(sessions) <= _FEW:
        return "・".join(f"{session.day.month}/{session.day.day}" for session in sessions)
    return row.last.pattern.ja
