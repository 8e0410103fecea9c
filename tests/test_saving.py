"""The best so far is on disk soon after it was found, whether or not anything is found after it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ksolve.cli import stopping
from ksolve.cli.stopping import PARTIAL, Saver
from ksolve.problem import Problem
from ksolve.solver import Options, solve
from ksolve.solver.search import parts
from ksolve.solver.search.engine import PartsSoFar
from ksolve.solver.search.joining import Found
from test_parts import two


@pytest.fixture
def found(tmp_path: Path) -> tuple[Problem, tuple[tuple[Problem, Found], ...]]:
    """A problem of two parts, 事業A with two sessions and 事業B with three, and a schedule of each."""
    problem = two(tmp_path)
    answers = [(part, solve(part, Options(20), lambda _: None)) for part in parts.parts(problem, small=0)]
    return problem, tuple((part, Found(a.schedule, a.tiers)) for part, a in answers if a.schedule)


Parts = tuple[Problem, tuple[tuple[Problem, Found], ...]]


def rows(folder: Path) -> int:
    path = folder / PARTIAL
    return len(path.read_text(encoding="utf-8-sig").splitlines()) - 1 if path.exists() else 0


def test_a_part_found_a_moment_after_another_is_saved_though_nothing_is_told_after_it(
    found: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "_EVERY_S", 0.3)
    problem, (first, second) = found
    saver = Saver(problem, tmp_path / "out", "ja")
    saver.save_parts(PartsSoFar((first, (second[0], None))))
    assert rows(tmp_path / "out") == 2
    saver.save_parts(PartsSoFar((first, second)))
    while rows(tmp_path / "out") < 5:
        time.sleep(0.05)
    saver.remove()
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_any_more_once_it_is_removed(
    found: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "_EVERY_S", 0.2)
    problem, both = found
    saver = Saver(problem, tmp_path / "out", "ja")
    for told in (PartsSoFar(both), PartsSoFar(both)):
        saver.save_parts(told)
    saver.remove()
    time.sleep(0.4)
    assert not (tmp_path / "out").exists()


def test_what_is_interrupted_is_saved_at_once(found: Parts, tmp_path: Path) -> None:
    problem, (first, second) = found
    saver = Saver(problem, tmp_path / "out", "ja")
    saver.save_parts(PartsSoFar((first, (second[0], None))))
    saver.save_parts(PartsSoFar((first, second)))
    assert saver.keep() == tmp_path / "out" / PARTIAL
    assert rows(tmp_path / "out") == 5
    saver.remove()
