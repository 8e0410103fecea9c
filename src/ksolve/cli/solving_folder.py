"""solve of a folder: each plan in it with a schedule of its own, searched side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from ksolve.api import Prepared, prepare
from ksolve.cli.clustered import Machines
from ksolve.cli.console import print_findings, put, say, table
from ksolve.cli.pools import shared_pools, sharing_notes
from ksolve.cli.progress import Loudness, telling
from ksolve.cli.run import Run, no_answer, write_run
from ksolve.cli.stopping import PARTIAL, Saver, stoppable
from ksolve.errors import Exit, PlanError, fault
from ksolve.explain import with_shortages
from ksolve.explain.decided import decided
from ksolve.files import locked, refuse_unwritable
from ksolve.findings import Place
from ksolve.plan import files_of
from ksolve.problem import Tier
from ksolve.record.beside import NAME
from ksolve.record.manifest import Course
from ksolve.solver import Answer, Options, Verdict
from ksolve.solver.search.engine import PartsSoFar
from ksolve.text import Lang, Text
from ksolve.verified import solve_apart

_WORST = (Exit.USAGE, Exit.INFEASIBLE, Exit.INTERRUPTED, Exit.UNKNOWN, Exit.FINDINGS, Exit.OK)
"""The exit statuses of plans, the one first that a folder ends with where any plan has it."""


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


@dataclass(frozen=True)
class _Plan:
    path: Path
    case: Prepared
    out: Path


def solve_folder(request: FolderRequest, lang: Lang, *, force: bool) -> Exit:
    """Date all plans of a folder, write the files of each, and say how good each is.

    A plan that is faulty is told of, and the others are searched. Raises PlanError where the folder has
    no plan, two would be written to one place, or a file is in the way.
    """
    course = Course()
    plans, faulty = _loaded(request, lang)
    cases = {plan.path: plan.case for plan in plans}
    shared = shared_pools(cases)
    print_findings(tuple(sharing_notes(cases, shared)), lang, to=sys.stderr)
    course.end("load")
    outputs = [plan.out / name for plan in plans for name in (*request.reports, NAME, PARTIAL)]
    inputs = [file for plan in plans for file in files_of(plan.path, plan.case.plan)]
    refuse_unwritable(outputs, force=force, inputs=(*inputs, *request.scenarios))
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
            found = solve_apart(problems, request.options, shared) if open_ else ()
    course.end("search")
    answers = dict(zip(open_, found, strict=True))
    states = [Exit.USAGE] if faulty else []
    rows: list[Sequence[str]] = []
    for number, plan in enumerate(plans):
        answer = answers.get(number) or Answer(Verdict.INFEASIBLE, None, (), 0.0, interrupted=False)
        states.append(_written(plan, answer, request, course, lang))
        if answer.schedule is not None:
            savers[number].remove()
        rows.append(_row(plan, answer, lang))
        if shared and answer.verdict is Verdict.UNKNOWN and not answer.interrupted:
            say(_NO_PLACE.fill(plan=plan.path.name, pools="、".join(sorted(shared))), lang, to=sys.stderr)
    put(table([[head(lang) for head in _HEADS], *rows]))
    return next(status for status in _WORST if status in states)


def _loaded(request: FolderRequest, lang: Lang) -> tuple[list[_Plan], bool]:
    """Return the plans that can be used, and whether there are others, which are told of."""
    plans: list[_Plan] = []
    faulty = False
    for path in _plans_in(request.folder):
        try:
            case = prepare(path, request.scenarios)
        except PlanError as error:
            print_findings(error.findings, lang, to=sys.stderr)
            faulty = True
            continue
        if request.partial:
            case = replace(case, problem=with_shortages(case.problem))
        plans.append(_Plan(path, case, request.out / path.stem))
    if not plans:
        if faulty:
            raise PlanError([fault("no-plan", _ALL_FAULTY, Place(str(request.folder)))])
        raise PlanError([fault("no-plan", _NO_PLAN, Place(str(request.folder)), _NAMED)])
    twice = sorted({plan.out.name for plan in plans if [p.out for p in plans].count(plan.out) > 1})
    if twice:
        text = _TWICE.fill(name=twice[0])
        raise PlanError([fault("same-name", text, Place(str(request.folder)))])
    return plans, faulty


def _plans_in(folder: Path) -> Iterator[Path]:
    """Yield the YAML files of a folder that have programmes: resources and scenarios have none."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yaml", ".yml") and path.is_file() and _has_programmes(path):
            yield path


def _has_programmes(path: Path) -> bool:
    """Whether a file is a plan; one that is no YAML may be, and loading it says what is wrong."""
    try:
        keys = {str(event.value) for event in _top_keys(path)}
    except (yaml.YAMLError, UnicodeDecodeError):
        return True
    return "programmes" in keys


def _top_keys(path: Path) -> list[yaml.ScalarNode]:
    node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.CSafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return [key for key, _ in pairs if isinstance(key, yaml.ScalarNode)]


def _written(plan: _Plan, answer: Answer, request: FolderRequest, course: Course, lang: Lang) -> Exit:
    """Write the files of a plan that has a schedule, and return the exit status it would end with."""
    if answer.schedule is None:
        return no_answer(answer)
    run = Run(plan.path, request.scenarios, request.options, course, reports=request.reports)
    with locked(plan.out):
        write_run(plan.case, answer, run, plan.out, lang)
    short = any(tier.tier is Tier.SHORTAGE and tier.value for tier in answer.tiers)
    return Exit.FINDINGS if short else Exit.OK


def _row(plan: _Plan, answer: Answer, lang: Lang) -> Sequence[str]:
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
_NO_PLACE = Text(
    "{plan}: 共用の {pools} に、ほかの計画と重ならない空きが見つかりませんでした"
    "(空きがないと証明されたわけではありません)。--limit を延ばすか、共用のものを増やしてください",
    "{plan}: no place was found in the shared {pools} beside the other plans (it is not proven that there is"
    " none): raise --limit, or share more of them",
)
_ALL_FAULTY = Text(
    "このフォルダには使える計画がありません", "there is no plan in this folder that can be used"
)
_NO_PLAN = Text(
    "このフォルダには計画(programmes のあるYAML)がありません",
    "there is no plan in this folder: no YAML with programmes",
)
_NAMED = Text(
    "計画のファイルか、計画のあるフォルダを指定してください", "name a plan's file, or a folder of plans"
)
_TWICE = Text(
    "{name} という名前の計画が二つあり、書き出すフォルダが重なります",
    "two plans are called {name}, and would be written to one folder",
)
