"""Plans that share rooms or people: each as if alone first, then in rounds beside those placed before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ksolve.problem import Problem
from ksolve.problem.common import Common
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, TierValue, Tuning, Verdict
from ksolve.solver.model.uses import Standing
from ksolve.solver.search import taking
from ksolve.solver.search.elsewhere import with_elsewhere, without_elsewhere
from ksolve.solver.search.joining import Found
from ksolve.solver.search.lending import counted
from ksolve.solver.search.run import now
from ksolve.solver.search.taking import taken, too_many
from ksolve.solver.search.together import dated_together, is_small

_LEAST_S = 1.0
"""A plan is searched once more for at least so long, be the time over or not."""
_LEAST_TOGETHER_S, _TOGETHER_SHARE = 4.0, 0.5
"""The least time of plans that are taken together, and the part of what is left."""


class SideBySideSearch(Protocol):
    """Searches some plans at once."""

    def __call__(
        self, some: Sequence[Problem], limit_s: float, standing: tuple[Standing, ...] = ()
    ) -> tuple[Answer, ...]:
        """Return an answer for each, found within a time of all, beside units that are taken already."""


@dataclass(frozen=True)
class Rounds:
    """How plans are searched in rounds: so many at once, until a moment (see `now`)."""

    search: SideBySideSearch
    places: int
    until_s: float
    tuning: Tuning = field(default_factory=Tuning)


def fitted(common: Common, alone: Sequence[Answer], rounds: Rounds) -> tuple[Answer, ...]:
    """Return answers in which no shared pool is taken more often than it has units.

    `alone` are the answers as if each plan had the shared pools (whose ids mean the same in all plans) for
    itself: so their bounds hold, and what cannot be held alone cannot be held. Where they clash, the first
    few are searched again at once, beside those that have their place, as are those of which nothing is
    known; what then clashes with one another waits for the next round. A plan for which no place is found
    comes first once; where that does not help, it is taken together with those that are in its way, as one
    model, where that is not too large. That all that share cannot be held together is proven then, or it is
    not known whether there is a place.
    """
    turns = _Turns(common, tuple(alone), rounds)
    order = sorted(range(len(alone)), key=lambda n: -sum(turns.taken(n, alone[n]).values()))
    found, failed = turns.placed_in(order)
    if failed:
        found, failed = turns.placed_in([*failed, *(n for n in order if n not in failed)])
    if failed:
        found |= turns.together(found, failed)
    return tuple(found[n] for n in range(len(alone)))


@dataclass(frozen=True)
class _Turns:
    common: Common
    alone: tuple[Answer, ...]
    rounds: Rounds

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problem of each plan."""
        return self.common.problems

    @property
    def shared(self) -> frozenset[str]:
        """The ids of the pools that plans share."""
        return self.common.shared

    def placed_in(self, order: Sequence[int]) -> tuple[dict[int, Answer], list[int]]:
        """Return an answer for each plan, placed in this order, and those for which no place was found."""
        placed: dict[int, Answer] = {}
        failed: list[int] = []
        told = {n: one for n, one in enumerate(self.alone) if one.verdict is not Verdict.UNKNOWN}
        waiting = list(order)
        while waiting:
            for number in [n for n in waiting if n in told]:
                if not self.clash(number, told[number], placed):
                    placed[number] = told[number]
                    waiting.remove(number)
            asked = waiting[: self.rounds.places]
            again = self.beside(asked, placed, len(asked) / len(waiting)) if asked else {}
            for number in asked[:1]:
                if self.clash(number, again[number], placed):  # never, or it would be asked without end
                    again[number] = replace(again[number], verdict=Verdict.UNKNOWN, schedule=None, tiers=())
            told |= again
            failed += (n for n, answer in again.items() if answer.schedule is None)
        return placed, failed

    def clash(self, number: int, answer: Answer, others: Mapping[int, Answer]) -> bool:
        """Whether a plan takes more of what is shared than the others leave, or than limits allow all."""
        takes = self.taken(number, answer)
        units = {one.id: len(one.units) for one in self.problems[number].resources}
        if not takes:
            return False
        all_ = dated({**others, number: answer})
        return bool(too_many(takes + self.taken_by(others), units)) or any(self.common.breaches(all_))

    def taken(self, number: int, answer: Answer) -> Counter[Standing]:
        """Return the units of shared pools that a plan's sessions take."""
        problem = self.problems[number]
        resources = {one.id for one in problem.resources if one.pool in self.shared}
        return Counter(taken(answer.schedule.sessions if answer.schedule else (), problem, resources))

    def taken_by(self, others: Mapping[int, Answer]) -> Counter[Standing]:
        """Return the units of shared pools that some plans' sessions take."""
        return sum((self.taken(n, one) for n, one in others.items()), Counter[Standing]())

    def beside(self, asked: Sequence[int], others: Mapping[int, Answer], share: float) -> dict[int, Answer]:
        """Return new answers of some plans beside what others take, found in a share of the time left."""
        limit_s = max(_LEAST_S, self.left_s * share)
        standing = tuple(self.taken_by(others).elements())
        limited = [taking.beside(with_elsewhere(self.common, n, dated(others)), standing)[0] for n in asked]
        found = self.rounds.search(limited, limit_s, standing)
        return {n: self.bounded(n, again) for n, again in zip(asked, found, strict=True)}

    @property
    def left_s(self) -> float:
        """The time that is left."""
        return self.rounds.until_s - now()

    def bounded(self, number: int, again: Answer) -> Answer:
        """Return an answer beside others with the bounds of the plan alone."""
        if again.schedule is None:
            return replace(again, verdict=Verdict.UNKNOWN)
        again = replace(again, schedule=without_elsewhere(self.problems[number], again.schedule))
        tiers = _bounded(again.tiers, self.alone[number].tiers)
        if not tiers:  # nothing can cost, or it is not counted yet: as it says itself
            return again
        verdict = Verdict.OPTIMAL if all(one.proven for one in tiers) else Verdict.FEASIBLE
        return replace(again, verdict=verdict, tiers=tiers)

    def together(self, placed: Mapping[int, Answer], failed: Sequence[int]) -> dict[int, Answer]:
        """Return other answers where plans that found no place are taken together with those in their way.

        Those of which no place was found may have one, and others then another. Where all that share are
        taken and cannot be held together, that is proven of those that found none.
        """
        members, others = self.members(placed, failed)
        if len(members) < 2:
            return {}
        hard = [self.common.limited(n).hard for n in members]
        limit_s = max(_LEAST_TOGETHER_S, self.left_s * _TOGETHER_SHARE)
        standing = self.taken_by({n: placed[n] for n in others}).elements()
        verdict, schedules = dated_together(hard, self.shared, limit_s, self.rounds.tuning, standing)
        if verdict is Verdict.INFEASIBLE and not others:
            return {n: replace(placed[n], verdict=verdict, together=True) for n in failed}
        found = {n: self.costed(n, one) for n, one in zip(members, schedules, strict=False)}
        if any(self.common.breaches(dated({**placed, **found}))):
            return {}  # limits over several plans are not in that model
        for done, number in enumerate(found):
            if found[number].verdict is not Verdict.OPTIMAL:
                beside = {n: one for n, one in {**placed, **found}.items() if n != number}
                again = self.beside([number], beside, 1 / (len(found) - done))[number]
                if again.schedule is not None and self.is_better(again, found[number]):
                    found[number] = again
        return found

    def members(self, placed: Mapping[int, Answer], failed: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return the plans that are taken together, as many as one model may hold, and the others that share.

        First those without a place, then those that take most of what is shared.
        """
        using = [n for n in placed if self.uses(n) and placed[n].verdict is not Verdict.INFEASIBLE]
        members: list[int] = []
        for number in sorted(using, key=lambda n: (n not in failed, -self.taken(n, placed[n]).total())):
            if is_small(self.problems[n] for n in (*members, number)):
                members.append(number)
        return members, [n for n in using if n not in members]

    def uses(self, number: int) -> bool:
        """Whether a plan needs anything that is shared."""
        pools = {pool for one in self.problems[number].series for need in one.needs for pool in need.pools}
        return not pools.isdisjoint(self.shared)

    def costed(self, number: int, schedule: Schedule) -> Answer:
        """Return an answer with what a schedule costs, and the bounds of the plan alone."""
        tiers = counted(self.problems[number], schedule)
        return self.bounded(number, Answer(Verdict.OPTIMAL, schedule, tiers, 0.0, interrupted=False))

    def is_better(self, one: Answer, other: Answer) -> bool:
        """Whether an answer costs less than another, or is known to."""
        ranks = [Found(a.schedule, a.tiers, a.counted).rank for a in (one, other) if a.schedule]
        return ranks[0] < ranks[1]


def dated(answers: Mapping[int, Answer]) -> dict[int, Schedule]:
    """Return the schedules of plans that have one, by their numbers."""
    return {n: one.schedule for n, one in answers.items() if one.schedule is not None}


def _bounded(reached: Sequence[TierValue], alone: Sequence[TierValue]) -> tuple[TierValue, ...]:
    """Return what is reached with the bounds of the plan alone.

    A bound of a tier holds for what was reached in the tiers before it, and no more is claimed.
    """
    return tuple(_bounds(reached, {one.tier: one for one in alone}))


def _bounds(reached: Sequence[TierValue], told: Mapping[object, TierValue]) -> Iterator[TierValue]:
    holds = True
    for one in reached:
        known = told.get(one.tier, TierValue(one.tier, 0, 0))
        yield replace(one, bound=min(one.value, known.bound) if holds else 0)
        holds = holds and one.value <= known.value
