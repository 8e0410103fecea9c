"""init: a folder to begin with."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ksolve.calendar import FiscalYear
from ksolve.cli.commands.read import fiscal_year
from ksolve.cli.console import leave, print_findings, put, say
from ksolve.cli.options import ForceOption, HeadingOption, LangOption
from ksolve.cli.parameters import argument, option
from ksolve.errors import Exit
from ksolve.files import is_same_file, write_together
from ksolve.plan.starting import Beginning, Kind, starting_files
from ksolve.published import read_published
from ksolve.text import Lang, Text

MORE = Text(
    "端末では、書かなかったことを尋ねます。表がなければ、例の事業で始めます。",
    "On a terminal it asks for what is not given. Without a table it begins with example programmes.",
)


def init(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, argument(Text("作るフォルダ", "the folder to make"), metavar="FOLDER")] = Path(),
    table: Annotated[
        Path | None,
        option(Text("公表された年間事業計画の表", "the published annual plan"), "--table", metavar="TABLE"),
    ] = None,
    title: Annotated[str, option(Text("計画の題名", "the plan's title"), "--title")] = "",
    year: Annotated[str, option(Text("年度: `令和8年度`", "the fiscal year: `令和8年度`"), "--year")] = "",
    kind: Annotated[
        Kind | None,
        option(Text("form(Excel の記入表)か yaml", "form (a workbook) or yaml"), "--kind"),
    ] = None,
    column: HeadingOption = None,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Write a folder to begin with: plan, table, a scenario, README, a CI job."""
    is_asking = sys.stdin is not None and sys.stdin.isatty()
    if table is None and is_asking:
        named = typer.prompt(_TABLE(lang), default="", show_default=False).strip()
        table = Path(named) if named else None
    columns = tuple(column or ())
    found = read_published(table, fiscal_year(year) if year else None, columns) if table else None
    own_year = found.year if found else None
    begun = Beginning(
        folder,
        title or (found.title if found else "") or _asked(_TITLE, _UNTITLED, lang, is_asking=is_asking),
        own_year or _year(year, lang, is_asking=is_asking),
        kind or _kind(lang, is_asking=is_asking),
        table,
        columns,
    )
    _write(begun, lang, force=force)


def _write(begun: Beginning, lang: Lang, *, force: bool) -> None:
    """Write the folder, whole or not at all, and say what stands in it."""
    files, published = starting_files(begun, lang)
    plan = next(iter(files))
    for path in [path for path in files if begun.table and is_same_file(path, begun.table)]:
        del files[path]  # the table stands there already
    write_together(files, force=force)
    for path in sorted(files):
        put(str(path))
    say(_WRITTEN.fill(plan=plan), lang)
    print_findings(published.errors, lang)
    leave(Exit.FINDINGS if published.errors else Exit.OK)


def _asked(question: Text, default: Text, lang: Lang, *, is_asking: bool) -> str:
    return str(typer.prompt(question(lang), default=default(lang))) if is_asking else default(lang)


def _year(text: str, lang: Lang, *, is_asking: bool) -> FiscalYear:
    """Return the year that is given or asked for; else the next to begin."""
    today = datetime.now(tz=UTC).date()
    coming = FiscalYear(today.year + (today.month > 3))
    if not text and is_asking:
        text = str(typer.prompt(_YEAR(lang), default=str(coming)))
    return fiscal_year(text) if text else coming


def _kind(lang: Lang, *, is_asking: bool) -> Kind:
    if not is_asking:
        return "form"
    return "form" if typer.confirm(_FORM(lang), default=True) else "yaml"


_TABLE = Text(
    "公表された年間事業計画の表のファイル(なければ Enter)",
    "The published annual plan, a file (Enter for none)",
)
_TITLE = Text("計画の題名", "The plan's title")
_UNTITLED = Text("年間事業計画", "Annual programme plan")
_YEAR = Text("年度", "Fiscal year")
_FORM = Text("Excel の記入表で書きますか(いいえなら YAML)", "Write it as an Excel workbook (no: as YAML)?")
_WRITTEN = Text(
    "できました。進め方は README.md に書いてあります。\n"
    "まず {plan} の仮に置いたところを実際のものに直し、確かめてください: ksolve check {plan}",
    "Done; README.md says what to do. First correct {plan}, then: ksolve check {plan}",
)
