"""A part whose sessions on what is shared are decided: these stay, and what the rest costs is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from ksolve.problem import Posted, Problem
from ksolve.problem.case import Case
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.few_moves import FewMoves
from ksolve.solver.answer import TierValue
from ksolve.solver.search.goals import is_within


def decided(part: Problem, sessions: Iterable[Session]) -> Problem:
    """Return a part whose series in these sessions keep their dates, without the wishes of these alone.

    What they cost is decided with the dates. So all other wishes can be asked for at their least.
    """
    cells: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for session in sessions:
        cells[session.series].append((session.day, session.start))
    rules = (
        replace(posted, weight=0) if _is_within(posted, cells.keys()) else posted
        for posted in part.rules
        if posted.rule.permits or not _is_within(posted, cells.keys())
    )
    kept = (
        Posted(FewMoves(kept=tuple(cells[one.id])), (one,), one.name)
        for one in part.series
        if one.id in cells
    )
    return replace(part, rules=(*rules, *kept))


def _is_within(posted: Posted, names: Collection[str]) -> bool:
    """Whether a wish binds none but these series."""
    return posted.tier is not None and is_within(posted, names)


def counted(part: Problem, schedule: Schedule) -> tuple[TierValue, ...]:
    """Return what the wishes of a part cost in a schedule, counted from its dates; nothing is proven."""
    case = Case(part, schedule)
    costs = dict.fromkeys(sorted({p.tier for p in part.rules if p.tier is not None}), 0)
    for posted in part.rules:
        if posted.tier is not None:
            costs[posted.tier] += posted.weight * sum(b.amount for b in posted.rule.check(posted, case))
    return tuple(TierValue(tier, cost, 0) for tier, cost in costs.items())
