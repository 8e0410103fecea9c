"""A check that is made again whenever a file that it read is saved."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from ksolve.cli.console import print_findings, say
from ksolve.errors import Exit, PlanError
from ksolve.text import Lang, Text

_EVERY_S = 0.3


def watched(check: Callable[[], Exit], files: Callable[[], Iterable[Path]], lang: Lang) -> Exit:
    """Check, and again after each change of a file, until Ctrl-C; return the last status.

    What cannot be read is told, and looked at again when it is saved.
    """
    status = Exit.OK
    try:
        while status is not Exit.INTERRUPTED:
            seen = _saved(read := tuple(files()))
            try:
                status = check()
            except PlanError as error:
                print_findings(error.findings, lang, to=sys.stderr)
                status = Exit.USAGE
            say(_WAITING.fill(time=datetime.now().astimezone().strftime("%H:%M:%S")), lang, to=sys.stderr)
            sys.stdout.flush()
            while _saved(read) == seen:
                time.sleep(_EVERY_S)
    except KeyboardInterrupt:
        pass
    return status


def _saved(files: Iterable[Path]) -> list[tuple[int, int]]:
    """Return when each file was written last, and how long it is; zeros where it is not there."""
    return [(at.st_mtime_ns, at.st_size) if (at := _stat(file)) else (0, 0) for file in files]


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None


_WAITING = Text(
    "{time} 保存されたら調べ直します。終わるには Ctrl-C", "{time} waiting for a file to be saved; Ctrl-C ends"
)
