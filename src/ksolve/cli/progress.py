"""Progress on stderr: one calm line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from ksolve.solver import Progress
from ksolve.text import Lang, Text

_EVERY_S = 1.0


def progress_printer(lang: Lang, title: str = "") -> Callable[[Progress], None]:
    """Return a watch that shows time, best cost per tier, bound and gap, at most once a second."""
    shown_at = [0.0]
    on_terminal = sys.stderr.isatty()

    def show(progress: Progress) -> None:
        done = all(tier.proven for tier in progress.tiers)
        if not done and time.monotonic() - shown_at[0] < _EVERY_S:
            return
        shown_at[0] = time.monotonic()
        line = f"{title} {_line(progress, lang)}".lstrip()
        end = "\r" if on_terminal and not done else "\n"
        print(f"\x1b[K{line}" if on_terminal else line, end=end, file=sys.stderr, flush=True)

    return show


def _line(progress: Progress, lang: Lang) -> str:
    best = " ".join(f"{tier.tier.text(lang)}={tier.value}(≥{tier.bound})" for tier in progress.tiers)
    values = {
        "seconds": f"{progress.seconds:6.1f}",
        "sessions": len(progress.schedule.sessions),
        "best": best,
    }
    return _LINE.fill(**values, gap=_gap(progress))(lang)


def _gap(progress: Progress) -> str:
    """The part of the cost that is not proven necessary, over all tiers."""
    cost = sum(tier.value for tier in progress.tiers)
    bound = sum(tier.bound for tier in progress.tiers)
    return f"{(cost - bound) / cost:.0%}" if cost else "0%"


_LINE = Text(
    "{seconds}秒 {sessions}回を配置 最良 {best} 差 {gap}",
    "{seconds} s {sessions} sessions, best {best} gap {gap}",
)
