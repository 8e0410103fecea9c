"""solve of a folder: each plan in it with a schedule of its own, searched side by side."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ksolve.cli.clustered import Machines
from ksolve.cli.console import print_findings, put, say, table
from ksolve.cli.folders.folder import Folder, FolderPlan, read_folder, worst
from ksolve.cli.folders.folder_beside import without_place
from ksolve.cli.machine import OfFolder, PlanOut, findings_out, printed, unusable
from ksolve.cli.machine_solved import solved
from ksolve.cli.progress import Loudness, telling
from ksolve.cli.run import Run, no_answer, regular_in_time, write_run
from ksolve.cli.stopping import PARTIAL, Saver, stoppable
from ksolve.errors import Exit
from ksolve.explain import with_shortages
from ksolve.explain.decided import decided
from ksolve.files import locked, refuse_unwritable
from ksolve.problem import Tier
from ksolve.record.beside import NAME
from ksolve.record.manifest import Course
from ksolve.solver import Answer, Options, Verdict
from ksolve.solver.search.engine import PartsSoFar
from ksolve.text import Lang, Text
from ksolve.verified import solve_apart


@dataclass(frozen=True)
class FolderRequest:
    """A folder of plans, where to write (a folder a plan, by the name of its file), and how to search."""

    folder: Path
    out: Path
    options: Options
    scenarios: tuple[Path, ...]
    reports: tuple[str, ...]
    machines: Machines
    loudness: Loudness
    partial: bool = False
    form: str = "text"


class _Plan:
    """A plan, the problem that is solved of it, and where its schedule is written to."""

    def __init__(self, plan: FolderPlan, request: FolderRequest) -> None:
        self.path, self.case, self.out = plan.path, plan.case, request.out / plan.name
        self.scenarios = plan.about
        if request.partial:
            self.case = replace(self.case, problem=with_shortages(self.case.problem))


@dataclass(frozen=True)
class _Told:
    """What became of a plan: its answer, the exit status it would end with alone, the files written."""

    plan: _Plan
    answer: Answer
    status: Exit
    paths: Sequence[Path]


def solve_folder(request: FolderRequest, lang: Lang, *, force: bool) -> Exit:
    """Date all plans of a folder, write the files of each, and say how good each is.

    A plan that is faulty is told of, and the others are searched. Raises PlanError where the folder has
    no plan, two would be written to one place, or a file is in the way.
    """
    course, folder = Course(), read_folder(request.folder, request.scenarios)
    plans = [_Plan(one, request) for one in folder.plans]
    said = (*folder.findings, *(note for plan in plans for note in plan.case.notes))
    print_findings(said, lang, to=sys.stderr)
    course.end("load")
    outputs = [plan.out / name for plan in plans for name in (*request.reports, NAME, PARTIAL)]
    refuse_unwritable(outputs, force=force, inputs=(*folder.files, *request.scenarios))
    savers = [Saver(plan.case.problem, plan.out, lang) for plan in plans]
    limit_s = request.options.limit_s
    with stoppable(lang), locked(request.out), telling(lang, limit_s, request.loudness) as teller:
        counted = [None if request.partial else decided(plan.case.problem) for plan in plans]
        open_ = [number for number, tally in enumerate(counted) if tally is None]

        def watch(parts: PartsSoFar) -> None:
            teller.tell_parts(parts)
            for number, (_, best) in zip(open_, parts.found, strict=True):
                if best is not None:
                    savers[number].save(best.schedule)

        with request.machines.used(watch):
            problems = [plans[n].case.problem for n in open_]
            found = solve_apart(problems, request.options, folder.shared) if open_ else ()
        course.end("search")
        if not folder.shared:  # what others take of a hall is not known to a plan
            pairs = zip(problems, found, strict=True)
            found = tuple(regular_in_time(problem, one, request.options, course) for problem, one in pairs)
    answers = dict(zip(open_, found, strict=True))
    told: list[_Told] = []
    for number, plan in enumerate(plans):
        answer = answers.get(number) or Answer(Verdict.INFEASIBLE, None, (), 0.0, interrupted=False)
        status, paths = _written(plan, answer, request, course, lang)
        told.append(_Told(plan, answer, status, paths))
        if answer.schedule is not None or answer.verdict is Verdict.INFEASIBLE:
            savers[number].remove()  # what there was of it alone is of no use
        lacking = without_place(answer, folder.plans[number], folder)
        if lacking:
            say(lacking, lang, to=sys.stderr)
    status = worst([*folder.states, *(one.status for one in told)])
    if request.form == "json":
        put(printed(_answer(folder, status, told, lang)))
    else:
        put(table([[head(lang) for head in _HEADS], *(_row(one, lang) for one in told)]))
    return status


def _answer(folder: Folder, status: Exit, told: Sequence[_Told], lang: Lang) -> OfFolder:
    """Return what became of each plan for programs."""
    plans = [
        PlanOut(
            plan=str(one.plan.path),
            schedule=str(one.plan.out) if one.paths else None,
            status=int(one.status),
            answer=solved(one.plan.case, one.answer, one.status, (), one.paths, lang),
        )
        for one in told
    ]
    findings = findings_out(folder.findings, lang)
    return OfFolder(status=int(status), findings=findings, plans=[*unusable(folder.faulty), *plans])


def _written(
    plan: _Plan, answer: Answer, request: FolderRequest, course: Course, lang: Lang
) -> tuple[Exit, list[Path]]:
    """Write the files of a plan that has a schedule; return how it would end alone, and the paths."""
    if answer.schedule is None:
        return no_answer(answer), []
    run = Run(plan.path, plan.scenarios, request.options, course, reports=request.reports)
    with locked(plan.out):
        paths = write_run(plan.case, answer, run, plan.out, lang)
    short = any(tier.tier is Tier.SHORTAGE and tier.value for tier in answer.tiers)
    return Exit.FINDINGS if short else Exit.OK, paths


def _row(told: _Told, lang: Lang) -> Sequence[str]:
    answer, plan = told.answer, told.plan
    held = len(answer.schedule.sessions) if answer.schedule else 0
    costs = "、".join(
        f"{tier.tier.text(lang)} {tier.value}(≥{tier.bound})" for tier in answer.tiers if tier.value
    )
    return plan.path.name, answer.text(lang), str(held), costs, str(plan.out) if held else ""


_HEADS = (
    Text("計画", "plan"),
    Text("判定", "verdict"),
    Text("回数", "sessions"),
    Text("減点", "costs"),
    Text("書いた所", "written to"),
)
