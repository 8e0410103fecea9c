"""What rules say before there is any variable: which candidates are left, and what is stated later."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, wraps
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from ksolve.problem import Binding, Problem, Series
from ksolve.problem.patterns import Cell
from ksolve.solver.model.domain import Domain

HOLDING, SERVING, BINDING, PREFERRING = range(4)
"""Stages of building: which sessions are held together, what each uses, all bounds, preferences."""

P = ParamSpec("P")
C = TypeVar("C", bound="Posting")


def stated_at(
    stage: int,
) -> Callable[[Callable[Concatenate[C, P], None]], Callable[Concatenate[C, P], None]]:
    """Keep what a verb states until `build` reaches its stage, so that rules may come in any order."""

    def keep(state: Callable[Concatenate[C, P], None]) -> Callable[Concatenate[C, P], None]:
        @wraps(state)
        def verb(self: C, /, *args: P.args, **kwargs: P.kwargs) -> None:
            self.stages[stage].append(lambda: state(self, *args, **kwargs))

        return verb

    return keep


@contextmanager
def _keeping_all() -> Iterator[None]:
    """Look for no garbage meanwhile: all that is made is kept, and looking takes as long as making."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Settled(NamedTuple):
    """What a session was that was held: its minutes, its units, the host's series or what it names."""

    minutes: int
    units: Sequence[str]
    host: str


class Posting:
    """Takes every rule, leaves each series its candidates, then states the rest stage by stage."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.stages: tuple[list[Callable[[], None]], ...] = ([], [], [], [])
        self.settled: dict[tuple[str, Cell], Settled] = {}
        self._open_from: dict[str, date] = {}
        self._domains = {series.id: Domain(series, problem.year) for series in problem.series}
        self._is_posted = False
        self._forbidden: list[tuple[Binding, str, Callable[[date, int], bool]]] = []

    def build(self) -> None:
        """Post every rule, make variables for what is left, and state the rest."""
        with _keeping_all():
            for posted in self.problem.rules:
                posted.rule.post(posted, self)  # type: ignore[arg-type] # Model adds the verbs
            self._is_posted = True
            self.make_variables()
            for stage in self.stages:
                for state in stage:
                    state()

    def make_variables(self) -> None:
        """Make the variables; every rule has been posted."""
        raise NotImplementedError

    @cached_property
    def cells(self) -> dict[str, frozenset[Cell]]:
        """The candidates of each series that the hard rules leave.

        Raises RuntimeError where these are not all posted yet: too many would be kept for good.
        """
        if not self._is_posted:
            raise RuntimeError("no candidates before every rule is posted")
        return {series.id: frozenset(self.candidates(series)) for series in self.problem.series}

    def candidates(self, series: Series) -> list[Cell]:
        """Return the candidates of a series once all rules are posted: what was held, then what is left."""
        held = sorted(cell for name, cell in self.settled if name == series.id)
        opened = self._open_from.get(series.id, date.min)
        return [*held, *(cell for cell in self._domains[series.id].candidates() if cell[0] >= opened)]

    def settle(
        self,
        _by: Binding,
        series: Series,
        before: date,
        held: Sequence[tuple[date, int, int, Sequence[str], str]],
    ) -> None:
        """What was held stays, and no other candidate before the date is left."""
        self._open_from[series.id] = before
        for day, start, minutes, units, host in held:
            self.settled[series.id, (day, start)] = Settled(minutes, units, host)

    def minutes_of(self, series: Series, cell: Cell) -> int:
        """Return how long a session at a candidate takes: as long as all of its series, or as it was held."""
        was = self.settled.get((series.id, cell))
        return was.minutes if was else series.minutes

    def forbid(
        self,
        by: Binding,
        series: Series,
        days: Collection[date] | None = None,
        starts: Collection[int] | None = None,
    ) -> None:
        """See ksolve.problem.verbs.Verbs. Hard, it takes effect at once: such candidates get no variable."""

        def at(day: date, start: int) -> bool:
            return (days is None or day in days) and (starts is None or start in starts)

        if by.tier is None:
            self._domains[series.id].forbid(days, starts)
            self._forbidden.append((by, series.id, at))
        else:
            self.stages[BINDING].append(lambda: self.cost_cells(by, series, at))

    def prefer(self, by: Binding, series: Series, kept: Collection[Cell]) -> None:
        """See ksolve.problem.verbs.Verbs. Hard, no other candidate gets a variable."""
        keep = frozenset(kept)

        def at(day: date, start: int) -> bool:
            return (day, start) not in keep

        if by.tier is not None:
            self.stages[BINDING].append(lambda: self.cost_cells(by, series, at))
            return
        self._forbidden.append((by, series.id, at))
        for start in series.starts:
            others = {day for day in self.problem.year.days if (day, start) not in kept}
            self._domains[series.id].forbid(others, [start])

    @cached_property
    def sparing(self) -> frozenset[int]:
        """The `id` of each hard rule that forbids what was held: that stays, and a wish would pay for it."""
        held: dict[str, list[Cell]] = defaultdict(list)
        for name, cell in self.settled:
            held[name].append(cell)
        return frozenset(
            id(by) for by, name, at in self._forbidden if any(at(*cell) for cell in held.get(name, ()))
        )

    def cost_cells(self, by: Binding, series: Series, at: Callable[[date, int], bool]) -> None:
        """Let a soft rule pay for each session at a date and start of which `at` says so."""
        raise NotImplementedError
