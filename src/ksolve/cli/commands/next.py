"""next: from a plan and what was held to the next year's plan, schedule and lists, in one folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from ksolve.api import Prepared, prepare
from ksolve.calendar import FiscalYear
from ksolve.cli.commands.draft import YearOption, target_year
from ksolve.cli.console import leave, print_findings, say
from ksolve.cli.next_told import tell
from ksolve.cli.options import (
    ForceOption,
    LangOption,
    LimitOption,
    OutOption,
    QuietOption,
    SeedOption,
    VerboseOption,
    WorkersOption,
)
from ksolve.cli.parameters import argument, option
from ksolve.cli.progress import Loudness, telling
from ksolve.cli.run import Run, no_answer, watch_of, write_run
from ksolve.cli.stopping import PARTIAL, Saver, stoppable
from ksolve.errors import Exit, PlanError
from ksolve.explain import shortages
from ksolve.files import locked, read_text, refuse_unwritable, write_whole
from ksolve.findings import Finding, Place, Severity
from ksolve.fit.regularity import regularity
from ksolve.next_year import Basis, Change, NextPlan, Question, habits_of, next_plan
from ksolve.next_year.answers import answer_all, drop_stray_habits
from ksolve.next_year.comparison import compared
from ksolve.next_year.from_table import last_year_of
from ksolve.next_year.held import read_held
from ksolve.next_year.keeping import ANSWERS, MADE, kept_text, open_questions, read_answers
from ksolve.next_year.plan_text import RESOURCES
from ksolve.next_year.written import FILES, Lists, Year, asked_csv, lists_of
from ksolve.plan import files_of
from ksolve.plan.yaml_edit import YamlText
from ksolve.problem.schedule import Schedule
from ksolve.record.beside import NAME
from ksolve.record.manifest import Course
from ksolve.regular import most_regular
from ksolve.report.two_years import Year as HeldYear
from ksolve.report.writing import WRITERS
from ksolve.solver import Answer, Options, Tuning
from ksolve.text import Lang, Text
from ksolve.verified import solve

MORE = Text(
    "HELD は前年度に実施した予定で、check で読める形式のものをいくつでも書けます。"
    "計画がなく日付入りの表だけのときは --from-table。\n"
    "直したあとは、同じコマンドに --keep を付けて続けます。直した所も、決めることの答えも残ります。",
    "HELD is last year's schedule as it was held (whatever check reads; several files are read together). "
    "With a dated table and no plan, use --from-table.\n"
    "After edits run the same command with --keep: edits stay, and so do the answers given.",
)
PLAN = "plan.yaml"
SCHEDULE = "schedule.csv"
_LAST_YEAR = "last-year.yaml"

PlanArgument = Annotated[
    Path | None, argument(Text("前年度の計画のYAML", "last year's plan"), metavar="PLAN")
]
HeldArgument = Annotated[
    list[Path] | None,
    argument(Text("前年度に実施した予定", "what was held last year"), metavar="HELD..."),
]
TableOption = Annotated[
    Path | None,
    option(
        Text("計画の代わりに、前年度の日付入りの表", "last year's table with dates, in place of a plan"),
        "--from-table",
        metavar="TABLE",
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    option(
        Text("表の見出しの意味(事業=教室名)", "what a heading of the table means"),
        "--column",
        metavar="OURS=THEIRS",
    ),
]
KeepOption = Annotated[
    bool,
    option(Text("前に作ったものの直した所と答えを残す", "keep what was edited and answered since"), "--keep"),
]


@dataclass(frozen=True, slots=True)
class _Command:
    """What the command was told: the year to plan, the folder, and the answers that stand in it."""

    year: str
    out: Path
    lang: Lang
    answers: Mapping[str, str]
    may_replace: bool


@dataclass(frozen=True, slots=True)
class _Last:
    """Last year: where its plan is, what that comes to, what was held, and what is asked of it."""

    path: Path
    year: Year
    read: tuple[Path, ...]
    asked: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()


def next(  # noqa: A001, PLR0913 - the command's name; one parameter for each option
    plan: PlanArgument = None,
    held: HeldArgument = None,
    out: OutOption = Path("next"),
    from_table: TableOption = None,
    column: ColumnOption = None,
    *,
    year: YearOption,
    limit: LimitOption = 60.0,
    workers: WorkersOption = 2,
    seed: SeedOption = 0,
    keep: KeepOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Write the new plan, date it, and list what changed and what is to be decided."""
    course = Course()
    answers = read_answers(out) if keep else {}
    command = _Command(year, out, lang, answers, may_replace=keep or force)
    last, target = _last_year(plan, held or [], from_table, column or [], command)
    print_findings(last.findings, lang, to=sys.stderr)
    refuse_unwritable(_files(out), force=force or keep, inputs=last.read)
    found, without = habits_of(last.year.plan, last.year.schedule)
    made_from = Basis(last.path, last.year.plan, last.year.published, found, without)
    made = next_plan(made_from, target, out / PLAN, answers)
    asked = (*last.asked, *made.said.questions)
    with locked(out), _left(out):
        kept = _write_plan(made, asked, answers, out, keep=keep)
        print_findings(kept, lang, to=sys.stderr)
        still = open_questions(asked, answers, made.text, read_text(out / PLAN))
        answered = tuple(one for one in asked if one.id in answers)
        lists = Lists(found, made.said.changes, still, answered, answers)
        write_whole(out / ANSWERS, asked_csv(lists, lang), force=True)  # also beside a plan with a fault
        case = prepare(out / PLAN)
        course.end("load")
        options = Options(limit, Tuning(workers=workers, seed=seed))
        answer, best = _dated(case, options, course, out, Loudness.of(quiet=quiet, verbose=verbose), lang)
        after = Year(case.plan, case.problem, answer.schedule or Schedule(()), case.published)
        lists = replace(lists, changes=(*lists.changes, *_regularity(last.year, after, best)))
        paths = [out / PLAN, *_write_lists(lists_of(last.year, after, lists, lang), out)]
        if answer.schedule is not None:
            basis = (_BASIS.fill(year=last.year.plan.year),)
            before = HeldYear(last.year.problem, last.year.schedule)
            run = Run(out / PLAN, last.read, options, course, basis=basis, last_year=before)
            paths += write_run(case, answer, run, out, lang)
    tell((after, answer, best), lists, without, paths, lang)
    if answer.schedule is None:
        print_findings(shortages(case.problem, replace(options, limit_s=10.0)), lang)
        if (out / SCHEDULE).exists():
            say(_OLDER.fill(folder=out), lang, to=sys.stderr)
        leave(no_answer(answer))


