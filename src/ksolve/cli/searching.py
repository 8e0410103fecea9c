"""The options of a search."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ksolve.cli.console import finite

StartOption = Annotated[
    Path | None,
    typer.Option(
        "--start-from",
        metavar="SCHEDULE",
        help="この予定から探し始める(守る必要はない) / search from this schedule, without keeping to it",
    ),
]


GapOption = Annotated[
    float,
    typer.Option(
        min=0,
        max=1,
        callback=finite,
        help="証明された下限との差がこの割合以下なら十分とする(0.02 は2%) / "
        "a cost within this part of its proven bound is enough",
    ),
]
ReproducibleOption = Annotated[
    bool,
    typer.Option(
        "--reproducible",
        help="何度実行しても同じ結果にする(遅くなります。--limit は計算の量) / "
        "the same bytes each time; slower, and --limit counts work",
    ),
]


MemoryOption = Annotated[
    float | None,
    typer.Option(
        metavar="GB",
        min=0,
        max=1_000_000,
        callback=finite,
        help="使ってよい記憶域。書かなければ空きの8割 / memory that may be used; else 80 % of what is free",
    ),
]
PartialOption = Annotated[
    bool,
    typer.Option(
        "--partial",
        help="置けない回を除いて予定を作り、除いた回とそのわけを示して1で終わる / "
        "leave out as few sessions as can be, say which and why, and exit 1",
    ),
]
