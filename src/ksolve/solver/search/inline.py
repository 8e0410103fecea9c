"""An engine of one place in this process: what is given is searched when it is asked for."""

from __future__ import annotations

from ksolve.solver.answer import Answer, Progress
from ksolve.solver.search.lost import Lost
from ksolve.solver.search.messages import Task
from ksolve.solver.search.whole import solve_whole


class Inline:
    """Searches one task at a time, each as one model; see `Engine`. The search itself hears interrupts."""

    def __init__(self) -> None:
        self.idle = [0]
        self._tasks: list[Task] = []

    def give(self, task: Task) -> int:
        """Keep a task until it is asked for."""
        self._tasks.append(task)
        return self.idle.pop()

    def halt(self) -> None:
        """Nothing runs meanwhile."""

    def hear(self, timeout_s: float) -> tuple[int, Progress | Answer | Lost] | None:  # noqa: ARG002
        """Search what was given, and return its answer."""
        if not self._tasks:
            return None
        task = self._tasks.pop()
        return 0, solve_whole(task.problem, task.options, lambda _: None, task.baseline, task.standing)
