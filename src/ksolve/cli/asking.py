"""why-not, why."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ksolve.cli import app
from ksolve.cli.console import (
    ForceOption,
    LangOption,
    PlanArgument,
    ScenarioOption,
    leave,
    print_findings,
    put,
    say,
)
from ksolve.cli.scheduled import read_checked
from ksolve.cli.solving import ScheduleArgument
from ksolve.errors import Exit
from ksolve.findings import Finding
from ksolve.text import Lang, Text

if TYPE_CHECKING:
    from ksolve.api import Case
    from ksolve.explain.why_not import Question, WhyNot

SessionOption = Annotated[
    str,
    typer.Option(
        "--session",
        help="回: 専門相談#3、「専門相談 第3回」、専門相談@6/5。名前かidで / the session, by name or id",
    ),
]
AskLimitOption = Annotated[float, typer.Option("--limit", min=1, help="探す秒数 / seconds to search")]
AskFormatOption = Annotated[
    Literal["text", "json"], typer.Option("--format", help="出力の形式 / output format")
]


@app.command(name="why-not")
def why_not(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument,
    session: SessionOption,
    day: Annotated[
        str, typer.Option("--date", help="移したい日: 2024-06-12、6/12、令和6年6月12日 / the date")
    ] = "",
    start: Annotated[str, typer.Option("--start", help="開始: 10:00 / the start, else any")] = "",
    month: Annotated[
        str, typer.Option("--month", help="日の代わりに月: 2024-06、6月 / each day of a month instead")
    ] = "",
    scenario: ScenarioOption = None,
    apply: Annotated[
        Path | None,
        typer.Option(
            "--apply",
            metavar="DIR",
            help="行えるなら、移した予定と変更の一覧を書く / write it where it can be",
        ),
    ] = None,
    *,
    limit: AskLimitOption = 10.0,
    form: AskFormatOption = "text",
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """ある回をなぜその日に行えないか、行うなら何が動くかを示します / Say why a session is not on a date.

    行えれば0、どう動かしても行えなければ3、時間内に分からなければ4、予定が規則を破っていれば1で終わります。
    / Exits 0 when it can be there, 3 when proven that it cannot, 4 when not known, 1 on a broken schedule.
    """
    from ksolve.api import prepare
    from ksolve.cli.stopping import stoppable
    from ksolve.explain import why_not as asked
    from ksolve.schedules import naming

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
            told = _teller(lang)
            answers = tuple(asked.why_not_month(question, days, limit, told))
            _print_month(case, answers, form, lang)
        else:
            answer = asked.why_not(question, limit, _teller(lang))
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
    from ksolve.cli.revision import Request, carry_out
    from ksolve.cli.revision_asked import Files
    from ksolve.clock import clock

    at = "" if question.start is None else f" {clock(question.start)}"
    wish = f"{question.session.id}={question.day.isoformat()}{at}"
    request = Request(plan, Files(schedule, scenarios), out, {"move": [wish]})
    return carry_out(request, lang, force=force)


def _teller(lang: Lang) -> Callable[[Text], None]:
    return lambda text: say(text, lang, to=sys.stderr)


def _broken(question: Question, findings: tuple[Finding, ...], form: str, lang: Lang) -> None:
    """Say what the schedule breaks; only what forbids the session whatever is held can still be said."""
    from ksolve.cli.answers import as_json, forbidden_lines
    from ksolve.explain.why_not import forbidden_only

    print_findings(findings, lang, to=sys.stderr)
    say(_BROKEN.fill(found=len(findings)), lang, to=sys.stderr)
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
    from ksolve.explain.why_not import Outcome

    if answer.outcome in (Outcome.FORBIDDEN, Outcome.IMPOSSIBLE):
        return Exit.INFEASIBLE
    if answer.outcome in (Outcome.THERE, Outcome.POSSIBLE):
        return Exit.OK
    return Exit.INTERRUPTED if answer.interrupted else Exit.UNKNOWN


def _print_answer(case: Case, answer: WhyNot, form: str, lang: Lang) -> None:
    from ksolve.cli.answers import as_json, lines

    if form == "json":
        put(json.dumps(as_json(answer, lang), ensure_ascii=False, indent=2))
        return
    for line in lines(answer, case.problem):
        say(line, lang)


def _print_month(case: Case, answers: tuple[WhyNot, ...], form: str, lang: Lang) -> None:
    from ksolve.cli.answers import as_json, month_table

    if form == "json":
        put(json.dumps([as_json(answer, lang) for answer in answers], ensure_ascii=False, indent=2))
    else:
        put(month_table(answers, case.problem, lang))


@app.command()
def why(
    plan: PlanArgument,
    schedule: ScheduleArgument,
    session: SessionOption,
    scenario: ScenarioOption = None,
    form: AskFormatOption = "text",
    *,
    lang: LangOption = "ja",
) -> None:
    """ある回がなぜその日にあるか、ほかの日ではどうなるかを示します / Say why a session is where it is.

    ほかの回はすべて今のままとして、一年のすべての日を調べます。予定が規則を破っていれば1で終わります。
    / All other sessions stay; every day of the year is asked. Exits 1 on a broken schedule.
    """
    from ksolve.api import prepare
    from ksolve.cli.answers import why_as_json, why_lines
    from ksolve.cli.stopping import stoppable
    from ksolve.explain.why import why as explained
    from ksolve.schedules.naming import find_session

    case = prepare(plan, tuple(scenario or ()))
    base, findings = read_checked(case.problem, schedule)
    named = find_session(session, case.problem, base)
    if findings:
        print_findings(findings, lang, to=sys.stderr)
        say(_BROKEN.fill(found=len(findings)), lang, to=sys.stderr)
        leave(Exit.FINDINGS)
    with stoppable(lang):
        found = explained(case.problem, base, named, _counter(lang))
    if form == "json":
        put(json.dumps(why_as_json(found, lang), ensure_ascii=False, indent=2))
    else:
        for line in why_lines(found, case.problem):
            say(line, lang)


_EVERY = 50


def _counter(lang: Lang) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        if done % _EVERY == 0:
            say(_ASKED.fill(done=done, total=total), lang, to=sys.stderr)

    return told


_ASKED = Text("{total}日のうち{done}日を調べました…", "{done} of {total} days looked at ...")
_DATE_OR_MONTH = Text("--date か --month のどちらか一つを書いてください", "give either --date or --month")
_BROKEN = Text(
    "この予定は計画の規則を守っていません(違反{found}件)。先に直してください。動かす回の数や費用は、"
    "守られた予定からでなければ意味がありません。",
    "This schedule breaks {found} rules of its plan: correct them first. Moves and costs only have a"
    " meaning from a schedule that holds.",
)
