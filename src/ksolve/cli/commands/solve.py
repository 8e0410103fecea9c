"""solve: give every session its date, its time, its room and its staff."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from ksolve.api import Prepared, prepare
from ksolve.cli.clustered import Machines
from ksolve.cli.console import again, leave, opened, print_findings, put, say
from ksolve.cli.folders.solving_folder import FolderRequest, solve_folder
from ksolve.cli.machine import printed
from ksolve.cli.machine_solved import solved
from ksolve.cli.options import (
    ClusterOption,
    ForceOption,
    FormatsOption,
    LangOption,
    LimitOption,
    OpenOption,
    OutOption,
    PartialOption,
    PlanArgument,
    QuietOption,
    ScenarioOption,
    SecurityOption,
    SeedOption,
    TextOrJsonOption,
    VerboseOption,
    WorkersOption,
    finite,
)
from ksolve.cli.parameters import option
from ksolve.cli.progress import Loudness, Teller, telling
from ksolve.cli.run import Run, regular_in_time, watch_of, write_run
from ksolve.cli.stopping import PARTIAL, Saver, stoppable
from ksolve.cli.without_schedule import VERDICT, told_without_schedule
from ksolve.errors import Exit, PlanError, fault
from ksolve.explain import left_out, with_shortages
from ksolve.explain.decided import decided
from ksolve.files import is_folder, locked, refuse_unwritable
from ksolve.findings import Finding
from ksolve.fit.regularity import regularity
from ksolve.plan import files_of
from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule
from ksolve.record.beside import NAME
from ksolve.record.manifest import Course
from ksolve.report.writing import reports_of
from ksolve.schedules import read_schedule
from ksolve.solver import Answer, Options, Tuning, Verdict
from ksolve.solver.search.engine import PartsSoFar, PartsWatch
from ksolve.text import Lang, Text
from ksolve.verified import solve as verified_solve

MORE = Text(
    "Ctrl-C で止めると、それまでの最良の予定からすべての帳票を作ります。もう一度押すと、その予定を"
    " schedule.partial.csv に残してすぐに終わります。",
    "Ctrl-C ends the search, and every report is made of the best schedule so far; another one ends "
    "at once and leaves that schedule as schedule.partial.csv.",
)

StartOption = Annotated[
    Path | None,
    option(
        Text("この予定から探し始める(守る必要はない)", "search from this schedule, without keeping to it"),
        "--start-from",
        metavar="SCHEDULE",
    ),
]
GapOption = Annotated[
    float,
    option(
        Text(
            "証明された下限との差がこの割合以下なら探索を終える(0.02 は2%)",
            "a cost within this part of its proven bound is enough",
        ),
        "--gap",
        min=0,
        max=1,
        callback=finite,
    ),
]
ReproducibleOption = Annotated[
    bool,
    option(
        Text(
            "何度実行しても同じ結果にする(遅くなる。--limit は時間でなく計算の量)",
            "the same bytes each time; slower, and --limit counts work",
        ),
        "--reproducible",
    ),
]
SturdyOption = Annotated[
    bool,
    option(
        Text(
            "同じ減点の案のうち、職員の休みや警報で行えなくなる回の少ないものを選ぶ",
            "of plans that cost the same, the one that loses least in years in which things go wrong",
        ),
        "--sturdy",
    ),
]
MemoryOption = Annotated[
    float | None,
    option(
        Text(
            "使ってよいメモリの量。書かなければ空きの8割",
            "memory that may be used; else 80 % of what is free",
        ),
        "--memory",
        metavar="GB",
        min=0,
        max=1_000_000,
        callback=finite,
    ),
]


def solve(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    out: OutOption = Path("out"),
    scenario: ScenarioOption = None,
    limit: LimitOption = 60.0,
    workers: WorkersOption = 2,
    seed: SeedOption = 0,
    start_from: StartOption = None,
    cluster: ClusterOption = "",
    cluster_security: SecurityOption = None,
    *,
    gap: GapOption = 0.0,
    reproducible: ReproducibleOption = False,
    memory: MemoryOption = None,
    partial: PartialOption = False,
    sturdy: SturdyOption = False,
    form: TextOrJsonOption = "text",
    formats: FormatsOption = None,
    show: OpenOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Date every session, write every report, and say how good the answer is."""
    tuning = Tuning(workers=workers, seed=seed, gap=gap, reproducible=reproducible)
    options = Options(limit, tuning, None if memory is None else int(memory * (1 << 30)))
    machines, loudness = Machines(cluster, cluster_security), Loudness.of(quiet=quiet, verbose=verbose)
    scenarios, reports = tuple(scenario or ()), reports_of(formats)
    if is_folder(plan):
        _refuse_for_folder(start_from=start_from is not None, sturdy=sturdy)
        request = FolderRequest(plan, out, options, scenarios, reports, machines, loudness, partial, form)
        leave(solve_folder(request, lang, force=force))
    course, asked = Course(), prepare(plan, scenarios)
    print_findings(asked.notes, lang, to=sys.stderr)
    course.end("load")
    case = replace(asked, problem=with_shortages(asked.problem)) if partial else asked
    read = (*scenarios, *((start_from,) if start_from else ()))
    inputs = (*files_of(plan, case.plan), *read)
    refuse_unwritable([out / name for name in (*reports, NAME, PARTIAL)], force=force, inputs=inputs)
    baseline = read_schedule(start_from, case.problem) if start_from else None
    saver = Saver(case.problem, out, lang)
    with stoppable(lang, saver.keep), locked(out):
        counted = None if partial else decided(case.problem)
        with telling(lang, limit, loudness, case) as teller, machines.used(_watch_parts(teller, saver)):
            watch = watch_of(course, saver, teller.begin())
            found = None if counted else verified_solve(case.problem, options, watch, baseline)
        answer = found or _infeasible(course)
        course.end("search")
        if answer.schedule is None:
            hint = _WAYS_OUT.fill(command=again("explain", plan, scenarios))
            leave(told_without_schedule(asked, answer, options, lang, counted, form, hint))
        answer = answer if baseline else regular_in_time(case.problem, answer, options, course)
        answer, gain = _sturdier(case, answer, options, course) if sturdy else (answer, ())
        short = _left_out(case, answer) if partial else ()
        run = Run(plan, read, options, course, basis=gain, reports=reports)
        paths = write_run(case, answer, run, out, lang, short)
        saver.remove()
        opened(paths, lang, wanted=show)
        leave(_told(case, answer, paths, lang, (short, gain), form))


