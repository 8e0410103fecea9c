"""Progress on stderr: one calm line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from ksolve.cli.streams import shown
from ksolve.problem.schedule import Schedule
from ksolve.solver import Progress
from ksolve.text import Lang, Text

_EVERY_S = 1.0


def progress_printer(lang: Lang, title: str = "") -> Callable[[Progress], None]:
    """Return a watch that shows time, best cost and bound of each tier, and gap, at most once a second.

    A proof is shown at once, and once.
    """
    shown_at = [0.0]
    proven: list[Schedule] = []
    on_terminal = sys.stderr.isatty()

    def show(progress: Progress) -> None:
        done = bool(progress.tiers) and all(tier.proven for tier in progress.tiers)
        if progress.schedule in proven or not (done or time.monotonic() - shown_at[0] >= _EVERY_S):
            return
        proven[:] = [progress.schedule] if done else []
        shown_at[0] = time.monotonic()
        line = shown(f"{title} {_line(progress, lang)}".lstrip())
        end = "\r" if on_terminal and not done else "\n"
        print(f"\x1b[K{line}" if on_terminal else line, end=end, file=sys.stderr, flush=True)

    return show


def _line(progress: Progress, lang: Lang) -> str:
    best = " ".join(f"{tier.tier.text(lang)}={tier.value}(≥{tier.bound})" for tier in progress.tiers)
    line = _LINE.fill(seconds=f"{progress.seconds:6.1f}", sessions=len(progress.schedule.sessions))
    return (line + _BEST.fill(best=best, gap=_gap(progress)) if best else line)(lang)


def _gap(progress: Progress) -> Text:
    """The part that is not proven necessary of the cost of the first tier that is open."""
    for tier in progress.tiers:
        if not tier.proven:
            gap = f"{(tier.value - tier.bound) / tier.value:.0%}"
            return _OPEN.fill(name=tier.tier.text, gap=gap)
    return _PROVEN


_LINE = Text("{seconds}秒 {sessions}回を配置", "{seconds} s {sessions} sessions")
_BEST = Text(" 最良 {best} {gap}", "best {best} {gap}")
_OPEN = Text("差 {gap}({name})", "gap {gap} ({name})")
_PROVEN = Text("証明済み", "proven")
