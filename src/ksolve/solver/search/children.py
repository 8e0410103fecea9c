"""Child processes that search parts, seen from their parent."""

from __future__ import annotations

import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from ksolve.solver.answer import Answer, Progress
from ksolve.solver.search.lost import Lost
from ksolve.solver.search.messages import Failure, Halt, Said, Task, send
from ksolve.text import Text


class Children:
    """A fixed number of processes; each searches one part at a time and tells what it finds."""

    def __init__(self, count: int) -> None:
        self.idle = list(range(count))
        self._heard: queue.SimpleQueue[tuple[int, Said | None]] = queue.SimpleQueue()
        self._processes = [_start() for _ in self.idle]
        self._listening = [self._listener(number) for number in self.idle]
        self._dead: set[int] = set()

    def give(self, task: Task) -> int:
        """Give a task to an idle child and return the child's number."""
        number = self.idle.pop()
        if number in self._dead:
            self._renew(number)
        self._send(number, task)
        return number

    def halt(self) -> None:
        """Ask every search to end with what it has."""
        for number in range(len(self._processes)):
            self._send(number, Halt())

    def hear(self, timeout_s: float) -> tuple[int, Progress | Answer | Lost] | None:
        """Return what a child says, None when none says anything within the time.

        A child that has died, which is the system's doing, is heard of as lost, and another one takes
        its place. Raises RuntimeError with the traceback of a bug in one.
        """
        try:
            number, said = self._heard.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if said is None:
            self._dead.add(number)
            return None if number in self.idle else (number, Lost(KILLED))
        if isinstance(said, Failure):
            raise RuntimeError(said.text)  # noqa: TRY004 - a bug of ours, told by a message
        return number, said

    def end(self) -> None:
        """Kill all children and wait for their end."""
        for process in self._processes:
            process.kill()
        for process, thread in zip(self._processes, self._listening, strict=True):
            _close(process, thread)

    def _renew(self, number: int) -> None:
        """Start another child in the place of one that has died."""
        self._dead.remove(number)
        _close(self._processes[number], self._listening[number])
        self._processes[number] = _start()
        self._listening[number] = self._listener(number)

    def _listener(self, number: int) -> threading.Thread:
        process = self._processes[number]
        thread = threading.Thread(target=self._listen, args=(number, process), daemon=True)
        thread.start()
        return thread

    def _send(self, number: int, message: Task | Halt) -> None:
        with suppress(BrokenPipeError):  # a child that has died is heard of in `hear`
            send(_pipe(self._processes[number].stdin), message)

    def _listen(self, number: int, process: subprocess.Popen[bytes]) -> None:
        with suppress(EOFError, pickle.UnpicklingError, OSError, ValueError):
            while True:
                self._heard.put((number, pickle.load(_pipe(process.stdout))))  # noqa: S301 - from our own child
        self._heard.put((number, None))


@contextmanager
def children(count: int) -> Iterator[Children]:
    """Start child processes that are all gone at the end."""
    started = Children(count)
    try:
        yield started
    finally:
        started.end()


def _start() -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C in the terminal reaches the parent alone, which asks for what was found.
    command = [sys.executable, "-c", "from ksolve.solver.search.child import main; main()"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, process_group=0)  # noqa: S603 - our own module


def _close(process: subprocess.Popen[bytes], thread: threading.Thread) -> None:
    """Wait for the end of a process, and of the thread that listens to it."""
    process.wait()
    thread.join()
    _pipe(process.stdout).close()
    with suppress(BrokenPipeError):  # what a dead child has not taken is flushed in vain
        _pipe(process.stdin).close()


def _pipe(pipe: object) -> BinaryIO:
    return cast("BinaryIO", pipe)


KILLED = Text(
    "探索の一部がシステムに止められました(多くはメモリの不足です)。"
    "ほかのプログラムを閉じるか、--workers を減らしてやり直してください",
    "the system killed a part of the search (most often for lack of memory): close other programs, "
    "or try again with fewer --workers",
)
