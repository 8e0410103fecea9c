"""revise of a folder: what is asked of some plans is done beside the others, which stay as they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ksolve.cli.console import print_findings, put, say, table
from ksolve.cli.folders.folder import Folder, FolderPlan, read_folder, schedule_of, worst
from ksolve.cli.folders.folder_beside import Standing, as_unknown, is_in_the_way
from ksolve.cli.folders.folder_wishes import shared_out
from ksolve.cli.folders.revising_in_turn import Done, InTurn
from ksolve.cli.machine import OfFolder, PlanOut, findings_out, printed, unusable
from ksolve.cli.machine_solved import revised
from ksolve.cli.progress import telling
from ksolve.cli.revision import Ended, Job, Request, finished, job_of, tell
from ksolve.cli.run import watch_of
from ksolve.cli.stopping import stoppable
from ksolve.errors import Exit, PlanError, fault
from ksolve.files import is_folder, locked, read_bytes, refuse_unwritable, write_whole
from ksolve.findings import Finding, Place
from ksolve.problem import Tier
from ksolve.record.manifest import Course
from ksolve.revise import Revision, WishKind
from ksolve.revise.requested import askings_of
from ksolve.solver import Watch
from ksolve.text import Lang, Text, plain


@dataclass(frozen=True)
class _Told:
    """What became of a plan, and where it is written; without a revision it was copied, or not come to.

    `is_beside` where the other plans take what it shares: that there is none beside them proves nothing.
    """

    plan: FolderPlan
    out: Path
    status: Exit = Exit.OK
    revision: Revision | None = None
    ended: Ended | None = None
    is_beside: bool = False


def revise_folder(request: Request, lang: Lang, *, force: bool) -> Exit:
    """Revise the plans of a folder that a wish or a scenario is about, or whose schedules break rules.

    Each keeps beside what the others take of shared rooms and people; these stay as they are, and their
    files are copied. Raises PlanError with what is asked of no plan, or of several; nothing is written then.
    """
    schedules = request.files.schedule
    if request.files.previous is not None:
        raise PlanError([fault("one-plan-only", _ONE_PLAN, None)])
    if not is_folder(schedules):
        raise PlanError([fault("no-folder", _NO_FOLDER, Place(str(schedules)))])
    course, folder = Course(), read_folder(request.plan, request.files.scenarios)
    print_findings(folder.findings, lang, to=sys.stderr)
    standing = Standing.read(folder, schedules)
    jobs = _jobs(request, folder, standing, lang)
    course.end("load")
    copies = dict(_copies(request, folder, jobs))
    outputs = [*(path for job in jobs.values() for path in job.outputs), *copies]
    inputs = [path for job in jobs.values() for path in job.inputs]
    refuse_unwritable(outputs, force=force, inputs=(*inputs, *folder.files, *copies.values()))
    with stoppable(lang, lambda: _kept(jobs)), locked(request.out):
        revisions = _carried_out(request, standing, jobs, course, lang)
        told = [
            _written(plan, revisions.get(plan.name), jobs, request, course, lang) for plan in folder.plans
        ]
        for path, source in copies.items():
            write_whole(path, read_bytes(source), force=True)
    across = standing.across(request.out)
    states = [*(one.status for one in told), *(Exit.FINDINGS for _ in across)]
    status = worst([*folder.states, *states])
    if request.form == "json":
        put(printed(_answer(folder, across, told, status, lang)))
    else:
        print_findings(across, lang)
        put(table([[head(lang) for head in _HEADS], *(_row(one, lang) for one in told)], frozenset({2, 3})))
    return status


def _kept(jobs: Mapping[str, Job]) -> Path | None:
    """Save the best so far of each plan, and return where one of them is."""
    return next((kept for kept in [job.saver.keep() for job in jobs.values()] if kept), None)


def _jobs(request: Request, folder: Folder, standing: Standing, lang: Lang) -> dict[str, Job]:
    """Return what is to be done for each plan of which something is asked."""
    askings = shared_out(askings_of(request.given, request.files.wishes), folder, standing)
    broken = {name for name, found in standing.breaches(request.files.schedule).items() if found}
    concerned = [
        plan
        for plan in folder.plans
        if plan.about or plan.name in broken or any(one.kind in _ASKING for one in askings[plan.name])
    ]
    names = {plan.name for plan in concerned}
    jobs: dict[str, Job] = {}
    faults: list[Finding] = []
    for plan in concerned:
        mine = _of(request, plan)
        left = standing.beside(plan.name, plan.case.problem, names)
        try:
            job = job_of(mine, replace(plan.case, problem=left), lang, askings[plan.name])
        except PlanError as error:
            faults += error.findings
        else:
            jobs[plan.name] = replace(job, case=plan.case)
    if faults:
        raise PlanError(faults)
    return jobs


_ASKING = (WishKind.MOVE, WishKind.PIN, WishKind.DROP, WishKind.ADD)
"""Wishes that ask for something: `free` and `keep` say what may move when something else is asked."""


def _of(request: Request, plan: FolderPlan) -> Request:
    """Return the request for one plan."""
    files = request.files
    printed = schedule_of(files.printed, plan.name) if files.printed else None
    own = schedule_of(files.schedule, plan.name)
    mine = replace(files, schedule=own, scenarios=plan.about, printed=printed)
    return replace(request, plan=plan.path, files=mine, out=request.out / plan.name)


def _copies(request: Request, folder: Folder, jobs: Mapping[str, Job]) -> Iterator[tuple[Path, Path]]:
    """Yield where each file of a plan that stays as it is is written to, and what it is a copy of."""
    for plan in folder.plans:
        if plan.name not in jobs:
            file = schedule_of(request.files.schedule, plan.name)
            own = file.parent.name == plan.name and file.parent != request.files.schedule
            for source in sorted(file.parent.iterdir()) if own else [file]:
                if source.is_file():
                    to = request.out / plan.name if own else request.out
                    yield to / source.name, source


def _carried_out(
    request: Request, standing: Standing, jobs: Mapping[str, Job], course: Course, lang: Lang
) -> dict[str, Done]:
    """Do what is asked, while it is told."""
    with (
        telling(lang, request.options.limit_s, request.loudness) as teller,
        request.machines.used(teller.tell_parts),
    ):

        def watching(name: str) -> Watch:
            return watch_of(course, jobs[name].saver, teller.begin(jobs[name].case.plan.title))

        done = InTurn(jobs, standing, request.options, watching).carry_out()
    course.end("search")
    return done


def _written(
    plan: FolderPlan,
    done: Done | None,
    jobs: Mapping[str, Job],
    request: Request,
    course: Course,
    lang: Lang,
) -> _Told:
    """Write the revision of a plan, and say for people what changes."""
    out = request.out / plan.name
    if done is None:
        return _Told(plan, out, Exit.INTERRUPTED if plan.name in jobs else Exit.OK)
    revision = done.revision
    ended = finished(jobs[plan.name], revision, course, lang)
    is_beside = ended.status is Exit.INFEASIBLE and is_in_the_way(plan.case.problem, done.problem)
    if request.form == "text":
        say(_OF.fill(plan=plan.path.name), lang)
        tell(jobs[plan.name], revision, ended, lang)
        if is_beside:
            say(_BESIDE.fill(plan=plan.path.name), lang)
    return _Told(plan, out, Exit.UNKNOWN if is_beside else ended.status, revision, ended, is_beside)


def _answer(
    folder: Folder, across: Sequence[Finding], told: Sequence[_Told], status: Exit, lang: Lang
) -> OfFolder:
    """Return what became of each plan for programs."""
    return OfFolder(
        status=int(status),
        findings=findings_out((*folder.findings, *across), lang),
        plans=[*unusable(folder.faulty), *(_plan_out(one, lang) for one in told)],
    )


def _plan_out(told: _Told, lang: Lang) -> PlanOut:
    """Return what became of one plan; that which stays as it was has a schedule and no answer."""
    answer, stays = None, told.revision is None and told.status is Exit.OK
    if told.revision and told.ended:
        missed, paths = told.ended.missed, told.ended.paths
        found = as_unknown(told.revision.answer) if told.is_beside else told.revision.answer
        revision = replace(told.revision, answer=found)
        answer = revised(told.plan.case, revision, told.status, missed, paths, lang)
    is_written = stays or (told.ended and told.ended.paths)
    return PlanOut(
        plan=str(told.plan.path),
        schedule=str(told.out) if is_written else None,
        status=int(told.status),
        answer=answer,
    )


def _row(told: _Told, lang: Lang) -> Sequence[str]:
    name = told.plan.path.name
    if told.revision is None:
        is_kept = told.status is Exit.OK
        said = (_STAYS, "0", told.out) if is_kept else (_STOPPED, "-", "")
        return name, said[0](lang), said[1], "", str(said[2])
    is_written = told.ended is not None and bool(told.ended.paths)
    changes = told.revision.tier(Tier.CHANGES) if is_written else None
    verdict = _NO_PLACE if told.is_beside else told.revision.answer.text
    moved, fewest = (changes.value, changes.bound) if changes else ("-", "-")
    return name, verdict(lang), str(moved), str(fewest), str(told.out) if is_written else ""


_HEADS = (
    Text("計画", "plan"),
    Text("判定", "verdict"),
    Text("変わる回", "changes"),
    Text("下限(証明)", "fewest (proven)"),
    Text("書いた所", "written to"),
)
_STAYS = Text("そのまま", "as it was")
_STOPPED = Text("中断", "interrupted")
_NO_PLACE = Text("ほかの計画の隣に案がない", "none beside the others")
_OF = plain("== {plan}")
_BESIDE = Text(
    "{plan}: ほかの計画の予定が今のままなら、案はありません。ほかの計画も動かせばあるかもしれません",
    "{plan}: there is none while the other plans stay as they are; there may be one if these move, too",
)
_ONE_PLAN = Text(
    "--previous は計画一つのときだけ使えます(フォルダでは、それぞれの予定の隣のICSを使います)",
    "--previous is for one plan: in a folder, the calendar beside each schedule is taken",
)
_NO_FOLDER = Text(
    "計画のフォルダを改訂するには、予定のフォルダ(solve の -o)を指定してください",
    "to revise a folder of plans, name the folder of their schedules (the -o of solve)",
)
