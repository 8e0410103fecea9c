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

from ksolve.cache import keep, recall
from ksolve.program import identity

if TYPE_CHECKING:
    from ksolve.files import Read
    from ksolve.problem import Problem

_KIND = "problems"
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
    """Under which key a problem is kept: all that it depends on beside the files it was read from."""

    key: bytes

    def recalled(self) -> Problem | None:
        """Return the problem that was kept, None where there is none or where a file has changed."""
        value = recall(_KIND, self.key)
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
            keep(_KIND, self.key, stated + b"\n" + pickle.dumps(problem, protocol=5))


def _memory(path: Path, scenarios: Sequence[Path]) -> _Memory | None:
    """Return under which key the problem of a plan is kept, None where there can be none.

    The folder and the files as they are named belong to the key: findings name them so.
    """
    try:
        names = json.dumps([str(Path.cwd()), str(path), *map(str, scenarios)]).encode()
    except OSError:  # a folder that was removed
        return None
    program = identity()
    return _Memory(names + os.fsencode(program)) if program else None


def _digest(path: Path) -> str | None:
    """Return the digest of a file, None where it is no plain one: a pipe can be read only once."""
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    except OSError:
        return None
