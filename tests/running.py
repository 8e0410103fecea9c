"""The command line as a process, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import KOGANEI, ROOT

PLAN = KOGANEI / "r6.yaml"


def ksolve(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line; a traceback is never what a user should see, unless the program has a bug."""
    done = subprocess.run(
        [sys.executable, "-m", "ksolve", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done
