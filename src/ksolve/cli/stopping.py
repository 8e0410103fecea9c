"""Ctrl-C on the command line: once ends the search and keeps its best, twice ends the program."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ksolve.checker import check
from ksolve.cli.console import print_findings
from ksolve.errors import Exit, PlanError
from ksolve.files import write_whole
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.schedules.tidy import schedule_csv
from ksolve.solver.search.engine import PartsSoFar
from ksolve.solver.search.interrupting import Stop, listening
from ksolve.text import Lang, Text

PARTIAL = "schedule.partial.csv"
"""The best schedule so far, while the search runs; what is left of a run that died."""
_EVERY_S = 2.0
_PATIENCE_S = 2.0
"""How long what does not hear of a second interrupt may go on."""


@contextmanager
def stoppable(lang: Lang, keep: Callable[[], Path | None] = lambda: None) -> Iterator[Stop]:
    """Let a Ctrl-C end the searches within; at a second one `keep` what there is, and stop at once.

    What does not look for interrupts (a model is built, a report drawn) has a moment to end by itself.
    """
    # The handler of a signal must not print: it may strike within another print.
    heard = f"\n{_HEARD(lang)}\n".encode()
    with listening(lambda: _to_stderr(heard), lambda: _end_soon(lang)) as stop:
        try:
            yield stop
        except KeyboardInterrupt:
            kept = keep()
            _show_cursor()
            text = _KEPT.fill(path=kept) if kept else _NOTHING
            print(text(lang), file=sys.stderr, flush=True)
            sys.stdout.flush()
            # The solver's thread is still in native code: an ordinary exit would abort the process.
            os._exit(Exit.INTERRUPTED)


def _end_soon(lang: Lang) -> None:
    """End the program in a moment, whatever it does then: every file is written whole or not at all."""

    def end() -> None:
        _show_cursor()
        _to_stderr(f"{_AT_ONCE(lang)}\n".encode())
        os._exit(Exit.INTERRUPTED)

    timer = threading.Timer(_PATIENCE_S, end)
    timer.daemon = True
    timer.start()


def _show_cursor() -> None:
    """Let a terminal show its cursor, which a bar that is not closed has hidden."""
    if os.isatty(sys.stderr.fileno()):
        _to_stderr(b"\x1b[?25h")


def _to_stderr(line: bytes) -> None:
    with suppress(OSError):  # a terminal that was closed
        os.write(2, line)


class Saver:
    """Keeps the best schedule so far on disk, two seconds after it was found at the latest, if it holds.

    Writing more often than that would be in the search's way: what comes sooner waits for its moment, in
    a thread. What is saved may have been `checked` before: that of a revision, whose history may break rules.
    """

    def __init__(self, problem: Problem, folder: Path, lang: Lang, *, checked: bool = False) -> None:
        self._problem = problem
        self._checked = checked
        self._lang = lang
        self._path = folder / PARTIAL
        self._is_new = not folder.exists()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._saved_at = float("-inf")
        self._is_saved = False
        self._offered: Schedule | None = None
        self._newest: Callable[[], Schedule | None] | None = None
        self._parts: dict[int, tuple[Schedule, bool]] = {}
        self._has_parts = False

    def save(self, schedule: Schedule) -> None:
        """Save a better schedule; where its parts are told, each of these is checked by itself."""
        if schedule is not self._offered and not self._has_parts:
            self._offered = schedule
            holds = self._checked
            self._offer(lambda: schedule if holds or not check(self._problem, schedule) else None)

    def save_parts(self, parts: PartsSoFar) -> None:
        """Save what there is of each part; some may have nothing yet."""
        self._has_parts = True
        self._offer(lambda: self._joined(parts))

    def _joined(self, parts: PartsSoFar) -> Schedule:
        found = [(n, part, best.schedule) for n, (part, best) in enumerate(parts.found) if best]
        holding = [one for n, part, one in found if self._checked or self._holds(n, part, one)]
        return Schedule.of(session for one in holding for session in one.sessions)

    def _holds(self, number: int, part: Problem, schedule: Schedule) -> bool:
        """Whether a part's schedule keeps its rules; the same one is checked once."""
        known = self._parts.get(number)
        if known is None or known[0] is not schedule:
            known = self._parts[number] = (schedule, not check(part, schedule))
        return known[1]

    def _offer(self, made: Callable[[], Schedule | None]) -> None:
        """Write what is made now or, where something was written a moment ago, as soon as it may be."""
        with self._lock:
            self._newest = made
            wait_s = self._saved_at + _EVERY_S - time.monotonic()
            if wait_s <= 0:
                self._write()
            elif self._timer is None:
                self._timer = threading.Timer(wait_s, self._write_late)  # a program that ends waits for it
                self._timer.start()

    def _write_late(self) -> None:
        with self._lock:
            self._timer = None
            self._write()

    def keep(self) -> Path | None:
        """Write the best schedule now, and return where it is; None where none is on disk."""
        with self._lock:
            self._write()
            return self._path if self._is_saved else None

    def _write(self) -> None:
        made, self._newest = self._newest, None
        schedule = made() if made else None
        if schedule is not None:
            try:
                write_whole(self._path, schedule_csv(schedule, self._problem), force=True)
                self._is_saved = True
            except PlanError as error:  # the search goes on: there may be room again when it ends
                print_findings(error.findings, self._lang, to=sys.stderr)
        self._saved_at = time.monotonic()

    def remove(self) -> None:
        """Remove the intermediate file, and the folder that was made for nothing else."""
        with self._lock:
            self._newest = None
            if self._timer is not None:
                self._timer.cancel()
            self._path.unlink(missing_ok=True)
        if self._is_new:
            with suppress(OSError):  # it holds what the run has left
                self._path.parent.rmdir()


_HEARD = Text(
    "中断します。もう一度 Ctrl-C を押すとすぐに終わります。",
    "Stopping. Another Ctrl-C ends the program at once.",
)
_KEPT = Text(
    "中断しました。そこまでの結果は {path} にあります。", "Interrupted. What was found is in {path}."
)
_AT_ONCE = Text(
    "すぐに終わります。書き終えたファイルだけが残っています。",
    "Stopped at once; only files that were finished are there.",
)
_NOTHING = Text("中断しました。残せる結果はまだありません。", "Interrupted, with nothing to keep yet.")
