"""report: a schedule drawn in every form."""

from __future__ import annotations

import sys
from pathlib import Path

from ksolve.api import prepare
from ksolve.cli.console import put, say
from ksolve.cli.options import (
    ForceOption,
    LangOption,
    OutOption,
    PlanArgument,
    ScenarioOption,
    ScheduleArgument,
)
from ksolve.cli.scheduled import leave_checked, read_checked
from ksolve.cli.view import make_view
from ksolve.files import is_same_file, locked, refuse_unwritable
from ksolve.plan import files_of
from ksolve.record.manifest import verdict_beside
from ksolve.report.writing import WRITERS, write_reports
from ksolve.text import Text

MORE = Text(
    "予定が計画の規則を守っていなければ、書いた上で1で終わります。",
    "Writes, and exits 1, when a rule is broken.",
)


def report(
    plan: PlanArgument,
    schedule: ScheduleArgument,
    out: OutOption = Path("out"),
    scenario: ScenarioOption = None,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Write every report of a schedule."""
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
        leave_checked(dated, findings, lang)


_LEFT_AS_IT_IS = Text(
    "{path} は読み込んだ予定なので、書き換えていません",
    "{path} is the schedule that was read: it stays as it is",
)
