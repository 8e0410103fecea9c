"""read: a published table, and the draft of a plan from it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ksolve.calendar import FiscalYear, parse_fiscal_year
from ksolve.cli.console import Format, leave, print_findings, put, say, table
from ksolve.cli.options import ForceOption, FormatOption, HeadingOption, LangOption
from ksolve.cli.parameters import argument, joined, option
from ksolve.errors import Exit, PlanError
from ksolve.files import read_bytes, refuse_unwritable, write_whole
from ksolve.findings import Finding
from ksolve.frequency import Months
from ksolve.published import Component, MarkKind, PublishedPlan, PublishedRow, read_published
from ksolve.published.findings_page import catalogue
from ksolve.text import Lang, Text, plain

FileArgument = Annotated[
    Path | None,
    argument(
        Text(
            "公表された表(TSV・CSV・xlsx・docx・pdf)か記入表。- は標準入力",
            "the published table (TSV, CSV, xlsx, docx, pdf) or a form; - is standard input",
        ),
        metavar="FILE",
    ),
]
YearOption = Annotated[
    str,
    option(
        Text(
            "年度(令和6年度、R6、2024)。表題より優先",
            "fiscal year (`令和6年度`, R6, 2024), over that of the title",
        ),
        "--year",
    ),
]
FindingsOption = Annotated[
    bool,
    option(Text("指摘の一覧を例とともに示す", "list every finding with an example"), "--findings"),
]
OutOption = Annotated[
    Path | None,
    option(
        Text(
            "計画の下書きを書き出す。部屋・職員・開館時間は仮のもの",
            "write a plan to be filled in; its rooms, staff and opening hours are placeholders",
        ),
        "-o",
        "--out",
        metavar="FILE",
    ),
]


def read(  # noqa: PLR0913 - the options of a command
    file: FileArgument = None,
    form: FormatOption = "text",
    *,
    year: YearOption = "",
    column: HeadingOption = None,
    findings: FindingsOption = False,
    out: OutOption = None,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Read a published table, and show it or write a plan."""
    if findings:
        print(catalogue(lang), end="")
        return
    if file is None or (out is not None and str(file) == "-"):
        say(_NO_FILE if file is None else _NO_NAME, lang, to=sys.stderr)
        leave(Exit.USAGE)
    elif _is_form(file):
        _write_form(file, out, lang, force=force)
    else:
        plan = _read(file, form, (year, column or []), lang)
        if out is None:
            _print(plan, form, lang)
        else:
            _write_plan(plan, out, form, lang, force=force)
        leave(Exit.FINDINGS if plan.errors else Exit.OK)


def _is_form(file: Path) -> bool:
    """Tell a filled-in form; what cannot be opened is no form, and is told of when it is read."""
    if file.suffix.lower() not in (".xlsx", ".xlsm"):
        return False
    from ksolve.plan.form.rows import is_form  # with openpyxl, which no other table needs

    return is_form(read_bytes(file))


def _write_form(file: Path, out: Path | None, lang: Lang, *, force: bool) -> None:
    """Write, or print, the plan that stands in a filled-in form."""
    from ksolve.plan.form_files import written_plan

    if out is None:
        put(written_plan(file, file).rstrip("\n"))
        return
    refuse_unwritable([out], force=force, inputs=[file])
    write_whole(out, written_plan(file, out).encode("utf-8"), force=force)
    say(_FROM_FORM.fill(path=out), lang)


def _read(file: Path, form: Format, told: tuple[str, list[str]], lang: Lang) -> PublishedPlan:
    try:
        year, columns = told
        return read_published(file, fiscal_year(year) if year else None, columns)
    except PlanError as error:
        if form == "text":
            raise
        print_findings(error.findings, lang, form)
        raise typer.Exit(int(Exit.USAGE)) from error


def _write_plan(plan: PublishedPlan, out: Path, form: Format, lang: Lang, *, force: bool) -> None:
    """Write a plan that loads at once, and say what to do with it and what it leaves open."""
    from ksolve.plan.drafted import findings_of_draft  # all rules come with plans: only where one is written
    from ksolve.plan.form_files import plan_file
    from ksolve.plan.skeleton import skeleton

    if plan.year is None:
        say(_NO_YEAR, lang, to=sys.stderr)
        leave(Exit.USAGE)
        return
    refuse_unwritable([out], force=force, inputs=[Path(plan.file)])
    write_whole(out, plan_file(out, {out: skeleton(plan, plan.year, out, lang)}, lang), force=force)
    drafted = tuple(findings_of_draft(plan, plan.year))
    if form != "text":
        print_findings((*plan.findings, *drafted), lang, form)
        return
    say(_WRITTEN.fill(path=out, rows=len(plan.rows), findings=len(plan.findings)), lang)
    if plan.errors:
        say(_NOT_UNDERSTOOD.fill(errors=len(plan.errors)), lang)
        print_findings(plan.errors, lang)
    if drafted:
        print_findings(drafted, lang)


def fiscal_year(text: str) -> FiscalYear:
    """Return the fiscal year of --year."""
    try:
        return parse_fiscal_year(text)
    except ValueError as error:
        raise typer.BadParameter(joined(_BAD_YEAR.fill(found=text)), param_hint="--year") from error


