"""Tier after tier: the best schedule, its proof or its gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from ortools.sat.python import cp_model

from ksolve.problem import Problem, Tier
from ksolve.schedule import Schedule
from ksolve.solver.answer import Answer, Options, Progress, Step, TierValue, Tuning, Verdict, Watch
from ksolve.solver.model import Model
from ksolve.solver.model.extract import extract
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.interrupting import Stop, listening
from ksolve.solver.search.run import Ended, Status, now, run

SWEEP = {
    Tier.HISTORY: 200,
    Tier.SHORTAGE: 200,
    Tier.WISHES: 150,
    Tier.CHANGES: 50,
    Tier.NOTICE: 10,
    Tier.ROOMS: 10,
    Tier.STAFF: 5,
    Tier.FIT: 20,
    Tier.STABILITY: 5,
    Tier.PATTERN: 3,
    Tier.SPREAD: 2,
    Tier.LEVEL: 1,
}
"""Weights of the first run over all tiers; they guide it, and prove nothing but a sum of 0."""
_SWEEP_SHARE = 0.5
"""The part of the time that is left which the run over all tiers may take once it has a schedule."""
_FIRST_SHARE = 0.6
"""The part of the time limit that a schedule of any cost may take to be found, if more steps follow."""
LARGE = 100_000
"""From so many variables on, the sweep starts from the schedule of any cost (docs/decisions/0008)."""
SECOND = Tuning(subsolvers=(), light_presolve=False)
"""The second opinion before infeasible is said: the default portfolio with its full presolve."""


def solve_whole(
    problem: Problem,
    options: Options,
    watch: Watch,
    baseline: Schedule | None = None,
    standing: Sequence[Standing] = (),
) -> Answer:
    """Return the best schedule of a problem within the time limit, searched as one model in this process.

    First comes a schedule of any cost, so that there is one within moments. Then one run goes over
    the weighted sum of all tiers: where it reaches 0, every tier is proven at once. Else each tier
    is minimised in order, from the best schedule so far, and keeps what the tiers before it
    reached. `watch` sees each better schedule as it is found; `baseline` is a schedule to start
    from; `standing` are units that are taken already. An interrupt ends the search with its best
    schedule; a second one raises KeyboardInterrupt.
    """
    with listening() as stop:
        if stop.asked:
            return Answer(Verdict.UNKNOWN, None, (), 0.0, interrupted=True)
        search = _Whole(problem, options, watch, now(), stop, standing)
        if baseline:
            search.hint_schedule(baseline)
        steps = {Step.ANY: search.any_schedule, Step.SWEEP: search.sweep, Step.TIERS: search.tiers_in_order}
        for step in options.steps:
            if search.is_over:
                break
            if steps[step]() is Status.INFEASIBLE:
                return search.confirm_infeasible()
        return search.answer()


@dataclass
class _Whole:
    problem: Problem
    options: Options
    watch: Watch
    began: float
    stop: Stop
    standing: Sequence[Standing]
    model: Model = field(init=False)
    best: Sequence[int] | None = None
    bounds: dict[Tier, int] = field(default_factory=dict)
    running: Tier | None = None
    worked_s: float = 0.0

    def __post_init__(self) -> None:
        self.model = Model(self.problem, self.standing)
        self.model.build()

    @property
    def left_s(self) -> float:
        """The time that is left, by the clock, or by the work done where that is to be repeated."""
        spent_s = self.worked_s if self.options.tuning.reproducible else now() - self.began
        return self.options.limit_s - spent_s

    @property
    def tiers(self) -> list[Tier]:
        """The tiers of the soft rules, those included in which nothing can cost."""
        return sorted({posted.tier for posted in self.problem.rules if posted.tier is not None})

    def value(self, tier: Tier, values: Sequence[int]) -> int:
        return sum(weight * values[cost.index] for weight, cost in self.model.costs[tier])

    def values(self, values: Sequence[int]) -> tuple[int, ...]:
        return tuple(self.value(tier, values) for tier in self.tiers)

    def cost(self, tier: Tier) -> cp_model.LinearExprT:
        weights = [weight for weight, _ in self.model.costs[tier]]
        return cp_model.LinearExpr.weighted_sum([cost for _, cost in self.model.costs[tier]], weights)

    def hint_schedule(self, baseline: Schedule) -> None:
        """Start from a schedule: its dates, rooms and staff, and who is held with whom."""
        held = {(s.series, (s.day, s.start)): s for s in baseline.sessions}
        cp, model = self.model.cp, self.model
        for name, cells in model.at.items():
            for cell, variable in cells.items():
                cp.add_hint(variable, (name, cell) in held)
        for key, shares in model.chosen.items():
            session = held.get(key)
            units = set(session.units) if session else set[str]()
            for _, resource, taken in shares:
                if not isinstance(taken, int):
                    cp.add_hint(taken, len(units & set(resource.units)))
        for name, hosts in model.held.items():
            for (cell, host), variable in hosts.items():
                session = held.get((name, cell))
                cp.add_hint(variable, bool(session and session.held_with.startswith(f"{host}#")))

    @property
    def is_over(self) -> bool:
        """Whether the search was interrupted, has no time left, or nothing left to improve."""
        costs_nothing = self.best is not None and not any(self.values(self.best))
        return self.stop.asked or self.left_s <= 0 or costs_nothing

    def any_schedule(self) -> Status:
        """Find a schedule of any cost: no objective keeps the search from the first that it meets.

        It is no good hint for the sweep, which is led astray by it, unless the model is so large
        that the relaxation takes all the time (docs/decisions/0013).
        """
        is_large = len(self.model.cp.proto.variables) >= LARGE
        tuning = replace(self.options.tuning, first_only=True)
        if is_large:
            tuning = replace(tuning, subsolvers=("quick_restart_no_lp",))
        share = _FIRST_SHARE if len(self.options.steps) > 1 else 1
        ended = self.run(tuning, self.left_s * share)
        if is_large:
            self.hint_best()
        return ended.status

    def hint_best(self) -> None:
        """Start from the best schedule so far."""
        cp = self.model.cp
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(self.best or ()):
            cp.add_hint(cp.get_int_var_from_proto_index(index), value)

    def sweep(self) -> Status:
        """Minimise the weighted sum of all tiers, for the longer where it comes to no schedule."""
        self.model.cp.minimize(
            cp_model.LinearExpr.sum([SWEEP[tier] * self.cost(tier) for tier in self.tiers])
        )
        share = _SWEEP_SHARE if len(self.tiers) > 1 and Step.TIERS in self.options.steps else 1
        return self.run(self.options.tuning, self.left_s, self.left_s * share).status

    def run(self, tuning: Tuning, limit_s: float, enough_s: float | None = None) -> Ended:
        ended = run(self.model.cp, tuning, limit_s, self.seen, enough_s)
        self.worked_s += ended.worked_s
        return ended

    def seen(self, values: Sequence[int], bound: float) -> None:
        """Keep a solution that is better in the order of the tiers."""
        if self.best is None or self.values(values) < self.values(self.best):
            self.best = values
        schedule = extract(self.model, self.best)
        tiers = tuple(self.tier_value(tier) for tier in self.tiers)
        self.watch(Progress(now() - self.began, schedule, tiers, self.running, bound))

    def reached(self, tier: Tier) -> int:
        return self.value(tier, self.best) if self.best is not None else 0

    def tier_value(self, tier: Tier) -> TierValue:
        value = self.reached(tier)
        return TierValue(tier, value, min(value, self.bounds.get(tier, 0)))

    def tiers_in_order(self) -> Status:
        """Minimise each tier from the best schedule so far; it keeps what was reached before it."""
        if self.best is None:
            return Status.UNKNOWN
        for place, tier in enumerate(self.tiers):
            open_tiers = sum(self.reached(later) > 0 for later in self.tiers[place:])
            if self.reached(tier) and self.left_s > 0 and not self.stop.asked:
                self.improve(tier, self.left_s / open_tiers)
            self.model.cp.add(self.cost(tier) <= self.reached(tier))
        return Status.FEASIBLE

    def improve(self, tier: Tier, limit_s: float) -> None:
        """Minimise one tier from the best schedule; what was reached is in the model already."""
        self.running = tier
        self.model.cp.minimize(self.cost(tier))
        self.hint_best()
        ended = self.run(self.options.tuning, limit_s)
        self.bounds[tier] = max(0, ceil(ended.bound - 1e-6))

    def confirm_infeasible(self) -> Answer:
        """Say infeasible only when a run with other parameters agrees."""
        self.model.cp.clear_objective()  # type: ignore[no-untyped-call]
        second = self.run(
            replace(SECOND, reproducible=self.options.tuning.reproducible),
            max(self.left_s, self.options.limit_s / 2),
        )
        return self.told(Verdict.INFEASIBLE, None) if second.status is Status.INFEASIBLE else self.answer()

    def answer(self) -> Answer:
        if self.best is None:
            return self.told(Verdict.UNKNOWN, None)
        tiers = tuple(self.tier_value(tier) for tier in self.tiers)
        proven = all(tier.value == tier.bound for tier in tiers)
        verdict = Verdict.OPTIMAL if proven else Verdict.FEASIBLE
        return self.told(verdict, extract(self.model, self.best), tiers)

    def told(self, verdict: Verdict, schedule: Schedule | None, tiers: tuple[TierValue, ...] = ()) -> Answer:
        """Return an answer with the time that it took."""
        interrupted = self.stop.asked and verdict is not Verdict.INFEASIBLE
        seconds = now() - self.began
        return Answer(verdict, schedule, tiers, seconds, interrupted=interrupted, worked_s=self.worked_s)
