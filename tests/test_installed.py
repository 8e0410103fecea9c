"""A wheel in an empty environment: init, doctor and demo need no clone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from conftest import ROOT
from ksolve.record.beside import NAME

BUILT_FROM = (
    "pyproject.toml",
    "setup.py",
    "MANIFEST.in",
    "README.md",
    "LICENSE",
    "src",
    "models",
    "scenarios",
)
"""What a package is built from; nothing is built in the clone itself, where other tests run."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has ksolve from its wheel, and this one's libraries beside it."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
            )
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    _run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--quiet", "-w", folder, source)
    (wheel,) = folder.glob("*.whl")
    shutil.rmtree(source)
    venv.create(folder / "env", symlinks=os.name != "nt")
    python = next(path for path in (folder / "env").glob("*/python*") if path.is_file())
    _run(*pip, "--python", python, "install", "--no-deps", "--no-index", "--quiet", wheel)
    (site,) = (folder / "env").rglob("site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python.parent / "ksolve"


def _run(*command: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_the_demo_runs_through_from_the_package_alone(installed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = _run(installed, "demo", "-o", out, "--limit", 15, cwd=tmp_path)
    assert "公表された表を読みました" in done.stdout
    assert "シナリオ3件を比べました" in done.stdout
    assert all(
        f"{out / name}:" in done.stdout for name in ("report.html", "fit.csv", "whatif.csv", "r7.yaml")
    )
    assert {path.name for path in out.iterdir()} >= {"schedule.csv", "schedule.xlsx", "whatif.csv", "r7.yaml"}
    record = (out / NAME).read_text(encoding="utf-8")
    assert "shipped" in record
    assert str(ROOT / "models") not in record


def test_a_folder_to_begin_with_is_written_and_solved(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "児童館"
    done = _run(installed, "init", folder, "--title", "ひまわり児童館 年間事業計画", "--year", "令和8年度")
    assert "README.md" in done.stdout
    assert (folder / "事業計画.tsv").read_bytes().startswith(b"\xef\xbb\xbf")
    _run(installed, "solve", "記入表.xlsx", "-o", "out", "--limit", 20, cwd=folder)
    assert "ひまわり児童館" in (folder / "out" / "report.html").read_text(encoding="utf-8")
    assert "○" in _run(installed, "doctor").stdout
