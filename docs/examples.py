"""Run the commands that stand in a page, and write what they say below them: make docs.

The schedule that they speak of is made first, and always the same: `ksolve solve --reproducible`.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
KSOLVE = Path(sys.executable).with_name("ksolve")
_BLOCK = re.compile(r"(?<=```console\n)\$ ksolve (.*)\n(?:.*\n)*?(?=```)")


def main() -> None:
    """Renew each page that is named."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        _said(
            ["solve", "models/koganei/r6.yaml", "-o", str(out), "--force", "--reproducible", "--limit", "120"]
        )
        for page in map(Path, sys.argv[1:]):
            text = page.read_text(encoding="utf-8")
            page.write_text(_BLOCK.sub(lambda found: _renewed(found[1], out), text), encoding="utf-8")


def _renewed(command: str, out: Path) -> str:
    """Return a command with what it says now; where it writes is called out/."""
    words = [
        word.replace("out/", f"{out}/", 1) if word.startswith("out/") else word
        for word in shlex.split(command)
    ]
    return f"$ ksolve {command}\n{_said(words)}".replace(f"{out}/", "out/")


def _said(words: list[str]) -> str:
    done = subprocess.run([KSOLVE, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


if __name__ == "__main__":
    main()
