"""A set of statements that cannot hold together, of which none can be left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from ksolve.explain.elements import Element, Subject
from ksolve.solver.search.run import now
from ksolve.verified import can_hold


@dataclass(frozen=True)
class Conflict:
    """Elements that were proven infeasible together by two runs.

    `minimal` is True only where leaving out any one of them was shown to be feasible.
    """

    elements: tuple[Element, ...]
    minimal: bool


@dataclass
class Judge:
    """Answers whether some elements can hold together, within one time limit for all questions."""

    subject: Subject
    limit_s: float
    other_way: bool = False
    began: float = field(default_factory=now)
    known: dict[frozenset[Element], bool | None] = field(default_factory=dict)

    @property
    def left_s(self) -> float:
        """Return the seconds that are left."""
        return self.limit_s - (now() - self.began)

    def holds(self, elements: Collection[Element]) -> bool | None:
        """Return whether a schedule keeps them; None where that was not found out in time."""
        key = frozenset(elements)
        if self.known.get(key) is None:
            self.known[key] = self._ask(key)
        return self.known[key]

    def _ask(self, elements: frozenset[Element]) -> bool | None:
        problem = self.subject.stating(elements)
        if not problem.series:
            return True
        return can_hold(problem, self.left_s, other_way=self.other_way)


def conflict_among(judge: Judge, elements: Sequence[Element]) -> Conflict | None:
    """Return a conflict among elements that were found infeasible, None where it is not confirmed.

    QuickXplain (Junker 2004) halves the elements; every one left is then tried once more.
    What is not known in time stays in the conflict.
    """
    core = _explain(judge, (), grown=False, among=tuple(elements))
    core, minimal = _certified(judge, core)
    again = replace(judge, other_way=True, known={})
    return Conflict(core, minimal) if again.holds(core) is False else None


def _explain(
    judge: Judge,
    base: tuple[Element, ...],
    *,
    grown: bool,
    among: tuple[Element, ...],
) -> tuple[Element, ...]:
    if grown and judge.holds(base) is False:
        return ()
    if len(among) <= 1:
        return among
    half = len(among) // 2
    first, second = among[:half], among[half:]
    right = _explain(judge, base + first, grown=True, among=second)
    left = _explain(judge, base + right, grown=bool(right), among=first)
    return left + right


def _certified(judge: Judge, core: tuple[Element, ...]) -> tuple[tuple[Element, ...], bool]:
    """Leave out what the rest can do without, and tell whether everything left is needed."""
    minimal = True
    for element in core:
        rest = tuple(other for other in core if other is not element)
        verdict = judge.holds(rest)
        if verdict is False:
            return _certified(judge, rest)
        minimal = minimal and verdict is True
    return core, minimal
