"""alternatives: good plans to choose from."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from ksolve.alternatives import Alternative, Choice, End, choose
from ksolve.alternatives.contrast import contrasts
from ksolve.alternatives.page import choice_html
from ksolve.alternatives.table import Told, choice_csv, choice_json, plan_lines
from ksolve.api import Prepared, prepare
from ksolve.cli.console import again, leave, put, say
from ksolve.cli.options import (
    ForceOption,
    LangOption,
    LimitOption,
    OutOption,
    PlanArgument,
    QuietOption,
    ScenarioOption,
    SeedOption,
    VerboseOption,
    WorkersOption,
)
from ksolve.cli.parameters import joined, option
from ksolve.cli.progress import Loudness, telling
from ksolve.cli.run import Run, no_answer, write_run
from ksolve.cli.stopping import stoppable
from ksolve.errors import Exit
from ksolve.files import locked, refuse_unwritable, write_whole
from ksolve.plan import files_of
from ksolve.record.beside import NAME
from ksolve.record.manifest import Course
from ksolve.report.writing import WRITERS
from ksolve.solver import Options, Tuning
from ksolve.solver.search.parts import parts
from ksolve.text import Lang, Text

MORE = Text(
    "どの段でも最良と同じ減点で、曜日とパターン、次に日時ができるだけ違う予定を一つずつ探します。\n"
    "案ごとのフォルダにすべての帳票を、alternatives.html・csv・json に違いの表を書きます。\n"
    "案が足りないと証明されれば1、時間内に見つからなければ4で終わります。",
    "Each costs as little as the best in every tier, and is as different as can be from those before it: in "
    "weekdays and patterns first, then in dates.\n"
    "Each has a folder with every report; alternatives.html, csv and json hold the table of what differs.\n"
    "Exits 1 when proven that there are fewer plans, 4 when they were not found in time.",
)
_SLACK = re.compile(r"(?P<number>\d{1,4}(?:\.\d{1,6})?)\s*(?P<percent>[%％]?)", re.ASCII)
_MOST = 20
"""Nobody chooses from more; each takes a search and a folder of reports."""
_TABLES = ("alternatives.html", "alternatives.csv", "alternatives.json")


PlansOption = Annotated[
    int,
    option(
        Text("案の数(最良の案を含む)", "how many plans, the best included"),
        "-k",
        "--plans",
        min=2,
        max=_MOST,
    ),
]
SlackOption = Annotated[
    str,
    option(
        Text(
            "どの段の減点も、最良の案よりこの割合まで多くてよい: `2%`",
            "each tier may cost so much more than in the best plan: `2%`",
        ),
        "--slack",
        metavar="PART",
    ),
]


def slack_of(text: str) -> Fraction:
    """Return 2%, 2 % or 0.02 as a part. Raises typer.BadParameter, also below 0 and above 1."""
    found = _SLACK.fullmatch(text.strip())
    slack = Fraction(found["number"]) / (100 if found["percent"] else 1) if found else Fraction(-1)
    if not 0 <= slack <= 1:
        raise typer.BadParameter(joined(_NO_SLACK.fill(text=text)))
    return slack


def alternatives(  # noqa: PLR0913 - one parameter for each option
    plan: PlanArgument,
    out: OutOption = Path("out"),
    scenario: ScenarioOption = None,
    wanted: PlansOption = 3,
    slack: SlackOption = "0%",
    limit: LimitOption = 60.0,
    *,
    workers: WorkersOption = 2,
    seed: SeedOption = 0,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Find the best plan, then others like it in cost and unlike it in what people see; write them all."""
    part = slack_of(slack)
    course = Course()
    read = tuple(scenario or ())
    case = prepare(plan, read)
    course.end("load")
    refuse_unwritable(_paths(out, wanted), force=force, inputs=(*files_of(plan, case.plan), *read))
    options = Options(limit, Tuning(workers=workers, seed=seed))
    apart = len(parts(case.problem.to_date))
    if apart > 1 and not quiet:
        say(_APART.fill(parts=apart), lang, to=sys.stderr)
    with stoppable(lang), locked(out):
        with telling(lang, limit, Loudness.of(quiet=quiet, verbose=verbose), case) as teller:
            tell = _teller(course, lang, quiet=quiet)
            choice = choose(case.problem, wanted, part, options, teller.begin(), tell)
        course.end("search")
        if not choice.plans:
            say(_VERDICT.fill(verdict=choice.first.text, seconds=f"{choice.first.seconds:.1f}"), lang)
            say(_EXPLAIN.fill(command=again("explain", plan, scenario or ())), lang)
            leave(no_answer(choice.first))
        told = _told(case, choice)
        paths = list(_write(case, told, Run(plan, read, options, course), out, lang))
        for line in told.lines():
            say(line, lang)
        for path in paths:
            put(str(path))
        leave(_STATUS[choice.end])


