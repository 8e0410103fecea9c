"""explain: why a plan cannot be held, and the ways out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import yaml

from ksolve.api import Prepared, prepare
from ksolve.cli.console import leave, put, say, teller
from ksolve.cli.explained import as_answer, lines
from ksolve.cli.machine import printed
from ksolve.cli.options import (
    ForceOption,
    LangOption,
    LimitOption,
    PlanArgument,
    QuietOption,
    ScenarioOption,
)
from ksolve.cli.parameters import option
from ksolve.cli.revision import Request, carry_out
from ksolve.cli.stopping import stoppable
from ksolve.errors import Exit
from ksolve.explain.explanation import Explanation
from ksolve.explain.explanation import explain as explained
from ksolve.explain.repairs import scenario_of
from ksolve.files import refuse_unwritable, write_whole
from ksolve.plan import files_of
from ksolve.revise.requested import Files
from ksolve.text import Lang, Text

MORE = Text(
    "計画が成り立てば0、成り立たなければ3、時間内に分からなければ4で終わります。",
    "Exits 0 when the plan can be held, 3 when it cannot, 4 when that is not known.",
)


WaysOption = Annotated[
    int,
    option(
        Text("原因一つにつき探す解決策の数", "how many ways out of each cause to look for"), "--ways", min=1
    ),
]
ApplyOption = Annotated[
    int | None,
    option(
        Text("この番号の解決策をシナリオのファイルに書く", "write the way out of this number as a scenario"),
        "--apply",
        min=1,
    ),
]
OutOption = Annotated[Path, option(Text("--apply で書き出すファイル", "where --apply writes"), "-o", "--out")]
ReviseOption = Annotated[
    Path | None,
    option(
        Text(
            "--apply のシナリオで、この予定を最小の変更で直し、シナリオの隣に書く",
            "revise this schedule by the scenario of --apply, with the fewest changes; written "
            "beside the scenario",
        ),
        "--revise",
        metavar="SCHEDULE",
    ),
]
FormOption = Annotated[Literal["text", "json"], option(Text("出力の形式", "output format"), "--format")]


def explain(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    scenario: ScenarioOption = None,
    limit: LimitOption = 30.0,
    ways: WaysOption = 5,
    apply: ApplyOption = None,
    out: OutOption = Path("repair.yaml"),
    revise: ReviseOption = None,
    form: FormOption = "text",
    *,
    quiet: QuietOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Find the causes and the ways out, and write one as a scenario."""
    if revise is not None and apply is None:
        say(_NO_WAY_NAMED, lang, to=sys.stderr)
        leave(Exit.USAGE)
    case = prepare(plan, tuple(scenario or ()))
    if apply is not None:
        refuse_unwritable([out], force=force, inputs=(*files_of(plan, case.plan), *(scenario or ())))
    with stoppable(lang):
        found = explained(case.plan, limit, teller(lang, quiet=quiet), ways)
    if form == "json":
        put(printed(as_answer(case, found, lang)))
    else:
        for line in lines(case, found):
            say(line, lang)
    if apply is not None:
        _write(case, found, apply, out, lang, force=force)
    if apply is not None and revise is not None:
        files = Files(revise, (*(scenario or ()), out))
        leave(carry_out(Request(plan, files, out.with_suffix("")), lang, force=force))
    leave(_status(found))


def _status(found: Explanation) -> Exit:
    if found.feasible is None:
        return Exit.INTERRUPTED if found.interrupted else Exit.UNKNOWN
    return Exit.OK if found.feasible else Exit.INFEASIBLE


def _write(case: Prepared, found: Explanation, number: int, out: Path, lang: Lang, *, force: bool) -> None:
    if number > len(found.ways):
        say(_NO_SUCH.fill(number=number, ways=len(found.ways)), lang, to=sys.stderr)
        leave(Exit.USAGE)
    told = scenario_of(found.ways[number - 1].repairs, case.plan.id)
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)
    write_whole(out, text.encode(), force=force)
    say(_WRITTEN.fill(path=out), lang, to=sys.stderr)


_NO_SUCH = Text(
    "解決策{number}はありません(見つかったのは{ways}件)", "there is no way out {number} ({ways} were found)"
)
_NO_WAY_NAMED = Text(
    "--revise には --apply N(どの解決策か)も必要です", "--revise needs --apply N: which way out"
)
_WRITTEN = Text("{path} に書きました", "written to {path}")
