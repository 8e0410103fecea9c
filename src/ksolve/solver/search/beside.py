"""Plans that share rooms or people: each as if alone first, then in rounds beside those placed before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from ksolve.problem import Problem
from ksolve.solver.answer import Answer, TierValue, Verdict
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.run import now

_LEAST_S = 1.0
"""A plan is searched once more for at least so long, be the time over or not."""


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


def fitted(
    problems: Sequence[Problem], alone: Sequence[Answer], shared: Collection[str], rounds: Rounds
) -> tuple[Answer, ...]:
    """Return answers in which no shared pool is taken more often than it has units.

    `alone` are the answers as if each plan had the `shared` pools (ids that mean the same in all plans) for
    itself: so their bounds hold, and what cannot be held alone cannot be held. Where they clash, the first
    few are searched again at once, beside those that have their place, as are those of which nothing is
    known; what then clashes with one another waits for the next round. A plan for which no place is found
    comes first once; where that does not help, it is not known whether there is one.
    """
    turns = _Turns(tuple(problems), tuple(alone), frozenset(shared), rounds)
    order = sorted(range(len(problems)), key=lambda n: -sum(turns.taken(n, alone[n]).values()))
    found, failed = turns.placed_in(order)
    if failed:
        found, _ = turns.placed_in([*failed, *(n for n in order if n not in failed)])
    return tuple(found[n] for n in range(len(problems)))


@dataclass(frozen=True)
class _Turns:
    problems: tuple[Problem, ...]
    alone: tuple[Answer, ...]
    shared: frozenset[str]
    rounds: Rounds

    def placed_in(self, order: Sequence[int]) -> tuple[dict[int, Answer], list[int]]:
        """Return an answer for each plan, placed in this order, and those for which no place was found."""
        placed: dict[int, Answer] = {}
        failed: list[int] = []
        others = Counter[Standing]()
        told = {n: one for n, one in enumerate(self.alone) if one.verdict is not Verdict.UNKNOWN}
        waiting = list(order)
        while waiting:
            for number in [n for n in waiting if n in told]:
                takes = self.taken(number, told[number])
                if not self.clash(number, takes, others):
                    placed[number] = told[number]
                    others += takes
                    waiting.remove(number)
            again = self._beside(waiting, others)
            told |= again
            failed += (n for n, answer in again.items() if answer.schedule is None)
        return placed, failed

    def clash(self, number: int, takes: Counter[Standing], others: Counter[Standing]) -> bool:
        """Whether a plan takes more of what is shared than the others leave."""
        units = {one.id: len(one.units) for one in self.problems[number].resources}
        return bool(takes) and bool(too_many(takes + others, units))

    def taken(self, number: int, answer: Answer) -> Counter[Standing]:
        """Return the units of shared pools that a plan's sessions take."""
        problem = self.problems[number]
        resource = {
            unit: one.id for one in problem.resources if one.pool in self.shared for unit in one.units
        }
        sessions = answer.schedule.sessions if answer.schedule else ()
        return Counter(
            Standing(resource[unit], one.day, one.start, one.end)
            for one in sessions
            if not one.held_with
            for unit in one.units
            if unit in resource
        )

    def _beside(self, waiting: Sequence[int], others: Counter[Standing]) -> dict[int, Answer]:
        """Return new answers of the first few plans that wait, beside what the others take."""
        asked = waiting[: self.rounds.places]
        if not asked:
            return {}
        left_s = self.rounds.until_s - now()
        limit_s = max(_LEAST_S, left_s * len(asked) / len(waiting))
        found = self.rounds.search([self.problems[n] for n in asked], limit_s, tuple(others.elements()))
        return {n: self._bounded(n, again) for n, again in zip(asked, found, strict=True)}

    def _bounded(self, number: int, again: Answer) -> Answer:
        """Return an answer beside others with the bounds of the plan alone."""
        if again.schedule is None:
            return replace(again, verdict=Verdict.UNKNOWN)
        tiers = _bounded(again.tiers, self.alone[number].tiers)
        if not tiers:  # nothing can cost, or it is not counted yet: as it says itself
            return again
        verdict = Verdict.OPTIMAL if all(one.proven for one in tiers) else Verdict.FEASIBLE
        return replace(again, verdict=verdict, tiers=tiers)


def too_many(taken: Counter[Standing], units: Mapping[str, int]) -> list[tuple[str, date]]:
    """Return the resources and dates on which more units are taken at a moment than there are."""
    of_date: dict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    for one, amount in taken.items():
        of_date[one.resource, one.day] += [(one.start, amount), (one.end, -amount)]
    return [key for key, changes in of_date.items() if _most(changes) > units.get(key[0], 0)]


def _most(changes: Iterable[tuple[int, int]]) -> int:
    """Return the most that is taken at once: what ends at a moment is free for what begins at it."""
    most = here = 0
    for _, amount in sorted(changes):
        here += amount
        most = max(most, here)
    return most


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
