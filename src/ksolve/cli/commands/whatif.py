"""whatif: scenarios side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from ksolve.api import Prepared, load_scenarios, prepare
from ksolve.cli.clustered import Machines
from ksolve.cli.console import leave, print_findings, put, say, table
from ksolve.cli.folders.whatif_folder import FolderWhatif, whatif_folder
from ksolve.cli.machine import printed
from ksolve.cli.machine_solved import compared
from ksolve.cli.options import (
    ClusterOption,
    ForceOption,
    LangOption,
    LimitOption,
    PlanArgument,
    QuietOption,
    SecurityOption,
    SeedOption,
    TextOrJsonOption,
    VerboseOption,
    WorkersOption,
)
from ksolve.cli.parameters import argument, option
from ksolve.cli.progress import Loudness, telling
from ksolve.cli.run import no_answer
from ksolve.cli.scheduled import read_checked
from ksolve.cli.stopping import stoppable
from ksolve.cli.whatif_written import of_each, write_each
from ksolve.errors import Exit, PlanError
from ksolve.expand.scenarios import with_scenarios
from ksolve.explain import shortages
from ksolve.files import is_file, is_folder, refuse_unwritable, write_whole
from ksolve.findings import Finding, Severity
from ksolve.plan import files_of
from ksolve.plan.scenario import Scenario, combined
from ksolve.solver import Answer, Options, Tuning, Verdict
from ksolve.text import Lang, Text, plain
from ksolve.whatif import Outcome, run_matrix
from ksolve.whatif.table import outcome_rows, outcomes_csv

MORE = Text(
    "各シナリオの予定は、元の予定からの変更が最も少なくなるように作ります。計画のフォルダでは、"
    "シナリオが指すものを持つ計画だけを、ほかの計画の隣で作り直します(--base は予定のフォルダ)。",
    "Each is solved with the fewest changes. Of a folder of plans, those that have what a scenario names are "
    "solved anew beside the others (--base is the folder of their schedules).",
)


ScenariosArgument = Annotated[
    list[str],
    argument(
        Text(
            "シナリオのYAML。`a.yaml+b.yaml` は両方を重ねる",
            "scenarios; `a.yaml+b.yaml` lays both over the plan",
        ),
        metavar="SCENARIO...",
    ),
]
BaseOption = Annotated[
    Path | None,
    option(Text("元の予定(なければ先に作る)", "the base schedule; else the plan is solved first"), "--base"),
]
OutOption = Annotated[
    Path | None,
    option(
        Text(
            "CSVか、各シナリオの予定と変更の一覧も書くフォルダ",
            "a CSV; or a folder for the schedule of each scenario and its changes, too",
        ),
        "-o",
        "--out",
    ),
]


def whatif(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    scenarios: ScenariosArgument,
    base: BaseOption = None,
    out: OutOption = None,
    limit: LimitOption = 30.0,
    workers: WorkersOption = 2,
    seed: SeedOption = 0,
    cluster: ClusterOption = "",
    cluster_security: SecurityOption = None,
    *,
    form: TextOrJsonOption = "text",
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Solve each scenario with the fewest changes, and show all beside the base."""
    options = Options(limit, Tuning(workers=workers, seed=seed))
    machines, loudness = Machines(cluster, cluster_security), Loudness.of(quiet=quiet, verbose=verbose)
    named = [Path(name) for names in scenarios for name in (names, *names.split("+"))]
    loaded, faults = _combinations(scenarios)
    if is_folder(plan):
        of = FolderWhatif(plan, tuple(loaded), tuple(named), base, out, options, machines, loudness, form)
        leave(whatif_folder(of, faults, lang, force=force))
    case = prepare(plan)
    loaded = list(_usable(case, loaded, faults))
    if not loaded:
        raise PlanError(faults)
    if out:
        read = (*files_of(plan, case.plan), *named, *((base,) if base else ()))
        refuse_unwritable(_paths(out, loaded), force=force, inputs=read)
    answer = _given(case, base) if base else None
    outcomes: list[Outcome] = []
    with stoppable(lang, lambda: _write(outcomes, out, lang)):
        with telling(lang, limit, loudness) as teller, machines.used(teller.tell_parts):
            for outcome in run_matrix(case.plan, case.published, loaded, options, teller.begin, answer):
                outcomes.append(outcome)  # noqa: PERF402 - a second Ctrl-C keeps what is known so far
        written = _write(outcomes, out, lang)
        if form == "json":
            put(printed(compared(outcomes, faults, lang)))
        else:
            _show(outcomes, options, lang)
        if written:
            put(str(written), to=None if form == "text" else sys.stderr)
    print_findings(faults, lang, to=sys.stderr)
    if outcomes[0].answer.schedule is None:
        say(_NOT_TRIED, lang, to=sys.stderr)
        leave(no_answer(outcomes[0].answer))
    leave(Exit.USAGE if faults else Exit.OK)


