"""revise."""

from __future__ import annotations

from collections.abc import Iterable
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
    table,
)
from ksolve.cli.searching import PartialOption
from ksolve.cli.solving import ScheduleArgument
from ksolve.errors import Exit
from ksolve.findings import Finding
from ksolve.problem import Tier
from ksolve.text import Lang, Text

if TYPE_CHECKING:
    from ksolve.api import Case
    from ksolve.revise import Revision
    from ksolve.solver import Options, Progress

Several = list[str] | None
MoveOption = Annotated[
    Several,
    typer.Option("--move", metavar="SESSION=WHERE", help="回を移す / move one: 専門相談#5=6/11 10:00"),
]
PinOption = Annotated[
    Several,
    typer.Option(
        "--pin",
        metavar="SESSION[=WHERE]",
        help="回の日時・部屋を決める / pin one: 代表者会議@10/7=10/9 14:00 会議室",
    ),
]
FreeOption = Annotated[
    Several, typer.Option("--free", metavar="NAME", help="動かしてもよい事業 / what may move at no cost")
]
KeepOption = Annotated[
    Several, typer.Option("--keep", metavar="NAME", help="動かしてはならない事業 / what may not move")
]
DropOption = Annotated[
    Several, typer.Option("--drop", metavar="SESSION", help="行わない回 / a session that is dropped")
]
AddOption = Annotated[
    Several, typer.Option("--add", metavar="NAME=WHERE", help="加える回 / one more: 講座=11/20 10:00")
]


@app.command()
def revise(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument,
    out: OutOption = Path("out"),
    scenario: ScenarioOption = None,
    since: Annotated[
        str,
        typer.Option("--from", metavar="DATE", help="この日より前は実施済み / what lies before it was held"),
    ] = "",
    move: MoveOption = None,
    pin: PinOption = None,
    free: FreeOption = None,
    keep: KeepOption = None,
    drop: DropOption = None,
    add: AddOption = None,
    wishes: Annotated[
        Path | None, typer.Option("--wishes", help="希望の表(CSV・xlsx) / a table of wishes")
    ] = None,
    printed: Annotated[
        Path | None,
        typer.Option(
            "--printed",
            help="配布した予定。SCHEDULE との違いは手で直した回として守る / the schedule as it was printed",
        ),
    ] = None,
    notice: Annotated[
        int,
        typer.Option("--notice", min=0, max=366, help="--from から何日を間際とするか / days of short notice"),
    ] = 28,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous", help="前回配布したICS / the calendar published last; else beside SCHEDULE"
        ),
    ] = None,
    limit: LimitOption = 60.0,
    workers: WorkersOption = 2,
    seed: SeedOption = 0,
    *,
    partial: PartialOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """配布した予定を、できるだけ少ない変更で直します / Revise a printed schedule with the fewest changes.

    SCHEDULE は check が読めるもので、規則を破っていてもかまいません。変更の一覧(changes.csv・xlsx・html・
    json)と、更新用のカレンダー(changes.ics)も書きます。/ SCHEDULE may break rules; the list of changes
    and a calendar of updates are written, too.
    """
    from ksolve.api import prepare
    from ksolve.cli.progress import progress_printer
    from ksolve.cli.revision_asked import Files, asked_of, published_last
    from ksolve.cli.revision_written import CHANGES, Written, write_revision
    from ksolve.cli.stopping import PARTIAL, Saver, stoppable
    from ksolve.explain import with_shortages
    from ksolve.files import locked, refuse_unwritable
    from ksolve.manifest import Course
    from ksolve.plan import files_of
    from ksolve.record import NAME
    from ksolve.report.writing import WRITERS
    from ksolve.revise import revise as revised
    from ksolve.solver import Options, Tuning

    course = Course()
    given = {"move": move, "pin": pin, "free": free, "keep": keep, "drop": drop, "add": add}
    files = Files(schedule, tuple(scenario or ()), wishes, printed, previous)
    case = prepare(plan, files.scenarios)
    base, asked = asked_of(case, files, since, given, notice)
    course.end("load")
    read = (*files_of(plan, case.plan), *files.scenarios, schedule, wishes, printed, previous)
    refuse_unwritable(
        [out / name for name in (*WRITERS, *CHANGES, NAME, PARTIAL)],
        force=force,
        inputs=[path for path in read if path],
    )
    last = published_last(files)
    options = Options(limit, Tuning(workers=workers, seed=seed))
    printer, saver = progress_printer(lang), Saver(case, out, lang)

    def watch(progress: Progress) -> None:
        course.end("first_schedule")
        printer(progress)

    with locked(out), stoppable(lang, saver.keep):
        relax = with_shortages if partial else (lambda problem: problem)
        revision = revised(case.problem, base, asked, options, watch, relax=relax)
        course.end("search")
        missed = _missed(revision, options)
        if revision.answer.schedule is None or (missed and not partial):
            _not_done(revision, missed, lang)
        written = Written(plan, out, options, course, last)
        paths = write_revision(case, revision, files, written, lang)
        print_findings(missed, lang)
        _tell(case, revision, paths, lang)
        leave(Exit.FINDINGS if missed else Exit.OK)


def _missed(revision: Revision, options: Options) -> tuple[Finding, ...]:
    """Return what keeps the revision from being whole: wishes that are not met, sessions left out."""
    from ksolve.explain import left_out, shortages
    from ksolve.explain.unmet import unmet_wishes
    from ksolve.solver import Verdict

    if revision.answer.schedule is None:
        proven = revision.answer.verdict is Verdict.INFEASIBLE
        return shortages(revision.problem, options) if proven else ()
    short = revision.tier(Tier.SHORTAGE)
    lost = left_out(revision.problem, revision.answer.schedule, proven=short.proven) if short else ()
    return (*(one.finding for one in unmet_wishes(revision)), *lost)


def _not_done(revision: Revision, missed: Iterable[Finding], lang: Lang) -> None:
    """Say why nothing is written, and end: 3 where it is proven, 4 where it is not known."""
    from ksolve.cli.solving import no_answer

    say(_VERDICT.fill(verdict=revision.answer.text, seconds=f"{revision.answer.seconds:.1f}"), lang)
    print_findings(missed, lang)
    say(_PARTIAL, lang)
    wishes = revision.tier(Tier.WISHES)
    if revision.answer.schedule is None:
        leave(no_answer(revision.answer))
    leave(Exit.INFEASIBLE if wishes and wishes.bound else Exit.UNKNOWN)


def _tell(case: Case, revision: Revision, paths: Iterable[Path], lang: Lang) -> None:
    from ksolve.cli.revision_written import changed_of
    from ksolve.report.changed.table import change_rows

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
    for path in paths:
        put(str(path))


_VERDICT = Text("判定: {verdict} ({seconds}秒)", "verdict: {verdict} ({seconds} s)")
_TIER = Text("  {name}: {value} (証明された下限 {bound})", "  {name}: {value} (proven bound {bound})")
_HISTORY = Text("もう変えられない違反: ", "broken, and past mending: ")
_PARTIAL = Text(
    "何も書いていません。--partial を付けると、かなわない希望や置けない回をできるだけ少なくして予定を"
    "作ります。",
    "Nothing was written. With --partial a schedule is made that gives up as few wishes and sessions"
    " as can be.",
)
