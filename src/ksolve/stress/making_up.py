"""Whether a session that nothing else mends can be held later if others move for it: asked of the solver."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.revise.keeping import Asked, keeping
from ksolve.solver import Options, Tuning, Verdict
from ksolve.solver.search.heavy import with_alike_merged
from ksolve.verified import solve

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
        """Return whether a session can be held after its date, with its guests; None where not known."""
        if not self._left:
            return None
        self._left -= 1
        gone = {one.id for one in self._schedule.sessions if session.id in (one.id, one.held_with)}
        others = Schedule(tuple(one for one in self._schedule.sessions if one.id not in gone))
        asked = Asked(history=session.day + timedelta(days=1), notice_days=0)
        answer = solve(_few_moves(keeping(self._problem, others, asked)), _HOW, baseline=others)
        if answer.schedule is None:
            return False if answer.verdict is Verdict.INFEASIBLE else None
        changed = next(tier for tier in answer.tiers if tier.tier is Tier.CHANGES)
        is_back = _counts(answer.schedule) == _counts(self._schedule)
        if is_back and changed.value <= len(gone) + _MOST_MOVED:
            return True  # the session, with its guests, is among those that are at another time
        return False if answer.verdict is Verdict.OPTIMAL else None


def _counts(schedule: Schedule) -> dict[str, int]:
    return {name: len(sessions) for name, sessions in schedule.by_series.items()}


def _few_moves(problem: Problem) -> Problem:
    """Return a problem that counts moves alone: which rooms and people it takes does not matter here."""
    rules = (one for one in problem.rules if one.tier is None or one.tier <= Tier.CHANGES or one.rule.permits)
    return with_alike_merged(replace(problem, rules=tuple(rules)))
