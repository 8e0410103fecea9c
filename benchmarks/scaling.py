"""Many centres: processes of this machine beside the workers of a Dask cluster, and how far one client goes.

::

    python benchmarks/scaling.py --write docs/scale.md docs/scale.en.md    # all that is compared: 20 minutes
    python benchmarks/scaling.py --centres 4 --ways pool:2 local:2 --first --limit 60

`pool:2` are two processes of this machine, `local:2` two workers of a Dask cluster on it. ``--first`` ends
each centre at its first schedule: where parts are soon done, what a cluster costs is seen best. Every run has
a process of its own, so that its memory and processor time are its own. `client` is the program that asks:
with `local` it holds the scheduler as well. Rows that differ in nothing but the engine are compared per part.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import product
from pathlib import Path

import psutil
from instances import instance
from marked import machine, with_lines
from paper import Lang, Row, calculated, compared, table

from ksolve.solver import Answer, Options, Progress, Tuning
from ksolve.solver.answer import Step
from ksolve.solver.search.cluster.reached import cluster
from ksolve.solver.search.engine import Engine, Engines, Here, PartsSoFar, searching_with
from ksolve.solver.search.lost import Lost
from ksolve.solver.search.messages import Task
from ksolve.solver.search.parts import parts
from ksolve.solver.search.sharing import sharing
from ksolve.verified import solve


@dataclass(frozen=True)
class Runs:
    """What is run one after the other: centres on each way, ending at first schedules or not."""

    centres: Sequence[str]
    ways: Sequence[str]
    limit_s: float
    first: bool = False


SUITE = (
    Runs(["16"], ["pool:1", "local:1", "pool:2", "local:2", "pool:4", "local:4"], 60, first=True),
    Runs(["8"], ["local:2"], 40),
    Runs(["32"], ["local:2"], 130),
    Runs(["32-sharing"], ["local:2"], 180),
    Runs(["128"], ["local:2"], 400),
)
"""All that is compared, within 20 minutes on 2 quiet cores."""
_GRACE_S = 45.0
"""What starting, the last models, checking and naming may take beyond the limit, and a part of it."""
_FIRST = (Step.PATTERNS, Step.FITTING, Step.ANY)
_MEBI = 1 << 20


def main() -> None:
    """Run what the arguments name, print a line for each, and write the tables."""
    asked = _arguments()
    if asked.here:
        row = measured(asked.centres[0], asked.ways[0], asked.limit, first=asked.first)
        print(json.dumps(asdict(row)))
        return
    suite = [Runs(asked.centres, asked.ways, asked.limit, asked.first)] if asked.centres else SUITE
    title = machine()
    print(f"{title} · load {os.getloadavg()[0]:.1f}")
    earlier = json.loads(asked.beside.read_text(encoding="utf-8")) if asked.beside else []
    rows = [Row(**row) for row in earlier]
    for runs in suite:
        for centres, way in product(runs.centres, runs.ways):
            rows.append(_in_a_process(centres, way, runs.limit_s, first=runs.first))
            print("  ".join(f"{key} {value}" for key, value in asdict(rows[-1]).items()), flush=True)
    for line in compared(rows):
        print(line)
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    for path in asked.write:
        lang: Lang = "en" if path.stem.endswith(".en") else "ja"
        text = with_lines(path.read_text(encoding="utf-8"), "scaling", table(rows, title, lang))
        path.write_text(with_lines(text, "paper", calculated(rows, lang)), encoding="utf-8")


def measured(centres: str, way: str, limit_s: float, *, first: bool) -> Row:
    """Search once in this process, and return what is measured; starting a cluster is told apart."""
    problem = instance(f"centres-{centres}")
    kind, _, count = way.partition(":")
    linked = sharing(problem.to_date) if centres.endswith("sharing") else None
    load, began = os.getloadavg()[0], time.monotonic()
    seen: dict[str, float | int] = {}
    clock = _Clock()

    def watch(_progress: Progress) -> None:
        seen.setdefault("first_s", round(time.monotonic() - clock.began, 1))

    def watch_parts(found: PartsSoFar) -> None:
        seen["dated"], seen["proven"] = found.dated, found.proven

    with _engines(kind, way) as used:
        clock.began = time.monotonic()
        own_s, starting_s = _own_s(), _started_s()
        with searching_with(_Clocked(used, clock), watch_parts):
            options = Options(limit_s, Tuning(workers=int(count)), steps=_FIRST if first else tuple(Step))
            answer = solve(problem, options, watch)
        total_s, own_s = time.monotonic() - clock.began, _own_s() - own_s
    used_by = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Row(
        centres,
        way,
        "first" if first else "all",
        str(answer.verdict),
        limit_s,
        sessions=len(answer.schedule.sessions) if answer.schedule else 0,
        parts=len(linked.parts if linked else parts(problem.to_date)),
        dated=int(seen.get("dated", 0)),
        proven=int(seen.get("proven", 0)),
        start_s=round(clock.began - began, 1),
        first_s=seen.get("first_s"),
        total_s=round(total_s, 1),
        after_s=round(total_s - answer.seconds, 1),
        busy_s=round(sum(clock.busy.values()), 1),
        longest_s=round(max(clock.busy.values(), default=0.0), 1),
        client_s=round(own_s, 1),
        search_s=round(used_by.ru_utime + used_by.ru_stime - starting_s, 1),
        client_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // _MEBI,
        search_mib=used_by.ru_maxrss * 1024 // _MEBI,
        sent_mib=clock.sent / _MEBI,
        heard_mib=clock.heard / _MEBI,
        load=round(load, 1),
    )


def _own_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _started_s() -> float:
    """Return the processor time of all processes that this one has started and that still run."""
    times = (process.cpu_times() for process in psutil.Process().children(recursive=True))
    return sum(one.user + one.system for one in times)


@contextmanager
def _engines(kind: str, way: str) -> Iterator[Engines]:
    """Open what searches: processes of this machine (`pool`), or a cluster."""
    if kind == "pool":
        yield Here()
        return
    with cluster(way) as reached:
        yield reached


@dataclass
class _Clock:
    """When the search began, how long each part was searched in all, and the bytes that went and came."""

    began: float = 0.0
    busy: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    sent: int = 0
    heard: int = 0


class _Clocked:
    """Engines that are watched by a clock."""

    def __init__(self, used: Engines, clock: _Clock) -> None:
        self.places, self.memory = used.places, used.memory
        self._engines, self._clock = used, clock

    @contextmanager
    def open(self, count: int) -> Iterator[_Watched]:
        with self._engines.open(count) as engine:
            yield _Watched(engine, self._clock)
            self._clock.sent += getattr(engine, "sent_bytes", 0)
            self._clock.heard += getattr(engine, "heard_bytes", 0)


class _Watched:
    """An engine of which is noted how long each place has a part."""

    def __init__(self, engine: Engine, clock: _Clock) -> None:
        self.idle, self._engine, self._clock = engine.idle, engine, clock
        self._given: dict[int, tuple[str, float]] = {}

    def give(self, task: Task) -> int:
        place = self._engine.give(task)
        self._given[place] = task.problem.series[0].id, time.monotonic()
        return place

    def halt(self) -> None:
        self._engine.halt()

    def hear(self, timeout_s: float) -> tuple[int, Progress | Answer | Lost] | None:
        heard = self._engine.hear(timeout_s)
        if heard and not isinstance(heard[1], Progress):
            part, began = self._given.pop(heard[0])
            self._clock.busy[part] += time.monotonic() - began
        return heard


def _in_a_process(centres: str, way: str, limit_s: float, *, first: bool) -> Row:
    command = [
        sys.executable,
        __file__,
        "--here",
        "--centres",
        centres,
        "--ways",
        way,
        "--limit",
        str(limit_s),
    ]
    try:
        ran = subprocess.run(
            [*command, *(["--first"] if first else [])],
            stdout=subprocess.PIPE,
            text=True,
            timeout=limit_s * 1.1 + _GRACE_S,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        return Row(centres, way, "first" if first else "all", type(error).__name__, limit_s)
    return Row(**json.loads(ran.stdout.splitlines()[-1]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--centres", nargs="+", help="such as 8, 32-sharing; none: all that is compared")
    parser.add_argument("--ways", nargs="+", default=["pool:2", "local:2"])
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each run (default 60)")
    parser.add_argument("--first", action="store_true", help="end each centre at its first schedule")
    parser.add_argument("--beside", type=Path, help="rows of an earlier run (--json) that these are added to")
    parser.add_argument("--json", type=Path, help="where to write all rows")
    parser.add_argument(
        "--write", type=Path, nargs="+", default=[], help="documents to write the tables into"
    )
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
