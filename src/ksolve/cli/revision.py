"""A revision from its request to its files: what `revise`, `why-not --apply` and `explain --apply` end in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ksolve.api import Prepared, prepare
from ksolve.cli.clustered import HERE, Machines
from ksolve.cli.console import opened, print_findings, put, say, table
from ksolve.cli.machine import printed
from ksolve.cli.machine_solved import revised
from ksolve.cli.progress import Loudness, telling
from ksolve.cli.revision_written import CHANGES, Written, changed_of, write_revision
from ksolve.cli.run import no_answer, watch_of
from ksolve.cli.stopping import PARTIAL, Saver, stoppable
from ksolve.cli.view import published_last
from ksolve.errors import Exit
from ksolve.explain import left_out, shortages, with_shortages
from ksolve.explain.unmet import refused, unmet_wishes
from ksolve.files import locked, refuse_unwritable
from ksolve.findings import Finding
from ksolve.plan import files_of
from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.record.beside import NAME
from ksolve.record.manifest import Course
from ksolve.report.calendar_file import Published
from ksolve.report.changed.table import change_rows
from ksolve.report.writing import WRITERS
from ksolve.revise import Revision, revise
from ksolve.revise.keeping import Asked
from ksolve.revise.requested import Files, asked_of
from ksolve.revise.wishes import Asking
from ksolve.solver import Options, Verdict, Watch
from ksolve.text import Lang, Text


@dataclass(frozen=True)
class Request:
    """What is to be revised, for what, and how long the search may take.

    `given` are the wishes of the command line by their kind, `since` the day before which all is history.
    """

    plan: Path
    files: Files
    out: Path
    given: Mapping[str, Sequence[str] | None] = field(default_factory=dict)
    since: str = ""
    notice: int = 28
    options: Options = field(default_factory=Options)
    partial: bool = False
    loudness: Loudness = Loudness.NORMAL
    reports: tuple[str, ...] = tuple(WRITERS)
    show: bool = False
    machines: Machines = HERE
    form: str = "text"


@dataclass(frozen=True)
class Job:
    """A request that is understood: the plan made ready, the schedule to keep to, and what is asked."""

    request: Request
    case: Prepared
    base: Schedule
    asked: Asked
    last: Published | None
    saver: Saver

    @property
    def problem(self) -> Problem:
        """The plan's problem."""
        return self.case.problem

    @property
    def outputs(self) -> list[Path]:
        """Every file that it may write."""
        return [self.request.out / name for name in (*self.request.reports, *CHANGES, NAME, PARTIAL)]

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Every file that it reads."""
        return (*files_of(self.request.plan, self.case.plan), *self.request.files.all)

    def revised(self, problem: Problem, options: Options, watch: Watch) -> Revision:
        """Search a revision for the plan's problem, or for what others leave of it."""
        relax = with_shortages if self.request.partial else (lambda problem: problem)
        return revise(problem, self.base, self.asked, options, watch, relax=relax)

    def is_done(self, revision: Revision) -> bool:
        """Whether a revision is one to be written: a schedule, and whole where that is asked for."""
        short = revision.tier(Tier.SHORTAGE)
        is_whole = not revision.unmet and not (short and short.value)
        return revision.answer.schedule is not None and (is_whole or self.request.partial)


@dataclass(frozen=True)
class Ended:
    """How a revision ended: what keeps it from being whole, and the files that were written, if any were."""

    status: Exit
    missed: tuple[Finding, ...]
    paths: tuple[Path, ...] = ()


def job_of(request: Request, case: Prepared, lang: Lang, askings: Sequence[Asking] | None = None) -> Job:
    """Return what a request means for a plan; `askings` are its wishes where they are read already.

    Raises PlanError with every fault of the files and the wishes.
    """
    files = request.files
    base, asked = asked_of(
        case.problem, files, request.since, request.given, request.notice, refused, askings
    )
    saver = Saver(case.problem, request.out, lang, checked=True)
    return Job(request, case, base, asked, _published_last(files), saver)


