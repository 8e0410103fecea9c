"""Which parts of a centre a revision concerns: in the others nothing is broken or wished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ksolve.checker import check, costs
from ksolve.problem import Posted, Problem, Series, Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.revise.searching import KEEPING
from ksolve.rules.capacity import Capacity
from ksolve.solver import Answer, TierValue, Verdict
from ksolve.solver.search.parts import parts


@dataclass(frozen=True)
class Split:
    """A problem parted into what is concerned and what stays as it is, with what that costs.

    `problem` has the series that are concerned, and all rooms and staff: what stays takes none that could
    run short. It is None where nothing is.
    """

    problem: Problem | None
    staying: tuple[Session, ...]
    costs: dict[Tier, int]

    def joined(self, answer: Answer | None) -> Answer:
        """Return the answer for the whole: what stays is part of it, and proven to cost no less."""
        if answer is not None and answer.schedule is None:
            return answer
        found = {one.tier: one for one in answer.tiers} if answer else {}
        sessions = answer.schedule.sessions if answer and answer.schedule else ()
        tiers = []
        for tier in sorted(found.keys() | self.costs.keys()):
            here, one = self.costs.get(tier, 0), found.get(tier, TierValue(tier, 0, 0))
            tiers.append(TierValue(tier, one.value + here, one.bound + here))
        schedule = Schedule.of([*sessions, *self.staying])
        if answer is None:
            return Answer(Verdict.OPTIMAL, schedule, tuple(tiers), 0.0, interrupted=False)
        return replace(answer, schedule=schedule, tiers=tuple(tiers))


def split(problem: Problem, base: Schedule) -> Split:
    """Part a problem that keeps to `base` into what is concerned and what stays.

    A part stays where the base breaks none of its rules and costs nothing in the tiers of keeping: every
    other schedule of it costs more in these, which come first, so the base is its optimum.
    """
    busy: set[str] = set()
    staying: list[Session] = []
    spent: dict[Tier, int] = {}
    for part in parts(problem, small=1):
        ids = {series.id for series in part.series}
        own = _of(problem, ids)
        held = Schedule(tuple(session for session in base.sessions if session.series in ids))
        paid = costs(own, held)
        if check(own, held) or any(paid.get(tier, 0) for tier in KEEPING):
            busy |= ids
        else:
            staying += held.sessions
            for tier, cost in paid.items():
                spent[tier] = spent.get(tier, 0) + cost
    return Split(_of(problem, busy) if busy else None, tuple(staying), spent)


def _of(problem: Problem, ids: set[str]) -> Problem:
    """Return the problem of some series, with all resources."""
    rules = tuple(_rules(problem, ids))
    return replace(problem, series=tuple(s for s in problem.series if s.id in ids), rules=rules)


def _rules(problem: Problem, ids: set[str]) -> Iterator[Posted]:
    for posted in problem.rules:
        if isinstance(posted.rule, Capacity):
            yield _bound_to(posted, ids)
        elif not posted.series or any(series.id in ids for series in posted.series):
            yield posted


def _bound_to(posted: Posted, ids: set[str]) -> Posted:
    """Return a capacity over the series that are there: the others use other units, or never all at once."""
    own: tuple[Series, ...] = tuple(series for series in posted.series if series.id in ids)
    return replace(posted, series=own)
