"""A plan's problem: what an earlier run made of the same files, else made anew and kept.

It is kept in the user's cache directory, with a digest of every file that was read to make it.
It is used again only where each of them still holds the same, and where this program, what it is
installed with, Python, the folder and the names of the files are the same as well; else it
is made anew, as it is where nothing can be read or kept.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ksolve.cache import cache_folder, keep, recall
from ksolve.program import identity

if TYPE_CHECKING:
    from ksolve.files import Read
    from ksolve.problem import Problem

_MOST = 32
"""So many problems are kept; the one kept first goes first."""
_UNPICKLABLE = (pickle.PickleError, AttributeError, ImportError, TypeError, RecursionError)


def problem_of(path: Path, scenarios: Sequence[Path] = (), *, cached: bool = True) -> Problem:
    """Return the problem of a plan with scenarios laid over it, as `ksolve.api.prepare` makes it.

    Raises PlanError as that does; what is faulty is never kept. `cached` off neither looks for
    a kept one nor keeps it.
    """
    memory = _memory(path, scenarios) if cached else None
    if memory is None:
        return _made(path, scenarios)
    return memory.recalled() or _made_and_kept(path, scenarios, memory)


def _made(path: Path, scenarios: Sequence[Path]) -> Problem:
    from ksolve.api import prepare  # a fifth of a second, which is what a kept problem saves

    return prepare(path, tuple(scenarios)).problem


def _made_and_kept(path: Path, scenarios: Sequence[Path], memory: _Memory) -> Problem:
    from ksolve.files import watched

    with watched() as reads:
        problem = _made(path, scenarios)
    if memory == _memory(path, scenarios):  # else the program was changed meanwhile
        memory.keep(reads, problem)
    return problem


@dataclass(frozen=True, slots=True)
class _Memory:
    """The file in which a problem is kept, and all that it depends on beside the files it was read from."""

    file: Path
    key: bytes

    def recalled(self) -> Problem | None:
        """Return the problem that was kept, None where there is none or where a file has changed."""
        value = recall(self.file, self.key)
        if value is None:
            return None
        stated, _, pickled = value.partition(b"\n")
        if any(_digest(Path(name)) != digest for name, digest in json.loads(stated)):
            return None
        with suppress(*_UNPICKLABLE):
            return cast("Problem", pickle.loads(pickled))  # noqa: S301 - the user's own, and whole
        return None

    def keep(self, reads: Sequence[Read], problem: Problem) -> None:
        """Keep a problem with the digests of the files that it was read from, all of them plain ones."""
        if not all(Path(read.name).is_file() for read in reads):
            return
        stated = json.dumps([(read.name, read.digest) for read in reads]).encode()
        with suppress(*_UNPICKLABLE):
            keep(self.file, self.key, stated + b"\n" + pickle.dumps(problem, protocol=5))
        _forget_oldest(self.file.parent)


def _memory(path: Path, scenarios: Sequence[Path]) -> _Memory | None:
    """Return where the problem of a plan is kept, None where it cannot be.

    The folder and the files as they are named belong to the key: findings name them so.
    """
    try:
        names = json.dumps([str(Path.cwd()), str(path), *map(str, scenarios)]).encode()
    except OSError:  # a folder that was removed
        return None
    folder, program = cache_folder(), identity()
    if folder is None or program is None:
        return None
    return _Memory(folder / "problems" / sha256(names).hexdigest(), names + os.fsencode(program))


def _digest(path: Path) -> str | None:
    """Return the digest of a file, None where it is no plain one: a pipe can be read only once."""
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    except OSError:
        return None


def _forget_oldest(folder: Path) -> None:
    with suppress(OSError):
        kept = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in kept[_MOST:]:
            file.unlink()
