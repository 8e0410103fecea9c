"""Scenarios side by side with their base: verdict, fit, sessions moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ksolve.expand import expand
from ksolve.expand.scenarios import with_scenarios
from ksolve.fit import FitReport, fit
from ksolve.plan import Plan
from ksolve.plan.scenario import Scenario
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.published import PublishedPlan
from ksolve.revise import Revision, revise
from ksolve.solver import Answer, Options, Watch
from ksolve.verified import solve
from ksolve.whatif.compare import Difference, compare


@dataclass(frozen=True)
class Outcome:
    """What one scenario (None: the base) came to."""

    scenario: Scenario | None
    plan: Plan
    problem: Problem
    answer: Answer
    fit: FitReport | None
    difference: Difference | None
    revision: Revision | None = None

    @property
    def fewest_changes(self) -> int | None:
        """A proven lower bound of the sessions that are not where the base has them."""
        bounds = [tier.bound for tier in self.answer.tiers if tier.tier is Tier.CHANGES]
        return bounds[0] if bounds else None


def run_matrix(
    plan: Plan,
    published: PublishedPlan | None,
    scenarios: Iterable[Scenario],
    options: Options,
    watch: Callable[[str], Watch],
    base: Answer | None = None,
) -> Iterator[Outcome]:
    """Yield the base's outcome, then each scenario's, as far as the base has a schedule.

    The base is solved first unless its answer is given. `watch` makes the watch of a run from
    its title. Raises PlanError for a scenario that names nothing.
    """
    changed = [(scenario, with_scenarios(plan, [scenario])) for scenario in scenarios]
    answer = base or solve(expand(plan), options, watch(plan.title))
    yield of_base(plan, published, answer)
    if answer.schedule is None:
        return
    for scenario, overlaid in changed:
        problem, told = expand(overlaid), watch(scenario.title)
        yield of_scenario(scenario, overlaid, problem, published, answer.schedule, options, told)


def of_base(plan: Plan, published: PublishedPlan | None, answer: Answer) -> Outcome:
    """Return the outcome of a plan as it is."""
    return _outcome(None, plan, expand(plan), published, answer, None)


def of_scenario(
    scenario: Scenario,
    changed: Plan,
    problem: Problem,
    published: PublishedPlan | None,
    base: Schedule,
    options: Options,
    watch: Watch,
) -> Outcome:
    """Revise the base for a changed plan, and its problem, with as few changes as can be."""
    return of_revision(scenario, changed, published, revise(problem, base, options=options, watch=watch))


def of_revision(
    scenario: Scenario, changed: Plan, published: PublishedPlan | None, revision: Revision
) -> Outcome:
    """Return the outcome of a scenario, for which the base was revised."""
    return _outcome(scenario, changed, revision.problem, published, revision.answer, revision)


def _outcome(
    scenario: Scenario | None,
    plan: Plan,
    problem: Problem,
    published: PublishedPlan | None,
    answer: Answer,
    revision: Revision | None,
) -> Outcome:
    schedule = answer.schedule
    report = fit(published, plan, problem, schedule) if published and schedule else None
    difference = compare(revision.base, schedule) if revision and schedule else None
    return Outcome(scenario, plan, problem, answer, report, difference, revision)
