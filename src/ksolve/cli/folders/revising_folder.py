"""revise of a folder: what is asked of some plans is done beside the others, which stay as they are."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ksolve.cli.console import print_findings, put, say, table
from ksolve.cli.folders.folder import Folder, FolderPlan, read_folder, schedule_of, worst
from ksolve.cli.folders.folder_beside import Standing
from ksolve.cli.folders.folder_wishes import shared_out
from ksolve.cli.progress import telling
from ksolve.cli.revision import Job, Request, finished, job_of
from ksolve.cli.run import watch_of
from ksolve.cli.stopping import stoppable
from ksolve.errors import Exit, PlanError, fault
from ksolve.files import is_folder, locked, read_bytes, refuse_unwritable, write_whole
from ksolve.findings import Finding, Place
from ksolve.problem import Tier
from ksolve.record.manifest import Course
from ksolve.revise import Revision, WishKind
from ksolve.revise.requested import askings_of
from ksolve.solver import Verdict
from ksolve.text import Lang, Text, plain

_LEAST_S = 2.0
"""What the search for the revision of one plan has at least."""


@dataclass(frozen=True)
class _Row:
    """What became of a plan: its exit status (None: it stays as it is), its revision, where it is written."""

    plan: FolderPlan
    status: Exit | None
    revision: Revision | None
    out: Path


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
    print_findings(folder.findings, lang)
    standing = Standing.read(folder, schedules)
    jobs = _jobs(request, folder, standing, lang)
    course.end("load")
    copies = dict(_copies(request, folder, jobs))
    outputs = [*(path for job in jobs.values() for path in job.outputs), *copies]
    inputs = [path for job in jobs.values() for path in job.inputs]
    refuse_unwritable(outputs, force=force, inputs=(*inputs, *folder.files, *copies.values()))
    with stoppable(lang, lambda: _kept(jobs)), locked(request.out):
        rows = _carried_out(request, folder, standing, jobs, course, lang)
        for path, source in copies.items():
            write_whole(path, read_bytes(source), force=True)
    put(table([[head(lang) for head in _HEADS], *(_row(row, lang) for row in rows)], frozenset({2, 3})))
    return worst([*folder.states, *(row.status or Exit.OK for row in rows)])


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
    request: Request, folder: Folder, standing: Standing, jobs: Mapping[str, Job], course: Course, lang: Lang
) -> list[_Row]:
    """Do what is asked, plan after plan; what finds no place beside the others comes again after them."""
    done: dict[str, Revision] = {}
    left = list(jobs)
    ends = time.monotonic() + request.options.limit_s
    with (
        telling(lang, request.options.limit_s, request.loudness) as teller,
        request.machines.used(teller.tell_parts),
    ):
        while left:
            name = left.pop(0)
            job, limit_s = jobs[name], max(_LEAST_S, (ends - time.monotonic()) / (len(left) + 1))
            watch = watch_of(course, job.saver, teller.begin(job.case.plan.title))
            problem = standing.beside(name, job.case.problem)
            found = job.revised(problem, replace(request.options, limit_s=limit_s), watch)
            is_first, done[name] = name not in done, found
            if found.answer.schedule is not None and job.is_done(found):
                standing.schedules[name] = found.answer.schedule
            elif found.answer.interrupted:
                break
            elif is_first and len(jobs) > 1:
                left.append(name)
    course.end("search")
    return [_told(plan, done.get(plan.name), jobs, request, course, lang) for plan in folder.plans]


def _told(
    plan: FolderPlan,
    revision: Revision | None,
    jobs: Mapping[str, Job],
    request: Request,
    course: Course,
    lang: Lang,
) -> _Row:
    """Write the revision of a plan, and say what changes; none beside the others proves nothing."""
    out = request.out / plan.name
    if revision is None:
        return _Row(plan, Exit.INTERRUPTED if plan.name in jobs else None, None, out)
    say(_OF.fill(plan=plan.path.name), lang)
    status = finished(jobs[plan.name], revision, course, lang)
    if status is Exit.INFEASIBLE:
        say(_BESIDE.fill(plan=plan.path.name), lang)
        status = Exit.UNKNOWN
    return _Row(plan, status, revision, out)


def _row(row: _Row, lang: Lang) -> Sequence[str]:
    if row.revision is None:
        is_kept = row.status is None
        said = (_STAYS, "0", row.out) if is_kept else (_STOPPED, "-", "")
        return row.plan.path.name, said[0](lang), said[1], "", str(said[2])
    is_written = row.status in (Exit.OK, Exit.FINDINGS)
    changes = row.revision.tier(Tier.CHANGES) if is_written else None
    is_beside = row.revision.answer.verdict is Verdict.INFEASIBLE
    verdict = _NO_PLACE(lang) if is_beside else row.revision.answer.text(lang)
    moved, fewest = (changes.value, changes.bound) if changes else ("-", "-")
    return row.plan.path.name, verdict, str(moved), str(fewest), str(row.out) if is_written else ""


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
