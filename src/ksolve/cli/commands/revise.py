"""revise: a printed schedule with as few changes as can be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ksolve.cli.clustered import Machines
from ksolve.cli.completing import programmes, sessions
from ksolve.cli.console import leave
from ksolve.cli.folders.revising_folder import revise_folder
from ksolve.cli.options import (
    ClusterOption,
    ForceOption,
    FormatsOption,
    LangOption,
    LimitOption,
    OpenOption,
    OutOption,
    PartialOption,
    PlanArgument,
    QuietOption,
    ScenarioOption,
    ScheduleArgument,
    SecurityOption,
    SeedOption,
    TextOrJsonOption,
    VerboseOption,
    WorkersOption,
)
from ksolve.cli.parameters import option
from ksolve.cli.progress import Loudness
from ksolve.cli.revision import Request, carry_out
from ksolve.files import is_folder
from ksolve.report.writing import reports_of
from ksolve.revise.requested import Files
from ksolve.solver import Options, Tuning
from ksolve.text import Text

MORE = Text(
    "SCHEDULE は check が読めるもので、規則を破っていてもかまいません。変更の一覧(changes.csv・xlsx・"
    "html・json)と、更新用のカレンダー(changes.ics)も書きます。"
    "Ctrl-C で止めると、それまでの最良の改訂を書きます。もう一度押すと、それを schedule.partial.csv "
    "に残してすぐに終わります。計画と予定のフォルダ(solve の -o)なら、希望やシナリオのある計画だけを改め、"
    "ほかはそのまま写します。共用のものは重なりません。"
    "いくつもの計画にある事業は `東館/専門相談#5=6/11` のように、計画の名前を付けます。",
    "SCHEDULE may break rules; the list of changes (changes.csv, xlsx, html, json) and a calendar of "
    "updates (changes.ics) are written, too. "
    "Ctrl-C ends the search, and the best revision so far is written; another one ends at once and "
    "leaves it as schedule.partial.csv. "
    "Of folders of plans and schedules (the -o of solve), the plans that a wish or scenario is about are "
    "revised beside the others, which are copied; "
    "where several have a programme, name the plan: `east/専門相談#5=6/11`.",
)


Several = list[str] | None
MoveOption = Annotated[
    Several,
    option(
        Text("回を移す: `専門相談#5=6/11 10:00`", "move one: `専門相談#5=6/11 10:00`"),
        "--move",
        metavar="SESSION=WHERE",
        autocompletion=sessions,
    ),
]
PinOption = Annotated[
    Several,
    option(
        Text(
            "回の日時・部屋を固定する:  `代表者会議@10/7=10/9 14:00 会議室`",
            "pin one: `代表者会議@10/7=10/9 14:00 会議室`",
        ),
        "--pin",
        metavar="SESSION[=WHERE]",
        autocompletion=sessions,
    ),
]
FreeOption = Annotated[
    Several,
    option(
        Text("動かしてもよい事業", "a programme that may move at no cost"),
        "--free",
        metavar="NAME",
        autocompletion=programmes,
    ),
]
KeepOption = Annotated[
    Several,
    option(
        Text("動かしてはならない事業", "a programme that may not move"),
        "--keep",
        metavar="NAME",
        autocompletion=programmes,
    ),
]
DropOption = Annotated[
    Several,
    option(
        Text("行わない回: `専門相談@6/5`", "a session that is not held: `専門相談@6/5`"),
        "--drop",
        metavar="SESSION",
        autocompletion=sessions,
    ),
]
AddOption = Annotated[
    Several,
    option(
        Text("加える回: `講座=11/20 10:00`", "one more: `講座=11/20 10:00`"),
        "--add",
        metavar="NAME=WHERE",
        autocompletion=programmes,
    ),
]


SinceOption = Annotated[
    str,
    option(
        Text("この日より前は実施済みとする: `10/1`", "what lies before this date was held: `10/1`"),
        "--from",
        metavar="DATE",
    ),
]
WishesOption = Annotated[
    Path | None, option(Text("希望の表(CSV、xlsx)", "a table of wishes (CSV, xlsx)"), "--wishes")
]
PrintedOption = Annotated[
    Path | None,
    option(
        Text(
            "配布した予定。SCHEDULE と違う回は、手で直したものとして動かさない",
            "the schedule as it was printed: what SCHEDULE has otherwise was moved by hand, and stays",
        ),
        "--printed",
    ),
]
NoticeOption = Annotated[
    int,
    option(
        Text("--from から何日以内を直前の変更とするか", "how many days from --from on are short notice"),
        "--notice",
        min=0,
        max=366,
    ),
]
PreviousOption = Annotated[
    Path | None,
    option(
        Text(
            "前回配布したICS。なければ SCHEDULE の隣のもの",
            "the calendar published last; else beside SCHEDULE",
        ),
        "--previous",
    ),
]


def revise(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument,
    out: OutOption = Path("out"),
    scenario: ScenarioOption = None,
    since: SinceOption = "",
    move: MoveOption = None,
    pin: PinOption = None,
    free: FreeOption = None,
    keep: KeepOption = None,
    drop: DropOption = None,
    add: AddOption = None,
    wishes: WishesOption = None,
    printed: PrintedOption = None,
    notice: NoticeOption = 28,
    previous: PreviousOption = None,
    limit: LimitOption = 60.0,
    workers: WorkersOption = 2,
    seed: SeedOption = 0,
    cluster: ClusterOption = "",
    cluster_security: SecurityOption = None,
    *,
    partial: PartialOption = False,
    form: TextOrJsonOption = "text",
    formats: FormatsOption = None,
    show: OpenOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Revise a schedule, and write it with the list of what changes."""
    given = {"move": move, "pin": pin, "free": free, "keep": keep, "drop": drop, "add": add}
    files = Files(schedule, tuple(scenario or ()), wishes, printed, previous)
    request = Request(
        plan,
        files,
        out,
        given,
        since=since,
        notice=notice,
        options=Options(limit, Tuning(workers=workers, seed=seed)),
        partial=partial,
        loudness=Loudness.of(quiet=quiet, verbose=verbose),
        reports=reports_of(formats),
        show=show,
        machines=Machines(cluster, cluster_security),
        form=form,
    )
    leave((revise_folder if is_folder(plan) else carry_out)(request, lang, force=force))
