"""Progress while a search runs: in words, as a bar on a terminal, silent, or with every cost."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from ksolve.api import Prepared
from ksolve.cli.progress import Loudness, telling
from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Progress, TierValue


@pytest.mark.parametrize(
    ("tiers", "line"),
    [
        ((), "1.5秒(残り58秒) 日付の決まった回 0、希望がどこまでかなうかはこれから"),
        (
            (TierValue(Tier.FIT, 0, 0),),
            "1.5秒(残り58秒) 日付の決まった回 0、これより良い予定はないと証明済み",
        ),
        (
            (TierValue(Tier.WISHES, 2, 2), TierValue(Tier.SPREAD, 8, 6)),
            (
                "1.5秒(残り58秒) 日付の決まった回 0、かなわない希望 2、"
                "いま決めているもの「間隔のそろい」: 減点 8、証明された下限 6(減らせても最大で 25%)"
            ),
        ),
    ],
)
def test_progress_says_what_is_decided_how_good_it_is_and_how_far_from_proof(
    tiers: tuple[TierValue, ...], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with telling("ja", 60.0) as teller:
        teller.begin()(Progress(1.5, Schedule(()), tiers, None, 0.0))
    assert capsys.readouterr().err.strip() == line


@pytest.mark.parametrize(
    ("loudness", "line"),
    [
        (Loudness.QUIET, ""),
        (Loudness.VERBOSE, "1.5 s (58 s left) 0 sessions published fit=0(≥0) even spread=8(≥6)"),
    ],
)
def test_progress_is_silent_or_says_every_cost(
    loudness: Loudness, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tiers = (TierValue(Tier.FIT, 0, 0), TierValue(Tier.SPREAD, 8, 6))
    with telling("en", 60.0, loudness) as teller:
        watch = teller.begin()
        watch(Progress(1.5, Schedule(()), tiers, None, 0.0))
        watch(Progress(1.5, Schedule(()), tiers, None, 0.0))
    assert capsys.readouterr().err.strip() == line


def test_progress_of_a_plan_says_which_published_marks_are_not_kept(
    koganei: Prepared, capsys: pytest.CaptureFixture[str]
) -> None:
    with telling("ja", 60.0, case=koganei) as teller:
        teller.begin()(Progress(2.0, Schedule(()), (), None, 0.0))
    assert "まだ守られていない印 104/104" in capsys.readouterr().err


def _on_terminal(*arguments: object, **environment: str) -> str:
    """Run the command line on a terminal of its own, and return all that it shows there."""
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "ksolve", *map(str, arguments)]
    asked = {**os.environ, "TERM": "xterm", "COLUMNS": "80", **environment}
    process = subprocess.Popen(command, stdout=inner, stderr=inner, stdin=inner, env=asked)
    os.close(inner)
    shown = b""
    with suppress(OSError):  # the terminal is gone when the process has ended
        while read := os.read(outer, 65536):
            shown += read
    assert process.wait() == 0
    os.close(outer)
    return shown.decode()


def test_a_terminal_gets_a_bar_and_its_cursor_back(small: Path, tmp_path: Path) -> None:
    shown = _on_terminal("solve", small, "-o", tmp_path / "out")
    assert "最初の予定を探しています" in shown
    assert "残り" in shown
    assert "━" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")


def test_headings_of_help_are_bold_on_a_terminal_that_is_not_asked_for_plain_text() -> None:
    assert "\x1b[1m" in _on_terminal("--help")
    assert "\x1b" not in _on_terminal("--help", NO_COLOR="1")
