"""The options and arguments that several commands have."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Annotated, Literal

import typer

from ksolve.cli.console import Format, say
from ksolve.cli.language import VARIABLE, language
from ksolve.cli.parameters import argument, joined, option
from ksolve.text import Lang, Text


def finite(value: float | None) -> float | None:
    """Refuse nan and inf, which pass every comparison or none."""
    if value is None or isfinite(value):
        return value
    raise typer.BadParameter(joined(_NO_NUMBER))


def capped(workers: int) -> int:
    """Return a number of workers that the processor can bear, and say so where it is less than was asked."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    most = _WORKERS_PER_CORE * cores
    if workers > most:
        say(_CAPPED.fill(workers=workers, cores=cores, most=most), language(), to=sys.stderr)
    return min(workers, most)


_WORKERS_PER_CORE = 4
"""Workers beyond this wait for one another: 64 on two cores find nothing where one is soon done."""
_NO_NUMBER = Text("普通の数を書いてください", "write an ordinary number")
_CAPPED = Text(
    "--workers {workers}: CPUのコアは{cores}個なので{most}にします",
    "--workers {workers}: {most} on a processor with {cores} cores",
)

PlanArgument = Annotated[Path, argument(Text("計画のYAML", "the plan's YAML"), metavar="PLAN")]
ScheduleArgument = Annotated[
    Path,
    argument(Text("予定(CSV、xlsx、ICS)", "the schedule (CSV, xlsx, ICS)"), metavar="SCHEDULE"),
]
HeadingOption = Annotated[
    list[str] | None,
    option(
        Text(
            "表の見出しの意味を指定する: `事業=教室名`",
            "what a heading of the table means: `事業=教室名`",
        ),
        "--column",
        metavar="OURS=THEIRS",
    ),
]
ScenarioOption = Annotated[
    list[Path] | None,
    option(Text("重ねるシナリオ", "scenario to lay over the plan"), "-s", "--scenario", metavar="SCENARIO"),
]
OutOption = Annotated[
    Path, option(Text("書き出すフォルダ", "folder to write to"), "-o", "--out", metavar="DIR")
]
ForceOption = Annotated[bool, option(Text("既存のファイルを置き換える", "replace existing files"), "--force")]
LangOption = Annotated[Lang, option(Text("言語", "language"), "--lang", envvar=VARIABLE)]
FormatOption = Annotated[Format, option(Text("出力の形式", "output format"), "--format")]
TextOrJson = Literal["text", "json"]
TextOrJsonOption = Annotated[TextOrJson, option(Text("出力の形式", "output format"), "--format")]


class ReportFormat(StrEnum):
    """A form in which a schedule is drawn: see `ksolve.report.writing.FORMATS`."""

    HTML = "html"
    XLSX = "xlsx"
    ICS = "ics"
    CSV = "csv"
    TSV = "tsv"


FormatsOption = Annotated[
    list[ReportFormat] | None,
    option(
        Text(
            "書き出す形式。なければすべて(schedule.csv は必ず書きます)",
            "format to write; else all (schedule.csv is always written)",
        ),
        "--formats",
    ),
]
OpenOption = Annotated[
    bool, option(Text("できた report.html をブラウザで開く", "open report.html when it is there"), "--open")
]
LimitOption = Annotated[
    float,
    option(
        Text("探索の秒数", "seconds to search"),
        "--limit",
        metavar="SECONDS",
        min=1,
        max=10_000_000,
        callback=finite,
    ),
]
WorkersOption = Annotated[
    int,
    option(
        Text("同時に探索する数。コアの4倍まで", "parallel workers, at most four for each core"),
        "--workers",
        min=1,
        max=64,
        callback=capped,
    ),
]
ClusterOption = Annotated[
    str,
    option(
        Text(
            "部分ごとの探索を Dask のクラスタで行う: `local`、`local:4`、`tcp://HOST:PORT`、`tls://HOST:PORT`",
            "search the parts on a Dask cluster: `local`, `local:4`, `tcp://HOST:PORT`, `tls://HOST:PORT`",
        ),
        "--cluster",
        metavar="ADDRESS",
    ),
]
SecurityOption = Annotated[
    Path | None,
    option(
        Text(
            "鍵(`ca.pem`、`cert.pem`、`key.pem`)のフォルダ", "folder with `ca.pem`, `cert.pem` and `key.pem`"
        ),
        "--cluster-security",
        metavar="DIR",
    ),
]
SeedOption = Annotated[int, option(Text("乱数の種", "random seed"), "--seed", min=0, max=2**31 - 1)]
PartialOption = Annotated[
    bool,
    option(
        Text(
            "入れられない回を除いて予定を作り、除いた回とその理由を示して1で終わる",
            "leave out as few sessions as can be, say which and why, and exit 1",
        ),
        "--partial",
    ),
]
QuietOption = Annotated[
    bool, option(Text("途中経過を示さない", "say nothing while it runs"), "-q", "--quiet")
]
VerboseOption = Annotated[
    bool,
    option(
        Text(
            "より良い予定が見つかるたびに、減点と下限を示す", "show costs and bounds of each better schedule"
        ),
        "-v",
        "--verbose",
    ),
]
