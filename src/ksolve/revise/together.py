"""Revisions of several plans that share, all at once: where one wants a place that another has to leave."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ksolve.problem import Problem, Tier
from ksolve.problem.common import told_apart_alike
from ksolve.problem.schedule import Schedule
from ksolve.revise.keeping import Asked, keeping
from ksolve.solver import Options, Verdict
from ksolve.solver.search.together import dated_together
from ksolve.verified.apart import named_apart


@dataclass(frozen=True)
class Wanted:
    """A plan's problem, with what is left of what it shares, the schedule to keep to, and what is asked."""

    problem: Problem
    base: Schedule
    asked: Asked

    @property
    def fewest(self) -> Problem:
        """The problem with all wishes met, in which nothing costs but sessions at another time."""
        kept = keeping(self.problem, self.base, self.asked)
        wishes = (replace(posted, tier=None) for posted in kept.rules if posted.tier is Tier.WISHES)
        moves = (posted for posted in kept.rules if posted.tier is Tier.CHANGES)
        return replace(kept, rules=(*kept.hard.rules, *wishes, *moves))


def places_for_all(
    wanted: Sequence[Wanted], shared: Collection[str], options: Options
) -> tuple[Verdict, tuple[Schedule, ...]]:
    """Return schedules in which every wish of some plans is met, and that take nothing shared twice.

    They keep to what each had as far as was found in time; what each plan itself prefers is not asked. That
    there are none is proven.
    """
    problems = told_apart_alike([one.fewest for one in wanted], shared)
    starts = [one.base for one in wanted]
    verdict, found = dated_together(problems, shared, options.limit_s, options.tuning, starts=starts)
    named = named_apart(problems, dict(enumerate(found)), shared)
    return verdict, tuple(named[number] for number in range(len(found)))
