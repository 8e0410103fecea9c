"""table: a schedule counted by staff, by month and the like."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, cast

import pandas as pd

from ksolve import frames
from ksolve.api import Prepared, prepare
from ksolve.changes import changes
from ksolve.cli.console import kind_of, put
from ksolve.cli.console import table as aligned
from ksolve.cli.options import ForceOption, LangOption, PlanArgument, ScenarioOption, ScheduleArgument
from ksolve.cli.parameters import option
from ksolve.cli.scheduled import leave_checked, read_checked
from ksolve.errors import PlanError, fault, nearest
from ksolve.files import refuse_unwritable, write_whole
from ksolve.fit import fit
from ksolve.fit.regularity import regularity
from ksolve.frames import DIMENSIONS, VALUES, Value
from ksolve.plan import files_of
from ksolve.problem.schedule import Schedule
from ksolve.report.tabled import listed, numeric, rows, table_csv, table_json, table_markdown
from ksolve.schedules import read_schedule
from ksolve.text import Lang, Text

MORE = Text(
    "最後の項目が横に並びます。項目が一つなら、回と時間を並べ、部屋・職員では使える時間と割合も示します。",
    "The last item stands across. By one item: sessions and hours, of rooms and staff also what there is.",
)

TableFormat = Literal["text", "csv", "md", "json"]
_OF = {
    "sessions": Text("回", "sessions"),
    "fit": Text("適合", "fit"),
    "regularity": Text("規則性", "regularity"),
    "changes": Text("変更", "changes"),
}


def table(  # noqa: PLR0913 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument,
    *,
    by: Annotated[
        str,
        option(Text("何ごとに数えるか: `職員,月` など", "what to count by: `staff,month` and so on"), "--by"),
    ] = "",
    value: Annotated[
        str, option(Text("回・時間・使える時間・割合", "sessions, hours, available, share"), "--value")
    ] = "",
    of: Annotated[
        str, option(Text("回・適合・規則性・変更", "sessions, fit, regularity, changes"), "--of")
    ] = "sessions",
    against: Annotated[
        Path | None, option(Text("変更前の予定", "the schedule before, for changes"), "--against")
    ] = None,
    scenario: ScenarioOption = None,
    form: Annotated[TableFormat | None, option(Text("出力の形式", "output format"), "--format")] = None,
    out: Annotated[Path | None, option(Text("ファイルに書く", "write to a file"), "-o", "--out")] = None,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Count a schedule in a table, or list its sessions."""
    kind = _named(of, _OF, "--of")
    keys = [_named(word, DIMENSIONS, "--by") for word in listed(by)]
    wanted = cast("Value", _named(value, VALUES, "--value") if value else "")
    _refuse(kind, keys, wanted, against)
    case = prepare(plan, tuple(scenario or ()))
    read = (*files_of(plan, case.plan), *(scenario or ()), schedule, *((against,) if against else ()))
    if out:
        refuse_unwritable([out], force=force, inputs=read)
    dated, findings = read_checked(case.problem, schedule)
    before = read_schedule(against, case.problem) if against else None
    found = _counted(case, dated, keys, wanted) if kind == "sessions" else _other(kind, case, dated, before)
    _give(found, form or _kind(out), out, lang, share=wanted == "share", force=force)
    leave_checked(dated, findings, lang)


def _named(word: str, known: Mapping[str, Text], option: str) -> str:
    """Return the key of a name in either language. Raises PlanError with the nearest one."""
    for key, text in known.items():
        if word in (key, text.ja, text.en):
            return key
    text = _UNKNOWN.fill(option=option, word=word)
    raise PlanError([fault("unknown-table", text, None, nearest(word, [t.ja for t in known.values()]))])


def _refuse(kind: str, keys: list[str], value: str, against: Path | None) -> None:
    """Raise PlanError for options that do not go together."""
    units = {"room", "staff", "pool"} & set(keys)
    counted = {*units, "month", "week", "weekday", "date"}
    faults = [
        (_ONLY_SESSIONS, kind != "sessions" and bool(keys or value)),
        (_NO_AGAINST, kind == "changes" and against is None),
        (_ONLY_CHANGES, kind != "changes" and against is not None),
        (_NO_BY, bool(value) and len(keys) < 2),
        (_TWICE, len(set(keys)) < len(keys)),
        (_MIXED, "room" in units and len(units) > 1),
        (_NO_SUPPLY, value in ("available", "share") and (not units or not set(keys) <= counted)),
    ]
    if found := [fault("unknown-table", text, None) for text, wrong in faults if wrong]:
        raise PlanError(found)


def _counted(case: Prepared, schedule: Schedule, keys: list[str], value: Value) -> pd.DataFrame:
    if not keys:
        return frames.sessions(case.plan, case.problem, schedule)
    if len(keys) == 1:
        return frames.loads(case.plan, case.problem, schedule, keys)
    return frames.pivot(case.plan, case.problem, schedule, keys, value or "sessions")


def _other(kind: str, case: Prepared, schedule: Schedule, before: Schedule | None) -> pd.DataFrame:
    if kind == "changes":
        names = {series.id: series.name for series in case.problem.series}
        return frames.changes(changes(before, schedule) if before else (), names)
    if kind == "regularity":
        return frames.regularity(regularity(case.problem, schedule))
    if case.published is None:
        raise PlanError([fault("no-published-table", _UNPUBLISHED, None)])

    return frames.fit(fit(case.published, case.plan, case.problem, schedule))


def _kind(out: Path | None) -> TableFormat:
    kinds: dict[str, TableFormat] = {".csv": "csv", ".md": "md", ".json": "json"}
    return kind_of(out, kinds, "text")


def _give(
    found: pd.DataFrame, form: TableFormat, out: Path | None, lang: Lang, *, share: bool, force: bool
) -> None:
    """Print a table, or write it to a file."""
    if form == "csv":
        data = table_csv(found, lang)
    elif form == "text":
        cells = rows(found, lang, share=share)
        data = f"{aligned(cells, right=numeric(cells))}\n".encode()
    else:
        text = table_markdown(found, lang, share=share) if form == "md" else table_json(found)
        data = f"{text}\n".encode()
    if out:
        write_whole(out, data, force=force)
        put(str(out))
    elif form == "csv":
        sys.stdout.buffer.write(data)
    else:
        put(data.decode().rstrip("\n"))


_UNKNOWN = Text("{option} に「{word}」はありません", "{option} knows no {word}")
_ONLY_SESSIONS = Text(
    "--by と --value は、回を数える表(--of 回)でだけ使えます", "--by and --value are about sessions"
)
_NO_AGAINST = Text(
    "変更の表を作るには、変更前の予定を --against に書いてください",
    "changes want the schedule before: --against",
)
_ONLY_CHANGES = Text("--against は --of 変更 のときだけ使えます", "--against is about changes (--of changes)")
_NO_BY = Text(
    "--value には --by に項目が二つ以上必要です(一つなら、どの値も列に並びます)",
    "--value wants two items or more in --by (by one, every value is a column)",
)
_TWICE = Text("--by に同じ項目が二度あります", "--by names an item twice")
_MIXED = Text("部屋と職員を一度に --by にはできません", "--by takes rooms or staff, not both")
_NO_SUPPLY = Text(
    "使える時間と割合は、部屋・職員・職種と、月・週・曜日・日付の組で出せます",
    "hours available and shares are of rooms, staff or pools, with month, week, weekday or date",
)
_UNPUBLISHED = Text(
    "計画に published(公表された表)がないので適合を測れません",
    "the plan names no published table, so there is no fit to measure",
)
