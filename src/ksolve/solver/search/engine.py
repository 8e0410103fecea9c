"""Who searches the parts of a problem: processes of this machine, or workers of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from ksolve.problem import Problem
from ksolve.solver.answer import Answer, Progress
from ksolve.solver.search.children import children
from ksolve.solver.search.joining import Found
from ksolve.solver.search.lost import Lost
from ksolve.solver.search.messages import Task


class Engine(Protocol):
    """Searches as many parts at once as it has places; each place has one part at a time.

    `idle` are the places without a part; whoever hears the answer of one puts it back.
    """

    idle: list[int]

    def give(self, task: Task) -> int:
        """Give a part to an idle place, and return the place."""

    def halt(self) -> None:
        """Ask every search to end with what it has."""

    def hear(self, timeout_s: float) -> tuple[int, Progress | Answer | Lost] | None:
        """Return what a place says, None where none says anything within the time.

        Raises RuntimeError with the traceback of a bug.
        """


class Engines(Protocol):
    """What opens an engine for each search of a command."""

    places: int
    """How many parts are searched at once; 0: as many as the search has workers."""
    memory: int | None
    """The bytes that all parts at once may take; None: a share of what is free on this machine."""

    def open(self, count: int) -> AbstractContextManager[Engine]:
        """Open an engine with so many places; what runs on it has ended when it is closed."""


class Here:
    """Processes of this machine."""

    places = 0
    memory: int | None = None

    def open(self, count: int) -> AbstractContextManager[Engine]:
        """Start so many processes."""
        return children(count)


@dataclass(frozen=True)
class PartsSoFar:
    """What is known of each part: its problem, and its best schedule, None where it has none yet."""

    found: tuple[tuple[Problem, Found | None], ...]

    @property
    def dated(self) -> int:
        """How many have a schedule."""
        return sum(best is not None for _, best in self.found)

    @property
    def proven(self) -> int:
        """How many have one that is proven best."""
        return sum(best is not None and best.proven for _, best in self.found)

    @property
    def worst_gap(self) -> int | None:
        """The most that the costs of one part may still fall, in the first tier open; None: not known."""
        gaps = [best.gap for _, best in self.found if best is not None and best.counted]
        return max(gaps) if gaps and len(gaps) == len(self.found) else None


PartsWatch = Callable[[PartsSoFar], None]
"""Called whenever a part has a better schedule."""


@dataclass(frozen=True)
class _Used:
    engines: Engines
    watch: PartsWatch


_HERE = _Used(Here(), lambda _parts: None)
_USED: ContextVar[_Used] = ContextVar("engines", default=_HERE)


@contextmanager
def searching_with(engines: Engines | None = None, watch: PartsWatch | None = None) -> Iterator[None]:
    """Let the searches within run on these engines, and tell of their parts."""
    outer = _USED.get()
    token = _USED.set(_Used(engines or outer.engines, watch or outer.watch))
    try:
        yield
    finally:
        _USED.reset(token)


def engines() -> Engines:
    """Return the engines on which searches run here."""
    return _USED.get().engines


def tell(parts: PartsSoFar) -> None:
    """Tell whoever watches what is known of each part."""
    _USED.get().watch(parts)
