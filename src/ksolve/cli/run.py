"""A run of the search: what it was asked, what it leaves on disk, and how it ends without a schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ksolve.api import Prepared
from ksolve.cli.stopping import Saver
from ksolve.cli.view import make_view
from ksolve.errors import Exit
from ksolve.files import write_whole
from ksolve.findings import Finding
from ksolve.plan import files_of
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.record.beside import NAME
from ksolve.record.manifest import Course, Sources, answer_texts, manifest, tiers_of
from ksolve.regular import more_regular
from ksolve.report.calendar_file import Published
from ksolve.report.two_years import Year
from ksolve.report.writing import WRITERS, write_reports
from ksolve.schedules.tidy import schedule_csv
from ksolve.solver import Answer, Options, Progress, Verdict, Watch
from ksolve.text import Lang, Text


@dataclass(frozen=True)
class Run:
    """What a run was asked: the plan's file, the other files read, the options; and its course.

    Of a revision also its `parent`, what it rests on in words, and the calendar published last; of a
    new year what was held in the one before.
    """

    plan: Path
    read: tuple[Path, ...]
    options: Options
    course: Course
    parent: Mapping[str, object] | None = None
    basis: tuple[Text, ...] = ()
    last: Published | None = None
    reports: tuple[str, ...] = tuple(WRITERS)
    last_year: Year | None = None


def write_run(
    case: Prepared,
    answer: Answer,
    run: Run,
    out: Path,
    lang: Lang,
    short: tuple[Finding, ...] = (),
) -> list[Path]:
    """Write every report of a run and its record, and return their paths; `short` is what is left out."""
    schedule = answer.schedule or Schedule(())
    view = make_view(case, schedule, (*answer_texts(answer), *run.basis), short)
    view = replace(view, last=run.last, last_year=run.last_year, tiers=tiers_of(answer))
    paths = write_reports(view, out, lang, force=True, names=run.reports)
    run.course.end("reports")
    files = files_of(run.plan, case.plan)
    drawn = schedule_csv(schedule, case.problem)
    sources = Sources(tuple(files), run.read, run.parent)
    record = manifest(sources, case.problem, run.options, answer, run.course, drawn)
    write_whole(out / NAME, record, force=True)
    return [*paths, out / NAME]


def no_answer(answer: Answer) -> Exit:
    """Return the exit status of an answer without a schedule."""
    if answer.verdict is Verdict.INFEASIBLE:
        return Exit.INFEASIBLE
    return Exit.INTERRUPTED if answer.interrupted else Exit.UNKNOWN


def watch_of(course: Course, saver: Saver, told: Watch) -> Watch:
    """Return what is told of each better schedule: it is shown, and kept."""

    def watch(progress: Progress) -> None:
        course.end("first_schedule")
        told(progress)
        saver.save(progress.schedule)

    return watch


def regular_in_time(problem: Problem, answer: Answer, options: Options, course: Course) -> Answer:
    """Return an answer that costs the same and is more regular, if half of the time is left to look for one.

    To build the models again takes no longer than the search took. What is to be repeated is not to
    depend on seconds: there the limit is one of work.
    """
    spent_s = 0 if options.tuning.reproducible else course.seconds
    if answer.schedule is None or answer.interrupted or spent_s > options.limit_s / 2:
        return answer
    found = more_regular(problem, answer, replace(options, limit_s=options.limit_s - spent_s))
    course.end("regular")
    return found
