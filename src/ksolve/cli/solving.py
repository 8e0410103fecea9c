"""solve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ksolve.cli import app
from ksolve.cli.console import (
    ForceOption,
    LangOption,
    LimitOption,
    OutOption,
    PlanArgument,
    ScenarioOption,
    SeedOption,
    WorkersOption,
    leave,
    print_findings,
    put,
    say,
)
from ksolve.cli.searching import GapOption, MemoryOption, PartialOption, ReproducibleOption, StartOption
from ksolve.errors import Exit
from ksolve.findings import Finding
from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule
from ksolve.text import Lang, Text

if TYPE_CHECKING:
    from ksolve.api import Case
    from ksolve.explain.counting import Tally
    from ksolve.record.manifest import Course
    from ksolve.report import View
    from ksolve.report.view import Published
    from ksolve.solver import Answer, Options, Progress


@dataclass(frozen=True)
class Run:
    """What a run was asked: the plan's file, the other files read, the options; and its course.

    Of a revision also its `parent`, what it rests on in words, and the calendar published last.
    """

    plan: Path
    read: tuple[Path, ...]
    options: Options
    course: Course
    parent: Mapping[str, object] | None = None
    basis: tuple[Text, ...] = ()
    last: Published | None = None


ScheduleArgument = Annotated[Path, typer.Argument(metavar="SCHEDULE", help="予定のCSV / the schedule's CSV")]


@app.command()
def solve(  # noqa: PLR0913 - one parameter for each option
    plan: PlanArgument,
    out: OutOption = Path("out"),
    scenario: ScenarioOption = None,
    limit: LimitOption = 60.0,
    workers: WorkersOption = 2,
    seed: SeedOption = 0,
    start_from: StartOption = None,
    *,
    gap: GapOption = 0.0,
    reproducible: ReproducibleOption = False,
    memory: MemoryOption = None,
    partial: PartialOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """すべての回に日付・時刻・部屋・職員を割り当てます / Give every session its date, time, room and staff.

    Ctrl-C で止めると、それまでの最良の予定を残します。/ Ctrl-C keeps the best schedule so far.
    """
    from ksolve.api import prepare
    from ksolve.cli.progress import progress_printer
    from ksolve.cli.stopping import PARTIAL, Saver, stoppable
    from ksolve.explain import with_shortages
    from ksolve.explain.decided import decided
    from ksolve.files import locked, refuse_unwritable
    from ksolve.plan import files_of
    from ksolve.record.beside import NAME
    from ksolve.record.manifest import Course
    from ksolve.report.writing import WRITERS
    from ksolve.schedules import read_schedule
    from ksolve.solver import Answer, Options, Tuning, Verdict
    from ksolve.verified import solve as verified_solve

    course = Course()
    asked = prepare(plan, tuple(scenario or ()))
    course.end("load")
    case = replace(asked, problem=with_shortages(asked.problem)) if partial else asked
    read = (*(scenario or ()), *((start_from,) if start_from else ()))
    files = [out / name for name in (*WRITERS, NAME, PARTIAL)]
    refuse_unwritable(files, force=force, inputs=(*files_of(plan, case.plan), *read))
    baseline = read_schedule(start_from, case.problem) if start_from else None
    tuning = Tuning(workers=workers, seed=seed, gap=gap, reproducible=reproducible)
    options = Options(limit, tuning, None if memory is None else int(memory * (1 << 30)))
    saver = Saver(case, out, lang)
    printer = progress_printer(lang)

    def watch(progress: Progress) -> None:
        course.end("first_schedule")
        printer(progress)
        saver.save(progress.schedule)

    with stoppable(lang, saver.keep), locked(out):
        counted = None if partial else decided(case.problem)
        if counted:
            answer = Answer(Verdict.INFEASIBLE, None, (), course.seconds, interrupted=False)
        else:
            answer = verified_solve(case.problem, options, watch, baseline)
        course.end("search")
        if answer.schedule is None:
            _explain(asked, answer, options, lang, counted)
            leave(no_answer(answer))
        short = _left_out(case, answer) if partial else ()
        paths = write_run(case, answer, Run(plan, read, options, course), out, lang, short)
        saver.remove()
        _summary(case, answer, paths, lang, short)
        leave(Exit.FINDINGS if short else Exit.OK)


def _left_out(case: Case, answer: Answer) -> tuple[Finding, ...]:
    from ksolve.explain import left_out

    shortage = next((tier for tier in answer.tiers if tier.tier is Tier.SHORTAGE), None)
    if answer.schedule is None or shortage is None:
        return ()
    return left_out(case.problem, answer.schedule, proven=shortage.proven)


def no_answer(answer: Answer) -> Exit:
    """Return the exit status of an answer without a schedule."""
    from ksolve.solver import Verdict

    if answer.verdict is Verdict.INFEASIBLE:
        return Exit.INFEASIBLE
    return Exit.INTERRUPTED if answer.interrupted else Exit.UNKNOWN


def _explain(case: Case, answer: Answer, options: Options, lang: Lang, counted: Tally | None) -> None:
    """Say the verdict, and for an infeasible plan which programmes and months do not add up.

    What is left of the limit is for that; where counting decides about a large plan, it says enough.
    """
    from ksolve.cli.explaining import lines
    from ksolve.explain import shortages
    from ksolve.explain.explanation import explain
    from ksolve.solver import Verdict
    from ksolve.solver.search.heavy import weight

    verdict = _COUNTED if counted else answer.text
    say(_VERDICT.fill(verdict=verdict, seconds=f"{answer.seconds:.1f}"), lang)
    if counted:
        say(counted.text, lang)
    if counted and weight(case.problem) > _LIGHT:
        say(_MORE, lang)
    elif answer.verdict is Verdict.INFEASIBLE:
        left_s = max(_LEAST_S, options.limit_s - answer.seconds)
        found = shortages(case.problem, replace(options, limit_s=left_s))
        if any(finding.rule == "shortage" for finding in found):
            say(_SHORT, lang)
        print_findings(found, lang)
        short = explain(case.plan, min(left_s, _SHORT_S), wanted=0)
        for line in (*lines(case, short, ways=False), _MORE) if short.conflicts else ():
            say(line, lang)
        say(_PART, lang)


_SHORT_S = 10.0
_LEAST_S = 2.0
_LIGHT = 80_000
"""The weight of a plan up to which it is also searched for the fewest sessions that it lacks."""


def write_run(
    case: Case,
    answer: Answer,
    run: Run,
    out: Path,
    lang: Lang,
    short: tuple[Finding, ...] = (),
) -> list[Path]:
    """Write every report of a run and its record, and return their paths; `short` is what is left out."""
    from ksolve.files import write_whole
    from ksolve.plan import files_of
    from ksolve.record.beside import NAME
    from ksolve.record.manifest import Sources, answer_texts, manifest
    from ksolve.report.writing import write_reports
    from ksolve.schedules.tidy import schedule_csv

    schedule = answer.schedule or Schedule(())
    view = make_view(case, schedule, (*answer_texts(answer), *run.basis), short)
    paths = write_reports(replace(view, last=run.last), out, lang, force=True)
    run.course.end("reports")
    files = files_of(run.plan, case.plan)
    drawn = schedule_csv(schedule, case.problem)
    sources = Sources(tuple(files), run.read, run.parent)
    record = manifest(sources, case.problem, run.options, answer, run.course, drawn)
    write_whole(out / NAME, record, force=True)
    return [*paths, out / NAME]


def make_view(
    case: Case, schedule: Schedule, verdict: tuple[Text, ...], findings: tuple[Finding, ...] = ()
) -> View:
    """Return what the reports draw; sessions of series that the plan does not have are left out."""
    from ksolve.fit import fit
    from ksolve.report import View

    known = {series.id for series in case.problem.series}
    drawn = Schedule(tuple(session for session in schedule.sessions if session.series in known))
    report = fit(case.published, case.plan, case.problem, drawn) if case.published else None
    return View(case.plan, case.problem, drawn, case.published, report, verdict, findings)


def _summary(case: Case, answer: Answer, paths: list[Path], lang: Lang, short: tuple[Finding, ...]) -> None:
    from ksolve.fit.regularity import regularity

    print_findings(short, lang)
    say(_VERDICT.fill(verdict=answer.full_text, seconds=f"{answer.seconds:.1f}"), lang)
    for tier in answer.tiers:
        line = _PROVEN_BY if tier.bound else _TIER
        say(line.fill(name=tier.tier.text, value=tier.value, bound=tier.bound, by=tier.source.text), lang)
    for line in regularity(case.problem, answer.schedule or Schedule(())).lines:
        say(line, lang)
    for text in case.problem.assumed:
        say(_ASSUMED.fill(text=text), lang)
    for node in case.plan.programmes:
        if node.frequency is None and not node.components and node.why:
            say(_UNCOUNTED.fill(name=node.name, why=node.why), lang)
    for path in paths:
        put(str(path))


_VERDICT = Text("判定: {verdict} ({seconds}秒)", "verdict: {verdict} ({seconds} s)")
_COUNTED = Text("実行不可能(二通りに数えて証明済み)", "infeasible (proven by counting, in two ways)")
_TIER = Text("  {name}: {value} (証明された下限 {bound})", "  {name}: {value} (proven bound {bound})")
_PROVEN_BY = Text(
    "  {name}: {value} (証明された下限 {bound}。{by})", "  {name}: {value} (proven bound {bound}, {by})"
)
_ASSUMED = Text("仮定: {text}", "assumed: {text}")
_UNCOUNTED = Text("回なし: {name} ({why})", "no sessions: {name} ({why})")
_SHORT = Text(
    "できるだけ多くの回を置いても、次が足りません。",
    "With as many sessions as possible dated, this is still missing:",
)
_MORE = Text("解決策は ksolve explain で探せます。", "ksolve explain looks for ways out.")
_PART = Text(
    "--partial を付けると、置けない回を除いた予定を作ります。",
    "With --partial, a schedule is made that leaves out what does not fit.",
)