def carry_out(request: Request, lang: Lang, *, force: bool) -> Exit:
    """Revise, write all files, say what changes and why, and return the exit status.

    Raises PlanError with every fault of the plan, the files and the wishes; nothing is written then.
    """
    course = Course()
    case = prepare(request.plan, request.files.scenarios)
    job = job_of(request, case, lang)
    course.end("load")
    refuse_unwritable(job.outputs, force=force, inputs=job.inputs)
    with stoppable(lang, job.saver.keep), locked(request.out):
        with telling(lang, request.options.limit_s, request.loudness, case) as teller:
            watch = watch_of(course, job.saver, teller.begin())
            with request.machines.used(teller.tell_parts):
                revision = job.revised(case.problem, request.options, watch)
        course.end("search")
        ended = finished(job, revision, course, lang)
        if request.form == "json":
            put(printed(revised(case, revision, ended.status, ended.missed, ended.paths, lang)))
        else:
            tell(job, revision, ended, lang)
        opened(ended.paths, lang, wanted=request.show)
        return ended.status


def finished(job: Job, revision: Revision, course: Course, lang: Lang) -> Ended:
    """Write a revision that is to be written; nothing where a wish or a session is missing."""
    request, missed = job.request, _missed(revision, job.request.options)
    if not job.is_done(revision):
        job.saver.remove()
        return Ended(_without_files(revision), missed)
    written = Written(request.plan, request.out, request.options, course, job.last, request.reports)
    paths = write_revision(job.case, revision, request.files, written, lang)
    job.saver.remove()
    return Ended(Exit.FINDINGS if missed else Exit.OK, missed, tuple(paths))


def tell(job: Job, revision: Revision, ended: Ended, lang: Lang) -> None:
    """Say what changes and why, or why nothing is written."""
    if not ended.paths:
        say(_VERDICT.fill(verdict=revision.answer.text, seconds=f"{revision.answer.seconds:.1f}"), lang)
        print_findings(ended.missed, lang)
        say(_PARTIAL, lang)
        return
    print_findings(ended.missed, lang)
    _tell(job.case, revision, ended.paths, lang)


def _published_last(files: Files) -> Published | None:
    """Return the calendar published last: the one named, else that beside the schedule or the printed one."""
    beside = (files.printed or files.schedule).parent / "schedule.ics"
    path = files.previous or (beside if beside.is_file() else None)
    return published_last(path, path.with_name("deadlines.ics")) if path else None


def _missed(revision: Revision, options: Options) -> tuple[Finding, ...]:
    """Return what keeps the revision from being whole: wishes that are not met, sessions left out."""
    if revision.answer.schedule is None:
        proven = revision.answer.verdict is Verdict.INFEASIBLE
        return shortages(revision.problem, options) if proven else ()
    short = revision.tier(Tier.SHORTAGE)
    lost = left_out(revision.problem, revision.answer.schedule, proven=short.proven) if short else ()
    return (*(one.finding for one in unmet_wishes(revision)), *lost)


def _without_files(revision: Revision) -> Exit:
    """Return how it ends when nothing is written: 3 where it is proven, 4 where it is not known."""
    if revision.answer.schedule is None:
        return no_answer(revision.answer)
    wishes = revision.tier(Tier.WISHES)
    return Exit.INFEASIBLE if wishes and wishes.bound else Exit.UNKNOWN


def _tell(case: Prepared, revision: Revision, paths: Iterable[Path], lang: Lang) -> None:
    changed = changed_of(case.plan.title, revision)
    for note in changed.notes:
        say(note, lang)
    if changed.changes:
        put(table(list(change_rows(changed, lang))))
    say(_VERDICT.fill(verdict=revision.answer.text, seconds=f"{revision.answer.seconds:.1f}"), lang)
    for tier in revision.answer.tiers:
        if tier.value or tier.bound:
            say(_TIER.fill(name=tier.tier.text, value=tier.value, bound=tier.bound), lang)
    for finding in revision.broken:
        say(_HISTORY + finding.text, lang)
    for finding in revision.given_up:
        say(_GIVEN_UP + finding.text, lang)
    for path in paths:
        put(str(path))


_VERDICT = Text("判定: {verdict} ({seconds}秒)", "verdict: {verdict} ({seconds} s)")
_TIER = Text("  {name}: {value} (証明された下限 {bound})", "  {name}: {value} (proven bound {bound})")
_HISTORY = Text("実施済みの期間の、もう変えられない違反: ", "broken by what was held, and past mending: ")
_GIVEN_UP = Text(
    "希望した中止・追加のために守られない規則: ", "not kept, as a session is dropped or added as wished: "
)
_PARTIAL = Text(
    "何も書いていません。--partial を付けると、"
    "かなわない希望と入れられない回をできるだけ少なくした予定を作ります。",
    "Nothing was written. With --partial a schedule is made that gives up as few wishes and sessions"
    " as can be.",
)
