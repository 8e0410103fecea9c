"""What every command shares: options, findings on the terminal, exit statuses."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer

from ksolve.cli.streams import shown
from ksolve.errors import Exit
from ksolve.findings import Finding
from ksolve.text import Lang, Text

LangOption = Annotated[Lang, typer.Option("--lang", help="言語 / language", envvar="KSOLVE_LANG")]
OutOption = Annotated[Path, typer.Option("-o", "--out", help="書き出すフォルダ / folder to write to")]
ForceOption = Annotated[
    bool, typer.Option("--force", help="既存のファイルを置き換える / replace existing files")
]
PlanArgument = Annotated[Path, typer.Argument(metavar="PLAN", help="計画のYAML / the plan's YAML")]
ScenarioOption = Annotated[
    list[Path] | None,
    typer.Option(
        "-s", "--scenario", help="重ねるシナリオ(繰り返し可) / scenario to lay over it (repeatable)"
    ),
]


def finite(value: float | None) -> float | None:
    """Refuse nan and inf, which pass every comparison or none."""
    if value is None or isfinite(value):
        return value
    raise typer.BadParameter("普通の数を書いてください / write an ordinary number")


LimitOption = Annotated[
    float,
    typer.Option("--limit", min=1, max=10_000_000, callback=finite, help="探索の秒数 / seconds to search"),
]
_WORKERS_PER_CORE = 4
"""Workers beyond this wait for one another: 64 on two cores find nothing where one is soon done."""


def capped(workers: int) -> int:
    """Return a number of workers that the processor can bear, and say so where it is less than was asked."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    most = _WORKERS_PER_CORE * cores
    if workers > most:
        note = (
            f"--workers {workers}: {cores}コアなので{most}にします / {most} on a processor with {cores} cores"
        )
        put(note, to=sys.stderr)
    return min(workers, most)


WorkersOption = Annotated[
    int,
    typer.Option(
        "--workers",
        min=1,
        max=64,
        callback=capped,
        help="並列の数。コアの4倍まで / parallel workers, at most four for each core",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="乱数の種 / random seed")]
Format = Literal["text", "json", "sarif", "junit", "github"]
FormatOption = Annotated[Format, typer.Option("--format", help="出力の形式 / output format")]


def say(text: Text, lang: Lang, *, to: TextIO | None = None) -> None:
    """Print a sentence on stdout, or elsewhere."""
    put(text(lang), to=to)


def put(text: str, *, to: TextIO | None = None) -> None:
    """Print a text on stdout, or elsewhere, as it may hold names from files: see `shown`."""
    print(shown(text), file=to or sys.stdout)


def print_findings(
    findings: Iterable[Finding], lang: Lang, form: Format = "text", to: TextIO | None = None
) -> None:
    """Print findings in a format; of none, text and GitHub print nothing."""
    text = rendered(findings, lang, form)
    if text:
        put(text, to=to)


def rendered(findings: Iterable[Finding], lang: Lang, form: Format) -> str:
    """Return findings as lines, as JSON, SARIF or JUnit, or as GitHub workflow commands."""
    return shown(_rendered(findings, lang, form))


def _rendered(findings: Iterable[Finding], lang: Lang, form: Format) -> str:
    if form == "text":
        return "\n".join(found.line(lang) for found in findings)
    from ksolve.findings.formats import as_github, as_json, as_junit, as_sarif

    if form == "github":
        return "\n".join(as_github(found, lang) for found in findings)
    whole = {"json": as_json, "sarif": as_sarif, "junit": as_junit}
    return whole[form](findings, lang)


def table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Return rows as aligned columns, counting Japanese characters as two cells wide."""
    from rich.cells import cell_len

    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            _pad(cell, width - cell_len(cell), column in right)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _pad(cell: str, lacking: int, to_right: bool) -> str:  # noqa: FBT001 - private
    space = " " * lacking
    return space + cell if to_right else cell + space


def leave(status: Exit) -> None:
    """End the command with an exit status."""
    raise typer.Exit(int(status))
