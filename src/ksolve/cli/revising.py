"""revise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ksolve.cli import app
from ksolve.cli.console import (
    ForceOption,
    LangOption,
    LimitOption,
    OutOption,
    PlanArgument,
    ScenarioOption,
    SeedOption,
    WorkersOption,
    leave,
)
from ksolve.cli.searching import PartialOption
from ksolve.cli.solving import ScheduleArgument

Several = list[str] | None
MoveOption = Annotated[
    Several,
    typer.Option("--move", metavar="SESSION=WHERE", help="回を移す / move one: 専門相談#5=6/11 10:00"),
]
PinOption = Annotated[
    Several,
    typer.Option(
        "--pin",
        metavar="SESSION[=WHERE]",
        help="回の日時・部屋を決める / pin one: 代表者会議@10/7=10/9 14:00 会議室",
    ),
]
FreeOption = Annotated[
    Several, typer.Option("--free", metavar="NAME", help="動かしてもよい事業 / what may move at no cost")
]
KeepOption = Annotated[
    Several, typer.Option("--keep", metavar="NAME", help="動かしてはならない事業 / what may not move")
]
DropOption = Annotated[
    Several, typer.Option("--drop", metavar="SESSION", help="行わない回 / a session that is dropped")
]
AddOption = Annotated[
    Several, typer.Option("--add", metavar="NAME=WHERE", help="加える回 / one more: 講座=11/20 10:00")
]


@app.command()
def revise(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument,
    out: OutOption = Path("out"),
    scenario: ScenarioOption = None,
    since: Annotated[
        str,
        typer.Option("--from", metavar="DATE", help="この日より前は実施済み / what lies before it was held"),
    ] = "",
    move: MoveOption = None,
    pin: PinOption = None,
    free: FreeOption = None,
    keep: KeepOption = None,
    drop: DropOption = None,
    add: AddOption = None,
    wishes: Annotated[
        Path | None, typer.Option("--wishes", help="希望の表(CSV・xlsx) / a table of wishes")
    ] = None,
    printed: Annotated[
        Path | None,
        typer.Option(
            "--printed",
            help="配布した予定。SCHEDULE との違いは手で直した回として守る / the schedule as it was printed",
        ),
    ] = None,
    notice: Annotated[
        int,
        typer.Option("--notice", min=0, max=366, help="--from から何日を間際とするか / days of short notice"),
    ] = 28,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous", help="前回配布したICS / the calendar published last; else beside SCHEDULE"
        ),
    ] = None,
    limit: LimitOption = 60.0,
    workers: WorkersOption = 2,
    seed: SeedOption = 0,
    *,
    partial: PartialOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """配布した予定を、できるだけ少ない変更で直します / Revise a printed schedule with the fewest changes.

    SCHEDULE は check が読めるもので、規則を破っていてもかまいません。変更の一覧(changes.csv・xlsx・html・
    json)と、更新用のカレンダー(changes.ics)も書きます。/ SCHEDULE may break rules; the list of changes
    and a calendar of updates are written, too.
    """
    from ksolve.cli.revision import Request, carry_out
    from ksolve.cli.revision_asked import Files

    given = {"move": move, "pin": pin, "free": free, "keep": keep, "drop": drop, "add": add}
    files = Files(schedule, tuple(scenario or ()), wishes, printed, previous)
    request = Request(plan, files, out, given, since, notice, limit, workers, seed, partial=partial)
    leave(carry_out(request, lang, force=force))
