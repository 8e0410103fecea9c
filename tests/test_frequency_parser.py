"""The parser of frequencies that is kept: never stale, never damaged, and no fault where it cannot be."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import lark
import pytest

from ksolve.frequency.parsing import load_table, parser

TEXT = "月1回(8月を除く)"
GRAMMAR = files("ksolve.frequency").joinpath("grammar.lark").read_bytes()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Return what finds the parser that is kept, in a cache directory of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return lambda: next(iter((tmp_path / "ksolve" / "parsers").iterdir()))


def parsed() -> object:
    return parser.__wrapped__().parse(TEXT)


def test_the_parser_that_was_kept_reads_as_the_one_that_was_built(kept: Callable[[], Path]) -> None:
    built = parsed()
    written = kept().read_bytes()
    assert parsed() == built
    assert kept().read_bytes() == written
    assert [file.name for file in kept().parent.iterdir()] == [kept().name]


@pytest.mark.parametrize(
    "damage", [lambda _: b"", lambda data: data[:-1], lambda data: data[:40] + b"x" + data[41:]]
)
def test_a_damaged_parser_is_built_anew(kept: Callable[[], Path], damage: object) -> None:
    built = parsed()
    written = kept().read_bytes()
    kept().write_bytes(damage(written))  # type: ignore[operator]
    assert load_table(GRAMMAR) is None
    assert parsed() == built
    assert load_table(GRAMMAR)


def test_the_parser_of_another_grammar_or_lark_is_not_used(
    kept: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed()
    written = kept()
    assert load_table(GRAMMAR)
    assert load_table(GRAMMAR + b"\n") is None
    monkeypatch.setattr(lark, "__version__", "0.0.0")
    assert load_table(GRAMMAR) is None
    parsed()
    assert load_table(GRAMMAR)
    assert len(list(written.parent.iterdir())) == 2  # the two versions do not take each other's place


def test_a_cache_directory_that_takes_no_file_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = parsed()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert parsed() == built


def _made_open(folder: Path) -> None:
    folder.chmod(0o777)


def _made_a_link(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to("elsewhere")


@pytest.mark.skipif(os.name != "posix", reason="the system knows of no users")
@pytest.mark.parametrize("changed", [_made_open, _made_a_link])
@pytest.mark.parametrize("levels", [0, 1, 2])
def test_a_parser_that_somebody_else_could_have_written_is_not_loaded(
    levels: int, changed: Callable[[Path], None], kept: Callable[[], Path]
) -> None:
    parsed()
    place = kept()
    changed([place, *place.parents][levels])
    assert load_table(GRAMMAR) is None
    assert parsed()
