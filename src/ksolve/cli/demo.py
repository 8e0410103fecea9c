"""The demo: every step of the path on the Koganei plan, in one go."""

from __future__ import annotations

import time
from pathlib import Path

from ksolve.api import Prepared, load_scenarios, prepare
from ksolve.calendar import FiscalYear
from ksolve.checker import check
from ksolve.cli.console import leave, print_findings, put, say, table
from ksolve.cli.progress import Loudness, Teller, telling
from ksolve.cli.run import Run, no_answer, regular_in_time, write_run
from ksolve.cli.stopping import stoppable
from ksolve.errors import PlanError, fault
from ksolve.explain import shortages
from ksolve.files import locked, refuse_unwritable, write_whole
from ksolve.findings import Place
from ksolve.fit import fit
from ksolve.next_year import Basis, habits_of, next_plan
from ksolve.problem.schedule import Schedule
from ksolve.record.beside import NAME
from ksolve.record.manifest import Course
from ksolve.report.fit_table import fit_csv
from ksolve.report.writing import WRITERS
from ksolve.solver import Answer, Options, Verdict
from ksolve.text import Lang, Text
from ksolve.verified import solve
from ksolve.whatif import Outcome, run_matrix
from ksolve.whatif.table import outcome_rows, outcomes_csv

PLAN = Path("models/koganei/r6.yaml")
SCENARIOS = ("room-closed-august", "psychologist-absent", "hiroba-260")
LIMIT_S = 30.0
_OF_SCENARIO = 1 / 3
"""A scenario starts from the plan's schedule, so it has a part of the plan's time."""
_FIT, _WHATIF, _DRAFT = "fit.csv", "whatif.csv", "r7.yaml"


def run_demo(out: Path, limit: float, lang: Lang, loudness: Loudness, *, force: bool) -> None:
    """Read, solve, check, fit, report, ask what-if and draft next year; say what was made and where.

    A Ctrl-C ends it after the step that it struck, with what that step has found.
    Raises PlanError when the models are not at hand or files would be overwritten.
    """
    began = time.monotonic()
    root = _root()
    refuse_unwritable([out / name for name in (*WRITERS, NAME, _FIT, _WHATIF, _DRAFT)], force=force)
    with stoppable(lang) as stop, locked(out):
        run = Run(root / PLAN, (), Options(limit), Course())
        case = _read(root, lang)
        run.course.end("load")
        with telling(lang, limit, loudness, case) as teller:
            answer = solve(case.problem, run.options, teller.begin())
        run.course.end("search")
        answer = regular_in_time(case.problem, answer, run.options, run.course)
        _tell(answer, lang)
        if answer.schedule is None:
            leave(no_answer(answer))
            return
        made = [*_first_steps(case, answer, run, out, lang)]
        if not stop.asked:
            options = Options(limit * _OF_SCENARIO)
            with telling(lang, options.limit_s, loudness) as teller:
                outcomes = _what_if(case, answer, root, options, teller)
            made += _compared(outcomes, options, out, lang)
        if not stop.asked:
            made += _next_year(case, answer.schedule, root, out, lang)
        values = {"seconds": f"{time.monotonic() - began:.0f}", "out": out}
        say((_STOPPED if stop.asked else _DONE).fill(**values), lang)
        for name, what in _MADE.items():
            if name in made:
                put(f"  {out / name}: {what(lang)}")


def _root() -> Path:
    """Return where the models stand: the working directory, the clone, or the installed package."""
    for folder in (Path(), Path(__file__).parents[3], Path(__file__).parents[1] / "shipped"):
        if (folder / PLAN).exists():
            return folder
    raise PlanError([fault("no-models", _NO_MODELS, Place(str(PLAN)))])


def _read(root: Path, lang: Lang) -> Prepared:
    case = prepare(root / PLAN)
    rows = case.published.rows if case.published else ()
    stated = sum(row.count.low for row in rows if row.counted_from == "frequency")
    findings = len(case.published.findings) if case.published else 0
    say(_READ.fill(rows=len(rows), stated=stated, findings=findings), lang)
    return case


def _tell(answer: Answer, lang: Lang) -> None:
    values = {"verdict": answer.full_text, "seconds": f"{answer.seconds:.1f}"}
    if answer.schedule is None:
        say(_UNSOLVED.fill(**values), lang)
    else:
        say(_SOLVED.fill(sessions=len(answer.schedule.sessions), **values), lang)
    for tier in answer.tiers:
        if not tier.proven:
            say(_GAP.fill(name=tier.tier.text, value=tier.value, bound=tier.bound), lang)


def _check(case: Prepared, schedule: Schedule, lang: Lang) -> None:
    findings = check(case.problem, schedule)
    rules = sum(posted.tier is None for posted in case.problem.rules)
    say(_CHECKED.fill(rules=rules, found=len(findings)), lang)


