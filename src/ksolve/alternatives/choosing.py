"""Several good plans, one after the other: each as far as can be from all before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from time import monotonic

from ksolve.alternatives.by_parts import FartherByParts, separable
from ksolve.alternatives.seeing import sight
from ksolve.changes.distance import Distance, distance
from ksolve.checker import costs
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver import Answer, Farther, Farthest, Options, TierValue, Verdict, Watch
from ksolve.verified import accepted, named_at_least, solve

_FIRST_SHARE = 0.5
"""The part of the time that the first plan may take; a whole centre takes a tenth of a minute."""
_LEAST_S = 1.0
"""What is not worth a search."""


class End(StrEnum):
    """How a choice ended: with as many plans as were wanted, with all that there are, or too early."""

    FULL = "full"
    EXHAUSTED = "exhausted"
    UNKNOWN = "unknown"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Alternative:
    """A plan of a choice.

    `distances` are those from each plan before it; `bound` is what no plan exceeds in the rhythm to the
    nearest of them, `dates_bound` the same for the dates, None where it is not proven.
    """

    answer: Answer
    distances: tuple[Distance, ...] = ()
    bound: int = 0
    dates_bound: int | None = None

    @property
    def schedule(self) -> Schedule:
        """The schedule."""
        return self.answer.schedule or Schedule(())

    @property
    def nearest(self) -> int:
        """The number, from 1 on, of the plan before it that it is most like."""
        return min(range(len(self.distances)), key=lambda n: self.distances[n]) + 1


@dataclass(frozen=True)
class Choice:
    """The plans that were found, what each tier may cost in them, and whether there are more.

    `first` is the answer of the search for the best: where it has no schedule there are no plans.
    """

    wanted: int
    plans: tuple[Alternative, ...]
    limits: Mapping[Tier, int]
    end: End
    first: Answer


def choose(
    problem: Problem,
    wanted: int,
    slack: Fraction,
    options: Options,
    watch: Watch = lambda _progress: None,
    found: Callable[[Alternative], None] = lambda _plan: None,
) -> Choice:
    """Return up to `wanted` plans: the best, and others within the slack of its cost in each tier.

    `slack` is a part of each cost: 0.02 lets 100 become 102, and 0 stay 0. `found` is called with each plan.
    What the best costs is its proven optimum or, where that is open, what was reached.
    Raises DisagreementError where solver and checker differ, PlanError where the memory is too small.
    """
    began = monotonic()
    share = _FIRST_SHARE if wanted > 1 else 1.0
    first = solve(problem, replace(options, limit_s=options.limit_s * share), watch)
    if first.schedule is None:
        return Choice(wanted, (), {}, End.INTERRUPTED if first.interrupted else End.UNKNOWN, first)
    limits = {tier.tier: int(tier.value * (1 + slack)) for tier in first.tiers}
    plans = [Alternative(first)]
    found(plans[0])
    end = End.INTERRUPTED if first.interrupted else End.FULL
    if wanted > 1 and end is End.FULL:
        apart = () if slack else separable(problem.to_date, first)
        space: Farther | FartherByParts = (
            Farther(problem.to_date, limits, options)
            if not apart
            else (FartherByParts(apart, first.schedule, options))
        )
        end = End.UNKNOWN
        while (left_s := options.limit_s - (monotonic() - began)) > _LEAST_S:
            known = [(plan.schedule, sight(problem, plan.schedule)) for plan in plans]
            step = space.next(known, left_s / (wanted - len(plans)))
            if step.schedule is None:
                end = _end(step)
                break
            plans.append(_alternative(problem, plans, step, limits, options))
            found(plans[-1])
            if len(plans) == wanted or step.interrupted:
                end = End.FULL if len(plans) == wanted else End.INTERRUPTED
                break
    return Choice(wanted, tuple(plans), limits, end, first)


def _end(step: Farthest) -> End:
    if step.exhausted:
        return End.EXHAUSTED
    return End.INTERRUPTED if step.interrupted else End.UNKNOWN


def _alternative(
    problem: Problem,
    plans: Sequence[Alternative],
    step: Farthest,
    limits: Mapping[Tier, int],
    options: Options,
) -> Alternative:
    """Return what was found as a plan that the checker has passed, its distances counted from its dates."""
    dated = accepted(problem, step.schedule or Schedule(()), limits)
    schedule, names = named_at_least(problem, dated, options, 0.0 if step.interrupted else _NAMING_S)
    here = sight(problem, schedule)
    distances = tuple(distance(sight(problem, plan.schedule), here) for plan in plans)
    answer = replace(_priced(problem, schedule, plans[0].answer), names=names)
    return Alternative(answer, distances, step.rhythm, step.dates)


_NAMING_S = 2.0
"""So long people may be named anew in a plan that is found."""


def _priced(problem: Problem, schedule: Schedule, first: Answer) -> Answer:
    """Return a schedule as an answer, with its own costs and the bounds of the first plan.

    A bound holds for what the tiers before it reached in the first plan: where one costs more nothing is
    proven of those after it.
    """
    counted = costs(problem.to_date, schedule)
    tiers: list[TierValue] = []
    is_as_first = True
    for tier in first.tiers:
        bound = tier.bound if is_as_first else 0
        tiers.append(replace(tier, value=counted[tier.tier], bound=min(bound, counted[tier.tier])))
        is_as_first = is_as_first and counted[tier.tier] == tier.value
    proven = all(tier.proven for tier in tiers)
    verdict = Verdict.OPTIMAL if proven else Verdict.FEASIBLE
    return replace(first, schedule=schedule, tiers=tuple(tiers), verdict=verdict)
