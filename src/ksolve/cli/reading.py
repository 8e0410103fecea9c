"""read, schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ksolve.cli import app
from ksolve.cli.console import FormatOption, LangOption, print_findings, say, table
from ksolve.text import Lang, Text

if TYPE_CHECKING:
    from ksolve.published import Component, PublishedPlan, PublishedRow


@app.command()
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="公表された表(TSV/CSV) / the published table")],
    form: FormatOption = "text",
    *,
    lang: LangOption = "ja",
) -> None:
    """公表された表を読み、事業・回数・期間・内訳と、読み方の指摘を示します / Read a published table."""
    from ksolve.published import read_published

    plan = read_published(file)
    if form != "text":
        print_findings(plan.findings, lang, form)
        return
    print(plan.title)
    print(
        table(
            [_HEADER[lang], *(cells for row in plan.rows for cells in _cells(row))], right=frozenset({0, 4})
        )
    )
    print()
    print_findings(plan.findings, lang)
    _totals(plan, lang)


_HEADER = {
    "ja": ("行", "区分", "事業・内訳", "実施回数", "回数", "期間"),
    "en": ("line", "category", "programme, component", "frequency", "sessions", "windows"),
}


def _cells(row: PublishedRow) -> list[tuple[str, ...]]:
    count = "-" if row.is_service else str(row.count)
    lines: list[tuple[str, ...]] = [
        (str(row.line), row.category, row.name, row.frequency_text, count, _windows(row))
    ]
    lines += [("", "", f"  {part.name}", part.text, _count(part), "") for part in row.components]
    lines += [("", "", f"  {name}", "", str(count), "") for name, count in row.parts]
    return lines


def _count(part: Component) -> str:
    return str(part.count) if part.open or part.frequency.terms else "-"


def _windows(row: PublishedRow) -> str:
    from ksolve.frequency import Months
    from ksolve.published import MarkKind

    placed = [
        f"{promise.marks[0].text}{Months(promise.months)}"
        + (f"×{promise.sessions}" if promise.sessions > 1 else "")
        for promise in row.promises
    ]
    others = [mark.text for mark in row.marks if mark.kind in (MarkKind.ALL_YEAR, MarkKind.START)]
    return " ".join([*others, *placed])


def _totals(plan: PublishedPlan, lang: Lang) -> None:
    """Say what the frequency column adds up to, and what stands beside it."""
    stated = [row for row in plan.rows if row.counted_from == "frequency" and not row.is_service]
    optional = [
        part for row in plan.rows if row.is_service for part in row.components if part.frequency.terms
    ]
    derived = [row for row in plan.rows if row.counted_from == "sites"]
    unknown = [row for row in plan.rows if row.counted_from == "nothing"]
    labelled = [promise for row in plan.rows if row.is_service for promise in row.promises]
    services = sum(row.is_service for row in plan.rows)
    say(_TOTAL.fill(rows=len(plan.rows), services=services, series=len(plan.rows) - services), lang)
    say(_STATED.fill(count=sum(row.count.low for row in stated), rows=len(stated)), lang)
    for part in optional:
        say(_OPTIONAL.fill(name=part.name, count=part.count), lang)
    for promise in labelled:
        say(
            _LABELLED.fill(mark=promise.marks[0].text, line=promise.marks[0].line, count=promise.sessions),
            lang,
        )
    for row in derived:
        say(_DERIVED.fill(name=row.name, count=row.count), lang)
    for row in unknown:
        say(_UNKNOWN.fill(name=row.name), lang)


_TOTAL = Text(
    "{rows}事業 (うち通年・随時 {services}、回のある事業 {series})",
    "{rows} rows ({services} services, {series} series)",
)
_STATED = Text(
    "実施回数の欄の合計: {count}回 ({rows}事業)",
    "the frequency column promises {count} sessions ({rows} rows)",
)
_OPTIONAL = Text("  このほか任意: {name} {count}回", "  besides, optional: {name}, {count}")
_LABELLED = Text(
    "  このほか印による: {line}行目「{mark}」{count}回",
    "  besides, from a mark: {mark} in line {line}, {count}",
)
_DERIVED = Text(
    "  このほか内容から: {name} {count}回", "  besides, derived from the content: {name}, {count}"
)
_UNKNOWN = Text("  回数が不明: {name}", "  count not stated: {name}")


@app.command()
def schema(
    kind: Annotated[
        Literal["plan", "resources", "scenario"],
        typer.Argument(metavar="KIND", help="plan, resources, scenario"),
    ] = "plan",
) -> None:
    """計画・資源・シナリオのJSON Schemaを出力します / Print a JSON Schema."""
    from ksolve.plan.json_schema import json_schema

    print(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))
