"""Whether a session that nothing else mends can be held later if others move for it: asked of the solver."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic

from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session
from ksolve.revise import Asked, revise
from ksolve.solver import Options, Verdict

_ONE_S = 4.0
"""The most that one session may take: a centre's search for the fewest changes takes a second or two."""
_LEAST_S = 0.5
_MOST_MOVED = 3
"""More sessions than these are not moved for one that is lost."""


class Solver:
    """Asks for at most `limit_s` seconds in all; what was not asked in time is not known."""

    def __init__(self, problem: Problem, schedule: Schedule, limit_s: float) -> None:
        self._problem = problem
        self._schedule = schedule
        self._until = monotonic() + limit_s

    def __call__(self, session: Session) -> bool | None:
        """Return whether a session can be held after its date, few others moved; None where not known."""
        left_s = self._until - monotonic()
        if left_s < _LEAST_S or self._is_shared(session):
            return None
        others = Schedule(tuple(one for one in self._schedule.sessions if one.id != session.id))
        asked = Asked(history=session.day + timedelta(days=1), notice_days=0)
        revision = revise(self._problem, others, asked, Options(min(left_s, _ONE_S)))
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
