"""What one search has found, proven and spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ortools.sat.python import cp_model

from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, Options, Progress, Source, TierValue, Tuning, Verdict, Watch
from ksolve.solver.model import Model
from ksolve.solver.model.extract import extract
from ksolve.solver.search.interrupting import Stop
from ksolve.solver.search.run import Ended, Seen, now, run


@dataclass
class Ledger:
    """The best schedule of a search with its costs, the bounds of these, and the time that is left.

    `least` are bounds that hold whatever the tiers before cost, `bounds` those of runs, each given what
    was reached before it. `values` are those of the variables of `model` for the best schedule, where it
    comes from that model. A best schedule that is not `counted` has no costs yet: any other is better.
    """

    problem: Problem
    options: Options
    watch: Watch
    stop: Stop
    began: float = field(default_factory=now)
    best: Schedule | None = None
    counted: bool = True
    costs: tuple[int, ...] = ()
    least: dict[Tier, int] = field(default_factory=dict)
    bounds: dict[Tier, tuple[int, Source]] = field(default_factory=dict)
    running: Tier | None = None
    worked_s: float = 0.0
    model: Model | None = None
    values: Sequence[int] = ()

    @cached_property
    def tiers(self) -> list[Tier]:
        """The tiers of the soft rules, those included in which nothing can cost."""
        return sorted({posted.tier for posted in self.problem.rules if posted.tier is not None})

    @property
    def left_s(self) -> float:
        """The time that is left, by the clock, or by the work done where that is to be repeated."""
        spent_s = self.worked_s if self.options.tuning.reproducible else now() - self.began
        return self.options.limit_s - spent_s

    @property
    def is_over(self) -> bool:
        """Whether the search was interrupted, has no time left, or nothing left to improve."""
        return self.stop.asked or self.left_s <= 0 or self.is_proven

    @property
    def is_proven(self) -> bool:
        """Whether no schedule is better than the best."""
        return self.best is not None and self.counted and all(t.proven for t in self.tier_values())

    def run(self, model: Model, tuning: Tuning, limit_s: float, enough_s: float | None = None) -> Ended:
        """Solve a model of the problem, or of some of its schedules, and keep what is better."""
        return self.spend(model.cp, tuning, limit_s, lambda v, bound: self._seen(model, v, bound), enough_s)

    def spend(
        self,
        cp: cp_model.CpModel,
        tuning: Tuning,
        limit_s: float,
        seen: Seen = lambda _values, _bound: None,
        enough_s: float | None = None,
    ) -> Ended:
        """Solve any model, and count the work."""
        ended = run(cp, tuning, limit_s, seen, enough_s)
        self.worked_s += ended.worked_s
        return ended

    def costs_of(self, model: Model, values: Sequence[int]) -> tuple[int, ...]:
        """Return what a solution of a model costs in each tier."""
        return tuple(
            sum(weight * values[cost.index] for weight, cost in model.costs[tier]) for tier in self.tiers
        )

    def _seen(self, model: Model, values: Sequence[int], bound: float) -> None:
        """Keep a solution that costs less in the order of the tiers, or as much: its run prefers it."""
        costs = self.costs_of(model, values)
        if self.best is None or not self.counted or costs <= self.costs:
            self.best, self.costs, self.counted = extract(model, values), costs, True
            self.model, self.values = model, values
        self.watch(Progress(now() - self.began, self.best, self.tier_values(), self.running, bound))

    def keep_uncounted(self, schedule: Schedule) -> None:
        """Keep a schedule that was found without the wishes, until one is found whose costs are known."""
        self.best, self.counted = schedule, not self.tiers
        self.watch(Progress(now() - self.began, schedule, (), None, 0.0, self.counted))

    def reached(self, tier: Tier) -> int:
        """Return what the best schedule costs in a tier."""
        return self.costs[self.tiers.index(tier)]

    def tier_values(self) -> tuple[TierValue, ...]:
        """Return the costs of the best schedule, each with the best bound that is known."""
        found: list[TierValue] = []
        for tier, value in zip(self.tiers, self.costs, strict=self.counted):
            least = self.least.get(tier, 0)
            bound, source = self.bounds.get(tier, (0, Source.WISHES))
            if least >= bound:
                bound, source = least, Source.WISHES
            found.append(TierValue(tier, value, min(value, bound), source))
        return tuple(found)

    def open_tiers(self) -> list[Tier]:
        """Return the tiers in which the best schedule is not proven to cost the least."""
        return [value.tier for value in self.tier_values() if not value.proven]

    def answer(self) -> Answer:
        """Return the best schedule, or that there is none yet."""
        if self.best is None:
            return self.told(Verdict.UNKNOWN, None)
        verdict = Verdict.OPTIMAL if self.is_proven else Verdict.FEASIBLE
        return self.told(verdict, self.best, self.tier_values())

    def told(self, verdict: Verdict, schedule: Schedule | None, tiers: tuple[TierValue, ...] = ()) -> Answer:
        """Return an answer with the time that it took."""
        interrupted = self.stop.asked and verdict is not Verdict.INFEASIBLE
        seconds = now() - self.began
        counted = self.counted or schedule is None
        return Answer(verdict, schedule, tiers, seconds, interrupted, self.worked_s, counted)
