"""form: a workbook to fill in, of a plan or of a published table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ksolve.calendar import FiscalYear
from ksolve.cli.commands.read import fiscal_year
from ksolve.cli.console import leave, print_findings, say
from ksolve.cli.options import ForceOption, HeadingOption, LangOption
from ksolve.cli.parameters import argument, option
from ksolve.errors import Exit, PlanError, fault
from ksolve.files import read_bytes, refuse_unwritable, write_whole
from ksolve.findings import Place
from ksolve.plan.form.rows import is_form
from ksolve.plan.form_files import make_form
from ksolve.plan.skeleton import skeleton
from ksolve.published import PublishedPlan, read_published
from ksolve.text import Lang, Text

MORE = Text(
    "公表された表からは、事業の行が埋まった記入表ができます。部屋・職員・開館時間は仮のもので、色が付"
    "きます。\n"
    "記入したら、計画のファイルの代わりにどのコマンドにも渡せます。",
    "Of a published table it has the programmes; rooms, staff and hours are assumptions, and coloured.\n"
    "Once filled in, every command takes it for a plan.",
)


def form(
    source: Annotated[
        Path,
        argument(
            Text("計画(YAML か記入表)、または公表された表", "a plan (YAML or a form), or a published table"),
            metavar="PLAN_OR_TABLE",
        ),
    ],
    out: Annotated[
        Path, option(Text("書き出す記入表", "the workbook to write"), "-o", "--out", metavar="FILE")
    ] = Path("記入表.xlsx"),
    year: Annotated[
        str, option(Text("表の年度(表題より優先)", "the table's fiscal year, before its title's"), "--year")
    ] = "",
    column: HeadingOption = None,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Make a workbook to fill in."""
    if out.suffix.lower() != ".xlsx":
        raise PlanError([fault("unknown-format", _NO_BOOK, Place(str(out)), _AS_BOOK)])
    refuse_unwritable([out], force=force, inputs=[source])
    if source.suffix.lower() in (".yaml", ".yml") or is_form(read_bytes(source)):
        write_whole(out, make_form(source, out, lang), force=force)
        say(_WRITTEN.fill(path=out), lang)
        return
    published = read_published(source, fiscal_year(year) if year else None, column or [])
    plan = out.with_suffix(".yaml")  # what read -o would write beside the form
    texts = {plan: skeleton(published, _year_of(published, lang), plan, lang)}
    write_whole(out, make_form(plan, out, lang, texts), force=force)
    say(_FROM_TABLE.fill(rows=len(published.rows)) + _WRITTEN.fill(path=out), lang)
    if published.errors:
        say(_NOT_UNDERSTOOD.fill(errors=len(published.errors)), lang)
        print_findings(published.errors, lang)
    leave(Exit.FINDINGS if published.errors else Exit.OK)


def _year_of(published: PublishedPlan, lang: Lang) -> FiscalYear:
    if published.year is None:
        say(_NO_YEAR, lang, to=sys.stderr)
        raise typer.Exit(Exit.USAGE)
    return published.year


_WRITTEN = Text(
    "{path} を書きました。Excel で開いて記入し、保存したら:\n"
    "  ksolve check {path}          (計画として成り立つか)\n"
    "  ksolve solve {path} -o out/  (予定を作る)",
    "wrote {path}. Open it in Excel, fill it in, save it, then:\n"
    "  ksolve check {path}          (can it be held?)\n"
    "  ksolve solve {path} -o out/  (the schedule)",
)
_NO_BOOK = Text("記入表は Excel のファイル(.xlsx)です", "a form is a workbook (.xlsx)")
_AS_BOOK = Text("-o 記入表.xlsx のように書いてください", "write -o form.xlsx")
_FROM_TABLE = Text("表の{rows}事業を写しました。", "{rows} programmes were taken from the table.")
_NOT_UNDERSTOOD = Text(
    "次の{errors}件は読めませんでした。シート「事業」で、備考のある行に書き足してください。",
    "{errors} of them were not understood: see the remarks in the sheet programmes.",
)
_NO_YEAR = Text(
    "表に年度が書かれていません。--year 令和8年度 のように書き足してください",
    "the table names no fiscal year: add --year 令和8年度",
)
