"""draft: next year's plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from ksolve.api import Case, prepare
from ksolve.calendar import parse_fiscal_year
from ksolve.cli.console import leave, print_findings, say
from ksolve.cli.options import ForceOption, LangOption, PlanArgument
from ksolve.cli.parameters import option
from ksolve.cli.scheduled import read_checked
from ksolve.errors import Exit, PlanError
from ksolve.files import refuse_unwritable, write_whole
from ksolve.findings import Severity
from ksolve.plan import files_of
from ksolve.plan.draft import draft as make_draft
from ksolve.plan.draft import habits_of
from ksolve.problem.schedule import Schedule
from ksolve.text import Text

MORE = Text(
    "事業と期間は同じ、暦は新しく、習慣は前年度の予定から。",
    "Same programmes, new calendar, old habits.",
)


def draft(
    plan: PlanArgument,
    year: Annotated[str, option(Text("次の年度", "the year to plan, 令和7年度"), "--year")],
    out: Annotated[Path, option(Text("書き出すYAML", "the YAML to write"), "-o", "--out")],
    habits: Annotated[
        Path | None, option(Text("習慣を読む予定のCSV", "schedule whose habits are kept"), "--habits")
    ] = None,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Write next year's plan."""
    try:
        target = parse_fiscal_year(year)
    except ValueError:
        say(_YEAR.fill(year=year), lang, to=sys.stderr)
        leave(Exit.USAGE)
        return
    case = prepare(plan)
    if target.start <= case.plan.year.start:
        say(_NOT_LATER.fill(year=target, own=case.plan.year), lang, to=sys.stderr)
        leave(Exit.USAGE)
    read = (*files_of(plan, case.plan), *((habits,) if habits else ()))
    refuse_unwritable([out], force=force, inputs=read)
    found = habits_of(case.plan, _readable(case, habits)) if habits else ()
    made = make_draft(plan, case.plan, target, out, found, case.published)
    write_whole(out, made.text.encode("utf-8"), force=force)
    print_findings(made.findings, lang)
    say(_DRAFTED.fill(out=out, year=target, habits=len(found)), lang)


def _readable(case: Case, path: Path) -> Schedule:
    """Return a schedule whose rows make sense; raises PlanError where one does not.

    Rules of the plan that it breaks do not matter here: habits are what was done.
    """
    schedule, findings = read_checked(case.problem, path)
    own = [found for found in findings if found.place and found.place.file == str(path)]
    if any(found.severity is Severity.ERROR for found in own):
        raise PlanError(own)
    return schedule


_YEAR = Text(
    "年度「{year}」は 令和7年度 または 2025年度 と書いてください(1949年度から2150年度まで)",
    "write the year {year} as 令和7年度 or 2025年度 (from 1949 to 2150)",
)
_NOT_LATER = Text(
    "{year}は計画の年度({own})より後ではありません。次の年度を --year に書いてください",
    "{year} is not after the plan's own year ({own}); give the next one as --year",
)
_DRAFTED = Text("{out}: {year}の案を書きました (習慣{habits}件)", "{out}: draft for {year} ({habits} habits)")
