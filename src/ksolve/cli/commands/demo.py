"""demo: the whole path on the Koganei plan."""

from __future__ import annotations

from pathlib import Path

from ksolve.cli.demo import LIMIT_S, run_demo
from ksolve.cli.options import ForceOption, LangOption, LimitOption, OutOption, QuietOption, VerboseOption
from ksolve.cli.progress import Loudness


def demo(
    out: OutOption = Path("out"),
    limit: LimitOption = LIMIT_S,
    *,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Run the whole path on the Koganei plan."""
    run_demo(out, limit, lang, Loudness.of(quiet=quiet, verbose=verbose), force=force)