def _regularity(before: Year, after: Year, best: Text | None) -> Iterator[Change]:
    years = regularity(before.problem, before.schedule), regularity(after.problem, after.schedule)
    yield from compared(years, (before.problem.calendar, after.problem.calendar), best)


def _last_year(
    plan: Path | None,
    held: Sequence[Path],
    table: Path | None,
    columns: Sequence[str],
    command: _Command,
) -> tuple[_Last, FiscalYear]:
    """Return last year and the year to plan, from a plan and what was held, or from a table."""
    year, out, lang = command.year, command.out, command.lang
    if table is not None:
        if plan is not None:
            _refuse(_EITHER, lang)
        target = target_year(year, None, lang)
        path = out / _LAST_YEAR
        refuse_unwritable([path, *_files(out)], force=command.may_replace, inputs=[table])
        told = last_year_of(table, target, path, columns, command.answers)
        there = Year(told.plan, told.problem, told.schedule, told.published)
        return _Last(path, there, (table,), told.questions), target
    if plan is None or not held:
        _refuse(_WANTED, lang)
    assert plan is not None  # noqa: S101 - `_refuse` does not return
    case = prepare(plan)
    target = target_year(year, case.plan.year, lang)
    found = read_held(held, case.problem)
    there = Year(case.plan, case.problem, found.schedule, case.published)
    read = (*files_of(plan, case.plan), *held)
    return _Last(plan, there, read, (), found.findings), target


def _files(out: Path) -> list[Path]:
    """Return all that the command may write into a folder, but for last year's plan of a table."""
    return [out / name for name in (PLAN, RESOURCES, *FILES, *WRITERS, NAME, PARTIAL)]


