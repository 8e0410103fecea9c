"""Scenarios side by side with their base: verdict, fit, sessions moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ksolve.expand import expand
from ksolve.expand.scenarios import with_scenarios
from ksolve.fit import FitReport, fit
from ksolve.plan import Plan
from ksolve.plan.scenario import Scenario
from ksolve.problem import Posted, Problem, Tier
from ksolve.published import PublishedPlan
from ksolve.rules import FewMoves, KeepUnits
from ksolve.schedule import Schedule
from ksolve.solver import Answer, Options, Watch
from ksolve.verified import solve
from ksolve.whatif.compare import Difference, compare


@dataclass(frozen=True)
class Outcome:
    """What one scenario (None: the base) came to."""

    scenario: Scenario | None
    problem: Problem
    answer: Answer
    fit: FitReport | None
    difference: Difference | None

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
    problem = expand(plan)
    answer = base or solve(problem, options, watch(plan.title))
    yield _outcome(None, plan, problem, published, answer, None)
    if answer.schedule is None:
        return
    for scenario, overlaid in changed:
        yield _run_scenario(scenario, overlaid, published, answer.schedule, options, watch(scenario.title))


def _run_scenario(
    scenario: Scenario,
    changed: Plan,
    published: PublishedPlan | None,
    base: Schedule,
    options: Options,
    watch: Watch,
) -> Outcome:
    """Solve a changed plan so that, after the fit, as few sessions as possible leave the base."""
    problem = near(expand(changed), base)
    answer = solve(problem, options, watch, base)
    return _outcome(scenario, changed, problem, published, answer, base)


def near(problem: Problem, base: Schedule) -> Problem:
    """Return the problem with a preference for the dates and starts of a base schedule."""
    return replace(problem, rules=(*problem.rules, *_stay(problem, base)))


def _stay(problem: Problem, base: Schedule) -> Iterator[Posted]:
    for series in problem.series:
        sessions = base.of_series([series])
        rooms = tuple((s.day, s.start, s.rooms) for s in sessions if s.rooms and not s.held_with)
        for rule in (
            FewMoves(kept=tuple((s.day, s.start) for s in sessions)),
            KeepUnits(of="room", kept=rooms),
        ):
            yield Posted(rule, (series,), series.name, rule.effective_tier)


def _outcome(
    scenario: Scenario | None,
    plan: Plan,
    problem: Problem,
    published: PublishedPlan | None,
    answer: Answer,
    base: Schedule | None,
) -> Outcome:
    schedule = answer.schedule
    report = fit(published, plan, problem, schedule) if published and schedule else None
    difference = compare(base, schedule) if base and schedule else None
    return Outcome(scenario, problem, answer, report, difference)