_STATUS = {
    End.FULL: Exit.OK,
    End.EXHAUSTED: Exit.FINDINGS,
    End.UNKNOWN: Exit.UNKNOWN,
    End.INTERRUPTED: Exit.UNKNOWN,
}


def _paths(out: Path, wanted: int) -> list[Path]:
    """Return every file that is written."""
    folders = [out / str(number) for number in range(1, wanted + 1)]
    return [*(out / name for name in _TABLES), *(f / name for f in folders for name in (*WRITERS, NAME))]


def _teller(course: Course, lang: Lang, *, quiet: bool) -> Callable[[Alternative], None]:
    """Return what says on stderr that a plan was found."""
    found: list[Alternative] = []

    def tell(plan: Alternative) -> None:
        found.append(plan)
        course.end("first_schedule")
        if not quiet:
            say(_FOUND.fill(number=len(found), seconds=f"{course.seconds:.1f}"), lang, to=sys.stderr)

    return tell


def _told(case: Prepared, choice: Choice) -> Told:
    found = contrasts(case.problem, [plan.schedule for plan in choice.plans])
    return Told(case.plan.title, choice, found)


def _write(case: Prepared, told: Told, run: Run, out: Path, lang: Lang) -> Iterator[Path]:
    """Write each plan's reports into a folder of its own, then the tables, and yield the paths of these."""
    for number, plan in zip(told.numbers, told.choice.plans, strict=True):
        basis = tuple(plan_lines(plan, number)) if plan.distances else ()
        write_run(case, plan.answer, replace(run, basis=basis), out / str(number), lang)
        yield out / str(number) / "schedule.csv"
    made = (choice_html(told, lang), choice_csv(told, lang), (choice_json(told) + "\n").encode())
    for name, data in zip(_TABLES, made, strict=True):
        write_whole(out / name, data, force=True)
        yield out / name


_NO_SLACK = Text(
    "{text}: 0%から100%までを、2% か 0.02 のように書いてください", "{text}: write 2% or 0.02, from 0 to 100 %"
)
_APART = Text(
    "この計画は、互いに関わりのない{parts}個の部分からなります。最良の予定が証明され、--slack がなければ、"
    "案は部分ごとに探します。そうでなければ全体をまとめて探すので、部分ごとの計画に分けるほうが速くなります",
    "this plan has {parts} parts that share nothing: where its best is proven and there is no --slack, other"
    " plans are looked for part by part; else as one model, and a plan for each part is faster",
)
_VERDICT = Text("判定: {verdict} ({seconds}秒)", "verdict: {verdict} ({seconds} s)")
_EXPLAIN = Text(
    "最良の案がないので、何も書いていません。成り立たない理由を調べるには: {command}",
    "There is no best plan to begin with; nothing was written. To ask why: {command}",
)
_FOUND = Text("案{number}が見つかりました ({seconds}秒)", "plan {number} found ({seconds} s)")
