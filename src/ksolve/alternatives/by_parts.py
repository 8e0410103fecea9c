"""Other plans where parts share nothing: each part is looked at by itself, and then they are joined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product
from time import monotonic

from ksolve.changes.distance import Distance, Sight, family_of, held, nearest
from ksolve.checker import costs
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.solver import Answer, Farther, Farthest, Options
from ksolve.solver.search.farthest import Known
from ksolve.solver.search.parts import parts

_LEAST_S = 1.0
_WAYS = 1000
"""So many ways of joining schedules of the parts that are known are looked at."""


def separable(problem: Problem, first: Answer) -> tuple[Problem, ...]:
    """Return the parts of a problem whose best plan is proven, if other plans can be looked for part by part.

    Then a plan that costs as little costs the least in each part: the costs of parts add up, tier by tier.
    No family may have groups in two parts, for people see it as one.
    """
    apart = parts(problem)
    families = [{family_of(one) for one in part.series} for part in apart]
    are_seen_apart = sum(map(len, families)) == len(set[object]().union(*families))
    if len(apart) < 2 or not are_seen_apart or not all(tier.proven for tier in first.tiers):
        return ()
    counted = [costs(part, _of(part, first.schedule or Schedule(()))) for part in apart]
    adds_up = all(tier.value == sum(of.get(tier.tier, 0) for of in counted) for tier in first.tiers)
    return apart if adds_up else ()


class FartherByParts:
    """The schedules that cost the least in each part; see `Farther`, of which each part has one.

    The farthest of each part, joined, is the farthest of the whole from one plan, and the bounds add up. From
    several plans it is far. No plan is farther from all of them than from the first, nor than from all on
    average, and what parts are from all adds up: the lesser of the two is the bound.
    """

    def __init__(self, apart: Sequence[Problem], first: Schedule, options: Options) -> None:
        self._parts = apart
        self._families = [{family_of(one) for one in part.series} for part in apart]
        self._spaces = [Farther(part, costs(part, _of(part, first)), options) for part in apart]
        self._from_first = 0

    def next(self, known: Sequence[Known], limit_s: float) -> Farthest:
        """Return a schedule far from the nearest known one, each part with its share of the time."""
        ends = monotonic() + limit_s
        own = [self._known_in(number, known) for number in range(len(self._parts))]
        steps: list[Farthest] = []
        for number, (space, mine) in enumerate(zip(self._spaces, own, strict=True)):
            left_s = (ends - monotonic()) / (len(own) - number)
            steps.append(space.next(mine, max(_LEAST_S, left_s)))
        own = [_unlike(mine) for mine in own]
        interrupted = any(step.interrupted for step in steps)
        is_second = len(known) == 1
        if is_second:
            self._from_first = sum(0 if step.exhausted else step.rhythm for step in steps)
        bound = min(self._from_first, sum(step.to_all for step in steps) // len(known))
        if not any(step.schedule for step in steps):
            return self._joined_anew(known, own, steps, bound, interrupted=interrupted)
        found = _joined([step.schedule or mine[-1][0] for step, mine in zip(steps, own, strict=True)])
        dates = _sum([0 if step.exhausted else step.dates for step in steps]) if is_second else None
        return Farthest(found, self._apart(known, found), bound, dates, interrupted=interrupted)

    def _joined_anew(
        self,
        known: Sequence[Known],
        own: Sequence[Sequence[Known]],
        steps: Sequence[Farthest],
        bound: int,
        *,
        interrupted: bool,
    ) -> Farthest:
        """Return the farthest way of joining what is known of the parts, where that is no known plan.

        Where no part has any other schedule, these are all plans that there are.
        """
        ways = list(islice(product(*own), _WAYS + 1))
        joined = [_joined([schedule for schedule, _ in way]) for way in ways[:_WAYS]]
        apart, best = max(((self._apart(known, one), one) for one in joined), key=lambda found: found[0])
        are_all = all(step.exhausted for step in steps) and len(ways) <= _WAYS
        if not apart.dates:
            return Farthest(None, None, 0, exhausted=are_all, interrupted=interrupted)
        bound, dates = (apart.rhythm, apart.dates) if are_all else (bound, None)
        return Farthest(best, apart, bound, dates, interrupted=interrupted)

    def _apart(self, known: Sequence[Known], schedule: Schedule) -> Distance:
        """Return how far a schedule is from the nearest known one."""
        of = [held(part, schedule).families for part in self._parts]
        return nearest([seen for _, seen in known], Sight({f: seen for one in of for f, seen in one.items()}))

    def _known_in(self, number: int, known: Sequence[Known]) -> list[Known]:
        """Return what each of the known plans has in a part."""
        part, families = self._parts[number], self._families[number]
        return [
            (_of(part, one), Sight({family: f for family, f in seen.families.items() if family in families}))
            for one, seen in known
        ]


def _unlike(known: Sequence[Known]) -> list[Known]:
    """Return what is known of a part, what looks alike once."""
    found: list[Known] = []
    for one, seen in known:
        if not found or nearest([other for _, other in found], seen).dates:
            found.append((one, seen))
    return found


def _sum(counts: Sequence[int | None]) -> int | None:
    """Return what counts come to, None where one of them is not known."""
    known = [one for one in counts if one is not None]
    return sum(known) if len(known) == len(counts) else None


def _of(part: Problem, schedule: Schedule) -> Schedule:
    """Return the sessions of a part."""
    names = {one.id for one in part.series}
    return Schedule(tuple(one for one in schedule.sessions if one.series in names))


def _joined(schedules: Sequence[Schedule]) -> Schedule:
    return Schedule.of(one for schedule in schedules for one in schedule.sessions)