@contextmanager
def _left(out: Path) -> Iterator[None]:
    """Say of an error in the new plan that it was written, so that it can be mended, and how to go on."""
    try:
        yield
    except PlanError as error:
        place = Place(str(out / PLAN))
        note = Finding("left-behind", Severity.NOTE, _LEFT_BEHIND.fill(folder=out), place, remedy=_GO_ON)
        raise PlanError([*error.findings, note]) from error


def _write_lists(lists: Mapping[str, bytes], out: Path) -> list[Path]:
    """Write the lists, and take away those of an earlier run that this year has nothing for."""
    for name in FILES:
        if name in lists:
            write_whole(out / name, lists[name], force=True)
        else:
            (out / name).unlink(missing_ok=True)
    return [out / name for name in lists]


def _refuse(text: Text, lang: Lang) -> None:
    say(text, lang, to=sys.stderr)
    raise typer.Exit(Exit.USAGE)


def _write_plan(
    made: NextPlan, asked: Sequence[Question], answers: dict[str, str], out: Path, *, keep: bool
) -> list[Finding]:
    """Write the plan and its resources, and how they were made; return what is to be said of edits."""
    said: list[Finding] = []
    anew = {PLAN: made.text} | ({RESOURCES: made.resources} if made.resources is not None else {})
    texts: dict[str, YamlText] = {}
    for name, text in anew.items():
        kept, found = kept_text(out / name, text) if keep else (text, [])
        said += found
        texts[name] = YamlText(kept, str(out / name))
    drop_stray_habits(texts[PLAN])
    answer_all(list(texts.values()), asked, answers, str(out / ANSWERS))
    for name, yaml in texts.items():
        write_whole(out / name, yaml.text.encode("utf-8"), force=True)
        write_whole(out / MADE / name, anew[name].encode("utf-8"), force=True)
    return said


def _dated(
    case: Prepared, options: Options, course: Course, out: Path, loudness: Loudness, lang: Lang
) -> tuple[Answer, Text | None]:
    """Return the schedule of the new plan, and whether a more regular one could be; Ctrl-C keeps the best."""
    saver = Saver(case.problem, out, lang)
    with stoppable(lang, saver.keep), telling(lang, options.limit_s, loudness, case) as teller:
        first = replace(options, limit_s=_SEARCHED * options.limit_s)
        answer, best = solve(case.problem, first, watch_of(course, saver, teller.begin())), None
        if answer.schedule is not None and not answer.interrupted:
            left_s = options.limit_s - answer.seconds
            found = most_regular(case.problem, answer, replace(options, limit_s=max(1.0, left_s)))
            answer, best = found.answer, found.text
    course.end("search")
    if answer.schedule is not None:
        saver.remove()
    return answer, best


_SEARCHED = 0.8
"""The part of the time that the search may take; in what is left a more regular schedule is looked for."""
_EITHER = Text(
    "--from-table のときは、計画を書きません(表から作ります)",
    "with --from-table no plan is named: it is made from the table",
)
_WANTED = Text(
    "前年度の計画と、実施した予定を書いてください: ksolve next 計画 予定 --year 令和7年度 -o フォルダ。"
    "計画がなく日付入りの表だけのときは: ksolve next --from-table 表 --year 令和7年度 -o フォルダ",
    "name last year's plan and what was held: ksolve next PLAN HELD --year 令和7年度 -o DIR. "
    "With a dated table and no plan: ksolve next --from-table TABLE --year 令和7年度 -o DIR",
)
_LEFT_BEHIND = Text(
    "{folder} に、作った計画と決めることの一覧(decide.csv)があります。予定はまだありません",
    "{folder} has the plan that was made and decide.csv, and no schedule yet",
)
_OLDER = Text(
    "{folder} の schedule.csv などは前に作ったときのもので、今の計画の予定ではありません",
    "schedule.csv and the reports in {folder} are of an earlier run, and not of the plan as it is now",
)
_GO_ON = Text(
    "そこを直してから、同じコマンドに --keep を付けて続けてください",
    "mend it there and go on with the same command and --keep",
)
_BASIS = Text("{year}の計画と実施した予定から作りました", "made from the plan of {year} and what was held")
