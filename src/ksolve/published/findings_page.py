"""The page of all findings of the reader, each with an example that has it."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.calendar import parse_fiscal_year
from ksolve.findings import Finding, Place
from ksolve.published.examples import EXAMPLES, TOLD, Example
from ksolve.published.files.text import parse_grid
from ksolve.published.messages import GROUPS, finding
from ksolve.published.reading import survey
from ksolve.text import Lang, Text


def catalogue(lang: Lang) -> str:
    """Return the page as Markdown; ``make docs`` writes it to docs/findings.md."""
    return "\n".join(_lines(lang)) + "\n"


def shown_in(example: Example, name: str) -> Finding:
    """Return the finding of that name in an example. Raises StopIteration where it is not there."""
    year = parse_fiscal_year(example.year) if example.year else None
    plan = survey(parse_grid(example.table, example.file), year)
    return next(found for found in plan.findings if found.rule == name)


def _lines(lang: Lang) -> Iterator[str]:
    yield _TITLE(lang)
    yield ""
    yield _INTRODUCTION(lang)
    for title, group in GROUPS:
        yield ""
        yield f"## {title(lang)}"
        for name in group:
            yield ""
            yield from _entry(name, lang)


def _entry(name: str, lang: Lang) -> Iterator[str]:
    if name in EXAMPLES:
        example = EXAMPLES[name]
        found = shown_in(example, name)
        shown = ["```", *example.table.rstrip("\n").split("\n"), "```"]
    else:
        told = TOLD[name]
        found = finding(name, Place("plan.xlsx"), **told.values)
        shown = [f"{_EXAMPLE(lang)}{told.what(lang)}"]
    yield f"### {name}"
    yield ""
    yield f"**{found.severity.text(lang)}**: {found.text(lang)}"
    yield ""
    parts = [(_RESOLUTION, found.resolution), (_REMEDY, found.remedy)]
    said = [f"- {label(lang)}{text(lang)}" for label, text in parts if text]
    yield from said
    yield from [""] if said else []
    yield from shown


_TITLE = Text("# 公表された表の指摘", "# Findings of the reader")
_INTRODUCTION = Text(
    "`ksolve read` が表について言うことの一覧です。このページは `ksolve read --findings` の出力で、"
    "例は実際に読んだ結果です。エラーは読めなかった所で、終了状態は1です(ほかは読めています)。"
    "事業が一つも読めないときは2です。",
    "Everything that `ksolve read` has to say about a table. This page is the output of "
    "`ksolve read --findings --lang en`; the examples are really read. "
    "An error is what was not understood: the rest is read, and the exit status is 1. "
    "Where no programme can be read it is 2.",
)
_EXAMPLE = Text("例: ", "Example: ")
_RESOLUTION = Text("読み方: ", "Read as: ")
_REMEDY = Text("直し方: ", "What to do: ")
