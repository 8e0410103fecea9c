"""The solver's answer, checked before anyone sees it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ksolve.checker import check, costs
from ksolve.checker.across import named_twice
from ksolve.findings import Finding
from ksolve.problem import Problem, Tier
from ksolve.problem.common import Common, told_apart_alike
from ksolve.problem.schedule import Schedule
from ksolve.rules.capacity import Capacity
from ksolve.solver import Answer, Options, TierValue, Verdict, Watch, any_schedule
from ksolve.solver import solve as search
from ksolve.solver import solve_apart as search_apart
from ksolve.verified.apart import named_apart
from ksolve.verified.names import least_named
from ksolve.verified.people import name_people


class DisagreementError(RuntimeError):
    """The solver returned what the checker refuses: a bug of this program, never the user's."""

    def __init__(
        self, problem: Problem, schedule: Schedule, findings: tuple[Finding, ...], detail: str = ""
    ) -> None:
        self.problem = problem
        self.schedule = schedule
        self.findings = findings
        lines = [finding.line("en") for finding in findings[:20]]
        super().__init__("\n".join(["solver and checker disagree", detail, *lines]))


def solve(
    problem: Problem,
    options: Options | None = None,
    watch: Watch = lambda _progress: None,
    baseline: Schedule | None = None,
) -> Answer:
    """Return the solver's answer after an independent check of its schedule and its costs.

    The costs are those that the checker counts. A solver's may be higher: while it works on one tier
    it leaves the cost variables of the tiers after it where they fall. Or it has not counted them yet.
    Raises DisagreementError when the checker finds a breach, or counts a higher cost in a
    tier than the solver claims.
    """
    asked = options or Options()
    return _verified(problem, search(problem, asked, watch, baseline), asked)


def solve_apart(
    problems: Sequence[Problem], options: Options, shared: Collection[str] = ()
) -> tuple[Answer, ...]:
    """Return the solver's answer for each of some problems, each checked as in `solve`.

    They share the pools with these ids, and nothing else. Raises DisagreementError also where a unit of
    these is named twice at a moment, or more is taken of it than a limit of any of them allows all.
    """
    common = Common(
        tuple(map(str, range(len(problems)))), told_apart_alike(problems, shared), frozenset(shared)
    )
    limited = [common.limited(number) for number in range(len(problems))]
    found = search_apart(common.problems, options, shared)
    answers = [_verified(problem, answer, options) for problem, answer in zip(limited, found, strict=True)]
    if not shared:
        return tuple(answers)
    named, trouble = _named_apart(common, limited, answers)
    if trouble:  # the people whom one plan would rather have are another's: as they come from the search
        named, trouble = _named_apart(common, limited, found)
    if trouble:
        raise trouble
    return tuple(
        replace(answer, schedule=named.get(number, answer.schedule), names=None)
        for number, answer in enumerate(answers)
    )


def _named_apart(
    common: Common, limited: Sequence[Problem], answers: Sequence[Answer]
) -> tuple[dict[int, Schedule], DisagreementError | None]:
    """Return schedules of plans that share with nobody named twice, and what is wrong with them still."""
    schedules = {n: answer.schedule for n, answer in enumerate(answers) if answer.schedule is not None}
    named = named_apart(common.problems, schedules, common.shared)
    for number, schedule in named.items():
        findings = check(limited[number], schedule)
        if findings:
            return named, DisagreementError(limited[number], schedule, findings, "plans that share")
    for beyond in common.breaches(named):
        detail = beyond.breach.text("en")
        return named, DisagreementError(limited[beyond.of], named[beyond.of], (), detail)
    for twice in named_twice(named, common.units_of):
        detail = f"{twice.unit} is named twice on {twice.first.day}"
        return named, DisagreementError(limited[twice.plans[0]], named[twice.plans[0]], (), detail)
    return named, None


