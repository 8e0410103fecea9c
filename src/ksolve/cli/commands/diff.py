"""diff: what differs between two schedules."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from ksolve.api import prepare
from ksolve.changes import changes
from ksolve.changes.years import changes_of_years
from ksolve.cli.console import kind_of, leave, put, say, table
from ksolve.cli.options import ForceOption, LangOption, ScenarioOption
from ksolve.cli.parameters import argument, option
from ksolve.errors import Exit, PlanError
from ksolve.files import refuse_unwritable, write_whole
from ksolve.findings import Finding
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.report.changed import Changed
from ksolve.report.changed.book import changes_xlsx
from ksolve.report.changed.page import changes_html
from ksolve.report.changed.table import change_rows, changes_csv, changes_json
from ksolve.report.two_years import Year, side_by_side
from ksolve.report.two_years.table import year_rows
from ksolve.schedules.planless import read_alone
from ksolve.text import Lang, Text

MORE = Text(
    "年度の違う二つは、第何曜日かで比べます。違いがあれば1で終わります。",
    "Those of two years are compared by their nth weekdays. Exits 1 where anything differs.",
)


DiffFormat = Literal["text", "csv", "xlsx", "html", "json"]


def diff(  # noqa: PLR0913 - one parameter for each option
    before: Annotated[Path, argument(Text("変更前の予定", "the schedule before"), metavar="A")],
    after: Annotated[Path, argument(Text("変更後の予定", "the schedule after"), metavar="B")],
    plan: Annotated[
        Path | None,
        option(
            Text(
                "計画(なければファイルの列だけで比べる)",
                "their plan; else the columns of the files alone are compared",
            ),
            "--plan",
        ),
    ] = None,
    scenario: ScenarioOption = None,
    out: Annotated[
        Path | None,
        option(
            Text("ファイルに書く(.csv .xlsx .html .json)", "write to a file (.csv .xlsx .html .json)"),
            "-o",
            "--out",
        ),
    ] = None,
    form: Annotated[DiffFormat | None, option(Text("出力の形式", "output format"), "--format")] = None,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Show what differs between two schedules."""
    if out:
        read = (before, after, *((plan,) if plan else ()), *(scenario or ()))
        refuse_unwritable([out], force=force, inputs=read)
    kind = form or _kind(out)
    changed = _changed(before, after, plan, tuple(scenario or ()))
    if kind == "text":
        _print(changed, out, lang, force=force)
    else:
        _write(changed, kind, out, lang, force=force)
    leave(Exit.FINDINGS if changed.changes else Exit.OK)


def _kind(out: Path | None) -> DiffFormat:
    kinds: dict[str, DiffFormat] = {".csv": "csv", ".xlsx": "xlsx", ".html": "html", ".json": "json"}
    return kind_of(out, kinds, "text")


def _changed(before: Path, after: Path, plan: Path | None, scenarios: tuple[Path, ...]) -> Changed:
    """Read both schedules, and return what differs. Raises PlanError with the faults of both."""
    read: list[tuple[Problem, Schedule]] = []
    faults: list[Finding] = []
    for path in (before, after):
        try:
            read.append(_read(path, plan, scenarios))
        except PlanError as error:
            faults += error.findings
    if faults:
        raise PlanError(dict.fromkeys(faults))
    (problem, old), (other, new) = read
    is_one_year = problem.year == other.year
    found = changes(old, new) if is_one_year else changes_of_years(old, new)
    names = {series.id: series.name for series in (*other.series, *problem.series)}
    title = problem.title if plan else f"{before.name} → {after.name}"
    notes = () if is_one_year else (_YEARS.fill(before=problem.year, after=other.year),)
    years = None if is_one_year else side_by_side(Year(problem, old), Year(other, new))
    return Changed(title, old, new, found, names, notes, years)


def _read(path: Path, plan: Path | None, scenarios: tuple[Path, ...]) -> tuple[Problem, Schedule]:
    return read_alone(path, prepare(plan, scenarios).problem if plan else None)


def _print(changed: Changed, out: Path | None, lang: Lang, *, force: bool) -> None:
    lines = [changed.summary(lang), *(note(lang) for note in changed.notes)]
    if changed.years:
        lines += [changed.years.text(lang), table(list(year_rows(changed.years, lang, months=False)))]
    if changed.changes:
        lines.append(table(list(change_rows(changed, lang))))
    text = "\n".join(lines)
    if out:
        write_whole(out, f"{text}\n".encode(), force=force)
        put(str(out))
    else:
        put(text)


def _write(changed: Changed, kind: DiffFormat, out: Path | None, lang: Lang, *, force: bool) -> None:
    writers: dict[str, Callable[[Changed, Lang], bytes]] = {
        "csv": changes_csv,
        "xlsx": changes_xlsx,
        "html": changes_html,
        "json": lambda what, _lang: f"{changes_json(what)}\n".encode(),
    }
    made = writers[kind](changed, lang)
    if out:
        write_whole(out, made, force=force)
        say(changed.summary, lang, to=sys.stderr)
        put(str(out))
    else:
        sys.stdout.buffer.write(made)


_YEARS = Text(
    "{before} と {after} を、月と第何曜日と時刻で比べています",
    "{before} and {after} are compared by month, nth weekday and start",
)
