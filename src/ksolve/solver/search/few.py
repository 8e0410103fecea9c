"""Some series are dated, all others keep the dates that they have: small questions, soon answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ksolve.problem import Posted
from ksolve.problem.patterns import Cell
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Tuning
from ksolve.solver.model import Model
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.goals import Goals, Most, model_within
from ksolve.solver.search.hubs import hub_of
from ksolve.solver.search.ledger import Ledger
from ksolve.solver.search.run import Ended
from ksolve.solver.search.weighing import swept

QUICK = Tuning(most_work=0.3)
"""How a run searches; most take a tenth of that work."""
_SHARE = 0.2
"""The part of the time that is left which one may take."""

Cells = Mapping[str, frozenset[Cell]]
"""Candidates of series, by their ids."""


@dataclass
class Few:
    """The dates that series hold, what each wish pays there, and runs that date some of them anew.

    Series without dates are left out: only rules about others are read. `asked` counts the series of all
    models so far: to read their rules is most of what a run takes, and no clock has a part in it.
    """

    ledger: Ledger
    goals: Goals
    standing: Sequence[Standing]
    held: dict[str, frozenset[Cell]] = field(default_factory=dict)
    asked: int = 0
    _paid: dict[int, int] = field(default_factory=dict)

    def date(
        self,
        cells: Cells,
        most: Most,
        bound: Callable[[Model], None] | None = None,
        tuned: Tuning = QUICK,
    ) -> bool:
        """Date series on these candidates beside all that have dates; return whether there is a way.

        Wishes cost at most `most`; with a `bound`, which may state more, the run goes on to the best.
        """
        names = self.held.keys() | cells.keys()
        hub = hub_of(self.ledger.problem, names)
        self.asked += len(names)
        model = model_within(hub.problem, most, self.standing, {**self.held, **cells})
        self.goals.hold_together(model, lambda posted: self._is_free(posted, most))
        if bound:
            model.cp.minimize(swept(model))
            bound(model)
        ended = self._run(model, tuned, is_whole=len(names) == len(self.ledger.problem.series))
        if ended.values is None:
            return False
        for name, at in model.at.items():
            self.held[name] = frozenset(cell for cell, one in at.items() if ended.values[one.index])
        for posted, stated in zip(hub.problem.rules, model.problem.rules, strict=True):
            if posted.tier is None or not any(series.id in cells for series in posted.series):
                continue
            if bound or most(posted) is not None:
                self._paid[id(posted)] = sum(ended.values[p.index] for p in model.paid.get(id(stated), ()))
        return True

    def _run(self, model: Model, tuned: Tuning, *, is_whole: bool) -> Ended:
        own = self.ledger.options.tuning
        tuning = replace(
            tuned,
            workers=own.workers,
            seed=own.seed,
            reproducible=own.reproducible,
            first_only=not model.cp.has_objective(),
        )
        limit_s = self.ledger.left_s * _SHARE
        if is_whole:
            return self.ledger.run(model, tuning, limit_s)
        return self.ledger.spend(model.cp, tuning, limit_s)

    def take(self, schedule: Schedule) -> bool:
        """Hold the dates of a schedule, and count what it costs: without an objective too much is counted."""
        for series in self.ledger.problem.series:
            sessions = schedule.by_series.get(series.id, ())
            self.held[series.id] = frozenset((session.day, session.start) for session in sessions)
        return self.date(self.held, lambda _posted: None, lambda _model: None)

    def _is_free(self, posted: Posted, most: Most) -> bool:
        """Whether a wish may cost more than it has to."""
        units = most(posted)
        return units is None or units > self.goals.most_of(posted)

    def pays(self, posted: Posted) -> int:
        """Return what a wish pays, in units."""
        return self._paid.get(id(posted), 0)

    def no_more(self, posted: Posted) -> int:
        """Return the most that a wish may cost where none is to cost more than it does, or has to."""
        return max(self.pays(posted), self.goals.most_of(posted))
