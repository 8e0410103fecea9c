"""deadlines: what is due before the sessions of a schedule, by date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from ksolve.api import prepare
from ksolve.cli.console import kind_of, leave, print_findings, put, say, table
from ksolve.cli.options import ForceOption, LangOption, PlanArgument, ScenarioOption, ScheduleArgument
from ksolve.cli.parameters import option
from ksolve.cli.scheduled import leave_checked, read_checked
from ksolve.cli.view import published_last
from ksolve.errors import Exit
from ksolve.files import refuse_unwritable, write_whole
from ksolve.plan import files_of
from ksolve.report.deadlines import deadlines as due_dates
from ksolve.report.deadlines import early_findings
from ksolve.report.deadlines.ics import deadlines_ics
from ksolve.report.deadlines.table import deadline_rows, deadlines_csv, deadlines_markdown
from ksolve.text import Text

MORE = Text(
    "部屋・職員のファイルの `lead_times` に書いた「2か月前の25日」などから求めます。"
    "年度の始まる前に来る締切は指摘します。予定が計画の規則を守っていなければ1で終わります。",
    "They follow from `lead_times` in the resources. Those before the year begins are findings. "
    "Exits 1 when a rule is broken.",
)
DeadlineFormat = Literal["text", "csv", "markdown", "ics"]


def deadlines(  # noqa: PLR0913 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument,
    scenario: ScenarioOption = None,
    out: Annotated[
        Path | None,
        option(Text("ファイルに書く(.csv .md .ics)", "write to a file (.csv .md .ics)"), "-o", "--out"),
    ] = None,
    previous: Annotated[
        Path | None,
        option(
            Text(
                "前に配った締切のカレンダー(ICS)。取り込み直すと更新されるように作る",
                "the calendar of deadlines handed out last, which the new one updates",
            ),
            "--previous",
            metavar="ICS",
        ),
    ] = None,
    form: Annotated[DeadlineFormat | None, option(Text("出力の形式", "output format"), "--format")] = None,
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """List by date what is due before the sessions."""
    kind = form or kind_of(out, _KINDS, "text")
    case = prepare(plan, tuple(scenario or ()))
    if not case.plan.resources.lead_times:
        say(_NONE, lang, to=sys.stderr)
        leave(Exit.USAGE)
        return
    if out:
        read = (*files_of(plan, case.plan), *(scenario or ()), schedule)
        refuse_unwritable([out], force=force, inputs=read)
    dated, findings = read_checked(case.problem, schedule)
    found = due_dates(case.plan, case.problem, dated)
    if kind == "csv":
        data = deadlines_csv(found, lang)
    elif kind == "ics":
        last = published_last(previous) if previous else None
        data = deadlines_ics(found, case.plan.title, case.problem, dated, lang, last)
    elif kind == "markdown":
        data = f"{deadlines_markdown(found, lang)}\n".encode()
    else:
        data = f"{table(list(deadline_rows(found, lang)))}\n".encode()
    if out:
        write_whole(out, data, force=force)
        put(str(out))
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    print_findings(tuple(early_findings(found)), lang, to=sys.stderr)
    leave_checked(dated, findings, lang)


_KINDS: dict[str, DeadlineFormat] = {".csv": "csv", ".md": "markdown", ".ics": "ics"}
_NONE = Text(
    "計画に締切の決まりがありません。部屋・職員のファイルの lead_times"
    " に書いてください(記入表では「締切」)。例: lead_times: [{what: 広報の原稿, due: 2か月前の25日}]",
    "the resources have no lead_times (in a form: deadlines); for"
    " example: lead_times: [{what: 広報の原稿, due: 2か月前の25日}]",
)
