"""Among schedules that cost the same in every tier, the most regular: the last of what a new year wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic

from ksolve.checker import costs
from ksolve.fit.regularity import regularity
from ksolve.fit.worth import Worth, in_one_week_less
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver import Answer, Options, worthiest
from ksolve.text import Text
from ksolve.verified import accepted


@dataclass(frozen=True)
class MostRegular:
    """The most regular answer found; `is_most`: proven, as long as the usual days are what they are."""

    answer: Answer
    is_most: bool

    @property
    def text(self) -> Text:
        """What the figure is measured against."""
        return _MOST if self.is_most else _UNPROVEN


def most_regular(problem: Problem, answer: Answer, options: Options) -> MostRegular:
    """Return an answer that costs as much in every tier and keeps more of its usual days, if there is one.

    The usual days are the sentences that regularity has for the schedule. Raises DisagreementError where the
    checker refuses what was found.
    """
    schedule = answer.schedule or Schedule(())
    limits = {tier.tier: tier.value for tier in answer.tiers}
    ends = monotonic() + options.limit_s
    worth = Worth(regularity(problem, schedule), problem.year)
    schedule, is_most = _most_worth(problem, limits, schedule, worth, options)
    fuller = in_one_week_less(regularity(problem, schedule), schedule, problem.year)
    if fuller is not None:
        left = replace(options, limit_s=max(1.0, ends - monotonic()))
        there, is_most_there = _most_worth(problem, limits, schedule, fuller, left)
        if there is not schedule:
            schedule, is_most = there, is_most_there
    counted = costs(problem.to_date, schedule)
    tiers = tuple(replace(tier, value=counted[tier.tier]) for tier in answer.tiers)
    return MostRegular(replace(answer, schedule=schedule, tiers=tiers), is_most)


def _most_worth(
    problem: Problem, limits: Mapping[Tier, int], known: Schedule, worth: Worth, options: Options
) -> tuple[Schedule, bool]:
    """Return the most regular of the schedules that are worth most, and whether none is worth more."""
    schedule, share, is_most = known, regularity(problem, known).share or 0, False
    for better in worthiest(problem.to_date, limits, known, worth, options):
        is_most = better.is_most
        if better.schedule is not None:
            there = accepted(problem, better.schedule, limits)
            now = regularity(problem, there).share or 0
            if now > share:
                schedule, share = there, now
    return schedule, is_most


_MOST = Text(
    "同じ減点のどの予定でも、今のいつもの日からの規則性はこれより高くなりません(証明済み)",
    "no schedule of the same costs keeps more of these usual days (proven)",
)
_UNPROVEN = Text(
    "同じ減点で、これより規則性の高い予定があるかもしれません",
    "there may be a more regular schedule of the same costs",
)
