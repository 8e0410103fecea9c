"""Ctrl-C while searches run: the first asks them to end with what they have, the second to stop at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Stop:
    """What has been asked for since listening began."""

    def __init__(
        self, acknowledge: Callable[[], None] | None = None, insist: Callable[[], None] | None = None
    ) -> None:
        self.asked = False
        self.at_once = False
        self._acknowledge = acknowledge
        self._insist = insist

    def hear(self, _number: int, _frame: FrameType | None) -> None:
        """Take a signal. Nothing is raised here: an exception could strike between any two steps."""
        self.at_once = self.asked
        self.asked = True
        heard = self._insist if self.at_once else self._acknowledge
        if heard:
            heard()

    def raise_if_at_once(self) -> None:
        """Raise KeyboardInterrupt after a second interrupt."""
        if self.at_once:
            raise KeyboardInterrupt


_HEARING: ContextVar[Stop | None] = ContextVar("hearing", default=None)


@contextmanager
def listening(
    acknowledge: Callable[[], None] | None = None, insist: Callable[[], None] | None = None
) -> Iterator[Stop]:
    """Note interrupts instead of raising KeyboardInterrupt; what listens within shares the outer's.

    `acknowledge` is called at the first one, `insist` at each after it, within the signal's handler.
    Only signals that would raise KeyboardInterrupt are taken, and only in the main thread, which alone
    hears them.
    """
    outer = _HEARING.get()
    if outer is not None:
        yield outer
        return
    stop = Stop(acknowledge, insist)
    taken = _taken()
    token = _HEARING.set(stop)
    for number in taken:
        signal.signal(number, stop.hear)
    try:
        yield stop
    finally:
        for number in taken:
            signal.signal(number, signal.default_int_handler)
        _HEARING.reset(token)


@contextmanager
def heeding(stop: Stop) -> Iterator[None]:
    """Let the searches within end when `stop` is set by other means than a signal."""
    token = _HEARING.set(stop)
    try:
        yield
    finally:
        _HEARING.reset(token)


def _taken() -> list[signal.Signals]:
    if threading.current_thread() is not threading.main_thread():
        return []
    return [number for number in _SIGNALS if signal.getsignal(number) is signal.default_int_handler]
