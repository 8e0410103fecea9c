"""One language a screen: help, usage errors and messages in Japanese, or in English."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr, redirect_stdout

import pytest
from rich.cells import cell_len

from ksolve.cli import answered
from ksolve.cli.app import everything, loaded
from ksolve.cli.language import VARIABLE
from ksolve.cli.table import BY_NAME, COMMANDS

KNOWN = {
    *("Schema", "Dask", "docx", "pdf", "sessions", "ics", "tsv", "bash"),
    *(
        "ja",
        "en",
        "ksolve",
        "Excel",
        "xlsx",
        "json",
        "text",
        "markdown",
        "sarif",
        "junit",
        "github",
        "csv",
        "md",
    ),
    *(
        "html",
        "Ctrl",
        "stdin",
        "true",
        "false",
        "yaml",
        "toml",
        "check",
        "out",
        "plan",
        "resources",
        "scenario",
        "folder",
    ),
    *(word for row in COMMANDS for word in row.name.split("-")),
}
"""Words of neither language: names of commands, formats and values."""
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def foreign(screen: str, lang: str) -> list[str]:
    """Return the words of the other language; examples in `backquotes` and names of options are of none."""
    bare = re.sub(
        r"`[^`]*`|\[[-a-z]+\]|--?[a-z][-a-z]*|[^\s`]+\.(?:yaml|csv|xlsx|html|json|ics|toml)", " ", screen
    )
    if lang == "en":
        return JAPANESE.findall(bare)
    return [word for word in re.findall(r"[A-Za-z]*[a-z]{2,}", bare) if word not in KNOWN]


@pytest.fixture(params=["ja", "en"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(VARIABLE, request.param)
    monkeypatch.setenv("COLUMNS", "80")
    return str(request.param)


@pytest.mark.parametrize("name", ["", *BY_NAME])
def test_help_is_in_one_language_and_fits_eighty_columns(name: str, lang: str) -> None:
    command = loaded(BY_NAME[name]) if name else everything()
    screen = command.get_help(command.make_context(f"ksolve {name}".strip(), [], resilient_parsing=True))
    assert foreign(screen, lang) == []
    assert [line for line in screen.splitlines() if cell_len(line) > 80] == []
    assert "…" not in screen
    assert "␟" not in screen


def test_each_command_has_one_line_in_the_list(lang: str) -> None:
    command = everything()
    screen = command.get_help(command.make_context("ksolve", [], resilient_parsing=True))
    listed = screen.partition("コマンド:" if lang == "ja" else "Commands:")[2]
    assert len(listed.strip().splitlines()) == len(COMMANDS)


WRONG: tuple[list[str], ...] = (
    [],
    ["fly"],
    ["slove", "x.yaml"],
    ["--quickly"],
    ["solve"],
    ["solve", "a.yaml", "b.yaml"],
    ["solve", "a.yaml", "--limt", "3"],
    ["solve", "a.yaml", "-q9"],
    ["solve", "a.yaml", "--limit"],
    ["solve", "a.yaml", "--limit", "0"],
    ["solve", "a.yaml", "--limit", "soon"],
    ["solve", "a.yaml", "--limit", "nan"],
    ["solve", "a.yaml", "--workers", "1.5"],
    ["solve", "a.yaml", "--force=yes"],
    ["explain", "a.yaml", "--ways", "0"],
    ["solve", "a.yaml", "--lang", "fr"],
    ["check", "a.yaml", "--format", "xml"],
    ["schema", "calendar"],
    ["diff", "a.csv"],
    ["why-not", "a.yaml", "a.csv"],
    ["read"],
    ["rules", "min_gab"],
    ["frequency", "年"],
    ["solve", "missing.yaml"],
    ["why-not", "a.yaml", "a.csv", "--session", "a#1"],
    ["draft", "a.yaml", "--year", "soon", "-o", "b.yaml"],
    ["apply", "a.yaml", "-s", "b.yaml"],
    ["check", "a.yaml", "--select", "min_gap"],
    ["explain", "a.yaml", "--revise", "a.csv"],
)


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_explained_in_one_language(arguments: list[str], lang: str) -> None:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = answered(arguments)
    assert status == 2
    assert err.getvalue()
    said = err.getvalue()
    for name in ("min_gap", "通年", *(word for one in arguments for word in one.split("="))):
        said = said.replace(name, " ") if name else said
    assert foreign(said, lang) == []
