"""Schedules that cost no more than is allowed, each as far as can be from all that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from ortools.sat.python import cp_model

from ksolve.changes.distance import Distance, Family, Sight, family_of, held, nearest
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Options
from ksolve.solver.model import Model
from ksolve.solver.model.distancing import dates_elsewhere, most, rhythm_elsewhere, total
from ksolve.solver.model.extract import extract
from ksolve.solver.search.equals import Equals, beside
from ksolve.solver.search.heavy import weight
from ksolve.solver.search.hinting import hint_dates, hint_values
from ksolve.solver.search.hubs import hub_of
from ksolve.solver.search.interrupting import listening
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.memory import refuse_too_large
from ksolve.solver.search.patterns import kept_on
from ksolve.solver.search.run import Ended, Status
from ksolve.solver.search.whole import SECOND

SMALL = 15_000
"""Up to this weight (the Koganei plan has 77,000) all schedules are searched, which proves the distance."""
_TRIES = 4
"""How often usual places are chosen anew: the second choice for Koganei came within 1 % of the bound."""
_NEAR = 0.01
"""The part of a distance that is not looked for."""
_CHOICE_WORK, _ALONE_WORK = 5.0, 0.5
"""The most work (see `Tuning`) for a choice of usual places, and for the bound of one family."""
_SECOND_S = 2.0
"""What the second opinion has at least."""
_ALL_SHARE = 0.6
"""The part of the time that is left which a search of all schedules may take."""
_DATES_SHARE = 0.15
"""The part of the time that is kept to tell dates apart."""
_GAIN = 2
"""Fine units of a choice of places for a point of distance: a whole programme weighs two sessions."""


Known = tuple[Schedule, Sight]
"""A schedule, and what people see of it."""


@dataclass(frozen=True)
class Farthest:
    """The schedule that was found farthest from all known ones, and how far; None where none was found.

    `rhythm` is a proven bound of the points to the nearest known one, `dates` of the dates given these
    points, None where nothing is proven of them. `to_all` bounds the points to all known ones, added up.
    `exhausted` says that there is no other schedule, proven twice.
    """

    schedule: Schedule | None
    apart: Distance | None
    rhythm: int
    dates: int | None = None
    exhausted: bool = False
    interrupted: bool = False
    to_all: int = 0


class Farther(Equals):
    """The schedules of a problem that cost no more than `limits` in each tier.

    The method is incremental (Hebrard, Hnich, O'Sullivan and Walsh, AAAI 2005; Petit and Trapp, IJCAI 2015):
    the distance to the nearest of those known is maximised, known ones stay as they are. All schedules of a
    problem of up to the weight `small` are searched. Raises PlanError where the memory is too small.
    """

    def __init__(
        self, problem: Problem, limits: Mapping[Tier, int], options: Options, small: int = SMALL
    ) -> None:
        refuse_too_large([problem], 1, options.tuning.workers, options.memory)
        super().__init__(problem, limits)
        self.is_small = weight(problem) <= small
        self._options = options
        self._alone: dict[Family, Model] = {}

    def next(self, known: Sequence[Known], limit_s: float) -> Farthest:
        """Return a schedule as far as can be from the nearest known one; two are the same that look alike."""
        with listening() as stop:
            options = replace(self._options, limit_s=limit_s)
            ledger = Ledger(self.problem, options, lambda _progress: None, stop)
            return _Next(self, ledger, known).found()

    def alone(self) -> Iterator[tuple[Family, Model]]:
        """Yield each family with a model of what binds it alone: the whole has no more schedules of it."""
        names: dict[Family, set[str]] = {}
        for series in self.problem.series:
            names.setdefault(family_of(series), set()).add(series.id)
        for family, mine in names.items():
            if family not in self._alone:
                hub = hub_of(self.problem, self._with_permitted(mine))
                self._alone[family] = self.within(hub.problem)
            yield family, self._alone[family]

    def _with_permitted(self, names: set[str]) -> set[str]:
        """Return series with those of rules that permit them anything: left out, these would forbid it."""
        permitting = [
            {one.id for one in posted.series} for posted in self.problem.rules if posted.rule.permits
        ]
        while near := {name for mine in permitting if mine & names for name in mine} - names:
            names = names | near
        return names


@dataclass(frozen=True)
class _Run:
    """A model, the end of a run on it, and its variables of the points and dates to the nearest known."""

    model: Model
    ended: Ended
    points: cp_model.IntVar
    dates: cp_model.IntVar


class _Next:
    """One step: the schedules that are known, what is proven, and the best so far."""

    def __init__(self, space: Farther, ledger: Ledger, known: Sequence[Known]) -> None:
        self.space = space
        self.ledger = ledger
        self.known = [schedule for schedule, _ in known]
        self.sights = [seen for _, seen in known]
        self.best: Schedule | None = None
        self.apart: Distance | None = None
        self.bound = 0
        self.dates: int | None = None

    def found(self) -> Farthest:
        """Look on usual places first; where nothing is found there, or all are few, among all schedules."""
        to_all = self.most_to_all()
        # to the nearest known schedule it is no farther than to all of them on average
        self.bound = to_all // len(self.sights)
        exhausted = False
        if self.space.master.families and not self.space.is_small:
            self.on_usual_places()
        if (self.best is None or self.space.is_small) and not self.is_over:
            exhausted = self.among_all()
        if self.apart and self.apart.rhythm > self.bound:
            raise RuntimeError(f"a distance of {self.apart.rhythm} is beyond its bound, {self.bound}")
        interrupted = self.ledger.stop.asked
        return Farthest(self.best, self.apart, self.bound, self.dates, exhausted, interrupted, to_all)

    @property
    def most_held(self) -> int:
        """The most sessions that a known schedule has."""
        return max(len(one.sessions) for one in self.known)

    @property
    def is_over(self) -> bool:
        """Whether there is no time left, or an interrupt."""
        return self.ledger.stop.asked or self.ledger.left_s <= 0

    def most_to_all(self) -> int:
        """Return points to all known schedules that none exceeds: what each family alone has, added up."""
        added = 0
        for family, model in self.space.alone():
            counted = rhythm_elsewhere(model, [Sight({family: one.of(family)}) for one in self.sights])
            if counted:
                # what is lacking is minimised: 0 is a bound of it in any case
                model.cp.minimize(most(counted) - total(counted))
                ended = self.spend_little(model.cp, _ALONE_WORK)
                added += most(counted) - _least(ended)
        return added

    def spend_little(self, cp: cp_model.CpModel, most_work: float) -> Ended:
        """Solve a small model."""
        tuning = replace(self.ledger.options.tuning, most_work=most_work)
        return self.ledger.spend(cp, tuning, self.ledger.left_s / 4)

    def on_usual_places(self) -> None:
        """Choose usual places away from the known ones, then dates on them or where a schedule has them.

        Places are chosen anew while that brings much; at last the dates are told apart on the best.
        """
        best: _Run | None = None
        for attempt in range(_TRIES):
            before = self.apart.rhythm if self.apart else 0
            best = self.attempt(attempt) or best
            reached = self.apart.rhythm if self.apart else 0
            is_near = reached >= self.bound * (1 - _NEAR)
            if self.is_over or is_near or reached <= before * (1 + _NEAR):
                break
        if best:
            self.spread_dates(best, self.ledger.left_s * _DATES_SHARE)

    def attempt(self, attempt: int) -> _Run | None:
        """Look for dates on one choice of usual places, farther than those known."""
        ledger, master = self.ledger, self.space.master
        master.prefer_anew(ledger.options.tuning.seed + attempt, self.gains())
        chosen = self.spend_little(master.cp, _CHOICE_WORK)
        if chosen.values is None:
            return None
        kept = kept_on(master.choice(chosen.values), master)
        model = self.space.model(beside(kept, self.best or self.known[-1]))
        points, dates = self.to_nearest(model)
        model.cp.add(points <= self.bound)
        if self.apart:
            model.cp.add(points >= self.apart.rhythm + 1)
        model.cp.maximize(points)
        tuning = replace(ledger.options.tuning, gap=_NEAR / 2)
        return self.take(_Run(model, ledger.spend(model.cp, tuning, ledger.left_s / 2), points, dates))

    def gains(self) -> dict[int, int]:
        """Return how far each column is from the known schedules on average, in fine units."""
        gained: dict[int, int] = {}
        for index, column in self.space.master.columns.items():
            seen = [one.of(family_of(column.family.one)) for one in self.sights]
            points = sum(one.points((day, column.start)) for day in column.dates for one in seen)
            gained[index] = _GAIN * points // len(seen)
        return gained

    def among_all(self) -> bool:
        """Search all schedules; return whether there is none but the known ones, proven in two ways."""
        model = self.space.model()
        points, dates = self.to_nearest(model)
        model.cp.minimize(self.bound - points)
        ended = self.ledger.spend(model.cp, self.ledger.options.tuning, self.ledger.left_s * _ALL_SHARE)
        run = _Run(model, ended, points, dates)
        if ended.status is Status.INFEASIBLE:
            return self.is_proven_again(run)
        self.bound -= _least(ended)
        if self.take(run):
            is_farthest = self.spread_dates(run, self.ledger.left_s * _ALL_SHARE)
            is_proven = is_farthest and ended.status is Status.OPTIMAL
            self.dates = self.apart.dates if self.apart and is_proven else None
        return False

    def is_proven_again(self, run: _Run) -> bool:
        """Ask in another way whether there is no other schedule."""
        run.model.cp.clear_objective()  # type: ignore[no-untyped-call]
        again = self.ledger.spend(run.model.cp, SECOND, max(_SECOND_S, self.ledger.left_s))
        self.take(replace(run, ended=again))
        return again.status is Status.INFEASIBLE

    def to_nearest(self, model: Model) -> tuple[cp_model.IntVar, cp_model.IntVar]:
        """Return variables of the points and the dates to the nearest known schedule, from which to start.

        What looks like a known one is left out.
        """
        points = model.cp.new_int_var(0, most(rhythm_elsewhere(model, self.sights)), "")
        dates = model.cp.new_int_var(1, sum(map(len, model.at.values())) + self.most_held, "")
        for one in self.sights:
            model.cp.add(points <= total(rhythm_elsewhere(model, [one])))
            model.cp.add(dates <= dates_elsewhere(model, one))
        hint_dates(model, self.best or self.known[-1])
        return points, dates

    def spread_dates(self, run: _Run, limit_s: float) -> bool:
        """Maximise the dates with the points that were reached; return whether that is proven the most."""
        if run.ended.values is None or self.apart is None or limit_s <= 0:
            return False
        run.model.cp.add(run.points >= self.apart.rhythm)
        hint_values(run.model, run.ended.values)
        run.model.cp.maximize(run.dates)
        again = self.ledger.spend(run.model.cp, self.ledger.options.tuning, limit_s)
        self.take(replace(run, ended=again))
        return again.status is Status.OPTIMAL

    def take(self, run: _Run) -> _Run | None:
        """Keep a schedule that is farther than the best so far; return its run, None where it has none."""
        if run.ended.values is None:
            return None
        found = extract(run.model, run.ended.values)
        apart = nearest(self.sights, held(self.ledger.problem, found))
        if self.apart is None or apart > self.apart:
            self.best, self.apart = found, apart
        return run


def _least(ended: Ended) -> int:
    """Return what the objective of a run is at least; it is never negative."""
    return max(0, ceil(ended.bound - 1e-6))
