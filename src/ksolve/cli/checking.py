"""check: the command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ksolve.cli import app
from ksolve.cli.console import (
    ForceOption,
    Format,
    FormatOption,
    LangOption,
    LimitOption,
    PlanArgument,
    ScenarioOption,
    finite,
    leave,
    print_findings,
    rendered,
    say,
)
from ksolve.errors import Exit
from ksolve.findings import Finding, Place, Severity
from ksolve.text import Lang, Text

if TYPE_CHECKING:
    from ksolve.api import Case

ScheduleArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[SCHEDULE]",
        help="予定(CSV、xlsx、ICS)。なければ計画が成り立つかを調べる / "
        "the schedule (CSV, xlsx, ICS); without it, whether the plan can be held",
        show_default=False,
    ),
]


RuleOption = list[str] | None
SelectOption = Annotated[
    RuleOption,
    typer.Option(
        "--select", metavar="RULE", help="この規則だけを見る(繰り返し可) / only this rule (repeatable)"
    ),
]
IgnoreOption = Annotated[
    RuleOption,
    typer.Option(
        "--ignore", metavar="RULE", help="この規則を見ない(繰り返し可) / not this rule (repeatable)"
    ),
]
MinFitOption = Annotated[
    float | None,
    typer.Option(
        "--min-fit",
        min=0,
        max=1,
        callback=finite,
        help="公表計画との適合度の下限 / least fit with the published plan",
    ),
]
BaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FINDINGS",
        help="前に --format json で書いた指摘は数えない / do not count findings written before as JSON",
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="OURS=THEIRS",
        help="列の対応(事業=講座名、日付=開催日。繰り返し可) / a column by its name in the file (repeatable)",
    ),
]
SheetOption = Annotated[
    str, typer.Option("--sheet", metavar="NAME", help="xlsx のシート / the sheet of an xlsx")
]
FileOption = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="FILE", help="指摘をファイルに書く / write findings to it"),
]


@app.command()
def check(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument = None,
    scenario: ScenarioOption = None,
    form: FormatOption = "text",
    out: FileOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    min_fit: MinFitOption = None,
    baseline: BaselineOption = None,
    column: ColumnOption = None,
    sheet: SheetOption = "",
    limit: LimitOption = 60.0,
    *,
    soft: Annotated[bool, typer.Option("--soft", help="守れなかった希望も示す / also soft rules")] = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """予定が計画の規則を守るか、計画が成り立つかを調べます / Check a schedule, or whether a plan can be held.

    予定があれば、違反がなければ0、あれば1で終わります。なければ、計画が成り立てば0、
    成り立たないと証明できれば3、--limit の時間内に分からなければ4で終わります。
    / With a schedule: exits 0 when every rule is kept, 1 when one is broken. Without one: 0 when
    the plan can be held, 3 when it is proven that it cannot, 4 when that is not known in time.
    """
    from ksolve.cli.wanted import Wanted, checked
    from ksolve.files import refuse_unwritable

    wanted = Wanted(
        tuple(select or ()), tuple(ignore or ()), min_fit, baseline, soft, tuple(column or ()), sheet
    )
    wanted.refuse_faults(has_schedule=schedule is not None)
    scenarios = tuple(scenario or ())
    if out:
        read = (plan, *scenarios, *((schedule,) if schedule else ()), *((baseline,) if baseline else ()))
        refuse_unwritable([out], force=force, inputs=read)
    summary: Text | None
    if schedule is None:
        status, findings, summary = _held(plan, scenarios, limit, lang)
    else:
        findings, summary = checked(plan, scenarios, schedule, wanted)
        fails = any(found.severity is not Severity.NOTE for found in findings)
        status = Exit.FINDINGS if fails else Exit.OK
    _put(findings, form, out, lang)
    if summary and (form == "text" or out):
        say(summary, lang)
    leave(status)


def _put(findings: tuple[Finding, ...], form: Format, out: Path | None, lang: Lang) -> None:
    from ksolve.files import write_whole

    if out is None:
        print_findings(findings, lang, form)
        return
    text = rendered(findings, lang, form)
    write_whole(out, f"{text}\n".encode() if text else b"", force=True)


def _held(
    plan: Path, scenarios: tuple[Path, ...], limit: float, lang: Lang
) -> tuple[Exit, tuple[Finding, ...], Text | None]:
    """Prove whether a plan can be held, and say how many rules it has that were kept."""
    from ksolve.api import prepare

    case = prepare(plan, scenarios)
    status, findings = held(case, plan, limit, lang)
    if status is not Exit.OK:
        return status, findings, None
    return status, findings, _HOLDS.fill(rules=sum(posted.tier is None for posted in case.problem.rules))


def held(case: Case, plan: Path, limit: float, lang: Lang) -> tuple[Exit, tuple[Finding, ...]]:
    """Prove whether the hard rules of a plan have a schedule; why not is a finding."""
    from ksolve.cli.solving import no_answer
    from ksolve.cli.stopping import stoppable
    from ksolve.explain.decided import decided
    from ksolve.solver import Options
    from ksolve.verified import solve

    remedy = _EXPLAIN.fill(plan=plan)
    counted = decided(case.problem)
    if counted:
        text = _COUNTED.fill(sum=counted.text)
        return Exit.INFEASIBLE, (
            Finding("infeasible", Severity.ERROR, text, Place(str(plan)), remedy=remedy),
        )
    with stoppable(lang):
        answer = solve(case.problem.hard, Options(limit))
    if answer.schedule is not None:
        return Exit.OK, ()
    status = no_answer(answer)
    if status is Exit.INFEASIBLE:
        return status, (Finding("infeasible", Severity.ERROR, _CANNOT, Place(str(plan)), remedy=remedy),)
    text = _STOPPED if answer.interrupted else _UNKNOWN.fill(limit=f"{limit:g}")
    return status, (Finding("unknown", Severity.WARNING, text, Place(str(plan)), remedy=_LONGER),)


_HOLDS = Text(
    "この計画は成り立ちます: {rules}の規則をすべて守る予定を作って確かめました。",
    "The plan can be held: a schedule that keeps all {rules} rules was made and checked.",
)
_CANNOT = Text(
    "この計画は成り立ちません(二つの方法で証明済み)", "the plan cannot be held (proven by two runs)"
)
_COUNTED = Text(
    "この計画は成り立ちません(二通りに数えて証明済み)。{sum}",
    "the plan cannot be held (proven by counting, in two ways). {sum}",
)
_EXPLAIN = Text(
    "ksolve explain {plan} が理由と解決策を示します", "ksolve explain {plan} says why, and the ways out"
)
_UNKNOWN = Text(
    "成り立つとも成り立たないとも、{limit}秒では分かりませんでした",
    "not known within {limit} s: neither a schedule nor a proof that there is none",
)
_STOPPED = Text(
    "中断しました。成り立つとも成り立たないとも分かっていません",
    "interrupted: whether the plan can be held is not known",
)
_LONGER = Text("--limit を延ばしてください", "raise --limit")
