"""init: a folder to begin with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from ksolve.calendar import FiscalYear
from ksolve.cli.commands.read import fiscal_year
from ksolve.cli.console import leave, print_findings, put, say
from ksolve.cli.options import ForceOption, HeadingOption, LangOption
from ksolve.cli.parameters import argument, joined, option, text_of
from ksolve.errors import Exit, PlanError
from ksolve.files import is_same_file, write_together
from ksolve.letters import name_key
from ksolve.plan.starting import Beginning, Kind, starting_files
from ksolve.published import PublishedPlan, read_published
from ksolve.text import Lang, Text

T = TypeVar("T")
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
    ask = _Asking(lang, is_asking=sys.stdin is not None and sys.stdin.isatty())
    stated = fiscal_year(year) if year else None
    columns = tuple(column or ())

    def read(name: str) -> PublishedPlan | None:
        return read_published(Path(name), stated, columns) if name else None

    found = read(str(table)) if table else ask(_TABLE, "", read)
    begun = Beginning(
        folder,
        title or (found.title if found else "") or ask(_TITLE, _UNTITLED(lang), str),
        (found.year if found else None) or stated or ask(_YEAR, str(_coming()), fiscal_year),
        ask(_FORM, _YES(lang), _kind_of) if kind is None else kind,
        Path(found.file) if found else None,
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


@dataclass(frozen=True, slots=True)
class _Asking:
    """Asks for what is not given, where somebody is there to answer; else the defaults hold."""

    lang: Lang
    is_asking: bool

    def __call__(self, question: Text, default: str, read: Callable[[str], T]) -> T:
        """Return an answer as it is read; what is wrong with one is said, and it is asked for again."""
        while self.is_asking:
            shown = bool(default)
            text = str(typer.prompt(question(self.lang), default=default, show_default=shown)).strip()
            try:
                return read(text)
            except PlanError as error:
                print_findings(error.findings, self.lang, to=sys.stderr)
            except typer.BadParameter as error:
                say(text_of(error.message), self.lang, to=sys.stderr)
        return read(default)


def _coming() -> FiscalYear:
    """Return the next fiscal year to begin."""
    today = datetime.now(tz=UTC).date()
    return FiscalYear(today.year + (today.month > 3))


def _kind_of(text: str) -> Kind:
    """Return what はい, いいえ, yes or no means. Raises typer.BadParameter for another word."""
    kind = _ANSWERS.get(name_key(text))
    if kind is None:
        raise typer.BadParameter(joined(_NO_ANSWER.fill(text=text)))
    return kind


_ANSWERS: dict[str, Kind] = {
    "y": "form",
    "yes": "form",
    "はい": "form",
    "form": "form",
    "n": "yaml",
    "no": "yaml",
    "いいえ": "yaml",
    "yaml": "yaml",
}
_NO_ANSWER = Text("「{text}」: はい か いいえ で答えてください", "{text!r}: answer yes or no")
_TABLE = Text(
    "公表された年間事業計画の表のファイル(なければ Enter)",
    "The published annual plan, a file (Enter for none)",
)
_TITLE = Text("計画の題名", "The plan's title")
_UNTITLED = Text("年間事業計画", "Annual programme plan")
_YEAR = Text("年度", "Fiscal year")
_FORM = Text("Excel の記入表で書きますか(いいえなら YAML)", "Write it as an Excel workbook (no: as YAML)")
_YES = Text("はい", "yes")
_WRITTEN = Text(
    "できました。進め方は README.md に書いてあります。\n"
    "まず {plan} の仮に置いたところを実際のものに直し、確かめてください: ksolve check {plan}",
    "Done; README.md says what to do. First correct {plan}, then: ksolve check {plan}",
)
