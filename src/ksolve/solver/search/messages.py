"""What is said between who asks for a search and the process that makes it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import BinaryIO

from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, Options, Progress
from ksolve.solver.model.uses import Standing


@dataclass(frozen=True)
class Task:
    """A problem to search, whole or a part, a schedule to start from, and units that are taken already."""

    problem: Problem
    options: Options
    baseline: Schedule | None
    is_whole: bool = False
    standing: tuple[Standing, ...] = ()


@dataclass(frozen=True)
class Halt:
    """Ends the search of the task that was given last with what it has, and no later one."""


@dataclass(frozen=True)
class Failure:
    """The traceback of a bug in a child."""

    text: str


Said = Progress | Answer | Failure
"""What a child says to its parent: its progress, and one of the others for each task."""


def send(out: BinaryIO, message: Said | Task | Halt) -> None:
    """Write one message."""
    pickle.dump(message, out)
    out.flush()
