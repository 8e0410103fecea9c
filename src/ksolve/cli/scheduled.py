"""A schedule's file, read and held against its plan: what several commands begin with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from ksolve.checker import check
from ksolve.cli.completing import sessions
from ksolve.cli.console import leave, say
from ksolve.cli.parameters import option
from ksolve.cli.shortened import print_shortened
from ksolve.errors import Exit, PlanError, fault
from ksolve.findings import Finding, Place, Severity
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.report.two_years import Year
from ksolve.schedules import read_schedule
from ksolve.schedules.planless import problem_of, read_alone
from ksolve.text import Lang, Text

SessionOption = Annotated[
    str,
    option(
        Text(
            "回: `専門相談#3`、`専門相談 第3回`、`専門相談@6/5`。名前か識別名で",
            "the session, by name or id: `専門相談#3`, `専門相談@6/5`",
        ),
        "--session",
        metavar="SESSION",
        autocompletion=sessions,
    ),
]


def read_checked(
    problem: Problem, path: Path, columns: Sequence[str] = (), sheet: str = ""
) -> tuple[Schedule, tuple[Finding, ...]]:
    """Read a schedule, and hold it against every hard rule of its plan."""
    schedule = read_schedule(path, problem, columns, sheet)
    return schedule, check(problem, schedule, str(path))


def year_before(path: Path, problem: Problem) -> Year:
    """Read what was held in the year before a problem's. Raises PlanError for a schedule of another year."""
    own = problem_of(path).year
    if own.next != problem.year:
        said = _OTHER_YEAR.fill(found=own, wanted=problem.year)
        raise PlanError([fault("not-last-year", said, Place(str(path)))])
    return Year(*read_alone(path, problem))


def leave_checked(dated: Schedule, findings: tuple[Finding, ...], lang: Lang) -> None:
    """Say on stderr what was filled in and what a schedule breaks, and end with 1 if it does."""
    for note in dated.notes:
        say(note, lang, to=sys.stderr)
    print_shortened(findings, lang, to=sys.stderr)
    errors = sum(found.severity is Severity.ERROR for found in findings)
    if errors:
        say(_NOT_TO_BE_PUBLISHED.fill(found=errors), lang, to=sys.stderr)
    leave(Exit.FINDINGS if findings else Exit.OK)


def tell_broken(findings: tuple[Finding, ...], lang: Lang) -> None:
    """Say on stderr what a schedule breaks that is asked about."""
    print_shortened(findings, lang, to=sys.stderr)
    say(_BROKEN.fill(found=len(findings)), lang, to=sys.stderr)


_NOT_TO_BE_PUBLISHED = Text(
    "この予定は計画の規則を守っていません(違反{found}件)。直すまで公表・配布しないでください。",
    "This schedule does not keep the rules of its plan ({found} breaches): do not publish it as it is.",
)
_BROKEN = Text(
    "この予定は計画の規則を守っていません(違反{found}件)。先に直してください。動かす回の数や減点は、"
    "守られた予定からでなければ意味がありません。",
    "This schedule breaks {found} rules of its plan: correct them first. Moves and costs only have a"
    " meaning from a schedule that holds.",
)
_OTHER_YEAR = Text(
    "{found}の予定です。前年度の予定({wanted}の前の年度)を指定してください",
    "this is a schedule of {found}; wanted is that of the year before {wanted}",
)
