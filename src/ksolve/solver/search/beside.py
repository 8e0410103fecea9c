"""Plans that share rooms or people: each as if alone first, then in turn beside those that came before it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ksolve.problem import Problem
from ksolve.solver.answer import Answer, Options, TierValue, Verdict
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.run import now
from ksolve.solver.search.whole import solve_whole

_LEAST_S = 1.0
"""A plan is searched once more for at least so long, be the time over or not."""


def fitted(
    problems: Sequence[Problem], alone: Sequence[Answer], shared: Collection[str], options: Options
) -> tuple[Answer, ...]:
    """Return answers in which no shared pool is taken more often than it has units.

    `alone` are the answers as if each plan had the `shared` pools (ids that mean the same in all plans) for
    itself: so their bounds hold, and what has no schedule alone has none. A plan for which no place is
    found beside the others comes first once; where that does not help, it is not known whether there is one.
    """
    turns = _Turns(tuple(problems), tuple(alone), frozenset(shared), options, now())
    order = sorted(range(len(problems)), key=lambda n: -sum(turns.taken(n, alone[n]).values()))
    found, failed = turns.taken_in(order)
    if failed:
        found, _ = turns.taken_in([*failed, *(n for n in order if n not in failed)])
    return tuple(found[n] for n in range(len(problems)))


@dataclass(frozen=True)
class _Turns:
    problems: tuple[Problem, ...]
    alone: tuple[Answer, ...]
    shared: frozenset[str]
    options: Options
    began: float

    def taken_in(self, order: Sequence[int]) -> tuple[dict[int, Answer], list[int]]:
        """Return an answer for each plan, searched in this order, and those for which no place was found."""
        found: dict[int, Answer] = {}
        failed: list[int] = []
        others = Counter[Standing]()
        for place, number in enumerate(order):
            answer = self.alone[number]
            if answer.schedule is not None:
                answer = self._beside(number, others, len(order) - place)
                failed += [number] if answer.schedule is None else []
            others += self.taken(number, answer)
            found[number] = answer
        return found, failed

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

    def _beside(self, number: int, others: Counter[Standing], waiting: int) -> Answer:
        """Return a plan's answer beside what the others take: that of it alone where it fits."""
        problem, alone = self.problems[number], self.alone[number]
        units = {one.id: len(one.units) for one in problem.resources}
        if not too_many(self.taken(number, alone) + others, units):
            return alone
        left_s = self.options.limit_s - (now() - self.began)
        options = replace(self.options, limit_s=max(_LEAST_S, left_s / waiting))
        again = solve_whole(problem, options, lambda _progress: None, None, tuple(others.elements()))
        if again.schedule is None:
            return replace(again, verdict=Verdict.UNKNOWN)
        tiers = _bounded(again.tiers, alone.tiers)
        verdict = Verdict.OPTIMAL if tiers and all(one.proven for one in tiers) else Verdict.FEASIBLE
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