def _combinations(named: Sequence[str]) -> tuple[list[Scenario], list[Finding]]:
    """Return the scenarios, those joined by + as one, and the faults of those that cannot be read."""
    loaded: list[Scenario] = []
    faults: list[Finding] = []
    for names in named:
        paths = [Path(names)] if is_file(Path(names)) else [Path(name) for name in names.split("+")]
        try:
            loaded.append(combined(load_scenarios(tuple(paths))))
        except PlanError as error:
            faults += error.findings
    return loaded, faults


def _usable(case: Prepared, loaded: Sequence[Scenario], faults: list[Finding]) -> Iterator[Scenario]:
    """Yield the scenarios that can be laid over a plan; what is wrong with the others goes to the faults."""
    for scenario in loaded:
        try:
            with_scenarios(case.plan, [scenario])
        except PlanError as error:
            faults += error.findings
        else:
            yield scenario


def _is_table(out: Path) -> bool:
    return out.suffix.lower() == ".csv"


def _paths(out: Path, scenarios: Sequence[Scenario]) -> list[Path]:
    """Return every file that is written."""
    if _is_table(out):
        return [out]
    return [out / "whatif.csv", *(file for one in scenarios for file in of_each(out / one.id))]


def _write(outcomes: list[Outcome], out: Path | None, lang: Lang) -> Path | None:
    """Write what is known where files are wanted, and return the path of the table."""
    if out is None or not outcomes:
        return None
    path = out if _is_table(out) else out / "whatif.csv"
    write_whole(path, outcomes_csv(outcomes, lang), force=True)
    if not _is_table(out):
        for outcome in outcomes:
            if outcome.scenario:
                write_each(outcome, out / outcome.scenario.id, lang)
    return path


def _given(case: Prepared, path: Path) -> Answer:
    """Return a schedule from a file as the base's answer; it must keep the plan's rules."""
    schedule, findings = read_checked(case.problem, path)
    if any(found.severity is Severity.ERROR for found in findings):
        raise PlanError(findings)
    return Answer(Verdict.FEASIBLE, schedule, (), 0.0, interrupted=False)


def _show(outcomes: list[Outcome], options: Options, lang: Lang) -> None:
    """Print the table, and below it the reasons of what is infeasible."""
    put(table(list(outcome_rows(outcomes, lang)), right=frozenset(range(2, 10))))
    for outcome in outcomes:
        if outcome.answer.verdict is Verdict.INFEASIBLE:
            found = shortages(outcome.problem, options)
            title = plain(outcome.scenario.title) if outcome.scenario else _ITSELF
            say(_WHY.fill(title=title), lang)
            print_findings(found, lang)


_ITSELF = Text("元の計画", "the plan itself")
_NOT_TRIED = Text(
    "元の計画の予定ができなかったので、シナリオとは比べていません。"
    "一つのシナリオを試すには: ksolve solve 計画 -s シナリオ",
    "The plan itself has no schedule, so no scenario was compared with it. "
    "To try one: ksolve solve PLAN -s SCENARIO",
)
_WHY = Text(
    "{title}: 成り立ちません。できるだけ多くの回を入れても、次が足りません。",
    "{title}: infeasible. With as many sessions as possible dated, this remains:",
)
