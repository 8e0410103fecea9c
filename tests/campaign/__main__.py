"""Runs the campaign for as long as it is given, and prints a table: tried, agreed, refused, wrong.

``python -m campaign --seconds 600``; ``--kinds tiny --first 42 --most 1`` tries one case again. Each wrong
case is written to a folder: its seed, what was wrong, and the plan.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from campaign.choice_trials import choice_trial
from campaign.folder_trials import folder_trial
from campaign.hostile_trials import hostile_trial
from campaign.kills import kill_trial
from campaign.middling_trials import middling_trial
from campaign.outcome import AGREED, PASSED_OVER, REFUSED, WRONG, Outcome
from campaign.outside_trials import outside_trial
from campaign.people_trials import people_trial
from campaign.revision_trials import revision_trial
from campaign.tiny_trials import tiny_trial
from campaign.wishing_trials import wishing_trial
from campaign.yearly_trials import yearly_trial

Trial = Callable[[int, Path], Iterator[tuple[str, Outcome]]]
TRIALS: dict[str, Trial] = {
    "tiny": tiny_trial,
    "wishes": wishing_trial,
    "people": people_trial,
    "outside": outside_trial,
    "choice": choice_trial,
    "folder": folder_trial,
    "middling": middling_trial,
    "yearly": yearly_trial,
    "revision": revision_trial,
    "kill": kill_trial,
    "hostile": hostile_trial,
}
"""Each kind of trial: a seed and an empty folder in, one outcome for each thing that was tried."""
TIDY = 50
"""After so many seeds of a kind garbage is collected."""
COLUMNS = (AGREED, REFUSED, PASSED_OVER, WRONG)


@dataclass
class Tally:
    """What came of all trials so far."""

    came: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, what: str, outcome: Outcome) -> None:
        """Count one outcome."""
        self.came.setdefault(what, Counter())[outcome.came] += 1

    @property
    def wrong(self) -> int:
        """How many were wrong."""
        return sum(counts[WRONG] for counts in self.came.values())

    def table(self) -> str:
        """The table, one line for each kind of thing."""
        lines = [f"{'':<14}{'tried':>10}" + "".join(f"{column:>13}" for column in COLUMNS)]
        for what, counts in self.came.items():
            numbers = "".join(f"{counts[column]:>13}" for column in COLUMNS)
            lines.append(f"{what:<14}{counts.total():>10}{numbers}")
        return "\n".join(lines)


def run(kind: str, seed: int, tally: Tally, kept: Path) -> None:
    """Try one seed of a kind, and keep what was wrong with it."""
    with TemporaryDirectory() as folder:
        try:
            outcomes = list(TRIALS[kind](seed, Path(folder)))
        except Exception:  # noqa: BLE001 - whatever goes wrong is what is looked for
            outcomes = [(kind, Outcome(WRONG, traceback.format_exc()))]
        for what, outcome in outcomes:
            tally.add(what, outcome)
        told = [f"{what}: {outcome.why}" for what, outcome in outcomes if outcome.came == WRONG]
        if told:
            _keep(kept / f"{kind}-{seed}", told, Path(folder))


def _keep(kept: Path, told: list[str], folder: Path) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    (kept / "wrong.txt").write_text("\n\n".join(told) + "\n", encoding="utf-8")
    plan = folder / "plan.yaml"
    if plan.exists():
        (kept / "plan.yaml").write_bytes(plan.read_bytes())
    print(f"{kept}: {told[0][-400:]}", file=sys.stderr)


def main() -> int:
    """Run, and return 1 where something was wrong."""
    asked = argparse.ArgumentParser(prog="campaign", description=__doc__.partition("\n")[0])
    asked.add_argument("--seconds", type=float, default=60, help="how long to run")
    asked.add_argument("--kinds", nargs="+", choices=TRIALS, default=list(TRIALS), help="what to try")
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--most", type=int, default=sys.maxsize, help="most seeds of each kind")
    asked.add_argument("--keep", type=Path, default=Path("build/campaign"), help="where wrong cases go")
    given = asked.parse_args()
    tally, begun = Tally(), time.monotonic()
    spent = dict.fromkeys(given.kinds, 0.0)
    seeds = dict.fromkeys(given.kinds, given.first)
    gc.disable()  # looking for garbage takes a quarter of a tiny plan's time: it is done now and then
    while time.monotonic() - begun < given.seconds:
        left = [kind for kind in given.kinds if seeds[kind] - given.first < given.most]
        if not left:
            break
        kind = min(left, key=spent.__getitem__)  # each kind has its share of the time
        start = time.monotonic()
        run(kind, seeds[kind], tally, given.keep)
        spent[kind] += time.monotonic() - start
        seeds[kind] += 1
        if seeds[kind] % TIDY == 0:
            gc.collect()
    print(tally.table())
    print("seeds: " + ", ".join(f"{kind} {given.first}–{seeds[kind] - 1}" for kind in given.kinds))
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