def _verified(named: Problem, answer: Answer, options: Options) -> Answer:
    """Return an answer with the costs that the checker counts, and its people named."""
    problem = named.to_date
    if answer.schedule is None:
        return answer
    findings = check(problem, answer.schedule)
    if findings:
        raise DisagreementError(problem, answer.schedule, findings)
    counted = costs(problem, answer.schedule)
    for tier in answer.tiers:
        too_high = counted[tier.tier] > tier.value
        too_low = counted[tier.tier] < tier.bound
        if too_high or too_low:
            detail = f"{tier.tier.name}: solver {tier.bound}..{tier.value}, checker {counted[tier.tier]}"
            raise DisagreementError(problem, answer.schedule, (), detail)
    claimed = {tier.tier: tier for tier in answer.tiers}
    tiers = tuple(
        replace(claimed.get(tier, TierValue(tier, value, 0)), value=value)
        for tier, value in sorted(counted.items())
    )
    verdict = Verdict.OPTIMAL if all(tier.proven for tier in tiers) else answer.verdict
    left_s = 0.0 if answer.interrupted else max(options.limit_s - answer.seconds, _naming_s(options))
    schedule, names = named_at_least(named, _named(named, answer.schedule, counted), options, left_s)
    return replace(answer, schedule=schedule, tiers=tiers, verdict=verdict, names=names)


def _naming_s(options: Options) -> float:
    """Return how long people may be named in any case: a part of the limit that is kept within a tenth."""
    return min(1.0, options.limit_s / 10)


_NO_CLOCK_S = 1e6
"""What is to be repeated knows no clock."""


def named_at_least(
    problem: Problem, schedule: Schedule, options: Options, left_s: float
) -> tuple[Schedule, TierValue | None]:
    """Return a schedule with its people named anew where that costs less, and what they cost (see `names`).

    Nothing is looked for where no time is left. Raises DisagreementError where the checker finds that these
    break a rule, cost more in a tier before, or less than the solver says they can.
    """
    limit_s = _NO_CLOCK_S if options.tuning.reproducible and left_s > 0 else left_s
    named, value = least_named(problem, schedule, limit_s)
    findings: tuple[Finding, ...] = ()
    worse: list[str] = []
    if named is not schedule:
        findings = check(problem, named)
        before, after = costs(problem, schedule), costs(problem, named)
        worse = [tier.name for tier, cost in before.items() if after[tier] > cost]
    if value and value.bound > value.value:
        worse.append(f"{value.value} of people where {value.bound} is least")
    if findings or worse:
        raise DisagreementError(problem, named, findings, f"names: {', '.join(worse)}")
    return named, value


def accepted(problem: Problem, schedule: Schedule, limits: Mapping[Tier, int]) -> Schedule:
    """Return a schedule that was found within limits of each tier's cost, with its people named.

    Raises DisagreementError when the checker finds a breach, or counts a higher cost.
    """
    dated = problem.to_date
    findings = check(dated, schedule)
    counted = costs(dated, schedule)
    beyond = [
        f"{tier.name}: {counted[tier]} > {limit}" for tier, limit in limits.items() if counted[tier] > limit
    ]
    if findings or beyond:
        raise DisagreementError(dated, schedule, findings, ", ".join(beyond))
    return _named(problem, schedule, counted)


def _named(problem: Problem, schedule: Schedule, before: Mapping[Tier, int]) -> Schedule:
    """Return a schedule with its people named as wished, unless that breaks or costs more than `before`."""
    named = name_people(problem, schedule)
    after = costs(problem.to_date, named)
    is_worse = any(after[tier] > cost for tier, cost in before.items())
    return schedule if is_worse or check(problem, named) else named


def can_hold(problem: Problem, limit_s: float, *, other_way: bool = False) -> bool | None:
    """Return whether a schedule keeps every hard rule; None where that was not found out in time.

    True is said only of a schedule that the checker passes; `other_way` asks with other parameters.
    Where no rule bounds a pool, its units cannot always be named: what the checker then refuses is not
    known. Raises DisagreementError where solver and checker disagree.
    """
    verdict, schedule = any_schedule(problem, limit_s, other_way=other_way)
    if schedule is None:
        return False if verdict is Verdict.INFEASIBLE else None
    findings = check(problem.hard, schedule)
    if findings and _is_bounded(problem):
        raise DisagreementError(problem, schedule, findings)
    return None if findings else True


def _is_bounded(problem: Problem) -> bool:
    """Whether a rule bounds each room and pool, as in every whole plan."""
    bounded = {posted.rule.pool for posted in problem.rules if isinstance(posted.rule, Capacity)}
    return all(resource.pool in bounded for resource in problem.resources)
