"""whatif of a folder: each scenario for the plans that it is about, beside the others as they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ksolve.cli.clustered import Machines
from ksolve.cli.console import print_findings, put, table
from ksolve.cli.folders.folder import Folder, FolderPlan, overlaid, read_folder, worst
from ksolve.cli.folders.folder_beside import Standing, as_unknown, is_in_the_way
from ksolve.cli.folders.revising_in_turn import Done, InTurn
from ksolve.cli.machine import OfFolder, PlanOut, findings_out, printed, unusable
from ksolve.cli.machine_solved import compared
from ksolve.cli.progress import Loudness, Teller, telling
from ksolve.cli.run import no_answer
from ksolve.cli.stopping import stoppable
from ksolve.cli.whatif_written import of_each, write_each
from ksolve.errors import Exit, PlanError, fault
from ksolve.files import is_folder, refuse_unwritable, write_whole
from ksolve.files.separated import csv_bytes
from ksolve.findings import Finding, Place, Severity
from ksolve.plan.scenario import Scenario
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.revise import Revision, revise
from ksolve.revise.keeping import Asked
from ksolve.solver import Answer, Options, Verdict, Watch
from ksolve.text import Lang, Text
from ksolve.verified import solve_apart
from ksolve.whatif import Outcome
from ksolve.whatif.matrix import of_base, of_revision
from ksolve.whatif.table import outcome_rows


@dataclass(frozen=True)
class FolderWhatif:
    """What is asked: scenarios for a folder of plans, how long each search may take, and where."""

    path: Path
    scenarios: tuple[Scenario, ...]
    named: tuple[Path, ...]
    base: Path | None
    out: Path | None
    options: Options
    machines: Machines
    loudness: Loudness
    form: str = "text"


Changed = Sequence[tuple[Scenario, Sequence[FolderPlan]]]
"""Scenarios, each with the plans as it makes them."""


@dataclass(frozen=True)
class _Found:
    """What became of a plan under one scenario, or of its base."""

    plan: FolderPlan
    outcome: Outcome


def whatif_folder(asked: FolderWhatif, faults: Sequence[Finding], lang: Lang, *, force: bool) -> Exit:
    """Compare scenarios with the schedules of a folder of plans; return the exit status.

    `faults` are those of scenarios that could not be read. Raises PlanError where no scenario is about any
    plan, a schedule cannot be read, or a file is in the way.
    """
    folder = read_folder(asked.path)
    print_findings(folder.findings, lang, to=sys.stderr)
    faults = list(faults)
    changed = list(_overlaid(asked, folder, faults))
    if not changed:
        raise PlanError(faults)
    if asked.out:
        refuse_unwritable(_paths(asked.out, changed), force=force, inputs=(*folder.files, *asked.named))
    found: list[_Found] = []
    across: list[Finding] = []
    with (
        stoppable(lang, lambda: _write(found, asked.out, lang)),
        telling(lang, asked.options.limit_s, asked.loudness) as teller,
        asked.machines.used(teller.tell_parts),
    ):
        for one in _outcomes(asked, folder, changed, teller, across):
            found.append(one)  # noqa: PERF402 - a second Ctrl-C keeps what is known so far
    written = _write(found, asked.out, lang)
    states = [no_answer(one.outcome.answer) for one in found if _has_no_base(one)]
    states += [Exit.FINDINGS for _ in across]
    status = worst([*([Exit.USAGE] if faults or folder.faulty else []), *states, Exit.OK])
    if asked.form == "json":
        put(printed(_answer(folder, found, [*across, *faults], status, lang)))
    else:
        put(table(list(_rows(found, lang)), right=frozenset(range(3, 11))))
        print_findings(across, lang)
    if written:
        put(str(written), to=None if asked.form == "text" else sys.stderr)
    print_findings(faults, lang, to=sys.stderr)
    return status


def _has_no_base(one: _Found) -> bool:
    return one.outcome.scenario is None and one.outcome.answer.schedule is None


def _overlaid(
    asked: FolderWhatif, folder: Folder, faults: list[Finding]
) -> Iterator[tuple[Scenario, Sequence[FolderPlan]]]:
    """Yield each scenario with the plans as it makes them; what is about none goes to the faults."""
    for scenario in asked.scenarios:
        try:
            yield scenario, overlaid(folder.plans, scenario, Path(scenario.id))
        except PlanError as error:
            faults += error.findings


def _outcomes(
    asked: FolderWhatif,
    folder: Folder,
    changed: Changed,
    teller: Teller,
    across: list[Finding],
) -> Iterator[_Found]:
    """Yield the base of each plan, then for each scenario the plans that it is about.

    What schedules of several plans break together under a scenario goes to `across`.
    """
    bases = _bases(asked, folder)
    for plan, answer in zip(folder.plans, bases, strict=True):
        yield _Found(plan, of_base(plan.case.plan, plan.case.published, answer))
    held = {p.name: one.schedule for p, one in zip(folder.plans, bases, strict=True) if one.schedule}
    for scenario, plans in changed:
        trials = {p.name: _Trial(p.case.problem, held[p.name]) for p in plans if p.about and p.name in held}
        standing = Standing(replace(folder, plans=tuple(plans)), dict(held))

        def watching(name: str, title: str = scenario.title) -> Watch:
            return teller.begin(f"{name}: {title}")

        each = replace(asked.options, limit_s=asked.options.limit_s * max(1, len(trials)))
        done = InTurn(trials, standing, each, watching).carry_out()
        across += standing.across(asked.out / scenario.id if asked.out else Path(scenario.id))
        yield from (_found(plan, scenario, done[plan.name]) for plan in plans if plan.name in done)


@dataclass(frozen=True)
class _Trial:
    """A plan as a scenario makes it, and the schedule that is kept as far as can be."""

    problem: Problem
    base: Schedule
    asked: Asked = field(default_factory=Asked)

    def revised(self, problem: Problem, options: Options, watch: Watch) -> Revision:
        """See `Work`."""
        return revise(problem, self.base, options=options, watch=watch)

    def is_done(self, revision: Revision) -> bool:
        """See `Work`."""
        return revision.answer.schedule is not None


def _found(plan: FolderPlan, scenario: Scenario, done: Done) -> _Found:
    """Return what became of a plan beside the others; that there is no way beside them proves nothing."""
    revision = done.revision
    if is_in_the_way(plan.case.problem, done.problem):
        revision = replace(revision, answer=as_unknown(revision.answer))
    return _Found(plan, of_revision(scenario, plan.case.plan, plan.case.published, revision))


def _bases(asked: FolderWhatif, folder: Folder) -> tuple[Answer, ...]:
    """Return the schedules that scenarios are compared with: those of a folder, else made first."""
    if asked.base is None:
        return solve_apart([plan.case.problem for plan in folder.plans], asked.options, folder.shared)
    if not is_folder(asked.base):
        raise PlanError([fault("no-folder", _NO_FOLDER, Place(str(asked.base)))])
    standing = Standing.read(folder, asked.base)
    broken = [one for found in standing.breaches(asked.base).values() for one in found]
    if any(one.severity is Severity.ERROR for one in broken):
        raise PlanError(broken)
    schedules = (standing.schedules[plan.name] for plan in folder.plans)
    return tuple(Answer(Verdict.FEASIBLE, one, (), 0.0, interrupted=False) for one in schedules)


def _rows(found: Sequence[_Found], lang: Lang) -> Iterator[tuple[str, ...]]:
    """Yield a header, then a row for each plan and scenario, the plan first."""
    head, *rows = outcome_rows([one.outcome for one in found], lang)
    yield _PLAN(lang), *head
    for one, row in zip(found, rows, strict=True):
        yield one.plan.path.name, *row


def _answer(
    folder: Folder, found: Sequence[_Found], faults: Sequence[Finding], status: Exit, lang: Lang
) -> OfFolder:
    """Return what became of each plan for programs: its base, and the scenarios that are about it."""
    plans = []
    for plan in folder.plans:
        mine = [one.outcome for one in found if one.plan.name == plan.name]
        state = Exit.OK if mine[0].answer.schedule else no_answer(mine[0].answer)
        answer = compared(mine, (), lang)
        plans.append(PlanOut(plan=str(plan.path), schedule=None, status=int(state), answer=answer))
    findings = findings_out((*folder.findings, *faults), lang)
    return OfFolder(status=int(status), findings=findings, plans=[*unusable(folder.faulty), *plans])


def _is_table(out: Path) -> bool:
    return out.suffix.lower() == ".csv"


def _paths(out: Path, changed: Changed) -> list[Path]:
    """Return every file that is written."""
    if _is_table(out):
        return [out]
    pairs = [(scenario, plan) for scenario, plans in changed for plan in plans if plan.about]
    return [out / "whatif.csv", *(one for s, plan in pairs for one in of_each(out / s.id / plan.name))]


def _write(found: Sequence[_Found], out: Path | None, lang: Lang) -> Path | None:
    """Write what is known where files are wanted, and return the path of the table."""
    if out is None or not found:
        return None
    path = out if _is_table(out) else out / "whatif.csv"
    write_whole(path, csv_bytes(_rows(found, lang)), force=True)
    for one in found if not _is_table(out) else ():
        if one.outcome.scenario:
            write_each(one.outcome, out / one.outcome.scenario.id / one.plan.name, lang)
    return path


_PLAN = Text("計画", "plan")
_NO_FOLDER = Text(
    "計画のフォルダの元の予定は、予定のフォルダ(solve の -o)で指定してください",
    "the base of a folder of plans is the folder of their schedules (the -o of solve)",
)
