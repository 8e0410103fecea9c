"""fit: how far a schedule keeps what was published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from ksolve.api import prepare
from ksolve.cli.console import leave, print_findings, put, say, table
from ksolve.cli.options import (
    ForceOption,
    FormatOption,
    LangOption,
    PlanArgument,
    ScenarioOption,
    ScheduleArgument,
)
from ksolve.cli.parameters import option
from ksolve.cli.scheduled import leave_checked, read_checked
from ksolve.errors import Exit
from ksolve.files import refuse_unwritable, write_whole
from ksolve.fit import DEFINITION, FitReport
from ksolve.fit import fit as fit_schedule
from ksolve.plan import files_of
from ksolve.report.fit_table import fit_csv, fit_json, fit_rows
from ksolve.text import Lang, Text

MORE = Text(
    "予定が計画の規則を守っていなければ、違反を示して1で終わります。",
    "Exits 1 when a rule is broken.",
)


def fit(
    plan: PlanArgument,
    schedule: ScheduleArgument,
    scenario: ScenarioOption = None,
    out: Annotated[Path | None, option(Text("CSVに書く", "write the table as CSV"), "-o", "--out")] = None,
    form: FormatOption = "text",
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Show the promises and marks of the published plan, and which are kept."""
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
    leave_checked(dated, findings, lang)


def _figure(report: FitReport, lang: Lang) -> None:
    say(report.headline, lang)
    say(report.against, lang)
    if not report.is_of_another_year:
        say(DEFINITION, lang)


_UNPUBLISHED = Text(
    "計画に published(公表された表)がないので適合を測れません",
    "the plan names no published table, so there is no fit to measure",
)
