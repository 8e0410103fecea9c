"""whatif, draft, demo."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
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
    SeedOption,
    WorkersOption,
    leave,
    print_findings,
    put,
    say,
    table,
)
from ksolve.cli.scheduled import read_checked
from ksolve.cli.solving import no_answer
from ksolve.errors import Exit
from ksolve.findings import Finding, Severity
from ksolve.text import Lang, Text, plain

if TYPE_CHECKING:
    from ksolve.api import Case
    from ksolve.plan.scenario import Scenario
    from ksolve.problem.schedule import Schedule
    from ksolve.solver import Answer, Options
    from ksolve.whatif import Outcome


@app.command()
def whatif(  # noqa: PLR0913 - one parameter for each option
    plan: PlanArgument,
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...", help="シナリオのYAML。a.yaml+b.yaml は両方を重ねる / scenarios"
        ),
    ],
    base: Annotated[
        Path | None,
        typer.Option("--base", help="元の予定のCSV(なければ解く) / base schedule, else solved first"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="CSVか、各シナリオの予定と変更の一覧も書くフォルダ / a CSV, or a folder for all",
        ),
    ] = None,
    limit: LimitOption = 30.0,
    workers: WorkersOption = 2,
    seed: SeedOption = 0,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """シナリオごとの結果を元の計画と並べて示します / Show scenarios side by side with the base.

    各シナリオは元の予定からの変更が最も少なくなるように解きます。/ Each is solved with the fewest changes.
    """
    from ksolve.api import prepare
    from ksolve.cli.progress import progress_printer
    from ksolve.cli.stopping import stoppable
    from ksolve.errors import PlanError
    from ksolve.files import refuse_unwritable
    from ksolve.plan import files_of
    from ksolve.solver import Options, Tuning
    from ksolve.whatif import run_matrix

    case = prepare(plan)
    loaded, faults = _combinations(case, scenarios)
    if not loaded:
        raise PlanError(faults)
    if out:
        named = [Path(name) for names in scenarios for name in (names, *names.split("+"))]
        read = (*files_of(plan, case.plan), *named, *((base,) if base else ()))
        refuse_unwritable(_paths(out, loaded), force=force, inputs=read)
    options = Options(limit, Tuning(workers=workers, seed=seed))
    answer = _given(case, base) if base else None
    printers = partial(progress_printer, lang)
    outcomes: list[Outcome] = []
    with stoppable(lang, lambda: _write(outcomes, out, lang)):
        for outcome in run_matrix(case.plan, case.published, loaded, options, printers, answer):
            outcomes.append(outcome)  # noqa: PERF402 - a second Ctrl-C keeps what is known so far
        _show(outcomes, options, lang)
        written = _write(outcomes, out, lang)
        if written:
            put(str(written))
    print_findings(faults, lang, to=sys.stderr)
    if outcomes[0].answer.schedule is None:
        say(_NOT_TRIED, lang, to=sys.stderr)
        leave(no_answer(outcomes[0].answer))
    leave(Exit.USAGE if faults else Exit.OK)


def _combinations(case: Case, named: Sequence[str]) -> tuple[list[Scenario], list[Finding]]:
    """Return the scenarios, those joined by + as one, and the faults of those that cannot be used."""
    from ksolve.api import load_scenarios
    from ksolve.errors import PlanError
    from ksolve.expand.scenarios import with_scenarios
    from ksolve.files import is_file
    from ksolve.plan.scenario import combined

    loaded: list[Scenario] = []
    faults: list[Finding] = []
    for names in named:
        paths = [Path(names)] if is_file(Path(names)) else [Path(name) for name in names.split("+")]
        try:
            scenario = combined(load_scenarios(tuple(paths)))
            with_scenarios(case.plan, [scenario])
        except PlanError as error:
            faults += error.findings
        else:
            loaded.append(scenario)
    return loaded, faults


def _is_table(out: Path) -> bool:
    return out.suffix.lower() == ".csv"


def _paths(out: Path, scenarios: Sequence[Scenario]) -> list[Path]:
    """Return every file that is written."""
    if _is_table(out):
        return [out]
    folders = [out / scenario.id for scenario in scenarios]
    return [out / "whatif.csv", *(folder / name for folder in folders for name in _OF_EACH)]


_OF_EACH = ("schedule.csv", "changes.csv", "changes.xlsx", "changes.html")


def _write(outcomes: list[Outcome], out: Path | None, lang: Lang) -> Path | None:
    """Write what is known where files are wanted, and return the path of the table."""
    from ksolve.files import write_whole
    from ksolve.whatif.table import outcomes_csv

    if out is None or not outcomes:
        return None
    path = out if _is_table(out) else out / "whatif.csv"
    write_whole(path, outcomes_csv(outcomes, lang), force=True)
    if not _is_table(out):
        for outcome in outcomes:
            _write_each(outcome, out, lang)
    return path


def _write_each(outcome: Outcome, out: Path, lang: Lang) -> None:
    """Write the schedule of a scenario and how it differs from the base."""
    from ksolve.cli.revision_written import changed_of
    from ksolve.files import write_whole
    from ksolve.report.changed.book import changes_xlsx
    from ksolve.report.changed.page import changes_html
    from ksolve.report.changed.table import changes_csv
    from ksolve.schedules.tidy import schedule_csv

    schedule, revision = outcome.answer.schedule, outcome.revision
    if schedule is None or revision is None or outcome.scenario is None:
        return
    changed = changed_of(outcome.scenario.title, revision)
    made = (
        schedule_csv(schedule, revision.problem),
        changes_csv(changed, lang),
        changes_xlsx(changed, lang),
        changes_html(changed, lang),
    )
    for name, data in zip(_OF_EACH, made, strict=True):
        write_whole(out / outcome.scenario.id / name, data, force=True)


def _given(case: Case, path: Path) -> Answer:
    """Return a schedule from a file as the base's answer; it must keep the plan's rules."""
    from ksolve.errors import PlanError
    from ksolve.solver import Answer, Verdict

    schedule, findings = read_checked(case.problem, path)
    if any(found.severity is Severity.ERROR for found in findings):
        raise PlanError(findings)
    return Answer(Verdict.FEASIBLE, schedule, (), 0.0, interrupted=False)


def _show(outcomes: list[Outcome], options: Options, lang: Lang) -> None:
    """Print the table, and below it the reasons of what is infeasible."""
    from ksolve.explain import shortages
    from ksolve.solver import Verdict
    from ksolve.whatif.table import outcome_rows

    put(table(list(outcome_rows(outcomes, lang)), right=frozenset(range(2, 10))))
    for outcome in outcomes:
        if outcome.answer.verdict is Verdict.INFEASIBLE:
            found = shortages(outcome.problem, options)
            title = plain(outcome.scenario.title) if outcome.scenario else _ITSELF
            say(_WHY.fill(title=title), lang)
            print_findings(found, lang)


@app.command()
def draft(
    plan: PlanArgument,
    year: Annotated[str, typer.Option("--year", help="次の年度 / the year to plan, 令和7年度")],
    out: Annotated[Path, typer.Option("-o", "--out", help="書き出すYAML / the YAML to write")],
    habits: Annotated[
        Path | None, typer.Option("--habits", help="習慣を読む予定のCSV / schedule whose habits are kept")
    ] = None,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """次の年度の計画を作ります / Write next year's plan.

    事業と期間は同じ、暦は新しく、習慣は前年度の予定から。/ Same programmes, new calendar, old habits.
    """
    from ksolve.api import prepare
    from ksolve.calendar import parse_fiscal_year
    from ksolve.files import refuse_unwritable, write_whole
    from ksolve.plan import files_of
    from ksolve.plan.draft import draft as make_draft
    from ksolve.plan.draft import habits_of

    try:
        target = parse_fiscal_year(year)
    except ValueError:
        say(_YEAR.fill(year=year), lang, to=sys.stderr)
        leave(Exit.USAGE)
        return
    case = prepare(plan)
    if target.start <= case.plan.year.start:
        say(_NOT_LATER.fill(year=target, own=case.plan.year), lang, to=sys.stderr)
        leave(Exit.USAGE)
    read = (*files_of(plan, case.plan), *((habits,) if habits else ()))
    refuse_unwritable([out], force=force, inputs=read)
    found = habits_of(case.plan, _readable(case, habits)) if habits else ()
    made = make_draft(plan, case.plan, target, out, found, case.published)
    write_whole(out, made.text.encode("utf-8"), force=force)
    print_findings(made.findings, lang)
    say(_DRAFTED.fill(out=out, year=target, habits=len(found)), lang)


def _readable(case: Case, path: Path) -> Schedule:
    """Return a schedule whose rows make sense; raises PlanError where one does not.

    Rules of the plan that it breaks do not matter here: habits are what was done.
    """
    from ksolve.errors import PlanError

    schedule, findings = read_checked(case.problem, path)
    own = [found for found in findings if found.place and found.place.file == str(path)]
    if any(found.severity is Severity.ERROR for found in own):
        raise PlanError(own)
    return schedule


@app.command()
def demo(
    out: OutOption = Path("out"),
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """小金井市の計画で全部の工程を通しで行います / Run the whole path on the Koganei plan."""
    from ksolve.cli.demo import run_demo

    run_demo(out, lang, force=force)


_ITSELF = Text("元の計画", "the plan itself")
_NOT_TRIED = Text(
    "元の計画に予定がないので、シナリオとは比べていません。"
    "一つのシナリオを試すには: ksolve solve 計画 -s シナリオ",
    "The plan itself has no schedule, so no scenario was compared with it. "
    "To try one: ksolve solve PLAN -s SCENARIO",
)
_WHY = Text(
    "{title}: 実行不可能です。できるだけ多くの回を置いたときに残るものは次のとおりです。",
    "{title}: infeasible. With as many sessions as possible dated, this remains:",
)
_YEAR = Text(
    "年度「{year}」は 令和7年度 または 2025年度 と書いてください(1949年度から2150年度まで)",
    "write the year {year} as 令和7年度 or 2025年度 (from 1949 to 2150)",
)
_NOT_LATER = Text(
    "{year}は計画の年度({own})より後ではありません。次の年度を --year に書いてください",
    "{year} is not after the plan's own year ({own}); give the next one as --year",
)
_DRAFTED = Text("{out}: {year}の案を書きました (習慣{habits}件)", "{out}: draft for {year} ({habits} habits)")