def _told(
    case: Prepared,
    answer: Answer,
    paths: list[Path],
    lang: Lang,
    beside: tuple[tuple[Finding, ...], tuple[Text, ...]],
    form: str,
) -> Exit:
    """Say what was found, for people or for a program, and return the exit status.

    `beside` are the findings on what is left out, and the words on what a sturdier plan gains.
    """
    short, gain = beside
    for line in gain:
        say(line, lang, to=sys.stderr)
    status = Exit.FINDINGS if short else Exit.OK
    if form == "json":
        put(printed(solved(case, answer, status, short, paths, lang)))
    else:
        _summary(case, answer, paths, lang, short)
    return status


def _refuse_for_folder(**given: bool) -> None:
    """Raise PlanError for options that are about one plan's schedule."""
    named = [f"--{name.replace('_', '-')}" for name, is_given in given.items() if is_given]
    if named:
        raise PlanError([fault("one-plan-only", _ONE_PLAN.fill(options=" ".join(named)), None)])


def _sturdier(
    case: Prepared, answer: Answer, options: Options, course: Course
) -> tuple[Answer, tuple[Text, ...]]:
    """Return a plan as good that stands drawn years better, where one is found, and the gain in words."""
    from ksolve.stress.sturdy import sturdier  # numpy, and what repairs ask, are for this alone

    left_s = max(_LEAST_STURDY_S, options.limit_s - course.seconds)
    found = sturdier(case.plan, case.problem, answer, replace(options, limit_s=left_s))
    course.end("sturdy")
    return found.answer, tuple(found.lines)


_LEAST_STURDY_S = 10.0
"""What the search for a sturdier plan has at least."""


def _watch_parts(teller: Teller, saver: Saver) -> PartsWatch:
    """Return what is told of each part: it is shown, and kept."""

    def watch(parts: PartsSoFar) -> None:
        teller.tell_parts(parts)
        saver.save_parts(parts)

    return watch


def _infeasible(course: Course) -> Answer:
    """Return the answer of counting alone."""
    return Answer(Verdict.INFEASIBLE, None, (), course.seconds, interrupted=False)


def _left_out(case: Prepared, answer: Answer) -> tuple[Finding, ...]:
    shortage = next((tier for tier in answer.tiers if tier.tier is Tier.SHORTAGE), None)
    if answer.schedule is None or shortage is None:
        return ()
    return left_out(case.problem, answer.schedule, proven=shortage.proven)


def _summary(
    case: Prepared, answer: Answer, paths: list[Path], lang: Lang, short: tuple[Finding, ...]
) -> None:
    print_findings(short, lang)
    say(VERDICT.fill(verdict=answer.full_text, seconds=f"{answer.seconds:.1f}"), lang)
    for line in answer.cost_texts:
        say(_COST.fill(text=line), lang)
    for line in regularity(case.problem, answer.schedule or Schedule(())).lines:
        say(line, lang)
    for told in case.problem.tentative:
        say(told, lang)
    for text in case.problem.assumed:
        say(_ASSUMED.fill(text=text), lang)
    for node in case.plan.programmes:
        if node.frequency is None and not node.components and node.why:
            say(_UNCOUNTED.fill(name=node.name, why=node.why), lang)
    for path in paths:
        put(str(path))


_ONE_PLAN = Text(
    "{options} は計画一つのときだけ使えます(フォルダには使えません)",
    "{options} is for one plan, and not for a folder of plans",
)
_COST = Text("  {text}", "  {text}")
_ASSUMED = Text("仮に置いたもの: {text}", "assumed: {text}")
_UNCOUNTED = Text("回を入れていない事業: {name} ({why})", "no sessions: {name} ({why})")
_WAYS_OUT = Text("解決策を探すには: {command}", "To look for ways out: {command}")
