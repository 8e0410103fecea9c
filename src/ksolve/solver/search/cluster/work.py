"""What runs on a worker: one task relays between the client and one process that searches.

A running task of Dask cannot be stopped from outside, and a worker whose interpreter is held too long is
taken for dead. So the search is in a process of its own, which ends at its deadline whatever happens to
the task; the task only listens. A process that has answered is kept for the next task of its worker.
"""

from __future__ import annotations

import pickle
import platform
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from distributed import get_worker

from ksolve.solver.answer import Answer, Progress
from ksolve.solver.search.children import Children
from ksolve.solver.search.lost import Lost
from ksolve.solver.search.messages import Task

_POLL_S = 0.1
_EVERY_S = 1.0
"""A better schedule is sent at most so often, and at the latest so long after it was found."""
_GRACE_S = 5.0
_GRACE_SHARE = 0.1
"""How long a search may still take after its deadline, and the part of its time beside it."""
MATTERS = ("ksolve", "ortools")


class PartLostError(RuntimeError):
    """The process that searched a part died, or did not end at its deadline."""


@dataclass
class _Kept:
    """The processes of this worker that wait for a task, and the runs that are asked to end."""

    idle: list[Children] = field(default_factory=list)
    halted: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> Children:
        with self.lock:
            return self.idle.pop() if self.idle else Children(1)

    def put(self, child: Children) -> None:
        with self.lock:
            self.idle.append(child)


_KEPT = _Kept()


def search_part(packed: bytes, run: str, number: int) -> bytes:
    """Search one part in a process of its own, and return its packed answer.

    What it finds on the way is told as events of the topic `run`: (number, packed progress); its beginning
    as (number, None). Raises PartLostError when the process dies or does not end, RuntimeError with the
    traceback of a bug.
    """
    worker = get_worker()
    worker.log_event(run, (number, None))
    task: Task = unpack(packed)
    child = _KEPT.take()
    try:
        answer = _relayed(child, task, run, lambda told: worker.log_event(run, (number, pack(told))))
    except BaseException:
        child.end()
        raise
    child.idle.append(0)
    _KEPT.put(child)
    return pack(answer)


def _relayed(child: Children, task: Task, run: str, tell: Callable[[Progress], None]) -> Answer:
    """Listen to a search until it answers; pass its progress on, and the wish to end to it."""
    child.give(task)
    began, told_at, asked = time.monotonic(), 0.0, False
    deadline_s = (1 + _GRACE_SHARE) * task.options.limit_s + _GRACE_S
    untold: Progress | None = None
    while True:
        heard = child.hear(_POLL_S)
        said = heard[1] if heard else None
        now = time.monotonic()
        if isinstance(said, Answer):
            return said
        if isinstance(said, Lost):
            raise PartLostError(said.why.en)
        untold = said or untold
        if untold is not None and now - told_at >= _EVERY_S:
            tell(untold)
            untold, told_at = None, now
        if run in _KEPT.halted and not asked:
            child.halt()
            asked = True
        if now - began > deadline_s and not task.options.tuning.reproducible:
            raise PartLostError(_OVERDUE)


def halt(run: str) -> None:
    """Let all searches of a run on this worker end with what they have."""
    _KEPT.halted.add(run)


def forget() -> None:
    """End the processes that wait on this worker."""
    with _KEPT.lock:
        while _KEPT.idle:
            _KEPT.idle.pop().end()


def versions() -> dict[str, str]:
    """Return what must be the same here and there: pickles travel between them."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python, **{name: version(name) for name in MATTERS}}


def pack(message: object) -> bytes:
    """Return a message as few bytes: a schedule is a tenth of its pickle."""
    return zlib.compress(pickle.dumps(message), 1)


def unpack(packed: bytes) -> Any:
    """Return the message in bytes of `pack`: from the cluster that the user trusts with the search."""
    return pickle.loads(zlib.decompress(packed))  # noqa: S301


_OVERDUE = "the search did not end at its deadline"
