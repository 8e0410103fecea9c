"""The threads of a cluster's workers as places that search parts, seen from the program that asks."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from uuid import uuid4

from distributed import Client, Future

from ksolve.solver.answer import Answer, Progress
from ksolve.solver.search.children import KILLED
from ksolve.solver.search.cluster.work import PartLostError, halt, pack, search_part, unpack
from ksolve.solver.search.lost import Lost
from ksolve.solver.search.messages import Task
from ksolve.text import Text

_GRACE_S = 15.0
_GRACE_SHARE = 0.2
"""What is not heard of so long after its deadline, and that part of its time, is lost with its worker.

The process ends itself and the task tells that well before; who is silent now has stopped altogether.
"""


@dataclass(frozen=True)
class _Began:
    """A worker has begun a task."""


Said = bytes | Progress | Answer | Lost | _Began | Exception
"""What is heard of a task. Bytes are a packed message: who hears unpacks it, not the network's thread."""


@dataclass
class _Given:
    """A task on the cluster: its place, its future, when it is overdue, and how often it was begun."""

    place: int
    future: Future
    overdue_at: float
    begun: int = 0


class Places:
    """So many tasks at once on a cluster; see `Engine`.

    `renew` connects to the cluster once more when its scheduler is gone, and returns None where it is
    not there again.
    """

    def __init__(self, client: Client, count: int, renew: Callable[[], Client | None]) -> None:
        self.idle = list(range(count))
        self._renew = renew
        self._runs = [_named()]
        self._count = 0
        self.sent_bytes = self.heard_bytes = 0
        self._given: dict[int, _Given] = {}
        self._heard: queue.SimpleQueue[tuple[int, Said]] = queue.SimpleQueue()
        self._use(client)

    def _use(self, client: Client) -> None:
        self._client = client
        for run in self._runs:
            client.subscribe_topic(run, self._take_event)

    def give(self, task: Task) -> int:
        """Submit a task, and return its place."""
        place, number, run = self.idle.pop(), self._count, self._runs[-1]
        self._count += 1
        packed = pack(task)
        self.sent_bytes += len(packed)
        future = self._client.submit(
            search_part, packed, run, number, key=f"{run}-{number}", pure=False, retries=0
        )
        self._given[number] = _Given(place, future, time.monotonic() + _patience_s(task))
        future.add_done_callback(lambda done: self._heard.put((number, _ended(done))))
        return place

    def halt(self) -> None:
        """Ask all tasks to end that were given. That is not waited for: a worker may be gone."""
        threading.Thread(target=self._halt, args=(self._runs[-1],), daemon=True).start()
        self._runs.append(_named())
        with suppress(Exception):  # a scheduler that is gone is connected to once more
            self._client.subscribe_topic(self._runs[-1], self._take_event)

    def _halt(self, run: str) -> None:
        with suppress(Exception):  # who cannot be reached any more is ended by its deadline
            self._client.run(halt, run, on_error="ignore")

    def hear(self, timeout_s: float) -> tuple[int, Progress | Answer | Lost] | None:
        """Return what a task says. One that another worker begins once more, or that is overdue, is lost."""
        try:
            number, said = self._heard.get(timeout=timeout_s)
        except queue.Empty:
            self._look_around()
            return None
        given = self._given.get(number)
        if given is None:  # told too late: it has been given up
            return None
        if isinstance(said, Exception):
            raise said
        if isinstance(said, bytes):
            self.heard_bytes += len(said)
            said = _message(said)
        if isinstance(said, _Began):
            given.begun += 1
            if given.begun == 1:
                return None
            said = Lost(_WORKER)
        if isinstance(said, Answer | Lost):
            del self._given[number]
            self._release(given.future)
        return given.place, said

    def _look_around(self) -> None:
        """Give up what is overdue, and everything where the scheduler is gone."""
        if self._client.status != "running":
            client = self._renew()
            if client is not None:
                self._use(client)
            lost = Lost(_CLUSTER, is_gone=client is None)
            for number in self._given:
                self._heard.put((number, lost))
            return
        for number, given in self._given.items():
            if time.monotonic() > given.overdue_at:
                self._heard.put((number, Lost(_SILENT, is_gone=True)))

    def _release(self, future: Future) -> None:
        with suppress(Exception):  # a scheduler that is gone cannot be told
            if not future.done():
                future.cancel()
            future.release()

    def close(self) -> None:
        """Give up what still runs."""
        if self._given:
            self._halt(self._runs[-1])
        for given in self._given.values():
            self._release(given.future)
        with suppress(Exception):  # a scheduler that is gone cannot be told
            for run in self._runs:
                self._client.unsubscribe_topic(run)

    def _take_event(self, event: tuple[float, tuple[int, bytes | None]]) -> None:
        _, (number, packed) = event
        self._heard.put((number, _Began() if packed is None else packed))


def _named() -> str:
    """Return a name for the tasks that are asked to end together, and for their events."""
    return f"ksolve-{uuid4().hex}"


def _patience_s(task: Task) -> float:
    """Return how long after now a task is overdue; what is to be repeated knows no clock."""
    if task.options.tuning.reproducible:
        return inf
    return (1 + _GRACE_SHARE) * task.options.limit_s + _GRACE_S


def _message(packed: bytes) -> Progress | Answer:
    message: Progress | Answer = unpack(packed)
    return message


def _ended(future: Future) -> Said:
    """Return what came of a future: its packed answer, that its part is lost, or a bug."""
    try:
        if future.status == "finished":
            answer: bytes = future.result()
            return answer
        if future.status != "error":  # cancelled with its scheduler
            return Lost(_CLUSTER)
        error = future.exception()
    except OSError:  # it has an answer, which cannot be fetched any more
        return Lost(_CLUSTER)
    if isinstance(error, PartLostError):
        return Lost(KILLED)
    return Lost(_WORKER) if type(error).__name__ == "KilledWorker" else error


_WORKER = Text(
    "探索の一部を受け持ったワーカーが応答しなくなりました",
    "the worker that searched a part is gone",
)
_CLUSTER = Text(
    "クラスタのスケジューラとの接続が切れました",
    "the connection to the cluster's scheduler was lost",
)
_SILENT = Text(
    "探索の一部が期限を過ぎても終わらず、ワーカーからの応答もありません",
    "a part did not end at its deadline, and its worker is silent",
)
