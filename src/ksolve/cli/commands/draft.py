"""draft: next year's plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ksolve.api import Prepared, prepare
from ksolve.calendar import FiscalYear, parse_fiscal_year
from ksolve.cli.console import leave, print_findings, put, say
from ksolve.cli.options import ForceOption, LangOption, PlanArgument
from ksolve.cli.parameters import option
from ksolve.cli.scheduled import read_checked
from ksolve.errors import Exit, PlanError
from ksolve.files import refuse_unwritable, write_whole
from ksolve.findings import Severity
from ksolve.next_year import FARTHEST, Basis, habits_of, next_plan
from ksolve.plan import files_of
from ksolve.plan.form_files import plan_file
from ksolve.problem.schedule import Schedule
from ksolve.text import Lang, Text

MORE = Text(
    "事業と期間はそのままに、暦を新しい年度に改め、いつもの曜日などは前年度の予定から引き継ぎます。",
    "Same programmes, new calendar, old habits.",
)

YearOption = Annotated[str, option(Text("次の年度: `令和7年度`", "the year to plan: `令和7年度`"), "--year")]


def draft(
    plan: PlanArgument,
    year: Annotated[str, option(Text("次の年度: `令和7年度`", "the year to plan: `令和7年度`"), "--year")],
    out: Annotated[Path, option(Text("書き出すYAML", "the YAML to write"), "-o", "--out")],
    habits: Annotated[
        Path | None, option(Text("習慣を読む予定", "the schedule whose habits are kept"), "--habits")
    ] = None,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Write next year's plan alone, the short form of next."""
    case = prepare(plan)
    target = target_year(year, case.plan.year, lang)
    read = (*files_of(plan, case.plan), *((habits,) if habits else ()))
    refuse_unwritable([out], force=force, inputs=read)
    found, without = habits_of(case.plan, _readable(case, habits)) if habits else (None, ())
    basis = Basis(plan, case.plan, case.published, found, without)
    made = next_plan(basis, target, out, own_resources=False, listed=True)
    write_whole(out, plan_file(out, {out: made.text}, lang), force=force)
    for change in made.said.changes:
        put(change.text(lang))
    print_findings((question.finding for question in made.said.questions), lang)
    say(_DRAFTED.fill(out=out, year=target, habits=len(found or ())), lang)


def target_year(text: str, own: FiscalYear | None, lang: Lang) -> FiscalYear:
    """Return the year to plan; leave where it is none, or not soon after the plan's own, if that is known."""
    try:
        target = parse_fiscal_year(text)
    except ValueError:
        say(_YEAR.fill(year=text), lang, to=sys.stderr)
        raise typer.Exit(Exit.USAGE) from None
    if own and target.start <= own.start:
        say(_NOT_LATER.fill(year=target, own=own), lang, to=sys.stderr)
        leave(Exit.USAGE)
    if own and target.start - own.start > FARTHEST:
        say(_TOO_FAR.fill(year=target, own=own, years=target.start - own.start), lang, to=sys.stderr)
        leave(Exit.USAGE)
    return target


def _readable(case: Prepared, path: Path) -> Schedule:
    """Return a schedule whose rows make sense; raises PlanError where one does not.

    Rules of the plan that it breaks do not matter here: habits are what was done.
    """
    schedule, findings = read_checked(case.problem, path)
    own = [found for found in findings if found.place and found.place.file == str(path)]
    if any(found.severity is Severity.ERROR for found in own):
        raise PlanError(own)
    return schedule


_YEAR = Text(
    "年度「{year}」は `令和7年度` または `2025年度` と書いてください(1949年度から2150年度まで)",
    "write the year {year} as `令和7年度` or `2025年度` (from 1949 to 2150)",
)
_NOT_LATER = Text(
    "{year}は計画の年度({own})より後ではありません。次の年度を --year に書いてください",
    "{year} is not after the plan's own year ({own}); give the next one as --year",
)
_TOO_FAR = Text(
    "{year}は計画の年度({own})の{years}年後です。次の年度を --year に書いてください",
    "{year} is {years} years after the plan's own year ({own}); give the next one as --year",
)
_DRAFTED = Text("{out}: {year}の案を書きました (習慣{habits}件)", "{out}: draft for {year} ({habits} habits)")
