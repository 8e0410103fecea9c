"""The Koganei plan: time to the model, to the first schedule, to the proof, for several tunings.

Run with ``make bench``. Times drift between machines; the ratios within one run are what counts.
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

from ksolve.api import prepare
from ksolve.solver import Options, Progress, Tuning, Verdict
from ksolve.solver.model import Model
from ksolve.verified import solve

PLAN = Path(__file__).parents[1] / "models" / "koganei" / "r6.yaml"
SEEDS = (0, 1, 2)
LIMIT_S = 120.0
TUNINGS = {
    "max_lp, light presolve": Tuning(),
    "reduced_costs, light presolve": Tuning(subsolvers=("reduced_costs",)),
    "default portfolio, full presolve": Tuning(subsolvers=(), light_presolve=False),
}


def main() -> None:
    """Print one row for each tuning, with its ratio to the first, and the same as JSON."""
    began = time.perf_counter()
    case = prepare(PLAN)
    loaded = time.perf_counter()
    model = Model(case.problem)
    model.build()
    built = time.perf_counter()
    print(f"load and expand {loaded - began:.2f} s, build {built - loaded:.2f} s, ", end="")
    print(f"{len(model.cp.proto.variables)} variables, {len(model.cp.proto.constraints)} constraints")
    rows = {name: [_run(tuning, seed) for seed in SEEDS] for name, tuning in TUNINGS.items()}
    base = statistics.median(run["proof_s"] for run in next(iter(rows.values())))
    print(f"{'tuning':34} {'first s':>8} {'proof s':>8} {'ratio':>6}  verdicts")
    for name, runs in rows.items():
        first = statistics.median(run["first_s"] for run in runs)
        proof = statistics.median(run["proof_s"] for run in runs)
        verdicts = " ".join(str(run["verdict"]) for run in runs)
        print(f"{name:34} {first:8.2f} {proof:8.2f} {proof / base:6.2f}  {verdicts}")
    print(json.dumps(rows, ensure_ascii=False))


def _run(tuning: Tuning, seed: int) -> dict[str, float | str]:
    """Solve once; a run that proves nothing counts with the whole limit."""
    firsts: list[float] = []

    def watch(progress: Progress) -> None:
        firsts.append(progress.seconds)

    seeded = Tuning(tuning.workers, seed, tuning.subsolvers, tuning.light_presolve)
    answer = solve(prepare(PLAN).problem, Options(LIMIT_S, seeded), watch)
    proof = answer.seconds if answer.verdict is Verdict.OPTIMAL else LIMIT_S
    return {
        "first_s": round(firsts[0], 2) if firsts else LIMIT_S,
        "proof_s": round(proof, 2),
        "verdict": str(answer.verdict),
    }


if __name__ == "__main__":
    main()
