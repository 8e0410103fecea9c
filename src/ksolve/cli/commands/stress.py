"""stress: a schedule through drawn years in which things go wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from ksolve.api import prepare
from ksolve.cli.console import leave, put, say
from ksolve.cli.options import (
    ForceOption,
    LangOption,
    PlanArgument,
    ScenarioOption,
    ScheduleArgument,
    SeedOption,
    TextOrJsonOption,
)
from ksolve.cli.parameters import option
from ksolve.cli.scheduled import read_checked
from ksolve.cli.shortened import print_shortened
from ksolve.cli.stopping import stoppable
from ksolve.errors import Exit
from ksolve.files import locked, refuse_unwritable, write_whole
from ksolve.plan import files_of
from ksolve.stress import Stress
from ksolve.stress import stress as drawn
from ksolve.stress.making_up import Solver
from ksolve.stress.page import stress_html
from ksolve.stress.table import lines, stress_csv, stress_json
from ksolve.text import Lang, Text

MORE = Text(
    "職員の休み、部屋の故障、警報、講師の遅刻が `risks` の割合で起こる一年を、何度も試します。\n"
    "行えない回は、代わりの人・部屋、翌週の同じ曜日、ほかの日の順に、計画の規則のうちで直します。\n"
    "予定が規則を守っていなければ1で終わります。",
    "People away, rooms that fail, warnings and late lecturers are drawn from `risks` in the resources.\n"
    "What cannot be held is mended within the plan's rules: by somebody else or another room, a week later, "
    "on another date.\n"
    "Exits 1 on a schedule that breaks rules.",
)
_MOST_YEARS = 10_000
_NAMES = ("stress.html", "stress.csv", "stress.json")


def stress(  # noqa: PLR0913 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument,
    years: Annotated[
        int, option(Text("試す年の数", "how many years are drawn"), "--years", min=1, max=_MOST_YEARS)
    ] = 1000,
    seed: SeedOption = 0,
    scenario: ScenarioOption = None,
    out: Annotated[
        Path | None,
        option(
            Text("図・表・JSONを書き出すフォルダ", "folder for the page, the table and the JSON"),
            "-o",
            "--out",
            metavar="DIR",
        ),
    ] = None,
    solver: Annotated[
        int,
        option(
            Text(
                "ほかの回を動かせば行えるかを、いくつの回について調べるか",
                "for how many sessions to ask whether others could make room",
            ),
            "--solver",
            min=0,
            max=10_000,
        ),
    ] = 3,
    *,
    form: TextOrJsonOption = "text",
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Draw the years, mend what goes wrong in them, and say what is lost and what would help."""
    read = tuple(scenario or ())
    case = prepare(plan, read)
    base, findings = read_checked(case.problem, schedule)
    if findings:
        print_shortened(findings, lang, to=sys.stderr)
        say(_BROKEN.fill(found=len(findings)), lang, to=sys.stderr)
        leave(Exit.FINDINGS)
    if out:
        inputs = (*files_of(plan, case.plan), schedule, *read)
        refuse_unwritable([out / name for name in _NAMES], force=force, inputs=inputs)
    with stoppable(lang):
        found = drawn(case.plan, case.problem, base, years, seed, Solver(case.problem, base, solver))
    if form == "json":
        put(stress_json(found))
    else:
        for line in lines(found):
            say(line, lang)
    if out:
        _write(found, case.plan.title, out, lang, form)


def _write(found: Stress, title: str, out: Path, lang: Lang, form: str) -> None:
    """Write the page, the table and the JSON into a folder, and name them."""
    made = (stress_html(found, title, lang), stress_csv(found, lang), (stress_json(found) + "\n").encode())
    with locked(out):
        for name, data in zip(_NAMES, made, strict=True):
            write_whole(out / name, data, force=True)
            put(str(out / name), to=sys.stderr if form == "json" else sys.stdout)


_BROKEN = Text(
    "この予定は計画の規則を守っていません(違反{found}件)。先に直してください。",
    "This schedule breaks {found} rules of its plan: correct them first.",
)
