"""check: whether a schedule keeps its plan, or a plan can be held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from ksolve.api import prepare
from ksolve.cli.checking import CheckOptions, looked_at
from ksolve.cli.console import Format, leave, put, rendered, say
from ksolve.cli.folders.checking_folder import Holding, Told, checked_folder
from ksolve.cli.machine import printed
from ksolve.cli.options import (
    ClusterOption,
    ForceOption,
    FormatOption,
    LangOption,
    LimitOption,
    PlanArgument,
    QuietOption,
    ScenarioOption,
    SecurityOption,
    finite,
)
from ksolve.cli.parameters import argument, option
from ksolve.cli.shortened import print_shortened
from ksolve.cli.watching import watched
from ksolve.errors import Exit, PlanError
from ksolve.files import is_folder, refuse_unwritable, write_whole
from ksolve.plan import files_of, load_leniently
from ksolve.text import Lang, Text

MORE = Text(
    "予定を書いたときは、違反がなければ0、あれば1で終わります。書かないときは、計画が成り立てば0、成り立たないと"
    "証明できれば3、--limit の時間内に分からなければ4で終わります。計画のフォルダは、"
    "solve が書いたフォルダの予定と比べ、共用(`shares`)のものが計画の間で重ならないかも調べます。",
    "With a schedule: exits 0 when every rule is kept, 1 when one is broken. Without one: 0 when the "
    "plan can be held, 3 when it is proven that it cannot, 4 when that is not known in time. "
    "A folder of plans is checked against the folder that solve wrote, also that what plans share (`shares`) "
    "is never taken twice at once.",
)


ScheduleArgument = Annotated[
    Path | None,
    argument(
        Text(
            "予定(CSV、xlsx、ICS)。なければ計画が成り立つかを調べる",
            "the schedule (CSV, xlsx, ICS); without it, whether the plan can be held",
        ),
        metavar="[SCHEDULE]",
        show_default=False,
    ),
]


RuleOption = list[str] | None
SelectOption = Annotated[
    RuleOption,
    option(Text("この規則だけを調べる", "look at this rule only"), "--select", metavar="RULE"),
]
IgnoreOption = Annotated[
    RuleOption,
    option(Text("この規則を調べない", "do not look at this rule"), "--ignore", metavar="RULE"),
]
MinFitOption = Annotated[
    float | None,
    option(
        Text("公表計画との適合度の下限", "least fit with the published plan"),
        "--min-fit",
        min=0,
        max=1,
        callback=finite,
    ),
]
BaselineOption = Annotated[
    Path | None,
    option(
        Text("以前 --format json で書き出した指摘は数えない", "do not count findings written before as JSON"),
        "--baseline",
        metavar="FINDINGS",
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    option(
        Text("列の対応: `事業=講座名`、`日付=開催日`", "a column by its name in the file: `事業=講座名`"),
        "--column",
        metavar="OURS=THEIRS",
    ),
]
SheetOption = Annotated[str, option(Text("xlsx のシート", "the sheet of an xlsx"), "--sheet", metavar="NAME")]
FileOption = Annotated[
    Path | None,
    option(Text("指摘をファイルに書く", "write the findings to a file"), "-o", "--out", metavar="FILE"),
]

SoftOption = Annotated[
    bool, option(Text("守れなかった希望も示す", "show the wishes that are not met, too"), "--soft")
]
WatchOption = Annotated[
    bool,
    option(
        Text(
            "ファイルが保存されるたびに、Ctrl-C まで調べ直す",
            "check again whenever a file is saved, until Ctrl-C",
        ),
        "--watch",
    ),
]
WholeOption = Annotated[
    bool,
    option(
        Text(
            "違反をすべて示す(ふつうは規則ごとに10件まで)",
            "show every breach (else the first ten of each rule)",
        ),
        "--all",
    ),
]


def check(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument = None,
    scenario: ScenarioOption = None,
    form: FormatOption = "text",
    out: FileOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    min_fit: MinFitOption = None,
    baseline: BaselineOption = None,
    column: ColumnOption = None,
    sheet: SheetOption = "",
    limit: LimitOption = 60.0,
    cluster: ClusterOption = "",
    cluster_security: SecurityOption = None,
    *,
    soft: SoftOption = False,
    watch: WatchOption = False,
    whole: WholeOption = False,
    quiet: QuietOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Check a schedule; without one, prove whether the plan has any."""
    wanted = CheckOptions(
        tuple(select or ()), tuple(ignore or ()), min_fit, baseline, soft, tuple(column or ()), sheet
    )
    wanted.refuse_faults(has_schedule=schedule is not None)
    scenarios = tuple(scenario or ())
    named = (plan, *scenarios, *((schedule,) if schedule else ()), *((baseline,) if baseline else ()))
    if out:
        refuse_unwritable([out], force=force, inputs=named)
    machines = (cluster, cluster_security)

    def once() -> Exit:
        if is_folder(plan):
            told = checked_folder(plan, schedule, scenarios, wanted, Holding(limit, machines, quiet), lang)
        elif schedule is None:
            told = _held(plan, scenarios, Holding(limit, machines, quiet), lang)
        else:
            found = looked_at(prepare(plan, scenarios), scenarios, schedule, wanted)
            told = Told(found.status, found.findings, found.summary)
        if form == "text" and not out and not whole:
            print_shortened(told.findings, lang)
            told = replace(told, findings=())
        _put(told, form, out, lang)
        return told.status

    leave(watched(once, lambda: (*_read(plan), *_within(named)), lang) if watch else once())


def _read(plan: Path) -> list[Path]:
    """Return the files of a plan; of one that cannot be read, or is just being written, only its own."""
    if is_folder(plan):
        return [file for path in sorted(plan.glob("*.y*ml")) for file in _read(path)]
    try:
        loaded = load_leniently(plan).plan
    except PlanError:
        return [plan]
    return files_of(plan, loaded) if loaded else [plan]


def _within(named: Sequence[Path]) -> Iterator[Path]:
    """Yield files, and those in folders: a folder does not change when a file in it does."""
    for path in named:
        yield from path.rglob("*.*") if is_folder(path) else (path,)


def _put(told: Told, form: Format, out: Path | None, lang: Lang) -> None:
    """Print what was found, or write it to a file; the sum is said where a person reads it."""
    text = printed(told.answer(lang)) if form == "json" else rendered(told.findings, lang, form)
    if out:
        write_whole(out, f"{text}\n".encode() if text else b"", force=True)
    elif text:
        put(text)
    if told.summary and (form == "text" or out):
        say(told.summary, lang)


def _held(plan: Path, scenarios: tuple[Path, ...], holding: Holding, lang: Lang) -> Told:
    """Prove whether a plan can be held, and say how many rules it has that were kept."""
    from ksolve.cli.clustered import Machines
    from ksolve.cli.held import held
    from ksolve.cli.progress import Loudness  # a schedule is checked where no solver is installed

    case = prepare(plan, scenarios)
    loudness = Loudness.of(quiet=holding.quiet, verbose=False)
    machines = Machines(*holding.machines)
    status, findings = held(case, plan, holding.limit_s, lang, loudness, machines, scenarios)
    findings = (*findings, *case.notes)
    if status is not Exit.OK:
        return Told(status, findings, None)
    summary = _HOLDS.fill(rules=sum(posted.tier is None for posted in case.problem.rules))
    return Told(status, findings, summary)


_HOLDS = Text(
    "この計画は成り立ちます: {rules}の規則をすべて守る予定を作って確かめました。",
    "The plan can be held: a schedule that keeps all {rules} rules was made and checked.",
)
