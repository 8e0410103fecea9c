"""Whether a session that nothing else mends can be held later if others move for it: asked of the solver."""

from __future__ import annotations

from datetime import timedelta

from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session
from ksolve.revise import Asked, revise
from ksolve.solver import Options, Tuning, Verdict

_HOW = Options(300.0, Tuning(workers=1, most_work=3.0))
"""One worker, ended by its own count of its work, finds the same each time."""
_MOST_MOVED = 3
"""More sessions than these are not moved for one that is lost."""


class Solver:
    """Asks about so many sessions, those first that come first; of the others nothing is known."""

    def __init__(self, problem: Problem, schedule: Schedule, most: int) -> None:
        self._problem = problem.hard
        self._schedule = schedule
        self._left = most

    def __call__(self, session: Session) -> bool | None:
        """Return whether a session can be held after its date, few others moved; None where not known."""
        if not self._left or self._is_shared(session):
            return None
        self._left -= 1
        others = Schedule(tuple(one for one in self._schedule.sessions if one.id != session.id))
        asked = Asked(history=session.day + timedelta(days=1), notice_days=0)
        revision = revise(self._problem, others, asked, _HOW)
        answer = revision.answer
        if answer.schedule is None:
            return False if answer.verdict is Verdict.INFEASIBLE else None
        is_back = len(answer.schedule.by_series.get(session.series, ())) == len(
            self._schedule.by_series[session.series]
        )
        moved = sum(change.before is not None for change in revision.changes)
        if is_back and moved <= _MOST_MOVED:
            return True
        return False if answer.verdict is Verdict.OPTIMAL else None

    def _is_shared(self, session: Session) -> bool:
        return bool(session.held_with) or any(one.held_with == session.id for one in self._schedule.sessions)
