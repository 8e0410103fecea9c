"""Among schedules that cost the same in every tier, a more regular one, or the most regular of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from time import monotonic

from ksolve.checker import costs
from ksolve.fit.regularity import USUAL, regularity
from ksolve.fit.worth import Worth, other_sentences
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver import Answer, Options, parts, worthiest
from ksolve.text import Text
from ksolve.verified import accepted, named_at_least


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

    def raised(known: Schedule, worth: Worth) -> tuple[Schedule, bool]:
        left = replace(options, limit_s=max(1.0, ends - monotonic()))
        return _most_worth(problem, limits, known, worth, left)

    def by_own_sentences(known: Schedule) -> tuple[Schedule, bool]:
        return raised(known, Worth(regularity(problem, known), problem.year))

    schedule, is_most = by_own_sentences(schedule)
    for worth in other_sentences(regularity(problem, schedule), schedule, problem.calendar):
        there, _ = raised(schedule, worth)
        if there is not schedule:
            schedule, is_most = by_own_sentences(there)
    return MostRegular(_answered(problem, answer, schedule, options, ends - monotonic()), is_most)


def more_regular(problem: Problem, answer: Answer, options: Options) -> Answer:
    """Return an answer that costs as much in every tier, and is more regular where one is soon found.

    Each part is looked at by itself, on the weekdays and starts that its programmes have, as long as there
    is time. Raises DisagreementError where the checker refuses what was found.
    """
    before = answer.schedule or Schedule(())
    ends, found = monotonic() + options.limit_s, before
    for part in parts(problem.to_date):
        left_s = ends - monotonic()
        if left_s > 0:
            found = _near(part, found, replace(options, limit_s=left_s))
    if found is before:
        return answer
    there = accepted(problem, found, {tier.tier: tier.value for tier in answer.tiers})
    if _share(problem, there) <= _share(problem, before):
        return answer
    return _answered(problem, answer, there, options, ends - monotonic())


def _near(part: Problem, known: Schedule, options: Options) -> Schedule:
    """Return a schedule in which a part is more regular, and costs it no more in any tier."""
    names = {series.id for series in part.series}
    own = Schedule(tuple(session for session in known.sessions if session.series in names))
    before, limits = own, costs(part, own)

    def raised(worth: Worth) -> Schedule:
        found = worthiest(part, limits, own, worth, options, near=True)
        there = next((better.schedule for better in found), None) or own
        return there if _share(part, there) > _share(part, own) else own

    own = raised(Worth(regularity(part, own), part.year))
    for worth in other_sentences(regularity(part, own), own, part.calendar, USUAL):
        own = raised(worth)
    if own is before:
        return known
    others = (session for session in known.sessions if session.series not in names)
    return Schedule((*others, *own.sessions))


def _most_worth(
    problem: Problem, limits: Mapping[Tier, int], known: Schedule, worth: Worth, options: Options
) -> tuple[Schedule, bool]:
    """Return the most regular of the schedules that are worth most, and whether none is worth more."""
    schedule, share, is_most = known, _share(problem, known), False
    for better in worthiest(problem.to_date, limits, known, worth, options):
        is_most = better.is_most
        if better.schedule is not None:
            there = accepted(problem, better.schedule, limits)
            now = _share(problem, there)
            if now > share:
                schedule, share = there, now
    return schedule, is_most


def _share(problem: Problem, schedule: Schedule) -> Fraction:
    return regularity(problem, schedule).share or Fraction(0)


def _answered(
    problem: Problem, answer: Answer, schedule: Schedule, options: Options, left_s: float
) -> Answer:
    """Return an answer with another schedule, whose people are named and whose costs are counted anew."""
    if schedule is answer.schedule:
        return answer
    named, names = named_at_least(problem, schedule, options, max(_NAMING_S, left_s))
    counted = costs(problem.to_date, named)
    tiers = tuple(replace(tier, value=counted[tier.tier]) for tier in answer.tiers)
    return replace(answer, schedule=named, tiers=tiers, names=names)


_NAMING_S = 1.0
"""So long people may be named anew in any case."""
_MOST = Text(
    "同じ減点のどの予定でも、今のいつもの日からの規則性はこれより高くなりません(証明済み)",
    "no schedule of the same costs keeps more of these usual days (proven)",
)
_UNPROVEN = Text(
    "同じ減点で、これより規則性の高い予定があるかもしれません",
    "there may be a more regular schedule of the same costs",
)
