"""A hostile file is read by a process of its own, under limits of memory and time: an answer, no crash."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from campaign.hostile_files import MAKERS
from campaign.kills import ROOT
from campaign.outcome import Outcome, agreed

MEMORY = 3 * 2**30
"""Bytes of address space; the program with its libraries takes about one and a half GB of it."""
CPU_S = 40
"""Seconds of processor time."""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hostile_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Make a file, have it read, and look at the end."""
    chance = Random(seed)
    maker = MAKERS[seed % len(MAKERS)]
    command = [str(word) for word in maker(chance, folder)]
    told = f"{maker.__name__}: {' '.join(command)[:300]}"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ksolve", *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=ROOT,
            timeout=3600,
            check=False,
            preexec_fn=_limited,
        )
    except subprocess.TimeoutExpired:
        yield "hostile", Outcome("wrong", f"{told}: no end")
        return
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    right = done.returncode in {0, 1, 2, 3, 4} and "Traceback" not in said and "\x1b[31m" not in said
    leaked = "root:x:0" in said
    yield "hostile", agreed(right and not leaked, f"{told}: status {done.returncode}\n{said[-600:]}")
