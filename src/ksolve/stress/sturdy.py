"""Among plans that are equal in all tiers, one that loses less in drawn years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ksolve.checker import costs
from ksolve.plan import Plan
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.solver import Answer, Options, sparing
from ksolve.stress.outcome import Outcome, Stress
from ksolve.stress.years import stress
from ksolve.text import Text
from ksolve.verified import accepted, named_at_least

YEARS = 300
"""Both plans meet the same drawn years, so few tell them apart."""
_NAMING_S = 2.0
"""So long people may be named anew in a plan that is found."""


@dataclass(frozen=True)
class Sturdier:
    """The sturdiest plan that was found: `before` and `after` are its drawn years; None: none is sturdier."""

    answer: Answer
    before: Stress
    after: Stress | None

    @property
    def lines(self) -> Iterator[Text]:
        """Yield the gain, or that there is none, and that no bound of it is known."""
        if self.after is None:
            yield _NONE.fill(lost=f"{self.before.mean:.2f}", years=self.before.years)
        else:
            values: dict[str, object] = {"years": self.before.years}
            for name, found in (("before", self.before), ("after", self.after)):
                values[f"{name}_lost"] = f"{found.mean:.2f}"
                values[f"{name}_near"] = f"{_made_up_near(found):.1%}"
            yield _GAIN.fill(**values)
        if (self.after or self.before).mean:  # nothing is sturdier than what loses no session
            yield _UNBOUNDED


def sturdier(plan: Plan, problem: Problem, answer: Answer, options: Options, seed: int = 0) -> Sturdier:
    """Return the plan that loses least in drawn years among an answer's and others equal in all tiers.

    The others are looked for among those that keep more natural replacement dates free. Raises
    DisagreementError where the checker refuses one.
    """
    first = answer.schedule or Schedule(())
    before = stress(plan, problem, first, YEARS, seed)
    best, after = answer, before
    limits = {tier.tier: tier.value for tier in answer.tiers}
    for found in sparing(problem.to_date, limits, first, options):
        schedule, names = named_at_least(problem, accepted(problem, found, limits), options, _NAMING_S)
        years = stress(plan, problem, schedule, YEARS, seed)
        is_whole = years.years == before.years  # an interrupt leaves fewer years: they compare with nothing
        if is_whole and _rank(years) < _rank(after):
            counted = costs(problem.to_date, schedule)
            tiers = tuple(replace(tier, value=counted[tier.tier]) for tier in answer.tiers)
            best, after = replace(answer, schedule=schedule, tiers=tiers, names=names), years
    return Sturdier(best, before, None if after is before else after)


def _rank(found: Stress) -> tuple[float, float]:
    """What the lesser of is the sturdier: sessions lost, then those not made up near."""
    return found.mean, -_made_up_near(found)


def _made_up_near(found: Stress) -> float:
    """Return the part of what goes wrong that is mended on the spot, on a reserve date or a week later."""
    near = (Outcome.SPOT, Outcome.RESERVE, Outcome.NATURAL)
    return sum(found.shares.get(outcome, 0.0) for outcome in near)


_GAIN = Text(
    "同じ減点で、より崩れにくい案にしました({years}年分を試して比べました): "
    "失う回は1年に{before_lost}回から{after_lost}回、その場か翌週に直る割合は{before_near}から{after_near}",
    "a sturdier plan at the same cost (by {years} drawn years): {after_lost} sessions lost a year instead of "
    "{before_lost}; {after_near} instead of {before_near} mended on the spot or a week later",
)
_NONE = Text(
    "同じ減点で、これより崩れにくい案は見つかりませんでした({years}年分を試して、失う回は1年に{lost}回)",
    "no sturdier plan was found at the same cost (by {years} drawn years, {lost} sessions lost a year)",
)
_UNBOUNDED = Text(
    "調べていない案に、もっと崩れにくいものがあるかもしれません(証明はしていません)",
    "no bound of it is proven: a plan that was not looked at may be sturdier still",
)
