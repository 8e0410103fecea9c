"""Answers of independent parts, joined: sessions together, costs and bounds added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, Progress, Source, TierValue, Verdict


@dataclass(frozen=True)
class Found:
    """The best schedule of a part so far, its costs once they are counted, and what is proven of them."""

    schedule: Schedule
    tiers: tuple[TierValue, ...]
    counted: bool = True

    @property
    def proven(self) -> bool:
        """Whether the part has no better schedule."""
        return self.counted and all(tier.proven for tier in self.tiers)

    def within(self, gap: float) -> bool:
        """Whether no more than this part of each cost is not proven necessary."""
        return self.counted and all(tier.value - tier.bound <= gap * tier.value for tier in self.tiers)

    @property
    def gap(self) -> int:
        """How much the first cost that is not proven may still fall."""
        return next((tier.value - tier.bound for tier in self.tiers if not tier.proven), 0)

    @property
    def rank(self) -> tuple[int, ...]:
        """What the lower of is the better: the costs in the order of the tiers, then what is open."""
        costs = (*(tier.value for tier in self.tiers), *(-tier.bound for tier in self.tiers))
        return (int(not self.counted), *costs)


class Joined:
    """What is known of each part, and of all of them together."""

    def __init__(self, count: int, tiers: Sequence[Tier]) -> None:
        self.tiers = tiers
        self.best: list[Found | None] = [None] * count
        self.infeasible = False

    def take(self, part: int, told: Progress | Answer) -> bool:
        """Keep what a part has told, and say whether it is better than what was known of it."""
        if isinstance(told, Answer) and told.verdict is Verdict.INFEASIBLE:
            self.infeasible = True
        if told.schedule is None:
            return False
        known, found = self.best[part], Found(told.schedule, told.tiers, told.counted)
        if known is not None and known.rank <= found.rank:
            return False
        self.best[part] = found
        return True

    def open_parts(self, gap: float = 0.0) -> list[int]:
        """Return the parts of which something is left to find or to prove, but for a part of the costs."""
        return [number for number, found in enumerate(self.best) if found is None or not found.within(gap)]

    def progress(self, seconds: float) -> Progress | None:
        """Return the best schedule of all parts together, None while one has none."""
        found = self._all()
        if found is None:
            return None
        values = self._values(found)
        bound = float(sum(tier.bound for tier in values))
        return Progress(seconds, _schedule(found), values, None, bound, _counted(found))

    def answer(self, seconds: float, *, interrupted: bool) -> Answer:
        """Return the verdict on the whole: infeasible if one part is, else unknown if one part is."""
        if self.infeasible:
            return Answer(Verdict.INFEASIBLE, None, (), seconds, interrupted=False)
        found = self._all()
        if found is None:
            return Answer(Verdict.UNKNOWN, None, (), seconds, interrupted=interrupted)
        verdict = Verdict.OPTIMAL if all(part.proven for part in found) else Verdict.FEASIBLE
        schedule, values = _schedule(found), self._values(found)
        return Answer(verdict, schedule, values, seconds, interrupted=interrupted, counted=_counted(found))

    def _all(self) -> list[Found] | None:
        found = [part for part in self.best if part is not None]
        return found if len(found) == len(self.best) else None

    def _values(self, found: Sequence[Found]) -> tuple[TierValue, ...]:
        """Add up each tier: parts share nothing, so the optimum of a sum is the sum of the optima.

        Below a tier that is not proven a part's bound holds for what that part reached, and parts may
        trade: one may do better there, and leave another room. So nothing is claimed there but 0.
        """
        if not _counted(found):
            return ()
        told = [tier for part in found for tier in part.tiers]
        values: list[TierValue] = []
        for tier in self.tiers:
            reached = sum(one.value for one in told if one.tier is tier)
            proven = sum(one.bound for one in told if one.tier is tier)
            sources = {one.source for one in told if one.tier is tier and one.bound}
            source = sources.pop() if len(sources) == 1 else Source.SEARCH
            bound = proven if all(v.proven for v in values) else 0
            values.append(TierValue(tier, reached, bound, source))
        return tuple(values)


def _counted(found: Iterable[Found]) -> bool:
    return all(part.counted for part in found)


def _schedule(found: Iterable[Found]) -> Schedule:
    return Schedule.of(session for part in found for session in part.schedule.sessions)
