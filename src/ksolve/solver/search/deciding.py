"""Who gets what of what is shared: the cores are dated, then better dates are looked for near those."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, Step, TierValue, Verdict
from ksolve.solver.search.side_by_side import FIRST

_SHARE, _CORE_S, _SERIES_S = 0.25, 10.0, 0.4
"""The most of the time for dating cores: a share, and seconds, or so many for each series of the largest."""
_NEAR = 0.12
"""The share of the time for better dates near those that were found."""
_STEPS = (*FIRST, Step.REARRANGING, Step.RELAXATION, Step.SWEEP, Step.TIERS)
"""The steps for cores: where many want the same, a few are dated anew before anything else."""
_PROVING = 0.3
"""The share of the time for proofs, once every part has a schedule."""
_LEAST_S = 0.5

Costs = tuple[TierValue, ...]


class Search(Protocol):
    """Searches some problems side by side in a share of the time that is left, from a schedule if given."""

    def __call__(
        self,
        problems: Sequence[Problem],
        share: float,
        steps: Sequence[Step],
        *,
        start: Schedule | None = None,
    ) -> tuple[Answer, ...]:
        """Return an answer for each."""


@dataclass(frozen=True)
class Deciding:
    """Dates cores by a search; `left_s` tells how many seconds are left, `is_over` whether it is to end."""

    search: Search
    left_s: Callable[[], float]
    is_over: Callable[[], bool]

    def answers(self, cores: Sequence[Problem]) -> tuple[Answer, ...]:
        """Return an answer for each core.

        The relaxation of a core is weak where many want one person: what is found on usual places is
        far from the best, and CP-SAT's neighbourhoods of all candidates come nearer. They prove nothing:
        bounds are those of the search before.
        """
        found = self._dated(cores)
        near = [n for n, one in enumerate(found) if one.verdict is Verdict.FEASIBLE and one.counted]
        if self.is_over() or not near or any(one.schedule is None for one in found):
            return found
        again = self.search([cores[n] for n in near], _NEAR, (Step.ANY, Step.SWEEP), start=_joined(found))
        better = dict(zip(near, again, strict=True))
        return tuple(_better(one, better[n]) if n in better else one for n, one in enumerate(found))

    def proven(self, cores: Sequence[Problem], found: Sequence[Answer]) -> tuple[Answer, ...]:
        """Return answers with more that is proven of their costs, where no usual places are chosen.

        Where they are, the relaxation is too weak for a proof.
        """
        unproven = [
            n
            for n, one in enumerate(found)
            if one.verdict is Verdict.FEASIBLE and one.counted and not _has_places(cores[n])
        ]
        if self.is_over() or not unproven:
            return tuple(found)
        steps = (Step.ANY, Step.TIERS)
        again = self.search([cores[n] for n in unproven], _PROVING, steps, start=_joined(found))
        bounds = {n: holding(one.tiers, found[n].tiers) for n, one in zip(unproven, again, strict=True)}
        return tuple(_bounded(one, bounds[n]) if n in bounds else one for n, one in enumerate(found))

    def _dated(self, cores: Sequence[Problem]) -> tuple[Answer, ...]:
        """Search for as long as is worth it, and longer where one has no schedule by then."""
        if not cores:
            return ()
        most_s = max(_CORE_S, _SERIES_S * max(len(core.series) for core in cores))
        found = self.search(cores, min(_SHARE, most_s / max(self.left_s(), _LEAST_S)), _STEPS)
        unknown = [n for n, one in enumerate(found) if one.verdict is Verdict.UNKNOWN]
        if self.is_over() or not unknown or any(one.verdict is Verdict.INFEASIBLE for one in found):
            return found
        again = dict(zip(unknown, self.search([cores[n] for n in unknown], _SHARE, _STEPS), strict=True))
        return tuple(again.get(n, one) for n, one in enumerate(found))


def _joined(found: Sequence[Answer]) -> Schedule:
    """Return the schedules of answers as one."""
    return Schedule.of(s for one in found if one.schedule for s in one.schedule.sessions)


def _better(known: Answer, near: Answer) -> Answer:
    """Return the better of two answers, with the bounds of the first."""
    if near.schedule is None or not near.counted:
        return known
    if [tier.value for tier in near.tiers] >= [tier.value for tier in known.tiers]:
        return known
    bounds = holding(known.tiers, near.tiers)
    tiers = tuple(replace(t, bound=min(t.value, b)) for t, b in zip(near.tiers, bounds, strict=True))
    verdict = Verdict.OPTIMAL if all(tier.proven for tier in tiers) else Verdict.FEASIBLE
    return replace(near, tiers=tiers, verdict=verdict)


def _has_places(core: Problem) -> bool:
    """Whether a core chooses usual places."""
    return any(posted.tier is Tier.PATTERN for posted in core.rules)


def _bounded(known: Answer, bounds: Sequence[int]) -> Answer:
    """Return an answer with the better of its own bounds and others that hold under its costs."""
    tiers = tuple(
        replace(t, bound=min(t.value, max(t.bound, b))) for t, b in zip(known.tiers, bounds, strict=True)
    )
    return replace(known, tiers=tiers)


def holding(known: Costs, costs: Costs) -> list[int]:
    """Return the bounds of an answer that hold under costs: under no more than it reached in tiers before."""
    told = {tier.tier: tier for tier in known}
    found: list[int] = []
    holds = True
    for one in costs:
        reached = told.get(one.tier, TierValue(one.tier, 0, 0))
        found.append(reached.bound if holds else 0)
        holds = holds and one.value <= reached.value
    return found
