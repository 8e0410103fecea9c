"""The search for a revision: first the fewest changes, then the best calendar with just these."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from ksolve.checker import costs
from ksolve.problem import Posted, Problem, Tier
from ksolve.problem.case import Case
from ksolve.problem.schedule import Schedule
from ksolve.revise.names import keep_names, kept_units
from ksolve.rules.few_moves import FewMoves
from ksolve.solver import Answer, Options, TierValue, Verdict, Watch
from ksolve.solver.answer import Step
from ksolve.solver.search.heavy import with_alike_merged
from ksolve.verified import solve

KEEPING = frozenset(tier for tier in Tier if tier <= Tier.NEARNESS)
"""The tiers of wishes and changes, which come before what the plan itself prefers."""
_FIRST_SHARE = 0.75
"""The part of the time that the fewest changes may take."""
_NEARBY_SHARE = 0.1
"""The part of the time for where few series move at all."""
_LEAST_S = 1.0


def search(problem: Problem, base: Schedule, options: Options, watch: Watch) -> Answer:
    """Return the schedule with the fewest changes, and among its like one that the plan prefers.

    The changes are minimised without the plan's preferences, which make a model many times larger, and
    which tell people apart that are alike: these bounds hold for every schedule. Then each series may
    change as much as it does, and no more, and the preferences are minimised: what they cost is the
    best for these changes, and no bound for others.
    """
    began = time.monotonic()
    keep = with_alike_merged(replace(problem, rules=tuple(_of_keeping(problem))))
    nearby = _nearby(keep, base, options, watch)
    if nearby.interrupted:
        return _told(problem, keep, nearby, nearby, nearby.seconds)
    share = replace(options, limit_s=options.limit_s * _FIRST_SHARE)
    fewest = solve(keep, share, watch, nearby.schedule or base)
    if fewest.schedule is None and nearby.schedule is not None:
        fewest = replace(nearby, interrupted=fewest.interrupted)
    if fewest.schedule is None:
        return fewest
    named = keep_names(fewest.schedule, keep, kept_units(fewest.schedule, base))
    left_s = options.limit_s - (time.monotonic() - began)
    best = replace(fewest, schedule=named)
    if left_s > _LEAST_S and not fewest.interrupted:
        bounded = replace(problem, rules=tuple(_no_more(p, problem, named) for p in problem.rules))
        found = solve(bounded, replace(options, limit_s=left_s), watch, named)
        best = found if found.schedule is not None else best
    return _told(problem, keep, fewest, best, time.monotonic() - began)


def _nearby(problem: Problem, base: Schedule, options: Options, watch: Watch) -> Answer:
    """Return what there is where no series moves but those that have to.

    Its model is small, and what it finds is most often the best: it is where the search for all begins.
    What it proves holds for such schedules only, so no bound of it is told.
    """
    staying = replace(problem, rules=tuple(_staying(problem, base)))
    once = replace(options, limit_s=options.limit_s * _NEARBY_SHARE, steps=(Step.ANY, Step.SWEEP))
    found = solve(staying, once, lambda seen: watch(replace(seen, tiers=())), base)
    return replace(found, verdict=found.verdict if found.schedule else Verdict.UNKNOWN, tiers=())


def _staying(problem: Problem, base: Schedule) -> Iterator[Posted]:
    """Yield the rules, and let series of which nothing is broken or wished stay where they are."""
    case = Case(problem, base)
    moving = {
        session.series
        for posted in problem.rules
        for breach in posted.rule.check(posted, case)
        for session in breach.sessions
    }
    moving |= {
        series.id for posted in problem.rules if posted.tier is Tier.WISHES for series in posted.series
    }
    for posted in problem.rules:
        is_staying = isinstance(posted.rule, FewMoves) and moving.isdisjoint(s.id for s in posted.series)
        yield replace(posted, tier=None) if is_staying else posted


def _of_keeping(problem: Problem) -> Iterator[Posted]:
    """Yield the hard rules and those of keeping; a preference that permits what is else forbidden stays."""
    yield from problem.hard.rules
    yield from (p for p in problem.rules if p.tier in KEEPING and not p.rule.permits)


def _no_more(posted: Posted, problem: Problem, schedule: Schedule) -> Posted:
    """Let a rule of keeping cost no more than it does in a schedule."""
    if posted.tier not in KEEPING or posted.rule.permits:
        return posted
    spent = sum(breach.amount for breach in posted.rule.check(posted, Case(problem, schedule)))
    return replace(posted, most=spent)


def _told(problem: Problem, keep: Problem, fewest: Answer, best: Answer, seconds: float) -> Answer:
    """Return the best schedule with what it costs, and the bounds that hold for every schedule."""
    if best.schedule is None:
        return best
    bounds = {one.tier: one.bound for one in fewest.tiers}
    counted = costs(problem, best.schedule) | {
        tier: value for tier, value in costs(keep, best.schedule).items() if tier in KEEPING
    }
    tiers = tuple(TierValue(tier, value, bounds.get(tier, 0)) for tier, value in sorted(counted.items()))
    proven = all(one.proven for one in tiers)
    verdict = Verdict.OPTIMAL if proven else Verdict.FEASIBLE
    interrupted = (fewest.interrupted or best.interrupted) and not proven
    return replace(best, verdict=verdict, tiers=tiers, seconds=seconds, interrupted=interrupted)
