"""The command line as a process, for tests."""

from __future__ import annotations

import html
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
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


def everything(files: Mapping[str, bytes]) -> str:
    """Return all that files say: what zips hold, lines of calendars unfolded, entities as their letters."""
    parts = []
    for name, data in files.items():
        parts.append(name)
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                parts += [book.read(part).decode("utf-8") for part in book.namelist()]
        else:
            parts.append(data.decode("utf-8").replace("\r\n ", ""))
    return html.unescape("\n".join(parts))
