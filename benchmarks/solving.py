"""Time to the first schedule and to the proof, of ksolve and its peers on generated instances.

::

    python benchmarks/solving.py --write docs/benchmarks.md             # all that is compared: 12 minutes
    python benchmarks/solving.py koganei --ways ksolve occurrence --limit 120
    python benchmarks/solving.py centres-32 --limit 600 --json out.json

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
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import NamedTuple

from instances import NAMES, instance
from peers import WAYS, way
from peers.outcome import Step, cost_of


class Runs(NamedTuple):
    """What is run one after the other: each instance with each seed in each way, and the seconds for each."""

    instances: Sequence[str]
    ways: Sequence[str]
    seeds: Sequence[int]
    limit_s: float


_SEEDS = (0, 1, 2)
SUITE = (
    Runs(["koganei"], ["ksolve", "series"], _SEEDS, 40),
    Runs(["koganei"], ["before", "highs", "cpmpy"], [0], 30),
    Runs(["koganei-plain", "tight", "r6q", "worn"], ["ksolve"], [0], 40),
    Runs(["r6q", "tight", "worn"], ["series"], [0], 30),
    Runs(["dense"], ["ksolve", "before"], [0], 30),
    Runs(["infeasible-by-one", "centres-8"], ["ksolve"], [0], 40),
    Runs(["centres-8-sharing", "centres-32"], ["ksolve"], [0], 90),
)
"""All that is compared, within 9 minutes on 2 quiet cores."""
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
    suite = [Runs(args.instances, args.ways, args.seeds, args.limit)] if args.instances else SUITE
    rows: list[Row] = []
    title = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {platform.platform()} · {os.cpu_count()} cores"
    print(f"{title} · load {os.getloadavg()[0]:.1f}")
    print(_HEADER)
    for runs in suite:
        for name, seed, one in product(runs.instances, runs.seeds, runs.ways):
            rows.append(_in_a_process(name, one, runs.limit_s, seed, args.instance_seed))
            print(_line(rows[-1], rows), flush=True)
    if args.json:
        args.json.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n")
    if args.write:
        text = args.write.read_text(encoding="utf-8")
        args.write.write_text(with_table(text, title, rows), encoding="utf-8")


def with_table(text: str, title: str, rows: Sequence[Row]) -> str:
    """Return a document with what was measured between its two marks. Raises ValueError without them."""
    before, _, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"{_BEGIN} ... {_END}")
    lines = [
        "| instance | way | seed | verdict | first s | total s | CPU s | work | cost | MiB | load | ratio |"
    ]
    lines.append("|---" * 12 + "|")
    for row in rows:
        cells = [row.instance, row.way, row.seed, row.verdict, row.first_s, row.total_s, row.cpu_s]
        cells += [row.worked_s, row.cost, row.peak_mib, row.load, _ratio(row, rows)]
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return before + "\n".join([_BEGIN, f"{title}:", "", *lines, _END]) + after


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if isinstance(value, float) else str(value)


_COLUMNS = (
    *("instance", "way", "seed", "verdict", "first s", "total s", "CPU s", "work", "cost", "MiB", "load"),
    "ksolve was as good after",
)
_BEGIN, _END = "<!-- solving: begin -->", "<!-- solving: end -->"


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


def _line(row: Row, rows: Sequence[Row]) -> str:
    times = (row.build_s, row.first_s, row.total_s, row.cpu_s, row.worked_s)
    numbers = [_shown(value, 8) for value in (*times, row.cost, row.bound)]
    numbers += [_shown(row.peak_mib, 6), _shown(row.load, 5)]
    told = f"{row.instance:20} {row.way:10} {row.seed:>4} {row.verdict:10} {' '.join(numbers)}"
    return f"{told}  {_ratio(row, rows)}"


def _shown(value: float | None, width: int) -> str:
    if value is None:
        return f"{'-':>{width}}"
    return f"{value:>{width}}" if isinstance(value, int) else f"{value:>{width}.1f}"


def _ratio(row: Row, rows: Sequence[Row]) -> str:
    """Compare the time that a peer used with when ksolve had a schedule as good as the peer's best."""
    same = (other for other in rows if (other.instance, other.seed) == (row.instance, row.seed))
    ours = next((other for other in same if other.way == "ksolve"), None)
    if ours is None or ours is row or row.total_s is None:
        return ""
    if row.cost is None:
        return f"no schedule; ksolve's first after {ours.first_s} s" if ours.first_s else ""
    seconds = ours.as_good_s(row.cost)
    if not seconds:
        return "never"
    reached = row.as_good_s(row.cost) or row.total_s
    found = f"{seconds:.1f} s ({reached / seconds:.1f} times)"
    if ours.total_s and {row.verdict, ours.verdict} == {"optimal"}:
        return f"{found}, proven {row.total_s / ours.total_s:.1f} times faster"
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "instances",
        nargs="*",
        help=f"any of {', '.join(NAMES)}; centres-K for any K. None: all that is compared, with its own ways",
    )
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=["ksolve"])
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each run (default 60)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="of the solvers (default 0)")
    parser.add_argument("--instance-seed", type=int, default=0, help="of the instances (default 0)")
    parser.add_argument("--json", type=Path, help="where to write every step as JSON")
    parser.add_argument("--write", type=Path, help="the Markdown file whose marked table is written anew")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
