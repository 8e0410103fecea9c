"""A process that searches parts of a problem, driven through pipes by its parent."""

from __future__ import annotations

import os
import pickle
import queue
import sys
import threading
import traceback
from typing import BinaryIO

from ksolve.solver.search.interrupting import Stop, heeding
from ksolve.solver.search.messages import Failure, Halt, Said, Task, send
from ksolve.solver.search.one_process import solve_here
from ksolve.solver.search.whole import solve_whole


def main() -> None:
    """Search one task after the other until the parent closes its end or dies."""
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # whatever a library prints must not fall among the messages
        tasks: queue.SimpleQueue[tuple[Task, Stop]] = queue.SimpleQueue()
        threading.Thread(target=_hear, args=(sys.stdin.buffer, tasks), daemon=True).start()
        while True:
            task, stop = tasks.get()
            with heeding(stop):
                send(out, _searched(task, out))


def _hear(pipe: BinaryIO, tasks: queue.SimpleQueue[tuple[Task, Stop]]) -> None:
    """Take messages while a search runs; without a parent there is nobody to search for."""
    stop = Stop()
    while True:
        try:
            message = pickle.load(pipe)  # noqa: S301 - from the parent alone
        except EOFError:
            os._exit(0)  # native code may be running: an ordinary exit would wait for it
        if isinstance(message, Halt):
            stop.asked = True
        else:
            stop = Stop()  # a wish to end that comes when the task before has answered is not this one's
            tasks.put((message, stop))


def _searched(task: Task, out: BinaryIO) -> Said:
    try:
        asked = (task.problem, task.options, lambda progress: send(out, progress), task.baseline)
        if task.is_whole and not task.standing:
            return solve_here(*asked)
        return solve_whole(*asked, task.standing)
    except Exception:  # noqa: BLE001 - told to the parent, which raises it
        return Failure(traceback.format_exc())
