"""Starting: what `--help`, a completion and a wrong command line take, in seconds of processor time.

Run with ``make bench``. What is wanted: `ksolve --help` within 0.3 s. A command imports what it needs before
it answers, so its own help takes as long as its imports: those that search load ortools.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys

RUNS = 7
TAB = {"COMP_WORDS": "ksolve so", "COMP_CWORD": "1", "_KSOLVE_COMPLETE": "complete_bash"}
CASES: dict[str, tuple[list[str], dict[str, str]]] = {
    "ksolve --help": (["--help"], {}),
    "ksolve --version": (["--version"], {}),
    "ksolve fly (no such command)": (["fly"], {}),
    "TAB behind ksolve": (
        [],
        {"COMP_WORDS": "ksolve so", "COMP_CWORD": "1", "_KSOLVE_COMPLETE": "complete_bash"},
    ),
    "ksolve check --help": (["check", "--help"], {}),
    "ksolve solve --help": (["solve", "--help"], {}),
}


def main() -> None:
    """Print the median of each, and all of them as JSON."""
    figures = {title: _median(arguments, asked) for title, (arguments, asked) in CASES.items()}
    for title, seconds in figures.items():
        print(f"{title:32} {seconds:5.2f} s of processor time")
    print(json.dumps(figures, ensure_ascii=False))


def _median(arguments: list[str], asked: dict[str, str]) -> float:
    _processor_time(arguments, asked)  # modules are compiled, as they are after a first run
    return statistics.median(_processor_time(arguments, asked) for _ in range(RUNS))


def _processor_time(arguments: list[str], asked: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "ksolve", *arguments]
    subprocess.run(command, env={**os.environ, **asked}, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
