"""fit, report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ksolve.cli import app
from ksolve.cli.console import (
    ForceOption,
    FormatOption,
    LangOption,
    OutOption,
    PlanArgument,
    ScenarioOption,
    leave,
    print_findings,
    put,
    say,
    table,
)
from ksolve.cli.scheduled import read_checked
from ksolve.cli.solving import ScheduleArgument, make_view
from ksolve.errors import Exit
from ksolve.findings import Finding, Severity
from ksolve.problem.schedule import Schedule
from ksolve.text import Lang, Text

if TYPE_CHECKING:
    from ksolve.fit import FitReport


@app.command()
def fit(
    plan: PlanArgument,
    schedule: ScheduleArgument,
    scenario: ScenarioOption = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="CSVに書く / write as CSV")] = None,
    form: FormatOption = "text",
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """公表計画の約束と印がどれだけ守られたかを示します / Show how far the published plan is kept.

    予定が計画の規則を守っていなければ、違反を示して1で終わります。/ Exits 1 when a rule is broken.
    """
    from ksolve.api import prepare
    from ksolve.files import refuse_unwritable, write_whole
    from ksolve.fit import fit as fit_schedule
    from ksolve.plan import files_of
    from ksolve.report.fit_table import fit_csv, fit_json, fit_rows

    case = prepare(plan, tuple(scenario or ()))
    if case.published is None:
        say(_UNPUBLISHED, lang, to=sys.stderr)
        leave(Exit.USAGE)
        return
    if out:
        read = (*files_of(plan, case.plan), *(scenario or ()), schedule)
        refuse_unwritable([out], force=force, inputs=read)
    dated, findings = read_checked(case.problem, schedule)
    report = fit_schedule(case.published, case.plan, case.problem, dated)
    if out:
        write_whole(out, fit_csv(report, lang), force=force)
    if form == "json":
        put(fit_json(report, lang))
    else:
        put(table(list(fit_rows(report, lang)), right=frozenset({0, 3, 4, 5})))
        print_findings(report.contradictions, lang, form)
        _figure(report, lang)
    _leave_checked(dated, findings, lang)


def _leave_checked(dated: Schedule, findings: tuple[Finding, ...], lang: Lang) -> None:
    """Say on stderr what was filled in and what a schedule breaks, and end with 1 if it does."""
    for note in dated.notes:
        say(note, lang, to=sys.stderr)
    print_findings(findings, lang, to=sys.stderr)
    errors = sum(found.severity is Severity.ERROR for found in findings)
    if errors:
        say(_BROKEN.fill(found=errors), lang, to=sys.stderr)
    leave(Exit.FINDINGS if findings else Exit.OK)


def _figure(report: FitReport, lang: Lang) -> None:
    from ksolve.fit import DEFINITION

    values = {"figure": f"{report.figure:.1%}", "sessions": report.sessions, "marks": report.marks}
    say(_FIT.fill(**values), lang)
    say(report.against, lang)
    say(DEFINITION, lang)


@app.command()
def report(
    plan: PlanArgument,
    schedule: ScheduleArgument,
    out: OutOption = Path("out"),
    scenario: ScenarioOption = None,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """予定からCSV・ICS・Excel・HTMLを作ります / Draw a schedule as CSV, ICS, Excel and HTML.

    予定が計画の規則を守っていなければ、書いた上で1で終わります。/ Exits 1 when a rule is broken.
    """
    from ksolve.api import prepare
    from ksolve.files import is_same_file, locked, refuse_unwritable
    from ksolve.plan import files_of
    from ksolve.record.manifest import verdict_beside
    from ksolve.report.writing import WRITERS, write_reports

    case = prepare(plan, tuple(scenario or ()))
    names = [name for name in WRITERS if not is_same_file(out / name, schedule)]
    inputs = (*files_of(plan, case.plan), *(scenario or ()))
    refuse_unwritable([out / name for name in names], force=force, inputs=inputs)
    with locked(out):
        dated, findings = read_checked(case.problem, schedule)
        verdict = () if findings else verdict_beside(schedule)  # it was said of a plan that was kept
        view = make_view(case, dated, verdict, findings)
        for path in write_reports(view, out, lang, force=force, names=names):
            put(str(path))
        if len(names) < len(WRITERS):
            say(_LEFT_AS_IT_IS.fill(path=schedule), lang, to=sys.stderr)
        _leave_checked(dated, findings, lang)


_LEFT_AS_IT_IS = Text(
    "{path} は読み込んだ予定なので、書き換えていません",
    "{path} is the schedule that was read: it stays as it is",
)
_BROKEN = Text(
    "この予定は計画の規則を守っていません(違反{found}件)。直すまで公表・配布しないでください。",
    "This schedule does not keep the rules of its plan ({found} breaches): do not publish it as it is.",
)
_UNPUBLISHED = Text(
    "計画に published(公表された表)がないので適合を測れません",
    "the plan names no published table, so there is no fit to measure",
)
_FIT = Text(
    "適合度 {figure} (約束の回 {sessions}、印 {marks})",
    "fit {figure} (promised sessions {sessions}, marks {marks})",
)