def _print(plan: PublishedPlan, form: Format, lang: Lang) -> None:
    if form != "text":
        print_findings(plan.findings, lang, form)
        return
    put(plan.title or str(plan.year or ""))
    lines = [_HEADER[lang], *(cells for row in plan.rows for cells in _cells(row))]
    put(table(lines, right=frozenset({0, 4})))
    print()
    for note in plan.notes:
        put(f"{note.line}: {note.text}")
    print_findings(_folded(plan.findings), lang)
    _totals(plan, lang)


def _folded(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings of one kind in one row as one, with the places of the others behind it."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for found in findings:
        at = (found.place.file, found.place.sheet, found.place.line) if found.place else (id(found),)
        groups.setdefault((found.rule, *at), []).append(found)
    for first, *others in groups.values():
        places = tuple(other.place for other in others if other.place)
        yield replace(first, related=(*first.related, *places))


_FROM_FORM = Text("記入表を {path} に書きました", "wrote the form as {path}")
_NO_YEAR = Text(
    "表に年度が書かれていません。--year 令和8年度 のように書き足してください",
    "the table names no fiscal year: add --year 令和8年度",
)
_WRITTEN = Text(
    "{path} を書きました: {rows}事業、指摘{findings}件(# の行)。\n"
    "部屋・職員・開館時間は仮のものです。直したら: ksolve solve {path} -o out/",
    "wrote {path}: {rows} programmes, {findings} findings as comments.\n"
    "Rooms, staff and opening hours are placeholders. Fill them in, then: ksolve solve {path} -o out/",
)
_NOT_UNDERSTOOD = Text(
    "次の{errors}件は読めませんでした。計画の「# エラー」の行の所に書き足してください。",
    "{errors} of them were not understood: write what they mean where the plan says `# error`.",
)
_NO_NAME = Text(
    "計画は公表された表のファイルを指すので、標準入力からは書き出せません。表をファイルに保存してください",
    "a plan names the file of its table, so none is written from stdin: save the table to a file",
)
_NO_FILE = Text("読む表のファイルを書いてください", "name the file to read")
_BAD_YEAR = Text(
    "「{found}」は年度として読めません。令和6年度、R6、2024 のように書いてください(1949年度から2150年度まで)",
    "{found} is no fiscal year; write it as 令和6年度, R6 or 2024 (from 1949 to 2150)",
)
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
    bare = (MarkKind.MONTHS, MarkKind.DATE)
    placed = [
        f"{'' if promise.marks[0].kind in bare else _sign(promise.marks[0].text)}{Months(promise.months)}"
        + (f"×{promise.sessions}" if promise.sessions > 1 else "")
        for promise in row.promises
        if not promise.marks[0].day
    ]
    others = [mark.text for mark in row.marks if mark.kind in (MarkKind.ALL_YEAR, MarkKind.START)]
    return " ".join([*others, *placed, *map(str, row.dates)])


def _sign(text: str) -> str:
    """Return a sign without the count that it holds (○3, 6回), which is printed behind the months."""
    bare = text.rstrip("0123456789０１２３４５６７８９回")
    return text if bare.isalpha() else bare


def _totals(plan: PublishedPlan, lang: Lang) -> None:
    """Say what the frequency column adds up to, and what stands beside it."""
    stated = [row for row in plan.rows if row.counted_from == "frequency" and not row.is_service]
    optional = [
        part for row in plan.rows if row.is_service for part in row.components if part.frequency.terms
    ]
    derived = [row for row in plan.rows if row.counted_from == "sites"]
    unknown = [row for row in plan.rows if row.counted_from == "nothing"]
    labelled: Counter[tuple[int, str]] = Counter()
    for promise in (promise for row in plan.rows if row.is_service for promise in row.promises):
        labelled[promise.marks[0].line, promise.marks[0].text] += promise.sessions
    services = sum(row.is_service for row in plan.rows)
    say(_TOTAL.fill(rows=len(plan.rows), services=services, series=len(plan.rows) - services), lang)
    say(_STATED.fill(count=sum(row.count.low for row in stated), most=_most(stated), rows=len(stated)), lang)
    for part in optional:
        say(_OPTIONAL.fill(name=part.name, count=part.count), lang)
    for (line, mark), count in labelled.items():
        say(_LABELLED.fill(mark=mark, line=line, count=count), lang)
    for row in derived:
        say(_DERIVED.fill(name=row.name, count=row.count), lang)
    for row in unknown:
        say(_UNKNOWN.fill(name=row.name), lang)


def _most(rows: Sequence[PublishedRow]) -> Text:
    """Return what to say behind the least sum of counts (毎週 is 52 or 53): the greatest, if another."""
    highs = [row.count.high for row in rows if row.count.high is not None]
    if len(highs) < len(rows):
        return _OR_MORE
    least, most = sum(row.count.low for row in rows), sum(highs)
    return _UP_TO.fill(most=most) if most > least else plain("")


_OR_MORE = Text("以上", " or more")
_UP_TO = Text("、多ければ{most}回", " to {most}")
_TOTAL = Text(
    "{rows}事業 (うち通年・随時 {services}、回のある事業 {series})",
    "{rows} rows ({services} services, {series} series)",
)
_STATED = Text(
    "実施回数の欄の合計: {count}回{most} ({rows}事業)",
    "the frequency column promises {count}{most} sessions ({rows} rows)",
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
