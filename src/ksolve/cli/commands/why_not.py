"""why-not: why a session is not on a date, and what would move if it were."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

from ksolve.api import Prepared, prepare
from ksolve.cli.console import leave, put, say, teller
from ksolve.cli.options import (
    ForceOption,
    LangOption,
    LimitOption,
    PlanArgument,
    QuietOption,
    ScenarioOption,
    ScheduleArgument,
    TextOrJsonOption,
)
from ksolve.cli.parameters import option
from ksolve.cli.revision import Request, carry_out
from ksolve.cli.scheduled import SessionOption, read_checked, tell_broken
from ksolve.cli.stopping import stoppable
from ksolve.cli.why_shown import as_json, forbidden_lines, lines, month_table
from ksolve.clock import clock
from ksolve.errors import Exit
from ksolve.explain import why_not as asked
from ksolve.explain.why_not import Outcome, Question, WhyNot, forbidden_only
from ksolve.findings import Finding
from ksolve.revise.requested import Files
from ksolve.schedules import naming
from ksolve.text import Lang, Text

MORE = Text(
    "行えれば0、どう動かしても行えなければ3、時間内に分からなければ4、"
    "予定が規則を守っていなければ1で終わります。",
    "Exits 0 when it can be there, 3 when proven that it cannot, 4 when not known, 1 on a broken schedule.",
)


DayOption = Annotated[
    str,
    option(
        Text(
            "移したい日: `2024-06-12`、`6/12`、`令和6年6月12日`",
            "the date it might be on: `2024-06-12`, `6/12`",
        ),
        "--date",
    ),
]
StartOption = Annotated[
    str, option(Text("開始時刻: `10:00`。なければどの時刻でも", "the start: `10:00`; else any"), "--start")
]
MonthOption = Annotated[
    str,
    option(Text("日の代わりに月: `2024-06`、`6月`", "each day of a month instead: `2024-06`"), "--month"),
]
ApplyOption = Annotated[
    Path | None,
    option(
        Text(
            "行えるとき、移した予定と変更の一覧を書き出す",
            "write the schedule with the session moved, and the list of changes, where that can be",
        ),
        "--apply",
        metavar="DIR",
    ),
]


def why_not(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument,
    session: SessionOption,
    day: DayOption = "",
    start: StartOption = "",
    month: MonthOption = "",
    scenario: ScenarioOption = None,
    apply: ApplyOption = None,
    *,
    limit: LimitOption = 10.0,
    form: TextOrJsonOption = "text",
    quiet: QuietOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Say whether a session could be on a date, what forbids it, or what else would move."""
    if bool(day) == bool(month):
        say(_DATE_OR_MONTH, lang, to=sys.stderr)
        leave(Exit.USAGE)
    case = prepare(plan, tuple(scenario or ()))
    base, findings = read_checked(case.problem, schedule)
    named = naming.find_session(session, case.problem, base)
    year = case.problem.year
    days = naming.find_month(month, year) if month else (naming.find_day(day, year),) * 2
    question = asked.Question(case.problem, base, named, days[0], naming.find_start(start) if start else None)
    status = Exit.OK
    with stoppable(lang):
        if findings:
            _broken(question, findings, form, lang)
        elif month:
            told = teller(lang, quiet=quiet)
            answers = tuple(asked.why_not_month(question, days, limit, told))
            _print_month(case, answers, form, lang)
        else:
            answer = asked.why_not(question, limit, teller(lang, quiet=quiet))
            _print_answer(case, answer, form, lang)
            status = _status(answer)
    if apply is not None and not month and status is Exit.OK:
        status = _move(plan, schedule, tuple(scenario or ()), question, apply, lang, force=force)
    leave(status)


def _move(
    plan: Path,
    schedule: Path,
    scenarios: tuple[Path, ...],
    question: Question,
    out: Path,
    lang: Lang,
    *,
    force: bool,
) -> Exit:
    """Move the session to where it was asked about, and write the revised schedule."""
    at = "" if question.start is None else f" {clock(question.start)}"
    wish = f"{question.session.id}={question.day.isoformat()}{at}"
    request = Request(plan, Files(schedule, scenarios), out, {"move": [wish]})
    return carry_out(request, lang, force=force)


def _broken(question: Question, findings: tuple[Finding, ...], form: str, lang: Lang) -> None:
    """Say what the schedule breaks; only what forbids the session whatever is held can still be said."""
    tell_broken(findings, lang)
    answer = forbidden_only(question)
    if answer is None:
        leave(Exit.FINDINGS)
    elif form == "json":
        put(json.dumps(as_json(answer, lang), ensure_ascii=False, indent=2))
    else:
        for line in forbidden_lines(answer):
            say(line, lang)
    leave(Exit.FINDINGS)


def _status(answer: WhyNot) -> Exit:

    if answer.outcome in (Outcome.FORBIDDEN, Outcome.IMPOSSIBLE):
        return Exit.INFEASIBLE
    if answer.outcome in (Outcome.THERE, Outcome.POSSIBLE):
        return Exit.OK
    return Exit.INTERRUPTED if answer.interrupted else Exit.UNKNOWN


def _print_answer(case: Prepared, answer: WhyNot, form: str, lang: Lang) -> None:

    if form == "json":
        put(json.dumps(as_json(answer, lang), ensure_ascii=False, indent=2))
        return
    for line in lines(answer, case.problem):
        say(line, lang)


def _print_month(case: Prepared, answers: tuple[WhyNot, ...], form: str, lang: Lang) -> None:

    if form == "json":
        put(json.dumps([as_json(answer, lang) for answer in answers], ensure_ascii=False, indent=2))
    else:
        put(month_table(answers, case.problem, lang))


_DATE_OR_MONTH = Text("--date か --month のどちらか一つを書いてください", "give either --date or --month")
