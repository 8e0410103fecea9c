"""What every command prints with: sentences, findings, tables; and how it ends."""

from __future__ import annotations

import shlex
import sys
import webbrowser
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TextIO, TypeVar

import typer

from ksolve.cli.streams import shown
from ksolve.errors import Exit, PlanError, fault
from ksolve.findings import Finding, Place
from ksolve.text import Lang, Text

T = TypeVar("T")
Format = Literal["text", "json", "sarif", "junit", "github"]


def say(text: Text, lang: Lang, *, to: TextIO | None = None) -> None:
    """Print a sentence on stdout, or elsewhere."""
    put(text(lang), to=to)


def teller(lang: Lang, *, quiet: bool) -> Callable[[Text], None]:
    """Return what prints sentences on stderr while something runs, unless it is to be quiet."""
    return (lambda _text: None) if quiet else (lambda text: say(text, lang, to=sys.stderr))


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


def opened(paths: Iterable[Path], lang: Lang, *, wanted: bool) -> None:
    """Open the page among files that were written, where that is wanted; say which it is where none opens."""
    page = next((path for path in paths if path.suffix == ".html"), None) if wanted else None
    if page is not None and not webbrowser.open(page.absolute().as_uri()):
        say(_UNOPENED.fill(path=page), lang, to=sys.stderr)


_UNOPENED = Text("ブラウザを開けなかったので、{path} を開いてください", "open {path} in a browser")


def leave(status: Exit) -> None:
    """End the command with an exit status."""
    raise typer.Exit(int(status))


def again(command: str, plan: Path, scenarios: Sequence[Path] = ()) -> str:
    """Return the command line that asks something else of a plan with the same scenarios over it."""
    over = [part for scenario in scenarios for part in ("-s", str(scenario))]
    return shlex.join(["ksolve", command, str(plan), *over])


def kind_of(out: Path | None, kinds: Mapping[str, T], plain: T) -> T:
    """Return the format that a file's ending asks for: one of `kinds`; `plain` for .txt and for none.

    Raises PlanError for an ending that cannot be written.
    """
    ending = out.suffix.lower() if out else ""
    if ending in ("", ".txt"):
        return plain
    if ending not in kinds:
        text = _CANNOT_WRITE.fill(ending=ending)
        raise PlanError(
            [fault("unknown-ending", text, Place(str(out)), _ENDINGS.fill(known=", ".join(kinds)))]
        )
    return kinds[ending]


_CANNOT_WRITE = Text("「{ending}」の形式では書けません", "files of the kind {ending} cannot be written")
_ENDINGS = Text("書けるもの: {known}, .txt", "there are {known}, .txt")