def _first_steps(case: Prepared, answer: Answer, run: Run, out: Path, lang: Lang) -> list[str]:
    """Check the schedule, write the reports and the fit, and return the names of the files."""
    schedule = answer.schedule or Schedule(())
    _check(case, schedule, lang)
    write_run(case, answer, run, out, lang)
    if case.published is None:
        return [*_drawn(out), NAME]
    report = fit(case.published, case.plan, case.problem, schedule)
    write_whole(out / _FIT, fit_csv(report, lang), force=True)
    figure = f"{report.figure:.1%}"
    say(_FITTED.fill(figure=figure, sessions=report.sessions, marks=report.marks), lang)
    return [*_drawn(out), NAME, _FIT]


def _drawn(out: Path) -> list[str]:
    """Return the reports that the plan has anything for."""
    return [name for name in WRITERS if (out / name).exists()]


def _what_if(case: Prepared, answer: Answer, root: Path, options: Options, teller: Teller) -> list[Outcome]:
    scenarios = load_scenarios(tuple(root / "scenarios" / f"{name}.yaml" for name in SCENARIOS))
    return list(run_matrix(case.plan, case.published, scenarios, options, teller.begin, answer))


def _compared(outcomes: list[Outcome], options: Options, out: Path, lang: Lang) -> list[str]:
    """Show the scenarios side by side, write them, and return the name of the file."""
    say(_ASKED.fill(count=len(SCENARIOS)), lang)
    put(table(list(outcome_rows(outcomes, lang)), right=frozenset(range(2, 10))))
    for outcome in outcomes:
        _reasons(outcome, options, lang)
    write_whole(out / _WHATIF, outcomes_csv(outcomes, lang), force=True)
    return [_WHATIF]


def _reasons(outcome: Outcome, options: Options, lang: Lang) -> None:
    if outcome.answer.verdict is Verdict.INFEASIBLE and outcome.scenario:
        found = shortages(outcome.problem, options)
        say(_WHY_NOT.fill(title=outcome.scenario.title), lang)
        print_findings(found, lang)


def _next_year(case: Prepared, schedule: Schedule, root: Path, out: Path, lang: Lang) -> list[str]:
    target: FiscalYear = case.plan.year.next
    habits, without = habits_of(case.plan, schedule)
    basis = Basis(root / PLAN, case.plan, case.published, habits, without)
    made = next_plan(basis, target, out / _DRAFT, own_resources=False, listed=True)
    write_whole(out / _DRAFT, made.text.encode("utf-8"), force=True)
    say(_DRAFTED.fill(year=target, habits=len(habits)), lang)
    return [_DRAFT]


_NO_MODELS = Text(
    "小金井市の計画が見つかりません。ksolve を入れ直すか、clone したフォルダで実行してください",
    "the Koganei plan is not here; install ksolve again, or run this in a clone of it",
)
_READ = Text(
    "公表された表を読みました: {rows}事業、実施回数の欄の合計{stated}回、指摘{findings}件",
    "read the published table: {rows} rows, {stated} sessions in the frequency column, {findings} findings",
)
_SOLVED = Text(
    "{sessions}回に日付・時刻・部屋・職員を割り当てました: {verdict} ({seconds}秒)",
    "{sessions} sessions have a date, a time, a room and staff: {verdict} ({seconds} s)",
)
_UNSOLVED = Text("予定はできませんでした: {verdict} ({seconds}秒)", "no schedule: {verdict} ({seconds} s)")
_GAP = Text("{name}: {value}、証明された下限は{bound}", "{name}: {value}, the proven bound is {bound}")
_CHECKED = Text(
    "別の検査で{rules}の規則を確かめました: 違反{found}件",
    "an independent check of {rules} rules found {found} breaches",
)
_FITTED = Text(
    "公表計画との適合度 {figure} (約束の回 {sessions}、印 {marks})",
    "fit with the published plan {figure} (promised sessions {sessions}, marks {marks})",
)
_ASKED = Text("シナリオ{count}件を比べました", "{count} what-ifs, side by side")
_WHY_NOT = Text("「{title}」はできません。理由:", "{title}: not possible, because:")
_DRAFTED = Text("{year}の案を作りました (習慣{habits}件)", "a draft for {year}, with {habits} habits")
_STOPPED = Text(
    "中断しました ({seconds}秒)。{out}/ にあるもの:", "interrupted after {seconds} s; in {out}/ there are:"
)
_DONE = Text("できました ({seconds}秒)。{out}/ にあるもの:", "done in {seconds} s; in {out}/ there are:")
_MADE = {
    "report.html": Text(
        "予定表・カレンダー・適合表(ブラウザで開く)", "the year, a calendar, the fit (open in a browser)"
    ),
    "schedule.xlsx": Text("年間予定表とデータ(Excel)", "the annual table and the data (Excel)"),
    "schedule.ics": Text("カレンダーアプリ用", "for calendar apps"),
    "schedule.csv": Text("1回1行の予定", "one row a session"),
    _FIT: Text("公表計画との適合", "the fit with the published plan"),
    _WHATIF: Text("シナリオの比較", "the what-ifs compared"),
    _DRAFT: Text("次の年度の計画の案", "a draft of next year's plan"),
    NAME: Text("実行の記録", "the record of the run"),
}
