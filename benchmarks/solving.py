"""Time to the model, to the first schedule and to the proof, of ksolve and its peers on generated instances.

::

    python benchmarks/solving.py                                        # what `make bench` runs
    python benchmarks/solving.py koganei --ways ksolve occurrence --limit 120
    python benchmarks/solving.py centres-32 --limit 600 --json out.json
    python benchmarks/solving.py koganei r6q tight worn --ways ksolve before series highs --seeds 0 1 2

The instances are the same for every seed, which is that of the solvers; `--instance-seed` makes others.
Every run has a process of its own, one after the other; its memory is the most that it, and together the
processes that it starts, ever held. *work* is CP-SAT's deterministic time. Times drift between machines, and
beside other programs: the ratios within one run, CPU seconds and work are what counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from instances import NAMES, instance
from peers import WAYS, way
from peers.outcome import Step, cost_of

DEFAULT = ("koganei", "koganei-plain", "tight", "worn", "centres-2", "dense", "infeasible-by-one")
_GRACE_S = 60.0
"""What building the last model and checking the schedule may take beyond the limit."""
_WORKERS = 2
_MEBI = 1 << 20


@dataclass(frozen=True)
class Row:
    """One way on one instance; seconds since the problem was handed over, loading not included."""

    instance: str
    way: str
    verdict: str
    seed: int = 0
    build_s: float | None = None
    total_s: float | None = None
    cpu_s: float | None = None
    worked_s: float | None = None
    cost: int | None = None
    bound: float | None = None
    tiers: dict[str, tuple[int, int]] | None = None
    peak_mib: int | None = None
    load: float | None = None
    steps: list[Step] = field(default_factory=list)

    @property
    def first_s(self) -> float | None:
        """When the first schedule was there."""
        return self.steps[0].seconds if self.steps else None

    def as_good_s(self, cost: int) -> float | None:
        """When the first schedule was there that costs no more."""
        return next((step.seconds for step in self.steps if step.cost <= cost), None)


def main() -> None:
    """Run what the arguments name, print a table, and write JSON."""
    args = _arguments()
    if args.here:
        (name,), (one,), (seed,) = args.instances, args.ways, args.seeds
        print(json.dumps(asdict(measured(name, one, args.limit, seed, args.instance_seed))))
        return
    rows: list[Row] = []
    print(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {platform.platform()} · {os.cpu_count()} cores · ", end=""
    )
    print(f"load {os.getloadavg()[0]:.1f} · limit {args.limit:g} s")
    print(_HEADER)
    for name in args.instances:
        for seed in args.seeds:
            for one in args.ways:
                rows.append(_in_a_process(name, one, args.limit, seed, args.instance_seed))
                same = [row for row in rows if (row.instance, row.seed) == (name, seed)]
                print(_line(rows[-1], same), flush=True)
    if args.json:
        args.json.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n")


def measured(name: str, way_name: str, limit_s: float, seed: int, instance_seed: int = 0) -> Row:
    """Solve an instance in this process."""
    problem = instance(name, instance_seed)
    load = os.getloadavg()[0]
    steps: list[Step] = []
    solve = way(way_name)
    began, cpu_began_s = time.perf_counter(), _cpu_s()

    def tell(cost: float, bound: float | None) -> None:
        steps.append(Step(round(time.perf_counter() - began, 2), cost, bound))

    outcome = solve(problem, limit_s, seed, tell)
    total_s = time.perf_counter() - began
    return Row(
        name,
        way_name,
        outcome.verdict,
        seed,
        None if outcome.build_s is None else round(outcome.build_s, 2),
        round(total_s, 2),
        round(_cpu_s() - cpu_began_s, 2),
        outcome.worked_s,
        None if outcome.schedule is None else cost_of(problem, outcome.schedule),
        outcome.bound,
        dict(outcome.tiers) if outcome.tiers else None,
        _peak_mib(),
        load,
        steps,
    )


def _cpu_s() -> float:
    """Return the seconds of processor time of this process and of those that it started."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak_mib() -> int:
    """Return the most memory held, each process that was started counted like the largest of them."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    largest_child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + _WORKERS * largest_child) * 1024 // _MEBI


def _in_a_process(name: str, way_name: str, limit_s: float, seed: int, instance_seed: int) -> Row:
    if find_spec({"cpmpy": "cpmpy", "highs": "highspy"}.get(way_name, "ksolve")) is None:
        return Row(name, way_name, "not installed: pip install -e '.[bench]'", seed)
    command = [
        sys.executable,
        __file__,
        name,
        "--ways",
        way_name,
        "--limit",
        str(limit_s),
        "--seeds",
        str(seed),
        "--instance-seed",
        str(instance_seed),
    ]
    try:
        ran = subprocess.run(
            [*command, "--here"],
            stdout=subprocess.PIPE,
            text=True,
            timeout=limit_s * 2 + _GRACE_S,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return Row(name, way_name, "does not keep to the limit", seed)
    except subprocess.CalledProcessError as error:
        return Row(name, way_name, f"failed ({error.returncode})", seed)
    told = json.loads(ran.stdout.splitlines()[-1])
    return Row(**{**told, "steps": [Step(**step) for step in told["steps"]]})


_HEADER = (
    f"{'instance':20} {'way':10} {'seed':>4} {'verdict':10} {'build s':>8} {'first s':>8} {'total s':>8}"
    f" {'CPU s':>8} {'work':>8} {'cost':>8} {'bound':>8} {'MiB':>6} {'load':>5}"
    "  ksolve was as good after (ratio)"
)


def _line(row: Row, others: list[Row]) -> str:
    times = (row.build_s, row.first_s, row.total_s, row.cpu_s, row.worked_s)
    numbers = [_shown(value, 8) for value in (*times, row.cost, row.bound)]
    numbers += [_shown(row.peak_mib, 6), _shown(row.load, 5)]
    told = f"{row.instance:20} {row.way:10} {row.seed:>4} {row.verdict:10} {' '.join(numbers)}"
    return f"{told}  {_ratio(row, others)}"


def _shown(value: float | None, width: int) -> str:
    if value is None:
        return f"{'-':>{width}}"
    return f"{value:>{width}}" if isinstance(value, int) else f"{value:>{width}.1f}"


def _ratio(row: Row, others: list[Row]) -> str:
    """Compare the time that a peer used with when ksolve had a schedule as good as the peer's best."""
    ours = next((other for other in others if other.way == "ksolve"), None)
    if ours is None or ours is row or row.total_s is None:
        return ""
    if row.cost is None:
        return f"no schedule; ksolve's first after {ours.first_s} s" if ours.first_s else ""
    seconds = ours.as_good_s(row.cost)
    reached = row.as_good_s(row.cost) or row.total_s
    return f"{seconds:.1f} s ({reached / seconds:.1f} times)" if seconds else "never"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "instances", nargs="*", default=list(DEFAULT), help=f"any of {', '.join(NAMES)}; centres-K for any K"
    )
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=["ksolve"])
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each run (default 60)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="of the solvers (default 0)")
    parser.add_argument("--instance-seed", type=int, default=0, help="of the instances (default 0)")
    parser.add_argument("--json", type=Path, help="where to write every step as JSON")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
