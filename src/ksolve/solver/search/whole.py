"""One model: a schedule on usual places, then any, then the best and its proof or its gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from math import ceil

from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, Options, Source, Step, Tuning, Verdict, Watch
from ksolve.solver.model import Model
from ksolve.solver.model.extract import extract
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.fullness import FULL, fullest
from ksolve.solver.search.heavy import HEAVY, hard_alone, standing_in, weight
from ksolve.solver.search.hinting import hint_dates, hint_schedule, hint_values
from ksolve.solver.search.interrupting import listening
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.patterns import Patterns
from ksolve.solver.search.run import Status
from ksolve.solver.search.weighing import cost, swept

_SWEEP_SHARE = 0.5
"""The part of the time that is left which the run over all tiers may take once it has a schedule."""
_FIRST_SHARE = 0.6
"""The part of the time limit that a schedule of any cost may take to be found, if more steps follow."""
_LEAST_SECOND = 0.08
"""The part of the time limit that a second opinion has at least: it may be asked at the very end."""
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

    First each family's usual place is chosen, and dates on these are looked for at which every wish
    costs the least that it can: where there are any, every tier is proven. Else comes a schedule of
    any cost, so that there is one within moments; then families are placed a few at a time, and those
    who pay are dated anew with those in their way. Where that is not done one run goes over the weighted sum
    of all tiers. At last each tier is minimised in order, from the best schedule so far, keeping what the
    tiers before it reached. `watch` sees each better
    schedule as it is found; `baseline` is a schedule to start from; `standing` are units that are taken
    already. An interrupt ends the search with its best schedule; a second one raises
    KeyboardInterrupt.
    """
    with listening() as stop:
        if stop.asked:
            return Answer(Verdict.UNKNOWN, None, (), 0.0, interrupted=True)
        search = _Whole(Ledger(problem, options, watch, stop), baseline, standing)
        return search.answer()


def in_turn(steps: Sequence[Step], problem: Problem) -> tuple[Step, ...]:
    """Return steps in the order in which they are taken.

    Where a room or pool is nearly full any schedule comes first, and not all families are asked at once:
    whether there is a schedule with every wish at its least is hard to tell there.
    """
    if {Step.ANY, Step.FITTING} <= set(steps) and fullest(problem) >= FULL:
        return (Step.ANY, *(step for step in steps if step not in (Step.ANY, Step.PATTERNS)))
    return tuple(steps)


