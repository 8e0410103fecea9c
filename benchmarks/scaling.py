"""Many centres: processes of this machine beside the workers of a Dask cluster, and how far one client goes.

``python benchmarks/scaling.py`` prints a line a run: seconds until every centre has a schedule, until the
search ended, how many centres are proven best, and the most memory of the client. ``--centres 8 --ways pool
local:1 local:2 local:4`` compares engines on the same parts: what a part costs more on a cluster is overhead.
``--first`` ends each part at its first schedule: where parts are soon done, overhead is seen best.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from instances import instance

from ksolve.problem import Problem
from ksolve.solver import Answer, Options, Progress, Tuning
from ksolve.solver.answer import Step
from ksolve.solver.search.cluster.reached import cluster
from ksolve.solver.search.engine import PartsSoFar, PartsWatch, searching_with
from ksolve.solver.search.parts import parts
from ksolve.verified import solve

FIRST = (Step.PATTERNS, Step.ANY)


def main() -> None:
    """Run each number of centres on each engine."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--centres", type=int, nargs="+", default=[8])
    asked.add_argument("--ways", nargs="+", default=["pool", "local:1", "local:2", "local:4"])
    asked.add_argument("--limit", type=float, default=120.0)
    asked.add_argument("--first", action="store_true")
    given = asked.parse_args()
    rows = []
    for count in given.centres:
        problem = instance(f"centres-{count}")
        for way in given.ways:
            rows.append(
                {"centres": count, "way": way, **measured(problem, way, given.limit, first=given.first)}
            )
            print("  ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
    print(json.dumps(rows))


def measured(problem: Problem, way: str, limit_s: float, *, first: bool) -> dict[str, object]:
    """Search once, and return what is measured; starting a cluster is told apart."""
    seen: dict[str, float | int] = {}
    began = time.monotonic()

    def watch(_progress: Progress) -> None:
        seen.setdefault("first_s", round(time.monotonic() - started, 1))

    def watch_parts(found: PartsSoFar) -> None:
        seen["proven"] = found.proven

    with engine(way, watch_parts):
        started = time.monotonic()
        steps = FIRST if first else tuple(Step)
        answer: Answer = solve(problem, Options(limit_s, Tuning(workers=2), steps=steps), watch)
        ended = time.monotonic()
    return {
        "sessions": len(answer.schedule.sessions) if answer.schedule else 0,
        "parts": len(parts(problem.to_date)),
        "start_s": round(started - began, 1),
        **seen,
        "seconds": round(ended - started, 1),
        "verdict": str(answer.verdict),
        "client_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


@contextmanager
def engine(way: str, watch: PartsWatch) -> Iterator[None]:
    """Search in processes of this machine (`pool`), or on a cluster."""
    with ExitStack() as stack:
        engines = stack.enter_context(cluster(way)) if way != "pool" else None
        stack.enter_context(searching_with(engines, watch))
        yield


if __name__ == "__main__":
    main()
