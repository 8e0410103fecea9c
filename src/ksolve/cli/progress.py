"""Progress on stderr: a bar with what it means on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text as Line

from ksolve.api import Prepared
from ksolve.cli.standing import parts_standing, standing
from ksolve.cli.streams import shown
from ksolve.solver import Progress, Watch
from ksolve.solver.search.engine import PartsSoFar
from ksolve.text import Lang, Text

_EVERY_S = 2.0
"""So often a plain line is printed, and what a bar says is counted anew."""
_REFRESHES_PER_S = 2
_WIDEST = 60


class Loudness(IntEnum):
    """How much is told of a search while it runs."""

    QUIET = 0
    NORMAL = 1
    VERBOSE = 2

    @classmethod
    def of(cls, *, quiet: bool, verbose: bool) -> Loudness:
        """Return the loudness that -q and -v ask for; of both, -q wins."""
        return cls.QUIET if quiet else cls.VERBOSE if verbose else cls.NORMAL


class Teller(Protocol):
    """Tells of a search, from its begin on."""

    def begin(self, title: str = "") -> Watch:
        """Return the watch of a search that begins now."""
        ...

    def tell_parts(self, parts: PartsSoFar) -> None:
        """Tell what is known of each part of the search."""
        ...


@contextmanager
def telling(
    lang: Lang, limit_s: float, loudness: Loudness = Loudness.NORMAL, case: Prepared | None = None
) -> Iterator[Teller]:
    """Tell of the searches within: nothing, in words, or the costs of each better schedule."""
    console = Console(file=sys.stderr, highlight=False)
    if loudness is Loudness.QUIET:
        yield _Silence()
    elif loudness is Loudness.VERBOSE or not console.is_terminal or console.is_dumb_terminal:
        yield _Lines(lang, limit_s, case, costs=loudness is Loudness.VERBOSE)
    else:
        bar = _Bar(lang, limit_s, case)
        with Live(
            get_renderable=bar.drawn,
            console=console,
            refresh_per_second=_REFRESHES_PER_S,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        ) as live:
            live.refresh()
            yield bar


class _Silence:
    """Tells nothing."""

    def begin(self, title: str = "") -> Watch:  # noqa: ARG002 - as every teller
        """Return a watch that says nothing."""
        return lambda _progress: None

    def tell_parts(self, parts: PartsSoFar) -> None:
        """Say nothing."""


class _Lines:
    """Prints plain lines, every few seconds where there is something better, and a proof at once."""

    def __init__(self, lang: Lang, limit_s: float, case: Prepared | None, *, costs: bool) -> None:
        self._lang, self._limit_s, self._case, self._costs = lang, limit_s, case, costs
        self._parts_at, self._parts_known = float("-inf"), (0, 0)

    def begin(self, title: str = "") -> Watch:
        """Return a watch that prints."""
        said: list[str] = []
        printed_at = float("-inf")

        def watch(progress: Progress) -> None:
            nonlocal printed_at
            proven = bool(progress.tiers) and all(tier.proven for tier in progress.tiers)
            if not (proven or self._costs or time.monotonic() - printed_at >= _EVERY_S):
                return
            words = self._words(progress)
            if words not in said:
                said[:] = [words]
                printed_at = time.monotonic()
                print(shown(f"{title} {words}".lstrip()), file=sys.stderr, flush=True)

        return watch

    def tell_parts(self, parts: PartsSoFar) -> None:
        """Print a line on the parts, every few seconds, and when the last has a schedule or a proof."""
        known, all_ = (parts.dated, parts.proven), len(parts.found)
        is_last = any(now == all_ != before for now, before in zip(known, self._parts_known, strict=True))
        if is_last or time.monotonic() - self._parts_at >= _EVERY_S:
            self._parts_at, self._parts_known = time.monotonic(), known
            print(shown(_joined(parts_standing(parts), self._lang)), file=sys.stderr, flush=True)

    def _words(self, progress: Progress) -> str:
        values = {"seconds": f"{progress.seconds:.1f}", "left": _left(self._limit_s, progress.seconds)}
        said = (_costs(progress),) if self._costs else standing(progress, self._case)
        return _AT.fill(**values)(self._lang) + _joined(said, self._lang)


class _Bar:
    """Draws a bar of the time that is used up, and beneath it what is known."""

    def __init__(self, lang: Lang, limit_s: float, case: Prepared | None) -> None:
        self._lang, self._limit_s, self._case = lang, limit_s, case
        self._title, self._began, self._counted_at = "", time.monotonic(), float("-inf")
        self._known: tuple[Text, ...] = (_SEARCHING,)
        self._parts: tuple[Text, ...] = ()

    def begin(self, title: str = "") -> Watch:
        """Return a watch whose news are drawn from now on."""
        self._title, self._began, self._known = title, time.monotonic(), (_SEARCHING,)
        return self._news

    def _news(self, progress: Progress) -> None:
        if time.monotonic() - self._counted_at >= _EVERY_S:
            self._known = standing(progress, self._case)
            self._counted_at = time.monotonic()

    def tell_parts(self, parts: PartsSoFar) -> None:
        """Keep what is drawn of the parts."""
        self._parts = parts_standing(parts)

    def drawn(self) -> Table:
        """Return what stands on the terminal now."""
        seconds = time.monotonic() - self._began
        clock = _CLOCK.fill(seconds=f"{seconds:.0f}", left=_left(self._limit_s, seconds))(self._lang)
        drawn = Table.grid()
        drawn.add_column(overflow="fold")
        drawn.add_row(Line(shown(f"{self._title}  {clock}".strip())))
        drawn.add_row(ProgressBar(total=self._limit_s, completed=min(seconds, self._limit_s), width=_WIDEST))
        drawn.add_row(Line(shown(_joined(self._known, self._lang))))
        for text in self._parts:
            drawn.add_row(Line(shown(text(self._lang))))
        return drawn


def _left(limit_s: float, seconds: float) -> str:
    return f"{max(0.0, limit_s - seconds):.0f}"


def _joined(said: tuple[Text, ...], lang: Lang) -> str:
    return ("、" if lang == "ja" else "; ").join(text(lang) for text in said)


def _costs(progress: Progress) -> Text:
    """Return the cost and the bound of each tier, for those who know them."""
    listed = [_COST.fill(name=t.tier.text, value=t.value, bound=t.bound) for t in progress.tiers]
    costs = Text(" ".join(t.ja for t in listed), " ".join(t.en for t in listed))
    return _COSTS.fill(sessions=len(progress.schedule.sessions), costs=costs)


_AT = Text("{seconds}秒(残り{left}秒) ", "{seconds} s ({left} s left) ")
_CLOCK = Text("{seconds}秒経過、残り{left}秒", "{seconds} s, {left} s left")
_SEARCHING = Text(
    "最初の予定を探しています(日付の決まった回はまだありません)", "looking for a first schedule"
)
_COSTS = Text("{sessions}回 {costs}", "{sessions} sessions {costs}")
_COST = Text("{name}={value}(≥{bound})", "{name}={value}(≥{bound})")