class _Whole:
    def __init__(self, ledger: Ledger, baseline: Schedule | None, standing: Sequence[Standing]) -> None:
        self.ledger = ledger
        self.baseline = baseline
        self.standing = standing
        self.tuning = ledger.options.tuning
        self.is_exhausted = False

    @cached_property
    def model(self) -> Model:
        """The model of all schedules: it is made when chosen patterns do not bring the best."""
        model = Model(self.ledger.problem, self.standing)
        model.build()
        if self.baseline:
            hint_schedule(model, self.baseline)
        return model

    @cached_property
    def hard(self) -> Model:
        """The model of the hard rules alone."""
        lighter = hard_alone(self.ledger.problem)
        model = Model(lighter, standing_in(lighter, self.ledger.problem, self.standing))
        model.build()
        return model

    @cached_property
    def patterns(self) -> Patterns:
        """The search on chosen patterns."""
        return Patterns(self.ledger, self.standing, self.baseline)

    def answer(self) -> Answer:
        """Take the steps that are asked for, until nothing is left to find."""
        steps = {
            Step.PATTERNS: self.reach_goal,
            Step.ANY: self.any_schedule,
            Step.FITTING: self.fit_families,
            Step.REARRANGING: self.rearrange,
            Step.RELAXATION: self.follow_relaxation,
            Step.SWEEP: self.sweep,
            Step.TIERS: self.tiers_in_order,
        }
        is_heavy = self.baseline is None and weight(self.ledger.problem) >= HEAVY
        if is_heavy and self.without_wishes() is Status.INFEASIBLE:
            return self.ledger.told(Verdict.INFEASIBLE, None)
        for step in in_turn(self.ledger.options.steps, self.ledger.problem):
            if self.ledger.is_over:
                break
            if steps[step]() is Status.INFEASIBLE:
                return self.confirm_infeasible()
        return self.ledger.answer()

    def without_wishes(self) -> Status:
        """Find a schedule by the hard rules alone: it comes as soon as if there were no wishes.

        What they rule out by one way of searching they have to rule out by another as well.
        """
        tuning = replace(self.tuning, first_only=True)
        found = self.by_hard_rules(tuning, self.ledger.left_s * _FIRST_SHARE)
        return self.second_opinion() if found is Status.INFEASIBLE else Status.UNKNOWN

    def by_hard_rules(self, tuning: Tuning, limit_s: float) -> Status:
        """Run on the model of the hard rules, and keep what it finds: what that costs is not known."""
        ended = self.ledger.spend(self.hard.cp, tuning, limit_s)
        if ended.values is not None:
            self.ledger.keep_uncounted(extract(self.hard, ended.values))
        return ended.status

    def reach_goal(self) -> Status:
        """Look on usual places, on those of the schedule to start from where there is one.

        Where no rhythm is wished, and only what is to be kept, there are none to choose from.
        """
        if self.ledger.tiers and (self.baseline is None or Tier.PATTERN in self.ledger.tiers):
            self.patterns.reach_goal()
        return Status.UNKNOWN

    def fit_families(self) -> Status:
        """Look again on usual places, a few families at a time, with those free that do not fit on theirs."""
        if self.ledger.tiers and (self.baseline is None or Tier.PATTERN in self.ledger.tiers):
            self.patterns.fit()
        return Status.UNKNOWN

    def any_schedule(self) -> Status:
        """Find a schedule of any cost: no objective keeps the search from the first that it meets.

        It is no good hint for the sweep, which is led astray by it, unless the model is so large
        that the relaxation takes all the time (docs/decisions/0013). A schedule to start from is taken as
        it is where it holds: it is better than what comes of such a search.
        """
        if self.ledger.best is not None:
            return Status.FEASIBLE
        share = _FIRST_SHARE if len(self.ledger.options.steps) > 1 else 1
        if self.baseline:
            kept = self.ledger.run(self.model, replace(self.tuning, fixed=True), self.ledger.left_s * share)
            if kept.values is not None:
                self.hint_best()
                return Status.FEASIBLE
        is_large = len(self.model.cp.proto.variables) >= LARGE
        tuning = replace(self.tuning, first_only=True)
        if is_large:
            tuning = replace(tuning, subsolvers=("quick_restart_no_lp",))
        ended = self.ledger.run(self.model, tuning, self.ledger.left_s * share)
        if is_large:
            self.hint_best()
        return ended.status

    def rearrange(self) -> Status:
        """Better the best schedule a few families at a time, while others keep their dates."""
        if self.baseline is None and self.ledger.tiers:
            self.is_exhausted = self.patterns.rearrange()
        return Status.UNKNOWN

    def follow_relaxation(self) -> Status:
        """Look where the linear relaxation leads, if those who pay were not dated anew to the end."""
        if self.baseline is None and self.ledger.tiers and not self.is_exhausted:
            self.patterns.follow_relaxation()
        return Status.UNKNOWN

    def hint_best(self) -> None:
        """Start from the best schedule so far. A hint that lacks variables is often lost: it is completed."""
        ledger = self.ledger
        if ledger.model is self.model:
            hint_values(self.model, ledger.values)
        elif ledger.best is not None:
            hint_dates(self.model, ledger.best)
            completed = ledger.run(self.model, replace(self.tuning, fixed=True), ledger.left_s)
            if completed.values is not None:
                hint_values(self.model, completed.values)

    def sweep(self) -> Status:
        """Minimise the weighted sum of all tiers, for the longer where it comes to no schedule.

        Where those who pay were dated anew to the end, their best is better than what this comes to, and
        where only the last tier is open, minimising that is the same.
        """
        ledger = self.ledger
        is_known = ledger.best is not None and ledger.counted
        is_last = is_known and ledger.open_tiers() == ledger.tiers[-1:]
        if self.is_exhausted or (is_last and Step.TIERS in ledger.options.steps):
            return Status.FEASIBLE
        self.model.cp.minimize(swept(self.model))
        has_next = len(self.ledger.tiers) > 1 and Step.TIERS in self.ledger.options.steps
        left_s = self.ledger.left_s
        return self.ledger.run(
            self.model, self.tuning, left_s, left_s * (_SWEEP_SHARE if has_next else 1)
        ).status

    def tiers_in_order(self) -> Status:
        """Minimise each tier from the best schedule so far; it keeps what was reached before it."""
        ledger = self.ledger
        if not ledger.counted:
            self.hint_best()
        if ledger.best is None or not ledger.counted:
            return Status.UNKNOWN
        for place, tier in enumerate(ledger.tiers):
            open_tiers = sum(not value.proven for value in ledger.tier_values()[place:])
            if not ledger.tier_values()[place].proven and not ledger.is_over:
                self.improve(tier, ledger.left_s / open_tiers)
            self.model.cp.add(cost(self.model, tier) <= ledger.reached(tier))
        return Status.FEASIBLE

    def improve(self, tier: Tier, limit_s: float) -> None:
        """Minimise one tier from the best schedule; what was reached is in the model already."""
        ledger = self.ledger
        ledger.running = tier
        self.model.cp.minimize(cost(self.model, tier))
        self.hint_best()
        ended = ledger.run(self.model, self.tuning, limit_s)
        found = (ceil(ended.bound - 1e-6), Source.SEARCH)
        ledger.bounds[tier] = max(ledger.bounds.get(tier, (0, Source.SEARCH)), found)

    def confirm_infeasible(self) -> Answer:
        """Say infeasible only when a run with other parameters agrees."""
        if self.second_opinion() is Status.INFEASIBLE:
            return self.ledger.told(Verdict.INFEASIBLE, None)
        return self.ledger.answer()

    def second_opinion(self) -> Status:
        """Ask the hard rules alone in another way, in the time that is left and a little more."""
        ledger = self.ledger
        tuning = replace(SECOND, reproducible=self.tuning.reproducible)
        return self.by_hard_rules(tuning, max(ledger.left_s, _LEAST_SECOND * ledger.options.limit_s))
